import assert from 'node:assert/strict';

import { charter, day, f1, opinion } from '../forms.mjs';
import { business, leader, manager, password, specialist, standIn } from '../people.mjs';

// What waits on somebody, with the verdicts on one key.
export default async function (room) {
  const ask = await room.server.member(business, password);
  const assess = await room.server.member(specialist, password);
  const run = await room.server.member(manager, password);
  const lead = await room.server.member(leader, password);
  const stamp = Date.now();

  /** A request that waits for its verdict. */
  async function assessed(title) {
    const made = await ask('request.draft', null, { form: f1(title) });
    await ask('request.submit', made.stream, {});
    await run('request.convene', made.stream, { assessors: [assess.id], until: day(2) });
    await assess('request.assess', made.stream, { opinion });
    return made.stream;
  }
  const status = async (stream) => (await run.read(`${stream.replace('/', 's/')}`)).status;
  const until = async (stream, is) => {
    for (let n = 0; n < 100; n++) {
      if ((await status(stream)) === is) return;
      await new Promise((go) => setTimeout(go, 100));
    }
    throw new Error(`${stream} is ${await status(stream)} and not ${is}`);
  };
  const [pass, back, unclear, no] = [await assessed(`通过 ${stamp}`), await assessed(`退回 ${stamp}`), await assessed(`澄清 ${stamp}`), await assessed(`驳回 ${stamp}`)];

  const page = await room.page();
  await room.logIn(page, manager, password);
  await page.goto(`${room.server.url}/#/inbox`);
  const entry = (stream) => `[data-entry="${stream}"]`;
  const ready = (stream, on = page) => room.looked(on, `[data-of="${stream}"]`);
  async function choose(stream) {
    await page.click(entry(stream));
    await page.waitForSelector(`${entry(stream)}[aria-current=true]`);
    await ready(stream);
  }

  await room.test('inbox: by due time, and j and k move through it', async () => {
    await page.waitForSelector('[data-entry]');
    const order = await page.$$eval('[data-entry]', (all) => all.map((e) => e.dataset.entry));
    await page.keyboard.press('j');
    await page.waitForSelector(`[data-entry="${order[1]}"][aria-current=true]`);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.entry), order[1]);
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector(`[data-entry="${order[2]}"][aria-current=true]`);
    await page.keyboard.press('k');
    await page.waitForSelector(`[data-entry="${order[1]}"][aria-current=true]`);
  });

  await room.test('inbox: ? says which keys there are, and no other key acts behind it', async () => {
    await choose(pass);
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open] kbd:text-is("R")');
    await page.keyboard.press('p');
    await room.shot(page, 'inbox-keys');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    assert.equal(await status(pass), 'in_assessment');
  });

  await room.test('inbox: P passes, after the seconds in which it can be undone; it leaves the list, and the next is chosen at once', async () => {
    await choose(pass);
    await room.shot(page, 'inbox');
    await page.keyboard.press('p');
    await page.waitForSelector(`${entry(pass)}:not([aria-current]) [data-testid=held-mark]`);
    await page.waitForSelector('[data-entry][aria-current=true]');
    await until(pass, 'approved');
    await page.waitForSelector(entry(pass), { state: 'detached' });
    await page.waitForSelector('[data-entry][aria-current=true]');
  });

  await room.test('inbox: R asks for the reason first, and keys in it are letters', async () => {
    await choose(back);
    await page.keyboard.press('r');
    await page.waitForSelector('[data-form="request.return"] textarea');
    await page.keyboard.type('xpr 缺少预算');
    await page.keyboard.press('Control+Enter');
    await until(back, 'draft');
    assert.equal((await run.read(back.replace('/', 's/'))).forms.verdict.data.reason, 'xpr 缺少预算');
  });

  await room.test('inbox: C asks a question', async () => {
    await choose(unclear);
    await page.keyboard.press('c');
    await page.waitForSelector('[data-form="request.clarify"] textarea');
    await page.keyboard.type('费用由谁承担？');
    await page.keyboard.press('Control+Enter');
    await until(unclear, 'clarifying');
  });

  await room.test('inbox: X asks once more and for a reason; Escape puts it away', async () => {
    await choose(no);
    await page.keyboard.press('x');
    await page.waitForSelector('[data-form="request.reject"] .grave');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[data-form="request.reject"]', { state: 'detached' });
    assert.equal(await status(no), 'in_assessment');
    await page.keyboard.press('x');
    await page.waitForSelector('[data-form="request.reject"] textarea');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('[data-field="/reason"] .wrong');
    await page.keyboard.type('本年度无预算');
    await page.keyboard.press('Control+Enter');
    await until(no, 'rejected');
  });

  await room.test('inbox: a task is accepted with its key', async () => {
    const task = await run('task.assign', null, { title: `任务 ${stamp}`, standard: '完整', due: day(1), to: assess.id });
    await assess('task.start', task.stream, {});
    await assess('task.submit', task.stream, { result: '已完成' });
    await choose(task.stream);
    await page.keyboard.press('p');
    await page.waitForSelector(entry(task.stream), { state: 'detached', timeout: 15_000 });
    assert.equal((await run.read(task.stream.replace('/', 's/'))).status, 'done');
  });

  await room.test('inbox: Enter opens what is chosen', async () => {
    const again = await assessed(`打开 ${stamp}`);
    await page.waitForSelector(`${entry(again)}:has-text("裁决需求申请")`);  // where it stands from then on
    await choose(again);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`h1:text-is("打开 ${stamp}")`);
  });

  await room.test('inbox: who stands in sees for whom, and what was passed up says why', async () => {
    const own = await run('request.draft', null, { form: f1(`自己的 ${stamp}`) });
    await run('request.submit', own.stream, {});
    const other = await room.page();
    await room.logIn(other, standIn, password);
    await other.goto(`${room.server.url}/#/inbox`);
    const deputy = await room.server.member(standIn, password);
    await lead('member.delegate', `member/${lead.id}`, { to: deputy.id, from: day(0), until: day(3), reason: '出差' });
    await other.waitForSelector(`${entry(own.stream)} [data-testid=in-place-of]:has-text("孙悦")`);
    await other.waitForSelector(`${entry(own.stream)} [data-testid=passed-up]:has-text("D1")`);
    await other.click(entry(own.stream));
    await room.shot(other, 'inbox-stands-in');
    await lead('member.end_delegation', `member/${lead.id}`, { to: deputy.id });
    await other.waitForSelector(entry(own.stream), { state: 'detached' });
  });

  await room.test('inbox: on a phone the verdicts are a tap away', async () => {
    const touched = await assessed(`手机 ${stamp}`);
    const phone = await room.page({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await room.logIn(phone, manager, password);
    await phone.goto(`${room.server.url}/#/inbox`);
    await phone.tap(entry(touched));
    await phone.tap(`li:has(${entry(touched)}) [data-command="request.return"]:not([disabled])`);
    await phone.fill('[data-form="request.return"] textarea', '请补充');
    await room.shot(phone, 'inbox-phone');
    await phone.tap('[data-testid=confirm]');
    await until(touched, 'draft');
  });

  await room.test('inbox: a verdict on what somebody else has just changed is not given unseen', async () => {
    const passed = await assessed(`立项 ${stamp}`);
    await run('request.pass', passed, {});
    const { items } = await run.read('projects?sort=-id&limit=1');
    const project = `project/${items[0].id}`;
    await run('project.submit_charter', project, { charter: charter(`立项 ${stamp}`, assess.id) });
    const top = await room.page();
    await room.logIn(top, leader, password);
    await top.goto(`${room.server.url}/#/inbox`);
    await top.click(entry(project));
    await top.waitForSelector('[data-testid=inbox-detail] [data-testid=hash]');
    const shown = await top.getAttribute('[data-testid=inbox-detail] [data-testid=hash] code', 'title');
    await lead('project.return_charter', project, { reason: '补充风险' });
    await run('project.submit_charter', project, { charter: { ...charter(`立项 ${stamp}`, assess.id), resources: '另一份' } });
    await top.waitForFunction((was) => document.querySelector('[data-testid=hash] code')?.title !== was, shown);
    const now = await top.getAttribute('[data-testid=hash] code', 'title');
    await ready(project, top);
    await top.keyboard.press('p');
    await until(project, 'active');
    assert.equal((await run.read(project.replace('/', 's/'))).charter, now);
  });
}
