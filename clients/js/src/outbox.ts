// Commands that are kept until the server is there, sent in their order, each exactly once.
//
// Each is kept with its id before it is sent, and let go once it is answered. Cut off in between it is sent again under that id, which the
// server answers as it did the first time.

import { problems, Refused } from './problem.js';
import type { Ack, Problem } from './types.js';
import { newCommandId } from './uuid.js';
import { pauseBefore, sleep } from './wire.js';

export interface Entry {
  id: string;
  command: string;
  target?: string;
  expect?: number;
  data: Record<string, unknown>;
  /** It was refused: it stays until it is forgotten, and what came after it went on. */
  problem?: Problem;
}

/** Where they are kept; each call is done once it returns. */
export interface Kept {
  read(): Entry[];
  /** A new one, or a new word on one that is there. */
  put(entry: Entry): void;
  drop(id: string): void;
  close?(): void;
}

/** In a browser: `inStorage(localStorage, 'outbox')`. */
export function inStorage(storage: Pick<Storage, 'getItem' | 'setItem'>, key: string): Kept {
  const read = () => JSON.parse(storage.getItem(key) ?? '[]') as Entry[];
  const write = (all: Entry[]) => storage.setItem(key, JSON.stringify(all));
  return {
    read,
    put: (entry) => {
      const all = read();
      const at = all.findIndex((e) => e.id === entry.id);
      write(at < 0 ? [...all, entry] : all.map((e, i) => (i === at ? entry : e)));
    },
    drop: (id) => write(read().filter((e) => e.id !== id)),
  };
}

type Send = (command: string, target: string | null, data: Record<string, unknown>, more: { expect?: number; id: string }) => Promise<Ack>;

/** `const box = room.outbox('outbox.jsonl'); box.put('task.start', 'task/17')`. One program at a time sends from one place. */
export class Outbox {
  #kept: Kept;
  #send: Send;
  #entries: Entry[];
  #sending = false;
  #closed = false;
  #settled: (() => void)[] = [];
  /** Why nothing goes out by itself any more: the login has ended. */
  stopped: Refused | null = null;

  constructor(kept: Kept, send: Send) {
    this.#kept = kept;
    this.#send = send;
    this.#entries = kept.read();
    void this.#run();
  }

  /** Kept once this returns, whether or not the server is there. Answers its id. */
  put(command: string, target: string | null = null, data: Record<string, unknown> = {}, more: { expect?: number; id?: string } = {}): string {
    const id = more.id ?? newCommandId();
    if (this.#entries.some((e) => e.id === id)) return id;
    const entry: Entry = { id, command, ...(target === null ? {} : { target }), ...(more.expect === undefined ? {} : { expect: more.expect }), data };
    this.#kept.put(entry);
    this.#entries.push(entry);
    void this.#run();
    return id;
  }

  /** What is not sent yet, in its order. */
  get waiting(): readonly Entry[] {
    return this.#entries.filter((e) => !e.problem);
  }

  get refused(): readonly Entry[] {
    return this.#entries.filter((e) => e.problem);
  }

  forget(id: string): void {
    this.#drop(id);
  }

  /** Once all of it is answered, however long the server is away. Throws where the login has ended. */
  async flush(): Promise<void> {
    this.stopped = null;
    void this.#run();
    while (this.waiting.length && !this.#closed) {
      if (this.stopped) throw this.stopped;
      await new Promise<void>((go) => this.#settled.push(go));
    }
  }

  /** What is not sent stays where it is kept. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#kept.close?.();
    this.#settle();
  }

  async #run(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    let attempt = 0;
    for (let next = this.waiting[0]; next && !this.#closed && !this.stopped; next = this.waiting[0]) {
      const { id, command, target = null, expect, data } = next;
      try {
        await this.#send(command, target, data, { id, ...(expect === undefined ? {} : { expect }) });
        if (!this.#closed) this.#drop(id);
        attempt = 0;
      } catch (why) {
        if (this.#closed) break;
        if (!(why instanceof Refused) || why.status === 401) {
          this.stopped = why instanceof Refused ? why : new Refused({ ...problems.odd, detail: String(why) });
        } else if (why.isPassing) {
          await sleep(pauseBefore(attempt++));
        } else {
          next.problem = why.problem;
          this.#kept.put(next);
        }
      }
    }
    this.#sending = false;
    this.#settle();
  }

  #drop(id: string): void {
    this.#kept.drop(id);
    this.#entries = this.#entries.filter((e) => e.id !== id);
  }

  #settle(): void {
    for (const go of this.#settled.splice(0)) go();
  }
}
