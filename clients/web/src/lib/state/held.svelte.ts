// Verdicts that were given and not sent yet: for some seconds they can be taken back. Until the server has answered, each is
// kept in the browser too. Who leaves the page has decided: then they are sent at once; what could not be sent is sent when
// the page is next opened, under the same command id, so that none is lost and none happens twice.

import { problemOf } from '@client/problem';
import type { Ack, Problem } from '@client/types';
import { newCommandId } from '@client/uuid';

/** A command as it will be sent. */
export interface Verdict {
  id: string;
  command: string;
  target: string;
  expect?: number;
  data: Record<string, unknown>;
  /** What it is about, in the words that it was given under. */
  title: string;
  /** The form that it was written in, kept until it is done. */
  draft?: string;
  /** When it is sent, in milliseconds since 1970. */
  due: number;
}

/** Who gave it may want to know how it ended. */
export interface Ends {
  refused?: (problem: Problem) => void;
  undone?: () => void;
}

interface Ways {
  /** Over the live socket: settles once the server has answered, whenever that is. */
  send: (verdict: Verdict) => Promise<Ack>;
  /** On leaving, with nobody left to hear the answer. */
  leave: (verdict: Verdict) => void;
  acked: (verdict: Verdict) => void;
  refused: (verdict: Verdict, problem: Problem) => void;
}

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** What another page of the same person keeps is theirs to send until this long after it was due. */
const abandonedAfter = 5_000;
/** What nobody could send for so long is not sent any more: who gave it is told. */
const age_ms_max = 7 * 24 * 3_600_000;
const tickEvery = 250;

export class Held {
  /** The ones that can still be taken back, and those that are on their way. */
  all = $state.raw<readonly Verdict[]>([]);
  sending = $state.raw<ReadonlySet<string>>(new Set());
  /** Milliseconds since 1970; moves while something is held. */
  now = $state(0);
  /** While somebody is at the words that offer to take it back, no time passes. */
  resting = $state(false);

  #ends = new Map<string, Ends>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #prefix: string;
  /** Kept nowhere but here, as the browser keeps nothing. */
  #unkept = new Set<string>();

  constructor(
    member: number,
    private readonly ways: Ways,
    private readonly storage: Kept = localStorage,
    private readonly clock: () => number = Date.now,
  ) {
    this.#prefix = `opsroom.held.${member}.`;
    this.now = clock();
  }

  hold(what: Omit<Verdict, 'id' | 'due'>, seconds: number, ends: Ends = {}): void {
    const verdict: Verdict = { ...what, id: newCommandId(), due: this.clock() + seconds * 1000 };
    this.#ends.set(verdict.id, ends);
    this.all = [...this.all, verdict];
    this.#keep(verdict);
    this.#run();
  }

  /** What is held back of this thing, or on its way: until it has ended nothing else is decided on it. */
  of(target: string): Verdict | undefined {
    return this.all.find((v) => v.target === target);
  }

  secondsLeft(verdict: Verdict): number {
    return Math.max(0, Math.ceil((verdict.due - this.now) / 1000));
  }

  /** Takes it back; the latest where no id is given. False where nothing can be taken back. */
  undo(id?: string): boolean {
    // Whose time is over another page may have sent already.
    const now = this.clock();
    const verdict = this.all.findLast((v) => !this.sending.has(v.id) && v.due > now && (id === undefined || v.id === id));
    if (!verdict) return false;
    const ends = this.#ends.get(verdict.id);
    this.#drop(verdict.id);
    ends?.undone?.();
    return true;
  }

  sendNow(id: string): void {
    const verdict = this.all.find((v) => v.id === id);
    if (verdict) this.#send(verdict);
  }

  /** All of them, at once; resolves when the server has answered, or after `patience_ms`: then they are still kept. */
  async finish(patience_ms: number): Promise<void> {
    for (const verdict of this.all) this.#send(verdict);
    const until = this.clock() + patience_ms;
    while (this.all.length && this.clock() < until) await new Promise((go) => setTimeout(go, 50));
  }

  /** The page goes: nobody may be left to hear the answer, so both ways are tried. */
  leave(): void {
    for (const verdict of this.all) {
      this.ways.leave(verdict);
      this.#send(verdict);
    }
  }

  /** Another command that was sent and not answered when the page went: it is sent again like a verdict. */
  entrust(command: Omit<Verdict, 'due'>): void {
    this.#keep({ ...command, due: this.clock() });
  }

  /** Whether something would be lost with the page. */
  get wouldLose(): boolean {
    return this.all.some((v) => this.#unkept.has(v.id));
  }

  /** Takes over what an earlier page of the same person left behind; to be called now and then. */
  adopt(): void {
    const now = this.clock();
    for (const verdict of this.#left()) {
      if (this.all.some((v) => v.id === verdict.id) || verdict.due + abandonedAfter > now) continue;
      if (verdict.due + age_ms_max < now) {
        this.storage.removeItem(this.#prefix + verdict.id);
        this.ways.refused(verdict, tooOld);
        continue;
      }
      this.all = [...this.all, verdict];
      this.#send(verdict);
    }
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    this.now = this.clock();
    this.#timer ??= setInterval(() => this.#tick(), tickEvery);
  }

  #tick(): void {
    const passed = this.clock() - this.now;
    this.now += passed;
    if (this.resting) {
      this.all = this.all.map((v) => (this.sending.has(v.id) ? v : { ...v, due: v.due + passed }));
      for (const v of this.all) if (!this.sending.has(v.id)) this.#keep(v);
      return;
    }
    for (const verdict of this.all) if (verdict.due <= this.now) this.#send(verdict);
    if (this.all.every((v) => this.sending.has(v.id))) this.stop();
  }

  #send(verdict: Verdict): void {
    if (this.sending.has(verdict.id)) return;
    this.sending = new Set([...this.sending, verdict.id]);
    this.ways.send(verdict).then(
      () => {
        this.#drop(verdict.id);
        this.ways.acked(verdict);
      },
      (why: unknown) => {
        const ends = this.#ends.get(verdict.id);
        const problem = problemOf(why);
        // Logged out, or not understood: the server has decided nothing, and may yet.
        if (problem.status === 401) return;
        this.#drop(verdict.id);
        ends?.refused?.(problem);
        this.ways.refused(verdict, problem);
      },
    );
  }

  #drop(id: string): void {
    this.all = this.all.filter((v) => v.id !== id);
    this.sending = new Set([...this.sending].filter((s) => s !== id));
    this.#ends.delete(id);
    this.#unkept.delete(id);
    try {
      this.storage.removeItem(this.#prefix + id);
    } catch {
      // it was never kept
    }
    if (!this.all.length) {
      this.stop();
      this.resting = false;
    }
  }

  #keep(verdict: Verdict): void {
    try {
      this.storage.setItem(this.#prefix + verdict.id, JSON.stringify(verdict));
    } catch {
      this.#unkept.add(verdict.id);
    }
  }

  #left(): Verdict[] {
    const found: Verdict[] = [];
    try {
      for (let i = 0; i < this.storage.length; i++) {
        const key = this.storage.key(i);
        if (!key?.startsWith(this.#prefix)) continue;
        const read: unknown = JSON.parse(this.storage.getItem(key) ?? 'null');
        if (isVerdict(read)) found.push(read);
      }
    } catch {
      // what nobody can read is as good as nothing
    }
    return found.sort((a, b) => a.due - b.due);
  }
}

/**
 * What several do each for themselves may have been done by others since `expect`: the version that it can be sent for, where
 * that was all. `history` may lack what the reader may not see: then it is not known.
 */
export function besideIt({ version, history }: { version: number; history: readonly { version: number; type: string }[] }, expect: number, beside: readonly string[]): number | null {
  const since = history.filter((e) => e.version > expect);
  const isAll = since.length > 0 && since.length === version - expect;
  return isAll && since.every((e) => beside.some((type) => e.type.startsWith(`${type}.`))) ? version : null;
}

const tooOld: Problem = {
  type: 'urn:opsroom:problem:too_old', title: 'Not sent', status: 0, code: 'too_old', detail: '',
  zh: '一周以来未能送达服务器，已不再发送。请查看最新内容，再作决定。', en: 'The server could not be reached for a week, so it is not sent any more. Look at how things stand now, and decide again.',
};

function isVerdict(x: unknown): x is Verdict {
  const v = x as Verdict | null;
  return (
    typeof v === 'object' && v !== null && [v.id, v.command, v.target, v.title].every((s) => typeof s === 'string') && ['string', 'undefined'].includes(typeof v.draft) && Number.isFinite(v.due) &&
    typeof v.data === 'object' && v.data !== null && (v.expect === undefined || Number.isInteger(v.expect))
  );
}
