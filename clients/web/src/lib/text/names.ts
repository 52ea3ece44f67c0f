// What things are called on the screen. Pure.

import type { Texts } from '../../i18n/zh';
import { describe, type About } from '../forms/commands';
import { colourOf, schema, statusOf } from '../state/schema.svelte';
import { titleField } from '../state/documents';
import { toneOf, type Tone } from '../state/flows';

export interface Namer {
  t: Texts;
  name: (member: number) => string;
}

/** A status of one kind of thing; the same word can mean another thing elsewhere. */
export function statusName(t: Texts, kind: string, status: string): string {
  const described = statusOf(kind, status);
  if (described) return described.label[t.language];
  return t.appraisals.status[kind]?.[status] ?? t.strategies.status[kind]?.[status] ?? t.flows.status[status] ?? status;
}

/** How it looks beside its word. */
export function statusTone(kind: string, status: string): Tone {
  const described = statusOf(kind, status);
  return described ? colourOf(described.tone) : toneOf(status);
}

/** One of a kind: "Project". */
export function kindName(t: Texts, kind: string): string {
  return schema.kind(kind)?.label[t.language] ?? t.flows.wait.names[kind] ?? kind;
}

/** Who may do something in a flow. */
export function relationName(t: Texts, kind: string, relation: string): string {
  return schema.kind(kind)?.relations.find((r) => r.name === relation)?.label[t.language] ?? t.flows.relations[relation] ?? relation;
}

/** A step that is awaited. Which verdict is given is not known before: it is a decision. */
export function stepName(t: Texts, command: string): string {
  const described = schema.command(command);
  if (described?.verdict) return t.flows.decideOn(kindName(t, command.split('.')[0]!));
  return described?.label[t.language] ?? t.steps[command] ?? command;
}

/** A command, on its button and in a flow's rules. */
export function commandName(t: Texts, command: string): string {
  return describe(command)?.label[t.language] ?? t.flows.flow.byItself[command] ?? command.split('.').at(-1)!.replaceAll('_', ' ');
}

/** Of an entity or of what waits: an appraisal is its period and whom it is about, an incentive its kind. */
export function titleOf({ t, name }: Namer, kind: string, called: string, about: number | undefined): string {
  const first = kind === 'incentive' ? (t.appraisals.kinds[called] ?? called) : kind === 'appraisal' || kind === 'cycle' ? `${kindName(t, kind)} ${called}` : called;
  return about ? `${first} · ${name(about)}` : first;
}

/** What a form is about, by the title that it has on the screen; `target` is "project/3". */
export function subjectOf(namer: Namer, about: About, target: string): string {
  const [kind = '', id = ''] = target.split('/');
  const described = schema.kind(kind);
  const field = described && titleField(described);
  const own = field && (about.dossier as Record<string, unknown> | undefined)?.[field.name];
  if (typeof own === 'string' && own) return own;
  const of = (about.dossier ?? about.task) as { title?: string; name?: unknown; employee?: number; member?: number } | undefined;
  const called = of?.title ?? (typeof of?.name === 'string' ? of.name : null);
  if (called !== null && called !== undefined) return titleOf(namer, kind, called, of?.employee ?? of?.member);
  return namer.t.flows.numbered(kindName(namer.t, kind), Number(id));
}

/** By what a name is known again: its letters, small; what is no Latin apart from them, as a name is often written both ways. */
function keysOf(name: string): string[] {
  const letters = name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return [letters.replace(/[a-z0-9]/g, ''), letters.replace(/[^a-z0-9]/g, '')].filter(Boolean);
}

let counted: { of: readonly { name: string | null }[]; by: Map<string, number> } | null = null;

/** Whether somebody else is called so, too: they are told apart by what nobody else has. */
export function isShared(member: { name: string | null }, all: readonly { name: string | null }[]): boolean {
  if (counted?.of !== all) {
    const by = new Map<string, number>();
    for (const one of all) for (const key of keysOf(one.name ?? '')) by.set(key, (by.get(key) ?? 0) + 1);
    counted = { of: all, by };
  }
  return keysOf(member.name ?? '').some((key) => (counted?.by.get(key) ?? 0) > 1);
}
