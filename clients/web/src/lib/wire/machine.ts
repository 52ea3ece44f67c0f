// The live socket as a state machine without a socket, a clock or randomness: what happened goes in, what is to
// be done comes out. `live.ts` drives it; the tests do too.
//
//   stopped ──start──▶ connecting ──hello──▶ live
//                          ▲                   │ closed, or silent for too long
//                          └──── waiting ◀─────┘     (4001, or the session is gone: logged_out)
//
// A command stays in `#pending` until it is acknowledged or refused, and goes out again after every reconnect with
// the id that it had: the server answers a retry as it answered the first time. A feed resumes after the last
// position that it was told of. Times are milliseconds on any clock that only goes forward.

import { problems } from './problem';
import type { Ack, Command, Problem, Told } from './types';

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

interface Feed {
  /** Whether it can go on from a position; the others begin anew with a snapshot. */
  resumes: boolean;
  after: number | null;
  /** In which history `after` was told; null: by a server that does not say. */
  history: string | null;
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
  /** How long a command rests that a busy server sent back, at least. */
  heldFor: 1_000,
};

const sizes = new TextEncoder();

export class Machine {
  phase: Phase = 'stopped';
  /** Failed attempts since the connection last held. */
  attempts = 0;

  /** What the connection itself waits for. */
  #deadline: number | null = null;
  /** Commands that the server had no room for: it took nothing, so they are sent again. */
  #held = new Set<string>();
  #heldUntil = 0;
  #feeds = new Map<string, Feed>();
  #pending = new Map<string, Command>();
  #maxBytes = 65_536;
  /** Of the log at the other end: another one after a restore, and then positions mean something else. */
  #history: string | null = null;
  #liveSince = 0;
  #pingSent = false;
  #pings = 0;

  /**
   * `member` is who the page belongs to: the cookie may be somebody else's by the time of a reconnect, and what one
   * wrote must not go out in their name. `random` gives numbers in [0, 1): jitter, so that a thousand pages don't come
   * back in the same instant.
   */
  constructor(
    private readonly member: number,
    private readonly random: () => number,
  ) {}

  /** When `tick` wants to be called; null: not at all. */
  get wakeAt(): number | null {
    if (this.phase !== 'live' || !this.#held.size) return this.#deadline;
    return Math.min(this.#heldUntil, this.#deadline ?? Infinity);
  }

  start(now: number): Effect[] {
    if (this.phase !== 'stopped') return [];
    return this.#connect(now);
  }

  stop(): Effect[] {
    this.#rest('stopped');
    this.#feeds.clear();
    this.#pending.clear();
    return [{ do: 'close' }];
  }

  /** The person or the browser says that now is a good moment: don't wait any longer. */
  nudge(now: number): Effect[] {
    if (this.phase === 'waiting') return this.#connect(now);
    if (this.phase === 'live' && !this.#pingSent) return this.#ping(now);
    return [];
  }

  tick(now: number): Effect[] {
    const again = this.phase === 'live' && this.#held.size > 0 && now >= this.#heldUntil ? this.#sendHeld() : [];
    if (this.#deadline === null || now < this.#deadline) return again;
    if (this.phase === 'waiting') return this.#connect(now);
    if (this.phase === 'live' && !this.#pingSent) return [...again, ...this.#ping(now)];
    if (this.phase === 'live' || this.phase === 'connecting') return [{ do: 'close' }, ...this.closed(now, 1006)];
    return [];
  }

  received(now: number, text: string): Effect[] {
    if (this.phase !== 'connecting' && this.phase !== 'live') return [];
    const effects: Effect[] = [];
    for (const line of text.split('\n')) {
      if (!line.trim()) continue;
      let frame: Told;
      try {
        frame = JSON.parse(line) as Told;
      } catch {
        return [{ do: 'close' }, ...this.closed(now, 1007)];
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
    const ceiling = Math.min(limits.backoffMost, limits.backoffFirst * 2 ** Math.min(this.attempts, 10));
    this.#deadline = now + ceiling * (0.5 + this.random() / 2);
    return greeted ? [] : [{ do: 'probe' }];
  }

  /** The session is over: nothing more is tried, and what was pending is refused. */
  sessionLost(): Effect[] {
    if (this.phase === 'stopped' || this.phase === 'logged_out') return [];
    const refused = [...this.#pending.keys()].map((id): Effect => ({ do: 'refused', id, problem: problems.ended }));
    this.#rest('logged_out');
    this.#pending.clear();
    return [{ do: 'close' }, ...refused];
  }

  command(command: Command): Effect[] {
    const text = JSON.stringify({ type: 'command', ...command });
    // A frame that is too large would close the socket, and again after every reconnect.
    if (sizes.encode(text).length > this.#maxBytes) return [{ do: 'refused', id: command.id, problem: problems.tooLarge }];
    if (this.#pending.size >= limits.pending) return [{ do: 'refused', id: command.id, problem: problems.tooMany }];
    this.#pending.set(command.id, command);
    return this.phase === 'live' ? [{ do: 'send', text }] : [];
  }

  subscribe(feed: string, resumes: boolean): Effect[] {
    if (this.#feeds.has(feed)) return [];
    this.#feeds.set(feed, { resumes, after: null, history: null });
    return this.phase === 'live' ? [this.#subscription(feed)] : [];
  }

  unsubscribe(feed: string): Effect[] {
    if (!this.#feeds.delete(feed) || this.phase !== 'live') return [];
    return [{ do: 'send', text: JSON.stringify({ type: 'unsubscribe', feed }) }];
  }

  /** Begins a feed anew with a snapshot. */
  refresh(feed: string): Effect[] {
    const resumes = this.#feeds.get(feed)?.resumes ?? true;
    return [...this.unsubscribe(feed), ...this.subscribe(feed, resumes)];
  }

  typing(channel: number): Effect[] {
    return this.phase === 'live' ? [{ do: 'send', text: JSON.stringify({ type: 'typing', channel }) }] : [];
  }

  #connect(now: number): Effect[] {
    this.phase = 'connecting';
    this.#deadline = now + limits.handshake;
    return [{ do: 'connect' }];
  }

  #sendHeld(): Effect[] {
    const again = [...this.#held].flatMap((id): Effect[] => {
      const command = this.#pending.get(id);
      return command ? [{ do: 'send', text: JSON.stringify({ type: 'command', ...command }) }] : [];
    });
    this.#held.clear();
    return again;
  }

  #rest(phase: Phase): void {
    this.phase = phase;
    this.#deadline = null;
    this.#pingSent = false;
  }

  #ping(now: number): Effect[] {
    this.#pingSent = true;
    this.#deadline = now + limits.answer;
    return [{ do: 'send', text: JSON.stringify({ type: 'ping', n: ++this.#pings }) }];
  }

  #subscription(feed: string): Effect {
    const { resumes, after, history } = this.#feeds.get(feed)!;
    // A server that named its history and does not any more, or the other way round, is not known to be the same.
    const known = resumes && after !== null && history === this.#history;
    const wanted = known ? { type: 'subscribe', feed, after, history: history ?? undefined } : { type: 'subscribe', feed };
    return { do: 'send', text: JSON.stringify(wanted) };
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
        const again = [...this.#pending.values()].map((c): Effect => ({
          do: 'send',
          text: JSON.stringify({ type: 'command', ...c }),
        }));
        return [{ do: 'told', frame }, ...[...this.#feeds.keys()].map((f) => this.#subscription(f)), ...again];
      }
      case 'ack':
        return this.#pending.delete(frame.id) ? [{ do: 'acked', id: frame.id, ack: frame }] : [];
      case 'reject':
        if (frame.problem.status === 503 && this.#pending.has(frame.id)) {
          this.#held.add(frame.id);
          this.#heldUntil = now + limits.heldFor * (1 + this.random());
          return [];
        }
        return this.#pending.delete(frame.id) ? [{ do: 'refused', id: frame.id, problem: frame.problem }] : [];
      case 'pong':
        return [];
      case 'snapshot':
      case 'events':
      case 'subscribed': {
        const feed = this.#feeds.get(frame.feed);
        if (!feed) return [];  // a last frame of one that was just given up
        feed.history = this.#history;
        feed.after = frame.type === 'snapshot' ? frame.position : Math.max(feed.after ?? 0, frame.position);
        return [{ do: 'told', frame }];
      }
      case 'ended':
        return this.#feeds.delete(frame.feed) ? [{ do: 'told', frame }] : [];
      default:
        return [{ do: 'told', frame }];
    }
  }
}
