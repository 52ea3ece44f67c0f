// Periods as people call them, and how many of them one looks at. Pure.

import type { Language } from '@client/types';

import { dayAfter } from '../../../lib/text/time';
import type { Grain } from './values';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Of ISO 8601: the week of a day, "2026-W48". */
export function weekOf(day: string): string {
  const at = new Date(`${day}T12:00:00Z`);
  const weekday = (at.getUTCDay() + 6) % 7;
  const thursday = dayAfter(day, 3 - weekday);
  const first = `${thursday.slice(0, 4)}-01-01`;
  const n = Math.floor((Date.parse(`${thursday}T12:00:00Z`) - Date.parse(`${first}T12:00:00Z`)) / (7 * 86_400_000)) + 1;
  return `${thursday.slice(0, 4)}-W${String(n).padStart(2, '0')}`;
}

/** A period by its first day: "2026年11月", "Nov 2026"; short, as at an axis: "26/11". */
export function periodName(grain: Grain, from: string, language: Language, short = false): string {
  const [year = '', month = '', day = ''] = from.split('-');
  const [m, d, q] = [Number(month), Number(day), Math.ceil(Number(month) / 3)];
  const zh = language === 'zh';
  switch (grain) {
    case 'day':
      if (short) return `${m}-${day}`;
      return zh ? `${year}年${m}月${d}日` : `${d} ${months[m - 1]} ${year}`;
    case 'week': {
      const week = weekOf(from);
      if (short) return week.slice(5);
      return zh ? `${week.slice(0, 4)}年第${Number(week.slice(6))}周（${m}月${d}日起）` : `${week} (from ${d} ${months[m - 1]})`;
    }
    case 'month':
      if (short) return `${year.slice(2)}-${month}`;
      return zh ? `${year}年${m}月` : `${months[m - 1]} ${year}`;
    case 'quarter':
      if (short) return `${year.slice(2)}Q${q}`;
      return zh ? `${year}年第${q}季度` : `Q${q} ${year}`;
    case 'year':
      return zh && !short ? `${year}年` : year;
  }
}

/** How many periods one may look at, the first where nothing is asked. */
export const spans: Record<Grain, readonly number[]> = { day: [30, 14, 90, 365], week: [13, 26, 52, 104], month: [13, 24, 36], quarter: [8, 12, 20], year: [5, 10] };

/** The first day of the period that a day is in. */
export function beginOf(grain: Grain, day: string): string {
  const month = Number(day.slice(5, 7));
  switch (grain) {
    case 'day':
      return day;
    case 'week':
      return dayAfter(day, -((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7));
    case 'month':
      return `${day.slice(0, 7)}-01`;
    case 'quarter':
      return `${day.slice(0, 4)}-${String(Math.floor((month - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
    case 'year':
      return `${day.slice(0, 4)}-01-01`;
  }
}

/** The first day of so many periods of which a day is in the last. */
export function startOf(grain: Grain, day: string, count: number): string {
  const last = beginOf(grain, day);
  if (grain === 'day' || grain === 'week') return dayAfter(last, -(count - 1) * (grain === 'week' ? 7 : 1));
  const back = (count - 1) * { month: 1, quarter: 3, year: 12 }[grain];
  const n = Number(last.slice(0, 4)) * 12 + Number(last.slice(5, 7)) - 1 - back;
  return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01`;
}

/** A day as the address and the wire have it. */
export const isDay = (text: string | undefined): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') && !Number.isNaN(Date.parse(`${text}T12:00:00Z`));
