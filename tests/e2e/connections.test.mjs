// Nobody has every connection: half is the most of one address, and who else comes is served.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';

import { Room } from './room.mjs';

const most = 40;
let room;

before(async () => {
  room = await Room.make_with('--connections-max', String(most));
});
after(() => room.remove());

test('an address that takes all it can leaves the rest to others, and what it gives back is free again', async () => {
  const { hostname, port } = new URL(room.server.url);
  const held = Array.from({ length: most }, () => connect({ host: hostname, port: Number(port) }));
  let turned_away = 0;
  for (const one of held) {
    one.on('error', () => {});
    one.on('close', () => ++turned_away);
    one.resume();
  }
  await new Promise((go) => setTimeout(go, 500));
  assert.ok(turned_away >= most / 2 && turned_away < most, `${turned_away} of ${most}`);

  const status = async (localAddress) => {
    const [answer] = await once(get({ host: hostname, port, path: '/livez', localAddress, agent: false }), 'response');
    answer.resume();
    return answer.statusCode;
  };
  assert.equal(await status('127.0.0.2'), 200);
  await assert.rejects(status('127.0.0.1'));
  for (const one of held) one.destroy();
  await new Promise((go) => setTimeout(go, 300));
  assert.equal(await status('127.0.0.1'), 200);
});
