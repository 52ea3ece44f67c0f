import { describe, expect, it } from 'vitest';

import { isDashboard, tilesOf } from '../src/components/kinds/metric/dashboard';
import { lookOf, queryOf } from '../src/components/kinds/metric/asked';
import { beginOf, periodName, startOf, weekOf } from '../src/components/kinds/metric/period';
import { changeText, sentence, sparkSentence, targetText, valueText, withUnit } from '../src/components/kinds/metric/sentence';
import {
  changeOf, isBetter, isReached, linesOf, newestOf, periodsOf, targetOf, yearAgo, yearBefore, type MetricRow, type State, type Target, type Value, type Why,
} from '../src/components/kinds/metric/values';
import { compare, grouped, inPercent, percentChange } from '../src/lib/text/decimal';

const value = (from: string, v: string | null, state: State = 'closed', more: { member?: string; why?: Why } = {}): Value => ({ from, until: from, state, value: v, ...more });

describe('decimals as they are shown', () => {
  it('are compared and grouped to the last digit, beyond what a float holds', () => {
    expect([compare('0.1', '0.10'), compare('-2', '1'), compare('9007199254740993', '9007199254740992'), compare('x', '1')]).toEqual([0, -1, 1, null]);
    expect(['1234567.50', '-1234', '999', '12345678901234567890.1234', 'none'].map(grouped)).toEqual(['1,234,567.50', '−1,234', '999', '12,345,678,901,234,567,890.1234', 'none']);
  });

  it('change by a share that is exact to one place, and by none where there was nothing before', () => {
    const pairs: [string, string][] = [['100', '103.25'], ['3', '2'], ['-50', '-25'], ['200', '200.01'], ['0.001', '1']];
    expect(pairs.map(([a, b]) => percentChange(a, b))).toEqual(['+3.3', '−33.3', '+50.0', '0.0', '+99,900.0']);
    expect([percentChange('0', '5'), percentChange('', '5')]).toEqual([null, null]);
  });

  it('are shares in percent with no digit lost', () => {
    expect(['0.9987', '1', '0', '0.5', '0.0001', '1.25'].map(inPercent)).toEqual(['99.87', '100', '0', '50', '0.01', '125']);
  });
});

describe('periods', () => {
  it('are called as people call them; weeks by ISO, from their Monday', () => {
    expect([weekOf('2026-11-23'), weekOf('2027-01-01'), weekOf('2024-12-30'), weekOf('2026-01-01')]).toEqual(['2026-W48', '2026-W53', '2025-W01', '2026-W01']);
    expect([periodName('month', '2026-11-01', 'zh'), periodName('month', '2026-11-01', 'en'), periodName('quarter', '2026-10-01', 'zh'), periodName('year', '2026-01-01', 'en')]).toEqual([
      '2026年11月', 'Nov 2026', '2026年第4季度', '2026',
    ]);
    expect(periodName('week', '2026-11-23', 'zh')).toBe('2026年第48周（11月23日起）');
    expect([periodName('day', '2026-11-03', 'zh', true), periodName('week', '2026-11-23', 'en', true), periodName('month', '2026-11-01', 'en', true)]).toEqual(['11-03', 'W48', '26-11']);
  });

  it('begin where they do, and so many of them go back over years', () => {
    expect([beginOf('week', '2026-11-29'), beginOf('month', '2026-11-29'), beginOf('quarter', '2026-12-31'), beginOf('year', '2026-12-31')]).toEqual(['2026-11-23', '2026-11-01', '2026-10-01', '2026-01-01']);
    expect([startOf('month', '2026-11-29', 13), startOf('week', '2026-11-29', 2), startOf('quarter', '2026-02-01', 2), startOf('year', '2026-02-01', 5), startOf('day', '2026-03-01', 2)]).toEqual([
      '2025-11-01', '2026-11-16', '2025-10-01', '2022-01-01', '2026-02-28',
    ]);
  });

  it('have a year before: of a week 52 weeks', () => {
    expect([yearBefore('month', '2026-11-01'), yearBefore('week', '2026-11-23'), yearBefore('year', '2026-01-01')]).toEqual(['2025-11-01', '2025-11-24', '2025-01-01']);
  });

  it('are asked for as the address has them, with the year before where values are compared', () => {
    const look = lookOf({ grain: 'month', span: '24' }, '2026-11-30');
    expect([look.span, look.from, look.until]).toEqual([24, '2024-12-01', '2026-11-30']);
    expect(queryOf(look, undefined)).toEqual({ grain: 'month', from: '2023-11-01', until: '2026-11-30', by: undefined, as_of: undefined });
    expect(queryOf({ ...look, by: 'region' }, '812')).toMatchObject({ from: '2024-12-01', by: 'region', as_of: '812' });
    expect(lookOf({ grain: 'hour', from: '2026-02-30', until: 'now' }, '2026-11-30')).toMatchObject({ grain: 'month', span: 13 });
    expect(lookOf({ from: '2026-01-01', until: '2026-03-31' }, '2026-11-30')).toMatchObject({ span: 0, from: '2026-01-01', until: '2026-03-31' });
  });
});

const items = [
  value('2025-11-01', '10.00'), value('2026-09-01', '11.00'), value('2026-10-01', '12.50'), value('2026-11-01', '4.00', 'open'),
];

describe('values', () => {
  it('are put into lines by member, the largest newest first, with gaps where one has none', () => {
    const lines = linesOf([value('2026-10-01', '9', 'closed', { member: '华南' }), value('2026-11-01', '10', 'closed', { member: '华东' }), value('2026-11-01', null, 'closed', { member: '西北', why: 'no_data' })]);
    expect(lines.map((l) => l.member)).toEqual(['华东', '华南', '西北']);
    expect(lines[1]!.values.map((v) => v?.value ?? null)).toEqual(['9', null]);
    expect(periodsOf(items).map((p) => p.state)).toEqual(['closed', 'closed', 'closed', 'open']);
  });

  it('are told by the newest that is closed; where none is, by the newest', () => {
    expect(newestOf(items)?.from).toBe('2026-10-01');
    expect(newestOf([value('2026-11-01', '4', 'open')])?.value).toBe('4');
    expect(newestOf([value('2026-11-01', null, 'closed', { why: 'no_data' })])?.why).toBe('no_data');
    expect(newestOf([])).toBeNull();
  });

  it('change by a share, shares by points, and from nothing by an amount', () => {
    expect(changeOf(items[1], items[2], '元')).toEqual({ by: '+13.6%', in: 'percent', way: 'up' });
    expect(changeText(changeOf(items[2], items[1], '%')!, '%', 'zh')).toBe('−1.5 个百分点');
    expect(changeText(changeOf(value('a', '0'), value('b', '1200'), '元')!, '元', 'en')).toBe('+1,200 元');
    expect(changeOf(value('a', null), value('b', '1'), '元')).toBeNull();
    expect(changeOf(items[1], items[1], '元')?.way).toBe('same');
    // Half a month is not compared with a whole one.
    expect(changeOf(items[2], items[3], '元')).toBeNull();
    expect(yearAgo('month', value('2026-11-01', '1'), items)?.value).toBe('10.00');
  });

  it('are better or worse by the direction of their metric', () => {
    const up = changeOf(items[1], items[2], '元')!;
    expect([isBetter(up, 'up'), isBetter(up, 'down'), isBetter(up, 'within')]).toEqual([true, false, null]);
  });

  it('are never a number where there is none: a dash and why', () => {
    expect(valueText(value('a', null, 'closed', { why: 'zero_denominator' }), '%', 'zh')).toBe('–（分母为零）');
    expect(valueText(value('a', null, 'open', { why: 'not_yet' }), '%', 'en')).toBe('– (not due yet)');
    expect([withUnit('12.50', '%'), withUnit('1234.5', '元'), withUnit('0.10', '')]).toEqual(['12.50%', '1,234.5 元', '0.10']);
  });
});

describe('targets', () => {
  const targets: Target[] = [{ from: '2026-01-01', value: '12' }, { from: '2026-07-01', until: '2026-09-30', value: '11.5' }, { period: 'year', from: '2026-01-01', value: '150' }];

  it('hold for their days and grain, the one that was set later first', () => {
    expect([targetOf(targets, 'month', { from: '2026-09-01' })?.value, targetOf(targets, 'month', { from: '2026-10-01' })?.value, targetOf(targets, 'month', { from: '2025-10-01' })]).toEqual(['11.5', '12', null]);
    expect(targetOf(targets.slice(2), 'year', { from: '2026-01-01' })?.value).toBe('150');
  });

  it('are reached from above, from below, or within, exactly', () => {
    const to = (value: string): Target => ({ from: '2026-01-01', value });
    expect([isReached('12.0', to('12'), 'up'), isReached('11.99', to('12'), 'up'), isReached('11.99', to('12'), 'down')]).toEqual([true, false, true]);
    expect(['1', '2', '3', '4'].map((v) => isReached(v, { from: '', least: '2', most: '3' }, 'within'))).toEqual([false, true, true, false]);
    expect([isReached(null, to('1'), 'up'), isReached('1', null, 'up'), isReached('1', { from: '' }, 'within')]).toEqual([null, null, null]);
    expect([targetText({ from: '', least: '2', most: '3' }, '%', 'zh'), targetText({ from: '', least: '2' }, '%', 'en')]).toEqual(['2%～3%', 'at least 2%']);
  });
});

describe('the sentence under a chart', () => {
  const of = { name: '转化率', unit: '%', direction: 'up' as const, grain: 'month' as const, lines: linesOf(items.slice(1)), known: [value('2025-10-01', '13.00'), ...items], targets: [{ from: '2026-01-01', value: '12' }] };

  it('says the newest closed value, how it has moved, and the target', () => {
    expect(sentence(of, 'zh')).toBe('转化率：2026年10月为 12.50%，较上月上升 1.5 个百分点（向好），较去年同月下降 0.5 个百分点（变差），目标 12%，已达成。');
    expect(sentence({ ...of, name: 'Conversion' }, 'en')).toBe(
      'Conversion: 12.50% in Oct 2026, up 1.5 percentage points (better) on the month before, down 0.5 percentage points (worse) on the same month last year, target 12% reached.',
    );
  });

  it('says what is not closed, and why there is nothing', () => {
    expect(sentence({ ...of, lines: linesOf(items.slice(3)), known: [], targets: [] }, 'zh')).toBe('转化率：2026年11月为 4.00%（进行中）。');
    expect(sentence({ ...of, lines: linesOf([value('2026-11-01', null, 'closed', { why: 'partial' })]) }, 'en')).toBe('转化率: no value in Nov 2026 (data incomplete).');
    expect(sentence({ ...of, lines: [] }, 'zh')).toBe('转化率：此范围内没有数值。');
  });

  it('of a split names the most and the least of the newest closed period', () => {
    const split = linesOf([
      value('2026-10-01', '9.5', 'closed', { member: '华南' }), value('2026-10-01', '100', 'closed', { member: '华东' }), value('2026-11-01', '1', 'open', { member: '华东' }), value('2026-10-01', null, 'closed', { member: '西北' }),
    ]);
    expect(sentence({ ...of, lines: split, by: '地区' }, 'zh')).toBe('转化率（按地区，2 项）：2026年10月最高为 华东 100%，最低为 华南 9.5%。');
    expect(sentence({ ...of, lines: [], by: 'region' }, 'en')).toBe('转化率 by region: No values in this range.');
  });

  it('of a small one has the least, the most and the newest', () => {
    expect(sparkSentence(items.slice(1), 'month', '%', 'zh')).toBe('近 3 个月：最低 4.00%，最高 12.50%，最近 4.00%');
    expect(sparkSentence([null], 'month', '%', 'en')).toBe('No values in this range.');
  });
});

describe('the dashboard', () => {
  const row = (id: number, name: string, owner: number, more: Partial<MetricRow> = {}): MetricRow => ({ id, name: { zh: name, en: name }, owner, department: 'OD', status: 'published', ...more }) as MetricRow;
  const rows = [row(1, 'b', 2), row(2, 'c', 7), row(3, 'a', 2, { department: 'TD' }), row(4, 'd', 7, { status: 'draft' }), row(5, 'e', 2, { status: 'amended' })];

  it('has those in force, one’s own first, as the address narrows them', () => {
    expect(tilesOf(rows, {}, 7, 'en').map((r) => r.id)).toEqual([2, 3, 1, 5]);
    expect(tilesOf(rows, { owner: 'me' }, 7, 'en').map((r) => r.id)).toEqual([2]);
    expect(tilesOf(rows, { owner: '2', department: 'OD' }, 7, 'en').map((r) => r.id)).toEqual([1, 5]);
  });

  it('gives way to the list where one is asked for what a list alone can answer', () => {
    expect([{}, { owner: 'me' }, { kiosk: '1' }, { view: 'list' }, { as_of: '12' }, { waits_on: 'me' }].map(isDashboard)).toEqual([true, true, true, false, false, false]);
  });
});
