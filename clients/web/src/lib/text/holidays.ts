// The official notice of a year's holidays, as it is pasted: "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。" What is
// not understood is left to whoever types it in. Pure.

import type { NamedDay } from '@client/flows';
import type { Words } from '@client/types';

const english: Record<string, string> = {
  元旦: 'New Year’s Day', 春节: 'Spring Festival', 清明节: 'Qingming Festival', 劳动节: 'Labour Day', 端午节: 'Dragon Boat Festival', 中秋节: 'Mid-Autumn Festival', 国庆节: 'National Day',
};

const dayMillis = 86_400_000;
const dayOf = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

function between(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to) && days.length < 31; at += dayMillis) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** "国庆节、中秋节" in both languages. */
const called = (zh: string): Words => ({ zh, en: zh.split(/[、和]/).map((one) => english[one] ?? one).join(', ') });

/** Days of "1月4日（周日）", in the month before where none is said, and spans "1日至3日" of them. */
function daysIn(text: string, year: number): string[] {
  const days: string[] = [];
  let month = 0;
  for (const [, m, d, , m2, d2] of text.replace(/[（(][^）)]*[）)]/g, '').matchAll(/(?:(\d{1,2})月)?(\d{1,2})日(至(?:(\d{1,2})月)?(\d{1,2})日)?/g)) {
    month = m ? Number(m) : month;
    if (!month) continue;
    const from = dayOf(year, month, Number(d));
    if (d2) month = m2 ? Number(m2) : month;
    days.push(...(d2 ? between(from, dayOf(year, month, Number(d2))) : [from]));
  }
  return days;
}

export function noticeOf(text: string, year: number): { off: NamedDay[]; work: NamedDay[] } {
  const off: NamedDay[] = [];
  const work: NamedDay[] = [];
  for (const line of text.split('\n')) {
    const found = /^\s*(?:[一二三四五六七八九十]+、|\d+[.、])?\s*([\u4e00-\u9fff、]+)[：:](.+)$/.exec(line);
    if (!found) continue;
    const name = called(found[1]!);
    for (const sentence of found[2]!.split(/[。；;]/)) {
      const days = daysIn(sentence, year).map((day) => ({ day, name }));
      if (sentence.includes('上班')) work.push(...days);
      else if (sentence.includes('放假')) off.push(...days);
    }
  }
  return { off, work };
}
