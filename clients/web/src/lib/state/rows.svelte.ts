// Rows of one list by id. The server sends rows as they are after each event, so a change replaces a row and folds nothing.

interface Row {
  id: number;
  version: number;
}

/** Under a burst the page is redrawn at most this often, in milliseconds. */
const redraw = 50;

export class Rows<T extends Row> {
  /** Every row, in order of id. */
  all = $state.raw<readonly T[]>([]);
  loaded = $state(false);

  #byId = new Map<number, T>();
  #told = new Map<number, number>();
  /** Told to be gone since the last snapshot. */
  #gone = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastDrawn = 0;

  get(id: number): T | undefined {
    void this.all;  // whoever asks wants to be told of changes
    return this.#byId.get(id);
  }

  /** As it is right now, also where the page has not been redrawn yet. */
  peek(id: number): T | undefined {
    return this.#byId.get(id);
  }

  /** Whether the feed told of the row within the last so many milliseconds. */
  toldWithin(id: number, ms: number): boolean {
    return performance.now() - (this.#told.get(id) ?? -Infinity) < ms;
  }

  reset(rows: readonly T[]): void {
    this.#byId = new Map(rows.map((r) => [r.id, r]));
    this.#gone.clear();
    this.loaded = true;
    this.#draw();
  }

  /** From the feed, in order: the newest word on each. */
  put(rows: readonly T[]): void {
    const now = performance.now();
    for (const row of rows) {
      this.#byId.set(row.id, row);
      this.#told.set(row.id, now);
      this.#gone.delete(row.id);
    }
    this.#drawSoon();
  }

  /** From the feed: the reader may not see these any more. */
  drop(ids: readonly number[]): void {
    for (const id of ids) {
      this.#byId.delete(id);
      this.#told.delete(id);
      this.#gone.add(id);
    }
    if (ids.length) this.#drawSoon();
  }

  /** From a page that was read beside the feed: what the feed has told since is newer. */
  add(rows: readonly T[]): void {
    for (const row of rows) {
      if (this.#gone.has(row.id) || (this.#byId.get(row.id)?.version ?? 0) >= row.version) continue;
      this.#byId.set(row.id, row);
    }
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
    this.all = [...this.#byId.values()].sort((a, b) => a.id - b.id);
  }
}
