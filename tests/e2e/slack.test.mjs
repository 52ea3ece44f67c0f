// A Slack export through the real program into the real server, cut off half way, and read back message for message.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, lines } from './room.mjs';
import { Export, odd_ones, users } from './slack_export.mjs';

const channels = [['general', 'Everything &amp; more, ask <@U2BOB>'], ['运营-日常', ''], ['empty', '']];
const groups = [['leadership', 'few']];
let room, made, before_it;

before(async () => {
  room = await Room.make('admin', 'noah');
  before_it = await room.messages('admin');
  made = new Export(join(room.home, 'export'));
  odd_ones(made, 'general');
  // Enough to be cut off in the middle of.
  const people = ['U1LINA', 'U2BOB', 'U3CAROL'];
  for (let i = 0; i < 6000; ++i) {
    made.say(['general', '运营-日常', 'leadership'][i % 3], people[(i * 7) % people.length], `${i} 收到 ${'~'.repeat(i % 40)}`);
    if (i % 500 === 0) made.sleep(11);
  }
  odd_ones(made, '运营-日常');
  made.write(channels, groups);
});
after(() => room.remove());

const imported = (...words) => JSON.parse(room.ok('admin', 'import', 'slack', made.folder, '-q', '-o', 'json', ...words));

/** Every channel as it is, against what was written. */
function compare() {
  const names = new Map(lines(room.ok('admin', 'member', 'list', '-o', 'ndjson')).map((m) => [m.id, m.name]));
  for (const [channel, expected] of made.expected) {
    const have = lines(room.ok('admin', 'channel', 'messages', channel, '--after', '0', '--limit', '100000', '-o', 'ndjson'));
    const want = expected.map(([at, ...rest]) => [`${new Date(at / 1000).toISOString().slice(0, 19)}.${String(at % 1e6).padStart(6, '0')}Z`, ...rest]);
    assert.deepEqual(have.map((m) => [m.at, names.get(m.author), m.topic, m.text]), want, channel);
  }
}

test('a dry run says what there is and sends nothing', async () => {
  const plan = imported('--dry-run');
  assert.equal(plan.messages, made.count);
  assert.equal(plan.channels, 4);
  assert.equal(plan.people, 6);
  assert.deepEqual(plan.skipped, { channel_join: 2, channel_topic: 2, 'channel without a folder': 1, empty: 2, tombstone: 2 });
  assert.equal(await room.messages('admin'), before_it);
});

test('who may not import is refused, and nothing is there', () => {
  assert.equal(room.run('noah', 'import', 'slack', made.folder).code, 4);
});

test('cut off half way and run again, everything is there once: times, authors, topics, texts', async () => {
  const enough = async () => (await room.messages('admin')) - before_it > made.count / 3;
  assert.ok(await room.kill_once(enough, 'admin', 'import', 'slack', made.folder, '-q'), 'it ended before it was killed');
  const there = (await room.messages('admin')) - before_it;
  assert.ok(there < made.count);
  const second = imported();
  assert.equal(second.messages + second.there_already, made.count);
  assert.ok(second.there_already >= there);
  compare();
});

test('a third run sends nothing', async () => {
  const third = imported();
  assert.equal(third.messages, 0);
  assert.equal(third.new_people, 0);
  assert.equal(third.new_channels, 0);
  assert.equal(third.there_already, made.count);
  compare();
});

test('people are who they were, with their language, and only those who spoke', () => {
  const people = lines(room.ok('admin', 'member', 'list', '-o', 'ndjson')).filter((m) => m.external?.startsWith('slack:'));
  assert.deepEqual(people.map((m) => [m.external, m.name, m.language]).sort(), [
    ['slack:B1', 'deploy', 'en'], ['slack:B2', 'Weather 天气', 'en'], ['slack:U1LINA', '李娜', 'zh'],
    ['slack:U2BOB', 'Bob Stone', 'en'], ['slack:U3CAROL', 'carol', 'en'], ['slack:U9GONE', 'Gone Person', 'en'],
  ]);
  const list = lines(room.ok('admin', 'channel', 'list', '-o', 'ndjson'));
  assert.equal(list.find((c) => c.name === 'general').description, 'Everything & more, ask @Bob Stone');
  assert.equal(list.find((c) => c.name === 'leadership').visibility, 'members_only');
  assert.ok(!lines(room.ok('noah', 'channel', 'list', '-o', 'ndjson')).some((c) => c.name === 'leadership'));
});

test('an export that has grown brings what is new', () => {
  made.sleep(24);
  made.say('general', 'U2BOB', 'the day after');
  made.say('leadership', 'U9GONE', 'from somebody new here');
  made.write(channels, groups);
  const grown = imported();
  assert.equal(grown.messages, 2);
  assert.equal(grown.there_already, made.count - 2);
  compare();
});

test('new names of people and channels change nothing; new words are an edit', () => {
  const count = made.count;
  users.find((u) => u.id === 'U2BOB').profile.display_name = 'Bobby';
  for (const messages of made.days.values()) for (const m of messages) if (m.text === 'the day after') m.text = 'two days after';
  made.expected.get('general').find((m) => m[3] === 'the day after')[3] = 'two days after';
  made.rename('general', 'all');
  made.write([['all', ''], ...channels.slice(1)], groups);
  const again = imported();
  assert.deepEqual([again.messages, again.new_people, again.new_channels, again.reworded, again.there_already], [0, 0, 0, 1, count - 1]);
  compare();
  assert.equal(imported().reworded, 0);
});

test('a message from the future, or a file that is cut off, is named and nothing is sent', async () => {
  const count = await room.messages('admin');
  const early = new Export(join(room.home, 'early'));
  early.clock = (Date.now() + 86_400_000) * 1000;
  early.say('general', 'U2BOB', 'not yet');
  early.write(channels, groups);
  const refused = room.run('admin', 'import', 'slack', early.folder);
  assert.equal(refused.code, 7);
  assert.match(refused.err, /general.*\.json:1: /);
  rmSync(join(early.folder, 'users.json'));
  assert.equal(room.run('admin', 'import', 'slack', early.folder).code, 7);
  assert.equal(await room.messages('admin'), count);
});
