// What the command line asks of the server rather than of itself: the form's version in force, and the department's day.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room } from './room.mjs';

let room, ok;
const json = (who, ...words) => JSON.parse(ok(who, ...words, '-o', 'json'));
const amend = (form, ...fields) => {
  const file = join(room.home, 'fields.json');
  writeFileSync(file, JSON.stringify(fields.map((name) => ({ name, label: { zh: `字段 ${name}`, en: `Field ${name}` }, required: false }))));
  ok('li.na', 'flow', 'amend-form', form, file, '--reason', 'asked for', '--effect', 'known');
};
const draft = (...more) => json('noah', 'request', 'draft', 'With a form', '--background', 'b', '--objectives', 'o', '--content', 'c', '--by', '+12w', '--compliance', 'none', ...more);
const number = (ack) => ack.stream.split('/')[1];
const extras = (id) => json('noah', 'request', 'show', id).forms.F1.data.form.extras;

before(async () => {
  room = await Room.make('li.na', 'chen.wei', 'noah');
  ok = room.ok.bind(room);
});
after(() => room.remove());

test('forms are filled in by the version in force, and keep the one that they were begun by [S1.3.2, D12]', () => {
  assert.equal(extras(number(draft())).form, 1);
  amend('F1', 'data');
  const second = number(draft('--field', 'data=members only'));
  assert.deepEqual(extras(second), { form: 2, fields: [{ name: 'data', text: 'members only' }], attachments: [] });
  amend('F1', 'data', 'legal');
  assert.equal(extras(number(draft('--field', 'legal=asked'))).form, 3);
  ok('noah', 'request', 'revise', second, 'With a form, revised', '--background', 'b', '--objectives', 'o', '--content', 'c', '--by', '+12w', '--compliance', 'none');
  assert.equal(extras(second).form, 2);
  amend('F2', 'steering');
  const charter = JSON.parse(ok('li.na', 'project', 'template'));
  assert.deepEqual(charter.extras, { form: 2, fields: [{ name: 'steering', text: '' }], attachments: [] });
  amend('F19', 'market');
  assert.equal(JSON.parse(ok('li.na', 'strategy', 'template')).extras.form, 2);
});

test('today is the department\'s, wherever the client is [S3.2.1]', () => {
  const environment = room.environment.bind(room);
  const { today } = json('li.na', 'calendar', 'show');
  for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12', 'Asia/Shanghai']) {
    room.environment = (who) => ({ ...environment(who), TZ: zone });
    const made = number(json('li.na', 'task', 'assign', `from ${zone}`, '--to', '@chen.wei', '--standard', 's', '--due', '今天'));
    assert.equal(json('li.na', 'task', 'show', made).due, today, zone);
    const file = join(room.home, 'days.csv');
    writeFileSync(file, `Title,Standard,Due,To\nby table from ${zone},s,+1d,chen.wei\n`);
    ok('li.na', 'task', 'import', file);
    const tomorrow = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
    assert.equal(json('li.na', 'task', 'list').find((t) => t.title === `by table from ${zone}`).due, tomorrow, zone);
  }
  room.environment = environment;
});

test('departments are named as people name them; a person by more than a number that is somebody\'s login', () => {
  const made = number(json('li.na', 'task', 'assign', 'by name', '--to', '@Chen.Wei', '--standard', 's', '--due', '+1d', '--department', '运营部'));
  assert.equal(json('li.na', 'task', 'show', made).department, 'operations');
  const no = room.run('li.na', 'task', 'assign', 'by name', '--to', '@chen.wei', '--standard', 's', '--due', '+1d', '--department', '后勤');
  assert.equal(no.code, 7);
  assert.match(no.err, /operations/);
});

test('what one may begin is the server\'s word, for each person, and within a project for who leads it [S3.2.1]', async () => {
  const may = async (who, query = '') => Object.fromEntries((await room.get(who, `actions${query}`)).items.map((a) => [a.command, a]));
  const [manager, specialist, requester] = [await may('li.na'), await may('chen.wei'), await may('noah')];
  assert.ok(manager['task.assign'].allowed);
  for (const other of [specialist, requester]) {
    assert.equal(other['task.assign'].allowed, false);
    assert.match(other['task.assign'].problem.zh, /\p{Script=Han}/u);
    assert.equal(other['task.assign'].problem.clause, 'S3.2.1');
  }
  for (const all of [manager, specialist, requester]) {
    for (const command of ['channel.create', 'request.draft', 'proposal.file']) assert.ok(all[command].allowed, command);
    assert.equal(all['member.join'].allowed, false);
    assert.equal(all['project.initiate'], undefined);  // the system's alone
  }
  assert.deepEqual([manager, specialist, requester].map((a) => a['strategy.draft'].allowed), [true, true, false]);
  assert.equal((await may('chen.wei', '?project=99999'))['task.assign'].allowed, false);
  assert.equal((await room.get('li.na', 'actions?project=x')).status, 400);
  const inbox = await room.get('li.na', 'inbox');
  assert.equal(inbox.tasks, inbox.items.filter((i) => i.kind === 'task').length);
});
