import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { day } from '../forms.mjs';
import { analyst, english, manager, password, specialist } from '../people.mjs';

// Early warning (S2.3.4): a rule is drafted, tried on the past by itself and switched on; what stands out is told, drawn, acknowledged, over and rated.
export default async function (room) {
  const [da, om] = [await room.server.member(analyst, password), await room.server.member(manager, password)];
  const sp = await room.server.member(specialist, password);
  const [mine, boss, owner, other] = [await room.page(), await room.page(), await room.page(), await room.page({ locale: 'en-GB' })];
  for (const [page, login] of [[mine, analyst], [boss, manager], [owner, specialist], [other, english]]) await room.logIn(page, login, password);

  const stamp = Date.now();
  const extras = { form: 1, fields: [], attachments: [] };
  const first = 70;
  const name = `销售额 ${stamp}`;
  const rule = `销售额过低 ${stamp}`;
  const to = (page, place) => page.goto(`${room.server.url}/#/${place}`);
  const status = (page, is) => page.waitForSelector(`[data-testid=status] [data-status=${is}]`);
  const field = (page, at, inside) => page.locator(`[data-field="${at}"] ${inside}`);
  const choose = (page, at, label) => field(page, at, `label:text-is("${label}")`).click();
  const confirm = (page, command) => page.click(`[data-form="${command}"] [data-testid=confirm]`);

  /** Ten orders of 100.00 a day; two on the day that is given. */
  function orders(few) {
    let text = '订单号,下单日期,渠道,金额\n';
    for (let ago = first; ago >= 1; --ago)
      for (let i = 0; i < (day(-ago) === few ? 2 : 10); ++i) text += `${stamp}-${ago}-${i},${day(-ago)},${i % 2 ? '小程序' : '门店'},100.00\n`;
    return Buffer.from(text);
  }
  let collection = 0;
  async function deliver(few, replaces) {
    const bytes = orders(few);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const headers = { origin: room.server.url };
    const told = await mine.request.post(`${room.server.url}/api/v1/attachments`, { headers, data: { sha256, bytes: bytes.length, media_type: 'text/csv' } });
    if (!(await told.json()).complete)
      await mine.request.put(`${room.server.url}/api/v1/attachments/${sha256}?offset=0`, { headers: { ...headers, 'content-type': 'application/octet-stream' }, data: bytes });
    const files = [{ sha256, name: 'orders.csv', media_type: 'text/csv', bytes: bytes.length }];
    const made = await da('delivery.receive', undefined, { collection, from: day(-first), until: day(-1), files, ...(replaces ? { replaces } : {}) });
    return Number(made.stream.split('/')[1]);
  }
  const column = (title, code, type, role, more = {}) =>
    ({ name: title, code, type, role, nature: 'flow', places: 0, key: false, required: true, personal: false, treatment: 'keep', values: [], ...more });
  const number = (made) => Number(made.stream.split('/')[1]);
  let metric = 0;
  let delivery = 0;
  let alert = '';
  /** The newest day whose figures change no more: around holidays it is some days ago. */
  let low = '';

  await room.test('alerts: data come in and a metric is published', async () => {
    const source = await da('source.register', undefined, { form: { name: `订单库 ${stamp}`, kind: 'internal', holds: ['business'], description: '订单', access: '只读', owner: da.id, extras } });
    await da('source.connect', source.stream, { note: '试取成功' });
    const plan = await da('collection.draft', undefined, { form: {
      name: `订单 ${stamp}`, source: number(source), holds: 'business', purpose: '日报', set: `alerted_${stamp}`, row_unit: '单', way: 'upload',
      reading: { type: 'csv', encoding: 'utf8', separator: 'comma', skip: 0, skip_end: 0 },
      columns: [column('订单号', 'no', 'text', 'label', { key: true }), column('下单日期', 'ordered_on', 'day', 'day'), column('渠道', 'channel', 'text', 'dimension'),
        column('金额', 'amount', 'decimal', 'field', { unit: '元', places: 2 })],
      schedule: { rhythm: 'daily', due_minutes: 1439, grace_minutes: 2880, settling_days: 0 }, checks: [], owner: da.id, extras } });
    collection = number(plan);
    await da('collection.submit', plan.stream, {});
    await om('collection.activate', plan.stream, { sha256: (await om.read(`collections/${collection}`)).sha256 });
    const made = await da('metric.draft', undefined, { form: { code: `alerted_${stamp}`, name: { zh: name, en: `Alerted ${stamp}` }, unit: '元', digits: 2, direction: 'up', owner: da.id,
      definition: '全部订单', formula: `sum(alerted_${stamp}.amount)`, missing_is_zero: false, targets: [], extras } });
    metric = number(made);
    await da('metric.submit', made.stream, {});
    await om('metric.publish', made.stream, { sha256: (await om.read(`metrics/${metric}`)).sha256 });
    delivery = await deliver(null);
    await to(boss, `metric/${metric}?grain=day&span=30`);
    await boss.waitForSelector('[data-testid=sentence]:has-text("1,000.00")', { timeout: 60_000 });
    low = (await om.read(`metrics/${metric}/values?grain=day&from=${day(-20)}&until=${day(-1)}`)).items.filter((v) => v.state === 'closed' && v.value).at(-1).from;
  });

  await room.test('alerts: a rule is drafted, and what it would have done on the past stands there by itself', async () => {
    await to(mine, 'alert_rules');
    await mine.click('[data-testid=create]');
    await field(mine, '/form/name', 'input').fill(rule);
    await field(mine, '/form/metric', 'select').selectOption(String(metric));
    await choose(mine, '/form/condition/method', '固定界限');
    await field(mine, '/form/condition/least', 'input').fill('500');
    await field(mine, '/form/lasts', 'input').fill('1');
    await field(mine, '/form/over_after', 'input').fill('1');
    await choose(mine, '/form/severity', '严重');
    await field(mine, '/form/owner', 'select').selectOption(String(sp.id));
    await room.shot(mine, 'alert-rule-form');
    await confirm(mine, 'alert_rule.draft');
    await mine.waitForURL(/#\/alert_rule\/\d+/);
    await status(mine, 'tried');
    await mine.waitForSelector('[data-testid=backtest]:has-text("会报警 0 次")');
    await room.shot(mine, 'alert-rule-tried');
    await mine.click('[data-command="alert_rule.enable"]');
    await confirm(mine, 'alert_rule.enable');
    await status(mine, 'watching');
  });

  await room.test('alerts: what stands out is told at once to its owner and to the manager, and stands with its metric', async () => {
    await to(boss, 'metrics?grain=day');
    await boss.waitForSelector(`[data-metric="${metric}"]`);
    delivery = await deliver(low, delivery);
    await boss.waitForSelector(`[data-metric="${metric}"] [data-testid=tile-alert]`, { timeout: 60_000 });
    await room.shot(boss, 'alert-dashboard');
    alert = (await boss.getAttribute(`[data-metric="${metric}"] [data-testid=tile-alert]`, 'href')).replace('#/', '');
    for (const page of [boss, owner]) {
      await to(page, 'inbox');
      await page.waitForSelector(`main:has-text("${rule}")`);
    }
    await room.shot(owner, 'alert-inbox');
    await to(owner, alert);
    await status(owner, 'firing');
    await owner.waitForSelector('[data-testid=seen] [data-testid=sentence]:has-text("200.00 元"):has-text("低于 500.00")');
    await owner.waitForSelector('[data-testid=seen] [data-testid=chart] canvas');
    await room.shot(owner, 'alert-firing');
    await to(other, alert);
    await other.waitForSelector('[data-testid=seen] [data-testid=sentence]:has-text("below 500.00")');
    await room.shot(other, 'alert-firing-en');
  });

  await room.test('alerts: its owner acknowledges it; corrected data end it; it is rated', async () => {
    await owner.click('[data-command="alert.acknowledge"]');
    await field(owner, '/note', 'textarea').fill('渠道故障，正在补传');
    await confirm(owner, 'alert.acknowledge');
    await status(owner, 'acknowledged');
    await to(boss, alert);
    await status(boss, 'acknowledged');
    delivery = await deliver(null, delivery);
    await status(owner, 'resolved');  // live
    await owner.click('[data-command="alert.rate"]');
    await choose(owner, '/worth', '有用');
    await confirm(owner, 'alert.rate');
    await status(owner, 'rated');
    await room.shot(owner, 'alert-rated');
    await to(boss, 'alerts');
    await boss.waitForSelector(`main:has-text("${rule}")`);
    await room.shot(boss, 'alerts-list');
    assert.equal((await om.read(`${alert.replace('alert/', 'alerts/')}`)).how, 'restated');
  });
}
