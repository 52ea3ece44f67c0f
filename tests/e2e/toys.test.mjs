// A kind of document that is nothing but its rooms (tests/toy): the server that is built with it commands it, lists it, feeds it, searches
// it, hands it over, shows it as it was, and says what it is, though nothing of the program names it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, bin, lines } from './room.mjs';

let room, people;
const give = async (who, type, data, target) => room.send(who, 'POST', `commands/${type}`, JSON.stringify({ ...(target ? { target } : {}), data }), { 'Content-Type': 'application/json' });
const toy = (name, more = {}) => ({ form: { name, material: 'wood', story: '从旧柜子里找到', extras: { form: 1, fields: [], attachments: [] }, ...more } });
const until = async (what, good) => {
  for (let i = 0; i < 200; ++i) {
    const found = await what();
    if (good(found)) return found;
    await new Promise((go) => setTimeout(go, 50));
  }
  assert.fail('it never came');
};

/** What somebody is told of a feed, as long as `during` goes. */
async function followed(who, feed, during) {
  const child = spawn(join(bin, 'opsroom'), ['feed', 'tail', feed, '-o', 'ndjson'], { env: room.environment(who) });
  let all = '';
  child.stdout.on('data', (d) => (all += d));
  const told = () => lines(all.slice(0, all.lastIndexOf('\n') + 1));
  try {
    await until(told, (frames) => frames.some((f) => f.type === 'snapshot'));
    await during(told);
  } finally {
    child.kill();
  }
}

before(async () => {
  room = await Room.make_of(process.env.OPSROOM_WITH_TOYS, 'li.na', 'wang.fang', 'emma', 'admin');
  people = Object.fromEntries((await room.get('admin', 'members?limit=200')).items.map((m) => [m.login, m.id]));
});
after(() => room.remove());

test('[S1.3.5] it is commanded, and its fields are refused by what is described of them', async () => {
  const made = await give('wang.fang', 'toy.make', toy('木马 Rocking horse'));
  assert.equal(made.stream, 'toy/1', JSON.stringify(made));
  const refused = await give('wang.fang', 'toy.make', toy('x'.repeat(201)));
  assert.deepEqual([refused.status, refused.code, refused.errors[0].pointer], [422, 'bad_name', '/data/form/name']);
  assert.equal(refused.zh, '名称：须为一行文字，不超过 200 字。');
  assert.equal((await give('emma', 'toy.lend', { to: people.emma }, 'toy/1')).code, 'not_keeper');
});

test('[S1.3.3] it is listed, fed live, waits for whose turn it is, and is shown as it was', async () => {
  const before = (await room.get('emma', 'toys/1')).position;
  await followed('emma', 'toys', (rows) => followed('emma', 'toy/1', async (changes) => {
    const news = [rows().length, changes().length];
    await give('wang.fang', 'toy.lend', { to: people.emma }, 'toy/1');
    await until(() => [rows().length, changes().length], (now) => now[0] > news[0] && now[1] > news[1]);
  }));
  const list = await until(() => room.get('emma', 'toys'), (l) => l.items[0]?.status === 'lent');
  assert.deepEqual([list.total, list.items[0].name, list.items[0].borrower], [1, '木马 Rocking horse', people.emma]);
  const waits = await until(() => room.get('emma', 'inbox'), (i) => i.items.some((one) => one.flow?.what === 'toy'));
  assert.equal(waits.items.find((one) => one.flow?.what === 'toy').flow.command, 'toy.give_back');
  const now = await room.get('emma', 'toys/1'), then = await room.get('emma', `toys/1?as_of=${before}`);
  assert.deepEqual([now.status, then.status], ['lent', 'shelved']);
  assert.equal(now.forms.toy.data.form.story, '从旧柜子里找到');
});

test('[S1.3.4] it is found', async () => {
  const found = await until(() => room.get('emma', 'search?q=木马'), (f) => f.items?.length > 0);
  assert.equal(JSON.stringify(found.items[0]).includes('toy/1') || found.items[0].kind === 'toy', true, JSON.stringify(found.items[0]));
});

test('[S1.3.4] who leaves hands it over', async () => {
  const left = await give('admin', 'member.leave', { reason: '离职', successor: people.emma }, `member/${people['wang.fang']}`);
  assert.ok(left.position, JSON.stringify(left));
  const handed = await until(() => room.get('emma', 'toys/1'), (t) => t.keeper === people.emma);
  assert.ok(handed.history.some((e) => e.type === 'toy.handed_over.v1'));
});

test('[D10] the schema says what it is', async () => {
  const { kinds } = await room.get('emma', 'schema');
  const said = kinds.find((k) => k.name === 'toy');
  assert.deepEqual([said.label.zh, said.plural.en, said.path], ['玩具', 'Toys', '/api/v1/toys']);
  assert.deepEqual(said.commands.map((c) => c.type), ['toy.make', 'toy.lend', 'toy.give_back', 'toy.hand_over']);
  assert.deepEqual(said.commands[0].fields[0].fields[1].options.map((o) => o.label.en), ['Wood', 'Cloth']);
});
