// A project from request to sealed archive through the real binaries: the command line against opsroomd, with files,
// refusals, as-of, a kill in the middle of an upload's life and a watcher who is told.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, bin, password } from './room.mjs';

let room, server, home, run, ok;
const json = (who, ...words) => JSON.parse(ok(who, ...words, '-o', 'json'));
const number = (ack) => ack.stream.split('/')[1];

before(async () => {
  room = await Room.make('li.na', 'chen.wei', 'wang.fang', 'sun.yue', 'noah', 'zhou.jie', 'zhao.lei');
  ({ server, home } = room);
  run = room.run.bind(room);
  ok = room.ok.bind(room);
});
after(() => room.remove());

let request, project;

test('any department asks for a project, and it is assessed [S3.1.1][S3.1.2][F1][F1a]', () => {
  const file = join(home, 'background.md');
  writeFileSync(file, '# 背景\n\n规则过于复杂。\n');
  request = number(
    json('noah', 'request', 'draft', '会员积分改版', '--background', '规则复杂', '--objectives', '兑换率 +20%', '--content', '规则与页面', '--by', '+12w', '--attach', file),
  );
  const unchecked = run('noah', 'request', 'submit', request);
  assert.equal(unchecked.code, 6);
  assert.match(unchecked.err, /S1\.3\.1/);
  ok('noah', 'request', 'revise', request, '会员积分改版', '--background', '规则复杂', '--objectives', '兑换率 +20%', '--content', '规则与页面', '--by', '+12w',
     '--compliance', '不涉及新的个人信息', '--attach', file);
  ok('noah', 'request', 'submit', request);
  // Not every specialist may even see it.
  assert.equal(run('chen.wei', 'request', 'show', request).code, 5);
  ok('li.na', 'request', 'convene', request, '@chen.wei,@zhao.lei', '--until', '+5d');
  assert.match(ok('chen.wei', 'inbox'), new RegExp(`request/${request}`));
  const early = run('li.na', 'request', 'pass', request);
  assert.match(early.err, /opinions_missing|S3\.1\.2/);
  for (const who of ['chen.wei', 'zhao.lei'])
    ok(who, 'request', 'assess', request, '4', '3', '5', '--why', '需求明确', '--why', '两名开发', '--why', '提升留存', '--recommend', 'pass');
  assert.doesNotMatch(ok('chen.wei', 'inbox'), new RegExp(`request/${request}`));
  ok('li.na', 'request', 'pass', request);
  const shown = json('noah', 'request', 'show', request);
  assert.equal(shown.status, 'approved');
  assert.equal(shown.forms.F1a.length, 2);
  assert.equal(json('noah', 'project', 'show', `${shown.project}`).request, shown.id);
  assert.equal(shown.forms.F1.data.form.extras.attachments[0].name, 'background.md');
  assert.ok(shown.steps.every((s) => s.working_minutes >= 0));
});

test('SL releases exactly the charter that was read; then there is a channel [S3.1.3][S5.3.1][F2]', () => {
  const mine = json('li.na', 'project', 'list', '--status', 'initiating').at(-1);
  project = String(mine.id);
  const people = Object.fromEntries(json('li.na', 'member', 'list').map((m) => [m.login, m.id]));
  const charter = {
    name: '会员积分改版', lead: people['chen.wei'], team: [people['chen.wei'], people['wang.fang']], starts: mine.created_at.slice(0, 10), ends: '2059-03-31',
    milestones: [{ name: '方案', due: '2059-01-31', deliverable: '方案文档' }], budget: { cents: 5000000, currency: 'CNY', use: '开发' },
    resources: '两名开发', expected_results: '兑换率提升', objectives: ['兑换率 +20%', '投诉减半'], success_metrics: '兑换率',
    risks: [{ what: '接口延期', likelihood: 'medium', impact: 'high', response: '预留两周' }],
    responsibilities: [{ activity: '开发', responsible: [people['wang.fang']], accountable: people['chen.wei'], consulted: [], informed: [people.noah] }],
    compliance: { checked: true, findings: '已核对' }, extras: { form: 1, fields: [], attachments: [] },
  };
  const file = join(home, 'charter.json');
  writeFileSync(file, JSON.stringify(charter));
  ok('li.na', 'project', 'submit', project, file);
  const own = run('li.na', 'project', 'approve', project, '--sha256', 'x');
  assert.equal(own.code, 4);
  const read = json('sun.yue', 'project', 'show', project);
  assert.match(run('sun.yue', 'project', 'approve', project, '--sha256', 'f'.repeat(64)).err, /other_charter|S3\.1\.3/);
  ok('sun.yue', 'project', 'approve', project, '--sha256', read.charter);
  const started = json('chen.wei', 'project', 'show', project);
  assert.equal(started.status, 'active');
  assert.ok(json('wang.fang', 'channel', 'list').some((c) => c.id === started.channel && c.joined));
  // As it was before, and read-only.
  const then = json('chen.wei', 'project', 'show', project, '--as-of', String(read.position));
  assert.equal(then.status, 'charter_pending');
  assert.equal(then.as_of.read_only, true);
  assert.deepEqual(then.actions, []);
});

test('work, acceptance, summary, archive [S3.2.1][S3.2.2][S3.3.1][S3.3.2][S3.3.3][F3][F4][F5][F17]', () => {
  const task = number(json('chen.wei', 'task', 'assign', '方案初稿', '--to', '@wang.fang', '--standard', '含预算', '--due', '+3d', '--project', project, '--milestone', '1'));
  assert.equal(json('li.na', 'task', 'show', task).project, Number(project));
  ok('chen.wei', 'project', 'progress', project, '40', 'on_track', '方案完成一半');
  ok('chen.wei', 'project', 'milestone', project, '1', '见方案文档');
  ok('chen.wei', 'project', 'request-acceptance', project, '--completion', '全部完成', '--deliverable', '上线版本', '--attainment', '两项均达成');
  assert.equal(run('chen.wei', 'project', 'convene', project, '@sun.yue', '--on', '+2d').code, 4);
  ok('li.na', 'project', 'convene', project, '@sun.yue,@zhou.jie', '--on', '+2d');
  ok('sun.yue', 'project', 'sign', project, 'yes');
  assert.match(run('zhou.jie', 'project', 'sign', project, 'no').err, /S3\.3\.1/);
  ok('zhou.jie', 'project', 'sign', project, 'no', '--comment', '成本表缺一项');
  ok('li.na', 'project', 'fail', project, '成本表不全', '--condition', '补齐成本表');
  ok('chen.wei', 'project', 'request-acceptance', project, '--completion', '已补齐', '--deliverable', '上线版本', '--attainment', '均达成');
  ok('li.na', 'project', 'convene', project, '@sun.yue,@zhou.jie', '--on', '+2d');
  for (const who of ['sun.yue', 'zhou.jie']) ok(who, 'project', 'sign', project, 'yes');
  ok('li.na', 'project', 'accept', project, '--result', 'met', '--result', 'partly:少四成', '--conclusion', '同意');
  ok('chen.wei', 'project', 'summarise', project, '--experience', '先小样本', '--lessons', '接口要早', '--improvements', '接口清单', '--department', 'marketing', '--to', '@li.na,@noah');
  ok('noah', 'project', 'acknowledge', project);
  assert.match(run('chen.wei', 'project', 'archive', project).err, /records_missing|S3\.3\.3/);
});

test('what is acknowledged outlives a kill', async () => {
  await server.kill();
  await server.start();
  assert.equal(json('chen.wei', 'project', 'show', project).status, 'summarised');
  const got = json('noah', 'request', 'show', request);
  assert.equal(got.status, 'approved');
});

test('attachments are kept by content, checked, and for those who may see what carries them [F1]', async () => {
  const shown = json('noah', 'request', 'show', request);
  const { sha256 } = shown.forms.F1.data.form.extras.attachments[0];
  const login = await fetch(`${server.url}/api/v1/session/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'noah', password, label: 'test', days: 1 }),
  });
  const { token: bearer } = await login.json();
  const reply = await fetch(`${server.url}/api/v1/attachments/${sha256}`, { headers: { authorization: `Bearer ${bearer}` } });
  assert.equal(reply.status, 200);
  assert.match(await reply.text(), /规则过于复杂/);
  assert.equal(reply.headers.get('content-disposition'), 'attachment');
  // A program is told which field of the form it is.
  const bad = await fetch(`${server.url}/api/v1/commands/request.draft`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      data: {
        form: {
          title: 'T', background: 'b', objectives: 'o', main_content: '', required_by: '2059-01-01', priority: 'normal',
          compliance: { checked: false, findings: '' }, extras: { form: 1, fields: [], attachments: [] },
        },
      },
    }),
  });
  assert.equal(bad.status, 422);
  assert.deepEqual((await bad.json()).errors.map((e) => e.pointer), ['/data/form/main_content']);
  const wrong = join(home, 'fake.pdf');
  writeFileSync(wrong, '#!/bin/sh\necho hello\n');
  const refused = run('noah', 'request', 'draft', 'x', '--background', 'b', '--objectives', 'o', '--content', 'c', '--by', '+1w', '--attach', wrong);
  assert.match(refused.err, /wrong_type|S1\.3\.2/);
});

test('a file that nothing came to carry is gone after a week, one that is carried stays [F1]', async () => {
  const content = 'written, sent, and never attached to anything\n';
  const left = createHash('sha256').update(content).digest('hex');
  const { sha256: carried } = json('noah', 'request', 'show', request).forms.F1.data.form.extras.attachments[0];
  const send = (method, path, body) => room.send('noah', method, path, body);
  const begun = await send('POST', 'attachments', JSON.stringify({ sha256: left, bytes: content.length, media_type: 'text/plain' }));
  assert.equal(begun.have, 0);
  assert.equal((await send('PUT', `attachments/${left}?offset=0`, content)).complete, true);
  await server.kill();
  const file = (sha256) => join(server.data, 'blobs', sha256.slice(0, 2), sha256.slice(2));
  const ten_days_ago = Date.now() / 1000 - 10 * 86_400;
  for (const sha256 of [left, carried]) utimesSync(file(sha256), ten_days_ago, ten_days_ago);
  await server.start();
  for (let tries = 0; existsSync(file(left)) && tries < 100; tries += 1) await new Promise((go) => setTimeout(go, 100));
  assert.equal(existsSync(file(left)), false);
  assert.equal(existsSync(file(carried)), true);
});

test('the archive is complete only with everything in it, and sealed for ever [S3.3.3][F17]', () => {
  ok('chen.wei', 'project', 'file', project, 'data_report', '兑换率月报', '--text', '兑换率 +18%');
  ok('chen.wei', 'project', 'file', project, 'minutes', '启动会', '--text', '……');
  const early = run('chen.wei', 'project', 'archive', project);
  assert.match(early.err, /tasks_open/);  // what is still open is accepted or cancelled first
  for (const t of json('li.na', 'task', 'list', '--project', project).filter((one) => !['done', 'cancelled'].includes(one.status)))
    ok('li.na', 'task', 'cancel', String(t.id), '项目已验收，不再需要');
  ok('chen.wei', 'project', 'archive', project);
  ok('li.na', 'project', 'seal', project);
  const late = run('chen.wei', 'project', 'file', project, 'other', 'late', '--text', 'x');
  assert.equal(late.code, 6);
  assert.match(late.err, /closed|S3\.3\.3/);
});

test('the sealed archive is one file that verifies and is searched without the server [S3.3.3]', async () => {
  const file = join(home, 'sealed.zip');
  // Who may not see the project has no package of it; what is not sealed has none.
  assert.equal(run('zhao.lei', 'project', 'export', '9999', '-f', file).code, 5);
  assert.equal(existsSync(file), false);
  const got = json('noah', 'project', 'export', project, '-f', file);
  assert.equal(got.bytes, statSync(file).size);
  assert.equal(existsSync(`${file}.part`), false);
  // With the server gone.
  await server.kill();
  try {
    const done = json('noah', 'project', 'verify', file);
    assert.equal(done.ok, true);
    assert.equal(done.project, Number(project));
    assert.equal(done.attachments, 1);
    const key = done.key;
    assert.equal(run('nobody', 'project', 'verify', file).code, 2);
    assert.equal(run('nobody', 'project', 'verify', file, '--key', key).code, 0);
    assert.equal(run('nobody', 'project', 'verify', file, '--key', 'opsroom+0+x').code, 7);
    const found = json('nobody', 'project', 'search', file, '接口');
    assert.ok(found.some((f) => f.type === 'project.summarised.v1'));
    assert.ok(json('nobody', 'project', 'search', file, '规则过于复杂').some((f) => f.part.startsWith('attachments/')));
    assert.deepEqual(json('nobody', 'project', 'search', file, '没有这样的话'), []);
    // A byte of each part, and of what lies between.
    const whole = readFileSync(file);
    const names = spawnSync('python3', ['-c', 'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(z.testzip() or "good");[print(i.filename,i.header_offset,i.file_size) for i in z.infolist()]', file], { encoding: 'utf8' });
    if (names.status === 0) assert.match(names.stdout, /^good\n/);  // any other reader takes it as well
    const offsets = ['README.txt', 'checkpoint.txt', 'events.ndjson', 'proofs.ndjson', 'dossier.json', 'people.json', 'zh.html', 'en.html', 'attachments/', 'manifest.json', 'seal.txt'];
    for (const name of offsets) {
      const at = whole.indexOf(name);
      assert.ok(at > 0, name);
      for (const offset of [at, at + 90]) {
        const changed = Buffer.from(whole);
        changed[offset] ^= 4;
        const path = join(home, 'changed.zip');
        writeFileSync(path, changed);
        const r = run('noah', 'project', 'verify', path, '--key', key);
        assert.equal(r.code, 6, `${name} ${offset}: ${r.out}${r.err}`);
      }
    }
  } finally {
    await server.start();
  }
});

test('what one may see can be searched; what one may not see can not [D5]', async () => {
  const caught_up = async (who, ...words) => {
    for (let i = 0; i < 100; ++i) {
      const r = run(who, 'search', ...words, '-o', 'json', '--limit', '100');
      assert.equal(r.code, 0, r.err);
      if (JSON.parse(r.out).length > 0) return JSON.parse(r.out);
      await new Promise((go) => setTimeout(go, 50));
    }
    return [];
  };
  const mine = await caught_up('noah', '会员积分');
  assert.ok(mine.some((h) => h.kind === 'project' && h.id === Number(project)));
  assert.ok(mine.some((h) => h.kind === 'request' && h.id === Number(request)));
  const secret = number(json('li.na', 'channel', 'create', '薪酬讨论', '--visibility', 'members_only'));
  ok('li.na', 'channel', 'post', secret, '下季度的绝密数字');
  assert.equal((await caught_up('li.na', '绝密')).length, 1);
  assert.deepEqual(json('noah', 'search', '绝密'), []);
  assert.deepEqual(json('zhao.lei', 'search', '薪酬讨论'), []);
  assert.equal(run('noah', 'search', '。').code, 7);
});

test('a refusal says what would make it pass, in the reader’s language [D10]', () => {
  const zh = run('chen.wei', 'project', 'seal', project, '--lang', 'zh').err;
  assert.match(zh, /[一-龥]/);
});

test('a flow can be read, drawn and changed; what runs keeps its version [S1.3.2][S2.1.3]', () => {
  assert.match(ok('noah', 'flow', 'show', 'project', '--diagram'), /stateDiagram-v2/);
  assert.equal(run('noah', 'flow', 'amend', 'request', '--limit', 'submitted=9', '--reason', 'x', '--effect', 'y').code, 4);
  ok('li.na', 'flow', 'amend', 'request', '--limit', 'submitted=9', '--reason', '三天太短', '--effect', '逾期减少');
  const next = number(json('noah', 'request', 'draft', '新的', '--background', 'b', '--objectives', 'o', '--content', 'c', '--by', '+9w', '--compliance', 'ok'));
  assert.equal(json('noah', 'request', 'show', next).flow_version, 2);
  assert.equal(json('noah', 'request', 'show', request).flow_version, 1);
});

test('a watcher is told of each change of a project [S1.3.4]', async () => {
  const watcher = spawn(join(bin, 'opsroom'), ['feed', 'tail', `request/${request}`, '-o', 'ndjson'], { env: room.environment('noah') });
  let told = '';
  watcher.stdout.on('data', (d) => (told += d));
  watcher.stderr.on('data', (d) => (told += d));
  for (let i = 0; i < 100 && !told; ++i) await new Promise((r) => setTimeout(r, 50));
  watcher.kill();
  assert.match(told, /approved|request\.passed/);
});
