import { describe, expect, it } from 'vitest';

import { around, rangeAt, says, watchedOf, type AlertDossier } from '../src/components/kinds/alert/seen';

const of = {
  metric: 2, called: { zh: '日订单数', en: 'Orders' }, period: 'day', from: '2026-11-20', until: '2026-11-22', value: '1250', usual: '4000', low: '3000',
  why: { zh: '与同类日相比偏低', en: 'low for such a day' },
} as AlertDossier;

describe('what an alert saw', () => {
  it('is one sentence in each language, with what was expected', () => {
    expect(says(of, '单', 'zh')).toBe('日订单数，2026年11月20日：1,250 单，与同类日相比偏低。预期 4,000 单；正常不低于 3,000 单。');
    expect(says(of, '单', 'en')).toBe('Orders, 20 Nov 2026: 1,250 单, low for such a day. Expected 4,000 单; Usually at least 3,000 单.');
    expect(says({ ...of, by: 'region', member: '华东' }, '', 'zh')).toContain('日订单数 · 华东，');
  });
  it('stands among the figures before and after it, up to today', () => {
    expect(around(of, '2026-11-23')).toEqual({ from: '2026-10-07', until: '2026-11-23' });
    expect(around(of, '2027-11-23').until).toBe('2026-12-23');
  });
  it('has its range where it was said, and nowhere else', () => {
    expect(rangeAt(of, '2026-11-19')).toBeNull();
    expect(rangeAt(of, '2026-11-21')).toEqual({ from: '2026-11-21', least: '3000' });
    expect(rangeAt({ ...of, low: undefined } as unknown as AlertDossier, '2026-11-21')).toBeNull();
  });
  it('is of the member that was watched', () => {
    const value = (member: string) => ({ from: '2026-11-20', until: '2026-11-20', state: 'closed' as const, value: '1', member });
    expect(watchedOf({ ...of, member: '华东' }, [value('华东'), value('华北')])).toHaveLength(1);
    expect(watchedOf(of, [value('华东')])).toHaveLength(0);
  });
});
