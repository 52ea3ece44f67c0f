import assert from 'node:assert/strict';

import { calibrating, evaluated, finalised, opened, parties, selfSubmitted, talked } from '../appraised.mjs';
import { finance, leader, manager, password, specialist } from '../people.mjs';

// What goes back and forth in an appraisal (S6.3): returned, calibrated, appealed, upheld or not, reopened.
export default async function (room) {
  const who = await parties(room);
  const year = new Date().getFullYear() + 1;
  const mine = await room.page();
  const boss = await room.page();
  const top = await room.page();
  await room.logIn(mine, specialist, password);
  await room.logIn(boss, manager, password);
  await room.logIn(top, leader, password);
  const hears = await room.page(); // human resources: who finalised it does not answer the appeal
  await room.logIn(hears, finance, password);
  const all = [mine, boss, top];
  const status = (page, is) => page.waitForSelector(`[data-testid=status] [data-status=${is}]`);
  const field = (page, at, inside) => page.locator(`[data-field="${at}"] ${inside}`);
  const confirm = (page, command) => page.click(`[data-form="${command}"] [data-testid=confirm]`);
  const says = (page, words) => page.waitForSelector(`[data-testid=dossier] .content :text("${words}")`);
  const go = (page, to) => page.goto(`${room.server.url}/#/${to}`);
  const awaits = (page, words) => page.waitForSelector(`[data-testid=turn] .mine:has-text("${words}")`);

  /** Sends a command whose form asks for a reason, and sees to it that it can't be sent without. */
  async function withReason(page, command, words) {
    await page.click(`[data-command="${command}"]`);
    await confirm(page, command);
    await page.waitForSelector(`[data-form="${command}"] [data-field="/reason"] .wrong`);
    await field(page, '/reason', 'textarea').fill(words);
    await confirm(page, command);
  }

  const one = await opened(who, year, 2);

  await room.test('appraisal: returned, it says why and waits for its employee, with what they had written', async () => {
    await selfSubmitted(who, one.appraisal);
    await go(mine, one.appraisal);
    await go(boss, one.appraisal);
    await status(mine, 'self_submitted');
    await withReason(boss, 'appraisal.return_self', '请补充第二项的依据');
    await status(mine, 'self_draft');
    await mine.waitForSelector('[data-testid=sent-back]:has-text("李娜"):has-text("请补充第二项的依据")');
    await awaits(mine, '提交自评');
    await room.shot(mine, 'appraisal-returned');
    await mine.click('[data-command="appraisal.submit_self"]');
    assert.equal(await field(mine, '/form/lines/0/text', 'textarea').inputValue(), '已完成');
    await field(mine, '/form/lines/1/text', 'textarea').fill('全部按时，见任务');
    await confirm(mine, 'appraisal.submit_self');
    await status(boss, 'self_submitted');
    await boss.waitForSelector('[data-testid=sent-back]', { state: 'detached' });
  });

  await room.test('talk: the employee disagrees with the record and says with what', async () => {
    await evaluated(who, one.appraisal);
    const extras = { form: 1, fields: [], attachments: [] };
    await who.om('appraisal.record_talk', one.appraisal, { talk: { result: '良好', strengths: '扎实', shortcomings: '拖延', actions: [], extras } });
    await status(mine, 'talk_recorded');
    await withReason(mine, 'appraisal.return_talk', '没有拖延过');
    await status(boss, 'evaluated');
    await boss.waitForSelector('[data-testid=sent-back]:has-text("陈伟"):has-text("没有拖延过")');
    await talked(who, one.appraisal);
    await status(boss, 'talk_held');
    await boss.waitForSelector('[data-testid=sent-back]', { state: 'detached' });
  });

  await room.test('calibration: not before its time, then a score is changed with a reason, and both sides see from what to what', async () => {
    await go(top, one.appraisal);
    await status(top, 'talk_held');
    await top.click('aside details summary');
    assert.match(await top.textContent('aside details li:has(button:text-is("校准")) p'), /D2/);
    assert.equal(await top.$('[data-command="appraisal.calibrate"]'), null);
    await calibrating(who, one.cycle);
    await top.click('[data-command="appraisal.calibrate"]');
    await field(top, '/adjustments/0/score', 'input').fill('120');
    await field(top, '/reason', 'textarea').fill('与同组口径一致');
    await confirm(top, 'appraisal.calibrate');
    await top.waitForSelector('[data-field="/adjustments"] .wrong, [data-field="/adjustments/0/score"] .wrong');
    await room.shot(top, 'calibration-refused');
    await field(top, '/adjustments/0/score', 'input').fill('90');
    await confirm(top, 'appraisal.calibrate');
    for (const page of [mine, boss]) {
      await page.waitForSelector('section[aria-label="校准"]:has-text("80 → 90"):has-text("与同组口径一致")');
      await page.waitForSelector('caption:has-text("86.00")');  // 60 % of 90 and 40 % of 80
    }
    await room.shot(mine, 'calibrated');
  });

  await room.test('appeal: by the employee, before the last day; whoever decides has it in their inbox', async () => {
    await top.click('[data-command="appraisal.finalise"]');
    await confirm(top, 'appraisal.finalise');
    await status(mine, 'finalised');
    await withReason(mine, 'appraisal.appeal', '第一项的项目未计入');
    await status(boss, 'appealed');
    for (const page of all) await page.waitForSelector('section[aria-label="申诉"]:has-text("第一项的项目未计入")');
    await room.shot(mine, 'appealed');
    await go(hears, 'inbox');
    await hears.click(`[data-entry="${one.appraisal}"]`);
    await hears.waitForSelector('[data-testid=inbox-detail]:has-text("第一项的项目未计入")');
    await room.shot(hears, 'appeal-inbox');
  });

  await room.test('appeal: upheld with a reason, it is open again, and is evaluated anew', async () => {
    await hears.click('[data-testid=inbox-detail] [data-command="appraisal.uphold_appeal"]:not([disabled])');
    await confirm(hears, 'appraisal.uphold_appeal');
    await hears.waitForSelector('[data-field="/reason"] .wrong');
    await field(hears, '/reason', 'textarea').fill('项目确已验收');
    await confirm(hears, 'appraisal.uphold_appeal');
    await status(mine, 'reopened');
    await mine.waitForSelector('section[aria-label="申诉裁决"]:has-text("支持了申诉"):has-text("项目确已验收")');
    await status(boss, 'reopened');
    await awaits(boss, '提交上级评价');
    await mine.waitForSelector('section[aria-label="此前的结果"]:has-text("86.40")');
    assert.equal(await mine.$('section[aria-label="定稿结果"]'), null);  // none stands any more
    await room.shot(mine, 'appeal-upheld');
    await evaluated(who, one.appraisal, 95);
    await talked(who, one.appraisal);
    await who.sl('appraisal.finalise', one.appraisal, {});
    await status(mine, 'finalised');
  });

  const two = await finalised(who, year, 3);

  await room.test('appeal: not upheld is asked once more; the result stands, and is appealed only once', async () => {
    for (const page of [...all, hears]) await go(page, two.appraisal);
    await status(mine, 'finalised');
    await mine.click('[data-command="appraisal.appeal"]');
    await field(mine, '/reason', 'textarea').fill('评价过低');
    await confirm(mine, 'appraisal.appeal');
    await status(hears, 'appealed');
    await hears.click('[data-command="appraisal.reject_appeal"]');
    await hears.waitForSelector('[data-form="appraisal.reject_appeal"] .grave');
    await field(hears, '/reason', 'textarea').fill('依据充分');
    await confirm(hears, 'appraisal.reject_appeal');
    await status(mine, 'finalised');
    await mine.waitForSelector('section[aria-label="申诉裁决"]:has-text("驳回了申诉"):has-text("依据充分")');
    assert.equal(await mine.$('[data-command="appraisal.appeal"]'), null);
    await mine.click('aside details summary');
    await mine.waitForSelector('aside details li:has-text("申诉") p:has-text("已申诉")');
    await room.shot(mine, 'appeal-rejected');
  });

  await room.test('appraisal: reopened with a reason, which stands on the screens of both sides', async () => {
    await withReason(top, 'appraisal.reopen', '发现漏计的项目');
    await status(mine, 'reopened');
    for (const page of [mine, boss]) await page.waitForSelector('[data-testid=sent-back]:has-text("孙悦"):has-text("发现漏计的项目")');
    await awaits(boss, '提交上级评价');
    await says(mine, '发现漏计的项目');
    await room.shot(boss, 'appraisal-reopened');
  });
}
