// A channel's timeline, folded from its events. Pure: the same events give the same timeline.
//
// Known messages are kept sorted by number. From `from` on they are complete; below it there may be single ones
// (pinned, or of a topic) that were asked for by themselves.

import type { Envelope, Message } from '../wire/types';

export interface Timeline {
  messages: readonly Message[];
  /** The lowest number of the complete tail; 1 when everything is here. */
  from: number;
  /** Events up to this position are folded in. */
  position: number;
  people: readonly number[];
  pins: readonly number[];
  topics: readonly string[];
}

export const emptyTimeline: Timeline = {
  messages: [], from: 1, position: 0, people: [], pins: [], topics: [],
};

/** Index of the first message numbered `n` or more. */
export function lowerBound(messages: readonly Message[], n: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle]!.message < n) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function find(messages: readonly Message[], n: number): Message | undefined {
  const found = messages[lowerBound(messages, n)];
  return found?.message === n ? found : undefined;
}

/** Both together; where both know a message, the one that is newer in the log wins. */
export function merge(known: readonly Message[], read: readonly Message[]): Message[] {
  const byNumber = new Map(known.map((m) => [m.message, m]));
  for (const m of read) {
    const before = byNumber.get(m.message);
    if (!before || before.position <= m.position) byNumber.set(m.message, m);
  }
  return [...byNumber.values()].sort((a, b) => a.message - b.message);
}

interface Said {
  text: string | null;
  erased: boolean;
  /** It was taken back: deleted, or said otherwise since. */
  gone: boolean;
  /** The key that it was sealed with is lost. */
  unreadable?: boolean;
  of: number | null;
}

/** A personal field: the text itself, or who it was of once their key is gone. */
function said(field: unknown): Said {
  if (typeof field === 'string') return { text: field, erased: false, gone: false, of: null };
  const of = (field as { of?: number; text?: string } | null)?.of ?? null;
  const text = (field as { text?: string } | null)?.text;
  const gone = (field as { gone?: boolean } | null)?.gone === true;
  const unreadable = (field as { unreadable?: boolean } | null)?.unreadable === true;
  return typeof text === 'string'
    ? { text, erased: false, gone: false, of }
    : { text: null, erased: !gone && !unreadable, gone, of, ...(unreadable ? { unreadable } : {}) };
}

function without<T>(list: readonly T[], item: T): T[] {
  return list.filter((x) => x !== item);
}

function withOne<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? [...list] : [...list, item];
}

export function react(m: Message, emoji: string, member: number, on: boolean): Message {
  const before = m.reactions.find((r) => r.emoji === emoji);
  if (!before) return on ? { ...m, reactions: [...m.reactions, { emoji, members: [member] }] } : m;
  const members = on ? withOne(before.members, member) : without(before.members, member);
  const reactions = m.reactions.map((r) => (r === before ? { emoji, members } : r)).filter((r) => r.members.length > 0);
  return { ...m, reactions };
}

/** Folds events in; those that are in already are passed over. */
export function fold(now: Timeline, events: readonly Envelope[]): Timeline {
  const fresh = events.filter((e) => e.position > now.position);
  if (!fresh.length) return now;
  const next: Timeline = { ...now, messages: [...now.messages], position: fresh[fresh.length - 1]!.position };
  for (const event of fresh) one(next, next.messages as Message[], event);
  return next;
}

function one(t: Timeline, messages: Message[], e: Envelope): void {
  const d = e.data as { message?: number; author?: number; at?: string; member?: number; emoji?: string; topic?: string; text?: unknown; source?: string };
  const n = d.message ?? 0;
  const change = (how: (m: Message) => Message) => {
    const at = lowerBound(messages, n);
    if (messages[at]?.message === n) messages[at] = { ...how(messages[at]), position: e.position };
  };
  switch (e.type.replace(/\.v\d+$/, '')) {
    case 'channel.posted':
    case 'channel.imported': {
      const { text, erased, gone, unreadable, of } = said(d.text);
      const topic = d.topic ?? '';
      const at = lowerBound(messages, n);
      if (messages[at]?.message === n) return;
      messages.splice(at, 0, {
        message: n, author: d.author ?? of ?? e.actor, at: d.at ?? e.time, text, topic, edited: false, deleted: false,
        ...(erased ? { erased } : {}), ...(gone ? { gone } : {}), ...(unreadable ? { unreadable } : {}), ...(d.source !== undefined ? { imported: { by: e.actor, source: d.source } } : {}), pinned: false, reactions: [], position: e.position,
      });
      if (topic) t.topics = withOne(t.topics, topic);
      return;
    }
    case 'channel.edited': {
      const { text, erased, gone } = said(d.text);
      return change(({ gone: _before, ...m }) => ({ ...m, text, edited: true, ...(erased ? { erased } : {}), ...(gone ? { gone } : {}) }));
    }
    case 'channel.deleted':
      t.pins = without(t.pins, n);
      return change((m) => ({ ...m, text: null, deleted: true, pinned: false, reactions: [] }));
    case 'channel.topic_set':
      if (d.topic) t.topics = withOne(t.topics, d.topic);
      return change((m) => ({ ...m, topic: d.topic ?? '' }));
    case 'channel.reacted':
      return change((m) => react(m, d.emoji ?? '', d.member ?? e.actor, true));
    case 'channel.reaction_removed':
      return change((m) => react(m, d.emoji ?? '', d.member ?? e.actor, false));
    case 'channel.pinned':
      t.pins = withOne(t.pins, n);
      return change((m) => ({ ...m, pinned: true }));
    case 'channel.unpinned':
      t.pins = without(t.pins, n);
      return change((m) => ({ ...m, pinned: false }));
    case 'channel.joined':
      t.people = withOne(t.people, d.member ?? e.actor);
      return;
    case 'channel.left':
      t.people = without(t.people, d.member ?? e.actor);
      return;
  }
}
