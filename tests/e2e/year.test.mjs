// The demo year through the real binaries: played by the command line into a folder, which the server then serves.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, bin } from './room.mjs';

let home;
const play = (folder, ...more) =>
  spawnSync(join(bin, 'opsroom'), ['demo', '--data', folder, ...more], { encoding: 'utf8', env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home } });

before(() => (home = mkdtempSync(join(tmpdir(), 'opsroom-year-'))));
after(() => rmSync(home, { recursive: true, force: true }));

test('it is played into an empty folder, and into no other', () => {
  const full = join(home, 'full');
  mkdirSync(full);
  writeFileSync(join(full, 'mine.txt'), 'mine', { mode: 0o644 });
  const mode = statSync(join(full, 'mine.txt')).mode;
  const refused = play(full);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /not empty/);
  assert.equal(statSync(join(full, 'mine.txt')).mode, mode); // what is somebody else's is not touched

  const folder = join(home, 'year');
  const played = play(folder, '--seed', '5', '--until', '2026-02-06');
  assert.equal(played.status, 0, played.stderr);
  assert.match(played.stdout, /played: \d+ events/);
  assert.match(played.stderr, /2025-06-01/); // it says how far it is
  assert.ok(existsSync(join(folder, 'identity.db')));
  assert.ok(!existsSync(`${folder}.playing`));
});

test('it is served, everyone can sign in, and each finds what waits for them', async () => {
  const room = await Room.make_on(join(home, 'year'), 'li.na', 'sun.yue', 'qian.lin', 'audit');
  try {
    const json = (who, ...words) => JSON.parse(room.ok(who, ...words, '-o', 'json'));
    assert.ok(json('li.na', 'inbox').length > 0);
    assert.ok(json('sun.yue', 'inbox').length > 0);
    const projects = json('li.na', 'project', 'list', '--limit', '200');
    assert.equal(projects.length, 40);
    assert.ok(projects.some((p) => p.status === 'archived') && projects.some((p) => p.status === 'in_acceptance'));
    room.ok('audit', 'log', 'verify');
    // What somebody was told by itself is theirs to take note of.
    const told = json('li.na', 'inbox').find((i) => i.kind === 'notice');
    assert.ok(told);
    room.ok('li.na', 'inbox', 'acknowledge', String(told.notice.number));
    assert.ok(!json('li.na', 'inbox').some((i) => i.kind === 'notice' && i.notice.number === told.notice.number));
  } finally {
    await room.remove();
  }
});

test('it ends today unless it is told when, and never after today', async () => {
  const refused = play(join(home, 'ahead'), '--until', '2100-01-01');
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /--until has to be between 2025-04-01 and today/);
  assert.equal(play(join(home, 'ahead'), '--until', 'soon').status, 1);
  assert.ok(!existsSync(join(home, 'ahead')));

  const folder = join(home, 'now');
  const played = play(folder);
  assert.equal(played.status, 0, played.stderr);
  const room = await Room.make_on(folder, 'li.na');
  try {
    const tasks = JSON.parse(room.ok('li.na', 'task', 'list', '--limit', '200', '-o', 'json'));
    const today = new Date().toISOString().slice(0, 10);
    assert.ok(tasks.some((t) => t.due >= today), 'something is still to come');
    const late = tasks.filter((t) => t.due && t.due < today && t.status !== 'done' && t.status !== 'cancelled');
    assert.ok(late.length < tasks.length / 2, `${late.length} of ${tasks.length} are overdue`);
  } finally {
    await room.remove();
  }
});
