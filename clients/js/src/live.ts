// Drives the machine with a real WebSocket and timers, and in a page with the browser's own hints. One for all feeds of a room.

import { Machine, type Effect, type Phase, type Since } from './machine.js';
import { Refused } from './problem.js';
import type { Ack, Told } from './types.js';
import { newCommandId } from './uuid.js';

/** What of a WebSocket is used: a page's, Node's (22 on), or that of the package `ws`. */
export interface Socket {
  send(text: string): void;
  close(code?: number): void;
  onmessage: ((e: { data: unknown }) => void) | null;
  onclose: ((e: { code: number }) => void) | null;
  onerror: ((e: never) => void) | null;
}

export interface Around {
  /** Whose it is. */
  member: number;
  open(): Promise<Socket>;
  /** Whether the session still holds: throws Refused with 401 where it does not. */
  probe(): Promise<unknown>;
  told(frame: Told): void;
  phase?(phase: Phase, attempts: number): void;
}

interface Waiting {
  acked: (ack: Ack) => void;
  refused: (why: Refused) => void;
}

export class Live {
  #machine: Machine;
  #around: Around;
  #socket: Socket | null = null;
  /** Which attempt to connect is the present one. */
  #opening = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting = new Map<string, Waiting>();
  #online = () => this.#run(this.#machine.nudge(performance.now()));
  #shown = () => document.visibilityState === 'visible' && this.#online();

  constructor(around: Around) {
    this.#around = around;
    this.#machine = new Machine(around.member, Math.random);
  }

  get phase(): Phase {
    return this.#machine.phase;
  }

  get history(): string | null {
    return this.#machine.history;
  }

  start(): void {
    if (typeof document !== 'undefined') {
      addEventListener('online', this.#online);
      document.addEventListener('visibilitychange', this.#shown);
    }
    this.#run(this.#machine.start(performance.now()));
  }

  stop(): void {
    if (typeof document !== 'undefined') {
      removeEventListener('online', this.#online);
      document.removeEventListener('visibilitychange', this.#shown);
    }
    this.#run(this.#machine.stop());
    this.#waiting.clear();
  }

  /** Settles once the server has answered, however many reconnects that takes; rejects with Refused. */
  send(command: string, target: string | null, data: Record<string, unknown>, more?: { expect?: number; id?: string }): Promise<Ack> {
    const id = more?.id ?? newCommandId();
    return new Promise((acked, refused) => {
      this.#waiting.set(id, { acked, refused });
      const said = { id, command, ...(target === null ? {} : { target }), ...(more?.expect === undefined ? {} : { expect: more.expect }), data };
      this.#run(this.#machine.command(said));
    });
  }

  subscribe(feed: string, since?: Since): void {
    this.#run(this.#machine.subscribe(feed, since));
  }

  unsubscribe(feed: string): void {
    this.#run(this.#machine.unsubscribe(feed));
  }

  /** Begins a feed anew with a snapshot. */
  refresh(feed: string): void {
    this.#run(this.#machine.refresh(feed));
  }

  pause(feed: string, position: number | null): void {
    this.#run(this.#machine.pause(feed, position));
  }

  goOn(feed: string): void {
    this.#run(this.#machine.goOn(feed));
  }

  typing(where: number): void {
    this.#run(this.#machine.typing(where));
  }

  retryNow(): void {
    this.#online();
  }

  #run(effects: Effect[]): void {
    for (const effect of effects) this.#perform(effect);
    clearTimeout(this.#timer);
    const { wakeAt } = this.#machine;
    if (wakeAt !== null) {
      const wait = Math.max(0, wakeAt - performance.now());
      this.#timer = setTimeout(() => this.#run(this.#machine.tick(performance.now())), Math.ceil(wait) + 1);
    }
    this.#around.phase?.(this.#machine.phase, this.#machine.attempts);
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case 'connect':
        return void this.#connect();
      case 'send':
        return this.#socket?.send(effect.text);
      case 'close':
        return this.#drop();
      case 'probe':
        return void this.#probe();
      case 'acked':
        this.#waiting.get(effect.id)?.acked(effect.ack);
        this.#waiting.delete(effect.id);
        return;
      case 'refused':
        this.#waiting.get(effect.id)?.refused(new Refused(effect.problem));
        this.#waiting.delete(effect.id);
        return;
      case 'told':
        return this.#around.told(effect.frame);
    }
  }

  async #connect(): Promise<void> {
    this.#drop();
    const mine = ++this.#opening;
    let socket: Socket;
    try {
      socket = await this.#around.open();
    } catch (why) {
      if (mine !== this.#opening) return;
      const lost = why instanceof Refused && why.status === 401;
      return this.#run(lost ? this.#machine.sessionLost() : this.#machine.closed(performance.now(), 1006));
    }
    if (mine !== this.#opening) return socket.close(1000);
    this.#socket = socket;
    // A socket that was given up may still speak; only the present one is listened to.
    const current = () => this.#socket === socket;
    socket.onmessage = (e) => current() && this.#run(this.#machine.received(performance.now(), String(e.data)));
    const gone = (code: number) => {
      if (!current()) return;
      this.#socket = null;
      this.#run(this.#machine.closed(performance.now(), code));
    };
    socket.onclose = (e) => gone(e.code);
    socket.onerror = () => gone(1006);  // not every WebSocket says that it is closed where it was never open
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#opening += 1;
    socket?.close(1000);
  }

  async #probe(): Promise<void> {
    try {
      await this.#around.probe();
    } catch (why) {
      if (why instanceof Refused && why.status === 401) this.#run(this.#machine.sessionLost());
    }
  }
}
