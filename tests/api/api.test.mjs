// GET /api/openapi.json and /api/asyncapi.json: valid by the reference validators, and true of the server in a room that has seen a year.

import { Parser } from '@asyncapi/parser';
import { Validator } from '@seriousme/openapi-schema-validator';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Server } from '../browser/server.mjs';
import { Caller } from './calls.mjs';
import { Strict } from './strict.mjs';

const opsroomd = join(process.env.OPSROOM_BIN, 'opsroomd');
const calls = Number(process.env.CALLS ?? 5_000);
const seed = Number(process.env.SEED ?? 20_261_123);

let home, server, openapi, asyncapi;

const printed = (what, lang = 'C.UTF-8') => spawnSync(opsroomd, [what], { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: lang } }).stdout;
const read = async (path, headers = {}) => fetch(server.url + path, { headers });

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'opsroom-api-'));
  server = await Server.make(opsroomd, home);
  const year = spawnSync(opsroomd, ['demo', '--data', server.data, '--log-level', 'warning'], { stdio: ['ignore', 'ignore', 'inherit'] });
  assert.equal(year.status, 0);
  await server.start();
  openapi = await (await read('/api/openapi.json?lang=en')).json();
  asyncapi = await (await read('/api/asyncapi.json?lang=en')).json();
});

after(async () => {
  await server?.remove();
  rmSync(home, { recursive: true, force: true });
});

test('the OpenAPI document is valid, in both languages', async () => {
  for (const lang of ['zh', 'en']) {
    const document = await (await read(`/api/openapi.json?lang=${lang}`)).json();
    const found = await new Validator().validate(document);
    assert.ok(found.valid, JSON.stringify(found.errors));
  }
});

// Its validator takes long, and the other language has other words alone.
test('the AsyncAPI document is valid', async () => {
  const { document, diagnostics } = await new Parser().parse(asyncapi);
  // Nothing else ran meanwhile: that the server has closed an idle connection is seen now.
  await new Promise((go) => setTimeout(go, 200));
  assert.ok(document, JSON.stringify(diagnostics.slice(0, 5)));
  assert.deepEqual(diagnostics.filter((d) => d.severity === 0), []);
  const zh = await (await read('/api/asyncapi.json?lang=zh')).json();
  for (const part of ['channels', 'operations']) assert.deepEqual(Object.keys(zh[part]), Object.keys(asyncapi[part]));
});

test('anybody may read them, in the language that they ask for; who has them is told so', async () => {
  for (const [path, what] of [['/api/openapi.json', 'openapi'], ['/api/asyncapi.json', 'asyncapi']]) {
    const first = await read(path, { 'accept-language': 'zh-CN' });
    assert.equal(first.headers.get('content-type'), 'application/json');
    const text = await first.text();
    assert.match(text, /[\u4e00-\u9fff]/);
    assert.deepEqual(JSON.parse(text), JSON.parse(printed(what, 'zh_CN.UTF-8')));
    assert.deepEqual(await (await read(`${path}?lang=en`)).json(), JSON.parse(printed(what)));
    const again = await read(path, { 'accept-language': 'zh-CN', 'if-none-match': first.headers.get('etag') });
    assert.equal(again.status, 304);
    assert.equal((await read(`${path}?lang=fr`)).status, 400);
  }
});

test('each address is told in Chinese, too', async () => {
  const zh = await (await read('/api/openapi.json?lang=zh')).json();
  for (const [path, methods] of Object.entries(zh.paths))
    for (const [method, one] of Object.entries(methods)) assert.match(one.summary, /[\u4e00-\u9fff]/, `${method} ${path}`);
  assert.deepEqual(Object.keys(zh.paths), Object.keys(openapi.paths));
});

test('each row and dossier of a year is as it says', async () => {
  const strict = new Strict(openapi, 'openapi');
  const faults = new Map();
  for (const who of ['li.na', 'huang.min', 'zhao.lei']) {
    const caller = await Caller.log_in(server.url, who, openapi, asyncapi);
    for (const path of Object.keys(openapi.paths).filter((p) => openapi.paths[`${p}/{id}`]?.get && openapi.paths[p].get)) {
      const list = await caller.get(`${path}?limit=200`);
      caller.look(strict, path, 'get', list, faults);
      if (list.status !== 200) continue;
      for (const row of list.body.items.slice(0, 60)) caller.look(strict, `${path}/{id}`, 'get', await caller.get(`${path}/${row.id}`), faults);
    }
  }
  assert.deepEqual([...faults], []);
});

test(`${calls} calls that the document makes up are answered as it says, and none with 5xx (seed ${seed})`, { timeout: 500_000 }, async () => {
  const strict = new Strict(openapi, 'openapi');
  const faults = new Map();
  const people = [];
  for (const who of ['li.na', 'huang.min', 'zhao.lei', 'sun.yue', 'audit']) people.push(await Caller.log_in(server.url, who, openapi, asyncapi));
  const seen = await Caller.call_by_chance(people, strict, seed, calls, faults);
  console.log(JSON.stringify(seen));
  assert.deepEqual([...faults], []);
});
