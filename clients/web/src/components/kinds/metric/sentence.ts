// What a chart shows, in one sentence; and values, changes and targets as they are read. Pure.

import type { Language } from '@client/types';

import { compare, grouped } from '../../../lib/text/decimal';
import { periodName } from './period';
import { changeOf, isBetter, isReached, newestOf, targetOf, yearAgo, type Change, type Direction, type Grain, type Line, type Target, type Value } from './values';
import { words } from './words';

/** "1,234.50 元", "12.50%". */
export function withUnit(value: string, unit: string): string {
  return unit === '%' ? `${grouped(value)}%` : unit ? `${grouped(value)} ${unit}` : grouped(value);
}

/** A value, or the reason why there is none: "– 没有数据", "– (no data)". */
export function valueText(of: Value | null, unit: string, language: Language): string {
  const w = words[language];
  if (of?.value != null) return withUnit(of.value, unit);
  const why = of?.why ? w.why[of.why] : w.noWhy;
  return language === 'zh' ? `${w.none}（${why}）` : `${w.none} (${why})`;
}

/** "+3.2%", "−1.2 个百分点". */
export function changeText(c: Change, unit: string, language: Language): string {
  if (c.in === 'percent') return c.by;
  if (c.in === 'points') return `${c.by} ${words[language].points}`;
  return withUnit(c.by, unit);
}

export const arrow = (c: Change): string => ({ up: '▲', down: '▼', same: '＝' })[c.way];

export function targetText(t: Target, unit: string, language: Language): string {
  if (t.value) return withUnit(t.value, unit);
  return words[language].between(t.least ? withUnit(t.least, unit) : '', t.most ? withUnit(t.most, unit) : '');
}

/** "上升 3.2%（向好）": how far, without its sign. */
function moved(c: Change, unit: string, direction: Direction, language: Language): string {
  const w = words[language];
  if (c.way === 'same') return w.same;
  const better = isBetter(c, direction);
  const far = changeText({ ...c, by: c.by.replace(/^[+−]/, '') }, unit, language);
  const judged = better === null ? '' : better ? w.better : w.worse;
  if (language === 'zh') return `${w[c.way]} ${far}${judged && `（${judged}）`}`;
  return `${w[c.way]} ${far}${judged && ` (${judged})`}`;
}

export interface Shown {
  name: string;
  unit: string;
  direction: Direction;
  grain: Grain;
  /** What is drawn. */
  lines: readonly Line[];
  /** All that is known of the one line, for the year before. */
  known: readonly (Value | null)[];
  targets: readonly Target[];
  /** What it is split by, as people call it. */
  by?: string | undefined;
}

/** What is to be seen: of one line how it stands and has moved, of several which is the most and the least. */
export function sentence(of: Shown, language: Language): string {
  return of.by === undefined ? ofOne(of, language) : ofMany(of, of.by, language);
}

/** In English. */
const during = (grain: Grain, period: string) => `${grain === 'day' ? 'on' : 'in'} ${period}`;

function ofOne({ name, unit, direction, grain, lines, known, targets }: Shown, language: Language): string {
  const w = words[language];
  const zh = language === 'zh';
  const values = lines[0]?.values ?? [];
  const now = newestOf(values);
  if (!now) return zh ? `${name}：${w.noValues}` : `${name}: ${w.noValues}`;
  const period = periodName(grain, now.from, language);
  if (now.value === null) {
    const why = now.why ? w.why[now.why] : w.noWhy;
    return zh ? `${name}：${period}没有数值（${why}）。` : `${name}: no value ${during(grain, period)} (${why}).`;
  }
  const open = now.state === 'closed' ? '' : zh ? `（${w.states[now.state]}）` : ` (${w.states[now.state]})`;
  const at = known.findIndex((v) => v?.from === now.from);
  const told = [zh ? `${period}为 ${withUnit(now.value, unit)}${open}` : `${withUnit(now.value, unit)} ${during(grain, period)}${open}`];
  const last = changeOf(known[at - 1], now, unit);
  if (last) told.push(zh ? `较${w.last[grain]}${moved(last, unit, direction, language)}` : `${moved(last, unit, direction, language)} on ${w.last[grain]}`);
  const ago = grain === 'year' ? null : changeOf(yearAgo(grain, now, known), now, unit);
  if (ago) told.push(zh ? `较${w.ago[grain]}${moved(ago, unit, direction, language)}` : `${moved(ago, unit, direction, language)} on ${w.ago[grain]}`);
  const target = targetOf(targets, grain, now);
  const reached = isReached(now.value, target, direction);
  if (target && reached !== null) {
    const text = targetText(target, unit, language);
    told.push(zh ? `目标 ${text}，${reached ? '已达成' : '未达成'}` : `target ${text} ${reached ? w.reached : w.missed}`);
  }
  return zh ? `${name}：${told.join('，')}。` : `${name}: ${told.join(', ')}.`;
}

function ofMany({ name, unit, grain, lines }: Shown, by: string, language: Language): string {
  const w = words[language];
  const zh = language === 'zh';
  // The newest period that is closed; of those not closed the newest, where there is no other.
  const all = lines.flatMap((l) => l.values.filter((v) => v !== null && v.value !== null) as Value[]);
  const newest = (among: Value[]) => among.reduce((most, v) => (v.from > most ? v.from : most), '');
  const from = newest(all.filter((v) => v.state === 'closed')) || newest(all);
  const there = lines.flatMap((l) => l.values.find((v) => v?.from === from && v.value !== null) ?? []);
  if (!there.length) return zh ? `${name}（按${by}）：${w.noValues}` : `${name} by ${by}: ${w.noValues}`;
  const sorted = byValue(there);
  const period = periodName(grain, from, language);
  const [most, least] = [sorted[0]!, sorted.at(-1)!];
  const one = (v: Value) => `${v.member} ${withUnit(v.value!, unit)}`;
  if (most === least) return zh ? `${name}（按${by}）：${period}为 ${one(most)}。` : `${name} by ${by}: ${one(most)} ${during(grain, period)}.`;
  return zh
    ? `${name}（按${by}，${there.length} 项）：${period}最高为 ${one(most)}，最低为 ${one(least)}。`
    : `${name} by ${by}, ${there.length} of them: ${during(grain, period)} the most is ${one(most)}, the least ${one(least)}.`;
}

/** The largest first. */
const byValue = (values: readonly Value[]) => [...values].sort((a, b) => compare(b.value!, a.value!) ?? 0);

/** What a sparkline shows. */
export function sparkSentence(values: readonly (Value | null)[], grain: Grain, unit: string, language: Language): string {
  const w = words[language];
  const there = values.filter((v): v is Value => v !== null && v.value !== null);
  if (!there.length) return w.noValues;
  const sorted = byValue(there);
  const [most, least, now] = [sorted.at(0)!, sorted.at(-1)!, there.at(-1)!];
  const say = (v: Value) => withUnit(v.value!, unit);
  return language === 'zh'
    ? `${w.spans[grain](values.length)}：最低 ${say(least)}，最高 ${say(most)}，最近 ${say(now)}`
    : `${w.spans[grain](values.length)}: least ${say(least)}, most ${say(most)}, newest ${say(now)}`;
}
