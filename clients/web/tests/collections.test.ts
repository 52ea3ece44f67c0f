import { describe, expect, it } from 'vitest';

import { filled, remarks, type Profile } from '../src/components/kinds/collection/fill';
import { lateness, measured, type Week } from '../src/components/kinds/collection/quality';
import { rulesOf, type Column } from '../src/components/kinds/collection/rules';
import { clockOf, coversText, lasting, scheduleText, type Schedule } from '../src/components/kinds/collection/schedule';
import { words } from '../src/components/kinds/collection/words';
import { checkedIn, inOrder, standing, type DeliveryDossier, type Result } from '../src/components/kinds/delivery/dossier';
import { blank, encode, type Field } from '../src/lib/forms/field';
import { option } from '../src/lib/forms/make';

const schedule = (more: Partial<Schedule>): Schedule => ({ rhythm: 'working_days', due_minutes: 600, grace_minutes: 120, settling_days: 2, ...more });

describe('when a plan’s deliveries are due', () => {
  it('is said in one sentence', () => {
    expect(scheduleText(schedule({}), 'zh')).toBe('每个工作日 10:00 前，宽限 2 小时');
    expect(scheduleText(schedule({}), 'en')).toBe('by 10:00 each working day, 2 hours of grace');
    expect(scheduleText(schedule({ rhythm: 'daily', due_minutes: 485, grace_minutes: 0 }), 'zh')).toBe('每日 08:05 前，不宽限');
    expect(scheduleText(schedule({ rhythm: 'weekly', weekday: 1, grace_minutes: 90 }), 'zh')).toBe('每周一 10:00 前，宽限 1 小时 30 分钟');
    expect(scheduleText(schedule({ rhythm: 'weekly', weekday: 7 }), 'en')).toBe('by 10:00 every Sunday, 2 hours of grace');
    expect(scheduleText(schedule({ rhythm: 'monthly', day_of_month: 5 }), 'zh')).toBe('每月 5 日 10:00 前，宽限 2 小时');
    expect(scheduleText(schedule({ rhythm: 'monthly', day_of_month: 31 }), 'en')).toBe('by 10:00 on day 31 of each month (the last day where the month is shorter), 2 hours of grace');
  });

  it('says which days are covered, and when figures stand', () => {
    expect(coversText(schedule({}), 'zh')).toBe('含上一工作日起各日的数据；2 个工作日后不再变动');
    expect(coversText(schedule({ rhythm: 'monthly', settling_days: 1 }), 'en')).toBe('covers the month before; settled 1 working day later');
    expect([clockOf(0), clockOf(1439), lasting(60, 'en'), lasting(0, 'zh')]).toEqual(['00:00', '23:59', '1 hour', '']);
  });
});

const week: Week = {
  week: '2026-W48', from: '2026-11-23', until: '2026-11-29', completeness: { received: 1498, expected: 1500, share: '0.9987' },
  timeliness: { on_time: 0, due: 0, share: null }, accuracy: { rows: 1000, faulty: 5, share: '0.995' },
};

describe('quality by week', () => {
  it('has a share with its numbers, and none where nothing was due', () => {
    expect(measured(week).map((m) => [m.name, m.share, m.part, m.whole])).toEqual([['completeness', '99.87%', 1498, 1500], ['timeliness', null, 0, 0], ['accuracy', '99.5%', 995, 1000]]);
    expect(measured(week).map((m) => m.long)).toEqual([0.9987, 0, 0.995]);
  });

  it('says how late what was late came', () => {
    expect(lateness(week, 'zh')).toBe('');
    expect(lateness({ ...week, timeliness: { ...week.timeliness, median_hours: 1.5, p90_hours: 4 } }, 'zh')).toBe('迟到中位 1.5 小时，九成在 4 小时内');
  });
});

const line = (name: string, more: object = {}): Field => ({ kind: 'line', name, label: { zh: name, en: name }, ...more });
const fields: Field[] = [{
  kind: 'group', name: 'form', label: { zh: '', en: '' }, fields: [
    line('name', { required: true }),
    { kind: 'group', name: 'reading', label: { zh: '', en: '' }, fields: [{ kind: 'choice', name: 'encoding', label: { zh: '', en: '' }, options: [option('utf8', '', ''), option('gb18030', '', '')], initial: 'utf8' }, { kind: 'count', name: 'skip', label: { zh: '', en: '' }, least: 0 }, line('sheet')] },
    {
      kind: 'rows', name: 'columns', label: { zh: '', en: '' }, most: 3, add: { zh: '', en: '' }, required: true, always: true,
      fields: [line('name'), line('unit'), { kind: 'choice', name: 'treatment', label: { zh: '', en: '' }, options: [], initial: 'keep' }, { kind: 'yes_no', name: 'key', label: { zh: '', en: '' }, yes: { zh: '', en: '' }, no: { zh: '', en: '' } }, { kind: 'lines', name: 'values', label: { zh: '', en: '' } }],
    },
  ],
}];
const found: Profile = {
  reading: { encoding: 'gb18030', skip: 2, sheet: null }, rows: 200, warnings: [{ zh: '末尾有合计行', en: 'A total row at the end' }],
  columns: [{ name: '日期', role: 'day', key: true, unit: null, examples: ['2026-11-01'], missing_share: '0' }, { name: '金额', role: 'field', key: false, unit: '元', values: ['a', 'b'] }],
};

describe('a plan filled in from a file', () => {
  it('has how the file is read and its columns, as the form knows them, and keeps what was written', () => {
    const values = blank(fields);
    (values['form'] as Record<string, unknown>)['name'] = '每日订单';
    const now = filled(fields, values, found)!;
    expect(encode(fields, now)).toEqual({
      form: {
        name: '每日订单', reading: { encoding: 'gb18030', skip: 2 },
        columns: [{ name: '日期', treatment: 'keep', key: true }, { name: '金额', unit: '元', treatment: 'keep', key: false, values: ['a', 'b'] }],
      },
    });
  });

  it('leaves a form alone that has no columns', () => {
    expect(filled([line('name')], {}, found)).toBeNull();
    expect(filled([{ kind: 'group', name: 'form', label: { zh: '', en: '' }, fields: [line('name')] }], { form: {} }, found)).toBeNull();
  });

  it('takes no more columns than there is room for, and says so', () => {
    const many = { ...found, columns: [1, 2, 3, 4].map((n) => ({ name: `c${n}` })) };
    expect((filled(fields, blank(fields), many)!['form'] as { columns: unknown[] }).columns).toHaveLength(3);
    expect(remarks(many, 3).map((r) => r.zh)).toEqual(['没有找到数据日期列，请选定一列。', '文件有 4 列，只填入前 3 列。', '末尾有合计行']);
    expect(remarks(found, 3).map((r) => r.en)).toEqual(['A total row at the end']);
    expect(remarks({ ...found, columns: [{ role: 'day' }, { role: 'day' }], warnings: [] }, 3)).toHaveLength(1);
  });
});

describe('what is told of a column by the file alone', () => {
  const own: Field[] = [{
    kind: 'group', name: 'form', label: { zh: '', en: '' }, fields: [
      { kind: 'group', name: 'reading', label: { zh: '', en: '' }, fields: [line('sheet')] },
      {
        kind: 'rows', name: 'columns', label: { zh: '', en: '' }, most: 9, add: { zh: '', en: '' },
        fields: [line('name'), line('code'), line('role'), line('unit'), line('nature'), ...['key', 'required', 'personal'].map((name): Field => ({ kind: 'yes_no', name, label: { zh: '', en: '' }, yes: { zh: '', en: '' }, no: { zh: '', en: '' } }))],
      },
    ],
  }];
  // As the server sends it: neither roles, nor codes, nor units.
  const seen = (name: string, type: string, more: Record<string, unknown> = {}) => ({ name, type, places: 0, examples: ['1', '2', '3'], missing_share: '0.00', ...more });
  const all = (...columns: Record<string, unknown>[]) => {
    const values = encode(own, filled(own, blank(own), { reading: {}, columns, rows: 9, warnings: [] })!) as { form: { columns: Record<string, unknown>[] } };
    return values.form.columns;
  };

  it('is its role, its code, its unit, and whether it is required', () => {
    const [no, day, channel, amount, rate] = all(seen('Order No', 'whole', { key: true }), seen('日期', 'day'), seen('渠道', 'text', { examples: ['门店', 'app'], missing_share: '1.50' }), seen('金额（元）', 'decimal'), seen('rate', 'percent'));
    expect(no).toMatchObject({ code: 'order_no', role: 'label', key: true, required: true });
    expect(day).toMatchObject({ role: 'day', key: false });
    expect(channel).toMatchObject({ role: 'dimension', required: false });
    expect(amount).toMatchObject({ role: 'field', unit: '元' });
    expect(rate).toMatchObject({ code: 'rate', role: 'field', nature: 'ratio' });
    expect(channel!['code']).toBeUndefined();
    expect([no, day, channel, amount, rate].map((c) => c!['personal'] ?? false)).toEqual([false, false, false, false, false]);
  });

  it('is the moment where there is no day, and text of many values is no dimension', () => {
    const [at, who] = all(seen('at', 'moment'), seen('who', 'text'));
    expect([at!['role'], who!['role']]).toEqual(['day', 'label']);
    expect(all(seen('日期', 'day'), seen('at', 'moment')).map((c) => c['role'])).toEqual(['day', 'label']);
  });
});

describe('the rules of a column', () => {
  const column: Column = { name: '金额', code: 'amount', type: 'decimal', role: 'field', nature: 'flow', places: 2, key: false, required: true, personal: false, treatment: 'keep', least: '0', hard_most: '1000000', values: [] };

  it('are said in short', () => {
    expect(rulesOf(column, words.zh, '')).toEqual(['必填', '2 位小数', '通常 ≥ 0', '必须 ≤ 1,000,000']);
    expect(rulesOf({ ...column, type: 'text', required: false, key: true, personal: true, least: '', hard_most: '', values: ['a', 'b', 'c', 'd', 'e', 'f'] }, words.en, 'kept as a hash')).toEqual([
      'key', 'personal data: kept as a hash', 'one of a · b · c · d · e … 6 in all',
    ]);
  });
});

describe('the checks of a delivery', () => {
  const result = (check: string, severity: Result['severity'], passed: boolean): Result => ({ check, severity, passed, found: { zh: '', en: '' } });
  const all = [result('freshness', 'block', true), result('range', 'warn', false), result('references', 'off', true), result('key', 'block', false)];

  it('stand by what they hold back, those first that one has to look at', () => {
    expect(all.map(standing)).toEqual(['passed', 'warned', 'off', 'failed']);
    expect(inOrder(all).map((r) => r.check)).toEqual(['key', 'range', 'freshness', 'references']);
  });

  it('are those that were made last', () => {
    const of = (checks?: object) => ({ forms: { checks } }) as unknown as DeliveryDossier;
    expect(checkedIn(of())).toBeNull();
    expect(checkedIn(of({ data: { verdict: 'warned' } }))?.verdict).toBe('warned');
    expect(checkedIn(of([{ data: { verdict: 'refused' } }, { data: { verdict: 'accepted' } }]))?.verdict).toBe('accepted');
  });
});
