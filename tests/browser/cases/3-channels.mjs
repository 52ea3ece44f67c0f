import assert from 'node:assert/strict';

import { manager, password, specialist } from '../people.mjs';

export default async function (room) {
  const one = await room.page();
  const two = await room.page();
  await room.logIn(one, manager, password);
  await room.logIn(two, specialist, password);
  const channel = `浏览器测试 ${Date.now()}`;
  const said = (page, text) => page.waitForSelector(`[data-n]:has-text("${text}")`);

  async function say(page, text) {
    await page.fill('[data-testid=composer]', text);
    await page.press('[data-testid=composer]', 'Enter');
  }

  async function choose(page, text, item) {
    const message = await said(page, text);
    await message.hover();
    await (await message.$('.tools button')).click();
    await page.click(`.sheet button:text-is("${item}")`);
  }

  await room.test('channel: one creates it, the other finds and joins it', async () => {
    await one.click('nav .head button');
    await one.fill('dialog [name=name]', channel);
    await one.press('dialog [name=name]', 'Enter');
    await one.waitForSelector(`h1:text-is("# ${channel}")`);
    await two.click('nav a:has-text("浏览频道")');
    await two.click(`li:has-text("${channel}") button`);
    await two.click(`nav a:has-text("${channel}")`);
    await two.waitForSelector('[data-testid=composer]');
  });

  await room.test('channel: what one posts the other sees, as it was written', async () => {
    await say(one, '早上好 <b>bold</b> & https://example.com/周报?x=1。');
    const message = await said(two, '早上好');
    assert.equal(await message.$('b >> text=bold'), null);
    assert.equal(await (await message.$('.text a')).getAttribute('rel'), 'noopener noreferrer nofollow');
    assert.equal(await (await message.$('.text a')).textContent(), 'https://example.com/周报?x=1');
    assert.equal(await one.inputValue('[data-testid=composer]'), '');
    await one.waitForSelector('[data-pending]', { state: 'detached' });
  });

  await room.test('channel: Shift+Enter begins a line', async () => {
    await two.type('[data-testid=composer]', 'first');
    await two.press('[data-testid=composer]', 'Shift+Enter');
    await two.type('[data-testid=composer]', 'second');
    await two.press('[data-testid=composer]', 'Enter');
    const message = await said(one, 'first');
    assert.match(await message.innerText(), /first\nsecond/);
  });

  await room.test('channel: who types is shown', async () => {
    await two.type('[data-testid=composer]', '正在');
    await one.waitForSelector('[data-testid=typing]:has-text("正在输入")');
    await two.fill('[data-testid=composer]', '');
  });

  await room.test('channel: reactions, pins, topics, edits and deletions arrive', async () => {
    const message = await said(two, '早上好');
    await message.hover();
    await (await message.$('.tools button')).click();
    await two.click('.emojis button >> nth=0');
    await one.waitForSelector('[data-n] .reactions button:has-text("👍")');
    await choose(one, '早上好', '置顶');
    await two.waitForSelector('[data-n]:has-text("已置顶")');
    await choose(one, '早上好', '设置话题');
    await one.fill('.sheet input', '周报');
    await one.press('.sheet input', 'Enter');
    await two.waitForSelector('[data-n] .chip:text-is("周报")');
    await choose(one, '早上好', '编辑');
    await one.fill('.edit textarea', '早上好，各位');
    await one.press('.edit textarea', 'Enter');
    await two.waitForSelector('[data-n]:has-text("早上好，各位"):has-text("已编辑")');
    await room.shot(two, 'channel');
    await choose(two, 'second', '删除…');
    await two.click('.sheet button:text-is("确认删除")');
    await one.waitForSelector('[data-n]:has-text("此消息已删除")');
  });

  await room.test('channel: unread is counted elsewhere, and read once it is seen', async () => {
    await two.click('nav a:has-text("任务看板")');
    await say(one, '请看一下');
    await two.waitForSelector(`nav a:has-text("${channel}") .count`);
    await two.click(`nav a:has-text("${channel}")`);
    await said(two, '请看一下');
    await two.waitForSelector(`nav a:has-text("${channel}") .count`, { state: 'detached' });
  });

  await room.test('channel: a long past is paged in while one scrolls, and nothing jumps', async () => {
    const post = await room.server.member(specialist, password);
    const id = Number(new URL(one.url()).hash.split('/')[2]);
    for (let i = 1; i <= 180; i++) await post('channel.post', `channel/${id}`, { text: `第 ${i} 条` });
    await said(one, '第 180 条');
    await one.reload();
    await said(one, '第 180 条');
    const timeline = '.timeline';
    for (let i = 0; i < 80 && !(await one.$('[data-n="1"]')); i++) {
      await one.$eval(timeline, (e) => (e.scrollTop -= 500));
      await one.waitForTimeout(60);
    }
    assert.ok(await one.$('[data-n="1"]'), 'the first message was reached');
    await one.click('.to-end');
    await one.waitForSelector('.to-end', { state: 'detached' });
    assert.ok(await one.$(`[data-n]:has-text("第 180 条")`));
  });

  await room.test('channel: one that does not exist says so', async () => {
    await two.goto(`${room.server.url}/#/channel/999999`);
    await two.waitForSelector('text=找不到此频道');
  });
}
