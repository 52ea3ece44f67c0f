// One channel that is open, or was lately: its timeline, what waits to be sent, and the draft.

import { http } from '../wire/http';
import type { Live } from '../wire/live';
import { problemOf, Refused } from '../wire/problem';
import type { ChannelDetail, Events, Message, Problem, Snapshot } from '../wire/types';
import { newCommandId } from '../wire/uuid';
import { emptyTimeline, fold, lowerBound, merge, type Timeline } from './fold';

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

export class OpenChannel {
  line = $state.raw<Timeline>(emptyTimeline);
  loaded = $state(false);
  problem = $state.raw<Problem | null>(null);
  pending = $state.raw<readonly Pending[]>([]);
  loadingOlder = $state(false);
  draft = $state('');
  topic = $state('');
  /** The first message that was unread when the channel was opened; 0: none. */
  firstUnread = $state(0);

  /** Per topic: the lowest number read for it so far. */
  #topicFrom = new Map<string, number>();
  #readSent = 0;
  #readTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly id: number,
    private readonly live: Live,
  ) {}

  get target(): string {
    return `channel/${this.id}`;
  }

  snapshot(frame: Snapshot): void {
    const { channel, messages } = frame.data as { channel: ChannelDetail; messages: Message[] };
    this.line = {
      messages,
      from: messages[0]?.message ?? 1,
      position: frame.position,
      people: channel.people,
      pins: channel.pins,
      topics: channel.topics.map((t) => t.name).filter(Boolean),
    };
    this.#topicFrom.clear();
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
    if (topic === null) return from <= (messages[0]?.message ?? 1) ? messages : messages.slice(lowerBound(messages, from));
    return messages.filter((m) => m.topic === topic);
  }

  hasOlder(topic: string | null): boolean {
    if (!this.loaded) return false;
    return (topic === null ? this.line.from : Math.min(this.line.from, this.#topicFrom.get(topic) ?? Infinity)) > 1;
  }

  async loadOlder(topic: string | null): Promise<void> {
    if (this.loadingOlder || !this.hasOlder(topic)) return;
    this.loadingOlder = true;
    try {
      const from = topic === null ? this.line.from : Math.min(this.line.from, this.#topicFrom.get(topic) ?? Infinity);
      const answer = await http.messages(this.id, { before: from, limit: page, ...(topic === null ? {} : { topic }) });
      const lowest = answer.items.length < page ? 1 : answer.items[0]!.message;
      if (topic === null) this.line = { ...this.line, messages: merge(this.line.messages, answer.items), from: lowest };
      else {
        this.line = { ...this.line, messages: merge(this.line.messages, answer.items) };
        this.#topicFrom.set(topic, lowest);
      }
    } finally {
      this.loadingOlder = false;
    }
  }

  /** One message that may lie outside of what was read: a pinned one. */
  async loadOne(n: number): Promise<void> {
    const answer = await http.messages(this.id, { after: n - 1, limit: 1 });
    this.line = { ...this.line, messages: merge(this.line.messages, answer.items) };
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
    this.live.send('channel.post', this.target, { text, ...(topic ? { topic } : {}) }, { id }).then(
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
