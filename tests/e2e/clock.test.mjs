// The real server on a machine whose clock is wrong by ten years, believed, and set right again.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Room, bin } from './room.mjs';

const decade = 3650 * 86_400;
const compiler = ['cc', 'gcc', 'clang', 'g++'].find((c) => spawnSync(c, ['--version']).status === 0);
let home;
let room;
let lobby;
const set_clock = (seconds) => writeFileSync(join(home, 'seconds'), String(seconds));
const believed = (held) => async () => (await fetch(`${room.server.url}/readyz`).then((a) => a.text())).includes('"clock":"held"') === held;
const events = async () => (await room.get('admin', 'log?way=backwards&limit=100')).items; // the newest first
const newest = async () => Number((await events())[0].time.slice(0, 4));

async function until(so, what, ms = 20_000) {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((go) => setTimeout(go, 100))) if (await so()) return;
  assert.fail(`${what} did not come`);
}
function accept() {
  const done = spawnSync(join(bin, 'opsroomd'), ['accept-clock', '--data', room.server.data], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
}
const log_in = () => {
  for (const who of ['admin', 'li.na']) room.ok(who, 'login', '--login', who, '--password-stdin');
};
const post = (words) => room.ok('li.na', 'channel', 'post', String(lobby), words);

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'opsroom-clock-'));
  if (!compiler) return;
  const made = spawnSync(compiler, ['-x', 'c', '-shared', '-fPIC', '-O1', '-o', join(home, 'other_clock.so'), fileURLToPath(new URL('other_clock.c', import.meta.url)), '-ldl'], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  set_clock(0);
  process.env.OPSROOM_OTHER_CLOCK = join(home, 'seconds');
  process.env.LD_PRELOAD = join(home, 'other_clock.so');
  room = await Room.make('admin', 'li.na');
  lobby = JSON.parse(room.ok('li.na', 'channel', 'list', '-o', 'json')).find((c) => c.name.includes('lobby')).id;
});
after(async () => {
  delete process.env.LD_PRELOAD;
  await room?.remove();
  if (existsSync(home)) rmSync(home, { recursive: true, force: true });
});

test('a wrong clock that was accepted is set back by an event, and what comes after is dated right, over a kill too', { skip: !compiler }, async () => {
  const now = new Date().getUTCFullYear();
  post('in the right year');
  assert.equal(await newest(), now);

  set_clock(decade);
  await until(believed(true), 'that the clock is held');
  post('not believed yet');
  assert.equal(await newest(), now);
  accept();
  await until(believed(false), 'that it is believed');
  log_in(); // every session and token of before has expired
  post('years ahead');
  assert.ok((await newest()) > now + 8);

  set_clock(0);
  await until(believed(true), 'that the clock is held');
  accept();
  await until(believed(false), 'that it is believed');
  log_in(); // what the wrong clock gave is not taken
  const set_back = async () => (await events()).filter((e) => e.type === 'org.clock_set_back.v1');
  await until(async () => (await set_back()).length === 1, 'the event that sets it back');
  const [event] = await set_back();
  assert.equal(Number(event.time.slice(0, 4)), now);
  assert.equal(event.data.witness, 'keeper');
  assert.ok(Number(event.data.from.slice(0, 4)) > now + 8);
  post('right again');
  assert.equal(await newest(), now);

  await room.server.kill();
  await room.server.start();
  post('after a kill');
  assert.equal(await newest(), now);
  assert.equal((await set_back()).length, 1);
  room.ok('admin', 'log', 'verify');
  const then = await room.get('li.na', `channels?as_of=${new Date().toISOString()}`);
  assert.ok(then.items.length > 0, JSON.stringify(then));
});
