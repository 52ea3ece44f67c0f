// The metric that a recommendation is to move: as it was, as it is to be, and as it has come to. Pure.

import type { DocumentDossier } from '@client/flows';
import type { Language } from '@client/types';

import { dayOf } from '../../../lib/text/time';
import { periodName, startOf } from '../metric/period';
import { withUnit } from '../metric/sentence';
import type { Target, Value } from '../metric/values';
import type { Advice } from '../report/dossier';
import { words } from './words';

export type RecommendationDossier = DocumentDossier & {
  title: string;
  report: number;
  number?: number;
  advice: Advice;
  baseline?: string;
  target?: string;
  effect?: string;
};

/** Weeks that are drawn before it was made, and from then on at most. */
const [before, after] = [13, 52];

/** By weeks: what was done has an effect sooner than in a month. */
export const grain = 'week';

export function around(of: RecommendationDossier, today: string): { from: string; until: string } {
  const made = dayOf(of.created_at);
  const end = startOf(grain, made, -after);
  return { from: startOf(grain, made, before), until: end < today ? end : today };
}

/** What it is to come to; where nobody has said, nothing. */
export const aimOf = (of: RecommendationDossier): string | undefined => of.target ?? of.advice.target;

/** Of the periods from when it was made. */
export function targetAt(of: RecommendationDossier, period: { until: string }): Target | null {
  const aim = aimOf(of);
  return aim && /^-?\d+(\.\d+)?$/.test(aim) && period.until >= dayOf(of.created_at) ? { from: '', value: aim } : null;
}

/** "转化率：采纳时 56.1%，目标 60%，2026年第48周（11月23日起） 59.4%。" */
export function says(of: RecommendationDossier, name: string, unit: string, newest: Value | null, language: Language): string {
  const w = words[language];
  const aim = aimOf(of);
  const parts = [of.baseline ? w.baseline(withUnit(of.baseline, unit)) : '', aim ? w.target(withUnit(aim, unit)) : '', newest?.value != null ? w.now(periodName(grain, newest.from, language), withUnit(newest.value, unit)) : ''];
  const told = parts.filter(Boolean);
  if (!told.length) return name;
  return language === 'zh' ? `${name}：${told.join('，')}。` : `${name}: ${told.join(', ')}.`;
}
