import assert from 'node:assert/strict';

import { manager, password } from '../people.mjs';

export default async function (room) {
  const page = await room.page();

  await room.test('login: a wrong password is refused in the reader’s language', async () => {
    await page.fill('[name=login]', manager);
    await page.fill('[name=password]', 'wrong password');
    await page.press('[name=password]', 'Enter');
    const words = await page.textContent('[role=alert]');
    assert.match(words, /\p{Script=Han}/u);
    assert.equal(await page.inputValue('[name=login]'), manager);
    await room.shot(page, 'login-refused');
  });

  await room.test('login: the language can be chosen before', async () => {
    await page.click('button[lang=en]');
    assert.equal(await page.textContent('form .button.main'), 'Log in');
    assert.equal(await page.getAttribute('html', 'lang'), 'en-GB');
    await page.click('button[lang=zh-CN]');
  });

  await room.test('login: the member’s own language is spoken, and the board is there', async () => {
    await room.logIn(page, manager, password);
    await page.waitForSelector('[data-task]');
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    assert.equal(await page.textContent('h1'), '任务看板');
    await room.shot(page, 'board-zh');
  });

  await room.test('login: it holds over a reload', async () => {
    await page.reload();
    await page.waitForSelector('[data-task]');
  });

  await room.test('language: the switch changes the whole screen and is remembered by the server', async () => {
    await page.click('[data-testid=account]');
    await page.click('nav button[lang=en]');
    await page.waitForSelector('h1:text-is("Task board")');
    await room.shot(page, 'board-en');
    const other = await room.page();
    await room.logIn(other, manager, password);
    await other.waitForSelector('h1:text-is("Task board")');
    await page.click('nav button[lang=zh-CN]');
    await other.waitForSelector('h1:text-is("任务看板")');
    await other.context().close();
  });

  await room.test('theme: dark is dark', async () => {
    await page.selectOption('nav select', 'dark');
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.ok(ground.match(/\d+/g).slice(0, 3).every((c) => Number(c) < 60), ground);
    await page.keyboard.press('Escape');
    await room.shot(page, 'board-dark');
  });

  await room.test('logout: the page is closed to whoever comes next', async () => {
    await page.click('[data-testid=account]');
    await page.click('[data-testid=logout]');
    await page.waitForSelector('[name=password]');
    await page.reload();
    await page.waitForSelector('[name=password]');
  });
}
