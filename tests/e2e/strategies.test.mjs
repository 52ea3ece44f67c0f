// From what an analyst finds in the data to a strategy that is carried out, and from somebody's idea to its effect, through the
// real binaries: who is told, who takes note, who may read what when, and people who follow it live.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, bin, lines } from './room.mjs';

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
    const found = await what();
    if (good(found)) return found;
    await new Promise((go) => setTimeout(go, 50));
  }
  assert.fail('it never came');
};
// In the department's time zone, that the rules count days by.
const day = (n) => new Date(Date.now() + 8 * 3600_000 + n * 86_400_000).toISOString().slice(0, 10);
const last_week = ['--from', day(-7), '--until', day(-1)];
/** What waits for them in the flows: "analysis/1 analysis.handle". */
const waits = (who) =>
  json(who, 'inbox').filter((i) => i.kind === 'flow').map(({ flow }) => `${flow.what}/${flow.id} ${flow.command}`);
const caught_up = (who, words) => until(() => json(who, 'search', words), (found) => found.length > 0);

/** Somebody with a terminal of their own, who follows a feed. */
const followers = [];
class Follower {
  all = '';  // that it was told

  constructor(who, feed) {
    this.child = spawn(join(bin, 'opsroom'), ['feed', 'tail', feed, '-o', 'ndjson'], { env: room.environment(who) });
    this.child.stdout.on('data', (d) => (this.all += d));
    followers.push(this);
  }

  /** The first frame or event of which this holds. */
  told(good) {
    return until(() => lines(this.all.slice(0, this.all.lastIndexOf('\n') + 1)).find(good), Boolean);
  }
}

before(async () => {
  room = await Room.make('li.na', 'chen.wei', 'wang.fang', 'emma', 'zhao.lei', 'sun.yue', 'noah', 'zhou.jie', 'admin', 'audit');
  ({ home } = room);
  run = room.run.bind(room);
  ok = room.ok.bind(room);
  people = Object.fromEntries(json('li.na', 'member', 'list').map((m) => [m.login, m.id]));
  ok('admin', 'org', 'superior', '@li.na', '@sun.yue');
});
after(async () => {
  for (const each of followers) each.child.kill();
  await room.remove();
});

let analysis, strategy;

test('[S3.2.3] an analyst looks at a subject every so many working days', () => {
  const refused = run('chen.wei', 'analysis', 'plan', '兑换率', '--subject', 's', '--sources', 's', '--method', 'm', '--owner', '@zhao.lei', '--every', '5', '--next', day(0));
  assert.equal(refused.code, 4, refused.err);
  const plan = { ...JSON.parse(ok('zhao.lei', 'analysis', 'template', 'plan')), title: '积分兑换率', subject: '各渠道兑换率有何变化', sources: '订单库、积分账', method: '环比' };
  Object.assign(plan, { owner: '@zhao.lei', next_on: day(0), concerned: ['@chen.wei', '@emma'] });
  // An option says it otherwise than the file.
  analysis = number(json('zhao.lei', 'analysis', 'plan', '--file', file('plan.json', plan), '--every', '2'));
  const shown = json('li.na', 'analysis', 'show', analysis);
  assert.deepEqual([shown.status, shown.owner, shown.every, shown.next_on], ['running', people['zhao.lei'], 2, day(0)]);
  assert.deepEqual(shown.concerned, [people['chen.wei'], people.emma]);
  const due = json('zhao.lei', 'inbox').find((i) => i.kind === 'flow' && i.flow.what === 'analysis');
  assert.deepEqual([due.flow.command, due.flow.due], ['analysis.report', day(0)]);
  // Another department has no part in it.
  assert.equal(run('noah', 'analysis', 'show', analysis).code, 5);
  assert.deepEqual(json('noah', 'analysis', 'list'), []);
  assert.equal(run('noah', 'feed', 'tail', `analysis/${analysis}`).code, 5);
});

test('[S3.2.3] a problem goes to the manager and the specialists concerned, live, and each takes note', async () => {
  const watcher = new Follower('emma', `analysis/${analysis}`);
  const desk = new Follower('chen.wei', 'inbox');
  await watcher.told((f) => f.type === 'snapshot');
  await desk.told((f) => f.type === 'snapshot');
  // Without a number before: it was not measured then.
  ok('zhao.lei', 'analysis', 'report', analysis, '应用内兑换率偏低', '--kind', 'change', ...last_week, '--figure', '兑换率=9.8%');
  for (const wrong of ['兑换率', '兑换率=', '兑换率=12..', '兑换率=1元..2%'])
    assert.equal(run('zhao.lei', 'analysis', 'report', analysis, 'x', '--kind', 'problem', ...last_week, '--figure', wrong).code, 7, wrong);
  assert.equal(run('chen.wei', 'analysis', 'report', analysis, 'x', '--kind', 'problem', ...last_week).code, 4);
  // The next look while that one is open takes its place.
  ok('zhao.lei', 'analysis', 'report', analysis, '应用内兑换率下降', '--kind', 'problem', '--priority', 'high', ...last_week,
     '--figure', '兑换率=12.5..9.8 %', '--figure', '客诉=3..11', '--cause', '入口变深', '--suggestion', '恢复一级入口');
  await watcher.told((f) => f.type === 'snapshot' && f.data.forms.looks?.at(-1).data.finding.observed === '应用内兑换率下降');
  await desk.told((f) => f.type === 'snapshot' && f.data.items.some((i) => i.flow?.command === 'analysis.acknowledge'));

  const shown = json('chen.wei', 'analysis', 'show', analysis);
  assert.deepEqual([shown.status, shown.looks, shown.found, shown.priority], ['reported', 2, 2, 'high']);
  assert.deepEqual(shown.forms.looks.at(-1).data.finding.figures,
                   [{ name: '兑换率', before: '12.5', now: '9.8', unit: '%' }, { name: '客诉', before: '3', now: '11', unit: '' }]);
  const told = ok('chen.wei', 'analysis', 'show', analysis);
  for (const words of ['12.5 → 9.8 %', '入口变深', '恢复一级入口', 'yet to acknowledge']) assert.ok(told.includes(words), told);

  assert.ok(waits('li.na').includes(`analysis/${analysis} analysis.handle`));
  for (const who of ['chen.wei', 'emma']) {
    assert.ok(waits(who).includes(`analysis/${analysis} analysis.acknowledge`));
    ok(who, 'analysis', 'acknowledge', analysis);
    assert.ok(!waits(who).includes(`analysis/${analysis} analysis.acknowledge`));
  }
  assert.equal(run('wang.fang', 'analysis', 'acknowledge', analysis).code, 4);
  // Corrected, it is news again.
  ok('zhao.lei', 'analysis', 'correct', analysis, '一个渠道重复计算', '--file', file('finding.json', JSON.parse(ok('zhao.lei', 'analysis', 'template', 'finding', analysis))),
     '--figure', '兑换率=12.5..10.4 %');
  assert.deepEqual(json('emma', 'analysis', 'show', analysis).acknowledged, []);
  for (const who of ['chen.wei', 'emma']) ok(who, 'analysis', 'acknowledge', analysis);
});

test('[S3.2.3] the manager says what comes of it, and by its rhythm it is due again', () => {
  assert.equal(run('zhao.lei', 'analysis', 'handle', analysis, 'none', 'x').code, 4);
  const open = run('li.na', 'analysis', 'end', analysis, 'x');
  assert.equal(open.code, 6, open.err);
  ok('li.na', 'analysis', 'handle', analysis, 'adjust', '调整积分策略');
  const shown = json('li.na', 'analysis', 'show', analysis);
  assert.equal(shown.status, 'running');
  assert.ok(shown.next_on > day(1), shown.next_on); // two working days on
  const due = json('zhao.lei', 'inbox').find((i) => i.kind === 'flow' && i.flow.what === 'analysis');
  assert.deepEqual([due.flow.command, due.flow.due], ['analysis.report', shown.next_on]);
  ok('zhao.lei', 'analysis', 'steady', analysis, '五个渠道均在一个点以内', ...last_week);
  assert.match(ok('li.na', 'analysis', 'show', analysis, '--lang', 'zh'), /无异常[^]*五个渠道均在一个点以内/);
  ok('li.na', 'analysis', 'change', analysis, '旺季每天看', '--file', file('again.json', JSON.parse(ok('li.na', 'analysis', 'template', 'plan', analysis))), '--every', '1');
  assert.equal(json('zhao.lei', 'analysis', 'show', analysis).every, 1);
});

const drafted = (who, changes) => ({ ...JSON.parse(ok(who, 'strategy', 'template')), effective: day(0), acknowledge_by: day(3), check_on: day(7), ...changes });

test('[S3.2.4][F19] a draft is between its author and the manager, and nobody else finds it', async () => {
  const other = new Follower('wang.fang', 'strategies');
  await other.told((f) => f.type === 'snapshot');
  const form = drafted('chen.wei', {
    title: '积分入口策略', adjustment: '入口回到首页一级', content: '首页一级入口，三步内完成兑换', expected: '兑换率回到 12%', concerned: ['@wang.fang', '@emma'],
    grounds: [{ fact: '应用内兑换率由 12.5% 降到 10.4%', analysis: Number(analysis), look: 2 }, '客服反馈找不到入口'],
  });
  assert.equal(run('noah', 'strategy', 'draft', file('f19.json', form)).code, 4);
  const unfounded = run('chen.wei', 'strategy', 'draft', file('unfounded.json', { ...form, grounds: [] }));
  assert.equal(unfounded.code, 7);
  assert.match(unfounded.err, /S3\.2\.4|grounds/);
  strategy = number(json('chen.wei', 'strategy', 'draft', join(home, 'f19.json')));
  assert.match(ok('chen.wei', 'strategy', 'show', strategy), new RegExp(`analysis/${analysis} · Run: 2`));

  await caught_up('chen.wei', '积分入口策略');
  for (const who of ['wang.fang', 'emma', 'noah']) {
    assert.deepEqual(json(who, 'strategy', 'list'), []);
    assert.equal(run(who, 'strategy', 'show', strategy).code, 5);
    assert.equal(run(who, 'strategy', 'acknowledge', strategy).code, 5);
    assert.equal(run(who, 'feed', 'tail', `strategy/${strategy}`).code, 5);
    assert.deepEqual(json(who, 'search', '积分入口策略'), []);
  }
  assert.ok(!other.all.includes('积分入口策略'));
});

let read;

test('[S3.2.4][S2.2.2] submitted, returned, revised; published is exactly what was read', () => {
  ok('chen.wei', 'strategy', 'submit', strategy);
  assert.ok(waits('li.na').includes(`strategy/${strategy} strategy.publish`));
  const first = json('li.na', 'strategy', 'show', strategy).sha256;
  ok('li.na', 'strategy', 'return', strategy, '哪些渠道？');
  assert.match(ok('chen.wei', 'strategy', 'show', strategy), /哪些渠道/);
  assert.ok(waits('chen.wei').includes(`strategy/${strategy} strategy.submit`));
  const again = JSON.parse(ok('chen.wei', 'strategy', 'template', strategy));
  assert.equal(again.replaces, null);
  ok('chen.wei', 'strategy', 'revise', strategy, file('revised.json', { ...again, content: '应用与小程序首页一级入口，三步内完成兑换' }));
  ok('chen.wei', 'strategy', 'submit', strategy);
  assert.equal(run('chen.wei', 'strategy', 'publish', strategy, '--sha256', first).code, 4);
  const stale = run('li.na', 'strategy', 'publish', strategy, '--sha256', first);
  assert.equal(stale.code, 7, stale.err);
  assert.match(stale.err, /other_form/);
  read = json('li.na', 'strategy', 'show', strategy);
  assert.notEqual(read.sha256, first);
  assert.equal(read.status, 'submitted');
});

test('[S3.2.4] conveyed to those concerned, live; each acknowledges it', async () => {
  const watcher = new Follower('wang.fang', 'strategies');
  const desk = new Follower('emma', 'inbox');
  await watcher.told((f) => f.type === 'snapshot');
  await desk.told((f) => f.type === 'snapshot');
  ok('li.na', 'strategy', 'publish', strategy, '--sha256', read.sha256);
  await watcher.told((f) => f.rows?.some((r) => r.id === Number(strategy) && r.status === 'published'));
  await desk.told((f) => f.type === 'snapshot' && f.data.items.some((i) => i.flow?.command === 'strategy.acknowledge'));
  const published = json('wang.fang', 'strategy', 'show', strategy);
  assert.deepEqual([published.status, published.number, published.acknowledged], ['published', 1, []]);
  ok('emma', 'strategy', 'acknowledge', strategy);
  ok('li.na', 'strategy', 'convey', strategy, '@noah', '--by', day(2));
  assert.ok(waits('noah').includes(`strategy/${strategy} strategy.acknowledge`));
  ok('noah', 'strategy', 'acknowledge', strategy);
  assert.equal(run('zhao.lei', 'strategy', 'acknowledge', strategy).code, 4);
  const shown = json('li.na', 'strategy', 'show', strategy);
  assert.deepEqual(shown.acknowledged, [people.emma, people.noah]);
  assert.match(ok('li.na', 'strategy', 'show', strategy), /yet to acknowledge +\S*王芳/);
  assert.match(ok('li.na', 'strategy', 'list'), / 2\/3 /);
  assert.ok(waits('wang.fang').includes(`strategy/${strategy} strategy.acknowledge`));
  assert.equal(run('zhou.jie', 'strategy', 'show', strategy).code, 5); // another department, and not concerned
});

test('[S3.2.4] its execution is checked, and tasks are given for it', () => {
  assert.ok(waits('li.na').includes(`strategy/${strategy} strategy.check`));
  assert.equal(run('chen.wei', 'strategy', 'check', strategy, 'on_track', 'x', '--next', day(14)).code, 4);
  const silent = run('li.na', 'strategy', 'check', strategy, 'behind', '小程序尚未上线', '--next', day(14));
  assert.equal(silent.code, 7, silent.err);
  assert.match(silent.err, /measures/);
  ok('li.na', 'strategy', 'check', strategy, 'behind', '小程序尚未上线', '--measures', '增派一人', '--next', day(14));
  const shown = json('emma', 'strategy', 'show', strategy);
  assert.deepEqual([shown.checks, shown.standing, shown.check_on], [1, 'behind', day(14)]);
  assert.match(ok('emma', 'strategy', 'show', strategy, '--lang', 'zh'), /改进措施 +增派一人/);

  const task = number(json('li.na', 'task', 'assign', '小程序入口', '--to', '@wang.fang', '--standard', '三步内完成', '--due', day(5), '--strategy', strategy));
  const table = join(home, 'tasks.csv');
  writeFileSync(table, `标题,标准,期限,负责人,策略\n应用入口,三步内完成,${day(6)},emma,strategy/${strategy}\n`);
  assert.equal(json('li.na', 'task', 'import', table).created, 1);
  assert.equal(json('li.na', 'task', 'import', table).unchanged, 1);
  assert.equal(json('li.na', 'task', 'show', task).strategy, Number(strategy));
  assert.match(ok('wang.fang', 'task', 'show', task), new RegExp(`strategy/${strategy}`));
  assert.deepEqual(json('li.na', 'task', 'list', '--strategy', strategy, '--sort', 'id').map((t) => t.title), ['小程序入口', '应用入口']);
  assert.deepEqual(json('li.na', 'task', 'list', '--strategy', '999'), []);
  const none = run('li.na', 'task', 'assign', 'x', '--to', '@emma', '--standard', 's', '--due', day(5), '--strategy', '999');
  assert.equal(none.code, 7, none.err);
});

test('[S3.2.4][S1.3.2] the next version takes the place of it, and the past stays as it was', () => {
  const position = json('li.na', 'strategy', 'show', strategy).position;
  const next = JSON.parse(ok('li.na', 'strategy', 'template', strategy));
  assert.deepEqual([next.replaces, next.adjustment, next.concerned.length], [Number(strategy), '', 3]);
  Object.assign(next, { grounds: ['小程序开发延期两周'], adjustment: '先上应用', effective: day(0), acknowledge_by: day(3), check_on: day(7) });
  const second = number(json('li.na', 'strategy', 'draft', file('next.json', next)));
  const own = json('li.na', 'strategy', 'show', second);
  ok('li.na', 'strategy', 'publish', second, '--sha256', own.sha256);
  const before = json('emma', 'strategy', 'show', strategy);
  assert.deepEqual([before.status, before.superseded_by], ['superseded', Number(second)]);
  const now = json('emma', 'strategy', 'show', second);
  assert.deepEqual([now.status, now.number, now.line], ['published', 2, [Number(strategy)]]);
  assert.match(ok('emma', 'strategy', 'show', second), new RegExp(`strategy/${second} \\(this\\) ← strategy/${strategy}`));
  assert.match(ok('emma', 'strategy', 'show', strategy), new RegExp(`strategy/${second} ← strategy/${strategy} \\(this\\)`));
  assert.equal(run('wang.fang', 'strategy', 'acknowledge', strategy).code, 6);

  const then = json('emma', 'strategy', 'show', strategy, '--as-of', String(position));
  assert.deepEqual([then.status, then.checks, then.as_of.read_only, then.actions], ['published', 1, true, []]);
  assert.equal(then.superseded_by, undefined);
  assert.deepEqual(json('emma', 'strategy', 'list', '--as-of', String(position)).map((s) => [s.id, s.status]), [[Number(strategy), 'published']]);
  // As a draft it was not hers to read, and is not in hindsight.
  assert.equal(run('emma', 'strategy', 'show', strategy, '--as-of', String(read.position)).code, 5);
  // A second draft for the same place, overtaken.
  const late = run('li.na', 'strategy', 'draft', file('late.json', next));
  assert.equal(late.code, 7, late.err);
  ok('li.na', 'strategy', 'end', second, '活动结束');
  assert.match(ok('emma', 'strategy', 'show', second), /活动结束/);
});

const idea = ['--kind', 'process', '--situation', '三张表问同样的事', '--idea', '合为一张', '--benefit', '每单省十分钟'];
let proposal;

test('[S1.3.5] anyone proposes; asked, answered, adopted with a reason, to the credit of whose idea it was', async () => {
  const watcher = new Follower('noah', 'proposals');
  await watcher.told((f) => f.type === 'snapshot');
  proposal = number(json('noah', 'proposal', 'file', '退货只填一张表', ...idea, '--effort', '一名开发两天', '--with', '@emma'));
  assert.ok(waits('li.na').includes(`proposal/${proposal} proposal.adopt`));
  assert.equal(run('chen.wei', 'proposal', 'adopt', proposal, 'x').code, 4);
  ok('li.na', 'proposal', 'clarify', proposal, '哪些退货？');
  assert.ok(waits('noah').includes(`proposal/${proposal} proposal.answer`));
  ok('noah', 'proposal', 'answer', proposal, '邮寄的');
  const bare = run('li.na', 'proposal', 'adopt', proposal, '');
  assert.notEqual(bare.code, 0);
  ok('li.na', 'proposal', 'adopt', proposal, '每周省一天');
  const frame = await watcher.told((f) => f.rows?.some((r) => r.status === 'adopted'));
  assert.deepEqual(frame.rows[0].credited, [people.noah, people.emma]);
  const shown = json('wang.fang', 'proposal', 'show', proposal);
  assert.deepEqual([shown.status, shown.credited], ['adopted', [people.noah, people.emma]]);
  const told = ok('wang.fang', 'proposal', 'show', proposal);
  for (const words of ['每周省一天', 'Noah Meyer, Emma Clarke', '哪些退货？', '邮寄的']) assert.ok(told.includes(words), told);
  assert.ok(waits('li.na').includes(`proposal/${proposal} proposal.carry_out`));
  ok('li.na', 'proposal', 'carry-out', proposal, '每单省九分钟');
  assert.match(ok('noah', 'proposal', 'show', proposal), /每单省九分钟/);
  assert.equal(json('noah', 'proposal', 'list', '--status', 'carried_out').length, 1);
  assert.equal(run('li.na', 'proposal', 'reject', proposal, 'x').code, 6);
  assert.ok((await caught_up('zhou.jie', '退货只填一张表')).some((h) => h.kind === 'proposal'));
});

test('[S1.3.5][D1] nobody decides on an idea of their own: it goes to their superior', () => {
  const own = number(json('li.na', 'proposal', 'file', '晨会改为隔天', ...idea));
  const refused = run('li.na', 'proposal', 'adopt', own, '好');
  assert.equal(refused.code, 4);
  assert.match(refused.err, /D1/);
  assert.ok(!waits('li.na').includes(`proposal/${own} proposal.adopt`));
  const passed = json('sun.yue', 'inbox').find((i) => i.kind === 'flow' && i.flow.what === 'proposal' && i.flow.id === Number(own));
  assert.equal(passed.flow.passed_up, true);
  ok('sun.yue', 'proposal', 'adopt', own, '试行一月');
  ok('sun.yue', 'proposal', 'drop', own, '试行后更慢');
  assert.match(ok('li.na', 'proposal', 'show', own), /试行后更慢/);
  // As one of several, too.
  const shared = number(json('emma', 'proposal', 'file', '共享模板', ...idea, '--with', '@li.na'));
  assert.match(run('li.na', 'proposal', 'reject', shared, 'x').err, /D1/);
  ok('emma', 'proposal', 'withdraw', shared, '已有');
});

test('[S1.3.5] returned with a reason it is revised and filed again; rejected has a reason too', () => {
  const one = number(json('zhou.jie', 'proposal', 'file', '自动对账', ...idea));
  ok('li.na', 'proposal', 'return', one, '缺少投入');
  assert.equal(run('noah', 'proposal', 'revise', one, 'x', ...idea).code, 4);
  ok('zhou.jie', 'proposal', 'revise', one, '自动对账', ...idea, '--effort', '三天');
  ok('li.na', 'proposal', 'reject', one, '年内换系统');
  assert.match(ok('zhou.jie', 'proposal', 'show', one), /年内换系统/);
  assert.deepEqual(json('zhou.jie', 'proposal', 'list', '--status', 'rejected').map((p) => p.title), ['自动对账']);
});

test('[S1.3.2] each flow can be read and drawn', () => {
  for (const flow of ['analysis', 'strategy', 'proposal']) {
    assert.match(ok('noah', 'flow', 'show', flow), new RegExp(`${flow}\\.`));
    assert.match(ok('noah', 'flow', 'show', flow, '--diagram'), /stateDiagram-v2/);
  }
  // Whatever has happened has its words in both languages, and so has whatever is waited for.
  for (const lang of ['en', 'zh']) {
    const shown = ['analysis', 'strategy', 'proposal'].flatMap((kind) =>
      json('li.na', kind, 'list').map(({ id }) => ok('li.na', kind, 'show', String(id), '--lang', lang).replace(/^.*[✓✗].*$/gm, '')));
    assert.doesNotMatch(shown.join('\n') + ok('li.na', 'flow', 'waiting', '--lang', lang), /\b(analysis|strategy|proposal)\.[a-z_]+/);
  }
  const all = json('audit', 'strategy', 'list').concat(json('audit', 'analysis', 'list'), json('audit', 'proposal', 'list'));
  assert.ok(all.length >= 7);
  ok('audit', 'log', 'verify');
});
