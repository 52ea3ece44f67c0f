import { describe, expect, it } from 'vitest';

import { domain, every, height, heightsOf, inTwo, linesMost, patterns, sparkPath, sparkPlaces, spread, step } from '../src/components/kinds/metric/scale';
import type { State, Value } from '../src/components/kinds/metric/values';

const value = (v: string | null, state: State = 'closed'): Value => ({ from: '2026-11-01', until: '2026-11-30', state, value: v });

describe('a scale', () => {
  it('has steps that people count in', () => {
    expect([step(10, 4), step(1, 4), step(7300, 4), step(0.03, 4), step(0, 4)]).toEqual([5, 0.5, 2000, 0.01, 1]);
  });

  it('goes from 0, unless what there is to see would be lost, and says so', () => {
    expect(domain([3, 12.5])).toEqual({ from: 0, to: 15, zero: true });
    expect(domain([-4, 6])).toMatchObject({ zero: true });
    expect(domain([980, 1010])).toMatchObject({ from: 980, to: 1010, zero: false });
    expect(domain([-1010, -980])).toMatchObject({ zero: false });
    expect(domain([5]).zero).toBe(false);
    expect([domain([]), domain([0, 0]), domain([null])]).toEqual([{ from: 0, to: 1, zero: true }, { from: 0, to: 1, zero: true }, { from: 0, to: 1, zero: true }]);
  });

  it('has room for the target', () => {
    const lines = [{ member: '', values: [value('3'), null, value(null)] }];
    expect(heightsOf(lines, [{ from: '', value: '40' }, null, { from: '', least: '1', most: '2' }])).toEqual([3, null, null, 40, null, null, null, null, null, null, 1, 2]);
    expect([height('12.50'), height(null), height(''), height('many')]).toEqual([12.5, null, null, null]);
  });
});

describe('a line', () => {
  it('is dashed from the last value that is closed', () => {
    expect(inTwo([value('1'), value('2'), value('3', 'settling'), value('4', 'open')])).toEqual({ closed: [1, 2, null, null], unclosed: [null, 2, 3, 4] });
    expect(inTwo([value('1'), value(null), value('3', 'open')])).toEqual({ closed: [1, null, null], unclosed: [1, null, 3] });
    expect(inTwo([value('1'), value('2')]).unclosed).toEqual([null, null]);
  });

  it('is told from every other by dashes and marker, without colour', () => {
    expect(new Set(patterns.map((p) => p.mark)).size).toBe(linesMost);
    expect(new Set(patterns.map((p) => p.dash.join())).size).toBe(linesMost);
  });

  it('has its label where no other is', () => {
    expect(spread([10, 12, 50], 14, 0, 100)).toEqual([10, 24, 50]);
    expect(spread([98, 99], 14, 0, 100)).toEqual([86, 100]);
    expect(spread([50, 10], 14, 0, 100)).toEqual([50, 10]);
  });
});

describe('a sparkline', () => {
  it('is broken where a value is missing, and flat where all are the same', () => {
    expect(sparkPath([1, 2, null, 1], 100, 44)).toBe('M3 41L34.3 3M97 41');
    expect(sparkPath([5, 5], 100, 44)).toBe('M3 22L97 22');
    expect(sparkPath([], 100, 44)).toBe('');
  });

  it('draws both its parts on one scale', () => {
    const places = sparkPlaces([0, 10], 100, 44);
    expect(sparkPath([null, 10], 100, 44, places)).toBe('M97 3');
  });
});

it('says as many labels of an axis as there is room for', () => {
  expect([every(13, 700, 52), every(13, 300, 52), every(365, 700, 52), every(0, 0, 52)]).toEqual([1, 3, 28, 1]);
});
