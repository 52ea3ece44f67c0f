// Being signed in, against the running server: sessions and tokens, passwords and one-time links, host names, lost accounts.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, bin, password } from './room.mjs';

let room;
before(async () => (room = await Room.make('admin', 'sun.yue', 'emma')));
after(() => room.remove());

/** A browser: cookies kept, the origin its own. */
class Browser {
  #cookies = new Map();
  async ask(method, path, body) {
    const headers = { Origin: room.server.url, Cookie: [...this.#cookies].map(([k, v]) => `${k}=${v}`).join('; ') };
    if (body) headers['Content-Type'] = 'application/json';
    const answer = await fetch(`${room.server.url}/api/v1/${path}`, { method, headers, body: body && JSON.stringify(body) });
    for (const line of answer.headers.getSetCookie?.() ?? [answer.headers.get('set-cookie')].filter(Boolean).flatMap((all) => all.split(/, (?=opsroom_)/))) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      this.#cookies.set(name, value);
    }
    const text = await answer.text();
    return { ...(text ? JSON.parse(text) : {}), status: answer.status };
  }
  login(login, word = password) {
    return this.ask('POST', 'session', { login, password: word });
  }
}

const get_with_host = (host, more = {}) =>
  new Promise((done, fail) => {
    const { port } = new URL(room.server.url);
    http.get({ host: '127.0.0.1', port, path: '/api/v1/session', headers: { Host: host, ...more } }, (a) => done(a.resume().statusCode)).on('error', fail);
  });

test('sessions are listed and ended by whose they are; a token costs the password', async () => {
  const [one, two] = [new Browser(), new Browser()];
  assert.equal((await one.login('chen.wei')).status, 200);
  assert.equal((await two.login('chen.wei')).status, 200);
  const { items } = await one.ask('GET', 'sessions');
  assert.equal(items.length, 2);
  assert.deepEqual(items.map((s) => s.current).sort(), [false, true]);
  assert.ok(items.every((s) => s.address === '127.0.0.1' && new Date(s.limit) - new Date(s.created) === 90 * 86_400_000));
  assert.equal((await one.ask('POST', 'tokens', { label: 'ci', days: 30 })).status, 422);
  assert.equal((await one.ask('POST', 'tokens', { label: 'ci', days: 30, password: 'wrong' })).status, 401);
  assert.equal((await one.ask('POST', 'tokens', { label: 'ci', days: 365, password })).status, 422);
  assert.equal((await one.ask('POST', 'tokens', { label: 'ci', days: 30, password })).status, 201);
  const other = items.find((s) => !s.current);
  assert.equal((await one.ask('DELETE', `sessions/${other.id}`)).status, 204);
  assert.equal((await two.ask('GET', 'session')).status, 401);
  assert.equal((await one.ask('DELETE', `sessions/${other.id}`)).status, 404);
  await two.login('chen.wei');
  assert.equal((await two.ask('DELETE', 'sessions')).status, 204);
  assert.equal((await one.ask('GET', 'session')).status, 401);
  assert.equal((await two.ask('GET', 'sessions')).items.length, 1);
});

test('a new password ends every other session and all tokens; it is none that is guessed first', async () => {
  const [one, two] = [new Browser(), new Browser()];
  await one.login('wang.fang');
  await two.login('wang.fang');
  const made = await one.ask('POST', 'tokens', { label: 'ci', days: 30, password });
  for (const weak of ['password', '        ', 'wang.fang1', '王芳王芳王芳'])
    assert.equal((await one.ask('PUT', 'members/me/password', { current: password, password: weak })).status, 422, weak);
  assert.equal((await one.ask('PUT', 'members/me/password', { current: 'wrong', password: 'purple elephants' })).status, 401);
  assert.equal((await one.ask('PUT', 'members/me/password', { current: password, password: 'purple elephants' })).status, 204);
  assert.ok((await one.ask('GET', 'session')).id);
  assert.equal((await two.ask('GET', 'session')).status, 401);
  const by_token = await fetch(`${room.server.url}/api/v1/session`, { headers: { Authorization: `Bearer ${made.token}` } });
  assert.equal(by_token.status, 401);
});

test('an administrator sets no password: a reset is an event, a one-time link, and told to whose it was [D11]', async () => {
  const emma = new Browser();
  await emma.login('emma');
  const { id } = await emma.ask('GET', 'session');
  const admin = new Browser();
  await admin.login('admin');
  assert.equal((await admin.ask('PUT', `members/${id}/password`, { password: 'mine from here on' })).code, 'password_is_theirs');
  assert.equal((await admin.ask('POST', 'commands/member.reset_password', { target: `member/${id}`, data: { reason: 'x' } })).status, 404);
  assert.equal((await emma.ask('POST', `members/${id}/password-link`, { reason: 'x' })).status, 403);
  const link = await admin.ask('POST', `members/${id}/password-link`, { reason: 'Lost her phone' });
  assert.equal(link.status, 201);
  assert.ok(link.link.endsWith(`/#/password/${link.secret}`));
  assert.equal((await emma.ask('GET', 'session')).status, 401);
  assert.equal((await emma.login('emma')).status, 401);
  assert.equal(room.run('emma', 'whoami').code, 3);
  const log = await admin.ask('GET', `log?way=backwards&limit=5`);
  assert.ok(JSON.stringify(log).includes('member.password_reset.v1'));
  assert.ok(!JSON.stringify(log).includes(link.secret));
  const set = room.run('emma', 'member', 'redeem', link.link, '--password-stdin');
  assert.equal(set.code, 7, set.err);  // nothing on its input: too short
  assert.equal((await emma.ask('POST', 'password', { secret: link.secret, password: 'yellow elephants' })).status, 200);
  assert.equal((await emma.ask('POST', 'password', { secret: link.secret, password: 'green elephants' })).status, 403);
  assert.equal((await emma.login('emma', 'yellow elephants')).status, 200);
  const [told] = (await emma.ask('GET', 'session')).resets;
  assert.equal(told.reason, 'Lost her phone');
  assert.equal((await emma.ask('POST', 'commands/member.note_resets', { target: `member/${id}` })).status, 200);
  assert.deepEqual((await emma.ask('GET', 'session')).resets, []);
});

test('somebody who joins gets a one-time link too, and is let in by it [S1.2]', async () => {
  const made = JSON.parse(room.ok('admin', 'member', 'join', 'He Yun', '--login', 'he.yun', '--department', 'operations', '--roles', 'SP', '--language', 'en', '-o', 'json'));
  const secret = room.ok('admin', 'member', 'reset', made.stream.split('/')[1], 'Newcomer', '-q').trim();
  const he = new Browser();
  assert.equal((await he.ask('POST', 'password', { secret, password: 'orange elephants' })).status, 200);
  assert.equal((await he.login('he.yun', 'orange elephants')).status, 200);
});

test('a page of another name that leads here is refused, also at the upgrade; what an untrusted proxy says counts for nothing', async () => {
  const { port } = new URL(room.server.url);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, 'LOCALHOST']) assert.equal(await get_with_host(host), 401, host);
  for (const host of [`evil.example:${port}`, 'evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '192.0.2.1', '[2001:db8::1]']) {
    assert.equal(await get_with_host(host), 421, host);
    const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', Origin: `http://${host}` };
    assert.equal(await get_with_host(host, upgrade), 421, host);
  }
  const admin = new Browser();
  await fetch(`${room.server.url}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': '203.0.113.9' }, body: JSON.stringify({ login: 'li.na', password }) });
  await admin.login('li.na');
  assert.ok((await admin.ask('GET', 'sessions')).items.every((s) => s.address === '127.0.0.1'));
});

/** Runs opsroomd until it ends, or is ready (then it is stopped). What it wrote. */
const serve = (data, ...flags) =>
  new Promise((done) => {
    const child = spawn(join(bin, 'opsroomd'), ['--data', data, '--listen-port', '0', '--password-hash-passes', '1', '--password-hash-memory-kib', '8192', ...flags]);
    let out = '';
    for (const from of [child.stdout, child.stderr])
      from.on('data', (bytes) => {
        out += bytes;
        if (out.includes('"ready"')) setTimeout(() => child.kill('SIGTERM'), 300);
      });
    child.on('exit', (code) => done({ code, out }));
  });

test('the demo passwords are not served to others as if they were none; lost accounts are said, and made anew on the machine [D11]', async () => {
  const { data } = room.server;
  await room.server.kill('SIGTERM');
  const beyond = await serve(data, '--listen-address', '0.0.0.0');
  assert.notEqual(beyond.code, 0);
  assert.match(beyond.out, /published password|公开的演示密码/);
  const here = await serve(data);
  assert.equal(here.code, 0);
  assert.match(here.out, /still have the demo's published password/);

  for (const end of ['', '-wal', '-shm']) rmSync(join(data, `identity.db${end}`), { force: true });
  const lost = await serve(data);
  assert.match(lost.out, /recover-admin/);
  const recover = (...words) => spawnSync(join(bin, 'opsroomd'), ['recover-admin', '--data', data, ...words], { encoding: 'utf8' });
  const nowhere = spawnSync(join(bin, 'opsroomd'), ['recover-admin', '--data', join(data, 'nowhere')], { encoding: 'utf8' });
  assert.notEqual(nowhere.status, 0);
  const made = recover('--login', 'zhao.lei');
  assert.equal(made.status, 0, made.stderr);
  const secret = made.stdout.match(/secret {2}([\w-]{43})/)[1];
  await room.server.start();
  const running = recover();
  assert.notEqual(running.status, 0);
  assert.match(running.stderr, /in use by another|正被另一个进程使用/);
  const lei = new Browser();
  assert.equal((await lei.ask('POST', 'password', { secret, password: 'purple elephants' })).status, 200);
  assert.equal((await lei.login('zhao.lei', 'purple elephants')).status, 200);
  assert.deepEqual((await lei.ask('GET', 'session')).roles, ['DA', 'AD']);
  assert.equal((await lei.ask('GET', 'session')).resets[0].by, 0);
});
