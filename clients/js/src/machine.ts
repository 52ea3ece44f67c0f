// The live socket as a state machine without a socket, a clock or randomness: what happened goes in, what is to
// be done comes out. `live.ts` drives it; tests can, too.
//
//   stopped ──start──▶ connecting ──hello──▶ live
//                          ▲                   │ closed, or silent for too long
//                          └──── waiting ◀─────┘     (4001, or the session is gone: logged_out)
//
// A command stays in `#pending` until it is acknowledged or refused, and goes out again after every reconnect with
// the id that it had: the server answers a retry as it answered the first time. A feed resumes after the last
// position that it was told of. Before each subscription goes a ping: what comes before its answer is of the subscription
// before, and is passed over. Times are milliseconds on any clock that only goes forward.

import { problems } from './problem.js';
import type { Ack, Command, Problem, Told } from './types.js';

export type Phase = 'stopped' | 'connecting' | 'live' | 'waiting' | 'logged_out';

export type Effect =
  | { do: 'connect' }
  | { do: 'send'; text: string }
  | { do: 'close' }
  /** Ask over HTTP whether the session still holds; a refused upgrade doesn't say why. */
  | { do: 'probe' }
  | { do: 'acked'; id: string; ack: Ack }
  | { do: 'refused'; id: string; problem: Problem }
  | { do: 'told'; frame: Told };

/** From where on: after a position that was told in a history (null: in whichever there is). "anew": at every connection from a snapshot on. */
export type Since = { history: string | null; position: number } | 'anew';

interface Feed {
  /** Whether it goes on from its last position; the others begin with a snapshot each time. */
  resumes: boolean;
  after: number | null;
  /** In which history `after` was told; null: by a server that does not say; undefined: by somebody who does not. */
  history: string | null | undefined;
  /** The ping before its subscription, until that is answered; "open": frames are of it; "paused": nobody takes them. */
  is: number | 'open' | 'paused' | 'unsaid';
}

export const limits = {
  pending: 200,
  backoffFirst: 500,
  backoffMost: 30_000,
  /** How long a connection has to hold before the backoff starts over. */
  steady: 5_000,
  /** Silence after which the server is asked for a sign of life, and how long it has to answer. */
  quiet: 20_000,
  answer: 10_000,
  handshake: 15_000,
  /** How long a command or a subscription rests that a busy server sent back, at least. */
  heldFor: 1_000,
};

const sizes = new TextEncoder();
const line = (said: unknown) => JSON.stringify(said);

export class Machine {
  phase: Phase = 'stopped';
  /** Failed attempts since the connection last held. */
  attempts = 0;

  /** What the connection itself waits for. */
  #deadline: number | null = null;
  /** Commands and feeds that the server had no room for: it took nothing, so they are sent again. */
  #held = new Set<string>();
  #heldFeeds = new Set<string>();
  #heldUntil = 0;
  #feeds = new Map<string, Feed>();
  #pending = new Map<string, Command>();
  #maxBytes = 65_536;
  /** Of the log at the other end: another one after a restore, and then positions mean something else. */
  #history: string | null = null;
  #liveSince = 0;
  #pingSent = false;
  #pings = 0;
  /** Whose ping was answered last: a feed's name that means nothing is refused without the name. */
  #answered: string | null = null;

  /**
   * `member` is who it belongs to: a cookie may be somebody else's by the time of a reconnect, and what one
   * wrote must not go out in their name. `random` gives numbers in [0, 1): jitter, so that a thousand clients don't come
   * back in the same instant.
   */
  constructor(
    private readonly member: number,
    private readonly random: () => number,
  ) {}

  /** When `tick` wants to be called; null: not at all. */
  get wakeAt(): number | null {
    if (this.phase !== 'live' || !(this.#held.size + this.#heldFeeds.size)) return this.#deadline;
    return Math.min(this.#heldUntil, this.#deadline ?? Infinity);
  }

  get history(): string | null {
    return this.#history;
  }

  start(now: number): Effect[] {
    return this.phase === 'stopped' ? this.#connect(now) : [];
  }

  stop(): Effect[] {
    this.#rest('stopped');
    this.#feeds.clear();
    this.#pending.clear();
    return [{ do: 'close' }];
  }

  /** Now is a good moment: don't wait any longer. */
  nudge(now: number): Effect[] {
    if (this.phase === 'waiting') return this.#connect(now);
    if (this.phase === 'live' && !this.#pingSent) return this.#ping(now);
    return [];
  }

  tick(now: number): Effect[] {
    const again = this.phase === 'live' && now >= this.#heldUntil ? this.#sendHeld() : [];
    if (this.#deadline === null || now < this.#deadline) return again;
    if (this.phase === 'waiting') return this.#connect(now);
    if (this.phase === 'live' && !this.#pingSent) return [...again, ...this.#ping(now)];
    if (this.phase === 'live' || this.phase === 'connecting') return [{ do: 'close' }, ...this.closed(now, 1006)];
    return [];
  }

  received(now: number, text: string): Effect[] {
    if (this.phase !== 'connecting' && this.phase !== 'live') return [];
    const effects: Effect[] = [];
    for (const said of text.split('\n')) {
      if (!said.trim()) continue;
      let frame: Told;
      try {
        frame = JSON.parse(said) as Told;
      } catch {
        return [...effects, { do: 'close' }, ...this.closed(now, 1007)];
      }
      effects.push(...this.#told(now, frame));
      if (this.phase !== 'connecting' && this.phase !== 'live') return effects;
    }
    if (this.phase === 'live') {
      this.#pingSent = false;
      this.#deadline = now + limits.quiet;
    }
    return effects;
  }

  closed(now: number, code: number): Effect[] {
    if (this.phase !== 'connecting' && this.phase !== 'live') return [];
    const greeted = this.phase === 'live';
    if (code === 4001) return this.sessionLost();
    this.attempts = greeted && now - this.#liveSince >= limits.steady ? 0 : this.attempts + 1;
    this.#rest('waiting');
    for (const feed of this.#feeds.values()) if (feed.is !== 'paused') feed.is = 'unsaid';
    const ceiling = Math.min(limits.backoffMost, limits.backoffFirst * 2 ** Math.min(this.attempts, 10));
    this.#deadline = now + ceiling * (0.5 + this.random() / 2);
    return greeted ? [] : [{ do: 'probe' }];
  }

  /** The session is over: nothing more is tried, and what was pending is refused. */
  sessionLost(): Effect[] {
    if (this.phase === 'stopped' || this.phase === 'logged_out') return [];
    const refused = [...this.#pending.keys()].map((id): Effect => ({ do: 'refused', id, problem: problems.ended }));
    const ended = [...this.#feeds.keys()].map((feed): Effect => ({ do: 'told', frame: { type: 'ended', feed, problem: problems.ended } }));
    this.#rest('logged_out');
    this.#pending.clear();
    this.#feeds.clear();
    return [{ do: 'close' }, ...refused, ...ended];
  }

  command(command: Command): Effect[] {
    const text = line({ type: 'command', ...command });
    // A frame that is too large would close the socket, and again after every reconnect.
    if (sizes.encode(text).length > this.#maxBytes) return [{ do: 'refused', id: command.id, problem: problems.tooLarge }];
    if (this.#pending.size >= limits.pending) return [{ do: 'refused', id: command.id, problem: problems.tooMany }];
    this.#pending.set(command.id, command);
    return this.phase === 'live' ? [{ do: 'send', text }] : [];
  }

  /** From a snapshot on, or from where somebody was before. */
  subscribe(feed: string, since?: Since): Effect[] {
    if (this.#feeds.has(feed)) return [];
    const { position = null, history } = since === undefined || since === 'anew' ? {} : since;
    this.#feeds.set(feed, { resumes: since !== 'anew', after: position, history: history ?? undefined, is: 'unsaid' });
    return this.phase === 'live' ? [this.#subscription(feed)] : [];
  }

  unsubscribe(feed: string): Effect[] {
    this.#heldFeeds.delete(feed);
    return this.#feeds.delete(feed) && this.phase === 'live' ? [{ do: 'send', text: line({ type: 'unsubscribe', feed }) }] : [];
  }

  /** Begins a feed anew with a snapshot. */
  refresh(feed: string): Effect[] {
    const anew = this.#feeds.get(feed)?.resumes === false;
    return [...this.unsubscribe(feed), ...this.subscribe(feed, anew ? 'anew' : undefined)];
  }

  /** Nobody takes what it says: it rests after the last frame that was taken, at this position, until `goOn`. */
  pause(feed: string, position: number | null): Effect[] {
    const known = this.#feeds.get(feed);
    if (!known || known.is === 'paused') return [];
    known.is = 'paused';
    known.after = position;
    return this.phase === 'live' ? [{ do: 'send', text: line({ type: 'unsubscribe', feed }) }] : [];
  }

  goOn(feed: string): Effect[] {
    const known = this.#feeds.get(feed);
    if (known?.is !== 'paused') return [];
    known.is = 'unsaid';
    return this.phase === 'live' ? [this.#subscription(feed)] : [];
  }

  typing(where: number): Effect[] {
    return this.phase === 'live' ? [{ do: 'send', text: line({ type: 'typing', channel: where }) }] : [];
  }

  #connect(now: number): Effect[] {
    this.phase = 'connecting';
    this.#deadline = now + limits.handshake;
    return [{ do: 'connect' }];
  }

  #sendHeld(): Effect[] {
    const commands = [...this.#held].flatMap((id): Effect[] => {
      const command = this.#pending.get(id);
      return command ? [{ do: 'send', text: line({ type: 'command', ...command }) }] : [];
    });
    const feeds = [...this.#heldFeeds].filter((f) => this.#feeds.get(f)?.is === 'unsaid').map((f) => this.#subscription(f));
    this.#held.clear();
    this.#heldFeeds.clear();
    return [...commands, ...feeds];
  }

  #rest(phase: Phase): void {
    this.phase = phase;
    this.#deadline = null;
    this.#pingSent = false;
  }

  #ping(now: number): Effect[] {
    this.#pingSent = true;
    this.#deadline = now + limits.answer;
    return [{ do: 'send', text: line({ type: 'ping', n: ++this.#pings }) }];
  }

  #subscription(name: string): Effect {
    const feed = this.#feeds.get(name)!;
    feed.is = ++this.#pings;
    const { resumes, after, history } = feed;
    // A server that named its history and does not any more, or the other way round, is not known to be the same.
    const known = resumes && after !== null && (history === undefined || history === this.#history);
    const wanted = known ? { after, history: history ?? undefined } : {};
    return { do: 'send', text: `${line({ type: 'ping', n: feed.is })}\n${line({ type: 'subscribe', feed: name, ...wanted })}` };
  }

  #rests(now: number, seconds = 0): void {
    this.#heldUntil = now + Math.max(limits.heldFor, seconds * 1000) * (1 + this.random());
  }

  #told(now: number, frame: Told): Effect[] {
    switch (frame.type) {
      case 'hello': {
        if (frame.member !== this.member) return this.sessionLost();
        this.phase = 'live';
        this.#liveSince = now;
        this.#maxBytes = frame.max_message_bytes;
        this.#history = frame.history ?? null;
        this.#held.clear();
        this.#heldFeeds.clear();
        const again = [...this.#pending.values()].map((c): Effect => ({ do: 'send', text: line({ type: 'command', ...c }) }));
        const feeds = [...this.#feeds].filter(([, feed]) => feed.is !== 'paused').map(([name]) => this.#subscription(name));
        return [{ do: 'told', frame }, ...feeds, ...again];
      }
      case 'ack':
        return this.#pending.delete(frame.id) ? [{ do: 'acked', id: frame.id, ack: frame }] : [];
      case 'reject':
        if ([429, 503].includes(frame.problem.status) && this.#pending.has(frame.id)) {
          this.#held.add(frame.id);
          this.#rests(now, frame.problem.retry_after);
          return [];
        }
        return this.#pending.delete(frame.id) ? [{ do: 'refused', id: frame.id, problem: frame.problem }] : [];
      case 'pong':
        for (const [name, feed] of this.#feeds) {
          if (feed.is !== frame.n) continue;
          feed.is = 'open';
          this.#answered = name;
        }
        return [];
      case 'snapshot':
      case 'events':
      case 'subscribed': {
        const feed = this.#feeds.get(frame.feed);
        if (feed?.is !== 'open') return [];
        // Taken away before it was ever whole: what happened since is nothing to begin with.
        if (frame.type === 'events' && feed.after === null) return [];
        feed.history = this.#history;
        feed.after = frame.type === 'snapshot' ? frame.position : Math.max(feed.after ?? 0, frame.position);
        return [{ do: 'told', frame }];
      }
      case 'ended': {
        const feed = this.#feeds.get(frame.feed);
        if (feed?.is !== 'open') return [];
        if ([429, 503].includes(frame.problem.status)) {
          feed.is = 'unsaid';
          this.#heldFeeds.add(frame.feed);
          this.#rests(now, frame.problem.retry_after);
          return [];
        }
        this.#feeds.delete(frame.feed);
        return [{ do: 'told', frame }];
      }
      case 'error':
        if (frame.problem.code === 'bad_feed' && this.#answered !== null && this.#feeds.delete(this.#answered))
          return [{ do: 'told', frame: { type: 'ended', feed: this.#answered, problem: frame.problem } }];
        return [{ do: 'told', frame }];
      default:
        return [{ do: 'told', frame }];
    }
  }
}
