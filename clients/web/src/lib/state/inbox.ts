// What waits for the reader, in the order of its days, and the keys that act on it. Pure.

import type { Kind } from '@client/flows';

import { commandsOf, describe } from '../forms/commands';
import type { ChangeWait, Channel, FlowWait, InboxItem, Notice, Task } from '../wire/types';

export type Entry = { key: string; due: string | null; late: boolean; since: string; inPlaceOf: number } & (
  | { kind: 'task'; id: number; name: string; why: Extract<InboxItem, { kind: 'task' }>['why']; task: Task }
  | { kind: Kind; id: number; name: string; flow: FlowWait }
);

/** Everything that is to be done, the earliest due first, what has no day last; `today` is a day, `me` who reads. */
export function entries(items: readonly InboxItem[], today: string, me: number): Entry[] {
  const all = items.flatMap((item): Entry[] => {
    if (item.kind === 'task') {
      const { task, why } = item;
      return [{
        key: `task/${task.id}`, kind: 'task', id: task.id, name: task.title, why, task, due: task.due, since: task.changed_at,
        late: task.overdue || task.due < today, inPlaceOf: item.in_place_of ?? 0,
      }];
    }
    if (item.kind === 'flow' && item.flow.what !== 'member') {
      const flow = item.flow;
      return [{
        key: `${flow.what}/${flow.id} ${flow.command} ${flow.in_place_of}`, kind: flow.what, id: flow.id, name: flow.name, flow, due: flow.due ?? null,
        since: flow.since, late: flow.late || (flow.due !== undefined && flow.due < today),
        inPlaceOf: flow.in_place_of === me ? 0 : flow.in_place_of,
      }];
    }
    return [];
  });
  const last = '9999-12-31';
  return all.sort((a, b) => (a.due ?? last).localeCompare(b.due ?? last) || a.since.localeCompare(b.since) || a.key.localeCompare(b.key));
}

/** What is proposed of members and waits for the reader as the second person (D11). */
export function changesOf(items: readonly InboxItem[]): ChangeWait[] {
  return items.flatMap((i) => (i.kind === 'flow' && i.flow.what === 'member' ? [i.flow] : []));
}

/** What was told in digests and not taken note of yet. */
export function noticesOf(items: readonly InboxItem[]): Notice[] {
  return items.flatMap((i) => (i.kind === 'notice' ? [{ ...i.notice, why: i.why }] : []));
}

export function unread(items: readonly InboxItem[]): Channel[] {
  return items.flatMap((i) => (i.kind === 'channel' ? [i.channel] : []));
}

const verdictKeys = { pass: 'p', return: 'r', clarify: 'c', reject: 'x' } as const;

export interface Key {
  key: string;
  command: string;
}

/**
 * A key for each command: the verdicts have their own, the others the digits in order. `awaited` is what it waits for,
 * which comes first. Of two commands with the same verdict the second takes a digit.
 */
export function keysOf(commands: readonly string[], awaited: string | null): Key[] {
  const usual = commands.flatMap((c) => commandsOf(c.split('.')[0]!)).filter((c, i, all) => all.indexOf(c) === i);
  const known = usual.filter((c) => commands.includes(c) && !describe(c)!.inPlace);
  const first = awaited && known.includes(awaited) ? [awaited, ...known.filter((c) => c !== awaited)] : known;
  const used = new Set<string>();
  const keys: Key[] = [];
  for (const command of first) {
    const verdict = describe(command)!.verdict;
    const own = verdict && verdictKeys[verdict];
    let key: string | undefined = own && !used.has(own) ? own : undefined;
    for (let n = 1; !key && n <= 9; n++) if (!used.has(String(n))) key = String(n);
    if (!key) continue;
    used.add(key);
    keys.push({ key, command });
  }
  const order = ['p', 'r', 'c', 'x'];
  const rank = (k: Key) => (order.includes(k.key) ? order.indexOf(k.key) : 10 + Number(k.key));
  return keys.sort((a, b) => rank(a) - rank(b));
}

/** Which entry is chosen once the list has changed: the same one, else the one that has moved into its place. */
export function follow(list: readonly Entry[], chosen: string | null, at: number): number {
  const same = list.findIndex((e) => e.key === chosen);
  if (same >= 0) return same;
  return list.length ? Math.max(0, Math.min(at, list.length - 1)) : -1;
}

/** Whether a key that was pressed there is meant for the page and not for a field. */
export function isForPage(target: EventTarget | null, e: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }): boolean {
  if (e.ctrlKey || e.metaKey || e.altKey) return false;
  const element = target as { tagName?: string; isContentEditable?: boolean } | null;
  return !['INPUT', 'TEXTAREA', 'SELECT'].includes(element?.tagName ?? '') && !element?.isContentEditable;
}
