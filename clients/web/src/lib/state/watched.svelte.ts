// What is read over HTTP and read again whenever a feed says that it has changed: one dossier, or one page of a list.
// Never more than one request at a time; changes that come meanwhile lead to one more.

import { problemOf } from '@client/problem';
import type { Problem } from '@client/types';

import type { Room } from './room.svelte';

/** Changes this close together are read once, in milliseconds, where nothing else is asked for. */
const pauseUsual = 120;

export class Watched<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(true);

  #pause: number;
  #read: (signal: AbortSignal) => Promise<T>;
  #current: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again = false;

  constructor(read: (signal: AbortSignal) => Promise<T>, pause = pauseUsual) {
    this.#read = read;
    this.#pause = pause;
  }

  /** Reads now, dropping what is under way: something else is asked for. */
  async load(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = false;
    this.#current?.abort();
    const mine = (this.#current = new AbortController());
    this.loading = true;
    try {
      const value = await this.#read(mine.signal);
      if (this.#current !== mine) return;
      this.value = value;
      this.problem = null;
    } catch (why) {
      if (this.#current !== mine) return;
      this.problem = problemOf(why);
      if (this.problem.status === 404) this.value = null;  // it may have been theirs until just now
    }
    this.loading = false;
    this.#current = null;
    if (this.#again) this.soon();
  }

  /** The feed has told of a change. */
  soon(): void {
    if (this.#current) {
      this.#again = true;
      return;
    }
    this.#timer ??= setTimeout(() => void this.load(), this.#pause);
  }

  #take(value: T): void {
    this.#current?.abort();
    this.#current = null;
    this.#again = false;
    this.value = value;
    this.problem = null;
    this.loading = false;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#current?.abort();
    this.#current = null;
  }

  /**
   * Follows a feed until the function returned is called; its snapshot leads to the first read. `whole`: the snapshot is
   * itself what would be read.
   */
  follow(room: Room, feed: string, whole = false): () => void {
    const leave = room.watch(feed, (frame) => {
      if (frame.type === 'snapshot' && whole) return this.#take(frame.data as T);
      if (frame.type !== 'ended') return this.soon();
      this.value = null;
      this.problem = frame.problem;
    });
    return () => {
      leave();
      this.stop();
    };
  }
}
