// What is read from the figures of a report: changes, targets, and what a change is made of. Decimals stay text. Pure.

import type { Language } from '@client/types';

import { compare, less, sum } from '../../../lib/text/decimal';
import { beginOf, periodName, startOf } from '../metric/period';
import { targetText, withUnit } from '../metric/sentence';
import { changeOf, type Change, type Grain, type Target, type Value } from '../metric/values';
import type { Difference, Figure, Mover, PlanQuality, ReportDossier, Snapshot, Written } from './dossier';
import { words } from './words';

/** What a report holds, in the order in which it is hashed: words, and figures once they were taken. */
export function contentOf(of: ReportDossier): { form: Written; snapshot?: Snapshot } | undefined {
  const [form, snapshot] = [of.forms.F11?.data.form, of.forms.figures?.data.snapshot];
  return form && (snapshot ? { form, snapshot } : { form });
}

/** By their metrics. */
export function byMetric(figures: readonly Figure[]): ReadonlyMap<number, Figure> {
  return new Map(figures.map((f) => [f.metric, f]));
}

const closed = (value: string | undefined): Value => ({ from: '', until: '', state: 'closed', value: value ?? null });
const now = (f: Figure): Value => ({ ...closed(f.value), state: f.state });

/** From the period before, and from a year ago; null where one of both is missing. */
export const fromLast = (f: Figure): Change | null => changeOf(closed(f.previous), now(f), f.unit);
export const fromYearAgo = (f: Figure): Change | null => changeOf(closed(f.year_ago), now(f), f.unit);

/** "290 – 330" has two ends, of which one may be open. */
export function targetOf(f: Figure): Target | null {
  if (!f.target) return null;
  const [least, most] = f.target.split(' – ').map((end) => end.trim());
  if (most === undefined) return { from: '', value: f.target };
  return { from: '', ...(least ? { least } : {}), ...(most ? { most } : {}) };
}

/** Those that may still change. */
export const unsettled = (figures: readonly Figure[]): Figure[] => figures.filter((f) => f.state !== 'closed');

export interface Moved {
  metric: number;
  dimension: string;
  members: Mover[];
  /** All that the named ones do not explain; null: nothing. */
  rest: string | null;
  /** Of the whole, which the parts come to. */
  before: string;
  after: string;
  change: string;
}

/** What changes are made of: the members of one dimension, the rest of them, and what both come to. The first stays first. */
export function movedOf({ figures, movers }: Snapshot): Moved[] {
  const whole = byMetric(figures);
  const groups = new Map<string, Mover[]>();
  for (const m of movers) groups.set(`${m.metric} ${m.dimension}`, [...(groups.get(`${m.metric} ${m.dimension}`) ?? []), m]);
  return [...groups.values()].flatMap((members): Moved[] => {
    const { metric, dimension } = members[0]!;
    const f = whole.get(metric);
    const change = f?.value && f.previous ? less(f.value, f.previous) : null;
    const told = sum(members.map((m) => m.contribution));
    if (change === null || told === null) return [];
    const rest = less(change, told)!;
    return [{ metric, dimension, members, rest: compare(rest, '0') === 0 ? null : rest, before: f!.previous!, after: f!.value!, change }];
  });
}

/** How long the bar of each part is drawn, between 0 and 1. */
export function lengths(parts: readonly string[]): number[] {
  const sizes = parts.map((p) => Math.abs(Number(p)) || 0);
  const most = Math.max(...sizes, 0);
  return sizes.map((n) => (most > 0 ? n / most : 0));
}

/** How many periods a small drawing has. */
const drawn: Record<Exclude<Grain, 'day'>, number> = { week: 13, month: 13, quarter: 8, year: 5 };

/** The days of a small drawing: it ends with the period of the report. */
export function daysDrawn(of: Pick<ReportDossier, 'kind' | 'from' | 'until'>): { from: string; until: string } {
  return { from: startOf(of.kind, beginOf(of.kind, of.from), drawn[of.kind]), until: of.until };
}

/** "12.50%"; what is missing is a dash. */
export const amount = (value: string | undefined, unit: string): string => (value === undefined ? '–' : withUnit(value, unit));

/** "目标 ≥ …": nothing where there is none. */
export function targetSays(f: Figure, language: Language): string {
  const target = targetOf(f);
  return target ? targetText(target, f.unit, language) : '';
}

/** "销售额 · 2026年第31周（7月27日起）：100 元 → 120 元". */
export function differenceSays(d: Difference, f: Figure | undefined, of: Pick<ReportDossier, 'kind' | 'from'>, language: Language): string {
  const unit = f?.unit ?? '';
  const name = f?.name[language] ?? words[language].metric(d.metric);
  const period = !f || d.period === f.period ? periodName(of.kind, of.from, language) : d.period;
  return `${name} · ${period}${language === 'zh' ? '：' : ': '}${amount(d.before, unit)} → ${amount(d.after, unit)}`;
}

/** Plans whose data was not all there, or not good; the rest is as it should be. */
export const faulty = (all: readonly PlanQuality[]): PlanQuality[] => all.filter((q) => [q.completeness, q.timeliness, q.accuracy].some((share) => share !== undefined && compare(share, '100') !== 0));
