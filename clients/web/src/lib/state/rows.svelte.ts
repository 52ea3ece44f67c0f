// Rows of one list, as the client keeps them, for the screen.

import { Rows as Known } from '@client/rows';

/** Under a burst the page is redrawn at most this often, in milliseconds. */
const redraw = 50;

export class Rows<T extends { id: number; version: number }> {
  /** Every row, in order of id. */
  all = $state.raw<readonly T[]>([]);
  loaded = $state(false);

  #known = new Known<T>();
  #told = new Map<number, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastDrawn = 0;

  get(id: number): T | undefined {
    void this.all;  // whoever asks wants to be told of changes
    return this.#known.get(id);
  }

  /** As it is right now, also where the page has not been redrawn yet. */
  peek(id: number): T | undefined {
    return this.#known.get(id);
  }

  /** Whether the feed told of the row within the last so many milliseconds. */
  toldWithin(id: number, ms: number): boolean {
    return performance.now() - (this.#told.get(id) ?? -Infinity) < ms;
  }

  reset(rows: readonly T[]): void {
    this.#known.reset(rows);
    this.loaded = true;
    this.#draw();
  }

  /** From the feed, in order: the newest word on each. */
  put(rows: readonly T[]): void {
    const now = performance.now();
    for (const { id } of rows) this.#told.set(id, now);
    this.#known.put(rows);
    this.#drawSoon();
  }

  /** From the feed: the reader may not see these any more. */
  drop(ids: readonly number[]): void {
    for (const id of ids) this.#told.delete(id);
    this.#known.drop(ids);
    if (ids.length) this.#drawSoon();
  }

  /** From a page that was read beside the feed: what the feed has told since is newer. */
  add(rows: readonly T[]): void {
    this.#known.add(rows);
    this.#drawSoon();
  }

  #drawSoon(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#lastDrawn + redraw - performance.now();
    if (wait <= 0) this.#draw();
    else this.#timer = setTimeout(() => this.#draw(), wait);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastDrawn = performance.now();
    this.all = this.#known.all;
  }
}
