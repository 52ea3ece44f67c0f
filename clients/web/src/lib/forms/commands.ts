// Every command that a person gives from a form: what it is called, what it asks for, and how grave it is.

import type { FormDefinition } from '@client/flows';
import type { SchemaCommand } from '@client/schema';
import type { Words } from '@client/types';

import { schema } from '../state/schema.svelte';
import { descriptionOf } from './described';
import type { Field } from './field';

/** What a form is filled in about. */
export interface About {
  /** A dossier, a task, or a member. */
  dossier?: object;
  me?: number;
  /** Roles of who asks. */
  mine?: readonly string[];
  /** What the kind's own views know beside it. */
  known?: Readonly<Record<string, unknown>>;
  today?: string;
  /** What something new begins with: fields by their names, as the address has them or as values. */
  given?: Readonly<Record<string, unknown>>;
  /** What is not asked: what the form was opened for. */
  fixed?: Readonly<Record<string, unknown>>;
  /** The definition of a form as it is now, by its name in the handbook. */
  form: (name: string) => FormDefinition;
}

export interface Description {
  label: Words;
  fields: (about: About) => readonly Field[];
  /** It can't be taken back, and closes something: it is asked once more. */
  grave?: Words;
  /** Sends something back or ends it; its button says so. */
  danger?: boolean;
  /** Too much for a narrow column. */
  wide?: boolean;
  /** Keeps what is not finished: another command with the same fields, and what that one needs. */
  keep?: { command: string; label: Words; needs: readonly string[] };
  /** Of the four verdicts, the one that it is: they have keys of their own. */
  verdict?: 'pass' | 'return' | 'clarify' | 'reject';
  /** Ends or begins something for others, though it is no verdict. */
  decides?: boolean;
  /** What is chosen in it is not kept in the browser. */
  secret?: boolean;
  /** Adds something of one's own: what others have added meanwhile takes nothing from it. */
  adds?: boolean;
  /** Several do it, each for themselves: events that take nothing from what it is about. */
  beside?: readonly string[];
  /** Is offered where the thing is that it acts on, and not among the actions. */
  inPlace?: boolean;
  /** What is released is said before. */
  says?: (about: About) => Words | null;
}

/** What a form has beyond its description. */
export interface Special extends Partial<Omit<Description, 'fields'>> {
  /** Its fields, in place of those that are described. */
  fields?: (about: About, described: readonly Field[]) => readonly Field[];
}

/** All else of a form is what the schema says of it. */
const special: Record<string, Special> = Object.assign(
  {}, ...Object.values(import.meta.glob<Record<string, Special>>('../../components/kinds/*/forms.ts', { eager: true, import: 'forms' })),
);

const kindOf = (command: string) => schema.kind(command.split('.')[0]!);
const both = new WeakMap<Description, Description>();

function withSpecial(described: Description, more: Special): Description {
  let made = both.get(described);
  if (!made) {
    const { fields } = more;
    both.set(described, (made = { ...described, ...more, fields: fields ? (about) => fields(about, described.fields(about)) : described.fields }));
  }
  return made;
}

export function describe(command: string): Description | undefined {
  const kind = kindOf(command);
  const described = kind && descriptionOf(kind, command);
  return described && special[command] ? withSpecial(described, special[command]) : described;
}

/** Of what creates and is handed in at once by another command: kept, it needs all but what is ticked for handing it in. */
export function handedIn(command: string, then: string): Description {
  const made = describe(command)!;
  const needed = (fields: readonly Field[], at: string): string[] =>
    fields.flatMap((f) => (f.kind === 'group' ? needed(f.fields, `${at}/${f.name}`) : f.kind !== 'check' && (f.required || f.kind === 'extras') ? [`${at}/${f.name}`] : []));
  const fields = made.fields({ form: (name) => ({ name, zh: name, en: name, version: 1, fields: [] }) });
  return { ...made, label: describe(then)!.label, keep: { command, label: made.label, needs: needed(fields, '') } };
}

/** Whether it is held back for some seconds before it is sent: what decides, or can't be taken back. */
export function isDecision(d: Description): boolean {
  return d.verdict !== undefined || d.grave !== undefined || d.danger === true || d.decides === true;
}

/**
 * The commands of one kind of thing, in the order in which their buttons stand: what it waits for, and the verdicts, come first, and
 * what ends it last.
 */
export function commandsOf(kind: string): string[] {
  const described = schema.kind(kind);
  if (!described) return [];
  const awaited = new Set(described.flow.rows.filter((r) => r.awaited).map((r) => r.command));
  const rank = (c: SchemaCommand) => (awaited.has(c.type) || c.verdict ? 0 : c.ends ? 2 : 1);
  return described.commands.filter((c) => !c.by_system).sort((a, b) => rank(a) - rank(b)).map((c) => c.type);
}
