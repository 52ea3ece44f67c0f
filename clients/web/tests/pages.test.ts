import { describe, expect, it } from 'vitest';
import { readOn } from '@client/list';
import type { Page } from '@client/types';

import { isAmongOpen } from '../src/lib/state/tasks';

/** A board of which the snapshot held the first page. */
const pages: Record<string, Page<number>> = {
  'open-30': { position: 90, items: [3, 2], next: 'open-20' },
  'open-20': { position: 91, items: [1, 9], next: 'closed-80' },
  'closed-80': { position: 92, items: [8, 7], next: null },
};

async function readAll(from: string | null | undefined, wanted: (cursor: string) => boolean) {
  const asked: string[] = [];
  const rows: number[] = [];
  const rest = await readOn(
    from,
    (cursor) => {
      asked.push(cursor);
      return Promise.resolve(pages[cursor]!);
    },
    (more) => rows.push(...more),
    wanted,
  );
  return { asked, rows, rest };
}

describe('the rest of a list', () => {
  it('is read page by page to its end', async () => {
    expect(await readAll('open-30', () => true)).toEqual({ asked: ['open-30', 'open-20', 'closed-80'], rows: [3, 2, 1, 9, 8, 7], rest: null });
    expect(await readAll(null, () => true)).toEqual({ asked: [], rows: [], rest: null });
    expect(await readAll(undefined, () => true)).toEqual({ asked: [], rows: [], rest: null });
  });

  it('of a board is read until nothing open is left, and says where the closed ones go on', async () => {
    expect(await readAll('open-30', isAmongOpen)).toEqual({ asked: ['open-30', 'open-20'], rows: [3, 2, 1, 9], rest: 'closed-80' });
    expect(await readAll('closed-80', isAmongOpen)).toEqual({ asked: [], rows: [], rest: 'closed-80' });
  });

  it('is a failure where a page is one', async () => {
    await expect(readOn('x', () => Promise.reject(new Error('no')), () => {}, () => true)).rejects.toThrow('no');
  });
});
