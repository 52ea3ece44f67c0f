// Statements in SQL that people write (S4.2.2): they read what they may see and nothing beside it, within limits; each is on record with who
// asked it; and the figures are those of the page, OData and CSV, to the last digit.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Collected, daily_orders, orders_head, sleep } from './collected.mjs';
import { Room } from './room.mjs';

let room, data, people;
const json = { 'Content-Type': 'application/json' };

const does = (...asked) => data.does(...asked);
const ask = (who, body, key = randomUUID()) =>
  fetch(`${room.server.url}/api/v1/data/sql`, { method: 'POST', headers: { Authorization: `Bearer ${room.token(who)}`, ...json, 'Idempotency-Key': key }, body: JSON.stringify(body) });
async function rows(who, sql, ...params) {
  const answer = await ask(who, { sql, params });
  const said = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(said));
  return said.rows;
}
/** Of a statement that is over, as somebody sees it. */
async function recorded(who, id) {
  for (let i = 0; i < 100; ++i) {
    const one = await room.get(who, `queries/${id}`);
    if (one.status !== 'running') return one;
    await sleep(50);
  }
  return assert.fail(`query ${id} is running`);
}
const newest = async (who) => (await room.get(who, 'queries?limit=200')).items.reduce((most, q) => Math.max(most, q.id), 0);

const day = '2026-11-02';
const text = `${orders_head}${Array.from({ length: 6 }, (_, i) => `${i},${day},${i % 2 ? '小程序' : '门店'},"${i + 1},000.10"\n`).join('')}`;
async function deliver() {
  const file = await data.send('zhao.lei', 'orders.csv', text);
  await does('zhao.lei', 'delivery.receive', { collection: 1, from: day, until: day, files: [file] });
}

before(async () => {
  room = await Room.make('li.na', 'zhao.lei', 'noah', 'sun.yue');
  room.ok('audit', 'login', '--login', 'audit', '--password-stdin');
  data = new Collected(room);
  people = Object.fromEntries(JSON.parse(room.ok('li.na', 'member', 'list', '-o', 'json')).map((m) => [m.login, m.id]));
});
after(() => room.remove());

test('where nothing is collected there is nothing to ask, and nothing is recorded', async () => {
  const no = await ask('noah', { sql: 'SELECT 1' });
  assert.equal(no.status, 403);
  assert.match((await no.json()).type, /no_sets/);
  assert.equal(await newest('audit'), 0);
});

test('a statement is answered from what was published, and is on record with who asked it [S4.2.2]', async () => {
  const source = await data.source('zhao.lei', people['zhao.lei']);
  const made = await does('zhao.lei', 'collection.draft', { form: daily_orders(source, people['zhao.lei']) });
  await does('zhao.lei', 'collection.submit', {}, made);
  const unpublished = await ask('noah', { sql: 'SELECT 1' });
  assert.equal(unpublished.status, 409, await unpublished.text());
  await does('li.na', 'collection.activate', { sha256: (await room.get('li.na', 'collections/1')).sha256 }, made);
  await deliver();
  const sql = 'SELECT channel, sum(amount) AS total, count(*) AS n\n  FROM orders WHERE ordered_on >= ? GROUP BY channel ORDER BY channel';
  let answer;
  for (let i = 0; i < 300; ++i) {
    answer = await ask('noah', { sql, params: [day] });
    if (answer.status === 200) break;
    await answer.text();
    await sleep(100);
  }
  const said = await answer.json();
  assert.deepEqual(said.rows, [['小程序', '12000.30', '3'], ['门店', '9000.30', '3']].sort(), JSON.stringify(said));
  assert.deepEqual(said.columns.map((c) => c.type), ['text', 'decimal', 'whole']);
  assert.equal(said.cut, false);
  assert.equal(answer.headers.get('opsroom-query'), String(said.query));
  const one = await recorded('noah', said.query);
  assert.deepEqual([one.status, one.by.id ?? one.by, one.rows, one.cut, one.read], ['answered', people.noah, 2, false, ['orders']], JSON.stringify(one));
  assert.equal(one.forms.statement.data.statement, sql);
  assert.deepEqual(one.forms.statement.data.sets, ['figures', 'orders']);
  assert.deepEqual(JSON.parse(one.forms.statement.data.parameters), [day]);
});

test('who asked sees the record, their manager, the superior leaders and audit; nobody else [S1.3.4]', async () => {
  const id = await newest('audit');
  assert.equal((await room.get('noah', `queries/${id}`)).id, id);
  assert.equal((await room.get('audit', `queries/${id}`)).id, id);
  assert.equal((await room.get('zhao.lei', `queries/${id}`)).status, 404);
  assert.equal((await room.get('zhao.lei', 'queries?limit=200')).items.filter((q) => q.id === id).length, 0);
  assert.match(room.ok('audit', 'query', 'list'), /SELECT channel/);
  // Nobody writes one by hand.
  const by_hand = await room.send('noah', 'POST', 'commands/query.ask', JSON.stringify({ data: { by: people.noah, statement: 'SELECT 1', format: 'json', rows_most: 1 } }), json);
  assert.equal(by_hand.status, 403);
  assert.match(by_hand.detail, /data\/sql/);
});

test('the same figure is the same text on the page, in OData, CSV and SQL, and in each file of SQL [S4.2.2]', async () => {
  const mine = { Authorization: `Bearer ${room.token('noah')}` };
  const sum = (await rows('noah', 'SELECT sum(amount) FROM orders'))[0][0];
  assert.equal(sum, '21000.60');
  const csv = (await fetch(`${room.server.url}/api/v1/data/sets/orders.csv`, { headers: mine }).then((a) => a.text())).replace('\ufeff', '').trim().split('\r\n').map((l) => l.split(','));
  const amounts = csv.slice(1).map((r) => r[csv[0].indexOf('amount')]);
  const odata = await fetch(`${room.server.url}/api/v1/odata/orders?$orderby=no&$select=amount`, { headers: mine }).then((a) => a.text());
  const in_odata = [...odata.matchAll(/"amount":"?([\d.]+)/g)].map((m) => m[1]);
  const page = (await room.get('noah', 'data/sets/orders/rows?limit=50')).items.map((r) => r.values[3]);
  const in_sql = (await rows('noah', 'SELECT amount FROM orders ORDER BY no')).map((r) => r[0]);
  for (const other of [amounts, in_odata, page]) assert.deepEqual(other, in_sql);
  const as_csv = await ask('noah', { sql: 'SELECT amount, channel FROM orders ORDER BY no', format: 'csv' });
  assert.match(as_csv.headers.get('content-type'), /text\/csv/);
  const bytes = Buffer.from(await as_csv.arrayBuffer());
  assert.equal(bytes.subarray(0, 3).toString('hex'), 'efbbbf');
  assert.deepEqual(bytes.subarray(3).toString().trim().split('\r\n').slice(1).map((l) => l.split(',')[0]), in_sql);
  const parquet = Buffer.from(await (await ask('noah', { sql: 'SELECT * FROM orders', format: 'parquet' })).arrayBuffer());
  assert.equal(parquet.subarray(0, 4).toString(), 'PAR1');
  // The figures of metrics that are published stand beside the sets.
  assert.equal((await rows('noah', 'SELECT count(*) FROM figures')).length, 1);
  const cut = await (await ask('noah', { sql: 'SELECT * FROM orders', limit: 4 })).json();
  assert.deepEqual([cut.rows.length, cut.cut], [4, true]);
});

test('the command line runs them, and saves what they answer [S4.2.2]', async () => {
  assert.match(room.ok('noah', 'data', 'sql', 'SELECT channel, sum(amount) AS total FROM orders GROUP BY ALL ORDER BY channel DESC'), /门店 +9000\.30/);
  const listed = JSON.parse(room.ok('noah', 'data', 'sql', 'SELECT count(*) AS n FROM orders WHERE amount > ? AND no <> ?', '--param', '3000', '--param', 'x', '-o', 'json'));
  assert.deepEqual(listed, [{ n: '4' }]);
  const file = join(room.home, 'weekly.sql');
  writeFileSync(file, '-- 各渠道\nSELECT channel FROM orders GROUP BY channel ORDER BY channel\n');
  assert.equal(room.ok('noah', 'data', 'sql', `@${file}`, '-o', 'csv').trim().split('\r\n').length, 3);
  const to = join(room.home, 'all.parquet');
  room.ok('noah', 'data', 'sql', 'SELECT * FROM orders', '--output', to);
  assert.equal(readFileSync(to).subarray(0, 4).toString(), 'PAR1');
  assert.equal(room.run('noah', 'data', 'sql', 'SELECT 1', '--output', join(room.home, 'x.doc')).code, 2);
  const bad = room.run('noah', 'data', 'sql', 'SELECT 1 FRM x', '--output', join(room.home, 'bad.csv'), '--lang', 'en');
  assert.notEqual(bad.code, 0);
  assert.match(bad.err, /line 1, character 14/);
  assert.equal(existsSync(join(room.home, 'bad.csv')), false);
});

/** Takes little memory and all the time that it may have. */
const endless = 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 1000003 = 7';

// Each with what is said of it.
const hostile = [
  ["SELECT * FROM read_csv('/etc/passwd')", /read_csv/], ["SELECT * FROM read_text('/etc/passwd')", /read_text/], ["SELECT * FROM '/etc/passwd'", /no set/], ["SELECT * FROM glob('/*')", /glob/],
  ["SELECT * FROM parquet_scan('x.parquet')", /parquet_scan/], ["COPY orders TO '/tmp/opsroom-x.csv'", /only a query/], ["COPY (SELECT 1) TO '/tmp/opsroom-x'", /only a query/], ["ATTACH '/tmp/opsroom-x.db'", /only a query/],
  ["ATTACH ':memory:' AS m", /only a query/], ['INSTALL httpfs', /only a query/], ["LOAD 'x.so'", /only a query/], ["SET memory_limit = '9GB'", /only a query/], ['RESET memory_limit', /only a query/], ['PRAGMA database_list', /only a query/],
  ['SELECT * FROM duckdb_settings()', /duckdb_settings/], ["SELECT getenv('HOME')", /getenv/], ["SELECT current_setting('temp_directory')", /current_setting/], ['CREATE TABLE t AS SELECT 1', /only a query/],
  ['DROP TABLE orders', /only a query/], ['DELETE FROM orders', /only a query/], ['UPDATE orders SET amount = 0', /only a query/], ['INSERT INTO orders SELECT * FROM orders', /only a query/],
  ['SELECT 1; DROP TABLE orders', /./], ['SELECT 1; SELECT 2', /one statement/], ["SELECT * FROM query('SELECT 1')", /query/], ['SELECT * FROM set_orders', /no set/], ['SELECT * FROM _deliveries', /no set/],
  ['SELECT * FROM members', /no set/], ['WITH x AS (SELECT * FROM set_orders) SELECT * FROM x', /no set/], ['SELECT (SELECT max(amount) FROM set_orders)', /no set/],
  ['SELECT * FROM information_schema.tables', /no set/], ['SELECT 1 FRM x', /line 1, character 14/], ['SELECT nosuch FROM orders', /nosuch/], ['SELECT [1, 2]', /cast it/],
  ["SELECT repeat('x', 2000000000)", /memory|large|limit/i], ['SELECT list(range) FROM range(1000000000)', /memory|longer|large/i],
  ['SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range = 7', /memory|longer/i], [endless, /longer than it may/],
];

test('what it may not read, change or use up it does not: each is told why, and is on record [S4.2.2][S1.3.3]', { timeout: 180_000 }, async () => {
  for (const [sql, says] of hostile) {
    const first = await newest('audit');
    const begun = Date.now();
    const answer = await ask('noah', { sql });
    const said = await answer.json();
    assert.ok(Date.now() - begun < 40_000, sql);
    assert.equal(answer.status, 422, `${sql}: ${JSON.stringify(said)}`);
    assert.equal(said.errors?.[0]?.pointer ?? said.errors?.[0]?.field, '/sql', JSON.stringify(said));
    assert.match(JSON.stringify(said.errors), says, sql);
    const id = first + 1;
    const one = await recorded('audit', id);
    assert.deepEqual([one.status, one.by.id ?? one.by, one.forms.statement.data.statement], ['failed', people.noah, sql], JSON.stringify(one));
    assert.ok(one.forms.outcome.data.why.zh && one.forms.outcome.data.why.en);
  }
  for (const left of ['/tmp/opsroom-x.csv', '/tmp/opsroom-x', '/tmp/opsroom-x.db']) assert.equal(existsSync(left), false);
  // And the rest goes on.
  assert.equal((await rows('noah', 'SELECT count(*) FROM orders'))[0][0], '6');
});

test('what is no request is refused before anything is recorded', async () => {
  const first = await newest('audit');
  for (const [body, status] of [[{}, 422], [{ sql: '' }, 422], [{ sql: ' \n' }, 422], [{ sql: 1 }, 422], [{ sql: 'SELECT 1', format: 'xlsx' }, 422], [{ sql: 'SELECT 1', limit: 0 }, 422], [{ sql: 'SELECT 1', limit: 100_001 }, 422],
    [{ sql: 'SELECT ?', params: [1.5] }, 422], [{ sql: 'SELECT ?', params: 'x' }, 422], [{ sql: 'SELECT 1', sets: ['orders'] }, 422], [{ sql: `SELECT '${'x'.repeat(17_000)}'` }, 422], [{ sql: 'SELECT \u202e1' }, 422]]) {
    const answer = await ask('noah', body);
    assert.equal(answer.status, status, `${JSON.stringify(body).slice(0, 80)}: ${await answer.text()}`);
  }
  const secret = { Authorization: `Basic ${Buffer.from(`noah:${room.token('noah')}`).toString('base64')}` };
  assert.equal((await fetch(`${room.server.url}/api/v1/data/sql`, { method: 'POST', headers: { ...secret, ...json }, body: JSON.stringify({ sql: 'SELECT 1' }) })).status, 401);
  assert.equal((await fetch(`${room.server.url}/api/v1/data/sql?sql=SELECT%201`, { headers: { Authorization: `Bearer ${room.token('noah')}` } })).status, 405);
  assert.equal(await newest('audit'), first);
  // Values are values: what is in them is not looked at as SQL.
  assert.deepEqual(await rows('noah', 'SELECT ?, ?, ?', "'; DROP TABLE orders; --", 7, null), [["'; DROP TABLE orders; --", '7', null]]);
  const few = await ask('noah', { sql: 'SELECT ?, ?', params: [1] });
  assert.deepEqual([few.status, (await few.json()).errors[0].pointer], [422, '/params']);
});

test('one at a time of each person, and two in all; a retry is not run again', { timeout: 120_000 }, async () => {
  const slow = { sql: endless };
  const running = ask('noah', slow);
  for (let i = 0; i < 100 && !(await room.get('noah', 'queries?limit=200')).items.some((q) => q.status === 'running'); ++i) await sleep(50);
  const second = await ask('noah', { sql: 'SELECT 1' });
  assert.equal(second.status, 429, await second.text());
  assert.ok(Number(second.headers.get('retry-after')) >= 1);
  const other = ask('zhao.lei', slow);
  for (let i = 0; i < 100 && !(await room.get('zhao.lei', 'queries?limit=200')).items.some((q) => q.status === 'running'); ++i) await sleep(50);
  const third = await ask('sun.yue', { sql: 'SELECT 1' });
  assert.equal(third.status, 429);
  assert.match((await third.json()).type, /statements_running/);
  // Whoever wants a table or a figure does not wait for them.
  const begun = Date.now();
  assert.equal((await fetch(`${room.server.url}/api/v1/data/sets/orders.csv`, { headers: { Authorization: `Bearer ${room.token('noah')}` } })).status, 200);
  assert.ok(Date.now() - begun < 5_000);
  assert.deepEqual([(await running).status, (await other).status], [422, 422]);
  const key = randomUUID();
  const once = await ask('noah', { sql: 'SELECT 1' }, key);
  assert.equal(once.status, 200);
  await recorded('noah', (await once.json()).query);
  const again = await ask('noah', { sql: 'SELECT 1' }, key);
  assert.equal(again.status, 409);
  assert.match((await again.json()).type, /statement_over/);
  const reused = await ask('noah', { sql: 'SELECT 2' }, key);
  assert.equal(reused.status, 409);
  assert.match((await reused.json()).type, /command_id_reused/);
});

test('what a server that is killed was running is recorded as lost, or is over', { timeout: 60_000 }, async () => {
  const running = ask('noah', { sql: endless }).catch(() => null);
  for (let i = 0; i < 100 && !(await room.get('noah', 'queries?limit=200')).items.some((q) => q.status === 'running'); ++i) await sleep(50);
  await room.server.kill('SIGKILL');
  await running;
  await room.server.start();
  // Within five minutes it may still be running, as far as anybody knows; nobody is kept from asking.
  assert.equal((await room.get('noah', `queries/${await newest('noah')}`)).status, 'running');
  for (let i = 0; i < 200; ++i) {
    const answer = await ask('noah', { sql: 'SELECT count(*) FROM orders' });
    if (answer.status === 200) return assert.deepEqual((await answer.json()).rows, [['6']]);
    await answer.text();
    await sleep(100);
  }
  assert.fail('not published again');
});
