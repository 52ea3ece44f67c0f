// Data that plans fetch by themselves (S4.1.2): over HTTP from hosts that are named, and by SQL from databases that are; what fails is tried again,
// and why is there to be read.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createProbe } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Collected, daily_orders, orders_head, sleep, until } from './collected.mjs';
import { bin, Room } from './room.mjs';

const secret = 'Bearer of-nobody-else';
const folder = mkdtempSync(join(tmpdir(), 'opsroom-pulls-'));
let room, data, people, source, web, other, asked = [];
let flaky = 0;

const text_of = (day, n = 2) => `${orders_head}${Array.from({ length: n }, (_, i) => `${i},${day},门店,"${i + 1},000.50"\n`).join('')}`;

/** Answers as the first part of the path says. */
function answer(request, reply) {
  const url = new URL(request.url, 'http://x');
  const day = url.searchParams.get('day');
  asked.push({ path: url.pathname, day, secret: request.headers.authorization });
  const send = (status, body, headers = {}) => reply.writeHead(status, { 'Content-Type': 'text/csv', ...headers }).end(body);
  const ways = {
    '/ok': () => send(200, text_of(day)),
    '/moved': () => send(302, 'moved', { Location: `/ok?day=${day}` }),
    '/out': () => send(302, 'moved', { Location: `http://127.0.0.1:${other.address().port}/ok?day=${day}` }),
    '/file': () => send(302, 'moved', { Location: 'file:///etc/passwd' }),
    '/large': () => send(200, 'x', { 'Content-Length': String(2 ** 40) }),
    '/page': () => send(200, '<!DOCTYPE html><p>log in', { 'Content-Type': 'text/html' }),
    '/picture': () => send(200, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
    '/slow': () => setTimeout(() => send(200, text_of(day)), 3_000),
    '/never': () => {},
    '/flaky': () => (++flaky < 2 ? send(500, 'not now') : send(200, text_of(day))),
    '/wrong': () => send(200, `订单号,下单日期,渠道,金额\n1,${day},门店,many\n`),
  };
  return (ways[url.pathname] ?? (() => send(404, 'no')))();
}
const listening = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
const free_port = () => listening(createProbe()).then((probe) => new Promise((done) => {
  const { port } = probe.address();
  probe.close(() => done(port));
}));

/** An active plan, of which yesterday's data are due since midnight: one that takes another's place waits from the same day on. Its number. */
async function plan(set, more) {
  const form = daily_orders(source, people['zhao.lei'], { name: `每日 ${set}`, set, schedule: { rhythm: 'daily', due_minutes: 0, grace_minutes: 2880, settling_days: 2 } });
  const replaces = await data.plan('zhao.lei', 'li.na', form);
  return data.plan('zhao.lei', 'li.na', { ...form, replaces, ...more });
}
const web_plan = (set, path) => plan(set, { way: 'http', place: `http://127.0.0.1:${web.address().port}${path}?day={date}` });

const deliveries = async (id) => (await room.get('zhao.lei', 'deliveries?limit=200')).items.filter((d) => d.collection === id);
const settled = (id, ...statuses) => until(async () => (await deliveries(id)).find((d) => statuses.includes(d.status)), `nothing of plan ${id} is ${statuses}`);
const failing = async (id) => (await room.get('zhao.lei', 'data/pulls')).items.find((one) => one.collection === id);
const fails = (id, why) => until(async () => {
  const one = await failing(id);
  return one && why.test(one.why.en) ? one : null;
}, `plan ${id} does not fail with ${why}`);

let start;
/** What is due is seen at a start, else within a minute. */
async function look_at_the_day() {
  await room.server.kill('SIGTERM');
  await start();
}
before(async () => {
  web = await listening(createServer(answer));
  other = await listening(createServer(answer));
  const secrets = join(folder, 'secrets');
  writeFileSync(secrets, `# of the tests\n127.0.0.1:${web.address().port} Authorization: ${secret}\n`);
  chmodSync(secrets, 0o600);
  const flags = ['--data-hosts', `127.0.0.1:${web.address().port},localhost:${web.address().port}`, '--data-private-hosts', '--data-secrets', secrets, '--data-connections', `shop=sqlite:${join(folder, 'shop.db')}`];
  start = () => room.server.start(...flags);
  room = await Room.make_with(...flags);
  for (const who of ['li.na', 'zhao.lei', 'noah']) room.ok(who, 'login', '--login', who, '--password-stdin');
  data = new Collected(room);
  people = Object.fromEntries(JSON.parse(room.ok('li.na', 'member', 'list', '-o', 'json')).map((m) => [m.login, m.id]));
  source = await data.source('zhao.lei', people['zhao.lei']);
});
after(async () => {
  await room.remove();
  for (const one of [web, other]) {
    one.closeAllConnections();
    one.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

test('what is due is fetched by itself, for its day, once, and checked as what is uploaded is [S4.1.2]', { timeout: 120_000 }, async () => {
  const id = await web_plan('orders', '/ok');
  await look_at_the_day();
  const one = await settled(id, 'accepted', 'warned');
  assert.equal(one.taken, 2);
  assert.deepEqual([...new Set(asked.filter((a) => a.path === '/ok').map((a) => a.day))], [one.from]);
  const whole = await room.get('zhao.lei', `deliveries/${one.id}`);
  assert.equal(whole.forms.received.data.files?.[0]?.name ?? whole.files?.[0]?.name, `orders-${one.from}.csv`, JSON.stringify(whole));
  const times = asked.length;
  await sleep(8_000);
  assert.equal(asked.length, times);
  assert.equal(await failing(id), undefined);
  // The secret goes to that host, and is nowhere to be read.
  assert.equal(asked[0].secret, secret);
  assert.equal(readFileSync(join(room.home, 'opsroomd.log'), 'utf8').includes('of-nobody-else'), false);
});

test('a redirect is followed within the host and nowhere else; what is too large, a page or no table is not taken, and is said to be so', { timeout: 180_000 }, async () => {
  const ids = {};
  for (const [set, path] of [['moved', '/moved'], ['out', '/out'], ['files', '/file'], ['large', '/large'], ['page', '/page'], ['picture', '/picture'], ['slow', '/slow'], ['flaky', '/flaky'], ['wrong', '/wrong'], ['none', '/none']]) ids[set] = await web_plan(set, path);
  ids.elsewhere = await plan('elsewhere', { way: 'http', place: `http://127.0.0.1:${other.address().port}/ok?day={date}` });
  ids.days = await plan('days', { way: 'http', place: `http://127.0.0.1:${web.address().port}/ok?day={day}` });
  await look_at_the_day();
  for (const set of ['moved', 'slow', 'flaky']) assert.equal((await settled(ids[set], 'accepted', 'warned')).taken, 2, set);
  assert.equal(flaky, 2);
  await settled(ids.wrong, 'quarantined', 'refused');
  const whys = { out: /leads to another address/, files: /leads to another address/, large: /larger than a file may be/, page: /answered with a page/, picture: /not CSV or XLSX/, none: /HTTP 404/, elsewhere: /data_hosts does not name 127\.0\.0\.1/, days: /placeholders/ };
  for (const [set, why] of Object.entries(whys)) {
    const one = await fails(ids[set], why);
    assert.ok(one.tries >= 1 && one.why.zh && Date.parse(one.next) > Date.parse(one.last), JSON.stringify(one));
  }
  assert.equal(asked.filter((a) => a.path === '/ok' && a.secret === undefined).length, 0);  // the other host was asked nothing
  assert.match(room.ok('zhao.lei', 'data', 'pulls', '--lang', 'en'), /HTTP 404/);
  // It is tried again, more and more seldom; in the log each reason is said once.
  const first = await failing(ids.none);
  const later = await until(async () => ((await failing(ids.none)).tries > first.tries ? failing(ids.none) : null), 'it is not tried again');
  assert.ok(Date.parse(later.next) - Date.parse(later.last) > Date.parse(first.next) - Date.parse(first.last));
  const said = readFileSync(join(room.home, 'opsroomd.log'), 'utf8').split('\n').filter((line) => line.includes(`plan ${ids.none},`));
  assert.equal(said.length, 1, said.join('\n'));
  const metrics = await fetch(`${room.server.url}/metrics`, { headers: { Authorization: `Bearer ${room.token('zhao.lei')}` } }).then((a) => a.text());
  if (metrics.includes('opsroom_log_position')) assert.ok(Number(metrics.match(/^opsroom_pulls_failing (\d+)/m)[1]) >= 8);
  // Nothing is left of what did not become a delivery.
  const left = join(room.server.data, 'warehouse', 'pulled');
  await until(() => !existsSync(left) || readdirSync(left).length === 0, 'files are left');
});

test('a plan of this way names an http(s) address, one by SQL a connection and a query, and nobody else any', async () => {
  const form = (more) => daily_orders(source, people['zhao.lei'], { name: 'x', set: 'x', ...more });
  for (const [more, code] of [[{ way: 'upload', place: 'http://x/' }, 'bad_place'], [{ way: 'http' }, 'bad_place'], [{ way: 'http', place: 'ftp://x/' }, 'bad_place'], [{ way: 'query', place: 'shop' }, 'bad_query'],
    [{ way: 'query', query: 'select 1' }, 'bad_place'], [{ way: 'http', place: 'http://x/', query: 'select 1' }, 'bad_query'],
    [{ way: 'query', place: 'shop', query: 'select 1', reading: { type: 'xlsx', encoding: 'utf8', separator: 'comma', skip: 0, skip_end: 0 } }, 'bad_reading']]) {
    const no = await room.send('zhao.lei', 'POST', 'commands/collection.draft', JSON.stringify({ data: { form: form(more) } }), { 'Content-Type': 'application/json' });
    assert.match(no.type, new RegExp(code), JSON.stringify(no));
  }
});

const python = (code) => spawnSync('python3', ['-c', code], { encoding: 'utf8' });
const in_sql = "select no as 订单号, ordered_on as 下单日期, channel as 渠道, amount as 金额 from orders where ordered_on between :from and :until order by no";

test('the rows of a query in a SQLite file are a delivery, and the file is only read [S4.1.2]', { timeout: 120_000 }, async (t) => {
  if (python('import sqlite3').status !== 0) return t.skip('python3 is not there, which makes the file');
  const id = await plan('shop', { way: 'query', place: 'shop', query: in_sql });
  await look_at_the_day();
  await fails(id, /unable to open/);  // it is not there yet
  const [waited] = await deliveries(id);
  const made = python(`import sqlite3\ndb = sqlite3.connect(${JSON.stringify(join(folder, 'shop.db'))})\ndb.execute("create table orders (no text, ordered_on text, channel text, amount text)")\n`
    + `db.executemany("insert into orders values (?, ?, ?, ?)", [("1", "${waited.from}", '门店, "东"', "1.50"), ("2", "${waited.from}", "小程序", "2.25"), ("3", "2020-01-01", "门店", "9")])\ndb.commit()`);
  assert.equal(made.status, 0, made.stderr);
  const before = readFileSync(join(folder, 'shop.db'));
  const one = await settled(id, 'accepted', 'warned');
  assert.equal(one.taken, 2);
  const rows = await until(async () => {
    const seen = await room.get('noah', 'data/sets/shop/rows?limit=10');
    return seen.items?.length === 2 ? seen.items : null;
  }, 'its rows are not loaded');
  assert.deepEqual(rows.map((r) => [r.values[2], r.values[3]]), [['门店, "东"', '1.50'], ['小程序', '2.25']]);
  const bad = await plan('shop_bad', { way: 'query', place: 'shop', query: 'delete from orders' });
  const unknown = await plan('shop_unknown', { way: 'query', place: 'nobody', query: in_sql });
  await look_at_the_day();
  await fails(bad, /only a query/);
  await fails(unknown, /no connection nobody/);
  assert.deepEqual(readFileSync(join(folder, 'shop.db')), before);
});

test('a server that is told to stop does not wait for who does not answer, and goes on where it was', { timeout: 120_000 }, async () => {
  const id = await web_plan('never', '/never');
  await look_at_the_day();
  await until(() => asked.some((a) => a.path === '/never'), 'it is not asked');
  const begun = Date.now();
  await room.server.kill('SIGTERM');
  assert.ok(Date.now() - begun < 10_000, `${Date.now() - begun} ms`);
  const times = asked.filter((a) => a.path === '/never').length;
  await start();
  await until(() => asked.filter((a) => a.path === '/never').length > times, 'it is not asked again');
  assert.equal((await deliveries(id)).length, 1);
});

test('a setting that is no good is said at the start, without what is secret in it', () => {
  const open = join(folder, 'open');
  writeFileSync(open, 'data.example.com X: hunter2\n');
  chmodSync(open, 0o644);
  const starts = (...flags) => spawnSync(join(bin, 'opsroomd'), ['--data', join(folder, 'none'), '--listen-port', '0', ...flags], { encoding: 'utf8', env: { PATH: process.env.PATH, LANG: 'C.UTF-8' }, timeout: 20_000 });
  for (const [flags, says] of [[['--data-hosts', 'https://data.example.com'], /data_hosts/], [['--data-secrets', open], /chmod 600/], [['--data-secrets', join(folder, 'missing')], /can't be read/], [['--data-connections', 'shop=mysql://x'], /the connection shop/],
    [['--data-connections', 'db=postgresql://reader:hunter2@db.example.com/x'], /the connection db/]]) {
    const ended = starts(...flags);
    assert.equal(ended.status, 2, `${flags}: ${ended.stderr}`);
    assert.match(ended.stderr, says);
    if (!flags[1].includes('hunter2')) assert.doesNotMatch(ended.stderr, /hunter2/);
  }
});

/** A PostgreSQL of one's own, where there are its programs and somebody to run it as. */
function postgres(port) {
  const versions = '/usr/lib/postgresql';
  const [newest] = existsSync(versions) ? readdirSync(versions).sort((a, b) => b - a) : [];
  const programs = newest && join(versions, newest, 'bin');
  if (!programs || !existsSync(join(programs, 'initdb'))) return null;
  const home = mkdtempSync(join(tmpdir(), 'opsroom-postgres-'));
  const root = process.getuid() === 0;
  if (root && spawnSync('chown', ['nobody', home]).status !== 0) return null;
  const run = (name, ...words) => {
    const command = [join(programs, name), ...words];
    const [program, ...rest] = root ? ['runuser', '-u', 'nobody', '--', ...command] : command;
    return spawnSync(program, rest, { encoding: 'utf8', cwd: home, timeout: 60_000 });
  };
  const data = join(home, 'data');
  const stop = () => {
    run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
    rmSync(home, { recursive: true, force: true });
  };
  if (run('initdb', '-D', data, '-A', 'trust', '-U', 'reader', '--no-sync').status !== 0) return stop(), null;
  const begun = run('pg_ctl', '-D', data, '-w', '-l', join(home, 'log'), '-o', `-p ${port} -k ${home} -c listen_addresses=127.0.0.1`, 'start');
  if (begun.status !== 0) return stop(), null;
  return { url: `postgresql://reader@127.0.0.1:${port}/postgres`, sql: (text) => run('psql', '-h', '127.0.0.1', '-p', String(port), '-U', 'reader', '-d', 'postgres', '-Atc', text), stop };
}

test('the rows of a query in PostgreSQL are a delivery, in a transaction that only reads [S4.1.2]', { timeout: 180_000 }, async (t) => {
  const db = postgres(await free_port());
  if (!db) return t.skip('PostgreSQL is not there (postgresql-15)');
  try {
    await room.server.kill('SIGTERM');
    const before = start;
    try {
      start = () => room.server.start('--data-connections', `orders=${db.url}`);
      await start();
    } catch (why) {
      if (!/not built with PostgreSQL/.test(readFileSync(join(room.home, 'opsroomd.log'), 'utf8'))) throw why;
      await room.server.kill();
      start = before;
      await start();
      return t.skip('opsroomd was built without PostgreSQL (libpq-dev)');
    }
    const id = await plan('pg', { way: 'query', place: 'orders', query: `${in_sql} -- :until` });
    await look_at_the_day();
    await fails(id, /relation "orders" does not exist/);
    const [waited] = await deliveries(id);
    const made = db.sql(`create table orders (no text, ordered_on date, channel text, amount numeric(12,2)); insert into orders values ('1', '${waited.from}', '门店', 1234567.89), ('2', '${waited.from}', null, 0.10), ('3', '2020-01-01', 'x', 1)`);
    assert.equal(made.status, 0, made.stderr);
    const one = await settled(id, 'accepted', 'warned', 'quarantined');
    assert.equal(one.rows, 2);
    const writes = await plan('pg_writes', { way: 'query', place: 'orders', query: 'with gone as (delete from orders returning *) select * from gone' });
    await look_at_the_day();
    await fails(writes, /read-only transaction/);
    assert.equal(db.sql('select count(*) from orders').stdout.trim(), '3');
  } finally {
    db.stop();
  }
});
