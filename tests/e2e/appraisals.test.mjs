// A quarter's appraisals and an election through the real binaries: who may read what when, seals, scores, the talk's
// actions as tasks, calibration, appeal; secret ballots with a count that is checked on the client's side.

import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room } from './room.mjs';

let room, home, run, ok, people;
const json = (who, ...words) => JSON.parse(ok(who, ...words, '-o', 'json'));
const number = (ack) => ack.stream.split('/')[1];
const file = (name, content) => {
  const path = join(home, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const until = async (what, good) => {
  for (let i = 0; i < 200; ++i) {
    const found = what();
    if (good(found)) return found;
    await new Promise((go) => setTimeout(go, 50));
  }
  assert.fail('it never came');
};
const day = (n) => new Date(Date.now() + 8 * 3600_000 + n * 86_400_000).toISOString().slice(0, 10);

before(async () => {
  room = await Room.make('li.na', 'chen.wei', 'wang.fang', 'emma', 'sun.yue', 'zhou.jie', 'admin', 'audit');
  ({ home } = room);
  run = room.run.bind(room);
  ok = room.ok.bind(room);
  people = Object.fromEntries(json('li.na', 'member', 'list').map((m) => [m.login, m.id]));
  ok('admin', 'member', 'roles', '@zhou.jie', 'RQ,HR');
  ok('sun.yue', 'member', 'confirm', '@zhou.jie', '1');
  for (const who of ['chen.wei', 'wang.fang', 'emma']) ok('admin', 'org', 'superior', `@${who}`, '@li.na');
  ok('admin', 'org', 'superior', '@li.na', '@sun.yue');
});
after(() => room.remove());

let cycle, mine;

test('a role has indicators whose weights add up to 100 [S6.1.2]', () => {
  const form = JSON.parse(ok('li.na', 'indicators', 'template'));
  const uneven = structuredClone(form);
  uneven.indicators[0].weight = 30;
  const refused = run('li.na', 'indicators', 'publish', file('uneven.json', uneven));
  assert.equal(refused.code, 7, refused.err);
  assert.match(refused.err, /100/);
  // Nobody sets what they are appraised by themselves.
  assert.notEqual(run('chen.wei', 'indicators', 'publish', file('sp.json', form)).code, 0);
  ok('li.na', 'indicators', 'publish', join(home, 'sp.json'));
  assert.equal(json('emma', 'indicators', 'list')[0].role, 'SP');
});

test('a cycle that opens opens an appraisal for everyone who has indicators, and each sees their own [S6.2][D5]', () => {
  const year = String(new Date().getFullYear());
  cycle = number(json('zhou.jie', 'cycle', 'plan', 'quarter', year, '--quarter', '4'));
  assert.match(run('zhou.jie', 'cycle', 'open', cycle).err, /S6\.2/);
  ok('zhou.jie', 'cycle', 'open', cycle, '试行：提前开始');
  const own = json('chen.wei', 'appraisal', 'list');
  assert.equal(own.length, 1);
  mine = String(own[0].id);
  assert.equal(own[0].employee, people['chen.wei']);
  assert.equal(own[0].evaluator, people['li.na']);
  assert.equal(json('li.na', 'appraisal', 'list').length, 3);
  assert.equal(json('sun.yue', 'appraisal', 'list').length, 3);
  for (const nobody of ['zhou.jie', 'admin', 'audit']) {
    assert.deepEqual(json(nobody, 'appraisal', 'list'), []);
    assert.equal(run(nobody, 'appraisal', 'show', mine).code, 5);
    assert.equal(Object.keys(json(nobody, 'cycle', 'show', cycle).appraisals).length, 0);
  }
  assert.equal(run('wang.fang', 'appraisal', 'show', mine).code, 5);
  assert.match(ok('chen.wei', 'inbox'), new RegExp(`appraisal/${mine}`));
  assert.doesNotMatch(ok('wang.fang', 'inbox'), new RegExp(`appraisal/${mine}\\b`));
});

const filled = (form, key, score, text) => {
  for (const line of form.lines) Object.assign(line, { score, [key]: text });
  return form;
};

test('F6 and F7 are sealed from the other side until both are in [S6.3.1][S6.3.2][D4]', async () => {
  const self = filled(JSON.parse(ok('chen.wei', 'appraisal', 'template', mine, 'self')), 'text', 90, '会员日活动按期完成');
  // What one may not see can't be pointed at: here, that somebody else was given a role is no secret, and a draft is.
  ok('emma', 'appraisal', 'draft', String(json('emma', 'appraisal', 'list')[0].id),
     file('draft.json', filled(JSON.parse(ok('emma', 'appraisal', 'template', String(json('emma', 'appraisal', 'list')[0].id), 'self')), 'text', 50, 'draft of hers')));
  const head = (await room.get('audit', 'log?way=backwards&limit=1')).position;
  const foreign = structuredClone(self);
  foreign.lines[0].evidence = [{ at: head, note: 'hers' }];
  const cited = run('chen.wei', 'appraisal', 'submit', mine, file('foreign.json', foreign));
  assert.equal(cited.code, 7, cited.err);
  assert.match(cited.err, /bad_evidence/);
  ok('chen.wei', 'appraisal', 'draft', mine, file('f6.json', self));
  assert.equal(json('li.na', 'appraisal', 'show', mine).forms.F6_draft, undefined);
  ok('chen.wei', 'appraisal', 'submit', mine, join(home, 'f6.json'));
  const sealed = json('li.na', 'appraisal', 'show', mine);
  assert.equal(sealed.forms.F6, undefined);
  assert.equal(sealed.self, undefined);
  assert.ok(!JSON.stringify(sealed).includes('会员日活动按期完成'));
  assert.ok(JSON.stringify(json('chen.wei', 'appraisal', 'show', mine)).includes('会员日活动按期完成'));
  const position = json('chen.wei', 'appraisal', 'show', mine).position;

  const evaluation = filled(JSON.parse(ok('li.na', 'appraisal', 'template', mine, 'evaluation')), 'comment', 80, '稳定，复盘可更深入');
  evaluation.comment = '整体良好';
  ok('li.na', 'appraisal', 'evaluate', mine, file('f7.json', evaluation));
  const open = json('chen.wei', 'appraisal', 'show', mine);
  assert.equal(open.forms.F7.data.form.comment.text ?? open.forms.F7.data.form.comment, '整体良好');
  assert.deepEqual(open.superior, [80, 80, 80]);
  assert.ok(json('li.na', 'appraisal', 'show', mine).forms.F6);
  // As it was: sealed still.
  const before = json('li.na', 'appraisal', 'show', mine, '--as-of', String(position));
  assert.equal(before.forms.F6, undefined);
  assert.equal(before.as_of.read_only, true);
  // 10 % of 90 and 90 % of 80.
  assert.equal(open.breakdown.score, 8100);
  assert.equal(open.breakdown.grade, 'B');
});

test('neither the log nor the audit shows what an appraisal says [D5]', async () => {
  const pages = await Promise.all(['audit', 'admin'].map((who) => room.get(who, 'log?way=backwards&limit=200')));
  const all = JSON.stringify(pages);
  assert.ok(all.includes('appraisal.evaluated.v2'));
  for (const words of ['会员日活动按期完成', '整体良好', 'draft of hers']) assert.ok(!all.includes(words));
});

test('the talk is confirmed by both, and its actions become tasks [S6.3.3]', () => {
  const talk = { ...JSON.parse(ok('li.na', 'appraisal', 'template', mine, 'talk')), result: '达成共识', strengths: '执行快', shortcomings: '复盘浅' };
  talk.actions = [{ what: '每月一次深度复盘', owner: people['chen.wei'], standard: '有数据、有结论、有措施', due: day(20) }];
  ok('li.na', 'appraisal', 'talk', mine, file('f8.json', talk));
  ok('li.na', 'appraisal', 'confirm', mine);
  assert.equal(json('chen.wei', 'appraisal', 'show', mine).status, 'talk_recorded');
  ok('chen.wei', 'appraisal', 'confirm', mine);
  assert.equal(json('chen.wei', 'appraisal', 'show', mine).status, 'talk_held');
  // A list says whose plan it is of, and the task itself what is to be done; nobody else has it in theirs.
  const task = json('chen.wei', 'task', 'list').find((t) => String(t.improvement) === mine);
  assert.match(task.title, /improvement plan/);
  assert.equal(json('chen.wei', 'task', 'show', String(task.id)).title, '每月一次深度复盘');
  assert.equal(json('li.na', 'task', 'show', String(task.id)).standard, '有数据、有结论、有措施');
  for (const other of ['wang.fang', 'audit', 'admin']) {
    assert.ok(!json(other, 'task', 'list').some((t) => t.id === task.id));
    assert.equal(run(other, 'task', 'show', String(task.id)).code, 5);
  }
});

test('HR calibrates by scores alone, and reads it once it is final [D2][D5]', () => {
  for (const step of ['close-self', 'close-evaluation', 'calibrate']) ok('zhou.jie', 'cycle', step, cycle, '试行：提前');
  const row = json('zhou.jie', 'appraisal', 'list', '--cycle', cycle).find((a) => String(a.id) === mine);
  assert.deepEqual(row.superior, [80, 80, 80]);
  assert.equal(run('zhou.jie', 'appraisal', 'show', mine).code, 5);
  ok('zhou.jie', 'appraisal', 'calibrate', mine, '统一尺度', '--score', 'execution=85');
  assert.match(run('li.na', 'appraisal', 'finalise', mine).err, /S6|D1|D2/);
  ok('zhou.jie', 'cycle', 'close', cycle, '试行：提前');
  ok('sun.yue', 'appraisal', 'finalise', mine);
  const final = json('zhou.jie', 'appraisal', 'show', mine);
  // The superior's part: 0.4·80 + 0.2·80 + 0.4·85 = 82.00; 9.00 + 73.80.
  assert.equal(final.result, 8280);
  assert.equal(final.grade, 'B');
  assert.equal(final.forms.result.data.result.score, 8280);
  assert.equal(run('wang.fang', 'appraisal', 'show', mine).code, 5);
  assert.match(run('sun.yue', 'appraisal', 'apply', mine).err, /S6\.3\.4/);
  ok('chen.wei', 'appraisal', 'appeal', mine, '项目没有计入');
  assert.equal(json('chen.wei', 'appraisal', 'show', mine).status, 'appealed');
  ok('zhou.jie', 'appraisal', 'reject-appeal', mine, '已计入 module');
  assert.equal(json('chen.wei', 'appraisal', 'show', mine).status, 'finalised');
});

test('a bonus rests on a final result, SL approves exactly what was read, its receiver sees it then [S6.4.1][D8]', () => {
  const form = { ...JSON.parse(ok('zhou.jie', 'incentive', 'template')), member: people['chen.wei'], appraisal: Number(mine), effective: day(3), terms: '季度奖金', reason: '结果良好' };
  form.amount.cents = 300000;
  const bonus = number(json('zhou.jie', 'incentive', 'propose', file('f16.json', form)));
  assert.equal(run('chen.wei', 'incentive', 'show', bonus).code, 5);
  assert.deepEqual(json('chen.wei', 'incentive', 'list'), []);
  assert.notEqual(run('sun.yue', 'incentive', 'approve', bonus, '--sha256', '0'.repeat(64)).code, 0);
  ok('sun.yue', 'incentive', 'approve', bonus, '--sha256', json('sun.yue', 'incentive', 'show', bonus).sha256);
  assert.equal(json('chen.wei', 'incentive', 'show', bonus).status, 'approved');
  assert.equal(run('wang.fang', 'incentive', 'show', bonus).code, 5);
});

test('ballots are secret, changeable until voting closes, and the count can be checked [S6.4.3][D7]', async () => {
  const election = number(json('li.na', 'election', 'open', '季度之星', '--period', '2026 Q4', '--seats', '1', '--electorate', 'operations',
                               '--nominations-close', day(1), '--voting-opens', day(1), '--voting-closes', day(2)));
  const keys = () => readdirSync(join(room.server.data, 'keys', 'elections'));
  assert.equal(keys().length, 1);
  assert.notEqual(run('emma', 'election', 'nominate', election, '@emma', 'me').code, 0);
  ok('chen.wei', 'election', 'nominate', election, '@emma', 'Landing page in two languages');
  ok('emma', 'election', 'nominate', election, '@wang.fang', '客服问题整理');
  ok('li.na', 'election', 'close-nominations', election);
  ok('li.na', 'election', 'open-voting', election);
  const stranger = run('chen.wei', 'election', 'vote', election, '@li.na');
  assert.equal(stranger.code, 7, stranger.err);
  ok('chen.wei', 'election', 'vote', election, '@wang.fang');
  ok('chen.wei', 'election', 'vote', election, '@emma');
  ok('wang.fang', 'election', 'vote', election, '@emma');
  ok('emma', 'election', 'vote', election, '@wang.fang');
  const during = json('li.na', 'election', 'show', election);
  assert.equal(during.ballots, 3);
  assert.ok(!JSON.stringify(during).includes('ballot_cast'));
  // Zhao Lei has not voted: that is for nobody else to know.
  const others = JSON.stringify([during.waits, during.actions, json('li.na', 'flow', 'waiting').filter((w) => w.kind === 'election')]);
  assert.ok(!others.includes(`[${people['zhao.lei']}`) && !others.includes(`,${people['zhao.lei']}`), others);
  const early = run('li.na', 'election', 'verify', election);
  assert.equal(early.code, 6);
  assert.match(early.err, /has not been counted yet/);
  ok('li.na', 'election', 'close-voting', election);
  await until(() => json('emma', 'election', 'show', election), (e) => e.status === 'counted');
  const checked = json('emma', 'election', 'verify', election);
  assert.deepEqual(checked.totals, [{ nominee: people.emma, votes: 2 }, { nominee: people['wang.fang'], votes: 1 }]);
  assert.equal(checked.ballots, 3);
  // Nobody can open a ballot any more.
  await until(keys, (k) => k.length === 0);
  ok('li.na', 'election', 'decide', election, '@emma', '得票最多');
  ok('li.na', 'election', 'announce', election, '感谢');
  const award = json('sun.yue', 'incentive', 'list').find((i) => i.kind === 'award');
  assert.equal(award.member, people.emma);
  assert.equal(award.status, 'proposed');
});

test('every list can be seen as it was, and shows nothing that one may not see today [D5][S1.3.2]', async () => {
  const at = json('chen.wei', 'appraisal', 'show', mine).history[1].position;
  const then = json('chen.wei', 'appraisal', 'list', '--as-of', String(at));
  assert.equal(then.length, 1);
  assert.notEqual(then[0].status, 'finalised');
  assert.equal(json('chen.wei', 'appraisal', 'list')[0].status, 'finalised');
  assert.deepEqual(json('wang.fang', 'appraisal', 'list', '--as-of', String(at)).map((a) => a.employee), [people['wang.fang']]);
  assert.deepEqual(json('audit', 'appraisal', 'list', '--as-of', String(at)), []);
  const answer = await room.get('chen.wei', `tasks?as_of=${at}&sort=id`);
  assert.equal(answer.position, at, JSON.stringify(answer));
  assert.equal(answer.as_of.read_only, true);
  assert.ok(!answer.items.some((t) => String(t.improvement) === mine));
  assert.ok(json('chen.wei', 'task', 'list').some((t) => String(t.improvement) === mine));
  const task = answer.items.find((t) => t.status === 'in_progress');
  assert.equal((await room.get('chen.wei', `tasks/${task.id}?as_of=${at}`)).status, 'in_progress');
  for (const list of ['members', 'channels', 'requests', 'projects', 'cycles', 'elections', 'waiting', 'org', 'calendar', 'inbox', 'forms', 'flows', 'flows/request', 'flows/request/times'])
    assert.equal((await room.get('chen.wei', `${list}?as_of=${at}`)).position, at, list);
  assert.equal((await room.get('chen.wei', 'tasks?as_of=2999-01-01')).code, 'bad_moment');
  assert.equal((await room.get('chen.wei', `presence?as_of=${at}`)).code, 'present_only');
});
