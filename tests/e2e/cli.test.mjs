// The real binaries, used as a person would: opsroomd, and the command line program against it.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, bin, lines } from './room.mjs';

const chat = process.env.OPSROOM_CHAT;
let room, server, home, run, ok;

before(async () => {
  room = await Room.make('li.na', 'chen.wei', 'sun.yue', 'audit', 'admin', 'noah');
  ({ server, home } = room);
  run = room.run.bind(room);
  ok = room.ok.bind(room);
});
after(() => room.remove());

test('a task from assignment to acceptance [S3.2.1][S3.2.2]', () => {
  const made = JSON.parse(ok('li.na', 'task', 'assign', '周报', '--to', '@chen.wei', '--standard', '对账一致', '--due', '+3d', '-o', 'json'));
  const id = made.stream.split('/')[1];
  ok('chen.wei', 'task', 'start', id);
  ok('chen.wei', 'task', 'progress', id, '60', '过半');
  ok('chen.wei', 'task', 'submit', id, '已完成');
  const own = run('chen.wei', 'task', 'accept', id);
  assert.equal(own.code, 4);
  assert.match(own.err, /D1|S3\.2\.2/);
  ok('li.na', 'task', 'accept', id);
  const row = JSON.parse(ok('sun.yue', 'task', 'show', id, '-o', 'json'));
  assert.equal(row.status, 'done');
  assert.equal(row.history.length, 5);
});

test('a task that goes to somebody else leaves the board of whoever had it, as they watch', async () => {
  const made = JSON.parse(ok('li.na', 'task', 'assign', 'Lent for a day', '--to', '@noah', '--standard', 'x', '--due', '+3d', '-o', 'json'));
  const id = made.stream.split('/')[1];
  const environment = { PATH: process.env.PATH, XDG_CONFIG_HOME: join(home, 'noah'), LANG: 'C.UTF-8', OPSROOM_SERVER: server.url };
  const watching = (...words) => {
    const child = spawn(join(bin, 'opsroom'), words, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    const seen = { child, text: '' };
    child.stdout.on('data', (bytes) => (seen.text += bytes));
    return seen;
  };
  const until = async (what, is) => {
    for (let i = 0; i < 200 && !is(); ++i) await new Promise((go) => setTimeout(go, 50));
    assert.ok(is(), what);
  };
  const list = watching('task', 'list', '--watch');
  const feed = watching('feed', 'tail', 'board', '-o', 'ndjson');
  const table = watching('feed', 'tail', 'board');
  try {
    await until('it is listed', () => list.text.includes('Lent for a day') && feed.text.includes('snapshot') && table.text.includes('as it stands'));
    list.text = '';
    ok('li.na', 'task', 'reassign', id, '@emma', 'somebody else after all');
    await until('the list is drawn without it', () => list.text.length > 0);
    assert.ok(!list.text.includes('Lent for a day'));
    await until('it is told', () => feed.text.includes('"gone":[') && table.text.includes(`task/${id}`));
    const told = lines(feed.text).find((l) => l.gone);
    assert.deepEqual(told.gone, [Number(id)]);
    assert.equal(told.events?.length ?? 0, 0);
  } finally {
    for (const w of [list, feed, table]) w.child.kill();
  }
});

test('the same command id is answered the same, and does nothing twice', () => {
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  const first = ok('li.na', 'channel', 'post', '1', 'once', '--command-id', id, '-o', 'json');
  assert.equal(ok('li.na', 'channel', 'post', '1', 'once', '--command-id', id, '-o', 'json'), first);
  const other = run('li.na', 'channel', 'post', '1', 'twice', '--command-id', id);
  assert.equal(other.code, 6);
  assert.match(other.err, /command_id_reused/);
});

test('each kind of failure has its exit code and one line that helps', () => {
  assert.equal(run('li.na', 'task', 'frobnicate').code, 2);
  assert.equal(run('nobody', 'whoami').code, 3);
  assert.equal(run('noah', 'log', 'list').code, 4);
  assert.equal(run('li.na', 'task', 'show', '9999').code, 5);
  assert.equal(run('chen.wei', 'task', 'start', '9', '--expect', '1').code, 6);
  assert.equal(run('li.na', 'task', 'assign', '', '--to', '2', '--standard', 'x', '--due', '+1d').code, 7);
  assert.equal(run('li.na', 'login', '--login', 'li.na', '--password-stdin', '--server', 'http://127.0.0.1:9').code, 8);
  for (const r of [run('noah', 'log', 'list'), run('li.na', 'task', 'show', '9999')]) assert.equal(r.err.trim().split('\n').length, 1);
});

test('a message of a private channel reaches nobody outside', () => {
  const list = lines(ok('noah', 'channel', 'list', '-o', 'ndjson'));
  assert.ok(!list.some((c) => c.name.includes('managers')));
  assert.ok(lines(ok('li.na', 'channel', 'list', '-o', 'ndjson')).some((c) => c.name.includes('managers')));
  assert.equal(run('noah', 'channel', 'messages', '4').code, 5);
});

test('bad requests are refused over HTTP with what to do', async () => {
  const token = JSON.parse(readFileSync(join(home, 'li.na', 'opsroom', 'credentials.json'), 'utf8'));
  const secret = JSON.stringify(token).match(/opsroom_pat_[\w-]+/)[0];
  const ask = (body, headers = {}, path = 'commands/channel.post') =>
    fetch(`${server.url}/api/v1/${path}`, { method: 'POST', body, headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json', ...headers } });
  const cases = [
    [await ask('{"target":'), 400, 'malformed_json'],
    [await ask(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400, 'malformed_json'],
    [await ask('['.repeat(100) + ']'.repeat(100)), 400, 'malformed_json'],
    [await ask('{"target":"channel/1","data":{"text":"x","colour":1}}'), 422, 'bad_fields', '/data/colour'],
    [await ask('{"target":"channel/1","data":{"text":7}}'), 422, 'bad_fields', '/data/text'],
    [await ask('{"target":"channel/1","data":{}}'), 422, 'bad_fields', '/data/text'],
    [await ask('{}', {}, 'commands/channel.fly'), 404, 'unknown_command'],
    [await ask('{"data":{"text":"x"}}'), 422, 'wrong_target'],
    [await ask('{"target":"channel/1","expect":1,"data":{"text":"x"}}'), 412, 'stale_version'],
    [await ask('x'.repeat(2_000_000)), 413, 'too_large'],
    [await ask('{}', { 'Content-Type': 'text/plain' }), 415, 'not_json'],
    [await ask('{}', { Authorization: 'Bearer opsroom_pat_nonsense' }), 401, 'unauthenticated'],
    [await ask('{}', { Origin: 'https://elsewhere.example' }), 403, 'foreign_origin'],
    [await ask('{"target":"channel/1","data":{"text":"x"}}', { 'Idempotency-Key': 'seven' }), 422, 'bad_command_id'],
  ];
  const list = (cursor) => fetch(`${server.url}/api/v1/tasks?limit=5&cursor=${cursor}`, { headers: { Authorization: `Bearer ${secret}` } });
  for (const cursor of ['open-', 'open-x', 'shut-1', '-1', 'x', '']) cases.push([await list(cursor), 400, 'bad_query', '?cursor']);
  const open = await (await list('open-0')).json();
  assert.ok(open.items.every((t) => t.status !== 'done' && t.status !== 'cancelled'));
  assert.match(open.next, /^open-[1-9]/);
  for (const [answer, status, code, pointer] of cases) {
    const problem = await answer.json();
    assert.equal(answer.status, status, code);
    assert.equal(problem.code, code);
    assert.ok(problem.zh && problem.en && problem.detail, code);
    if (pointer) assert.equal(problem.errors[0].pointer, pointer);
  }
});

test('real chat comes over once, message for message, however often it is cut off', { skip: !chat && 'no data' }, async () => {
  const enough = async () => (await room.messages('admin')) > 5000;
  assert.ok(await room.kill_once(enough, 'admin', 'import', 'chat', chat, '-q'));
  ok('admin', 'import', 'chat', chat, '-q');
  ok('admin', 'import', 'chat', chat, '-q');
  // Colours and formats of IRC are left out, so is the mark of an operator before a name, and text is kept composed.
  const plain = (text) => text.replace(/[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').normalize('NFC').trim();
  const said = readFileSync(chat, 'utf8').trim().split('\n').map((l) => JSON.parse(l));
  const names = new Map(lines(ok('admin', 'member', 'list', '-o', 'ndjson')).map((m) => [m.id, m.name]));
  for (const channel of new Set(said.map((s) => s.channel))) {
    const want = said.filter((s) => s.channel === channel).map((s) => [Date.parse(s.at), s.from.replace(/^[@#]+/, ''), plain(s.text)]);
    const have = lines(ok('admin', 'channel', 'messages', channel, '--after', '0', '--limit', '100000', '-o', 'ndjson'))
      .map((m) => [Date.parse(m.at), names.get(m.author), m.text]);
    assert.deepEqual(have, want, channel);
  }
});

test('who is erased is gone from every view, and the log still verifies [D9]', async () => {
  const made = JSON.parse(ok('admin', 'member', 'join', 'Gone Tomorrow', '--login', 'gone', '--department', 'marketing', '--roles', 'RQ', '--language', 'en', '-o', 'json'));
  const id = made.stream.split('/')[1];
  ok('admin', 'member', 'leave', id, 'moved on');
  ok('audit', 'log', 'checkpoint');
  ok('admin', 'member', 'erase', id, 'asked for it', '--yes');
  const row = JSON.parse(ok('li.na', 'member', 'show', id, '-o', 'json'));
  assert.equal(row.name, null);
  assert.equal(row.status, 'erased');
  const entry = ok('audit', 'log', 'show', String(made.position), '-o', 'json');
  assert.ok(!entry.includes('Gone Tomorrow'));
  assert.match(entry, /erased/);
  assert.equal(JSON.parse(ok('audit', 'log', 'verify', '-o', 'json')).ok, true);
});

test('what this program does not know can be asked of the server as it is', () => {
  const asked = (...words) => JSON.parse(ok('li.na', 'api', ...words));
  assert.equal(asked('GET', '/api/v1/session').login, 'li.na');
  const mine = JSON.parse(ok('li.na', 'task', 'list', '-o', 'json', '--limit', '1'));
  assert.deepEqual(asked('GET', '/api/v1/tasks?limit=1').items.map((t) => t.id), mine.map((t) => t.id));
  const ack = asked('POST', '/api/v1/commands/channel.create', '--data', '{"data":{"name":"asked-as-it-is","visibility":"everyone","description":""}}');
  assert.match(ack.stream, /^channel\//);
  assert.match(ok('li.na', 'api', 'GET', '/api/v1/flows/request?as=mermaid'), /stateDiagram-v2/);
  assert.equal(ok('li.na', 'api', 'GET', '/api/v1/session', '-o', 'ndjson').trim().split('\n').length, 1);
  const none = run('li.na', 'api', 'GET', '/api/v1/tasks/999999');
  assert.deepEqual([none.code, none.out], [5, '']);
  assert.match(none.err, /not_found/);
  assert.equal(run('li.na', 'api', 'POST', '/api/v1/commands/no.such', '--data', '{}').code, run('li.na', 'api', 'GET', '/api/v1/no-such').code);
  assert.equal(run('noah', 'api', 'POST', '/api/v1/commands/task.start', '--data', '{"target":"task/1","data":5}').code, 7);
});

test('what can not be written ends with 1 and why, also where it would never end', () => {
  for (const words of ['task list', 'task list -o csv', 'log tail --after 0 -o ndjson', 'log checkpoint', '--help', 'completion zsh']) {
    const full = spawnSync('sh', ['-c', `exec ${join(bin, 'opsroom')} ${words} > /dev/full`], { env: room.environment('audit'), encoding: 'utf8', timeout: 20_000 });
    assert.equal(full.status, 1, words);
    assert.match(full.stderr, /can't be written/, words);
  }
  const config = spawnSync('sh', ['-c', `exec ${join(bin, 'opsroomd')} --help > /dev/full`], { encoding: 'utf8', timeout: 20_000 });
  assert.equal(config.status, 1);
});

test('after a kill and a clean stop everything is still there', async () => {
  const before = ok('audit', 'task', 'list', '--limit', '1000', '-o', 'json');
  await server.kill('SIGKILL');
  await server.start();
  assert.equal(ok('audit', 'task', 'list', '--limit', '1000', '-o', 'json'), before);
  await server.kill('SIGTERM');
  await server.start();
  assert.equal(ok('audit', 'task', 'list', '--limit', '1000', '-o', 'json'), before);
  ok('audit', 'log', 'verify');
});

test('a data folder that can not be used is refused in one line, and not changed', async () => {
  const second = spawnSync(join(bin, 'opsroomd'), ['--data', server.data, '--listen-port', '0'], { encoding: 'utf8', timeout: 20_000 });
  assert.equal(second.status, 10);  // opsroomd --help says which kinds there are
  assert.match(second.stderr, /lock|占用|another process/i);
  await server.kill('SIGTERM');
  const copy = join(home, 'damaged');
  cpSync(server.data, copy, { recursive: true });
  const table = readdirSync(join(copy, 'log')).find((f) => f.endsWith('.sst'));
  truncateSync(join(copy, 'log', table), Math.floor(statSync(join(copy, 'log', table)).size / 2));
  const damaged = spawnSync(join(bin, 'opsroomd'), ['--data', copy, '--listen-port', '0'], { encoding: 'utf8', timeout: 20_000 });
  assert.ok(damaged.status >= 10, `${damaged.status}: ${damaged.stderr}`);
  assert.ok(damaged.stderr.trim().length > 20);
  await server.start();
});
