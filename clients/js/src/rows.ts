// What a feed tells of a list, put together: rows by their id.

import type { Row } from './types.js';

/** Rows of one list, the newest word on each. The server sends rows whole, so a change replaces one and folds nothing. */
export class Rows<R extends Pick<Row, 'id' | 'version'> = Row> {
  #rows = new Map<number, R>();
  /** Told to be gone since the last snapshot. */
  #gone = new Set<number>();

  get(id: number): R | undefined {
    return this.#rows.get(id);
  }

  get size(): number {
    return this.#rows.size;
  }

  /** In order of their ids. */
  get all(): R[] {
    return [...this.#rows.values()].sort((a, b) => a.id - b.id);
  }

  reset(rows: readonly R[]): void {
    this.#rows = new Map(rows.map((r) => [r.id, r]));
    this.#gone.clear();
  }

  /** From the feed, in its order. */
  put(rows: readonly R[]): void {
    for (const r of rows) {
      this.#rows.set(r.id, r);
      this.#gone.delete(r.id);
    }
  }

  /** From the feed: they can't be seen any more. */
  drop(ids: readonly number[]): void {
    for (const id of ids) {
      this.#rows.delete(id);
      this.#gone.add(id);
    }
  }

  /** From a page read beside the feed: what the feed has told since is newer. */
  add(rows: readonly R[]): void {
    for (const r of rows) {
      const known = this.#rows.get(r.id);
      if (!this.#gone.has(r.id) && (!known || (known.version ?? 0) < (r.version ?? 0))) this.#rows.set(r.id, r);
    }
  }
}
