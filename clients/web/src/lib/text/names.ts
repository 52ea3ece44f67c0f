// What things are called on the screen. Pure.

import type { Data } from '@client/flows';
import type { KindSchema } from '@client/schema';
import type { Words } from '@client/types';

import type { Texts } from '../../i18n/zh';
import type { About } from '../forms/commands';
import { aboutField, titleField } from '../state/documents';
import { chosenIn, colourOf, fieldIn, schema, statusOf, type Colour } from '../state/schema.svelte';

export interface Namer {
  t: Texts;
  name: (member: number) => string;
}

/** A status of one kind of thing; the same word can mean another thing elsewhere. */
export function statusName(t: Texts, kind: string, status: string): string {
  // What is not there yet has none: a flow begins with it.
  return status === 'absent' ? t.flows.flow.absent : (statusOf(kind, status)?.label[t.language] ?? status);
}

/** How it looks beside its word. */
export function statusTone(kind: string, status: string): Colour {
  return colourOf(statusOf(kind, status)?.tone);
}

/** One of a kind: "Project". */
export function kindName(t: Texts, kind: string): string {
  return schema.kind(kind)?.label[t.language] ?? kind;
}

/** Who may do something in a flow. */
export function relationName(t: Texts, kind: string, relation: string): string {
  return schema.kind(kind)?.relations.find((r) => r.name === relation)?.label[t.language] ?? relation;
}

/** What a field of a kind is called. */
export function fieldName(t: Texts, kind: string, field: string): string {
  return fieldIn(kind, field)?.label[t.language] ?? field;
}

/** What a choice of a kind says. */
export function choiceName(t: Texts, kind: string, field: string, value: string): string {
  return chosenIn(kind, field, value).label[t.language];
}

/**
 * A step that is awaited. Which verdict is given is not known before: it is a decision; where a kind has several, on what it is by the
 * status that it is in.
 */
export function stepName(t: Texts, command: string): string {
  const of = schema.command(command);
  if (!of?.verdict) return commandName(t, command);
  const kind = command.split('.')[0]!;
  const awaited = (schema.kind(kind)?.flow.rows ?? []).filter((r) => r.awaited && schema.command(r.command)?.verdict);
  const at = awaited.length > 1 ? awaited.find((r) => r.command === command)?.in[0] : undefined;
  const decides = t.flows.decideOn(kindName(t, kind));
  return at ? t.flows.decideAt(decides, statusName(t, kind, at)) : decides;
}

/** A command, on its button and in a flow's rules. */
export function commandName(t: Texts, command: string): string {
  return schema.command(command)?.label[t.language] ?? command.split('.').at(-1)!.replaceAll('_', ' ');
}

/** Of an entity or of what waits. What has no title of its own is called by its kind, or by what it is of that; and whom it is about. */
export function titleOf({ t, name }: Namer, kind: string, called: string, about: number | undefined): string {
  const described = schema.kind(kind);
  const chosen = described?.fields.flatMap((f) => f.options ?? []).find((o) => o.name === called)?.label[t.language];
  const first = chosen ?? (described && !titleField(described) ? `${kindName(t, kind)} ${called}` : called);
  return about ? `${first} · ${name(about)}` : first;
}

/** Of a row or a dossier, by its title; what has none by its number. */
export function titleIn(namer: Namer, kind: KindSchema, of: object & { id?: number }): string {
  const data = of as Data;
  const [title, about] = [titleField(kind), aboutField(kind)];
  const called = title?.is === 'bilingual' ? (data[title.name] as Words | undefined)?.[namer.t.language] : data[title?.name ?? 'name'];
  if (typeof called === 'string' && called) return title ? called : titleOf(namer, kind.name, called, about && (data[about.name] as number | undefined));
  return namer.t.flows.numbered(kindName(namer.t, kind.name), of.id ?? 0);
}

/** What a form is about, by the title that it has on the screen; `target` is "project/3". */
export function subjectOf(namer: Namer, about: About, target: string): string {
  const [kind = '', id = ''] = target.split('/');
  const described = schema.kind(kind);
  const of = about.dossier;
  return described && of ? titleIn(namer, described, of) : namer.t.flows.numbered(kindName(namer.t, kind), Number(id));
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
