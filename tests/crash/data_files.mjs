// Files of orders as they are delivered, and what is right of each: which rows are good, and what they come to.

/** Numbers that are the same for the same seed. */
export function chance(seed) {
  let s = seed >>> 0;
  const next = () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return { below, between: (from, to) => from + below(to - from + 1), pick: (list) => list[below(list.length)], share: (part) => next() < part };
}

const head = '订单号,下单日期,渠道,金额\n';
const channels = ['门店', '小程序', '外卖'];
export const money = (cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

const column = (name, code, type, role, more = {}) =>
  ({ name, code, type, role, nature: 'flow', places: 0, key: false, required: true, personal: false, treatment: 'keep', values: [], ...more });

/** How such files are read. That they are late, and of all sizes, is no fault of theirs here. */
export const plan_of = (source, owner) => ({
  name: '订单', source, holds: 'business', purpose: '日报与渠道分析', set: 'orders', row_unit: '单', way: 'upload',
  reading: { type: 'csv', encoding: 'utf8', separator: 'comma', skip: 0, skip_end: 0 },
  columns: [
    column('订单号', 'no', 'text', 'label', { key: true }),
    column('下单日期', 'ordered_on', 'day', 'day'),
    column('渠道', 'channel', 'text', 'dimension'),
    column('金额', 'amount', 'decimal', 'field', { unit: '元', places: 2, hard_least: '0' }),
  ],
  schedule: { rhythm: 'daily', due_minutes: 600, grace_minutes: 120, settling_days: 2 },
  checks: [{ check: 'freshness', severity: 'off' }, { check: 'volume', severity: 'off' }], owner, extras: { form: 1, fields: [], attachments: [] },
});

const text_of = (r, day, i) => `${r.no},${day},${r.channel},${i % 7 === 3 ? `"${Math.floor(r.cents / 100).toLocaleString('en')}.${String(r.cents % 100).padStart(2, '0')}"` : money(r.cents)}\n`;

/** A line that is rejected; the last kind repeats the key of a row before it. */
function bad_line(by, day, tag, i, before) {
  switch (by.below(before ? 5 : 4)) {
    case 0: return `${tag}-b${i},${day},门店,多\n`;
    case 1: return `${tag}-b${i},${day},门店,-5\n`;
    case 2: return 'short\n';
    case 3: return `${tag}-b${i},2020-01-01,门店,1\n`;
    default: return `${before.no},${day},门店,1\n`;
  }
}

/** Rows that are `before` for the most part, and some that are not. */
function corrected(by, before, tag) {
  const rows = [];
  for (const r of before) {
    const what = by.below(20);
    if (what > 1) rows.push(r);
    else if (what === 1) rows.push({ ...r, cents: r.cents + 1 + by.below(9_999) });
  }
  for (let i = by.between(1, 3); i > 0; --i) rows.push({ no: `${tag}-a${i}`, channel: by.pick(channels), cents: by.below(1_000_000) });
  return rows;
}

/** Of one day: `rows` new ones, or those of an earlier file corrected, with so many `bad` ones between them. `good` has them by line. */
export function file_of(by, day, tag, { rows = 0, bad = 0, before = null }) {
  const all = before ? corrected(by, before.values(), tag) : Array.from({ length: rows }, (_, i) => ({ no: `${tag}-${i}`, channel: by.pick(channels), cents: by.below(1_000_000) }));
  const bad_after = new Set(Array.from({ length: bad }, () => by.below(all.length)));
  const good = new Map();
  const parts = [head];
  let line = 1, rejected = 0;
  all.forEach((r, i) => {
    good.set(++line, r);
    parts.push(text_of(r, day, i));
    if (!bad_after.has(i)) return;
    ++line, ++rejected;
    parts.push(bad_line(by, day, tag, i, all[by.below(i + 1)]));
  });
  return { day, content: Buffer.from(parts.join('')), good, rejected };
}

/** One that can't be read by the plan at all. */
export const strange_file = (day, tag) => ({ day, content: Buffer.from(`甲,乙\n${tag},2\n`), good: new Map(), rejected: 0, strange: true });

/** How many rows of `now` are not in `then`, or the other way round, whichever are more. */
export function restated(now, then) {
  const keyed = (rows) => new Map([...rows.values()].map((r) => [r.no, `${r.channel} ${r.cents}`]));
  const a = keyed(now), b = keyed(then);
  const missing = (some, other) => [...some].filter(([no, is]) => other.get(no) !== is).length;
  return Math.max(missing(a, b), missing(b, a));
}

/** A set as CSV, row by row. */
export function rows_in(text) {
  const [first, ...rest] = text.replace(/^\ufeff/, '').split('\r\n');
  const names = first.split(',');
  if (rest.pop() !== '') throw new Error('the last line is cut off');
  return rest.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
  });
}

/** What is wrong with rows of the set, where they should be those of `files` (by delivery); the first of it, or nothing. */
export function difference(rows, files) {
  const left = new Map([...files].map(([id, file]) => [String(id), new Set(file.good.keys())]));
  for (const r of rows) {
    const line = Number(r._line), lines = left.get(r._delivery);
    if (!lines) return `a row of delivery ${r._delivery}, which is not in force: ${JSON.stringify(r)}`;
    const file = files.get(Number(r._delivery)), is = file.good.get(line);
    if (!is) return `line ${line} of delivery ${r._delivery} was not good`;
    if (!lines.delete(line)) return `line ${line} of delivery ${r._delivery} is there twice`;
    if (r.no !== is.no || r.ordered_on !== file.day || r.channel !== is.channel || r.amount !== money(is.cents)) return `delivery ${r._delivery}, line ${line}: ${JSON.stringify(r)} is not ${JSON.stringify(is)}`;
  }
  for (const [id, lines] of left)
    if (lines.size) return `of delivery ${id} ${lines.size} rows are missing, line ${[...lines][0]} the first`;
  return null;
}
