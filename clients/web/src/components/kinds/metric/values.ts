// The values of a metric, as the server gives them, and what is read from them: the period before, a year ago, the target. Values are
// exact decimals, as text; they become numbers where they are drawn (scale.ts) and nowhere else. Pure.

import type { DocumentDossier, FlowRow } from '@client/flows';
import type { Words } from '@client/types';

import { compare, difference, grouped, percentChange } from '../../../lib/text/decimal';
import { dayAfter } from '../../../lib/text/time';

export const grains = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof grains)[number];
export type State = 'open' | 'settling' | 'closed';
export type Why = 'no_data' | 'partial' | 'not_yet' | 'zero_denominator';
export type Direction = 'up' | 'down' | 'within';

export interface Value {
  from: string;
  until: string;
  /** Where it is split by a dimension. */
  member?: string;
  state: State;
  value: string | null;
  why?: Why;
}

export interface Target {
  /** Left out: of the periods that were asked for. */
  period?: Grain;
  from: string;
  until?: string;
  value?: string;
  least?: string;
  most?: string;
}

export interface Answer {
  position: number;
  metric: { id: number; code: string; name: Words; unit: string; digits: number; direction: Direction; version: number };
  grain: Grain;
  from: string;
  until: string;
  by?: string;
  data_position: number;
  /** What is not in the warehouse yet. */
  behind?: number;
  dimensions: string[];
  items: Value[];
  targets: Target[];
}

export interface MetricRow extends FlowRow {
  code: string;
  name: Words;
  unit: string;
  direction: Direction;
  owner: number;
  department: string;
}

/** `sets`: what its formula rests on, of today. */
export type MetricDossier = DocumentDossier & Omit<MetricRow, keyof FlowRow> & { sets?: string[]; dimensions?: string[] };

/** A set of rows that was collected. */
export interface DataSet {
  set: string;
  collection: number;
  name: string;
  rows: number;
  columns: { code: string; name: string; type: string; unit?: string }[];
}

export interface Rows {
  columns: (string | { code: string; name: string })[];
  items: { values: (string | null)[]; delivery: number; line: number }[];
  next?: string | null;
}

/** Those of one grain, by their days. */
export function periodsOf(items: readonly Value[]): { from: string; until: string; state: State }[] {
  const all = new Map<string, { from: string; until: string; state: State }>();
  for (const { from, until, state } of items) if (!all.has(from)) all.set(from, { from, until, state });
  return [...all.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

export interface Line {
  /** Empty: it is not split. */
  member: string;
  /** One for each period; null: there is none of this member. */
  values: (Value | null)[];
}

/** A line for each member, those first whose newest value is the largest. */
export function linesOf(items: readonly Value[]): Line[] {
  const at = new Map(periodsOf(items).map((p, i) => [p.from, i]));
  const lines = new Map<string, (Value | null)[]>();
  for (const one of items) {
    const member = one.member ?? '';
    if (!lines.has(member)) lines.set(member, new Array<Value | null>(at.size).fill(null));
    lines.get(member)![at.get(one.from)!] = one;
  }
  const newest = (l: Line) => l.values.findLast((v) => v?.value != null)?.value ?? null;
  const all = [...lines].map(([member, values]) => ({ member, values }));
  return all.sort((a, b) => {
    const [x, y] = [newest(a), newest(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return compare(y, x) || (a.member < b.member ? -1 : 1);
  });
}

/** The first day of the same period a year before; of a week the one 52 weeks before. */
export function yearBefore(grain: Grain, from: string): string {
  return grain === 'week' ? dayAfter(from, -364) : `${Number(from.slice(0, 4)) - 1}${from.slice(4)}`;
}

export function yearAgo(grain: Grain, of: Value, among: readonly (Value | null)[]): Value | null {
  const from = yearBefore(grain, of.from);
  return among.find((v) => v?.from === from) ?? null;
}

export interface Change {
  /** "+3.2%", "−1.2" and what those are. */
  by: string;
  /** A share of what was, percentage points, or an amount where there is no share. */
  in: 'percent' | 'points' | 'amount';
  way: 'up' | 'down' | 'same';
}

/** From one value to another; null where one of them is missing, or not whole yet. Of shares it is in points. */
export function changeOf(before: Value | null | undefined, now: Value | null | undefined, unit: string): Change | null {
  if (!before?.value || !now?.value || before.state === 'open' || now.state === 'open') return null;
  const by = difference(before.value, now.value);
  if (by === null) return null;
  const way = by === '0' ? 'same' : by.startsWith('−') ? 'down' : 'up';
  if (unit === '%') return { by: grouped(by), in: 'points', way };
  const share = percentChange(before.value, now.value);
  return share === null ? { by: grouped(by), in: 'amount', way } : { by: `${share}%`, in: 'percent', way };
}

/** Whether a change is for the better; null: it is neither, or nobody can say. */
export function isBetter(change: Change, direction: Direction): boolean | null {
  return direction === 'within' || change.way === 'same' ? null : change.way === direction;
}

/** The one that holds for a period. */
export function targetOf(targets: readonly Target[], grain: Grain, period: { from: string }): Target | null {
  const holds = (t: Target) => (t.period ?? grain) === grain && t.from <= period.from && (!t.until || t.until >= period.from);
  // Of several the one that was set from a later day on.
  return targets.filter(holds).sort((a, b) => (a.from < b.from ? 1 : -1))[0] ?? null;
}

/** Whether a value reaches its target; null: there is no value, or no target that says so. */
export function isReached(value: string | null, target: Target | null, direction: Direction): boolean | null {
  if (value === null || !target) return null;
  if (direction === 'within') {
    if (!target.least && !target.most) return null;
    return (!target.least || (compare(value, target.least) ?? 0) >= 0) && (!target.most || (compare(value, target.most) ?? 0) <= 0);
  }
  const by = target.value ? compare(value, target.value) : null;
  return by === null ? null : direction === 'up' ? by >= 0 : by <= 0;
}

/** The newest that is closed and has a value; else the newest with a value; else the newest. */
export function newestOf(values: readonly (Value | null)[]): Value | null {
  const there = values.filter((v) => v !== null);
  return there.findLast((v) => v.state === 'closed' && v.value !== null) ?? there.findLast((v) => v.value !== null) ?? there.at(-1) ?? null;
}
