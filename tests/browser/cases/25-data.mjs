import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { day } from '../forms.mjs';
import { analyst, english, manager, password } from '../people.mjs';

// From a file to a figure (S4.1, S2.3): a plan filled in from a file, deliveries that are checked by it, a metric, its figures and what they are of.
export default async function (room) {
  const da = await room.server.member(analyst, password);
  const [mine, boss, other] = [await room.page(), await room.page(), await room.page({ locale: 'en-GB' })];
  await room.logIn(mine, analyst, password);
  await room.logIn(boss, manager, password);
  await room.logIn(other, english, password);

  const folder = mkdtempSync(join(tmpdir(), 'opsroom-data-'));
  const stamp = Date.now();
  const set = `orders_${stamp}`;
  const days = [day(-4), day(-3), day(-2)];
  const heading = '序号,订单号,下单日期,渠道,金额（元）,件数\n';
  const channels = ['门店', '小程序', '天猫'];
  /** Six orders of a day, 1,000.50 to 6,000.50: 21,003.00 in all. */
  const rows = (of) => Array.from({ length: 6 }, (_, i) => `${i + 1},D${of.replaceAll('-', '')}-${i + 1},${of},${channels[i % 3]},"${i + 1},000.50",${i + 1}\n`);
  function file(name, lines) {
    writeFileSync(join(folder, name), `\ufeff${heading}${lines.join('')}`);
    return join(folder, name);
  }

  const to = (page, place) => page.goto(`${room.server.url}/#/${place}`);
  const status = (page, is) => page.waitForSelector(`[data-testid=status] [data-status=${is}]`);
  const field = (page, at, inside) => page.locator(`[data-field="${at}"] ${inside}`);
  const choose = (page, at, label) => field(page, at, `label:text-is("${label}")`).click();
  const confirm = (page, command) => page.click(`[data-form="${command}"] [data-testid=confirm]`);
  const sendNow = (page, of) => page.click(`[data-held="${of}"] [data-testid=send-now]`);
  const idOf = async (page, kind) => {
    await page.waitForURL(new RegExp(`#/${kind}/\\d+`));
    return `${kind}/${page.url().match(/\/(\d+)(\?|$)/)[1]}`;
  };
  async function write(page, at, words) {
    for (const [name, text] of Object.entries(words)) await field(page, `${at}/${name}`, ':is(textarea, input)').first().fill(text);
  }
  /** Of somebody who reads the other language for a while. */
  async function speak(page, language) {
    await page.click('[data-testid=account]');
    await page.click(`.sheet button:text-is("${language}")`);
    await page.waitForSelector(`html[lang^="${language === 'English' ? 'en' : 'zh'}"]`, { state: 'attached' });
    await page.click('[data-testid=account]');
    await page.waitForSelector('.sheet', { state: 'detached' });
  }
  let source = '';
  let plan = '';
  let bad = '';
  let good = '';
  let metric = '';

  /** By hand, for one day; resolves to the delivery. */
  async function deliver(of, path) {
    await to(mine, 'deliveries');
    await mine.click('[data-testid=create]');
    await field(mine, '/collection', 'select').selectOption(plan.split('/')[1]);
    await field(mine, '/from', 'input').fill(of);
    await field(mine, '/until', 'input').fill(of);
    await mine.setInputFiles('[data-field="/files"] input[type=file]', path);
    await mine.waitForSelector('[data-field="/files"] li:not(:has(progress))');
    await confirm(mine, 'delivery.receive');
    return idOf(mine, 'delivery');
  }

  await room.test('data: a source is registered by the analyst, and recorded as connected', async () => {
    await to(mine, 'sources');
    await mine.click('[data-testid=create]');
    await write(mine, '/form', { name: `订单库 ${stamp}`, description: '订单', access: '每日导出文件' });
    await choose(mine, '/form/kind', '内部系统');
    await mine.check('[data-field="/form/holds"] input[value=business]');
    await field(mine, '/form/owner', 'select').selectOption(String(da.id));
    await confirm(mine, 'source.register');
    source = await idOf(mine, 'source');
    await mine.click('[data-command="source.connect"]');
    await field(mine, '/note', 'textarea').fill('取得昨日订单 6 条，与后台一致');
    await confirm(mine, 'source.connect');
    await status(mine, 'connected');
  });

  const column = (n, name) => `/form/columns/${n}/${name}`;
  const filledIn = { 0: 'no', 1: 'order_no', 2: 'ordered_on', 3: 'channel', 4: 'amount', 5: 'pieces' };

  await room.test('data: the columns of a plan are filled in from a file', async () => {
    await to(mine, 'collections');
    await mine.click('[data-testid=create]');
    await mine.setInputFiles('[data-testid=fill-in] input[type=file]', file('sample.csv', rows(days[0])));
    await mine.waitForSelector('[data-testid=fill-in] [role=status]:has-text("sample.csv"):has-text("6 列"):has-text("6 行")');
    const is = (n, name, what) => field(mine, column(n, name), what).inputValue();
    assert.deepEqual(await Promise.all(Object.keys(filledIn).map((n) => is(n, 'name', 'input'))), heading.trim().split(','));
    assert.deepEqual(await Promise.all(Object.keys(filledIn).map((n) => is(n, 'type', 'select'))), ['whole', 'text', 'day', 'text', 'decimal', 'whole']);
    for (const [n, role] of ['label', 'label', 'day', 'label', 'field', 'field'].entries())
      assert.ok(await field(mine, column(n, 'role'), `input[value=${role}]`).isChecked(), `${n}: ${role}`);
    assert.equal(await mine.$('[data-testid=fill-in] li'), null);  // nothing is wrong with it
    await mine.locator('[data-testid=fill-in]').scrollIntoViewIfNeeded();
    await room.shot(mine, 'data-plan-filled');
  });

  await room.test('data: what was guessed is corrected, and the plan is sent to the manager', async () => {
    await write(mine, '/form', { name: `每日订单 ${stamp}`, purpose: '日报与渠道分析', set, row_unit: '单' });
    await field(mine, '/form/source', 'select').selectOption(source.split('/')[1]);
    await choose(mine, '/form/holds', '业务数据');
    for (const [n, code] of Object.entries(filledIn)) {
      await field(mine, column(n, 'code'), 'input').fill(code);
      await choose(mine, column(n, 'personal'), '否');
    }
    // A running number is no key, and nothing to compute with; a channel is what figures are split by.
    assert.ok(await field(mine, column(0, 'key'), 'input[value=yes]').isChecked());
    await choose(mine, column(0, 'key'), '否');
    await choose(mine, column(0, 'role'), '不读取');
    await choose(mine, column(1, 'key'), '是');
    await choose(mine, column(3, 'role'), '维度');
    assert.equal(await field(mine, column(4, 'unit'), 'input').inputValue(), '元');
    await field(mine, column(4, 'hard_least'), 'input').fill('0');
    await field(mine, column(5, 'unit'), 'input').fill('件');
    await choose(mine, '/form/schedule/rhythm', '每日');
    // What is settled at once, and never late, is the same on whatever day this runs.
    await write(mine, '/form/schedule', { due_minutes: '1439', grace_minutes: '2880', settling_days: '0' });
    await field(mine, '/form/owner', 'select').selectOption(String(da.id));
    await mine.locator(`[data-field="${column(4, 'name')}"]`).scrollIntoViewIfNeeded();
    await room.shot(mine, 'data-plan-columns');
    await speak(mine, 'English');
    await mine.locator(`[data-field="${column(4, 'name')}"]`).scrollIntoViewIfNeeded();
    await room.shot(mine, 'data-plan-columns-en');
    await mine.locator('[data-testid=fill-in]').scrollIntoViewIfNeeded();
    await room.shot(mine, 'data-plan-filled-en');
    await speak(mine, '中文');
    await confirm(mine, 'collection.draft');
    plan = await idOf(mine, 'collection');
    await mine.waitForSelector('[data-testid=schedule]:has-text("每日 23:59 前，宽限 48 小时")');
    await mine.click('[data-command="collection.submit"]');
    await status(mine, 'submitted');
  });

  await room.test('data: the manager activates exactly what she read', async () => {
    await to(boss, plan);
    await boss.waitForSelector('[data-testid=columns] tr:has(code:text-is("amount")):has-text("元"):has-text("≥ 0")');
    const shown = await boss.getAttribute('[data-testid=hash] code', 'title');
    await boss.click('[data-command="collection.activate"]');
    await boss.waitForSelector(`[data-form="collection.activate"] .says:has-text("${shown.slice(0, 12)}")`);
    await room.shot(boss, 'data-plan-read');
    await room.looked(boss, '[data-testid=dossier]');
    await confirm(boss, 'collection.activate');
    await sendNow(boss, plan);
    await status(mine, 'active');
    assert.equal(await mine.$('[data-testid=export]'), null);  // there is nothing to be had yet
  });

  await room.test('data: of a delivery the wrong row is named by line, column and reason', async () => {
    const wrong = rows(days[0]);
    wrong[2] = wrong[2].replace('"3,000.50"', '三千');
    bad = await deliver(days[0], file('bad.csv', wrong));
    await mine.waitForSelector('[data-testid=checks]');
    await mine.waitForSelector('[data-testid=faults] tr:has(td:text-is("4")):has(td:text-is("金额（元）")):has(code:text-is("三千"))');
    await mine.waitForSelector('[data-testid=verdict]:has-text("共 6 行")');
    await mine.locator('[data-testid=verdict]').scrollIntoViewIfNeeded();
    await room.shot(mine, 'data-checks');
    await status(mine, 'quarantined');
  });

  await room.test('data: a good file is accepted', async () => {
    good = await deliver(days[1], file('good.csv', rows(days[1])));
    await mine.waitForSelector('[data-testid=verdict]:has-text("可用 6 行，不可用 0 行")');
    await status(mine, 'accepted');
    await mine.waitForSelector('.quiet:text-is("没有逐行的问题。")');
  });

  await room.test('data: a formula that is not whole is refused at its field, a name that is not there with the one that was meant', async () => {
    await to(mine, 'metrics');
    await mine.click('[data-testid=create]');
    await write(mine, '/form', { code: `sales_${stamp}`, unit: '元', digits: '2', definition: '已下单金额', formula: 'sum(amuont' });
    await field(mine, '/form/name/zh', 'input').fill(`销售额 ${stamp}`);
    await field(mine, '/form/name/en', 'input').fill(`Sales ${stamp}`);
    await choose(mine, '/form/missing_is_zero', '否');
    await field(mine, '/form/owner', 'select').selectOption(String(da.id));
    await mine.click('[data-field="/form/targets"] > button');
    await choose(mine, '/form/targets/0/period', '日');
    await write(mine, '/form/targets/0', { from: days[0], value: '20000' });
    await confirm(mine, 'metric.draft');
    await mine.waitForSelector('[data-field="/form/formula"] > .wrong:has-text("第 4 字"):has-text("缺「)」")');
    await room.shot(mine, 'data-formula-refused');
    await field(mine, '/form/formula', 'textarea').fill('sum(amuont)');
    await confirm(mine, 'metric.draft');
    metric = await idOf(mine, 'metric');
    await status(mine, 'draft');
    await mine.click('[data-command="metric.submit"]');
    await mine.waitForSelector('.refusal:has-text("第 5 字"):has-text("是否为「amount」")');
    await room.shot(mine, 'data-metric-refused');
    await mine.click('[data-command="metric.revise"]');
    await field(mine, '/form/formula', 'textarea').fill('sum(amount)');
    await confirm(mine, 'metric.revise');
    await mine.waitForSelector('[data-form]', { state: 'detached' });
    await mine.waitForSelector('[data-testid=dossier] .content:has-text("sum(amount)")');
    await mine.click('[data-command="metric.submit"]');
    await status(mine, 'submitted');
  });

  const shownOf = (words) => `[data-testid=sentence]:has-text("${words}")`;

  await room.test('data: the manager publishes it, and its figures are on its page', async () => {
    await to(boss, `${metric}?grain=day&span=14`);
    await boss.click('[data-command="metric.publish"]');
    await boss.waitForSelector('[data-form="metric.publish"] .says');
    await room.looked(boss, '[data-testid=dossier]');
    await confirm(boss, 'metric.publish');
    await sendNow(boss, metric);
    await status(boss, 'published');
    await boss.waitForSelector(shownOf('21,003.00'));
    await boss.waitForSelector('[data-testid=chart] canvas');
    assert.equal(await boss.getAttribute('[data-testid=chart]', 'aria-label'), await boss.textContent('[data-testid=sentence]'));
    await boss.click('[data-testid=toggle-table]');
    await boss.waitForSelector('[data-testid=values-table].shown tr:has-text("21,003.00")');
  });

  const tile = () => `[data-metric="${metric.split('/')[1]}"]`;

  await room.test('data: another file moves the tile on the dashboard and the chart of whoever looks, without a reload', async () => {
    await to(other, 'metrics?grain=day');
    await other.waitForSelector(`${tile()} [data-testid=tile-value]:has-text("21,003.00")`);
    for (const page of [other, boss]) await page.evaluate(() => (window.stays = true));
    await deliver(days[2], file('another.csv', rows(days[2]).slice(0, 4)));
    await status(mine, 'accepted');
    await other.waitForSelector(`${tile()} [data-testid=tile-value]:has-text("10,002.00")`);
    await boss.waitForSelector(shownOf('10,002.00'));
    for (const page of [other, boss]) assert.ok(await page.evaluate(() => window.stays));
    await room.shot(other, 'data-dashboard-en');
    await boss.locator('[data-testid=sentence]').scrollIntoViewIfNeeded();
    await room.shot(boss, 'data-chart');
  });

  await room.test('data: a value leads to the rows that it is of, with their delivery and line, and on to the file', async () => {
    const made = (page) => page.locator('[data-testid=made-of] tbody tr');
    await boss.click('[data-testid=values-table] tr:has-text("21,003.00") button');
    await made(boss).nth(5).waitFor();
    const first = (await made(boss).first().locator('td').allTextContents()).map((t) => t.trim());
    assert.deepEqual(first, [`D${days[1].replaceAll('-', '')}-1`, days[1], '门店', '1000.50', '1', `数据交付 ${good.split('/')[1]}`, '2']);
    await room.shot(boss, 'data-made-of');
    await boss.keyboard.press('Escape');
    // Of a part of it those rows alone.
    await boss.selectOption('select[name=by]', 'channel');
    await boss.waitForSelector('[data-testid=values-table] th:text-is("天猫")');
    await room.shot(boss, 'data-split');
    await boss.click('[data-testid=values-table] button:text-is("9,001.00 元")');
    await made(boss).nth(1).waitFor();
    assert.deepEqual(await made(boss).locator('td:nth-child(3)').allTextContents(), ['天猫', '天猫']);
    await made(boss).first().locator('a').click();
    await boss.waitForSelector('[data-testid=dossier] .content a[download="good.csv"]');
  });

  /** What a link of the export leads to: as it is answered, and as it is saved. */
  async function taken(page, name, format, type, start) {
    const link = page.locator(`[data-testid=export] a[download="${name}.${format}"]`);
    const answer = await page.request.get(new URL(await link.getAttribute('href'), room.server.url).href);
    assert.equal(answer.status(), 200);
    assert.match(answer.headers()['content-type'], type);
    const [saved] = await Promise.all([page.waitForEvent('download'), link.click()]);
    assert.equal(await saved.failure(), null);
    assert.equal(saved.suggestedFilename(), `${name}.${format}`);
    const bytes = readFileSync(await saved.path());
    assert.ok(bytes.toString('latin1').startsWith(start), `${name}.${format} begins with ${bytes.subarray(0, 8).toString('hex')}`);
    return bytes.toString();
  }
  async function allTaken(page, name) {
    await taken(page, name, 'xlsx', /spreadsheetml/, 'PK\u0003\u0004');
    await taken(page, name, 'parquet', /parquet/, 'PAR1');
    return (await taken(page, name, 'csv', /text\/csv/, '\u00ef\u00bb\u00bf')).slice(1).trim().split('\r\n');
  }

  await room.test('data: figures and rows are taken as CSV, Excel and Parquet, and have an address for other programs', async () => {
    await to(boss, `${metric}?grain=day&span=14`);
    await boss.waitForSelector(shownOf('10,002.00'));
    const figures = await allTaken(boss, 'figures');
    assert.ok(figures.some((line) => line.includes(days[1]) && line.includes('21003.00')), figures.join('\n'));
    await to(boss, plan);
    await boss.waitForSelector('[data-testid=export]');
    assert.equal((await allTaken(boss, set)).length, 1 + 6 + 4);  // what is quarantined is not there
    await boss.click('[data-testid=export] summary');
    assert.equal(await boss.textContent('[data-testid=export] code'), `${room.server.url}/api/v1/odata`);
    await boss.locator('[data-testid=export]').scrollIntoViewIfNeeded();
    await room.shot(boss, 'data-export');
    await to(boss, 'metrics?grain=day');
    await boss.waitForSelector(`${tile()} [data-testid=tile-value]:has-text("10,002.00")`);
    await room.shot(boss, 'data-dashboard');
  });

  await room.test('data: in English for who reads English', async () => {
    await to(other, `${metric}?grain=day&span=14`);
    await other.waitForSelector(shownOf('down 52.4%'));
    await other.waitForSelector('[data-testid=chart] canvas');
    await room.shot(other, 'data-chart-en');
    for (const [of, words] of [[bad, 'this is no number'], [plan, 'every day'], [source, 'Internal system'], ['deliveries', 'Quarantined'], ['collections', 'Every day']]) {
      await to(other, of);
      await other.waitForSelector(`main:has-text("${words}")`);
      await room.shot(other, `data-${of === bad ? 'checks' : of.split('/')[0]}-en`);
    }
  });
  rmSync(folder, { recursive: true });
}
