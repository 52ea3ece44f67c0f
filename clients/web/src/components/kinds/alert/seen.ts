// What an alert saw, beside the figures around it. Pure.

import type { DocumentDossier } from '@client/flows';
import type { Language, Words } from '@client/types';

import { periodName, startOf } from '../metric/period';
import { withUnit } from '../metric/sentence';
import type { Grain, Target, Value } from '../metric/values';
import { words } from './words';

export type AlertDossier = DocumentDossier & {
  rule: number;
  metric: number;
  called: Words;
  period: Grain;
  by?: string;
  member?: string;
  from: string;
  until: string;
  value: string;
  usual?: string;
  low?: string;
  high?: string;
  why: Words;
  quietly?: string;
  forms?: { seen?: { data: { of: { runbook?: string } } } };
};

/** How many periods are drawn before what was seen. */
const before = 45;
/** And how many after it, at most. */
const after = 30;

/** The days that are looked at. */
export function around(of: AlertDossier, today: string): { from: string; until: string } {
  const last = startOf(of.period, today, 1);
  const end = startOf(of.period, of.until, -after);
  return { from: startOf(of.period, of.from, before), until: end < last ? end : today };
}

/** The range that would not have stood out, at the periods that it was said of. */
export function rangeAt(of: AlertDossier, from: string): Target | null {
  if (from < of.from || from > of.until || (!of.low && !of.high)) return null;
  return { from, ...(of.low ? { least: of.low } : {}), ...(of.high ? { most: of.high } : {}) };
}

/** The values of what was watched. */
export function watchedOf(of: AlertDossier, items: readonly Value[]): Value[] {
  return items.filter((v) => (v.member ?? '') === (of.member ?? ''));
}

/** "日订单数 · 2026年11月22日：50 单，低于 100。预期 98；正常 80～120。" */
export function says(of: AlertDossier, unit: string, language: Language): string {
  const w = words[language];
  const text = (value: string | undefined) => (value ? withUnit(value, unit) : '');
  const first = periodName(of.period, of.from, language);
  const what = `${of.called[language]}${of.member ? ` · ${of.member}` : ''}`;
  const more = [of.usual ? w.usual(text(of.usual)) : '', of.low || of.high ? w.range(text(of.low), text(of.high)) : ''].filter(Boolean);
  const end = language === 'zh' ? '。' : '.';
  const sentence = language === 'zh' ? `${what}，${first}：${text(of.value)}，${of.why.zh}` : `${what}, ${first}: ${text(of.value)}, ${of.why.en}`;
  return sentence + end + (more.length ? `${language === 'zh' ? '' : ' '}${more.join(language === 'zh' ? '；' : '; ')}${end}` : '');
}
