// Forms on the command line: filled in with whatever an amendment has added, from files that name people and days as people do, and
// shown as a person reads them.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room } from './room.mjs';

let room, home, run, ok;
const json = (who, ...words) => JSON.parse(ok(who, ...words, '-o', 'json'));
const number = (ack) => ack.stream.split('/')[1];
const file = (name, content) => {
  const path = join(home, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
/** Read in both languages. */
const shown = (who, ...words) => [ok(who, ...words, '--lang', 'zh'), ok(who, ...words, '--lang', 'en')];
const added = { name: 'legal', label: { zh: '法务意见', en: 'Legal opinion' }, required: true };

/** The same command without the field is refused; with it, it is done. */
const needs_field = (who, ...words) => {
  const without = run(who, ...words);
  assert.equal(without.code, 7, `${words.join(' ')}: ${without.err}`);
  assert.match(without.err, /legal/i);
  return json(who, ...words, '--field', 'legal=no objection');
};

before(async () => {
  room = await Room.make('li.na', 'chen.wei', 'wang.fang', 'sun.yue', 'noah', 'zhou.jie', 'zhao.lei');
  home = room.home;
  run = room.run.bind(room);
  ok = room.ok.bind(room);
  for (const form of ['F1', 'F1a', 'F2', 'F3', 'F4', 'F5', 'F19', 'F19a', 'finding', 'proposal'])
    ok('li.na', 'flow', 'amend-form', form, file('fields.json', [added]), '--reason', 'Legal asks', '--effect', 'They know');
});
after(() => room.remove());

let request, project;

test('a field that an amendment has made required can be given wherever its form is filled in [S2.1.3]', () => {
  const f1 = ['--background', 'b', '--objectives', 'o', '--content', 'c', '--by', '+12w', '--compliance', 'none'];
  request = number(needs_field('noah', 'request', 'draft', 'Points', ...f1));
  ok('noah', 'request', 'revise', request, 'Points', ...f1, '--field', 'legal=none at all', '--attach', file('law.md', '# law\n'));
  ok('noah', 'request', 'submit', request);
  ok('li.na', 'request', 'convene', request, '@chen.wei,@zhao.lei', '--until', '+5d');
  for (const who of ['chen.wei', 'zhao.lei'])
    needs_field(who, 'request', 'assess', request, '4', '3', '5', '--why', 'needed', '--why', 'two developers', '--why', 'retention', '--recommend', 'pass');
  ok('li.na', 'request', 'pass', request);
  project = String(json('noah', 'request', 'show', request).project);

  const charter = {
    name: 'Points', lead: 'chen.wei', team: ['@wang.fang', json('li.na', 'member', 'show', '@chen.wei').name], starts: 'today', ends: '+13w',
    milestones: [{ name: 'plan', due: '+2w', deliverable: 'a document' }], budget: { cents: 123456789, currency: 'CNY', use: 'developers' },
    resources: 'two developers', expected_results: 'more', objectives: ['redemption +20 %'], success_metrics: 'redemption',
    risks: [{ what: 'late interface', likelihood: 'medium', impact: 'high', response: 'two weeks spare' }],
    responsibilities: [{ activity: 'build', responsible: ['@wang.fang'], accountable: 'chen.wei', consulted: [], informed: ['me'] }],
    compliance: { checked: true, findings: 'checked' },
  };
  const path = file('charter.json', charter);
  ok('li.na', 'project', 'draft', project, path, '--field', 'legal=asked');  // a draft may lack it
  assert.match(run('li.na', 'project', 'submit', project, path).err, /legal \(Legal opinion, required\)/);
  ok('li.na', 'project', 'submit', project, path, '--field', 'legal=signed', '--attach', file('contract.md', 'contract\n'));
  const kept = json('li.na', 'project', 'show', project).forms.F2.data.charter;
  const id = Object.fromEntries(json('li.na', 'member', 'list').map((m) => [m.login, m.id]));
  assert.deepEqual([kept.lead, kept.team, kept.responsibilities[0].informed], [id['chen.wei'], [id['wang.fang'], id['chen.wei']], [id['li.na']]]);
  const { today } = json('li.na', 'calendar', 'show');
  assert.equal(kept.starts, today);
  assert.equal(kept.milestones[0].due, new Date(Date.parse(today) + 14 * 86_400_000).toISOString().slice(0, 10));
  assert.deepEqual(kept.extras.fields, [{ name: 'legal', text: 'signed' }]);
  assert.equal(kept.extras.attachments[0].name, 'contract.md');

  ok('sun.yue', 'project', 'approve', project, '--sha256', json('sun.yue', 'project', 'show', project).charter);
  ok('chen.wei', 'project', 'progress', project, '60', 'caution', 'Two of three pages');
  ok('chen.wei', 'project', 'milestone', project, '1', 'the document');
  needs_field('chen.wei', 'project', 'request-acceptance', project, '--completion', 'all of it', '--deliverable', 'release', '--attainment', 'met');
  ok('li.na', 'project', 'convene', project, '@sun.yue,@zhou.jie', '--on', '+2d');
  for (const who of ['sun.yue', 'zhou.jie']) ok(who, 'project', 'sign', project, 'yes');
  needs_field('li.na', 'project', 'accept', project, '--result', 'partly:a little less', '--conclusion', 'agreed');
  needs_field('chen.wei', 'project', 'summarise', project, '--experience', 'small first', '--lessons', 'early', '--improvements', 'a list', '--to', '@li.na');
});

test('fields and files of a form that comes from a file are laid over what it says', () => {
  const f19 = { ...JSON.parse(ok('chen.wei', 'strategy', 'template')), title: 'Points', adjustment: 'a', content: 'c', expected: 'e', grounds: ['they fell'], concerned: ['陈伟', 'emma'] };
  f19.concerned = [json('li.na', 'member', 'show', '@wang.fang').name, 'emma'];
  assert.deepEqual(f19.extras.fields, [{ name: 'legal', text: '' }]);
  const strategy = number(json('chen.wei', 'strategy', 'draft', file('f19.json', f19), '--field', 'legal=fine', '--attach', file('a.md', 'a\n')));
  const kept = json('chen.wei', 'strategy', 'show', strategy).forms.F19.data.form;
  assert.deepEqual(kept.extras.fields, [{ name: 'legal', text: 'fine' }]);
  assert.equal(kept.extras.attachments.length, 1);
  assert.equal(kept.concerned.length, 2);
});

test('who or which day is not known in a file is said, with its place', () => {
  const template = JSON.parse(ok('li.na', 'project', 'template'));
  const tried = (change) => run('li.na', 'project', 'draft', project, file('wrong.json', { ...template, lead: 'me', team: [], responsibilities: [], ...change }));
  assert.match(tried({ team: ['me', 'nobody.here'] }).err, /team\[2\]: .*nobody\.here/);
  assert.match(tried({ milestones: [{ name: 'x', due: 'someday', deliverable: '' }] }).err, /milestones\[1\]\.due: .*someday/);
  assert.equal(tried({ starts: 'someday' }).code, 7);
});

test('an analysis is planned and reported by a file where one is given, and by its title otherwise', () => {
  const plan = { ...JSON.parse(ok('zhao.lei', 'analysis', 'template', 'plan')), title: 'Redemption', subject: 's', sources: 's', method: 'm', owner: 'zhao.lei' };
  const path = file('plan.json', plan);
  const analysis = number(json('zhao.lei', 'analysis', 'plan', path, '--every', '3'));
  const row = json('zhao.lei', 'analysis', 'show', analysis);
  assert.deepEqual([row.title, row.every], ['Redemption', 3]);
  assert.match(run('zhao.lei', 'analysis', 'plan', 'no-such.json').err, /no-such\.json/);
  assert.equal(run('zhao.lei', 'analysis', 'plan', path, '--file', path).code, 2);
  assert.equal(run('zhao.lei', 'analysis', 'plan', path, '--every', '251').code, 2);
  const finding = { ...JSON.parse(ok('zhao.lei', 'analysis', 'template', 'finding')), kind: 'problem', from: '2026/1/5', until: '2026年1月11日', observed: 'It fell', figures: [] };
  needs_field('zhao.lei', 'analysis', 'report', analysis, file('finding.json', finding));
  const found = json('zhao.lei', 'analysis', 'show', analysis).forms.looks.at(-1).data.finding;
  assert.deepEqual([found.from, found.until, found.observed], ['2026-01-05', '2026-01-11', 'It fell']);
});

test('what the schema describes is filled in by a template of it, as a file and by options over that', () => {
  const form = { ...JSON.parse(ok('noah', 'proposal', 'template')), title: 'One list', situation: 'Two lists', idea: 'One', benefit: 'A day', with: ['@wang.fang'] };
  assert.deepEqual(form.extras.fields, [{ name: 'legal', text: '' }]);
  delete form.extras;
  const path = file('proposal.json', form);
  const one = number(needs_field('noah', 'proposal', 'file', path, '--kind', 'cost', '--attach', file('why.md', 'why\n')));
  const filed = () => json('noah', 'proposal', 'show', one).forms.proposal.data.form;
  assert.deepEqual([filed().title, filed().kind, filed().idea, filed().with.length, filed().extras.attachments.length], ['One list', 'cost', 'One', 1, 1]);
  assert.match(run('noah', 'proposal', 'file', 'Two lists').err, /missing: --kind/);
  assert.equal(run('noah', 'proposal', 'file', path, '--file', path).code, 2);
  ok('li.na', 'proposal', 'return', one, 'What does it cost?');
  const again = file('again.json', JSON.parse(ok('noah', 'proposal', 'template', 'revise', one)));
  ok('noah', 'proposal', 'revise', one, 'Just one list', '--file', again, '--effort', 'two days');
  assert.deepEqual([filed().title, filed().idea, filed().effort, filed().extras.fields[0].text], ['Just one list', 'One', 'two days', 'no objection']);
  ok('li.na', 'proposal', 'adopt', one, 'It saves a day');
  const [zh, en] = shown('noah', 'proposal', 'show', one);
  const names = json('noah', 'proposal', 'show', one).credited.map((id) => json('noah', 'member', 'show', String(id)).name);
  assert.equal(names.length, 2);
  assert.ok(en.includes(`credited to ${names.join(', ')}`), en);
  assert.ok(zh.includes(`署名：${names.join('、')}`), zh);
  for (const text of [zh, en]) for (const part of ['Just one list', 'two days', 'no objection', 'why.md', 'It saves a day']) assert.ok(text.includes(part), `${part}\n${text}`);
});

test('forms are shown as a person reads them, in both languages [D10]', () => {
  for (const text of [...shown('li.na', 'request', 'show', request), ...shown('li.na', 'project', 'show', project)]) {
    assert.ok(!text.includes('{"'), text);
    assert.ok(!/× \d/.test(text), text);
  }
  const [zh, en] = shown('li.na', 'request', 'show', request);
  for (const label of ['项目背景', '项目目标', '主要内容', '时间要求', '合规检查', '法务意见', 'F1a 评估意见', '合理性', '可行性', '业务影响', '建议']) assert.ok(zh.includes(label), label);
  for (const label of ['Background', 'Main content', 'Legal opinion', 'Reasonableness', 'Business impact', 'Recommendation']) assert.ok(en.includes(label), label);
  // Who, verdict and words of each.
  for (const who of ['chen.wei', 'zhao.lei']) {
    const { name } = json('li.na', 'member', 'show', `@${who}`);
    const opinion = en.slice(en.indexOf('F1a')).split(name)[1];
    assert.match(opinion, /Reasonableness +4 of 5 · needed\n +Feasibility +3 of 5 · two developers\n +Business impact +5 of 5 · retention\n +Recommendation +Approve/);
  }
  const [, charter] = shown('li.na', 'project', 'show', project);
  for (const part of ['1,234,567.89 CNY · developers', '· plan · Due: ', '· late interface · Likelihood: medium · Impact: high · Response: two weeks spare', '1. redemption +20 %', 'partly met', 'in agreement: yes', 'needs attention', 'contract.md'])
    assert.ok(charter.includes(part), `${part}\n${charter}`);
  // What programs read is as it was.
  assert.equal(json('li.na', 'request', 'show', request).forms.F1a.length, 2);
});

test('indicators of each post can be had and published [S6.1.1][S6.1.2][S6.1.3]', () => {
  for (const role of ['OM', 'SP', 'DA']) {
    const template = JSON.parse(ok('li.na', 'indicators', 'template', role));
    assert.equal(template.role, role);
    assert.equal(template.indicators.reduce((sum, i) => sum + i.weight, 0), 100);
  }
  const mine = json('li.na', 'indicators', 'list').find((t) => t.role === 'DA');
  const revised = mine ? { ...JSON.parse(ok('li.na', 'indicators', 'template', String(mine.id))), reason: 'a new year' } : null;
  if (revised) ok('li.na', 'indicators', 'revise', String(mine.id), file('revised.json', revised));
  else ok('li.na', 'indicators', 'publish', file('da.json', ok('li.na', 'indicators', 'template', 'DA')));
  assert.match(run('li.na', 'indicators', 'template', 'boss').err, /OM/);
  const [zh, en] = shown('li.na', 'indicators', 'show', String(json('li.na', 'indicators', 'list')[0].id));
  for (const text of [zh, en]) assert.ok(!text.includes('{"'), text);
});

test('a year that is not published says so', () => {
  const [zh, en] = shown('li.na', 'calendar', 'show', '2031');
  assert.match(zh, /2031 年的放假安排尚未公布/);
  assert.match(en, /2031 is not published yet/);
  assert.match(en, /working days/);
  assert.equal(run('li.na', 'calendar', 'show', '20311').code, 2);
});
