// A list of the server: page after page, as it is or as it was.

import type { Page, Row } from './types.js';
import type { Query, Wire } from './wire.js';

/** Reads on from `next` while `wanted` says so of the page to come. Where it stopped; null: at the end. */
export async function readOn<R>(
  next: string | null | undefined,
  read: (cursor: string) => Promise<Page<R>>,
  take: (rows: readonly R[]) => void,
  wanted: (cursor: string) => boolean,
): Promise<string | null> {
  let cursor = next ?? null;
  while (cursor && wanted(cursor)) {
    const page: Page<R> = await read(cursor);
    take(page.items);
    cursor = page.next ?? null;
  }
  return cursor;
}

/** `for await (const row of room.list('tasks', { open: true }))`. */
export class List<R = Row> implements AsyncIterable<R> {
  constructor(
    private readonly wire: Wire,
    readonly path: string,
    readonly query: Query,
    private readonly pageRows = 200,
  ) {}

  /** One page as the server answers it. */
  page(cursor?: string | null, limit?: number, signal?: AbortSignal): Promise<Page<R>> {
    return this.wire.ask<Page<R>>('GET', this.path, { query: { ...this.query, cursor, limit }, signal });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<R, void, undefined> {
    const seen = new Set<unknown>();
    for (let cursor: string | null | undefined = null; ; ) {
      const page: Page<R> = await this.page(cursor, this.pageRows);
      for (const row of page.items) {
        // What changes meanwhile moves, and may be met again.
        const { id, message, kind } = row as { id?: unknown; message?: unknown; kind?: unknown };
        if (id !== undefined && message === undefined && kind === undefined) {
          if (seen.has(id)) continue;
          seen.add(id);
        }
        yield row;
      }
      cursor = page.next;
      if (!cursor) return;
    }
  }

  async all(): Promise<R[]> {
    const rows: R[] = [];
    for await (const row of this) rows.push(row);
    return rows;
  }
}
