import { describe, expect, it } from 'vitest';

import { Rows } from '../src/lib/state/rows.svelte';

const row = (id: number, version = 1) => ({ id, version });
const held = (rows: Rows<{ id: number; version: number }>) => [1, 2, 3, 4].filter((id) => rows.peek(id)).map((id) => [id, rows.peek(id)!.version]);

describe('rows', () => {
  it('are the newest word on each, and without those that are gone', () => {
    const rows = new Rows<{ id: number; version: number }>();
    rows.reset([row(1), row(2), row(3)]);
    rows.put([row(2, 2), row(4)]);
    rows.drop([1, 3]);
    expect(held(rows)).toEqual([[2, 2], [4, 1]]);
    // Gone already, or never here: nothing to do.
    rows.drop([3, 9]);
    expect(held(rows)).toEqual([[2, 2], [4, 1]]);
    // And back, once the feed says so.
    rows.put([row(3, 5)]);
    expect(held(rows)).toEqual([[2, 2], [3, 5], [4, 1]]);
  });

  it('of a page that was read beside the feed neither go back nor come back', () => {
    const rows = new Rows<{ id: number; version: number }>();
    rows.reset([row(1)]);
    rows.put([row(2, 7)]);
    rows.drop([3]);
    rows.add([row(2, 6), row(3, 4), row(4, 1)]);
    expect(held(rows)).toEqual([[1, 1], [2, 7], [4, 1]]);
    // A snapshot says all there is anew.
    rows.reset([row(3, 4)]);
    rows.add([row(1, 1)]);
    expect(held(rows)).toEqual([[1, 1], [3, 4]]);
  });
});
