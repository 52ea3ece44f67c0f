// Kinds of documents as GET /api/v1/schema describes them: what there is to fill in, what may happen, and what all of it is called.

import type { FlowDefinitionRow } from './flows.js';
import type { Words } from './types.js';

export type FieldType =
  | 'line' | 'lines' | 'prose' | 'remarks' | 'code' | 'codes' | 'bilingual' | 'hash' | 'day' | 'moment' | 'number' | 'numbers' | 'percent' | 'hundredths'
  | 'money' | 'yes_no' | 'choice' | 'choices' | 'person' | 'people' | 'department' | 'departments' | 'role' | 'roles' | 'reference' | 'references' | 'event'
  | 'group' | 'list' | 'files' | 'extras';

export type SchemaTone = 'active' | 'good' | 'caution' | 'bad';

/** One value of a choice, or a status. */
export interface Named {
  name: string;
  label: Words;
  tone?: SchemaTone;
}

export interface SchemaField {
  /** Its key in the JSON. */
  name: string;
  is: FieldType;
  label: Words;
  /** Has to be given, and to say something. */
  required: boolean;
  /** Has to be there, though it may say nothing; what is neither may be left out. */
  present?: boolean;
  hint?: Words;
  example?: Words;
  /** Of a number. */
  unit?: Words;
  /** Characters of a line, bytes of prose, members of a list, values of a number, hundredths of money. */
  least?: number;
  most?: number;
  /** A part that is kept before it is finished: what is missing in it is no fault, but for what is needed from the start. */
  unfinished?: boolean;
  from_the_start?: boolean;
  /** Of the refusal about it. */
  code: string;
  /** Of a choice, or of several. */
  options?: Named[];
  /** Of a group, or of each line of a list. */
  fields?: SchemaField[];
  /** The kind of what is referred to; of extras the form. */
  of?: string;
  /** What a form begins with: "me", "today", or as it is on the wire. */
  initial?: string;
  /** Of people: those who have this role are offered. */
  among?: string;
}

export interface SchemaCommand {
  type: string;
  clause: string;
  /** Imperative, for a button. */
  label: Words;
  /** What comes of it. */
  hint?: Words;
  /** It can't be taken back. */
  grave?: Words;
  creates?: boolean;
  /** Nobody gives it. */
  by_system?: boolean;
  /** Sends back or ends what others have worked on. */
  ends?: boolean;
  verdict?: 'pass' | 'send_back' | 'clarify' | 'reject';
  /** Moves it on for others, though it is no verdict. */
  decides?: boolean;
  /** Adds something of one's own: what others have added meanwhile takes nothing from it. */
  adds?: boolean;
  /** Several give it, each for themselves: the event that takes nothing from what it is about. */
  beside?: string;
  fields: SchemaField[];
}

export interface SchemaEvent {
  type: string;
  clause: string;
  /** Past tense, after the name of who did it. */
  label: Words;
  /** The same with fields of the event in braces: "credited to {credited}". */
  detail?: Words;
  /** Where it stands in a dossier's forms. */
  section?: string;
  fields: SchemaField[];
}

/** A part of a dossier: the newest event of it, or of many all. */
export interface SchemaSection {
  name: string;
  label: Words;
  many?: boolean;
}

export interface KindSchema {
  name: string;
  /** Of its list: "/api/v1/analyses"; of what has no list and dossiers of the common shape there is none. */
  path?: string;
  clause: string;
  label: Words;
  plural: Words;
  hint?: Words;
  statuses: Named[];
  /** The statuses that it goes through where all goes well. */
  usual_path: string[];
  sections: SchemaSection[];
  relations: Named[];
  /** Its rules as they are now, and the working days that a status may last. */
  flow: { version: number; rows: FlowDefinitionRow[]; limits: Record<string, number> };
  /** What it says can be searched, and pointed at. */
  searched?: boolean;
  /** The forms that its events carry, and which version of each is in force. */
  forms: { name: string; label: Words; version?: number }[];
  /** Its own facts, in rows and at the head of a dossier. */
  fields: SchemaField[];
  /** What rows show beyond those, and dossiers beyond their rows: worked out, or known of others. */
  row_fields?: SchemaField[];
  dossier_fields?: SchemaField[];
  commands: SchemaCommand[];
  events: SchemaEvent[];
}

export interface SchemaDocument {
  position: number;
  kinds: KindSchema[];
}

/** "task" of "task.assign". */
const kindOf = (type: string) => type.split('.')[0]!;

/** "task.assigned" of "task.assigned.v1". */
const bareOf = (type: string) => type.replace(/\.v\d+$/, '');

/** "analyses" of "/api/v1/analyses". */
export const listNameOf = (kind: KindSchema): string => (kind.path ?? kind.name).replace(/^\/api\/v1\//, '');

/** What was read of it, to be asked by name. */
export class Described {
  readonly #byName: ReadonlyMap<string, KindSchema>;
  readonly #events: ReadonlyMap<string, SchemaEvent>;

  constructor(readonly kinds: readonly KindSchema[]) {
    this.#byName = new Map(kinds.map((k) => [k.name, k]));
    this.#events = new Map(kinds.flatMap((k) => k.events.map((e) => [e.type, e] as const)));
  }

  kind(name: string): KindSchema | undefined {
    return this.#byName.get(name);
  }

  /** Kinds that have a list and dossiers. */
  get documents(): readonly KindSchema[] {
    return this.kinds.filter((k) => k.path);
  }

  /** Of a list by its name, "analyses". */
  listed(list: string): KindSchema | undefined {
    return this.documents.find((k) => listNameOf(k) === list);
  }

  /** By its whole name, "KIND.VERB". */
  command(type: string): SchemaCommand | undefined {
    return this.kind(kindOf(type))?.commands.find((c) => c.type === type);
  }

  /** With its version or without: "task.assigned.v1", "task.assigned"; of an old version, or of none, the newest. */
  event(type: string): SchemaEvent | undefined {
    const bare = bareOf(type);
    return this.#events.get(type) ?? this.kind(kindOf(type))?.events.findLast((e) => bareOf(e.type) === bare);
  }
}
