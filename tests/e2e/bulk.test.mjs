// Tables through the real binaries: tasks and people from CSV and from workbooks, tried first, all or nothing; and the
// transactions beneath over HTTP.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Room } from './room.mjs';
import { workbook, zip } from './workbook.mjs';

let room, home, run, ok;
const json = (who, ...words) => JSON.parse(ok(who, ...words, '-o', 'json'));
const file = (name, content) => {
  const path = join(home, name);
  writeFileSync(path, content);
  return path;
};
const titles = () => json('li.na', 'task', 'list').map((t) => t.title);
const faults = (r) => JSON.parse(r.out).map((f) => [f.row, f.column]);

before(async () => {
  room = await Room.make('li.na', 'chen.wei', 'admin', 'noah', 'sun.yue');
  home = room.home;
  run = room.run.bind(room);
  ok = room.ok.bind(room);
});
after(() => room.remove());

test('a workbook of tasks: tried, carried out, and given again without doing anything [S3.2.1]', () => {
  const rows = [
    ['标题*', '标准', '期限', '负责人', '优先级', '清单', '内容'],
    ['渠道周报 & 月报', '五个渠道一致', { day: '2059-12-31' }, 'chen.wei', '紧急', '取数；核对\n复核', { inline: '  含首尾空格 ' }],
    [],
    ['Campaign figures', 'All agree', { day: '2059-11-30', style: 2 }, '@chen.wei', 'low', '', null],
  ];
  const book = file('tasks.xlsx', workbook({ 说明: [['x']], 任务: rows }));
  const missing = run('li.na', 'task', 'import', book, '--sheet', 'Tasks');
  assert.equal(missing.code, 7);
  assert.match(missing.err, /任务/);
  const before = titles();
  const tried = json('li.na', 'task', 'import', book, '--sheet', '任务', '--dry-run');
  assert.deepEqual([tried.dry_run, tried.rows, tried.created], [true, 2, 2]);
  assert.deepEqual(titles(), before);
  assert.equal(json('li.na', 'task', 'import', book, '--sheet', '任务').created, 2);
  const made = json('li.na', 'task', 'list').find((t) => t.title === '渠道周报 & 月报');
  assert.deepEqual([made.due, made.priority, made.checklist, made.content], ['2059-12-31', 'urgent', ['取数', '核对', '复核'], '含首尾空格']);
  assert.equal(json('li.na', 'task', 'list').find((t) => t.title === 'Campaign figures').due, '2059-11-30');
  const again = json('li.na', 'task', 'import', book, '--sheet', '任务');
  assert.deepEqual([again.created, again.updated, again.unchanged], [0, 0, 2]);
  assert.equal(titles().length, before.length + 2);
});

test('workbooks that count from 1904, and percentages [S3.2.1]', () => {
  const made = file('mac.xlsx', workbook({ A: [['Title', 'Standard', 'Due', 'To'], ['From a Mac', 'x', { day: '2059-03-01' }, 'chen.wei']] }, { from_1904: true }));
  assert.equal(json('li.na', 'task', 'import', made).created, 1);
  const task = json('li.na', 'task', 'list').find((t) => t.title === 'From a Mac');
  assert.equal(task.due, '2059-03-01');
  ok('chen.wei', 'task', 'start', String(task.id));
  const progress = file('progress.xlsx', workbook({ A: [['ID', 'Percent', 'Reason'], [task.id, { percent: 0.55 }, '过半']] }));
  assert.equal(json('chen.wei', 'task', 'import', progress).updated, 1);
  assert.equal(json('li.na', 'task', 'show', String(task.id)).percent, 55);
});

test('tasks are updated by number; what may not change says so', () => {
  const task = json('li.na', 'task', 'list').find((t) => t.title === 'Campaign figures');
  const move = (due, to, title) => file('move.csv', `ID,Title,Due,To,Reason\n${task.id},${title},${due},${to},"later, as agreed"\n`);
  const bad = run('li.na', 'task', 'import', move('2059-12-05', 'chen.wei', 'Another title'), '-o', 'json');
  assert.equal(bad.code, 7);
  assert.deepEqual(faults(bad), [[2, 'title']]);
  assert.equal(json('li.na', 'task', 'import', move('2059-12-05', 'zhao.lei', 'Campaign figures')).updated, 1);
  const moved = json('li.na', 'task', 'show', String(task.id));
  assert.equal(moved.due, '2059-12-05');
  assert.notEqual(moved.to, task.to);
  assert.equal(json('li.na', 'task', 'import', move('2059-12-05', 'zhao.lei', 'Campaign figures')).unchanged, 1);
});

test('every row is told what is wrong with it, in both languages, and nothing is done', () => {
  const before = titles();
  const csv = file('bad.csv', [
    '标题,标准,期限,负责人,优先级',
    '好的一行,标准,2059-12-01,chen.wei,普通',
    ',标准,2059-12-01,chen.wei,',
    '过去的期限,标准,2020-01-01,chen.wei,',
    '不是日期,标准,下周三,chen.wei,',
    '无此人,标准,2059-12-01,nobody.here,',
    '不懂的优先级,标准,2059-12-01,chen.wei,非常高',
    `${'长'.repeat(201)},标准,2059-12-01,chen.wei,`,
  ].join('\r\n'));
  for (const flags of [['--dry-run'], []]) {
    const r = run('li.na', 'task', 'import', csv, ...flags, '-o', 'json');
    assert.equal(r.code, 7);
    assert.deepEqual(faults(r), [[3, 'title'], [4, 'due'], [5, 'due'], [6, 'to'], [7, 'priority'], [8, 'title']]);
    for (const f of JSON.parse(r.out)) assert.ok(/[\u4e00-\u9fff]/.test(f.zh) && /[a-z]/.test(f.en) && !/[\u4e00-\u9fff]/.test(f.en.replace(/“.*?”/g, '')));
    assert.match(JSON.parse(r.out)[1].en, /S3\.2\.1/);
  }
  const shown = run('li.na', 'task', 'import', csv, '--lang', 'zh');
  assert.match(shown.out, /期限 .*下周三/);
  assert.match(shown.err, /什么也没有改变/);
  assert.deepEqual(titles(), before);
  // Who may not assign is told so for each row, and by the rule.
  const one = file('one.csv', 'Title,Standard,Due,To\na,b,2059-12-01,chen.wei\n');
  assert.match(run('chen.wei', 'task', 'import', one, '-o', 'json').out, /S3\.2\.1 · not_manager/);
});

test('people join and change, and answer to each other in one file [S1.2]', () => {
  const head = 'Name,Login,Department,Roles,Language,Superior\n';
  const csv = file('people.csv', `\ufeff${head}"Guo, Min",guo.min,operations,SP,zh,he.yun\nHe Yun,he.yun,operations,"OM, SL",en,sun.yue\n陈伟,chen.wei,operations,SP,zh,he.yun\n`);
  assert.equal(run('li.na', 'member', 'import', csv).code, 7);
  const done = json('admin', 'member', 'import', csv);
  assert.deepEqual([done.created, done.updated], [2, 1]);
  // Powerful roles and superiors wait for a second person [D11].
  assert.deepEqual(json('admin', 'member', 'list').find((m) => m.login === 'he.yun').roles, []);
  assert.notEqual(run('admin', 'member', 'confirm', '@he.yun', '1').code, 0);
  const changes = json('sun.yue', 'member', 'changes');
  assert.equal(changes.length, 4);
  for (const c of changes) run('sun.yue', 'member', 'confirm', String(c.member), String(c.number));
  assert.deepEqual(json('sun.yue', 'member', 'changes'), []);
  const people = Object.fromEntries(json('admin', 'member', 'list').map((m) => [m.login, m]));
  assert.equal(people['guo.min'].name, 'Guo, Min');
  assert.deepEqual(people['he.yun'].roles, ['OM', 'SL']);
  const superiors = new Map(json('admin', 'org', 'show').superiors.map((s) => [s.member, s.superior]));
  assert.equal(superiors.get(people['guo.min'].id), people['he.yun'].id);
  assert.equal(superiors.get(people['he.yun'].id), people['sun.yue'].id);
  assert.equal(superiors.get(people['chen.wei'].id), people['he.yun'].id);
  const again = json('admin', 'member', 'import', csv);
  assert.deepEqual([again.created, again.updated, again.unchanged], [0, 0, 3]);
  // A circle is seen by the rule, and the whole file with it.
  const circle = run('admin', 'member', 'import', file('circle.csv', `${head}New One,new.one,operations,,zh,\nHe Yun,he.yun,operations,"OM,SL",en,guo.min\n`), '-o', 'json');
  assert.deepEqual(faults(circle), [[3, 'superior']]);
  assert.ok(!json('admin', 'member', 'list').some((m) => m.login === 'new.one'));
});

test('indicators of a role are published, then revised, and weigh 100 together [S6.1.2]', () => {
  const table = (first, second) => file('indicators.csv', `角色,指标代码,指标,指标英文名,权重,依据\nSP,module,模块业务,Module,${first},按时任务；milestones_reached\nSP,quality,质量,Quality,${second},\n`);
  const bad = run('li.na', 'indicators', 'import', table(60, 50), '-o', 'json');
  assert.equal(bad.code, 7);
  assert.match(JSON.parse(bad.out)[0].en, /bad_weights/);
  assert.deepEqual(faults(run('li.na', 'indicators', 'import', file('sources.csv', 'Role,Code,Indicator (zh),Indicator (en),Weight,Evidence\nSP,a,甲,A,120,luck\n'), '-o', 'json')), [[2, 'weight'], [2, 'evidence']]);
  const first = json('li.na', 'indicators', 'import', table(60, 40));
  assert.equal(first.created + first.updated, 1);
  const again = json('li.na', 'indicators', 'import', table(60, 40));
  assert.deepEqual([again.created, again.updated, again.unchanged], [0, 0, 1]);
  assert.equal(json('li.na', 'indicators', 'import', table(70, 30)).updated, 1);
  const template = json('li.na', 'indicators', 'list').find((t) => t.role === 'SP' && t.status === 'published');
  assert.deepEqual(template.indicators.map((x) => [x.code, x.weight, x.evidence]), [['module', 70, ['tasks_on_time', 'milestones_reached']], ['quality', 30, []]]);
  assert.equal(run('chen.wei', 'indicators', 'import', table(50, 50)).code, 7);
});

test('what Excel in Chinese writes is read: GB18030, UTF-16, semicolons', () => {
  const gb = Buffer.concat([Buffer.from([0xb1, 0xea, 0xcc, 0xe2, 0x2c, 0xb1, 0xea, 0xd7, 0xbc, 0x2c, 0xc6, 0xda, 0xcf, 0xde, 0x2c, 0xb8, 0xba, 0xd4, 0xf0, 0xc8, 0xcb, 0x0d, 0x0a]),
    Buffer.from([0xb9, 0xfa, 0xb1, 0xea]), Buffer.from(',x,2059/1/5,chen.wei\r\n')]);
  assert.equal(json('li.na', 'task', 'import', file('gb.csv', gb)).created, 1);
  assert.equal(json('li.na', 'task', 'list').find((t) => t.title === '国标').due, '2059-01-05');
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('标题\t标准\t期限\t负责人\n宽\tx\t2059年1月6日\tchen.wei\n', 'utf16le')]);
  assert.equal(json('li.na', 'task', 'import', file('wide.txt', wide)).created, 1);
  assert.equal(json('li.na', 'task', 'import', file('semi.csv', 'Title;Standard;Due;To\n"a;""b""";x;2059-01-07;chen.wei')).created, 1);
  assert.ok(titles().includes('a;"b"'));
});

test('a template can be filled in and imported as it is', () => {
  for (const lang of ['zh', 'en'])
    for (const noun of ['task', 'member', 'indicators']) assert.ok(ok('li.na', noun, 'import', '--template', '--lang', lang).startsWith('\ufeff'));
  const made = json('li.na', 'task', 'import', file('template.csv', ok('li.na', 'task', 'import', '--template', '--lang', 'zh')), '--dry-run');
  assert.equal(made.created, 1);
});

test('files that are none say what to do, and cost nothing', () => {
  const refused = (name, content, say) => {
    const r = run('li.na', 'task', 'import', file(name, content));
    assert.equal(r.code, 7, name);
    assert.match(r.err, say);
    assert.equal(r.err.trim().split('\n').length, 1, r.err);
  };
  refused('empty.csv', '', /empty/);
  refused('only.csv', 'Title,Due\n', /no rows/);
  refused('unknown.csv', 'Title,Colour\na,b\n', /Colour.*Title, Content/);
  refused('twice.csv', 'Title,标题\na,b\n', /twice/);
  refused('open.csv', 'Title\n"a\n', /row 2.*quote/);
  refused('old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /xlsx/);
  refused('cut.xlsx', workbook({ A: [['Title'], ['a']] }).subarray(0, 700), /ZIP/);
  refused('other.xlsx', zip({ 'a.txt': 'x' }), /workbook/);
  refused('broken.xlsx', zip({ 'xl/workbook.xml': '<workbook><sheets>' }), /XML/);
  refused('bytes.csv', Buffer.from([0x54, 0xff, 0xff, 0xff, 0x0a, 0x80, 0x80]), /UTF-8/);
  const flat = workbook({ A: [['Title'], ['a']] });
  assert.ok(flat.length < 5000);
  // 80 MiB of blanks in some kilobytes: it stops where the bound is.
  const bomb = zip({ 'xl/workbook.xml': ' '.repeat(80 << 20) });
  const began = Date.now();
  refused('bomb.xlsx', bomb, /64 MiB/);
  assert.ok(Date.now() - began < 5000);
  refused('long.csv', 'Title\n' + 'a\n'.repeat(10_001), /10000 rows/);
  assert.equal(run('li.na', 'task', 'import', '/nonexistent.csv').code, 7);
});

test('transactions over HTTP: by index, with references, answered the same again', async () => {
  const secret = readFileSync(join(home, 'li.na', 'opsroom', 'credentials.json'), 'utf8').match(/opsroom_pat_[\w-]+/)[0];
  const ask = async (body, key) => {
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json', ...(key && { 'Idempotency-Key': key }) };
    const r = await fetch(`${room.server.url}/api/v1/transactions`, { method: 'POST', body: JSON.stringify(body), headers });
    return { status: r.status, media: r.headers.get('content-type'), ...(await r.json()) };
  };
  const create = { command: 'channel.create', data: { name: 'made together', visibility: 'everyone' } };
  const post = (text) => ({ command: 'channel.post', target: '#0', data: { text } });
  const key = '01890a5d-ac96-774b-bcce-b302099a8123';
  const dry = await ask({ dry_run: true, commands: [create, post('one'), post('two')] });
  assert.deepEqual([dry.status, dry.media, dry.ok, dry.commands, dry.created], [200, 'application/json', true, 3, undefined]);
  const done = await ask({ commands: [create, post('one'), post('two')] }, key);
  assert.equal(done.status, 200);
  assert.equal(done.created.length, 1);
  assert.equal(done.events, 4);  // whoever creates a channel is in it
  assert.deepEqual(await ask({ commands: [create, post('one'), post('two')] }, key), done);
  assert.equal((await ask({ commands: [create] }, key)).code, 'command_id_reused');
  const bad = [create, post(''), { command: 'channel.fly' }, { command: 'task.start', target: 'task/99999' }, { command: 'channel.post', target: '#9', data: { text: 'x' } }, post(7)];
  for (const dry_run of [true, false]) {
    const no = await ask({ dry_run, commands: bad });
    assert.equal(no.status, dry_run ? 200 : 422);
    assert.equal(no.code, dry_run ? undefined : 'transaction_refused');
    assert.deepEqual(no.refused.map((r) => [r.index, r.problem.code]), [[1, 'bad_text'], [2, 'unknown_command'], [3, 'not_found'], [4, 'bad_reference'], [5, 'bad_fields']]);
    assert.equal(no.refused[0].problem.errors[0].pointer, '/commands/1/data/text');
    assert.equal(no.refused[4].problem.errors[0].pointer, '/commands/5/data/text');
  }
  for (const body of [{}, { commands: [] }, { commands: 'x' }, { commands: [create], more: 1 }]) assert.equal((await ask(body)).status, 422);
  assert.equal((await ask({ commands: Array(10_001).fill({}) })).code, 'bad_commands');
  assert.equal(json('li.na', 'channel', 'list').filter((c) => c.name === 'made together').length, 1);
});

test('who could be two people is asked for; departments and roles are known by their names [S1.2]', () => {
  const head = '姓名,登录名,部门,角色,语言,外部身份\n';
  const third = json('admin', 'member', 'list').find((m) => m.id === 3);
  assert.equal(json('admin', 'member', 'import', file('hr.csv', `${head}赵敏,Zhao.Min,运营部,运营专员,中文,hr:3\n`)).created, 1);
  const made = json('admin', 'member', 'list').find((m) => m.login === 'zhao.min');
  assert.deepEqual([made.department, made.roles], ['operations', ['SP']]);
  const two = run('li.na', 'task', 'import', file('two.csv', 'Title,Standard,Due,To\nwhose,x,2059-01-01,3\n'), '-o', 'json');
  assert.equal(two.code, 7);
  const [said] = JSON.parse(two.out);
  assert.equal(said.column, 'to');
  for (const each of ['member/3', third.name, '赵敏']) assert.ok(said.zh.includes(each), said.zh);
  assert.equal(json('li.na', 'task', 'import', file('one.csv', 'Title,Standard,Due,To\nwhose,x,2059-01-01,member/3\n')).created, 1);
  assert.equal(json('li.na', 'task', 'import', file('capitals.csv', 'Title,Standard,Due,To\nwhose too,x,2059-01-01,Zhao.Min\n')).created, 1);

  const unknown = run('admin', 'member', 'import', file('unknown.csv', `${head}丙,bing.three,operation,SP,中文,\n丁,ding.four,operations,boss,中文,\n`), '-o', 'json');
  assert.deepEqual(faults(unknown), [[2, 'department'], [3, 'roles']]);
  assert.match(JSON.parse(unknown.out)[0].en, /operations \(/);
  const alone = run('admin', 'member', 'department', '@zhao.min', 'operation');
  assert.equal(alone.code, 7);
  assert.match(alone.err, /There are: .*operations \(/);
  assert.equal(run('admin', 'member', 'join', 'Nobody', '--login', '10001', '--department', 'operations', '--language', 'zh').code, 7);
});

test('a list as CSV can be imported again and changes nothing, whatever is in it [S3.2.1]', () => {
  ok('li.na', 'task', 'assign', "=cmd|' /C calc'!A0", '--to', '@chen.wei', '--standard', '@all: yes', '--due', '2059-02-03');
  ok('li.na', 'task', 'assign', 'two  blanks ', '--to', '@chen.wei', '--standard', 'a\r\nb', '--due', '2059-02-03');
  const listed = ok('li.na', 'task', 'list', '-o', 'csv');
  assert.ok(!/^=|,=|,@/m.test(listed), listed);
  const again = json('li.na', 'task', 'import', file('listed.csv', listed));
  assert.deepEqual([again.created, again.updated, again.unchanged], [0, 0, listed.trim().split('\r\n').length - 1]);
  const made = json('li.na', 'task', 'list').find((t) => t.title === 'two  blanks');
  assert.equal(made.standard, 'a\nb');
  const rows = `ID,Title,Standard\n${made.id},"two  blanks ","a\r\nb "\n`;
  assert.equal(json('li.na', 'task', 'import', file('ends.csv', rows)).unchanged, 1);
  assert.ok(ok('li.na', 'task', 'list', '-o', 'csv', '--bom').startsWith('\ufeffid,'));
});

test('what is hidden is left out, and said; what was guessed is said too', () => {
  const book = workbook({ A: [['Title', 'Standard', 'Due', 'To'], ['hidden row', 'x', '2059-01-01', 'chen.wei'], ['shown row', 'x', '2059-01-01', 'chen.wei']] });
  assert.equal(json('li.na', 'task', 'import', file('shown.xlsx', book), '--dry-run').created, 2);
  const western = file('western.csv', Buffer.from('Title,Standard,Due,To\nM\xfcller,x,2059-01-01,chen.wei\n', 'latin1'));
  const guessed = run('li.na', 'task', 'import', western);
  assert.equal(guessed.code, 7);
  assert.match(guessed.err, /--encoding/);
  assert.equal(json('li.na', 'task', 'import', western, '--encoding', 'windows-1252').created, 1);
  assert.ok(titles().includes('Müller'));
  const chinese = run('li.na', 'task', 'import', file('gbk.csv', Buffer.from('VGl0bGUsU3RhbmRhcmQsRHVlLFRvCrHqzOIsx/61wCwyMDU5LTAxLTAxLGNoZW4ud2VpCg==', 'base64')));
  assert.equal(chinese.code, 0);
  assert.match(chinese.err, /GB18030/);
});

test('the same file in three processes at once makes its tasks once; given again after it was cancelled, again [S3.2.1]', async () => {
  const rows = Array.from({ length: 60 }, (_, n) => `at once ${n % 59},x,2059-05-0${1 + (n % 9)},chen.wei\n`).join('');  // one row is there twice
  const path = file('at-once.csv', `Title,Standard,Due,To\n${rows}at once 0,x,2059-05-01,chen.wei\n`);
  const mine = () => json('li.na', 'task', 'list').filter((t) => t.title.startsWith('at once'));
  for (let again = 0; again < 5; ++again) {
    const ends = await Promise.all([1, 2, 3].map(() => room.ended('li.na', 'task', 'import', path, '-o', 'json')));
    for (const end of ends) assert.equal(end.code, 0, end.err);
    assert.equal(mine().length, 61);
  }
  assert.equal(mine().filter((t) => t.title === 'at once 0').length, 3);
  // Rescheduled, it is the same task; cancelled, its row is another.
  const [one, other] = mine();
  ok('li.na', 'task', 'reschedule', String(one.id), '2059-07-01', 'later');
  assert.equal(json('li.na', 'task', 'import', path).created, 0);
  for (const round of [1, 2]) {
    const gone = mine().find((t) => t.title === other.title && t.due === other.due && t.status !== 'cancelled');
    ok('li.na', 'task', 'cancel', String(gone.id), `round ${round}`);
    const ends = await Promise.all([1, 2, 3].map(() => room.ended('li.na', 'task', 'import', path, '-o', 'json')));
    for (const end of ends) assert.equal(end.code, 0, end.err);
    assert.equal(mine().filter((t) => t.status !== 'cancelled').length, 61);
  }
});

test('people of a file in three processes at once join once [S1.2]', async () => {
  const people = file('at-once-people.csv', 'Name,Login,Department,Language,Superior\nA Once,a.once,operations,en,li.na\nB Once,b.once,operations,en,a.once\n');
  const ends = await Promise.all([1, 2, 3].map(() => room.ended('admin', 'member', 'import', people, '-o', 'json')));
  for (const end of ends) assert.equal(end.code, 0, end.err);
  assert.equal(json('admin', 'member', 'list').filter((m) => m.name.endsWith('Once')).length, 2);
});

test('of a workbook with more than one sheet it is said which was read', () => {
  const head = ['Title', 'Standard', 'Due', 'To'];
  const path = file('two-sheets.xlsx', workbook({ First: [head, ['of the first', 'x', '2059-01-01', 'chen.wei']], Second: [head, ['of the second', 'x', '2059-01-01', 'chen.wei']] }));
  const first = run('li.na', 'task', 'import', path, '--dry-run');
  assert.equal(first.code, 0);
  assert.match(first.err, /“First” was read; not read: “Second”.*--sheet/);
  assert.match(run('li.na', 'task', 'import', path, '--dry-run', '--lang', 'zh').err, /读取的是工作表“First”/);
  assert.equal(run('li.na', 'task', 'import', path, '--sheet', 'Second').err, '');
  assert.ok(titles().includes('of the second') && !titles().includes('of the first'));
});
