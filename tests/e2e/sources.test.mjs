// Where data comes from (S4.1.1), through the real binaries: registered, connected, broken off, retired; whose turn it is, and who is told.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Room } from './room.mjs';

let room, run, ok;
const json = (who, ...words) => JSON.parse(ok(who, ...words, '-o', 'json'));
const waits = (who) => json(who, 'inbox').filter((i) => i.kind === 'flow').map(({ flow }) => `${flow.what}/${flow.id} ${flow.command}`);
const about = ['--kind', 'internal', '--holds', 'user,business', '--description', '会员与积分流水', '--access', '只读账号'];

before(async () => {
  room = await Room.make('li.na', 'chen.wei', 'zhao.lei', 'noah', 'wang.fang');
  run = room.run.bind(room);
  ok = room.ok.bind(room);
});
after(() => room.remove());

test('an analyst registers one for its owner, whose turn it is to connect it', () => {
  assert.notEqual(run('noah', 'source', 'register', '会员数据库', ...about, '--owner', '@wang.fang').code, 0);
  ok('zhao.lei', 'source', 'register', '会员数据库', ...about, '--owner', '@wang.fang');
  assert.deepEqual(waits('wang.fang'), ['source/1 source.connect']);
  const again = run('zhao.lei', 'source', 'register', '会员数据库', ...about, '--owner', '@wang.fang');
  assert.match(again.err, /S4\.1\.1/);
});

test('connected, broken off and connected again, each in its history', () => {
  ok('wang.fang', 'source', 'connect', '1', '1,204 members');
  assert.deepEqual(waits('wang.fang'), []);
  ok('zhao.lei', 'source', 'disconnect', '1', 'the account has expired');
  assert.deepEqual(waits('wang.fang'), ['source/1 source.connect']);
  assert.ok(json('wang.fang', 'inbox').some((i) => i.notice?.happened === 'source.disconnected.v1'));
  const [row] = json('noah', 'source', 'list');
  assert.equal(row.status, 'disconnected');
  assert.deepEqual(row.holds, ['user', 'business']);
  const shown = ok('noah', 'source', 'show', '1');
  for (const words of ['会员与积分流水', '1,204 members', 'the account has expired']) assert.ok(shown.includes(words), shown);
});

test('the manager retires it; its name is free again, and it is found by its words', async () => {
  assert.match(run('wang.fang', 'source', 'retire', '1', 'x').err, /S4\.1\.1/);
  ok('li.na', 'source', 'retire', '1', 'the system is gone');
  ok('zhao.lei', 'source', 'register', '会员数据库', ...about, '--owner', '@zhao.lei');
  for (let i = 0; i < 100 && !json('noah', 'search', '积分流水').length; ++i) await new Promise((go) => setTimeout(go, 50));
  assert.ok(json('noah', 'search', '积分流水').length > 0);
});
