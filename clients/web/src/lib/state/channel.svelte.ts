// One channel that is open, or was lately: its timeline, what waits to be sent, and the draft.

import type { Live } from '@client/live';
import { problemOf, Refused } from '@client/problem';
import { emptyTimeline, find, fold, lowerBound, merge, timelineOf, type Message, type Timeline } from '@client/timeline';
import type { Events, Problem, Snapshot } from '@client/types';
import { newCommandId } from '@client/uuid';

import { http } from '../wire/http';
import type { ChannelDetail } from '../wire/types';
import type { KeptDrafts } from './kept';

/** Said, but not yet known to be in the log. */
export interface Pending {
  id: string;
  text: string;
  topic: string;
  problem: Problem | null;
}

const page = 50;
/** Messages kept while the reader stays at the end; older ones are read again when they are wanted. */
const keepMost = 3000;
const keepAfterTrim = 1000;
const readPause = 700;

const posted = (text: string, topic: string) => ({ text, ...(topic ? { topic } : {}) });

export class OpenChannel {
  line = $state.raw<Timeline>(emptyTimeline);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);
  pending = $state.raw<readonly Pending[]>([]);
  loadingOlder = $state(false);
  loadingNewer = $state(false);
  draft = $state('');
  topic = $state('');
  /** Whether the draft was left by an earlier page. */
  restored = $state(false);
  /** What is complete around a message that somebody went to, beside the end; null: they are at the end. */
  span = $state.raw<{ low: number; high: number } | null>(null);
  /** The first message that was unread when the channel was opened; 0: none. */
  firstUnread = $state(0);

  /** Per topic: the lowest number read for it so far. */
  #topicFrom = new Map<string, number>();
  #readSent = 0;
  #readTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly id: number,
    private readonly live: Live,
    private readonly kept: KeptDrafts,
  ) {
    const left = kept.read(this.#key)?.body as { text?: unknown; topic?: unknown } | undefined;
    if (typeof left?.text === 'string') this.draft = left.text;
    if (typeof left?.topic === 'string') this.topic = left.topic;
    this.restored = this.draft !== '';
  }

  get #key(): string {
    return `channel.post ${this.target}`;
  }

  /** What is written is kept, until it is sent or thrown away. */
  keepDraft(title: string): void {
    if (this.draft.trim()) this.kept.write(this.#key, { command: 'channel.post', title, path: `#/${this.target}`, body: { text: this.draft, topic: this.topic } });
    else this.kept.drop(this.#key);
  }

  throwDraftAway(): void {
    this.draft = '';
    this.restored = false;
    this.kept.drop(this.#key);
  }

  /** What the server has not answered yet, as it was sent. */
  get unsent(): { id: string; command: string; target: string; data: Record<string, unknown>; title: string }[] {
    return this.pending.filter((p) => !p.problem).map(({ id, text, topic }) => ({ id, command: 'channel.post', target: this.target, data: posted(text, topic), title: text.slice(0, 40) }));
  }

  get target(): string {
    return `channel/${this.id}`;
  }

  snapshot(frame: Snapshot): void {
    const { channel, messages } = frame.data as { channel: ChannelDetail; messages: Message[] };
    this.line = timelineOf(frame.position, { channel, messages });
    this.#topicFrom.clear();
    this.span = null;
    this.firstUnread = channel.joined && channel.unread > 0 && channel.read > 0 ? channel.read + 1 : 0;
    this.#readSent = channel.read;
    this.loaded = true;
    this.problem = null;
  }

  events(frame: Events): void {
    this.line = fold(this.line, frame.events);
    if (this.pending.length) {
      const done = new Set(frame.events.map((e) => e.causation));
      this.pending = this.pending.filter((p) => !done.has(p.id));
    }
  }

  /** Numbers that are complete and shown: everything from here on, or of one topic what was read of it. */
  shown(topic: string | null): readonly Message[] {
    const { messages, from } = this.line;
    if (topic === null && this.span) return messages.slice(lowerBound(messages, this.span.low), lowerBound(messages, this.span.high + 1));
    if (topic === null) return from <= (messages[0]?.message ?? 1) ? messages : messages.slice(lowerBound(messages, from));
    return messages.filter((m) => m.topic === topic);
  }

  hasOlder(topic: string | null): boolean {
    if (!this.loaded) return false;
    if (topic === null && this.span) return this.span.low > 1;
    return (topic === null ? this.line.from : Math.min(this.line.from, this.#topicFrom.get(topic) ?? Infinity)) > 1;
  }

  async loadOlder(topic: string | null): Promise<void> {
    if (this.loadingOlder || !this.hasOlder(topic)) return;
    this.loadingOlder = true;
    try {
      if (topic === null && this.span) return await this.#spanOlder(this.span);
      const from = topic === null ? this.line.from : Math.min(this.line.from, this.#topicFrom.get(topic) ?? Infinity);
      const answer = await http.messages(this.id, { before: from, limit: page, ...(topic === null ? {} : { topic }) });
      const lowest = answer.items.length < page ? 1 : answer.items[0]!.message;
      if (topic === null) this.line = { ...this.line, messages: merge(this.line, answer.items), from: lowest };
      else {
        this.line = { ...this.line, messages: merge(this.line, answer.items) };
        this.#topicFrom.set(topic, lowest);
      }
    } finally {
      this.loadingOlder = false;
    }
  }

  async #spanOlder(span: { low: number; high: number }): Promise<void> {
    const { items } = await http.messages(this.id, { before: span.low, limit: page });
    this.line = { ...this.line, messages: merge(this.line, items) };
    if (this.span) this.span = { ...this.span, low: items.length < page ? 1 : items[0]!.message };
  }

  /** What follows on the span that somebody is in; where it reaches the end, there is no span any more. */
  async loadNewer(): Promise<void> {
    if (this.loadingNewer || !this.span) return;
    this.loadingNewer = true;
    try {
      const { items } = await http.messages(this.id, { after: this.span.high, limit: page });
      this.#spanned(this.span?.low ?? 1, items.at(-1)?.message ?? this.span?.high ?? 1, items);
    } finally {
      this.loadingNewer = false;
    }
  }

  /** Reads what is around message `n`, and is there from then on. False where there is no such message to be seen. */
  async goTo(n: number): Promise<boolean> {
    const { messages, from } = this.line;
    const within = n >= from || (this.span && n >= this.span.low && n <= this.span.high);
    if (within && find(messages, n)) {
      if (n >= from) this.span = null;
      return true;
    }
    if (n >= from) return false;  // the end is complete
    const [before, after] = await Promise.all([
      http.messages(this.id, { before: n + 1, limit: page / 2 }), http.messages(this.id, { after: n, limit: page / 2 }),
    ]);
    if (before.items.at(-1)?.message !== n) return false;
    const low = before.items.length < page / 2 ? 1 : before.items[0]!.message;
    this.#spanned(low, after.items.at(-1)?.message ?? n, [...before.items, ...after.items]);
    return true;
  }

  #spanned(low: number, high: number, read: readonly Message[]): void {
    const messages = merge(this.line, read);
    const joined = high + 1 >= this.line.from;
    this.line = { ...this.line, messages, ...(joined ? { from: Math.min(low, this.line.from) } : {}) };
    this.span = joined ? null : { low, high };
  }

  leaveSpan(): void {
    this.span = null;
  }

  /** The first message of a day, or after it; 0: there is none so late. */
  async firstSince(day: string, dayOf: (at: string) => string): Promise<number> {
    let [low, high] = [1, (this.line.messages.at(-1)?.message ?? 0) + 1];
    const newest = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      const known = find(this.line.messages, middle) ?? (await http.messages(this.id, { after: middle - 1, limit: 1 })).items[0];
      if (known && dayOf(known.at) < day) low = middle + 1;
      else high = middle;
    }
    return low < newest ? low : 0;
  }

  /** One message that may lie outside of what was read: a pinned one. */
  async loadOne(n: number): Promise<void> {
    const answer = await http.messages(this.id, { after: n - 1, limit: 1 });
    this.line = { ...this.line, messages: merge(this.line, answer.items) };
  }

  /** Called while the reader is at the end: what scrolled far away is let go. */
  trim(): void {
    const { messages } = this.line;
    if (messages.length <= keepMost) return;
    const kept = messages.slice(-keepAfterTrim);
    this.#topicFrom.clear();
    this.line = { ...this.line, messages: kept, from: kept[0]!.message };
  }

  post(text: string, topic: string): void {
    const id = newCommandId();
    this.pending = [...this.pending, { id, text, topic, problem: null }];
    this.throwDraftAway();
    this.live.send('channel.post', this.target, posted(text, topic), { id }).then(
      (ack) => {
        // Otherwise the event is still on its way, and takes the pending one's place when it comes.
        if (this.line.position >= ack.position) this.discard(id);
      },
      (why: unknown) => {
        const problem = problemOf(why);
        this.pending = this.pending.map((p) => (p.id === id ? { ...p, problem } : p));
      },
    );
  }

  discard(id: string): void {
    this.pending = this.pending.filter((p) => p.id !== id);
  }

  /** The reader has seen everything up to message `n`. */
  seen(n: number): void {
    if (n <= this.#readSent || this.#readTimer !== undefined) return;
    this.#readTimer = setTimeout(() => {
      this.#readTimer = undefined;
      const last = this.line.messages[this.line.messages.length - 1]?.message ?? n;
      this.#readSent = last;
      this.live.send('channel.read', this.target, { message: last }).catch((why: unknown) => {
        // Nothing that the reader did; it is tried again with the next message.
        if (why instanceof Refused) this.#readSent = 0;
      });
    }, readPause);
  }
}
