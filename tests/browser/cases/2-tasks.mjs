import assert from 'node:assert/strict';

import { manager, password, specialist } from '../people.mjs';

export default async function (room) {
  const boss = await room.page();
  const worker = await room.page();
  await room.logIn(boss, manager, password);
  await room.logIn(worker, specialist, password);
  const name = await worker.textContent('[data-testid=account] strong');
  const title = `核对渠道数据 ${Date.now()}`;
  const card = (page, column) => page.waitForSelector(`[data-column=${column}] [data-task]:has-text("${title}")`);

  async function fill(page) {
    await page.click('[data-testid=new-task]');
    await page.fill('dialog [name=title]', title);
    await page.fill('dialog [name=standard]', '与仓库一致，附差异说明');
    const to = await page.$eval('dialog select', (s, n) => [...s.options].find((o) => o.label.startsWith(n)).value, name);
    await page.selectOption('dialog select >> nth=0', to);
    await page.fill('dialog [name=due]', new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10));
  }

  await room.test('presence: both see each other', async () => {
    await boss.waitForSelector(`[data-testid=present] [data-member="${specialist}"]`);
    await worker.waitForSelector(`[data-testid=present] [data-member="${manager}"]`);
  });

  await room.test('task: without a standard and a due date it is not sent', async () => {
    await boss.click('[data-testid=new-task]');
    await boss.fill('dialog [name=title]', title);
    await boss.click('[data-testid=confirm]');
    assert.equal(await boss.getAttribute('dialog [name=standard]', 'aria-invalid'), 'true');
    assert.equal(await boss.getAttribute('dialog [name=due]', 'aria-invalid'), 'true');
    await boss.keyboard.press('Escape');
    await boss.waitForSelector('dialog', { state: 'detached' });
  });

  await room.test('task: who may not assign is not asked to, nor to begin anything else that they may not', async () => {
    await worker.waitForSelector('nav .head button');  // what they may is known
    assert.equal(await worker.$('[data-testid=new-task]'), null);
    for (const [list, may] of [['cycles', false], ['elections', false], ['indicators', false], ['analyses', false], ['strategies', true], ['proposals', true]]) {
      await worker.goto(`${room.server.url}/#/${list}`);
      await worker.waitForSelector('main h1');
      await worker.waitForTimeout(150);
      assert.equal((await worker.$('main [data-testid=create]')) !== null, may, list);
    }
    await worker.goto(`${room.server.url}/#/analysis/new`);
    await worker.waitForSelector('main .refusal:has-text("S3.2.3")');
    await worker.goto(`${room.server.url}/#/board`);
  });

  await room.test('task: what one assigns appears on the other’s board', async () => {
    await fill(boss);
    await boss.click('[data-testid=confirm]');
    await card(worker, 'assigned');
    await boss.waitForSelector('[data-testid=task-panel]');
    await room.shot(boss, 'task-assigned');
  });

  await room.test('task: the other starts it, and it moves before one’s eyes', async () => {
    await (await card(worker, 'assigned')).click();
    await worker.click('[data-command="task.start"]');
    await card(boss, 'in_progress');
    await card(worker, 'in_progress');
    await boss.waitForSelector('[data-testid=task-status]:text-is("进行中")');
  });

  await room.test('task: the actions that are not allowed say why', async () => {
    const panel = '[data-testid=task-panel]';
    assert.equal(await worker.$(`${panel} [data-command="task.accept"]`), null);
    await worker.click(`${panel} summary`);
    const words = await worker.textContent(`${panel} details li:has-text("通过") p`);
    assert.match(words, /\p{Script=Han}{4}/u);
    assert.match(words, /[SD]\d/);
  });

  await room.test('task: blocked with a reason, which the card shows', async () => {
    await worker.click('[data-command="task.block"]');
    await worker.click('[data-testid=confirm]');
    assert.equal(await worker.getAttribute('form textarea', 'aria-invalid'), 'true');
    await worker.fill('form textarea', '等待接口权限');
    await worker.click('[data-testid=confirm]');
    await boss.waitForSelector(`[data-column=blocked] [data-task]:has-text("${title}"):has-text("等待接口权限")`);
    await room.shot(boss, 'task-blocked');
    await worker.click('[data-command="task.unblock"]');
    await worker.click('[data-testid=confirm]');
    await card(boss, 'in_progress');
  });

  await room.test('task: progress, result, return, result again, acceptance', async () => {
    await worker.click('[data-command="task.report_progress"]');
    await worker.fill('form input[type=number]', '40');
    await worker.click('[data-testid=confirm]');
    await boss.waitForSelector(`[data-task]:has-text("${title}"):has-text("40%")`);
    const submit = async () => {
      await worker.click('[data-command="task.submit"]');
      await worker.fill('form textarea', '差异已说明，见共享文件夹');
      await worker.click('[data-testid=confirm]');
      await card(boss, 'submitted');
    };
    await submit();
    await boss.click('[data-command="task.return"]');
    await boss.fill('form textarea', '缺少来源');
    await boss.click('[data-testid=confirm]');
    await card(worker, 'returned');
    await worker.click('[data-command="task.start"]');
    await card(boss, 'in_progress');
    await submit();
    await boss.click('[data-command="task.accept"]');
    await boss.click('[data-testid=confirm]');
    await card(worker, 'done');
    await worker.waitForSelector('[data-testid=task-panel]:has-text("验收通过")');
    await room.shot(worker, 'task-done');
  });

  await room.test('task: the panel closes with Escape, and the focus goes back to the card', async () => {
    await boss.keyboard.press('Escape');
    await boss.waitForSelector('[data-testid=task-panel]', { state: 'detached' });
    assert.ok(await boss.evaluate(() => document.activeElement?.hasAttribute('data-task')));
  });

  await room.test('presence: who closes the page is gone', async () => {
    await worker.context().close();
    await boss.waitForSelector(`[data-testid=present] [data-member="${specialist}"]`, { state: 'detached' });
  });
}
