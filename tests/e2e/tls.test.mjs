// The same over TLS: what is sent and read, the live socket, and whom the program trusts.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, bin, lines } from './room.mjs';

let room, ca, agent;

/** One request; the agent keeps its connection. */
async function get(path) {
  const asked = request(`${room.server.url}${path}`, { ca: readFileSync(ca), agent });
  asked.end();
  const [answer] = await once(asked, 'response');
  const port = asked.socket.localPort;
  let body = '';
  for await (const part of answer) body += part;
  return { status: answer.statusCode, body, port, headers: answer.headers };
}

before(async () => {
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  room = await Room.make_tls((home) => {
    execFileSync(join(bin, 'opsroomd'), ['tls', 'self-signed', '--host', '127.0.0.1', '--out', join(home, 'tls')]);
    ca = join(home, 'tls', 'cert.pem');
    return ['--tls-certificate', ca, '--tls-key', join(home, 'tls', 'key.pem')];
  });
  const until = Date.now() + 30_000;
  while (!(await get('/readyz').then((a) => a.status === 200, () => false))) {
    assert.ok(Date.now() < until, 'the server is not ready');
    await new Promise((go) => setTimeout(go, 50));
  }
  for (const who of ['admin', 'li.na']) room.ok(who, 'login', '--login', who, '--password-stdin', '--ca', ca);
});
after(async () => {
  agent.destroy();
  await room.remove();
});

test('the page comes over one connection, with what browsers are to hold to', async () => {
  const page = await get('/');
  assert.equal(page.status, 200);
  assert.match(page.headers['strict-transport-security'], /max-age/);
  const again = await get('/api/v1/session');
  assert.equal(again.status, 401);
  assert.equal(again.port, page.port);
});

test('much goes both ways: an import over the socket, and its messages in one long answer', () => {
  const file = join(room.home, 'many.ndjson');
  const said = Array.from({ length: 3000 }, (_, i) => ({ channel: 'tls', at: '2024-01-01T00:00:00Z', from: `someone ${i % 7}`, text: `${i} ${'密'.repeat(i % 90)}` }));
  writeFileSync(file, said.map((m) => JSON.stringify(m)).join('\n'));
  room.ok('admin', 'import', 'chat', file, '-q');
  const have = lines(room.ok('admin', 'channel', 'messages', 'tls', '--after', '0', '--limit', '100000', '-o', 'ndjson'));
  assert.deepEqual(have.map((m) => m.text), said.map((m) => m.text.trim()));
});

test('what happens is told at once', async () => {
  const watching = spawn(join(bin, 'opsroom'), ['feed', 'tail', 'channel/1', '-o', 'ndjson'], { env: room.environment('li.na') });
  const gone = once(watching, 'exit');
  let told = '';
  try {
    for await (const part of watching.stdout) {
      if (!told) room.ok('li.na', 'channel', 'post', '1', 'over TLS');
      told += part;
      if (told.includes('over TLS')) break;
    }
  } finally {
    watching.kill();
    await gone;
  }
  assert.match(told, /over TLS/);
});

test('a certificate is believed only where it was said so, and only for its host', () => {
  const login = (...words) => room.run('li.na', 'login', '--login', 'li.na', '--password-stdin', ...words);
  const stranger = login('--server', `https://localhost:${room.server.port}`);
  assert.equal(stranger.code, 8);
  assert.match(stranger.err, /not trusted/);
  const elsewhere = login('--server', `https://localhost:${room.server.port}`, '--ca', ca);
  assert.equal(elsewhere.code, 8);
  assert.match(elsewhere.err, /another host/);
  assert.equal(login('--server', `https://localhost:${room.server.port}`, '--insecure').code, 0);
});

test('who does not speak TLS, or goes in the middle of it, disturbs nobody', async () => {
  for (const bytes of ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', '\x16\x03\x01\x02\x00\x01']) {
    const socket = connect(room.server.port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.end(bytes);
    socket.resume();
    await once(socket, 'close');
  }
  assert.equal(room.run('li.na', 'whoami').code, 0);
});
