// What is needed to draw values: here alone they become numbers. Pure.

import type { Line, Target, Value } from './values';

/** For drawing only: a pixel is less exact than any value. */
export function height(value: string | null | undefined): number | null {
  const n = value == null || value === '' ? NaN : Number(value);
  return Number.isFinite(n) ? n : null;
}

/** How lines are told apart without colour: dashes and markers. */
export const patterns = [
  { dash: [], mark: 'circle', colour: '--accent' },
  { dash: [8, 4], mark: 'square', colour: '--warn' },
  { dash: [2, 3], mark: 'triangle', colour: '--good' },
  { dash: [10, 3, 2, 3], mark: 'diamond', colour: '--bad' },
  { dash: [5, 2], mark: 'cross', colour: '--text' },
  { dash: [12, 5], mark: 'plus', colour: '--muted' },
  { dash: [3, 6], mark: 'down', colour: '--accent' },
  { dash: [8, 3, 2, 3, 2, 3], mark: 'star', colour: '--warn' },
] as const;
export type Mark = (typeof patterns)[number]['mark'];
/** As many lines are in one chart at most. */
export const linesMost = patterns.length;

/** Of what is not closed yet. */
export const unclosedDash = [3, 3];

/** A step that people count in: 1, 2 or 5 of a power of ten. */
export function step(span: number, parts: number): number {
  const raw = span / Math.max(1, parts);
  if (!(raw > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((n) => n * power).find((s) => s >= raw * 0.999) ?? 10 * power;
}

/** From where to where the axis goes; from 0, unless what there is to see would be lost. */
export function domain(values: readonly (number | null)[]): { from: number; to: number; zero: boolean } {
  const there = values.filter((v): v is number => v !== null);
  if (!there.length) return { from: 0, to: 1, zero: true };
  let [low, high] = [Math.min(...there), Math.max(...there)];
  // Less than a third of the height would be used.
  const crammed = (low > 0 && low > high * 0.67) || (high < 0 && high < low * 0.67);
  if (!crammed) [low, high] = [Math.min(0, low), Math.max(0, high)];
  if (low === high) [low, high] = crammed ? [low - Math.abs(low) * 0.1, high + Math.abs(high) * 0.1] : [0, 1];
  const by = step(high - low, 4);
  const [from, to] = [Math.floor(low / by) * by, Math.ceil(high / by) * by];
  return { from, to, zero: from <= 0 && to >= 0 };
}

/** All heights that have to be within a chart. */
export function heightsOf(lines: readonly Line[], targets: readonly (Target | null)[]): (number | null)[] {
  return [...lines.flatMap((l) => l.values.map((v) => height(v?.value))), ...targets.flatMap((t) => [height(t?.value), height(t?.least), height(t?.most)])];
}

/** A line in two: what is closed, and from its end on what is not. */
export function inTwo(values: readonly (Value | null)[]): { closed: (number | null)[]; unclosed: (number | null)[] } {
  const heights = values.map((v) => height(v?.value));
  const first = values.findIndex((v) => v !== null && v.state !== 'closed');
  if (first < 0) return { closed: heights, unclosed: heights.map(() => null) };
  // A period between may be closed late: all after the first that is not counts as not closed.
  const last = heights.slice(0, first).findLastIndex((h) => h !== null);
  return { closed: heights.map((h, i) => (i < first ? h : null)), unclosed: heights.map((h, i) => (i >= first || i === last ? h : null)) };
}

/** Where labels stand so that none is on another: each as near to where it belongs as there is room, in the order of their places. */
export function spread(at: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = at.map((_, i) => i).sort((a, b) => at[a]! - at[b]!);
  const placed = [...at];
  let above = top - gap;
  for (const i of order) above = placed[i] = Math.max(placed[i]!, above + gap);
  let below = bottom + gap;
  for (const i of order.toReversed()) below = placed[i] = Math.min(placed[i]!, below - gap);
  return placed;
}

/** A path through the heights of a small drawing; where one is missing it is broken. */
export function sparkPath(values: readonly (number | null)[], width: number, tall: number, { x, y } = sparkPlaces(values, width, tall)): string {
  let down = false;
  return values
    .map((v, i) => {
      if (v === null) return (down = false), '';
      const to = `${down ? 'L' : 'M'}${x(i)} ${y(v)}`;
      down = true;
      return to;
    })
    .join('');
}

export function sparkPlaces(values: readonly (number | null)[], width: number, tall: number) {
  const there = values.filter((v): v is number => v !== null);
  const [low, high] = there.length ? [Math.min(...there), Math.max(...there)] : [0, 1];
  const round = (n: number) => Math.round(n * 10) / 10;
  const inset = 3;
  return {
    x: (i: number) => round(inset + (i * (width - 2 * inset)) / Math.max(1, values.length - 1)),
    y: (v: number) => round(high === low ? tall / 2 : tall - inset - ((v - low) / (high - low)) * (tall - 2 * inset)),
  };
}

/** Which labels of an axis are said, so that they don't touch: every so many. */
export function every(count: number, width: number, each: number): number {
  return Math.max(1, Math.ceil((count * each) / Math.max(1, width)));
}
