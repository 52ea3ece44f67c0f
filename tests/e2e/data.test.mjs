// From a file to a figure, through the real binaries (S4.1, S2.3): a plan that is drafted from what a file looks like, deliveries that are
// checked by it, the rows that are good in the warehouse, a metric of them, and from its figure back to the line of the file.

import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room } from './room.mjs';

let room, people;
const extras = { form: 1, fields: [], attachments: [] };
const sleep = (ms) => new Promise((go) => setTimeout(go, ms));

const command = (who, type, data, target) =>
  room.send(who, 'POST', `commands/${type}`, JSON.stringify({ ...(target ? { target } : {}), data }), { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() });
async function does(who, type, data, target) {
  const answer = await command(who, type, data, target);
  assert.equal(answer.type, 'ack', JSON.stringify(answer));
  return answer.stream;
}
async function refused(who, type, data, target) {
  const answer = await command(who, type, data, target);
  assert.notEqual(answer.type, 'ack');
  return answer;
}

async function send(who, name, content) {
  const bytes = Buffer.from(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const one = { sha256, name, media_type: 'text/csv', bytes: bytes.length };
  const told = await room.send(who, 'POST', 'attachments', JSON.stringify({ sha256, bytes: one.bytes, media_type: one.media_type }), { 'Content-Type': 'application/json' });
  if (!told.complete) await room.send(who, 'PUT', `attachments/${sha256}?offset=0`, bytes, { 'Content-Type': 'application/octet-stream' });
  return one;
}

async function settled(id, ...statuses) {
  for (let i = 0; i < 300; ++i) {
    const one = await room.get('zhao.lei', `deliveries/${id}`);
    if (statuses.includes(one.status)) return one;
    await sleep(100);
  }
  assert.fail(`delivery ${id} is ${(await room.get('zhao.lei', `deliveries/${id}`)).status}`);
}

const days = ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'];
const head = '订单号,下单日期,渠道,金额,买家\n';
const rows = (day, n) => Array.from({ length: n }, (_, i) => `${day.replaceAll('-', '')}${i},${day},${i % 2 ? '小程序' : '门店'},"${1 + i},000.50",b${i % 3}\n`).join('');
const file_of = (day, n) => head + rows(day, n);

const column = (name, code, type, role, more = {}) =>
  ({ name, code, type, role, nature: 'flow', places: 0, key: false, required: true, personal: false, treatment: 'keep', values: [], ...more });
const plan = (source, more = {}) => ({
  name: '每日订单', source, holds: 'business', purpose: '日报与渠道分析', set: 'orders', row_unit: '单', way: 'upload',
  reading: { type: 'csv', encoding: 'utf8', separator: 'comma', skip: 0, skip_end: 0 },
  columns: [
    column('订单号', 'no', 'text', 'label', { key: true }),
    column('下单日期', 'ordered_on', 'day', 'day'),
    column('渠道', 'channel', 'text', 'dimension'),
    column('金额', 'amount', 'decimal', 'field', { unit: '元', places: 2, hard_least: '0' }),
    column('买家', 'buyer', 'text', 'field', { unit: '人' }),
  ],
  schedule: { rhythm: 'daily', due_minutes: 600, grace_minutes: 120, settling_days: 2 }, checks: [], owner: people['zhao.lei'], extras, ...more,
});

before(async () => {
  room = await Room.make('li.na', 'zhao.lei', 'wang.fang', 'noah', 'sun.yue');
  people = Object.fromEntries(JSON.parse(room.ok('li.na', 'member', 'list', '-o', 'json')).map((m) => [m.login, m.id]));
});
after(() => room.remove());

test('a file is looked at before a plan is made of it [S4.1.2]', async () => {
  const file = await send('zhao.lei', 'orders.csv', file_of(days[0], 6));
  const seen = await room.send('zhao.lei', 'POST', 'data/profile', JSON.stringify({ sha256: file.sha256, name: file.name }), { 'Content-Type': 'application/json' });
  assert.deepEqual(seen.columns.map((c) => [c.name, c.type]), [['订单号', 'whole'], ['下单日期', 'day'], ['渠道', 'text'], ['金额', 'decimal'], ['买家', 'text']], JSON.stringify(seen));
  assert.equal(seen.reading.encoding, 'utf8');
  assert.equal(seen.rows, 6);
  // Nobody looks into what somebody else has uploaded.
  const other = await room.send('noah', 'POST', 'data/profile', JSON.stringify({ sha256: file.sha256, name: file.name }), { 'Content-Type': 'application/json' });
  assert.equal(other.status, 404);
  const broken = await send('zhao.lei', 'x.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]).toString('latin1'));
  const no = await room.send('zhao.lei', 'POST', 'data/profile', JSON.stringify({ sha256: broken.sha256, name: broken.name }), { 'Content-Type': 'application/json' });
  assert.ok([404, 422].includes(no.status), JSON.stringify(no));
});

test('an analyst drafts the plan, the operations manager activates what was read [S4.1.2][F14]', async () => {
  const source = await does('zhao.lei', 'source.register', { form: { name: '订单库', kind: 'internal', holds: ['business'], description: '订单', access: '只读', owner: people['zhao.lei'], extras } });
  const id = Number(source.split('/')[1]);
  await does('zhao.lei', 'source.connect', { note: '试取成功' }, source);
  const personal = plan(id);
  personal.columns[4] = { ...personal.columns[4], personal: true };
  assert.match((await refused('zhao.lei', 'collection.draft', { form: personal })).type, /kept_personal/);
  const made = await does('zhao.lei', 'collection.draft', { form: plan(id) });
  assert.equal(made, 'collection/1');
  await does('zhao.lei', 'collection.submit', {}, made);
  const read = await room.get('li.na', 'collections/1');
  assert.equal((await refused('zhao.lei', 'collection.activate', { sha256: read.sha256 }, made)).status, 403);
  await does('li.na', 'collection.activate', { sha256: read.sha256 }, made);
  assert.equal((await room.get('noah', 'collections/1')).status, 'active');
});

test('what is delivered is checked by the plan, and what is wrong is named by line and column [S4.1.3][S2.3.5]', async () => {
  for (const day of days.slice(0, 2)) {
    const file = await send('zhao.lei', `orders-${day}.csv`, file_of(day, 6));
    await does('zhao.lei', 'delivery.receive', { collection: 1, from: day, until: day, files: [file] });
  }
  for (const id of [1, 2]) {
    const one = await settled(id, 'accepted', 'warned');
    assert.equal(one.rows, 6);
    assert.equal(one.taken, 6);
  }
  const bad = file_of(days[2], 4).replace('"1,000.50"', '多') + `x,${days[2]},门店,-5,b1\n` + 'short\n';
  await does('zhao.lei', 'delivery.receive', { collection: 1, from: days[2], until: days[2], files: [await send('zhao.lei', 'bad.csv', bad)] });
  const one = await settled(3, 'quarantined', 'refused', 'warned');
  assert.equal(one.rejected, 3, JSON.stringify(one.forms.checks.data));
  const faults = one.forms.checks.data.faults;
  assert.deepEqual(faults.map((f) => [f.line, f.column]).sort(), [[2, '金额'], [6, '金额'], [7, '下单日期']].sort());
  for (const f of faults) assert.ok(f.reason.zh && f.reason.en);
});

test('a metric of it is checked as it is written, and published by the manager [S2.3.2]', async () => {
  const form = { code: 'sales', name: { zh: '销售额', en: 'Sales' }, unit: '元', digits: 2, direction: 'up', owner: people['zhao.lei'], definition: '已下单金额', formula: 'sum(amount)', missing_is_zero: false,
    targets: [{ period: 'day', from: days[0], value: '20000' }], extras };
  const typo = await does('zhao.lei', 'metric.draft', { form: { ...form, formula: 'sum(amuont)' } });
  const no = await refused('zhao.lei', 'metric.submit', {}, typo);
  assert.match(JSON.stringify(no), /amuont/);
  assert.match(JSON.stringify(no), /amount|金额/);
  await does('zhao.lei', 'metric.revise', { form }, typo);
  await does('zhao.lei', 'metric.submit', {}, typo);
  const read = await room.get('li.na', typo.replace('metric/', 'metrics/'));
  await does('li.na', 'metric.publish', { sha256: read.sha256 }, typo);
});

test('its figures are exact, period by period, and lead back to the line of the file [S4.1.3]', async () => {
  const ask = (query) => room.get('noah', `metrics/1/values?${query}`);
  let seen;
  for (let i = 0; i < 100 && (seen = await ask(`grain=day&from=${days[0]}&until=${days[3]}`)).behind; ++i) await sleep(100);
  const by_day = seen.items.map((i) => [i.from, i.value, i.why]);
  // 1,000.50 + … + 6,000.50
  assert.deepEqual(by_day.slice(0, 2), [[days[0], '21003.00', undefined], [days[1], '21003.00', undefined]], JSON.stringify(seen));
  assert.equal(by_day[3][1], null);
  assert.ok(by_day[3][2]);
  const apart = await ask(`grain=day&from=${days[0]}&until=${days[0]}&by=channel`);
  assert.deepEqual(Object.fromEntries(apart.items.map((i) => [i.member, i.value])), { 门店: '9001.50', 小程序: '12001.50' });
  const of_one = await ask(`grain=week&from=${days[0]}&until=${days[0]}&only=channel:${encodeURIComponent('门店')}`);
  assert.equal(of_one.items.length, 1);
  assert.equal((await ask('grain=hour')).status, 400);
  const behind = await room.get('noah', `data/sets/orders/rows?from=${days[0]}&until=${days[0]}&limit=4`);
  assert.equal(behind.items.length, 4);
  assert.deepEqual([behind.items[0].delivery, behind.items[0].line], [1, 2]);
  const rest = await room.get('noah', `data/sets/orders/rows?from=${days[0]}&until=${days[0]}&limit=4&cursor=${behind.next}`);
  assert.equal(rest.items.length, 2);
});

test('a correction takes the place of what it corrects, in the figures too [S4.1.3]', async () => {
  const file = await send('zhao.lei', 'again.csv', file_of(days[0], 3));
  await does('zhao.lei', 'delivery.receive', { collection: 1, from: days[0], until: days[0], files: [file], replaces: 1 });
  await settled(4, 'accepted', 'warned');
  assert.equal((await room.get('zhao.lei', 'deliveries/1')).status, 'superseded');
  let value;
  for (let i = 0; i < 100 && value !== '6001.50'; ++i) {
    value = (await room.get('noah', `metrics/1/values?grain=day&from=${days[0]}&until=${days[0]}`)).items[0].value;
    await sleep(100);
  }
  assert.equal(value, '6001.50');
});

test('the worker killed, and the warehouse thrown away: the figures are the same again', async () => {
  const before = await room.get('noah', `metrics/1/values?grain=day&from=${days[0]}&until=${days[3]}`);
  const workers = () => readdirSync('/proc').filter((p) => {
    try {
      const said = readFileSync(`/proc/${p}/cmdline`, 'utf8');
      return said.includes('opsroom-data') && said.includes(room.server.data);
    } catch {
      return false;
    }
  });
  assert.ok(workers().length > 0);
  for (const pid of workers()) process.kill(Number(pid), 'SIGKILL');
  let again;
  for (let i = 0; i < 100; ++i) {
    again = await room.get('noah', `metrics/1/values?grain=day&from=${days[0]}&until=${days[3]}`);
    if (again.items && JSON.stringify(again.items) === JSON.stringify(before.items)) break;
    await sleep(100);
  }
  assert.deepEqual(again.items, before.items);
  await room.server.kill('SIGTERM');
  rmSync(join(room.server.data, 'warehouse'), { recursive: true });
  await room.server.start();
  for (let i = 0; i < 200; ++i) {
    again = await room.get('noah', `metrics/1/values?grain=day&from=${days[0]}&until=${days[3]}`);
    if (again.items && again.behind === 0 && JSON.stringify(again.items) === JSON.stringify(before.items)) break;
    await sleep(100);
  }
  assert.deepEqual(again.items, before.items);
});

test('how good the data are is told by week [S2.3.5]', async () => {
  const seen = await room.get('noah', 'collections/1/quality?weeks=53');
  assert.ok(Array.isArray(seen.weeks), JSON.stringify(seen));
});

test('what is not waited for any more is said to be so, by its owner [S4.1.2]', async () => {
  // None is expected in the past: one that came early is looked at instead, and is not waited for.
  const no = await refused('zhao.lei', 'delivery.waive', { reason: '渠道停机' }, 'delivery/2');
  assert.notEqual(no.code, 'bad_fields', JSON.stringify(no));
});
