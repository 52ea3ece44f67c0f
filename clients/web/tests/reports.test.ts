import { describe, expect, it } from 'vitest';

import { around, says, targetAt, type RecommendationDossier } from '../src/components/kinds/recommendation/measured';
import type { Figure, Mover, ReportDossier, Snapshot, Written } from '../src/components/kinds/report/dossier';
import { amount, byMetric, contentOf, daysDrawn, differenceSays, faulty, fromLast, fromYearAgo, lengths, movedOf, targetSays, unsettled } from '../src/components/kinds/report/figures';
import { Turns } from '../src/components/kinds/report/turns';
import { titleField } from '../src/lib/state/documents';
import { less, signed, sum } from '../src/lib/text/decimal';

const figure = (metric: number, more: Partial<Figure> = {}): Figure => ({
  metric, code: `m${metric}`, name: { zh: `销售额${metric}`, en: `Sales ${metric}` }, unit: '元', version: 1, period: '2026-W31', attainment: 'none', state: 'closed', ...more,
});
const mover = (member: string, contribution: string, more: Partial<Mover> = {}): Mover => ({ metric: 1, dimension: 'channel', member, contribution, ...more });
const snapshot = (more: Partial<Snapshot>): Snapshot => ({ position: 9, figures: [], movers: [], alerts: [], quality: [], recommendations: [], deliveries: 0, ...more });

describe('sums of decimals', () => {
  it('are exact, as the wire has them', () => {
    expect([sum(['0.1', '0.20', '-0.3']), sum(['9007199254740993', '1']), sum([]), sum(['1', 'x'])]).toEqual(['0.00', '9007199254740994', '0', null]);
    expect([less('100', '120.50'), less('-1', '-3'), less('1', 'x'), less('x', '1')]).toEqual(['-20.50', '2', null, null]);
  });
  it('are read with their sign, which nothing has not', () => {
    expect(['1200', '-0.5', '0.00', '0.01'].map(signed)).toEqual(['+1,200', '−0.5', '0.00', '+0.01']);
  });
});

describe('the figures of a report', () => {
  it('stand beside the period before and a year ago; shares are compared in points', () => {
    expect(fromLast(figure(1, { value: '120', previous: '100', year_ago: '150' }))).toEqual({ by: '+20.0%', in: 'percent', way: 'up' });
    expect(fromYearAgo(figure(1, { value: '120', previous: '100', year_ago: '150' }))).toEqual({ by: '−20.0%', in: 'percent', way: 'down' });
    expect(fromLast(figure(1, { value: '59.4', previous: '60.6', unit: '%' }))).toEqual({ by: '−1.2', in: 'points', way: 'down' });
  });
  it('are not compared where one of both is missing, or the period goes on', () => {
    expect([fromLast(figure(1, { value: '1' })), fromLast(figure(1, { previous: '1' })), fromLast(figure(1, { value: '1', previous: '2', state: 'open' }))]).toEqual([null, null, null]);
    expect(fromLast(figure(1, { value: '1', previous: '2', state: 'settling' }))).not.toBeNull();
  });
  it('have targets that are one value, or a range with an open end', () => {
    expect(targetSays(figure(1, { target: '1200000' }), 'zh')).toBe('1,200,000 元');
    expect([targetSays(figure(1, { target: '290 – 330', unit: '' }), 'en'), targetSays(figure(1, { target: '290 – ', unit: '' }), 'en'), targetSays(figure(1, { target: ' – 330', unit: '' }), 'en')]).toEqual(['290 to 330', 'at least 290', 'at most 330']);
    expect(targetSays(figure(1), 'zh')).toBe('');
  });
  it('are a dash where there is none, and no zero', () => {
    expect([amount(undefined, '元'), amount('0', '元'), amount('12.5', '%')]).toEqual(['–', '0 元', '12.5%']);
  });
  it('are told where they may still change', () => {
    expect(unsettled([figure(1), figure(2, { state: 'settling' }), figure(3, { state: 'open' })]).map((f) => f.metric)).toEqual([2, 3]);
  });
  it('are drawn up to the period of the report', () => {
    expect(daysDrawn({ kind: 'week', from: '2026-07-27', until: '2026-08-02' })).toEqual({ from: '2026-05-04', until: '2026-08-02' });
    expect(daysDrawn({ kind: 'year', from: '2025-01-01', until: '2025-12-31' }).from).toBe('2021-01-01');
  });
});

describe('what a change is made of', () => {
  const sales = figure(1, { value: '150.00', previous: '100.00' });
  it('adds up: named members, the rest, and the whole', () => {
    const [one, ...others] = movedOf(snapshot({ figures: [sales], movers: [mover('app', '40.00'), mover('store', '-5.50')] }));
    expect(others).toEqual([]);
    expect(one).toMatchObject({ before: '100.00', after: '150.00', change: '50.00', rest: '15.50' });
    expect(sum([...one!.members.map((m) => m.contribution), one!.rest!])).toBe(one!.change);
  });
  it('has no rest where the members are all of it', () => {
    expect(movedOf(snapshot({ figures: [sales], movers: [mover('app', '60'), mover('store', '-10')] }))[0]!.rest).toBeNull();
  });
  it('is told for each metric and dimension by itself, as their sums are not of one another', () => {
    const all = movedOf(snapshot({ figures: [sales, figure(2, { value: '3', previous: '1' })], movers: [mover('app', '40'), mover('east', '30', { dimension: 'region' }), mover('app', '2', { metric: 2 }), mover('store', '10')] }));
    expect(all.map((g) => [g.metric, g.dimension, g.members.length, g.rest])).toEqual([[1, 'channel', 2, null], [1, 'region', 1, '20.00'], [2, 'channel', 1, null]]);
  });
  it('is not told of what has no figure', () => {
    expect(movedOf(snapshot({ figures: [figure(1, { value: '1' })], movers: [mover('app', '1')] }))).toEqual([]);
  });
  it('has bars as long as their share of the longest', () => {
    expect(lengths(['40', '-10', '0'])).toEqual([1, 0.25, 0]);
    expect(lengths(['0'])).toEqual([0]);
  });
});

describe('a report', () => {
  const of = (more: object) => ({ kind: 'week', from: '2026-07-27', until: '2026-08-02', forms: {}, ...more }) as unknown as ReportDossier;
  it('is hashed as words, and figures once they were taken, in this order', () => {
    const form = { title: 'W31' } as Written;
    const taken = snapshot({});
    expect(JSON.stringify(contentOf(of({ forms: { F11: { data: { form } } } })))).toBe('{"form":{"title":"W31"}}');
    expect(Object.keys(contentOf(of({ forms: { figures: { data: { snapshot: taken } }, F11: { data: { form } } } }))!)).toEqual(['form', 'snapshot']);
    expect(contentOf(of({}))).toBeUndefined();
  });
  it('says which figures are others by now, from what to what', () => {
    const known = byMetric([figure(1)]);
    expect(differenceSays({ metric: 1, period: '2026-W31', before: '1000', after: '1200.5' }, known.get(1), of({}), 'zh')).toBe('销售额1 · 2026年第31周（7月27日起）：1,000 元 → 1,200.5 元');
    expect(differenceSays({ metric: 7, period: '2026-W31', after: '1' }, known.get(7), of({}), 'en')).toBe('Metric 7 · 2026-W31 (from 27 Jul): – → 1');
  });
  it('names the plans whose data was not all there', () => {
    const all = [{ collection: 1, name: 'a', completeness: '100.00', timeliness: '100' }, { collection: 2, name: 'b', accuracy: '99.98' }, { collection: 3, name: 'c' }];
    expect(faulty(all).map((q) => q.collection)).toEqual([2]);
  });
});

describe('what a document is called by', () => {
  const field = (name: string, is: string) => ({ name, is, label: { zh: name, en: name } });
  const kind = (fields: object[], row_fields?: object[]) => ({ name: 'report', fields, row_fields }) as unknown as Parameters<typeof titleField>[0];
  it('is the title that is made of what it says, before any other line of it', () => {
    expect(titleField(kind([field('period', 'line')], [field('title', 'line'), field('filled', 'yes_no')]))?.name).toBe('title');
    expect(titleField(kind([field('period', 'line')], [field('filled', 'yes_no')]))?.name).toBe('period');
    expect(titleField(kind([field('from', 'day'), field('name', 'bilingual')]))?.name).toBe('name');
  });
});

describe('turns', () => {
  it('are taken by so many at once, by all of them in the end, and passed on by what fails', async () => {
    const turns = new Turns(2);
    let [going, most] = [0, 0];
    const ends: (() => void)[] = [];
    const work = (fails: boolean) => async () => {
      most = Math.max(most, (going += 1));
      await new Promise<void>((end) => ends.push(end));
      going -= 1;
      if (fails) throw new Error('no');
      return 1;
    };
    const all = [true, false, false, true, false].map((fails) => turns.take(work(fails)).catch(() => 0));
    for (let i = 0; i < 5; i += 1) {
      await new Promise((go) => setTimeout(go));
      ends.shift()!();
    }
    expect(await Promise.all(all)).toEqual([0, 1, 1, 0, 1]);
    expect([most, going]).toEqual([2, 0]);
  });
});

describe('what a recommendation is measured by', () => {
  const of = { created_at: '2026-08-03T02:00:00Z', advice: { text: 'x', expected: 'y', metric: 1, target: '60' }, baseline: '56.1' } as unknown as RecommendationDossier;
  const now = { from: '2026-11-23', until: '2026-11-29', state: 'closed' as const, value: '59.4' };
  it('is one sentence in each language', () => {
    expect(says(of, '转化率', '%', now, 'zh')).toBe('转化率：采纳时 56.1%，目标 60%，2026年第48周（11月23日起） 59.4%。');
    expect(says({ ...of, target: '61' }, 'Conversion', '%', now, 'en')).toBe('Conversion: 56.1% when it was adopted, target 61%, 59.4% in 2026-W48 (from 23 Nov).');
    expect(says({ ...of, advice: { text: 'x', expected: 'y' }, baseline: undefined } as unknown as RecommendationDossier, 'Conversion', '%', null, 'en')).toBe('Conversion');
  });
  it('is seen from a quarter before it was made until a year later, and not beyond today', () => {
    expect(around(of, '2026-08-20')).toEqual({ from: '2026-05-11', until: '2026-08-20' });
    expect(around(of, '2028-01-01').until).toBe('2027-08-09');
  });
  it('has its target from when it was made, where that is a number', () => {
    expect([targetAt(of, { until: '2026-08-02' }), targetAt(of, { until: '2026-08-09' })]).toEqual([null, { from: '', value: '60' }]);
    expect(targetAt({ ...of, target: '六成' }, { until: '2026-08-09' })).toBeNull();
  });
});
