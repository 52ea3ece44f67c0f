import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { charter, day, f1, opinion } from '../forms.mjs';
import { business, leader, manager, password, specialist } from '../people.mjs';

// A project as it stood, the whole way to its sealed archive, and what waits in between.
export default async function (room) {
  const ask = await room.server.member(business, password);
  const lead = await room.server.member(specialist, password);
  const run = await room.server.member(manager, password);
  const top = await room.server.member(leader, password);
  const name = `回看 ${Date.now()}`;
  const made = await ask('request.draft', null, { form: f1(name) });
  await ask('request.submit', made.stream, {});
  await run('request.convene', made.stream, { assessors: [lead.id], until: day(2) });
  await lead('request.assess', made.stream, { opinion });
  await run('request.pass', made.stream, {});
  const { items } = await run.read('projects?sort=-id&limit=1');
  const project = `project/${items[0].id}`;
  await run('project.submit_charter', project, { charter: charter(name, lead.id) });
  await top('project.approve_charter', project, { sha256: (await run.read(`projects/${items[0].id}`)).charter });
  for (const [percent, health] of [[10, 'on_track'], [40, 'off_track'], [70, 'on_track']])
    await lead('project.report_progress', project, { percent, health, note: `${percent} 的说明` });

  const page = await room.page();
  await room.logIn(page, specialist, password);
  await page.goto(`${room.server.url}/#/${project}`);
  const status = (is) => page.waitForSelector(`[data-testid=status] [data-status=${is}]`);
  const facts = 'aside [role=progressbar]';

  await room.test('as of: the past says that it is the past, and offers nothing to do', async () => {
    await page.waitForSelector(`${facts}[aria-valuenow="70"]`);
    await page.click('[data-testid=look-back]');
    await page.waitForSelector('[data-testid=as-of] .said:has-text("只能查看")');
    assert.equal(await page.$('[data-command]'), null);
  });

  await room.test('as of: one change back is the dossier before it', async () => {
    await page.click('[data-testid=as-of] button[aria-label="前一次变动"]');
    await page.waitForSelector(`${facts}[aria-valuenow="40"]`);
    await page.waitForSelector('aside .words.bad:has-text("偏离")');
    assert.equal(await page.$('text=70 的说明'), null);
    await room.shot(page, 'as-of');
  });

  await room.test('as of: the slider goes back to the beginning, and the address keeps the moment', async () => {
    await page.locator('[data-testid=as-of] input[type=range]').fill('0');
    await status('initiating');
    assert.match(page.url(), /as_of=\d+/);
    await page.reload();
    await status('initiating');
    await page.waitForSelector('[data-testid=as-of] .said:has-text("只能查看")');
  });

  await room.test('as of: a day is its end; one before it existed says so', async () => {
    await page.fill('[data-testid=as-of] input[type=date]', day(0));
    await page.waitForSelector(`${facts}[aria-valuenow="70"]`);
    await page.goto(`${room.server.url}/#/${project}?as_of=2020-01-01`);
    await page.waitForSelector('.none:has-text("当时尚未创建")');
    await page.click('[data-testid=to-now]');
    await page.waitForSelector('[data-command="project.request_acceptance"]');
  });

  await room.test('project: from the acceptance request to the summary, in the page', async () => {
    await page.click('[data-command="project.request_acceptance"]');
    await page.fill('[data-field="/form/completion"] textarea', '全部完成');
    await page.fill('[data-field="/form/deliverables"] textarea', '新页面\n培训材料');
    await page.fill('[data-field="/form/attainment"] textarea', '两项目标均达成');
    await page.click('[data-testid=confirm]');
    await status('acceptance_requested');
    await run('project.convene_acceptance', project, { panel: [top.id], on: day(1) });
    await top('project.sign_acceptance', project, { agrees: true });
    const boss = await room.page();
    await room.logIn(boss, manager, password);
    await boss.goto(`${room.server.url}/#/inbox`);
    await boss.click(`[data-entry="${project}"]`);
    await boss.waitForSelector('[data-testid=inbox-detail] [data-command="project.accept"]');
    await boss.keyboard.press('p');
    await boss.waitForSelector('[data-form="project.accept"]');
    await boss.click('[data-field="/report/results/1/result"] label:has-text("部分达成")');
    // What was not met wholly is explained, and goes on under a condition.
    await boss.locator('[data-field="/report/results/1/note"]').locator('input, textarea').first().fill('培训材料还缺一章');
    await boss.locator('[data-field="/report/conditions"]').locator('input, textarea').first().fill('月底前补齐');
    await boss.fill('[data-field="/report/conclusion"] textarea', '同意验收');
    await room.shot(boss, 'acceptance-report');
    await boss.click('[data-form="project.accept"] [data-testid=confirm]');
    await status('accepted');
    await page.waitForSelector('text=部分达成');
    await page.click('[data-command="project.summarise"]');
    for (const part of ['experience', 'lessons', 'improvements']) await page.fill(`[data-field="/summary/${part}"] textarea`, `${part} 的内容`);
    await page.locator('[data-field="/recipients"] select').selectOption(String(run.id));
    await page.click('[data-testid=confirm]');
    await status('summarised');
    await boss.context().close();
  });

  await room.test('archive: it says what is missing, until it is there', async () => {
    await page.waitForSelector('[data-testid=archive] .missing:has-text("数据报告")');
    for (const kind of ['数据报告', '会议纪要']) {
      await page.click('[data-command="project.file_record"]');
      await page.click(`[data-field="/record/kind"] label:has-text("${kind}")`);
      await page.fill('[data-field="/record/title"] input', `${kind}一份`);
      await page.fill('[data-field="/record/text"] textarea', '内容');
      await page.click('[data-form="project.file_record"] [data-testid=confirm]');
      await page.waitForSelector(`[data-testid=archive] .records:has-text("${kind}一份")`);
    }
    await page.waitForSelector('[data-testid=archive] .missing', { state: 'detached' });
    await page.click('[data-command="project.submit_archive"]');
    await page.click('[data-form="project.submit_archive"] [data-testid=confirm]');
    await status('archive_pending');
    await run('project.seal', project, {});
    await status('archived');
    await page.waitForSelector('[data-testid=archive] .sealed');
    await room.shot(page, 'archived');
  });

  await room.test('archive: the sealed package is one file to take along', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-testid=package]')]);
    const start = readFileSync(await download.path()).subarray(0, 2).toString();
    assert.equal(start, 'PK');
  });

  await room.test('search: what is in the archive is found, its words marked', async () => {
    await page.click('nav a[href="#/search"]');
    await page.fill('main input[name=q]', '会议纪要一份');
    await page.waitForSelector(`[data-found="${project}"] mark:has-text("会议纪要一份")`, { timeout: 15_000 });
    await room.shot(page, 'search');
    await page.fill('main input[name=q]', '绝无此词绝无此词');
    await page.waitForSelector('.none:has-text("没有找到")');
  });

  await room.test('as of: a task, too, from a line of its history', async () => {
    const task = (await run('task.assign', null, { title: `任务 ${name}`, standard: '完整', due: day(2), to: lead.id })).stream;
    await lead('task.start', task, {});
    await lead('task.report_progress', task, { percent: 60 });
    await page.goto(`${room.server.url}/#/${task}`);
    const panel = '[data-testid=task-panel]';
    await page.click(`${panel} li:has-text("开始了任务") a:has-text("查看当时版本")`);
    await page.waitForSelector(`${panel} [data-testid=as-of] .said:has-text("只能查看")`);
    await page.waitForSelector(`${panel} dd:text-is("0%")`);
    assert.equal(await page.$(`${panel} [data-command]`), null);
    await room.shot(page, 'task-as-of');
    await page.click('[data-testid=to-now]');
    await page.waitForSelector(`${panel} dd:text-is("60%")`);
  });

  await room.test('waiting: what waits on whom, narrowed to one person, live', async () => {
    await page.goto(`${room.server.url}/#/waiting?waits_on=${run.id}`);
    await page.waitForSelector(`[data-waiting="${project}"]`);
    await run('project.acknowledge_summary', project, {});
    await page.waitForSelector(`[data-waiting="${project}"]`, { state: 'detached' });
    await room.shot(page, 'waiting');
  });

  await room.test('flow: its diagram and its rows', async () => {
    await page.click('a[href="#/flow/project"]');
    await page.waitForSelector('svg[role=img] text:has-text("执行中")');
    await page.waitForSelector('tr:has-text("S3.1.3"):has-text("上级领导")');
    await room.shot(page, 'flow');
  });
}
