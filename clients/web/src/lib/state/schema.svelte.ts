// The kinds of documents that there are, as the server describes them: what is known of them here is what it says. Read before the
// page is shown, and again with every connection.

import type { Words } from '../wire/flows';
import type { KindSchema, NamedWords, SchemaCommand, SchemaDocument, SchemaEvent, SchemaField, SchemaTone } from '../wire/schema';
import type { Place } from './places';

/** "analyses" of "/api/v1/analyses". */
export const listNameOf = (kind: KindSchema): string => (kind.path ?? kind.name).replace(/^\/api\/v1\//, '');

class Schema {
  kinds = $state.raw<readonly KindSchema[]>([]);
  /** Whether it was read. */
  known = $state(false);
  #byName = $state.raw<ReadonlyMap<string, KindSchema>>(new Map());
  #events = $state.raw<ReadonlyMap<string, SchemaEvent>>(new Map());

  take({ kinds }: SchemaDocument): void {
    // What is open rests on it: read again and found the same, it is the same.
    if (this.known && JSON.stringify(kinds) === JSON.stringify(this.kinds)) return;
    this.kinds = kinds;
    this.#byName = new Map(kinds.map((k) => [k.name, k]));
    this.#events = new Map(kinds.flatMap((k) => k.events.map((e) => [e.type, e] as const)));
    this.known = true;
  }

  kind(name: string): KindSchema | undefined {
    return this.#byName.get(name);
  }

  /** Of a list by its name, "analyses". */
  listed(list: string): KindSchema | undefined {
    return this.documents.find((k) => listNameOf(k) === list);
  }

  command(type: string): SchemaCommand | undefined {
    return this.kind(type.split('.')[0]!)?.commands.find((c) => c.type === type);
  }

  /** With its version or without: "task.assigned.v1", "task.assigned"; of an old version, or of none, the newest. */
  event(type: string): SchemaEvent | undefined {
    const bare = bareOf(type);
    return this.#events.get(type) ?? this.kind(type.split('.')[0]!)?.events.findLast((e) => bareOf(e.type) === bare);
  }

  /** Kinds that have a list and dossiers. */
  get documents(): readonly KindSchema[] {
    return this.kinds.filter((k) => k.path);
  }

  /** Those whose records are for others to find, and to point at. */
  get searched(): readonly KindSchema[] {
    return this.kinds.filter((k) => k.searched);
  }

  /** What stands at an address: a list, a document by its number, or a new one. */
  at(place: Place): { kind: KindSchema; id: number | 'new' | null } | null {
    if (place.at === 'documents') return withKind(this.listed(place.list), null);
    return place.at === 'document' ? withKind(this.documents.find((k) => k.name === place.kind), place.id) : null;
  }
}

/** "task.assigned" of "task.assigned.v1". */
const bareOf = (type: string) => type.replace(/\.v\d+$/, '');

function withKind<Id>(kind: KindSchema | undefined, id: Id): { kind: KindSchema; id: Id } | null {
  return kind ? { kind, id } : null;
}

export const schema = new Schema();

/** What the list of a kind is called on the wire. */
export function listOf(kind: string): string {
  const described = schema.kind(kind);
  return described ? listNameOf(described) : kind;
}

const tones = { active: 'accent', good: 'good', caution: 'warn', bad: 'bad' } as const;
export type Colour = '' | (typeof tones)[SchemaTone];

/** How the page colours it. */
export function colourOf(tone: SchemaTone | undefined): Colour {
  return tone ? tones[tone] : '';
}

/** Of a kind's status: its word and how it looks. */
export function statusOf(kind: string, status: string): NamedWords | undefined {
  return schema.kind(kind)?.statuses.find((s) => s.name === status);
}

type Is = (f: SchemaField) => boolean;

function within(fields: readonly SchemaField[], is: Is): SchemaField | undefined {
  for (const f of fields) {
    const found = is(f) ? f : within(f.fields ?? [], is);
    if (found) return found;
  }
  return undefined;
}

/** A field of a kind by its name, wherever in its facts, commands and events that is. */
export function fieldIn(kind: string, name: string, is: Is = () => true): SchemaField | undefined {
  const described = schema.kind(kind);
  if (!described) return undefined;
  for (const fields of [described.fields, ...described.commands.map((c) => c.fields), ...described.events.map((e) => e.fields)]) {
    const found = within(fields, (f) => f.name === name && is(f));
    if (found) return found;
  }
  return undefined;
}

/** What is chosen in one: its words and colour; where nobody has described it, its name. */
export function chosenIn(kind: string, field: string, value: string): { label: Words; colour: Colour } {
  const found = fieldIn(kind, field, (f) => f.options !== undefined)?.options!.find((o) => o.name === value);
  return { label: found?.label ?? { zh: value, en: value }, colour: colourOf(found?.tone) };
}
