// A conversation, folded from what happened. Pure: the same events give the same timeline, which is what the server answers.
//
// Known messages are kept sorted by number. From `from` on they are complete; below it there may be single ones
// (pinned, or of a topic) that were asked for by themselves.

import type { Envelope } from './types.js';

export interface Reaction {
  emoji: string;
  members: number[];
}

export interface Message {
  /** Its number within the channel, from 1, without gaps. */
  message: number;
  author: number;
  at: string;
  /** null: it was taken back, or its author erased. */
  text: string | null;
  topic: string;
  edited: boolean;
  deleted: boolean;
  erased?: boolean;
  /** The key that it was sealed with is lost: it may come back. */
  unreadable?: boolean;
  /** Its text stood before an edit, and is not this reader's. */
  gone?: boolean;
  /** Its author did not say it here: who brought it over, and where from. */
  imported?: { by: number; source: string };
  pinned: boolean;
  reactions: Reaction[];
  /** Of the event that said it. */
  position: number;
}

export interface Timeline {
  messages: readonly Message[];
  /** Numbers of those that events have changed since: a page that was read beside the feed may be older. */
  changed: ReadonlySet<number>;
  /** The lowest number of the complete tail; 1 when everything is here. */
  from: number;
  /** Events up to this position are folded in. */
  position: number;
  people: readonly number[];
  pins: readonly number[];
  topics: readonly string[];
}

/** What the feed of one begins with. */
export interface Conversation {
  channel: { people: number[]; pins: number[]; topics: { name: string }[] };
  messages: Message[];
}

export const emptyTimeline: Timeline = { messages: [], changed: new Set(), from: 1, position: 0, people: [], pins: [], topics: [] };

export function timelineOf(position: number, { channel, messages }: Conversation): Timeline {
  const topics = channel.topics.map((t) => t.name).filter(Boolean);
  return { messages, changed: new Set(), from: messages[0]?.message ?? 1, position, people: channel.people, pins: channel.pins, topics };
}

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

/** With messages that were read beside the feed: what it has told since is newer. */
export function merge(known: Timeline, read: readonly Message[]): Message[] {
  const byNumber = new Map(known.messages.map((m) => [m.message, m]));
  for (const m of read) if (!known.changed.has(m.message) || !byNumber.has(m.message)) byNumber.set(m.message, m);
  return [...byNumber.values()].sort((a, b) => a.message - b.message);
}

/** A personal field: the text itself, or that it was taken back, or whose it was once their key is gone. */
function said(field: unknown): Pick<Message, 'text' | 'gone' | 'erased' | 'unreadable'> {
  if (typeof field === 'string') return { text: field };
  const told = (field ?? {}) as { text?: unknown; gone?: boolean; unreadable?: boolean };
  if (typeof told.text === 'string') return { text: told.text };
  return { text: null, ...(told.gone ? { gone: true } : told.unreadable ? { unreadable: true } : { erased: true }) };
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
  const messages = [...now.messages];
  const changed = new Set(now.changed);
  const next: Timeline = { ...now, messages, changed, position: fresh[fresh.length - 1]!.position };
  for (const event of fresh) one(next, messages, changed, event);
  return next;
}

function one(t: Timeline, messages: Message[], changed: Set<number>, e: Envelope): void {
  const d = e.data as { message?: number; author?: number; at?: string; member?: number; emoji?: string; topic?: string; text?: unknown; source?: string };
  const n = d.message ?? 0;
  const who = d.member ?? e.actor;
  const change = (how: (m: Message) => Message) => {
    const at = lowerBound(messages, n);
    if (messages[at]?.message !== n) return;
    messages[at] = how(messages[at]);
    changed.add(n);
  };
  switch (e.type.replace(/\.v\d+$/, '')) {
    case 'channel.posted':
    case 'channel.imported': {
      const topic = d.topic ?? '';
      const of = (d.text as { of?: number } | null | undefined)?.of;
      const at = lowerBound(messages, n);
      if (messages[at]?.message === n) return;
      messages.splice(at, 0, {
        message: n, author: d.author ?? of ?? e.actor, at: d.at ?? e.time, topic, edited: false, deleted: false, pinned: false, reactions: [], position: e.position,
        ...said(d.text), ...(d.source === undefined ? {} : { imported: { by: e.actor, source: d.source } }),
      });
      if (topic) t.topics = withOne(t.topics, topic);
      return;
    }
    case 'channel.edited':
      return change(({ gone: _before, ...m }) => ({ ...m, edited: true, ...said(d.text) }));
    case 'channel.deleted':
      t.pins = without(t.pins, n);
      return change((m) => ({ ...m, text: null, deleted: true, pinned: false, reactions: [] }));
    case 'channel.topic_set':
      if (d.topic) t.topics = withOne(t.topics, d.topic);
      return change((m) => ({ ...m, topic: d.topic ?? '' }));
    case 'channel.reacted':
      return change((m) => react(m, d.emoji ?? '', who, true));
    case 'channel.reaction_removed':
      return change((m) => react(m, d.emoji ?? '', who, false));
    case 'channel.pinned':
      t.pins = withOne(t.pins, n);
      return change((m) => ({ ...m, pinned: true }));
    case 'channel.unpinned':
      t.pins = without(t.pins, n);
      return change((m) => ({ ...m, pinned: false }));
    case 'channel.joined':
      t.people = withOne(t.people, who);
      return;
    case 'channel.left':
      t.people = without(t.people, who);
      return;
  }
}
