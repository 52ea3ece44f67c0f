// One feed: what it says now (`data`, `rows`, `timeline`), and each change in order, without a hole or a double.

import { readOn } from './list.js';
import type { Live } from './live.js';
import { Refused } from './problem.js';
import { Rows } from './rows.js';
import { fold, timelineOf, type Conversation, type Timeline } from './timeline.js';
import type { Envelope, Page, Problem, Row, Told } from './types.js';

/** Changes that a reader has not taken yet: beyond that the feed is paused, and goes on from the log later. */
const untakenUsual = 256;
/** Lists that go by another name than their feed. */
const listsByFeed: Record<string, string> = { board: 'tasks', directory: 'members' };

export interface Change {
  feed: string;
  /** "snapshot": everything as it is, in `data`; "events": what happened since; "subscribed": a resume has caught up; "typing", "presence". */
  type: string;
  position: number;
  /** To go on from here another time: `room.feed(name, { since: mark })`. */
  mark: string;
  /** The facts, as the log has them. */
  events: Envelope[];
  /** Rows that changed, as they are now. */
  rows: Row[];
  /** Ids of rows that can't be seen any more. */
  gone: number[];
  data?: unknown;
}

export interface FeedHow {
  /** The mark of a change: everything after it comes, without a snapshot where the server can do that; `rows` are then those that changed. */
  since?: string;
  /** False: of a long list only what the snapshot holds. */
  whole?: boolean;
  /** So many changes wait for a slow reader; then the feed rests, and goes on from the log. */
  untakenMax?: number;
}

interface FeedAround {
  live(): Live;
  readPage(path: string, cursor: string): Promise<Page>;
}

/** What one reader has not taken yet. */
class Line {
  changes: Change[] = [];
  wake = () => {};

  put(change: Change): void {
    this.changes.push(change);
    this.wake();
  }
}

/** Made by `room.feed(name)`; the same name is the same feed, however many read it. The slowest reader sets its pace. */
export class Feed implements AsyncIterable<Change> {
  readonly rows = new Rows();
  timeline: Timeline | null = null;
  data: unknown = undefined;
  ended: Problem | null = null;
  closed = false;
  paused = false;
  history: string | null = null;
  position: number | null = null;
  #around: FeedAround;
  #whole: boolean;
  #untakenMax: number;
  #lines = new Set<Line>();
  #followed = false;
  #begun = false;
  /** Which reading on of a long list is the present one; it is settled once `#rest` is. */
  #reading = 0;
  #rest: Promise<unknown> | null = null;
  #restFailed: unknown = null;
  #whenBegun: (() => void)[] = [];

  constructor(
    readonly name: string,
    around: FeedAround,
    { since, whole = true, untakenMax = untakenUsual }: FeedHow = {},
  ) {
    this.#around = around;
    this.#whole = whole;
    this.#untakenMax = untakenMax;
    if (since !== undefined) {
      const at = since.lastIndexOf(':');
      this.history = at < 0 ? null : since.slice(0, at);
      this.position = Number(since.slice(at + 1));
    }
  }

  get mark(): string {
    return this.history === null ? String(this.position ?? 0) : `${this.history}:${this.position}`;
  }

  /** Once everything up to now is here: the snapshot, and all pages of a long list. */
  async ready(): Promise<this> {
    this.#follow();
    if (!this.#begun && !this.ended) await new Promise<void>((go) => this.#whenBegun.push(go));
    for (let rest = this.#rest; rest; rest = this.#rest === rest ? null : this.#rest) await rest;
    if (this.ended) throw new Refused(this.ended);
    if (this.#restFailed) throw this.#restFailed;
    return this;
  }

  [Symbol.asyncIterator](): AsyncIterator<Change> {
    const line = new Line();
    // Whoever comes later begins with how it stands.
    if (this.data !== undefined || this.rows.size) line.put(this.#change('snapshot', { rows: this.rows.all, data: this.data }));
    this.#lines.add(line);
    this.#follow();
    const end = (): IteratorResult<Change> => {
      this.#lines.delete(line);
      this.#goOn();
      return { done: true, value: undefined };
    };
    return {
      next: async () => {
        this.#goOn();
        while (!line.changes.length) {
          if (this.ended) {
            end();
            throw new Refused(this.ended);
          }
          if (this.closed || !this.#lines.has(line)) return end();
          await new Promise<void>((go) => (line.wake = go));
        }
        return { done: false, value: line.changes.shift()! };
      },
      return: async () => end(),
    };
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#reading += 1;
    if (this.#followed) this.#around.live().unsubscribe(this.name);
    this.#wake();
  }

  /** By the room: a frame of this feed. */
  told(frame: Told): void {
    if (this.closed) return;
    if (frame.type === 'ended') {
      this.ended = frame.problem;
      return this.#wake();
    }
    if ([...this.#lines].some((line) => line.changes.length >= this.#untakenMax)) {
      // Not taken: it is told again, from the log.
      this.paused = true;
      return this.#around.live().pause(this.name, this.position);
    }
    switch (frame.type) {
      case 'snapshot':
        return this.#snapshot(frame.position, frame.data);
      case 'events': {
        const known = this.position ?? 0;
        const events = frame.events.filter((e) => e.position > known);
        if (frame.events.length && !events.length) return;
        this.#advance(frame.position);
        const rows = (frame.rows ?? []) as Row[];
        this.rows.put(rows);
        this.rows.drop(frame.gone ?? []);
        this.timeline &&= fold(this.timeline, events);
        return this.#say(this.#change('events', { events, rows, gone: frame.gone ?? [] }));
      }
      case 'subscribed':
        this.#advance(frame.position);
        this.#begins();
        return this.#say(this.#change('subscribed'));
      case 'presence':
        this.data = { online: frame.online };
        return this.#say(this.#change('presence', { data: this.data }));
      default:
        return this.#say(this.#change(frame.type, { data: frame }));
    }
  }

  #follow(): void {
    if (this.#followed || this.closed || this.ended) return;
    this.#followed = true;
    this.#around.live().subscribe(this.name, this.position === null ? undefined : { history: this.history, position: this.position });
  }

  #advance(position: number): void {
    this.position = Math.max(this.position ?? 0, position);
    this.history = this.#around.live().history;
  }

  #snapshot(position: number, data: unknown): void {
    this.data = data;
    this.position = position;
    this.history = this.#around.live().history;
    this.#reading += 1;
    this.#rest = this.#restFailed = null;
    const { items, next } = (data ?? {}) as { items?: Row[]; next?: string | null };
    const isList = Array.isArray(items) && items.every((r) => typeof r.id === 'number');
    if (isList) {
      this.rows.reset(items);
      if (next && this.#whole) this.#rest = this.#readOn(next, this.#reading).catch((why: unknown) => (this.#restFailed = why));
    } else if (Array.isArray((data as { messages?: unknown } | null)?.messages)) {
      this.timeline = timelineOf(position, data as Conversation);
    }
    this.#begins();
    this.#say(this.#change('snapshot', { rows: isList ? items : [], data }));
  }

  #readOn(from: string, reading: number): Promise<unknown> {
    const path = listsByFeed[this.name] ?? this.name;
    const current = () => reading === this.#reading;
    return readOn(from, (cursor) => this.#around.readPage(path, cursor), (rows) => current() && this.rows.add(rows), current);
  }

  #change(type: string, more: Partial<Change> = {}): Change {
    return { feed: this.name, type, position: this.position ?? 0, mark: this.mark, events: [], rows: [], gone: [], ...more };
  }

  #say(change: Change): void {
    for (const line of this.#lines) line.put(change);
  }

  #begins(): void {
    this.#begun = true;
    for (const go of this.#whenBegun.splice(0)) go();
  }

  #wake(): void {
    for (const go of this.#whenBegun.splice(0)) go();
    for (const line of this.#lines) line.wake();
  }

  #goOn(): void {
    if (!this.paused || [...this.#lines].some((line) => line.changes.length)) return;
    this.paused = false;
    this.#around.live().goOn(this.name);
  }
}
