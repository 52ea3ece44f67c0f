import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import axe from 'axe-core';

import { day } from '../forms.mjs';
import { analyst, english, manager, password } from '../people.mjs';

// SQL on what was collected (S4.2.2): written, run, wrong at its place, refused, taken away as a file; each run is on record, and is run again from there.
export default async function (room) {
  const [da, om] = [await room.server.member(analyst, password), await room.server.member(manager, password)];
  const [mine, boss, other] = [await room.page(), await room.page(), await room.page({ locale: 'en-GB' })];
  for (const [page, login] of [[mine, analyst], [boss, manager], [other, english]]) await room.logIn(page, login, password);

  const stamp = Date.now();
  const set = `asked_${stamp}`;
  const on = day(-1);
  const extras = { form: 1, fields: [], attachments: [] };
  const number = (made) => Number(made.stream.split('/')[1]);
  const to = (page, place) => page.goto(`${room.server.url}/#/${place}`);
  const box = '[data-testid=sql-statement]';
  const result = '[data-testid=sql-result]';
  const fault = '[data-testid=sql-fault]';
  const sums = `SELECT channel, sum(amount) AS total, count(*) AS n FROM ${set} GROUP BY channel ORDER BY total DESC`;

  async function run(page, sql) {
    await page.fill(box, sql);
    await page.press(box, 'Control+Enter');
  }
  /** Of the rows that are on the screen, without their numbers. */
  const rows = (page) => page.locator(`${result} tbody tr`).evaluateAll((all) => all.map((r) => [...r.querySelectorAll('td')].map((c) => c.textContent)));
  const chosen = (page) => page.$eval(box, (b) => b.value.slice(b.selectionStart, b.selectionEnd));
  const recordOf = async (page) => (await page.getAttribute('[data-testid=sql-record]', 'href')).replace('#/', '');
  let record = '';

  await room.test('sql: data come in', async () => {
    const source = await da('source.register', undefined, { form: { name: `订单库 ${stamp}`, kind: 'internal', holds: ['business'], description: '订单', access: '只读', owner: da.id, extras } });
    await da('source.connect', source.stream, { note: '试取成功' });
    const column = (name, code, type, role, more = {}) =>
      ({ name, code, type, role, nature: 'flow', places: 0, key: false, required: true, personal: false, treatment: 'keep', values: [], ...more });
    const plan = await da('collection.draft', undefined, { form: {
      name: `订单 ${stamp}`, source: number(source), holds: 'business', purpose: '日报', set, row_unit: '单', way: 'upload',
      reading: { type: 'csv', encoding: 'utf8', separator: 'comma', skip: 0, skip_end: 0 },
      columns: [column('订单号', 'no', 'text', 'label', { key: true }), column('下单日期', 'ordered_on', 'day', 'day'), column('渠道', 'channel', 'text', 'dimension'),
        column('金额', 'amount', 'decimal', 'field', { unit: '元', places: 2 })],
      schedule: { rhythm: 'daily', due_minutes: 1439, grace_minutes: 2880, settling_days: 0 }, checks: [], owner: da.id, extras } });
    await da('collection.submit', plan.stream, {});
    await om('collection.activate', plan.stream, { sha256: (await om.read(`collections/${number(plan)}`)).sha256 });
    // 小程序: 3 × 1,000.10; 门店: 3 × 0.10, and a name that is markup to whoever takes it for some.
    const text = `订单号,下单日期,渠道,金额\n${[0, 1, 2, 3, 4, 5].map((i) => `${i},${on},${i % 2 ? '小程序' : '<b>门店</b>'},${i % 2 ? '1000.10' : '0.10'}`).join('\n')}\n`;
    const bytes = Buffer.from(text);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const headers = { origin: room.server.url };
    const told = await mine.request.post(`${room.server.url}/api/v1/attachments`, { headers, data: { sha256, bytes: bytes.length, media_type: 'text/csv' } });
    if (!(await told.json()).complete)
      await mine.request.put(`${room.server.url}/api/v1/attachments/${sha256}?offset=0`, { headers: { ...headers, 'content-type': 'application/octet-stream' }, data: bytes });
    await da('delivery.receive', undefined, { collection: number(plan), from: on, until: on, files: [{ sha256, name: 'orders.csv', media_type: 'text/csv', bytes: bytes.length }] });
    const until = Date.now() + 60_000;
    for (;;) {
      const answer = await mine.request.post(`${room.server.url}/api/v1/data/sql`, { headers: { ...headers, 'idempotency-key': randomUUID() }, data: { sql: `SELECT count(*) FROM ${set}` } });
      if (answer.ok() && (await answer.json()).rows[0][0] === '6') break;
      assert.ok(Date.now() < until, await answer.text());
      await mine.waitForTimeout(300);
    }
  });

  await room.test('sql: the console stands over the records; tables and columns are looked up and put in', async () => {
    await to(mine, 'sources');
    await mine.click('nav a[href="#/queries"]');
    await mine.waitForSelector('[data-testid=sql]');
    await mine.fill(box, 'SELECT channel, sum() AS total, count(*) AS n FROM ');
    await mine.click('[data-testid=sql-tables] summary');
    await mine.locator('[data-testid=sql-tables] select').selectOption(set);
    await mine.waitForSelector('[data-testid=sql-tables] li:has([data-column=amount]):has-text("金额"):has-text("元"):has-text("小数")');
    await mine.click('[data-testid=sql-put-table]');
    await mine.$eval(box, (b) => b.setSelectionRange(b.value.indexOf('()') + 1, b.value.indexOf('()') + 1));
    await mine.click('[data-testid=sql-tables] [data-column=amount]');
    assert.equal(await mine.inputValue(box), `SELECT channel, sum(amount) AS total, count(*) AS n FROM ${set}`);
    await room.shot(mine, 'sql-tables');
    // What is reserved is put in with quotes.
    await mine.locator('[data-testid=sql-tables] select').selectOption('figures');
    await mine.press(box, 'End');
    await mine.click('[data-testid=sql-tables] [data-column=from]');
    assert.match(await mine.inputValue(box), / "from"$/);
    await mine.click('[data-testid=sql-tables] summary');
  });

  await room.test('sql: a statement is run by keys, and its rows are shown as they are, as text', async () => {
    await run(mine, sums);
    await mine.waitForSelector(`${result} tbody tr`);
    assert.deepEqual(await rows(mine), [['小程序', '3000.30', '3'], ['<b>门店</b>', '0.30', '3']]);
    assert.equal(await mine.$(`${result} td b`), null);
    assert.match(await mine.textContent(`${result} [role=status]`), /^2 行 · \d+\.\d 秒$/);
    record = await recordOf(mine);
    // It is the newest of the list under it, without a reload.
    await mine.waitForSelector(`[data-row="${record}"]:has-text("SELECT channel")`);
    await room.shot(mine, 'sql-result');
  });

  await room.test('sql: what is wrong is shown at its place, and one goes there', async () => {
    await run(mine, `\n  SELECT channel\n  FRM ${set}`);
    await mine.waitForSelector(`${fault}:has-text("语句有误"):has-text("第 2 行第 7 字")`);
    assert.equal(await mine.textContent(`${fault} mark`), set);
    assert.equal(await mine.getAttribute(box, 'aria-invalid'), 'true');
    await room.shot(mine, 'sql-wrong');
    await mine.click('[data-testid=sql-go]');
    assert.equal(await chosen(mine), set);
    await mine.fill(box, 'SELECT 1');
    await mine.waitForSelector('[data-testid=sql-go]', { state: 'detached' });
    assert.equal(await mine.getAttribute(box, 'aria-invalid'), 'false');
  });

  await room.test('sql: what may not be read is refused, and nothing is asked without a statement', async () => {
    for (const [sql, says] of [['SELECT * FROM members', '没有数据集 members'], [`DELETE FROM ${set}`, '只接受查询'], ["SELECT * FROM read_text('/etc/passwd')", 'read_text'], ['SELECT 1; SELECT 2', '一次只能执行一条语句']]) {
      await run(mine, sql);
      await mine.waitForSelector(`${fault}:has-text("${says}")`);
      assert.equal(await mine.$(result), null);
    }
    await room.shot(mine, 'sql-refused');
    await mine.fill(box, '  ');
    await mine.click('[data-testid=sql-run]');
    await mine.waitForSelector('[role=alert]:has-text("请先写一条语句")');
  });

  await room.test('sql: values are given beside the statement, and many rows are shown in parts', async () => {
    await mine.fill(box, `SELECT no FROM ${set} WHERE channel = ? AND amount > ? ORDER BY no -- why?`);
    const values = mine.locator('[data-testid=sql-value]');
    await values.nth(1).waitFor();
    assert.equal(await values.count(), 2);
    await values.nth(0).fill('小程序');
    await values.nth(1).fill('1.5');
    await mine.click('[data-testid=sql-run]');
    await mine.waitForSelector(`${result} tbody tr`);
    assert.deepEqual(await rows(mine), [['1'], ['3'], ['5']]);
    await run(mine, 'SELECT range AS n FROM range(1500)');
    await mine.waitForSelector(`${result}:has-text("前 1,000 行，还有更多")`);
    assert.equal((await rows(mine)).length, 200);
    await mine.click('[data-testid=sql-more]');
    await mine.waitForFunction((where) => document.querySelectorAll(`${where} tbody tr`).length === 400, result);
    await room.shot(mine, 'sql-cut');
  });

  await room.test('sql: the answer is taken away as a file, with all of it', async () => {
    const save = async (format) => {
      const [file] = await Promise.all([mine.waitForEvent('download'), mine.click(`[data-save=${format}]`)]);
      await mine.waitForSelector(`[data-testid=sql-saved]:has-text("${file.suggestedFilename()}")`);
      return [file.suggestedFilename(), readFileSync(await file.path())];
    };
    const [name, csv] = await save('csv');
    assert.match(name, /^query-\d+\.csv$/);
    assert.equal(csv.subarray(0, 3).toString('hex'), 'efbbbf');
    assert.equal(csv.toString().trim().split('\r\n').length, 1501);
    const [, parquet] = await save('parquet');
    assert.equal(parquet.subarray(0, 4).toString(), 'PAR1');
    const [, json] = await save('json');
    assert.equal(JSON.parse(json.toString()).rows.length, 1500);
  });

  await room.test('sql: it is on record, and is run again from there; what is written stays', async () => {
    await to(mine, record);
    await mine.waitForSelector('[data-testid=status] [data-status=answered]');
    assert.equal(await mine.textContent('[data-testid=asked] pre'), sums);
    await room.shot(mine, 'sql-record');
    await mine.click('[data-testid=sql-again]');
    await mine.waitForFunction(([where, sql]) => document.querySelector(where)?.value === sql, [box, sums]);
    assert.doesNotMatch(mine.url(), /again=/);
    await mine.click('[data-testid=sql-run]');
    await mine.waitForSelector(`${result} tbody tr`);
    assert.notEqual(await recordOf(mine), record);
    await mine.fill(box, 'SELECT 7 AS later');
    await mine.waitForTimeout(500);
    await mine.reload();
    await mine.waitForSelector('[data-testid=sql] [data-testid=draft-restored]');
    assert.equal(await mine.inputValue(box), 'SELECT 7 AS later');
    await mine.click('[data-testid=sql] [data-testid=throw-away]');
    assert.equal(await mine.inputValue(box), '');
    // Their manager sees it as well.
    await to(boss, record);
    await boss.waitForSelector(`[data-testid=asked] pre:has-text("${set}")`);
  });

  await room.test('sql: axe finds nothing in what is open, answered and wrong', async () => {
    await to(boss, 'queries');
    await boss.emulateMedia({ reducedMotion: 'reduce' });
    await boss.evaluate(axe.source);
    const faults = () => boss.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`));
    await boss.click('[data-testid=sql-tables] summary');
    await boss.waitForSelector('[data-testid=sql-tables] li');
    await run(boss, `SELECT channel, NULL AS nothing, ? AS given FROM ${set}, range(600)`);
    await boss.waitForSelector(`${result} [data-testid=sql-more]`);
    assert.deepEqual(await faults(), []);
    await run(boss, 'SELECT 1 FRM x');
    await boss.waitForSelector('[data-testid=sql-go]');
    assert.deepEqual(await faults(), []);
  });

  await room.test('sql: in English for who reads English, and on a narrow screen', async () => {
    await to(other, 'queries');
    await run(other, 'SELECT 1 FRM x');
    await other.waitForSelector(`${fault}:has-text("line 1, character 14")`);
    assert.equal(await other.textContent(`${fault} mark`), 'x');
    await room.shot(other, 'sql-wrong-en');
    await run(other, 'SELECT * FROM members');
    await other.waitForSelector(`${fault}:has-text("there is no set members")`);
    await run(other, sums);
    await other.waitForSelector(`${result}:has-text("2 rows"):has-text("3000.30")`);
    await room.shot(other, 'sql-result-en');
    await other.setViewportSize({ width: 390, height: 780 });
    await other.locator(result).scrollIntoViewIfNeeded();
    assert.ok(await other.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await room.shot(other, 'sql-narrow-en');
    await other.click('[data-testid=sql-record]');
    await other.waitForSelector('[data-testid=asked] a:has-text("Run again")');
    await room.shot(other, 'sql-record-en');
  });
}
