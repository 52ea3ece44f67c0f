// Drives the machine with a real WebSocket, timers and the browser's own hints. One per logged-in page.

import { http } from './http';
import { Machine, type Effect, type Phase } from './machine';
import { Refused } from './problem';
import type { Ack, Told } from './types';
import { newCommandId } from './uuid';

export interface Listener {
  told(frame: Told): void;
  phase(phase: Phase, attempts: number): void;
}

interface Waiting {
  acked: (ack: Ack) => void;
  refused: (why: Refused) => void;
}

export class Live {
  #machine: Machine;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting = new Map<string, Waiting>();
  #listener: Listener;
  #online = () => this.#run(this.#machine.nudge(performance.now()));
  #shown = () => document.visibilityState === 'visible' && this.#online();

  constructor(member: number, listener: Listener) {
    this.#machine = new Machine(member, Math.random);
    this.#listener = listener;
  }

  start(): void {
    addEventListener('online', this.#online);
    document.addEventListener('visibilitychange', this.#shown);
    this.#run(this.#machine.start(performance.now()));
  }

  stop(): void {
    removeEventListener('online', this.#online);
    document.removeEventListener('visibilitychange', this.#shown);
    this.#run(this.#machine.stop());
    this.#waiting.clear();
  }

  /** Settles once the server has answered, however many reconnects that takes; rejects with Refused. */
  send(command: string, target: string | null, data: Record<string, unknown>, more?: { expect?: number; id?: string }): Promise<Ack> {
    const id = more?.id ?? newCommandId();
    return new Promise((acked, refused) => {
      this.#waiting.set(id, { acked, refused });
      this.#run(
        this.#machine.command({
          id,
          command,
          ...(target === null ? {} : { target }),
          ...(more?.expect === undefined ? {} : { expect: more.expect }),
          data,
        }),
      );
    });
  }

  subscribe(feed: string, resumes = true): void {
    this.#run(this.#machine.subscribe(feed, resumes));
  }

  unsubscribe(feed: string): void {
    this.#run(this.#machine.unsubscribe(feed));
  }

  refresh(feed: string): void {
    this.#run(this.#machine.refresh(feed));
  }

  typing(channel: number): void {
    this.#run(this.#machine.typing(channel));
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
    this.#listener.phase(this.#machine.phase, this.#machine.attempts);
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case 'connect':
        return this.#connect();
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
        return this.#listener.told(effect.frame);
    }
  }

  #connect(): void {
    this.#drop();
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/live`, 'opsroom.v1.json');
    this.#socket = socket;
    // A socket that was given up may still speak; only the present one is listened to.
    const current = () => this.#socket === socket;
    socket.onmessage = (e: MessageEvent<string>) =>
      current() && this.#run(this.#machine.received(performance.now(), e.data));
    socket.onclose = (e) => {
      if (!current()) return;
      this.#socket = null;
      this.#run(this.#machine.closed(performance.now(), e.code));
    };
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
  }

  async #probe(): Promise<void> {
    try {
      await http.whoAmI();
    } catch (e) {
      if (e instanceof Refused && e.problem.status === 401) this.#run(this.#machine.sessionLost());
    }
  }
}
