// Files on forms that are about a person: sealed on the disk, read by whoever may read the form, and gone with the person. What
// somebody carries openly as well stays.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, bin } from './room.mjs';

let home, room, people;
const json = (who, ...words) => JSON.parse(room.ok(who, ...words, '-o', 'json'));
const number = (ack) => ack.stream.split('/')[1];
const file = (name, content) => {
  const path = join(home, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const until = async (good, what) => {
  for (let i = 0; i < 300; ++i) {
    if (await good()) return;
    await new Promise((go) => setTimeout(go, 100));
  }
  assert.fail(`it never came: ${what}`);
};
const hash = (text) => createHash('sha256').update(text).digest('hex');

const hers = '自评附件：她怎样看自己，只给评价她的人看\n'.repeat(50);
const judged = '评价附件：上级对她的记录，只给双方看\n'.repeat(50);
const shared = '两处都附上的数据：会员日各渠道人数\n'.repeat(50);
const open = '需求附件：任何部门可提出的需求\n'.repeat(50);

const ask = (who, method, path, body, headers = {}) => {
  const kept = readFileSync(join(room.home, who, 'opsroom', 'credentials.json'), 'utf8');
  const bearer = { Authorization: `Bearer ${kept.match(/opsroom_pat_[\w-]+/)[0]}` };
  return fetch(`${room.server.url}/api/v1/${path}`, { method, headers: { ...bearer, ...headers }, body });
};
const fetched = async (who, text, headers) => {
  const answer = await ask(who, 'GET', `attachments/${hash(text)}`, undefined, headers);
  return { status: answer.status, text: await answer.text() };
};
const send = async (who, text) => {
  const bytes = Buffer.byteLength(text);
  const begun = await (await ask(who, 'POST', 'attachments', JSON.stringify({ sha256: hash(text), bytes, media_type: 'text/plain' }))).json();
  if (!begun.complete) assert.equal((await (await ask(who, 'PUT', `attachments/${hash(text)}?offset=${begun.have}`, text)).json()).complete, true);
  return { sha256: hash(text), name: 'notes.txt', media_type: 'text/plain', bytes };
};
/** Every file of the data folder that has these words in it. */
const lies = (folder, text) => {
  const words = Buffer.from(text.slice(0, 20));
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return lies(path, text);
    return entry.isFile() && readFileSync(path).includes(words) ? [path] : [];
  });
};
const content = (text, data = room.server.data) => join(data, 'blobs', hash(text).slice(0, 2), hash(text).slice(2));
const keys = (text, data = room.server.data) => join(data, 'keys', 'files', hash(text).slice(0, 2), `${hash(text).slice(2)}.key`);

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'opsroom-erased-'));
  room = await Room.make('li.na', 'chen.wei', 'sun.yue', 'zhou.jie', 'noah', 'admin', 'audit');
  people = Object.fromEntries(json('li.na', 'member', 'list').map((m) => [m.login, m.id]));
  room.ok('admin', 'member', 'roles', '@zhou.jie', 'RQ,HR');
  room.ok('sun.yue', 'member', 'confirm', '@zhou.jie', '1');
  room.ok('admin', 'org', 'superior', '@chen.wei', '@li.na');
  room.ok('admin', 'org', 'superior', '@li.na', '@sun.yue');
  room.ok('li.na', 'indicators', 'publish', file('sp.json', JSON.parse(room.ok('li.na', 'indicators', 'template'))));
  const cycle = number(json('zhou.jie', 'cycle', 'plan', 'quarter', String(new Date().getFullYear()), '--quarter', '4'));
  room.ok('zhou.jie', 'cycle', 'open', cycle, '试行：提前开始');
});
after(async () => {
  await room.remove();
  rmSync(`${room.server.data}.backups`, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

let mine;

test('a file on a self-appraisal lies on the disk sealed, and by her key alone [S6.3.1][D5]', async () => {
  const attached = [await send('chen.wei', hers), await send('chen.wei', shared)];
  assert.deepEqual(lies(room.server.data, hers), [], 'just sent');
  mine = String(json('chen.wei', 'appraisal', 'list')[0].id);
  const form = JSON.parse(room.ok('chen.wei', 'appraisal', 'template', mine, 'self'));
  for (const line of form.lines) Object.assign(line, { score: 90, text: '按期完成' });
  form.extras = { form: 1, fields: [], ...form.extras, attachments: attached };
  room.ok('chen.wei', 'appraisal', 'submit', mine, file('f6.json', form));
  await until(() => !/^open /m.test(readFileSync(keys(hers), 'utf8')), 'her key alone');
  assert.match(readFileSync(keys(hers), 'utf8'), new RegExp(`^of ${people['chen.wei']} `, 'm'));
  assert.deepEqual(lies(room.server.data, hers), []);
  for (const path of [content(hers), keys(hers)]) assert.equal(statSync(path).mode & 0o077, 0);
  // Who may read the form reads it, whole and in part; nobody else, and nobody before it is open to them (D4).
  assert.deepEqual(await fetched('chen.wei', hers), { status: 200, text: hers });
  const bytes = Buffer.from(hers);
  const part = await ask('chen.wei', 'GET', `attachments/${hash(hers)}`, undefined, { Range: 'bytes=100-219' });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get('content-range'), `bytes 100-219/${bytes.length}`);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(100, 220));
  assert.equal((await fetched('li.na', hers)).status, 404);
  assert.equal((await fetched('noah', hers)).status, 404);
  const evaluation = JSON.parse(room.ok('li.na', 'appraisal', 'template', mine, 'evaluation'));
  for (const line of evaluation.lines) Object.assign(line, { score: 80, comment: '稳定' });
  evaluation.comment = '整体良好';
  evaluation.extras = { form: 1, fields: [], ...evaluation.extras, attachments: [await send('li.na', judged)] };
  room.ok('li.na', 'appraisal', 'evaluate', mine, file('f7.json', evaluation));
  assert.equal((await fetched('li.na', hers)).text, hers);
  assert.equal((await fetched('chen.wei', judged)).text, judged);
  assert.match(room.ok('audit', 'log', 'verify'), /\d/);
});

test('who carries the same file openly has it by themselves [F1]', async () => {
  const attached = file('shared.txt', shared);
  await send('noah', shared);
  room.ok('noah', 'request', 'draft', '会员日复盘', '--background', 'b', '--objectives', 'o', '--content', 'c', '--by', '+9w', '--compliance', 'ok', '--attach', attached);
  room.ok('noah', 'request', 'draft', '新需求', '--background', 'b', '--objectives', 'o', '--content', 'c', '--by', '+9w', '--compliance', 'ok', '--attach', file('open.txt', open));
  await until(() => /^open /m.test(readFileSync(keys(shared), 'utf8')), 'open to everybody');
  assert.equal((await fetched('noah', shared)).text, shared);
});

test('a file from before files were sealed is sealed once the server has started [D9]', async () => {
  await room.server.kill('SIGTERM');
  writeFileSync(content(open), open);
  rmSync(keys(open));
  assert.equal(lies(join(room.server.data, 'blobs'), open).length, 1);
  await room.server.start();
  assert.equal((await fetched('noah', open)).text, open);
  await until(() => lies(join(room.server.data, 'blobs'), open).length === 0, 'sealed');
  assert.equal((await fetched('noah', open)).text, open);
  assert.match(room.ok('audit', 'log', 'verify'), /\d/);
});

test('erased with her: nobody reads it, it is no damage, and what is open stays [D9]', async () => {
  const kept = json('admin', 'backup', 'create');
  room.ok('admin', 'member', 'leave', '@chen.wei', '调离', '--successor', '@li.na');
  room.ok('admin', 'member', 'erase', String(people['chen.wei']), '本人要求', '--yes');
  const gone = await fetched('li.na', judged);
  assert.equal(gone.status, 410);
  assert.equal(JSON.parse(gone.text).code, 'erased_file');
  assert.match(JSON.parse(gone.text).zh, /抹除/);
  assert.equal((await fetched('li.na', hers)).status, 404);
  assert.equal((await fetched('noah', shared)).text, shared);
  for (const text of [hers, judged]) await until(() => !existsSync(content(text)) && !existsSync(keys(text)), 'removed');
  assert.equal((await fetched('li.na', judged)).status, 410);
  assert.match(room.ok('audit', 'log', 'verify'), /\d/);
  // And after a restart.
  await room.server.kill('SIGTERM');
  await room.server.start();
  assert.equal((await fetched('li.na', judged)).status, 410);
  assert.equal((await fetched('noah', shared)).text, shared);
  assert.match(room.ok('audit', 'log', 'verify'), /\d/);

  // The next backup destroys it among the earlier ones; both are whole.
  const backups = kept.folder;
  assert.ok(existsSync(keys(hers, backups)), 'the one before has its keys');
  json('admin', 'backup', 'create');
  assert.ok(!existsSync(keys(hers, backups)));
  for (const which of ['1', '2']) {
    const proven = spawnSync(join(bin, 'opsroomd'), ['backup', 'verify', '--from', backups, '--backup', which], { encoding: 'utf8', env: { PATH: process.env.PATH, LANG: 'C.UTF-8' } });
    assert.equal(proven.status, 0, proven.stdout + proven.stderr);
  }
  const restored = join(home, 'restored');
  const done = spawnSync(join(bin, 'opsroomd'), ['restore', '--from', backups, '--data', restored], { encoding: 'utf8', env: { PATH: process.env.PATH, LANG: 'C.UTF-8' } });
  assert.equal(done.status, 0, done.stderr);
  await room.server.kill('SIGTERM');
  const was = room.server.data;
  room.server.data = restored;
  try {
    await room.server.start();
    assert.equal((await fetched('li.na', judged)).status, 410);
    assert.equal((await fetched('noah', shared)).text, shared);
    assert.equal((await fetched('noah', open)).text, open);
    assert.match(room.ok('audit', 'log', 'verify'), /\d/);
    await room.server.kill('SIGTERM');
  } finally {
    room.server.data = was;
    await room.server.start();
  }
});
