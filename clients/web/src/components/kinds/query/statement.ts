// A statement while it is written: where in it something is wrong, the values that it takes, and names put into it. Pure.

import type { Problem, Words } from '@client/types';

import type { DataSet } from '../metric/values';

/** What stands for a marker: as it was asked with before it may be a number, or nothing. */
export type Given = string | number | null;

export interface Column {
  name: string;
  type: string;
}

export interface Answer {
  query: number;
  columns: Column[];
  /** There were more rows than were asked for. */
  cut: boolean;
  rows: (string | null)[][];
}

export const formats = ['csv', 'parquet', 'json'] as const;
export type Format = (typeof formats)[number];

export const limits = {
  /** Of a statement, in bytes. */
  bytes: 16 * 1024,
  /** Rows that the page asks for, and of those the ones that it shows at a time. */
  rows: 1_000,
  step: 200,
  /** Cells that are on the screen at first: a wide table shows fewer rows. */
  cells: 6_000,
  /** Rows of a file. */
  file: 100_000,
  markers: 100,
};

const sizes = new TextEncoder();

/** As it is sent, without what is around it, and how much of it was before that. */
export function sent(text: string): { sql: string; before: number } {
  const sql = text.trim();
  return { sql, before: sql ? text.indexOf(sql) : 0 };
}

export const isTooLong = (text: string) => text.length * 3 > limits.bytes && sizes.encode(sent(text).sql).length > limits.bytes;

/** Its texts, names in quotes and comments, each as blanks: what is left is where names and markers are looked for. */
export function bared(text: string): string {
  let bare = '';
  for (let at = 0; at < text.length; ) {
    const length = closedFrom(text, at);
    bare += length ? ' '.repeat(length) : text[at]!;
    at += length || 1;
  }
  return bare;
}

/** How long what begins here is, where it is one of these; what is not closed goes on to the end. */
function closedFrom(text: string, at: number): number {
  const upTo = (end: string, from: number) => {
    const found = text.indexOf(end, from);
    return (found < 0 ? text.length : found + end.length) - at;
  };
  const c = text[at]!;
  if (c === "'" || c === '"') {
    let length = upTo(c, at + 1);
    while (text[at + length] === c) length = upTo(c, at + length + 1);  // doubled, it is one of the text
    return length;
  }
  if (text.startsWith('--', at)) return upTo('\n', at);
  if (text.startsWith('/*', at)) return upTo('*/', at + 2);
  const dollars = c === '$' ? /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(at, at + 64)) : null;
  return dollars ? upTo(dollars[0], at + dollars[0].length) : 0;
}

/** How many values it takes: one for each `?`; those with a number, `?2` or `$2`, up to the highest. */
export function markersIn(text: string): number {
  let plain = 0;
  let highest = 0;
  for (const [, number] of bared(text).matchAll(/(?:\?|\$(?=\d))(\d*)/g)) {
    if (number) highest = Math.max(highest, Number(number));
    else plain++;
  }
  return Math.min(limits.markers, Math.max(plain, highest));
}

/** The values that are there, as many as it takes. */
export function givenFor(text: string, given: readonly Given[]): Given[] {
  return Array.from({ length: markersIn(text) }, (_, i) => (i < given.length ? given[i]! : ''));
}

/** Those of a record, which keeps them as JSON. */
export function givenIn(parameters: unknown): Given[] {
  if (typeof parameters !== 'string') return [];
  try {
    const all: unknown = JSON.parse(parameters);
    return Array.isArray(all) ? all.filter((v): v is Given => v === null || typeof v === 'string' || typeof v === 'number').slice(0, limits.markers) : [];
  } catch {
    return [];
  }
}

/** A place as it is said to people: both from 1, in characters. */
export interface Place {
  line: number;
  character: number;
}

/** Where the engine stopped reading. */
export function placeIn(problem: Problem): Place | null {
  for (const e of problem.errors ?? []) {
    const found = /\(line (\d{1,6}), character (\d{1,6})\)/.exec(e.en) ?? /（第 (\d{1,6}) 行第 (\d{1,6}) 字）/.exec(e.zh);
    if (found) return { line: Number(found[1]), character: Number(found[2]) };
  }
  return null;
}

/** What is wrong with it, without the whole of the refusal around it. */
export function faultIn(problem: Problem): Words | null {
  const found = problem.errors?.find((e) => e.pointer === '/sql' || e.pointer === '/params');
  return found ? { zh: found.zh, en: found.en } : null;
}

export interface Spot {
  /** In the text, for who wants to go there. */
  at: number;
  until: number;
  /** Its line, in three parts. */
  before: string;
  there: string;
  after: string;
}

/** Of the line not more than can be read beside its place, in characters. */
const around = 60;

/** A place in what was sent; null: there is no such line. */
export function spotOf(sql: string, place: Place): Spot | null {
  const lines = sql.split('\n');
  const line = lines[place.line - 1];
  if (line === undefined || place.character < 1) return null;
  const characters = [...line];  // not halves of them
  const n = Math.min(place.character - 1, characters.length);
  const first = lines.slice(0, place.line - 1).reduce((sum, l) => sum + l.length + 1, 0);
  // The word that is meant, or the one character where it is none.
  const word = /^[\p{L}\p{N}_]+/u.exec(characters.slice(n).join(''))?.[0] ?? characters[n] ?? '';
  const before = characters.slice(0, n).join('');
  const after = [...line.slice(before.length + word.length)];
  return {
    at: first + before.length,
    until: first + before.length + word.length,
    before: n > around ? `…${characters.slice(n - around, n).join('')}` : before,
    there: word,
    after: after.length > around ? `${after.slice(0, around).join('')}…` : after.join(''),
  };
}

// What a name can't be written as without quotes.
const reserved = new Set(
  ('all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc describe distinct do else end except false ' +
    'fetch for foreign from grant group having in initially intersect into lambda lateral leading limit not null offset on only or order pivot placing primary qualify references ' +
    'returning select show some summarize symmetric table then to trailing true union unique unpivot using variadic when where window with').split(' '),
);

export const named = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`);

/** The text with a name in place of what is chosen in it, apart from its neighbours; and where one goes on writing. */
export function inserted(text: string, from: number, until: number, name: string): { text: string; caret: number } {
  const before = text.slice(0, from);
  const after = text.slice(until);
  const put = `${before && !/[\s(.]$/.test(before) ? ' ' : ''}${named(name)}${after && !/^[\s),.;]/.test(after) ? ' ' : ''}`;
  return { text: before + put + after, caret: from + put.length };
}

export interface Table {
  name: string;
  /** What people call it. */
  called: Words;
  columns: { name: string; called: Words; type: string }[];
}

const alike = (text: string): Words => ({ zh: text, en: text });

/** What rows come from, which is the same of each set. */
const origin: Table['columns'] = [
  { name: '_delivery', called: { zh: '交付', en: 'Delivery' }, type: 'whole' },
  { name: '_line', called: { zh: '文件中的行', en: 'Line in the file' }, type: 'whole' },
];

/** The figures of metrics that are published. */
const figures: Table = {
  name: 'figures',
  called: { zh: '指标数值', en: 'Figures of metrics' },
  columns: [
    { name: 'metric', called: { zh: '指标代码', en: 'Code of the metric' }, type: 'text' },
    { name: 'grain', called: { zh: '粒度：day、week、month、quarter、year', en: 'Grain: day, week, month, quarter or year' }, type: 'text' },
    { name: 'period', called: { zh: '周期', en: 'Period' }, type: 'text' },
    { name: 'from', called: { zh: '起', en: 'From' }, type: 'day' },
    { name: 'until', called: { zh: '止', en: 'Until' }, type: 'day' },
    { name: 'dimension', called: { zh: '维度', en: 'Dimension' }, type: 'text' },
    { name: 'member', called: { zh: '成员', en: 'Member' }, type: 'text' },
    { name: 'value', called: { zh: '数值', en: 'Value' }, type: 'decimal' },
    { name: 'shown', called: { zh: '按指标小数位的数值', en: 'Value with the digits of its metric' }, type: 'text' },
    { name: 'why', called: { zh: '无数值的原因', en: 'Why there is none' }, type: 'text' },
    { name: 'unit', called: { zh: '单位', en: 'Unit' }, type: 'text' },
    { name: 'version', called: { zh: '口径版本', en: 'Version of the metric' }, type: 'whole' },
  ],
};

/** All that one may read, the sets by their names first; none where there is no set. */
export function tablesOf(sets: readonly DataSet[]): Table[] {
  if (!sets.length) return [];
  const all = sets.map((s): Table => ({
    name: s.set,
    called: alike(s.name ?? s.set),
    columns: [...s.columns.map((c) => ({ name: c.code, called: alike(c.unit ? `${c.name} (${c.unit})` : c.name), type: c.type })), ...origin],
  }));
  return [...all.sort((a, b) => (a.name < b.name ? -1 : 1)), figures];
}

/** How many rows are on the screen at first. */
export const firstOf = (answer: Answer) => Math.max(1, Math.min(limits.step, Math.floor(limits.cells / Math.max(1, answer.columns.length))));

export const isNumber = (type: string) => type === 'whole' || type === 'decimal' || type === 'number';

export const fileName = (query: string | null, format: Format) => `query-${/^\d{1,15}$/.test(query ?? '') ? query : 'rows'}.${format}`;
