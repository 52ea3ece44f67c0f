// A restore drill with the real binaries: a room at work is backed up, more happens, the backup is restored, and everybody
// who was there finds what was there then; whoever was ahead begins anew.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, bin } from './room.mjs';

let home;
let room;
let lobby;
const json = (who, ...words) => JSON.parse(room.ok(who, ...words, '-o', 'json'));
const post = (words) => room.ok('li.na', 'channel', 'post', String(lobby), words);
before(async () => {
  home = mkdtempSync(join(tmpdir(), 'opsroom-backup-'));
  room = await Room.make('admin', 'li.na', 'chen.wei');
  lobby = json('li.na', 'channel', 'list').find((c) => c.name.includes('lobby')).id;
});
after(async () => {
  await room.remove();
  rmSync(`${room.server.data}.backups`, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

const daemon = (...words) => spawnSync(join(bin, 'opsroomd'), words, { encoding: 'utf8', cwd: home, timeout: 60_000, env: { PATH: process.env.PATH, LANG: 'C.UTF-8' } });

/** The first events of a feed over SSE, until `enough` or the time is over. */
async function follow(who, feed, id, enough, ms = 3000) {
  const kept = readFileSync(join(room.home, who, 'opsroom', 'credentials.json'), 'utf8');
  const headers = { Authorization: `Bearer ${kept.match(/opsroom_pat_[\w-]+/)[0]}`, ...(id ? { 'Last-Event-ID': id } : {}) };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ms);
  const seen = [];
  try {
    const answer = await fetch(`${room.server.url}/api/v1/feeds/${feed}`, { headers, signal: stop.signal });
    let text = '';
    for await (const part of answer.body) {
      text += Buffer.from(part).toString('utf8');
      for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
        const fields = Object.fromEntries(text.slice(0, end).split('\n').map((l) => [l.slice(0, l.indexOf(': ')), l.slice(l.indexOf(': ') + 2)]));
        if (!fields.event) continue;
        seen.push({ event: fields.event, id: fields.id, data: JSON.parse(fields.data) });
        if (enough(seen)) return seen;
      }
    }
  } catch (e) {
    if (e.name !== 'AbortError') throw e;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
  return seen;
}

test('only an administrator has backups made, and only where the server keeps them', () => {
  assert.equal(room.run('li.na', 'backup', 'create').code, 4);
  assert.equal(room.run('li.na', 'backup', 'list').code, 4);
  const outside = room.run('admin', 'backup', 'create', join(home, 'anywhere'));
  assert.equal(outside.code, 6);
  assert.match(outside.err, /backup_folder/);
  assert.equal(json('admin', 'backup', 'list').length, 0);
});

test('a drill: backed up while it runs, proven, restored, served', async () => {
  post('before the backup');
  const old = join(home, 'old.txt');
  writeFileSync(old, room.ok('admin', 'log', 'checkpoint'));
  const made = json('admin', 'backup', 'create');
  assert.equal(made.number, 1);
  assert.ok(made.people > 10);
  room.ok('admin', 'backup', 'verify');

  // What happens later is not in it; somebody follows.
  for (let i = 0; i < 5; ++i) post(`after the backup ${i}`);
  const first = await follow('chen.wei', `channel/${lobby}`, null, (s) => s.some((e) => e.event === 'snapshot'));
  const hello = first.find((e) => e.event === 'hello');
  assert.equal(hello.id, undefined, 'hello is no progress');
  assert.match(hello.data.history, /^[0-9a-f-]{36}$/);
  const ahead = first.find((e) => e.event === 'snapshot').id;
  assert.match(ahead, new RegExp(`^${hello.data.history}:\\d+$`));

  const second = json('admin', 'backup', 'create');
  assert.equal(second.number, 2);
  assert.equal(json('admin', 'backup', 'list').length, 2);

  const backups = made.folder;
  const restored = join(home, 'restored');
  const done = spawnSync(join(bin, 'opsroom'), ['backup', 'restore', backups, '--data', restored, '--to-position', String(made.position), '--checkpoint', old], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: home },
  });
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stdout, /proven event by event/);
  // Never over what is there.
  assert.equal(daemon('restore', '--from', backups, '--data', restored).status, 1);

  await room.server.kill('SIGTERM');
  const original = room.server.data;
  room.server.data = restored;
  await room.server.start();
  try {
    const words = room.ok('li.na', 'channel', 'messages', String(lobby));
    assert.match(words, /before the backup/);
    assert.doesNotMatch(words, /after the backup/);
    room.ok('admin', 'log', 'verify');
    // It goes on past where the client was, and the client, which was ahead, is told all of it.
    for (let i = 0; i < 9; ++i) post(`in the restored one ${i}`);
    const again = await follow('chen.wei', `channel/${lobby}`, ahead, (s) => s.some((e) => e.event === 'snapshot' || e.event === 'events'));
    const snapshot = again.find((e) => e.event === 'snapshot');
    assert.ok(snapshot, 'a resume in another history is a snapshot');
    assert.equal(snapshot.data.data.messages.filter((m) => /in the restored one/.test(m.text)).length, 9);
    assert.notEqual(again.find((e) => e.event === 'hello').data.history, hello.data.history);
    // Whoever knows this history resumes, and so does who says a number alone.
    for (const id of [snapshot.id, snapshot.id.split(':')[1]]) {
      const resumed = await follow('chen.wei', `channel/${lobby}`, id, (s) => s.some((e) => e.event === 'subscribed' || e.event === 'snapshot'));
      assert.ok(resumed.some((e) => e.event === 'subscribed'));
    }
  } finally {
    await room.server.kill('SIGTERM');
    room.server.data = original;
    await room.server.start();
  }
});

test('without a server: listed, verified, restored to a time; a damaged one is refused', () => {
  const backups = `${room.server.data}.backups`;
  const listed = daemon('backup', 'list', '--from', backups);
  assert.equal(listed.status, 0);
  assert.equal(listed.stdout.trim().split('\n').length, 2);
  assert.equal(daemon('backup', 'verify', '--from', backups, '--backup', '1').status, 0);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const restored = daemon('restore', '--from', backups, '--data', join(home, 'to-time'), '--to-time', tomorrow);
  assert.equal(restored.status, 0, restored.stderr);

  const damaged = join(home, 'damaged');
  cpSync(backups, damaged, { recursive: true });
  const identity = join(damaged, 'identity', '00000002.db');
  const bytes = readFileSync(identity);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(identity, bytes);
  const verdict = daemon('backup', 'verify', '--from', damaged);
  assert.equal(verdict.status, 1);
  assert.match(verdict.stdout, /00000002\.db/);
  const refused = daemon('restore', '--from', damaged, '--data', join(home, 'never'));
  assert.equal(refused.status, 1);
  assert.ok(!existsSync(join(home, 'never')));
});

test('erasing somebody says which backups hold their key, and the next backup destroys it', () => {
  const who = json('admin', 'member', 'list').find((m) => m.login === 'emma').id;
  room.ok('admin', 'member', 'leave', String(who), 'moved away', '--successor', '@chen.wei');
  const erased = room.run('admin', 'member', 'erase', String(who), 'asked for', '--yes');
  assert.equal(erased.code, 0, erased.err);
  assert.match(erased.err, /backups 1, 2 .* still hold/);
  assert.match(room.run('admin', 'backup', 'create').err, new RegExp(`member ${who} was erased: their key was destroyed`));
  assert.equal(existsSync(join(`${room.server.data}.backups`, 'keys', 'people', '0', `${who}.key`)), false);
});

test('a running folder is backed up by its server alone, and no backup goes where another one, or the data, would tidy it up', () => {
  const running = daemon('backup', 'create', '--data', room.server.data, '--to', join(home, 'beside'));
  assert.equal(running.status, 10);
  assert.match(running.stderr, /in use by another process.*opsroom backup create/);
  for (const place of ['blobs', 'keys/mine', 'log']) {
    const refused = room.run('admin', 'backup', 'create', place);
    assert.notEqual(refused.code, 0);
    assert.match(refused.err, /lies within .*name another folder/);
  }
});

test('a signing key that is gone is said as that, and the log itself is held against its hashes', async () => {
  const key = join(room.server.data, 'keys', 'checkpoint.key');
  room.ok('admin', 'log', 'checkpoint');
  await room.server.kill('SIGTERM');
  renameSync(key, join(home, 'checkpoint.key'));
  await room.server.start();
  const verdict = room.run('admin', 'log', 'verify');
  assert.notEqual(verdict.code, 0);
  assert.match(verdict.err + verdict.out, /whole, event by event.*keys\/checkpoint\.key.*was not rewritten.*backup/s);
  await room.server.kill('SIGTERM');
  renameSync(join(home, 'checkpoint.key'), key);
  await room.server.start();
  // What the other one signed meanwhile is told, until it is moved away.
  const own = room.run('admin', 'log', 'verify');
  if (own.code !== 0) assert.match(own.err + own.out, /keys\/checkpoint\.key/);
});

test('a second server on the same port, and a copy of a running folder, are refused with what to do', () => {
  const second = daemon('--demo', '--data', join(home, 'second'), '--listen-port', String(room.server.port));
  assert.equal(second.status, 15);
  assert.match(second.stderr, /--listen-port/);
  const copy = join(home, 'copy');
  for (let tries = 0; ; ++tries) {
    try {
      rmSync(copy, { recursive: true, force: true });
      cpSync(room.server.data, copy, { recursive: true });
      break;
    } catch (e) {
      if (tries === 10) throw e;  // a file went while it was copied
    }
  }
  const refused = daemon('--demo', '--data', copy, '--listen-port', '0');
  assert.equal(refused.status, 11);
  assert.match(refused.stderr, /opsroom backup create/);
});
