import type { Problem } from '@client/types';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { DataSet } from '../src/components/kinds/metric/values';
import { Desk } from '../src/components/kinds/query/desk.svelte';
import { bared, faultIn, fileName, firstOf, givenFor, givenIn, inserted, isTooLong, limits, markersIn, named, placeIn, sent, spotOf, tablesOf, type Answer } from '../src/components/kinds/query/statement';
import { words } from '../src/components/kinds/query/words';
import { Drafts } from '../src/lib/forms/drafts.svelte';
import { KeptDrafts } from '../src/lib/state/kept';

const refusal = (zh: string, en: string, pointer = '/sql'): Problem => ({
  type: '', title: '', status: 422, code: 'statement_refused', detail: en, zh: '语句没有执行', en: 'The statement was not run', errors: [{ pointer, detail: en, zh, en }],
});

describe('where a statement is wrong', () => {
  const wrong = refusal('语句有误（第 2 行第 14 字）：syntax error', 'the statement is wrong (line 2, character 14): syntax error');

  it('is read from what the server says, in whichever language', () => {
    expect(placeIn(wrong)).toEqual({ line: 2, character: 14 });
    expect(placeIn(refusal('语句有误（第 2 行第 14 字）：x', 'x'))).toEqual({ line: 2, character: 14 });
    expect(placeIn(refusal('没有数据集 x', 'there is no set x'))).toBeNull();
    expect(placeIn({ ...wrong, errors: [] })).toBeNull();
    expect(faultIn(wrong)?.zh).toContain('语句有误');
    expect(faultIn(refusal('x', 'x', '/limit'))).toBeNull();
  });

  it('is shown with its line, in characters and not in halves of them', () => {
    const spot = spotOf('SELECT 1\nFROM "渠道𠀀" FRM x', { line: 2, character: 12 })!;
    expect([spot.before, spot.there, spot.after]).toEqual(['FROM "渠道𠀀" ', 'FRM', ' x']);
    expect('SELECT 1\nFROM "渠道𠀀" FRM x'.slice(spot.at, spot.until)).toBe('FRM');
  });

  it('may be a sign, or the end of it', () => {
    expect(spotOf('SELECT )', { line: 1, character: 8 })).toMatchObject({ before: 'SELECT ', there: ')', after: '' });
    expect(spotOf('SELECT', { line: 1, character: 7 })).toEqual({ at: 6, until: 6, before: 'SELECT', there: '', after: '' });
    expect(spotOf('SELECT', { line: 1, character: 99 })).toMatchObject({ at: 6, there: '' });
    expect(spotOf('SELECT', { line: 2, character: 1 })).toBeNull();
  });

  it('is seen in a long line as well', () => {
    const spot = spotOf(`${'x'.repeat(500)} FRM ${'y'.repeat(500)}`, { line: 1, character: 502 })!;
    expect([spot.before.length, spot.there, spot.after.length, spot.at]).toEqual([61, 'FRM', 61, 501]);
  });

  it('is counted from where the statement begins, whatever is around it', () => {
    expect(sent('\n\n  SELECT 1\n')).toEqual({ sql: 'SELECT 1', before: 4 });
    expect(sent(' \n ')).toEqual({ sql: '', before: 0 });
  });
});

describe('the values of a statement', () => {
  it('are as many as its markers, and none in texts, names or comments', () => {
    expect(markersIn("SELECT ? -- why?\nWHERE a = '?' AND \"b?\" = ? /* ?\n? */ AND c = 'it''s?'")).toBe(2);
    expect(markersIn('SELECT $$ ? $$, $a$ ? $$ ? $a$, ?')).toBe(1);
    expect(markersIn('SELECT ?2, $1, $3')).toBe(3);
    expect(markersIn("SELECT 'not closed ?")).toBe(0);
    expect(markersIn('?'.repeat(500))).toBe(limits.markers);
  });

  it('leave the rest of it where it was', () => {
    expect(bared("SELECT 'a' -- b\n, \"c\" d")).toBe(`SELECT ${' '.repeat(9)},     d`);
  });

  it('stay when others are added, and are those of a record', () => {
    expect(givenFor('SELECT ?, ?', ['x'])).toEqual(['x', '']);
    expect(givenFor('SELECT ?', [null, 'y'])).toEqual([null]);
    expect(givenIn('["2026-11-02",7,null]')).toEqual(['2026-11-02', 7, null]);
    expect([givenIn(undefined), givenIn('{'), givenIn('{}'), givenIn('[[1],true]')]).toEqual([[], [], [], []]);
  });
});

describe('names', () => {
  it('have quotes where they must', () => {
    expect(['orders', 'from', 'Orders', '渠道', 'a"b', '_line', '1st'].map(named)).toEqual(['orders', '"from"', '"Orders"', '"渠道"', '"a""b"', '_line', '"1st"']);
  });

  it('are put where one writes, apart from their neighbours', () => {
    expect(inserted('SELECT FROM orders', 6, 6, 'amount')).toEqual({ text: 'SELECT amount FROM orders', caret: 13 });
    expect(inserted('sum()', 4, 4, 'amount')).toEqual({ text: 'sum(amount)', caret: 10 });
    expect(inserted('SELECT xxx FROM', 7, 10, 'from').text).toBe('SELECT "from" FROM');
    expect(inserted('o.', 2, 2, 'amount').text).toBe('o.amount');
    expect(inserted('', 0, 0, 'orders')).toEqual({ text: 'orders', caret: 6 });
  });

  it('are of the sets that one may see, and of the figures beside them', () => {
    const orders = { set: 'orders', collection: 1, name: '订单', rows: 6, columns: [{ code: 'amount', name: '金额', type: 'decimal', unit: '元' }] } as DataSet;
    const all = tablesOf([{ ...orders, set: 'visits' }, orders]);
    expect(all.map((t) => t.name)).toEqual(['orders', 'visits', 'figures']);
    expect(all[0]!.columns.map((c) => [c.name, c.called.zh])).toEqual([['amount', '金额 (元)'], ['_delivery', '交付'], ['_line', '文件中的行']]);
    expect(tablesOf([])).toEqual([]);
    expect(tablesOf([{ ...orders, name: undefined } as unknown as DataSet])[0]!.called.en).toBe('orders');
  });
});

describe('what is answered', () => {
  const answer = (columns: number): Answer => ({ query: 4, cut: false, columns: Array.from({ length: columns }, (_, i) => ({ name: `c${i}`, type: 'text' })), rows: [] });

  it('is on the screen in parts, the fewer rows the wider they are', () => {
    expect([firstOf(answer(3)), firstOf(answer(100)), firstOf(answer(9_000)), firstOf(answer(0))]).toEqual([200, 60, 1, 200]);
  });

  it('is a file called by its record, whatever the header says', () => {
    expect([fileName('12', 'csv'), fileName(null, 'parquet'), fileName('../x', 'json')]).toEqual(['query-12.csv', 'query-rows.parquet', 'query-rows.json']);
  });

  it('says how many rows there are, and that there are more', () => {
    expect(words.zh.answered(1000, '0.4', true)).toBe('前 1,000 行，还有更多 · 0.4 秒');
    expect([words.en.answered(1, '0.4', false), words.en.answered(1000, '0.4', true)]).toEqual(['1 row · 0.4 s', 'The first 1,000 rows; there are more · 0.4 s']);
  });

  it('is refused before it is asked where it is longer than a record may be', () => {
    expect([isTooLong('x'.repeat(limits.bytes)), isTooLong('x'.repeat(limits.bytes + 1)), isTooLong('量'.repeat(6_000)), isTooLong(`${' '.repeat(99_999)}x`)]).toEqual([false, true, true, false]);
  });
});

class Storage {
  all = new Map<string, string>();
  get length() {
    return this.all.size;
  }
  key = (i: number) => [...this.all.keys()][i] ?? null;
  getItem = (k: string) => this.all.get(k) ?? null;
  removeItem = (k: string) => void this.all.delete(k);
  setItem = (k: string, v: string) => void this.all.set(k, v);
}

describe('the desk', () => {
  const storage = new Storage();
  const desk = () => new Desk(new Drafts(3, new KeptDrafts(3, storage)));
  afterEach(() => {
    storage.all.clear();
    vi.unstubAllGlobals();
  });
  const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'opsroom-query': '5', 'opsroom-cut': 'yes' } });

  it('keeps what was written with its values, until it is thrown away', () => {
    const first = desk();
    first.text = 'SELECT ?';
    first.given = ['x'];
    first.keep('#/queries');
    const second = desk();
    expect([second.text, second.params, second.restoredAt !== null]).toEqual(['SELECT ?', ['x'], true]);
    second.throwAway();
    expect([second.text, second.restoredAt, desk().text]).toEqual(['', null, '']);
    second.text = ' ';
    second.keep('#/queries');
    expect(storage.length).toBe(0);
  });

  it('asks for what is written, once, under a key of its own, and for files what was answered', async () => {
    const asked: { url: string; body: unknown; key: string | undefined }[] = [];
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      asked.push({ url, body: JSON.parse(init.body as string), key: (init.headers as Record<string, string>)['idempotency-key'] });
      return json({ query: 4, columns: [{ name: 'n', type: 'whole' }], cut: false, rows: [['6']] });
    });
    const one = desk();
    one.text = '  SELECT ? ';
    one.given = ['7'];
    const running = one.run();
    void one.run();  // as long as it runs there is no other
    await running;
    expect(asked).toHaveLength(1);
    expect([asked[0]!.url.endsWith('/api/v1/data/sql'), asked[0]!.body]).toEqual([true, { sql: 'SELECT ?', params: ['7'], limit: limits.rows }]);
    expect([one.answer?.said.rows, one.running]).toEqual([[['6']], null]);
    one.text = 'SELECT 2';
    let given = '';
    await one.save('csv', (_, name) => (given = name));
    expect(asked[1]!.body).toEqual({ sql: 'SELECT ?', params: ['7'], format: 'csv', limit: limits.file });
    expect([given, one.saved, asked[0]!.key !== asked[1]!.key]).toEqual(['query-5.csv', { name: 'query-5.csv', cut: true }, true]);
  });

  it('asks nothing where nothing, or too much, is written', async () => {
    const fetched = vi.fn();
    vi.stubGlobal('fetch', fetched);
    const one = desk();
    await one.run();
    one.text = 'x'.repeat(20_000);
    await one.run();
    await one.save('csv', () => {});
    expect([fetched.mock.calls.length, one.tried, one.running]).toEqual([0, true, null]);
  });

  it('says why not, and that it is no longer waited for', async () => {
    vi.stubGlobal('fetch', async () => json({ ...refusal('没有', 'there is no set x') }, 422));
    const one = desk();
    one.text = 'SELECT * FROM x';
    await one.run();
    expect([one.refused?.problem.code, one.answer, one.stopped]).toEqual(['statement_refused', null, false]);
    let asked = 0;
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      asked++;
      return new Promise((_go, no) => init.signal!.addEventListener('abort', () => no(init.signal!.reason)));
    });
    const running = one.run();
    await vi.waitFor(() => expect(asked).toBe(1));
    one.stop();
    await running;
    expect([one.refused, one.stopped, one.running]).toEqual([null, true, null]);
  });

  it('takes the statement of a record, and gives back what was there', async () => {
    vi.stubGlobal('fetch', async () => json({ id: 4, forms: { statement: { position: 1, data: { statement: 'SELECT ?', parameters: '[null]' } } } }));
    const one = desk();
    one.text = 'SELECT 1';
    await one.take(4);
    expect([one.text, one.params, one.taken?.query]).toEqual(['SELECT ?', [null], 4]);
    one.giveBack();
    expect([one.text, one.taken]).toEqual(['SELECT 1', null]);
    one.text = '';
    await one.take(4);
    expect(one.taken).toEqual({ query: 4, before: null });
  });
});
