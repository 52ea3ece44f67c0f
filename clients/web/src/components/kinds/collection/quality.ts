// How good a plan's data is, week by week: complete, in time, right. Pure.

import type { Language } from '@client/types';

import { inPercent } from '../../../lib/text/decimal';

export interface Week {
  week: string;
  from: string;
  until: string;
  completeness: { received: number; expected: number; share: string | null };
  timeliness: { on_time: number; due: number; share: string | null; median_hours?: number | string | null; p90_hours?: number | string | null };
  accuracy: { rows: number; faulty: number; share: string | null };
}

export interface Measured {
  name: 'completeness' | 'timeliness' | 'accuracy';
  /** "99.87%"; null: nothing was due, and absent is not zero. */
  share: string | null;
  /** For drawing only, from 0 to 1. */
  long: number;
  part: number;
  whole: number;
}

/** The three of a week, as they are read. */
export function measured(week: Week): Measured[] {
  const one = (name: Measured['name'], share: string | null, part: number, whole: number): Measured => {
    const percent = share === null ? null : inPercent(share);
    return { name, share: percent === null ? null : `${percent}%`, long: percent === null ? 0 : Math.max(0, Math.min(1, Number(share))), part, whole };
  };
  const { completeness: c, timeliness: t, accuracy: a } = week;
  return [one('completeness', c.share, c.received, c.expected), one('timeliness', t.share, t.on_time, t.due), one('accuracy', a.share, Math.max(0, a.rows - a.faulty), a.rows)];
}

/** How late what was late came; empty where nobody says so. */
export function lateness({ timeliness: t }: Week, language: Language): string {
  if (t.median_hours == null) return '';
  const p90 = t.p90_hours == null ? '' : language === 'zh' ? `，九成在 ${t.p90_hours} 小时内` : `, 9 of 10 within ${t.p90_hours} h`;
  return language === 'zh' ? `迟到中位 ${t.median_hours} 小时${p90}` : `late by ${t.median_hours} h (median)${p90}`;
}
