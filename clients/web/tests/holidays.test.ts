// What is understood of the official notice of a year's holidays.

import { describe, expect, it } from 'vitest';

import { noticeOf } from '../src/lib/text/holidays';

const notice = `各省、自治区人民政府：经国务院批准，现通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月27日（周日）至3月2日（周三）放假调休，共4天。2月14日（周六）、3月5日（周六）上班。
三、清明节：4月4日（周六）放假。
七、国庆节、中秋节：10月1日（周四）至2日（周五）放假，共2天。
节假日期间，各地区要妥善安排好值班。`;

describe('a notice of holidays', () => {
  const { off, work } = noticeOf(notice, 2026);

  it('has its days off, over the end of a month too', () => {
    expect(off.map((d) => d.day)).toEqual(['2026-01-01', '2026-01-02', '2026-01-03', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02', '2026-04-04', '2026-10-01', '2026-10-02']);
    expect(off[0]!.name).toEqual({ zh: '元旦', en: 'New Year’s Day' });
    expect(off.at(-1)!.name).toEqual({ zh: '国庆节、中秋节', en: 'National Day, Mid-Autumn Festival' });
  });

  it('has its make-up days', () => {
    expect(work.map((d) => d.day)).toEqual(['2026-01-04', '2026-02-14', '2026-03-05']);
  });

  it('has nothing where it says nothing', () => {
    expect(noticeOf('放假通知另行公布：谢谢', 2026)).toEqual({ off: [], work: [] });
  });
});
