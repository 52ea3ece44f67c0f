// What a feed tells, put together: rows by their id, and a conversation by its messages.

import type { Envelope, Row } from './types.js';

/** Rows of one list, the newest word on each. The server sends rows whole, so a change replaces one and folds nothing. */
export class Rows<R extends Row = Row> {
  #rows = new Map<number, R>();
  /** Told to be gone since the last snapshot. */
  #gone = new Set<number>();

  get(id: number): R | undefined {
    return this.#rows.get(id);
  }

  get size(): number {
    return this.#rows.size;
  }

  /** In order of their ids. */
  get all(): R[] {
    return [...this.#rows.values()].sort((a, b) => a.id - b.id);
  }

  reset(rows: readonly R[]): void {
    this.#rows = new Map(rows.map((r) => [r.id, r]));
    this.#gone.clear();
  }

  /** From the feed, in its order. */
  put(rows: readonly R[]): void {
    for (const r of rows) {
      this.#rows.set(r.id, r);
      this.#gone.delete(r.id);
    }
  }

  /** From the feed: they can't be seen any more. */
  drop(ids: readonly number[]): void {
    for (const id of ids) {
      this.#rows.delete(id);
      this.#gone.add(id);
    }
  }

  /** From a page read beside the feed: what the feed has told since is newer. */
  add(rows: readonly R[]): void {
    for (const r of rows) {
      const known = this.#rows.get(r.id);
      if (!this.#gone.has(r.id) && (!known || (known.version ?? 0) < (r.version ?? 0))) this.#rows.set(r.id, r);
    }
  }
}

export interface Message {
  message: number;
  author: number;
  at: string;
  /** null: it was taken back, or its author erased. */
  text: string | null;
  topic: string;
  edited: boolean;
  deleted: boolean;
  erased?: boolean;
  gone?: boolean;
  unreadable?: boolean;
  imported?: { by: number; source: string };
  pinned: boolean;
  reactions: { emoji: string; members: number[] }[];
  position: number;
}

interface Said {
  message?: number;
  author?: number;
  at?: string;
  member?: number;
  emoji?: string;
  topic?: string;
  text?: unknown;
  source?: string;
}

/** A personal field: the text itself, or that it was taken back or erased. */
function said(field: unknown): Pick<Message, 'text' | 'gone' | 'erased' | 'unreadable'> {
  if (typeof field === 'string') return { text: field };
  const told = (field ?? {}) as { text?: unknown; gone?: boolean; unreadable?: boolean };
  if (typeof told.text === 'string') return { text: told.text };
  return { text: null, ...(told.gone ? { gone: true } : told.unreadable ? { unreadable: true } : { erased: true }) };
}

/** A conversation: its messages by number, folded from what happened. The same events give the same messages. */
export class Timeline {
  #messages = new Map<number, Message>();
  people: number[] = [];

  get messages(): Message[] {
    return [...this.#messages.values()].sort((a, b) => a.message - b.message);
  }

  reset(data: { messages: Message[] }): void {
    this.#messages = new Map(data.messages.map((m) => [m.message, m]));
    const about = Object.values(data).find((v) => !Array.isArray(v)) as { people?: number[] } | undefined;
    this.people = [...(about?.people ?? [])];
  }

  fold(events: readonly Envelope[]): void {
    for (const e of events) this.#one(e, e.data as Said);
  }

  #one(e: Envelope, d: Said): void {
    const who = d.member ?? e.actor;
    switch (e.type.split('.')[1]) {
      case 'posted':
      case 'imported': {
        const of = (d.text as { of?: number } | undefined)?.of;
        if (this.#messages.has(d.message!)) return;
        this.#messages.set(d.message!, {
          message: d.message!, author: d.author ?? of ?? e.actor, at: d.at ?? e.time, topic: d.topic ?? '', edited: false, deleted: false,
          pinned: false, reactions: [], position: e.position, ...said(d.text), ...(d.source === undefined ? {} : { imported: { by: e.actor, source: d.source } }),
        });
        return;
      }
      case 'edited':
        return this.#change(d, ({ gone: _before, ...m }) => ({ ...m, edited: true, ...said(d.text) }));
      case 'deleted':
        return this.#change(d, (m) => ({ ...m, text: null, deleted: true, pinned: false, reactions: [] }));
      case 'topic_set':
        return this.#change(d, (m) => ({ ...m, topic: d.topic ?? '' }));
      case 'pinned':
        return this.#change(d, (m) => ({ ...m, pinned: true }));
      case 'unpinned':
        return this.#change(d, (m) => ({ ...m, pinned: false }));
      case 'reacted':
        return this.#change(d, (m) => react(m, d.emoji!, who, true));
      case 'reaction_removed':
        return this.#change(d, (m) => react(m, d.emoji!, who, false));
      case 'joined':
        this.people = [...this.people.filter((p) => p !== who), who];
        return;
      case 'left':
        this.people = this.people.filter((p) => p !== who);
        return;
    }
  }

  #change(d: Said, how: (m: Message) => Message): void {
    const before = this.#messages.get(d.message!);
    if (before) this.#messages.set(d.message!, how(before));
  }
}

export function react(m: Message, emoji: string, member: number, on: boolean): Message {
  const others = (members: number[]) => members.filter((one) => one !== member);
  const known = m.reactions.some((r) => r.emoji === emoji);
  const all = known || !on ? m.reactions : [...m.reactions, { emoji, members: [] }];
  const reactions = all.map((r) => (r.emoji === emoji ? { emoji, members: on ? [...others(r.members), member] : others(r.members) } : r));
  return { ...m, reactions: reactions.filter((r) => r.members.length > 0) };
}
