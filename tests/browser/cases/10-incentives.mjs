import assert from 'node:assert/strict';

import { finalised, parties } from '../appraised.mjs';
import { day } from '../forms.mjs';
import { leader, manager, password } from '../people.mjs';

// What is made of a result (S6.3.4, D8): sent back, asked about, approved and rejected by the superior leader, while the
// proposer looks on.
export default async function (room) {
  const who = await parties(room);
  const { appraisal } = await finalised(who, new Date().getFullYear() + 1, 1);
  const boss = await room.page();
  const top = await room.page();
  await room.logIn(boss, manager, password);
  await room.logIn(top, leader, password);
  const status = (page, is) => page.waitForSelector(`[data-testid=status] [data-status=${is}]`);
  const field = (page, at, inside) => page.locator(`[data-field="${at}"] ${inside}`);
  const confirm = (page, command) => page.click(`[data-form="${command}"] [data-testid=confirm]`);
  const says = (page, words) => page.waitForSelector(`[data-testid=dossier] .content :text("${words}")`);
  async function speak(tag) {
    if (!(await boss.isVisible('nav button[lang=en]'))) await boss.click('[data-testid=account]');
    await boss.click(`nav button[lang=${tag}]`);
  }
  let incentive = '';

  /** Proposed on the page, from the appraisal that it rests on. */
  async function propose(amount, terms) {
    await boss.goto(`${room.server.url}/#/${appraisal}`);
    await boss.click('[data-testid=propose]');
    await field(boss, '/form/amount/cents', 'input').fill(amount);
    await field(boss, '/form/terms', 'textarea').fill(terms);
    await field(boss, '/form/reason', 'textarea').fill('结果良好');
  }
  async function proposed() {
    await confirm(boss, 'incentive.propose');
    await status(boss, 'proposed');
    incentive = boss.url().match(/incentive\/\d+/)[0];
    await top.goto(`${room.server.url}/#/${incentive}`);
    await status(top, 'proposed');
  }

  await room.test('incentive: a bonus without its amount is refused at the amount', async () => {
    await propose('', '季度奖金');
    await field(boss, '/form/amount/currency', 'input').fill('CNY');
    await confirm(boss, 'incentive.propose');
    await boss.waitForSelector('[data-field="/form/amount"] .wrong:has-text("CNY")');
    assert.doesNotMatch(await boss.textContent('[data-form] .refusal'), /form\/amount/);  // a pointer tells a person nothing
    await room.shot(boss, 'incentive-refused');
    await field(boss, '/form/amount/cents', 'input').fill('3,000');
    await field(boss, '/form/effective', 'input').fill(day(0));
    await proposed();
  });

  await room.test('incentive: nobody decides on what they proposed, and the page says whose turn it is', async () => {
    await boss.click('aside details summary');
    const why = await boss.textContent('aside details li:has-text("批准") p');
    assert.match(why, /D8|D1/);
    assert.match(why, /孙悦/);
    assert.equal(await boss.$('[data-command="incentive.approve"]'), null);
  });

  await room.test('incentive: sent back with a reason; the proposer sees it at once, and what was written is there to be revised', async () => {
    await top.click('[data-command="incentive.return"]');
    await confirm(top, 'incentive.return');
    await top.waitForSelector('[data-field="/reason"] .wrong');
    await field(top, '/reason', 'textarea').fill('金额超出标准');
    await confirm(top, 'incentive.return');
    await status(boss, 'returned');
    await says(boss, '金额超出标准');
    await boss.waitForSelector('[data-testid=turn] .mine:has-text("修改后再次提出")');
    await room.shot(boss, 'incentive-returned');
    await boss.click('[data-command="incentive.revise"]');
    assert.equal(await field(boss, '/form/amount/cents', 'input').inputValue(), '3000');
    assert.equal(await field(boss, '/form/terms', 'textarea').inputValue(), '季度奖金');
    await field(boss, '/form/amount/cents', 'input').fill('2,000');
    const before = await top.getAttribute('[data-testid=hash] code', 'title');
    await confirm(boss, 'incentive.revise');
    await status(top, 'proposed');
    await says(top, '2,000 CNY');
    await top.waitForSelector('section[aria-label="审批"]:has-text("针对修改前的版本"):has-text("金额超出标准")');
    assert.notEqual(await top.getAttribute('[data-testid=hash] code', 'title'), before);
  });

  await room.test('incentive: a question and its answer stand on both screens', async () => {
    await top.click('[data-command="incentive.clarify"]');
    await field(top, '/question', 'textarea').fill('由哪笔预算支付？');
    await confirm(top, 'incentive.clarify');
    await status(boss, 'clarifying');
    await says(boss, '由哪笔预算支付？');
    await boss.waitForSelector('[data-testid=turn] .mine:has-text("答复")');
    await boss.goto(`${room.server.url}/#/inbox`);
    await boss.click(`[data-entry="${incentive}"]`);
    await boss.waitForSelector('[data-testid=inbox-detail]:has-text("由哪笔预算支付？")');
    await boss.click('[data-testid=inbox-detail] [data-command="incentive.answer"]:not([disabled])');
    await field(boss, '/answer', 'textarea').fill('运营部奖金预算');
    await room.shot(boss, 'incentive-question');
    await confirm(boss, 'incentive.answer');
    await status(top, 'proposed');
    await says(top, '运营部奖金预算');
    await boss.goto(`${room.server.url}/#/${incentive}`);
    await says(boss, '运营部奖金预算');
  });

  await room.test('incentive: approved is the hash that was shown, and human resources have it take effect', async () => {
    const hash = await top.getAttribute('[data-testid=hash] code', 'title');
    await top.click('[data-command="incentive.approve"]');
    await top.waitForSelector(`[data-form="incentive.approve"] .says:has-text("${hash.slice(0, 12)}")`);
    await field(top, '/comment', 'textarea').fill('同意发放');
    await room.shot(top, 'incentive-approve');
    await confirm(top, 'incentive.approve');
    await status(boss, 'approved');
    await says(boss, '同意发放');
    assert.equal((await who.om.read(incentive.replace('/', 's/'))).sha256, hash);
    await who.hr('incentive.take_effect', incentive, {});
    await status(boss, 'effective');
    await boss.waitForSelector('[data-testid=turn]:has-text("暂无待办")');
  });

  await room.test('incentive: rejected is asked once more, needs a reason, and is in English for who reads English', async () => {
    await propose('500', '培训补贴');
    await proposed();
    await speak('en');
    await boss.waitForSelector('[data-testid=dossier]:has-text("Bonus")');
    await top.click('[data-command="incentive.reject"]');
    await top.waitForSelector('[data-form="incentive.reject"] .grave');
    await confirm(top, 'incentive.reject');
    await top.waitForSelector('[data-field="/reason"] .wrong');
    await field(top, '/reason', 'textarea').fill('已有培训预算');
    await confirm(top, 'incentive.reject');
    await status(boss, 'rejected');
    await says(boss, '已有培训预算');
    await boss.waitForSelector('[data-testid=status]:has-text("Rejected")');
    assert.equal(await boss.$('[data-testid=dossier] [data-command]'), null);
    await room.shot(boss, 'incentive-rejected-english');
    await speak('zh-CN');
  });
}
