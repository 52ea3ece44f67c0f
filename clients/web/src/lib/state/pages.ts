// The rest of a list of which a snapshot holds the first page: read beside the feed, page by page.

import type { Page } from '../wire/types';

/** Reads on from `next` while `wanted` says so of the page to come. Where it stopped; null: at the end. */
export async function readOn<Row>(
  next: string | null | undefined,
  read: (cursor: string) => Promise<Page<Row>>,
  take: (rows: readonly Row[]) => void,
  wanted: (cursor: string) => boolean,
): Promise<string | null> {
  let cursor = next ?? null;
  while (cursor && wanted(cursor)) {
    const page: Page<Row> = await read(cursor);
    take(page.items);
    cursor = page.next ?? null;
  }
  return cursor;
}

/** Whether a cursor of the board stands among what is open, which comes before what is not. */
export function isAmongOpen(cursor: string): boolean {
  return cursor.startsWith('open-');
}
