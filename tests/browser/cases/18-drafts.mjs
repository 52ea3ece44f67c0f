import assert from 'node:assert/strict';

import { day } from '../forms.mjs';
import { business, manager, password, specialist, standIn } from '../people.mjs';

// What somebody wrote is there until it is sent or thrown away.
export default async function (room) {
  const run = await room.server.member(manager, password);
  const doer = await room.server.member(specialist, password);
  const other = await room.server.member(standIn, password);
  const stamp = Date.now();
  const page = await room.page();
  await room.logIn(page, specialist, password);
  const kept = () => page.waitForTimeout(450);

  async function started(title) {
    const made = await run('task.assign', null, { title, standard: '完整', due: day(3), to: doer.id });
    await doer('task.start', made.stream, {});
    return made.stream;
  }
  const submit = '[data-form="task.submit"] textarea';
  async function open(task) {
    await page.goto(`${room.server.url}/#/${task}`);
    await page.click('[data-command="task.submit"]');
    await page.waitForSelector(submit);
  }

  await room.test('draft: it outlives Escape and a reload, says so, and can be thrown away', async () => {
    const task = await started(`草稿 ${stamp}`);
    await open(task);
    await page.fill(submit, '写到一半的成果');
    await page.keyboard.press('Escape');
    await page.click('[data-command="task.submit"]');
    assert.equal(await page.inputValue(submit), '写到一半的成果');
    await page.fill(submit, '写到一半的成果，又加一句');
    await page.reload();
    await page.click('[data-command="task.submit"]');
    assert.equal(await page.inputValue(submit), '写到一半的成果，又加一句');
    await page.waitForSelector('[data-testid=draft-restored]');
    await room.shot(page, 'draft-restored');
    await page.click('[data-testid=throw-away]');
    assert.equal(await page.inputValue(submit), '');
    await kept();
    await page.reload();
    await page.click('[data-command="task.submit"]');
    assert.equal(await page.inputValue(submit), '');
    assert.equal(await page.$('[data-testid=draft-restored]'), null);
  });

  await room.test('draft: sent, it is gone', async () => {
    const task = await started(`已发 ${stamp}`);
    await open(task);
    await page.fill(submit, '做完了');
    await kept();
    await page.click('[data-testid=confirm]');
    await page.waitForSelector('[data-testid=task-status]:text-is("待验收")');
    await kept();
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((k) => k.includes('.draft.')).length), 0);
  });

  await room.test('draft: where the task went to somebody else meanwhile, the words are still theirs', async () => {
    const task = await started(`改派 ${stamp}`);
    await open(task);
    await page.fill(submit, '三天的工作都写在这里');
    await run('task.reassign', task, { to: other.id, reason: '换人' });
    await page.waitForSelector('[data-testid=orphan]:has-text("三天的工作都写在这里")');
    await room.shot(page, 'draft-orphan');
    await page.reload();
    await page.waitForSelector('[data-testid=orphan]:has-text("三天的工作都写在这里")');
    await page.click('[data-testid=orphan] [data-testid=throw-away]');
    await page.waitForSelector('[data-testid=orphan]', { state: 'detached' });
  });

  await room.test('draft: a form over the page outlives a click beside it', async () => {
    await page.goto(`${room.server.url}/#/channels`);
    await page.click('main .button.main');
    await page.fill('dialog [name=name]', `草稿频道 ${stamp}`);
    await page.mouse.click(5, 5);
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.reload();
    await page.click('main .button.main');
    assert.equal(await page.inputValue('dialog [name=name]'), `草稿频道 ${stamp}`);
    await page.click('dialog [data-testid=throw-away]');
    await page.keyboard.press('Escape');
  });

  await room.test('draft: a long form comes back whole', async () => {
    const asker = await room.page();
    await room.logIn(asker, business, password);
    await asker.goto(`${room.server.url}/#/request/new`);
    await asker.fill('[data-field="/form/title"] input', `长表单 ${stamp}`);
    await asker.fill('[data-field="/form/background"] textarea', '背景\n第二行');
    await asker.fill('[data-field="/form/required_by"] input', day(30));
    await asker.check('[name=checked]');
    await asker.reload();
    await asker.waitForSelector('[data-testid=draft-restored]');
    assert.equal(await asker.inputValue('[data-field="/form/background"] textarea'), '背景\n第二行');
    assert.equal(await asker.inputValue('[data-field="/form/required_by"] input'), day(30));
    assert.ok(await asker.isChecked('[name=checked]'));
    await asker.context().close();
  });

  await room.test('draft: a message that was begun, and the edit of one', async () => {
    const made = await doer('channel.create', null, { name: `草稿消息 ${stamp}`, visibility: 'everyone' });
    await doer('channel.post', made.stream, { text: '原来的话' });
    await page.goto(`${room.server.url}/#/${made.stream}`);
    await page.fill('[data-testid=composer]', '还没说完');
    await page.reload();
    await page.waitForSelector('[data-testid=draft-restored]');
    assert.equal(await page.inputValue('[data-testid=composer]'), '还没说完');
    await page.press('[data-testid=composer]', 'Enter');
    await page.waitForSelector('[data-n]:has-text("还没说完")');
    await kept();
    await page.reload();
    await page.waitForSelector('[data-n]:has-text("还没说完")');
    assert.equal(await page.inputValue('[data-testid=composer]'), '');
    const edit = async () => {
      await page.hover('[data-n="1"]');
      await page.click('[data-n="1"] .tools button');
      await page.click('.sheet button:text-is("编辑")');
    };
    await edit();
    await page.fill('.edit textarea', '改了一半');
    await page.press('.edit textarea', 'Escape');
    await edit();
    assert.equal(await page.inputValue('.edit textarea'), '改了一半');
    await page.click('.edit [data-testid=throw-away]');
    assert.equal(await page.inputValue('.edit textarea'), '原来的话');
    await page.press('.edit textarea', 'Escape');
  });

  await room.test('draft: of one person alone; who logs out may leave nothing behind', async () => {
    const task = await started(`退出 ${stamp}`);
    await open(task);
    await page.fill(submit, '只给我自己');
    await kept();
    await page.click('[data-testid=account]');
    await page.click('[data-testid=logout]');
    await page.click('[data-testid=logout-clear]');
    await page.waitForSelector('[name=login]');
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((k) => k.includes('.draft.')).length), 0);
  });
}
