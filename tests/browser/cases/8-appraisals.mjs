import assert from 'node:assert/strict';

import { makePersonnel } from '../appraised.mjs';
import { day } from '../forms.mjs';
import { administrator, finance, leader, manager, password, specialist, standIn } from '../people.mjs';

// An appraisal from the self-appraisal to its result, sealed as long as it has to be; an election with secret ballots.
export default async function (room) {
  const run = await room.server.member(manager, password);
  const hr = await room.server.member(finance, password);
  const admin = await room.server.member(administrator, password);
  const top = await room.server.member(leader, password);
  await makePersonnel(admin, hr, top);
  const mine = await room.page();
  const boss = await room.page();
  await room.logIn(mine, specialist, password);
  await room.logIn(boss, manager, password);
  const status = (page, is) => page.waitForSelector(`[data-testid=status] [data-status=${is}]`);
  const field = (page, at, inside) => page.locator(`[data-field="${at}"] ${inside}`);
  const confirm = (page, command) => page.click(`[data-form="${command}"] [data-testid=confirm]`);
  let appraisal = '';

  await room.test('indicators: weights that don’t add up to 100 are refused at their place', async () => {
    await boss.goto(`${room.server.url}/#/indicators`);
    await boss.click('[data-testid=create]');
    await boss.locator('[data-field="/role"] select, [data-field="/role"] input[value=SP]').first().waitFor({ state: 'attached' });
    const select = await boss.$('[data-field="/role"] select');
    if (select) await select.selectOption('SP');
    else await boss.click('[data-field="/role"] label:has(input[value=SP])');
    await field(boss, '/name/zh', 'input').fill('运营专员考核指标');
    await field(boss, '/name/en', 'input').fill('Indicators of the specialist');
    const line = async (n, code, weight, zh, en, source) => {
      await field(boss, `/indicators/${n}/code`, 'input').fill(code);
      await field(boss, `/indicators/${n}/weight`, 'input').fill(String(weight));
      await field(boss, `/indicators/${n}/name/zh`, 'input').fill(zh);
      await field(boss, `/indicators/${n}/name/en`, 'input').fill(en);
      await boss.check(`[data-field="/indicators/${n}/evidence"] input[value=${source}]`);
    };
    await line(0, 'module', 60, '模块业务指标', 'Module indicators', 'projects_accepted');
    await boss.click('[data-field="/indicators"] > button');
    await line(1, 'execution', 30, '执行效率与质量', 'Execution', 'tasks_on_time');
    await confirm(boss, 'indicators.publish');
    await boss.waitForSelector('[data-form] .refusal:has-text("100")');
    await field(boss, '/indicators/1/weight', 'input').fill('40');
    await confirm(boss, 'indicators.publish');
    await boss.waitForSelector('section:has-text("运营专员考核指标") li:has-text("60%")');
  });

  await room.test('cycle: opened, and whoever is appraised has it in their inbox', async () => {
    const cycle = await hr('cycle.plan', null, { kind: 'quarter', year: new Date().getFullYear(), quarter: 4 });
    await hr('cycle.open', cycle.stream, { reason: '试行' });
    await mine.goto(`${room.server.url}/#/inbox`);
    const entry = await mine.waitForSelector('[data-entry^="appraisal/"]');
    appraisal = await entry.getAttribute('data-entry');
    await entry.click();
    await mine.click('[data-testid=inbox-detail] [data-command="appraisal.submit_self"]');
    await mine.waitForSelector('[data-form="appraisal.submit_self"]');
  });

  await room.test('self-appraisal: kept as a draft that the other side does not see, then handed in', async () => {
    await field(mine, '/form/lines/0/text', 'textarea').fill('两个项目通过验收');
    await field(mine, '/form/lines/0/score', 'input').fill('90');
    await mine.click('[data-testid=keep]');
    await status(mine, 'self_draft');
    await boss.goto(`${room.server.url}/#/${appraisal}`);
    await status(boss, 'self_draft');
    assert.equal(await boss.$('text=两个项目通过验收'), null);
    await mine.click('[data-command="appraisal.submit_self"]');
    assert.equal(await field(mine, '/form/lines/0/text', 'textarea').inputValue(), '两个项目通过验收');
    await field(mine, '/form/lines/1/text', 'textarea').fill('全部按时');
    await room.shot(mine, 'self-appraisal');
    await confirm(mine, 'appraisal.submit_self');
    await status(mine, 'self_submitted');
    await status(boss, 'self_submitted');
    assert.equal(await boss.$('text=全部按时'), null);
    await boss.waitForSelector('.sealed');
  });

  await room.test('evidence: what happened is found by its task, pointed at, and taken away again with a reason', async () => {
    await mine.click('[data-command="appraisal.add_evidence"]');
    await mine.selectOption('[data-form="appraisal.add_evidence"] .find select', 'task');
    await mine.fill('[data-form="appraisal.add_evidence"] input[type=number]', '9');
    await mine.click('[data-form="appraisal.add_evidence"] li:has-text("验收通过") label');
    await field(mine, '/evidence/note', 'textarea').fill('复盘按时完成');
    await room.shot(mine, 'evidence-form');
    await confirm(mine, 'appraisal.add_evidence');
    const piece = await mine.waitForSelector('section[aria-label="依据"] li:has-text("十月活动复盘")');
    assert.equal(await (await piece.$('a')).getAttribute('href'), '#/task/9');
    assert.equal(await boss.$('section[aria-label="依据"] li:has-text("十月活动复盘")'), null);  // sealed as the form is
    await (await piece.$('button')).click();
    await mine.fill('dialog textarea', '指错了');
    await confirm(mine, 'appraisal.remove_evidence');
    await mine.waitForSelector('section[aria-label="依据"] li.removed:has-text("已移除")');
    // What is evaluated next is what was seen last.
    const version = await mine.getAttribute('[data-testid=status]', 'data-version');
    await boss.waitForSelector(`[data-testid=status][data-version="${version}"]`);
  });

  await room.test('evaluation: with it both forms open to both, and the score explains itself', async () => {
    await boss.click('[data-command="appraisal.evaluate"]');
    for (const n of [0, 1]) {
      await field(boss, `/form/lines/${n}/comment`, 'textarea').fill(`评价 ${n}`);
      await field(boss, `/form/lines/${n}/score`, 'input').fill('80');
    }
    await field(boss, '/form/comment', 'textarea').fill('整体良好');
    await confirm(boss, 'appraisal.evaluate');
    await status(mine, 'evaluated');
    await mine.waitForSelector('text=整体良好');
    await boss.waitForSelector('text=两个项目通过验收');
    // The second indicator has no score of one's own: it is left out, and is not zero. 10 % of 90 and 90 % of 80.
    await mine.waitForSelector('caption:has-text("90.00")');
    await mine.waitForSelector('tr.absent:has-text("缺")');
    await mine.waitForSelector('.total:has-text("81.00"):has-text("B")');
    await room.shot(mine, 'appraisal');
  });

  await room.test('talk: recorded by one, confirmed by both at once, by the other with a key', async () => {
    await boss.click('[data-command="appraisal.record_talk"]');
    for (const part of ['result', 'strengths', 'shortcomings']) await field(boss, `/talk/${part}`, 'textarea').fill(`${part} 的内容`);
    await boss.click('[data-field="/talk/actions"] > button');
    await field(boss, '/talk/actions/0/what', 'input').fill('每月一次深度复盘');
    await field(boss, '/talk/actions/0/owner', 'select').selectOption({ index: 1 });
    await field(boss, '/talk/actions/0/due', 'input').fill(day(20));
    await field(boss, '/talk/actions/0/standard', 'textarea').fill('有数据、有结论');
    await confirm(boss, 'appraisal.record_talk');
    await status(boss, 'talk_recorded');
    await mine.goto(`${room.server.url}/#/inbox`);
    await mine.click(`[data-entry="${appraisal}"]`);
    await mine.waitForSelector('[data-testid=inbox-detail] [data-command="appraisal.confirm_talk"]');
    await room.looked(mine, `[data-of="${appraisal}"]`);
    await room.shot(mine, 'appraisal-inbox');
    // Both within the seconds in which it can be taken back: neither takes anything from the other.
    await boss.click('[data-command="appraisal.confirm_talk"]');
    await mine.keyboard.press('p');
    await boss.waitForSelector('aside [data-held]');
    await mine.waitForSelector(`[data-held="${appraisal}"]`);
    await status(boss, 'talk_held');
  });

  await room.test('appraisal: whoever it is not for is told that there is none, in lists as in its page', async () => {
    const other = await room.page();
    await room.logIn(other, standIn, password);
    await other.goto(`${room.server.url}/#/${appraisal}`);
    await other.waitForSelector('.none:has-text("无权查看")');
    await other.goto(`${room.server.url}/#/appraisals`);
    await other.waitForSelector('[data-row]');
    assert.equal(await other.$(`[data-row="${appraisal}"]`), null);
    await other.context().close();
  });

  await room.test('election: nominated, voted in secret and changed, counted before everybody’s eyes', async () => {
    const emma = (await run.read('members/@emma')).id;
    const wang = (await run.read('members/@wang.fang')).id;
    await boss.goto(`${room.server.url}/#/elections`);
    await boss.click('[data-testid=create]');
    await field(boss, '/title', 'input').fill('季度之星');
    await field(boss, '/period', 'input').fill('2026 Q4');
    await field(boss, '/schedule/nominations_close', 'input').fill(day(1));
    await field(boss, '/schedule/voting_opens', 'input').fill(day(1));
    await field(boss, '/schedule/voting_closes', 'input').fill(day(2));
    await confirm(boss, 'election.open');
    await status(boss, 'opened');
    const election = boss.url().match(/election\/\d+/)[0];
    await mine.goto(`${room.server.url}/#/${election}`);
    await mine.click('[data-command="election.nominate"]');
    await field(mine, '/nominee', 'select').selectOption(String(emma));
    await field(mine, '/reason', 'textarea').fill('双语落地页');
    await confirm(mine, 'election.nominate');
    await boss.waitForSelector('text=双语落地页');
    await (await room.server.member('emma', password))('election.nominate', election, { nominee: wang, reason: '问题整理' });
    await boss.waitForSelector('text=问题整理');
    await boss.click('[data-command="election.close_nominations"]');
    await boss.click('[data-command="election.open_voting"]');
    await status(mine, 'voting');
    for (const choice of [wang, emma]) {
      await mine.click('[data-command="election.vote"]');
      await field(mine, '/nominee', 'select').selectOption(String(choice));
      await confirm(mine, 'election.vote');
      await mine.waitForSelector('[data-form]', { state: 'detached' });
    }
    await mine.waitForSelector('[data-testid=ballot]:has-text("1"):has-text("可改")');
    assert.equal(await boss.$('[data-testid=turn]:has-text("王芳")'), null);
    await room.shot(mine, 'election');
    await boss.click('[data-command="election.close_voting"]');
    await confirm(boss, 'election.close_voting');
    await status(mine, 'counted');
    await mine.waitForSelector('li:has-text("Emma Clarke"):has-text("1 票")');
    await boss.click('[data-command="election.decide"]');
    await field(boss, '/winners', 'select').selectOption(String(emma));
    await field(boss, '/reason', 'textarea').fill('得票最多');
    await confirm(boss, 'election.decide');
    await mine.waitForSelector('.chip:has-text("当选")');
  });

  await room.test('incentive: the superior leader releases exactly what was read', async () => {
    const held = appraisal.replace('/', 's/');
    const cycle = (await run.read(held)).cycle;
    for (const step of ['close_self', 'close_evaluation', 'begin_calibration', 'close']) await hr(`cycle.${step}`, `cycle/${cycle}`, { reason: '试行' });
    await top('appraisal.finalise', appraisal, {});
    await boss.goto(`${room.server.url}/#/${appraisal}`);
    await boss.click('[data-testid=propose]');
    await field(boss, '/form/amount/cents', 'input').fill('3,000');
    await field(boss, '/form/terms', 'textarea').fill('季度奖金');
    await field(boss, '/form/reason', 'textarea').fill('结果良好');
    await confirm(boss, 'incentive.propose');
    await status(boss, 'proposed');
    const incentive = boss.url().match(/incentive\/\d+/)[0];
    const page = await room.page();
    await room.logIn(page, leader, password);
    await page.goto(`${room.server.url}/#/inbox`);
    await page.click(`[data-entry="${incentive}"]`);
    await page.waitForSelector('[data-testid=inbox-detail]:has-text("3,000 CNY")');
    await room.looked(page, `[data-of="${incentive}"]`);
    await page.keyboard.press('p');
    await status(boss, 'approved');
  });
}
