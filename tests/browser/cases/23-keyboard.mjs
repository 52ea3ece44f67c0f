import assert from 'node:assert/strict';

import { manager, password } from '../people.mjs';
import { underway } from '../underway.mjs';

// Without a mouse: past the navigation, to the heading of a new page, among the cards and rows; and an input method's own keys.
export default async function (room) {
  await underway(room);
  const page = await room.page();
  await room.logIn(page, manager, password);
  const at = (place) => page.goto(`${room.server.url}/#/${place}`);
  const focused = (attribute) => page.evaluate((name) => document.activeElement?.getAttribute(name), attribute);
  const isOn = (selector) => page.waitForFunction((s) => document.activeElement?.matches(s), selector);

  await room.test('keyboard: the first key of Tab leads past the navigation', async () => {
    await at('board');
    await page.reload();
    await page.waitForSelector('a[data-task]');
    await page.keyboard.press('Tab');
    await isOn('.skip');
    await page.keyboard.press('Enter');
    await isOn('main');
  });

  await room.test('keyboard: who comes to another page is at its heading', async () => {
    await page.click('nav a[href="#/strategies"]');
    await page.waitForSelector('a.cells');
    await isOn('main h1');
    await page.click('nav a[href="#/inbox"]');
    await isOn('main h1');
  });

  await room.test('keyboard: a column of the board is one stop, and arrows go through it and to the next', async () => {
    await at('board');
    await page.waitForSelector('a[data-task]');
    const stops = () => page.$$eval('a[data-task]', (all) => all.filter((a) => a.tabIndex === 0).length);
    await page.waitForFunction(() => document.querySelector('a[data-task][tabindex="-1"]'));
    const columns = await page.$$eval('.cards', (all) => all.map((c) => [...c.querySelectorAll('[data-task]')].map((a) => a.dataset.task)).filter((c) => c.length));
    assert.ok(columns.length > 1 && columns[0].length > 1);
    assert.equal(await stops(), columns.length);
    await page.focus('a[data-task]');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused('data-task'), columns[0][1]);
    await page.keyboard.press('Home');
    assert.equal(await focused('data-task'), columns[0][0]);
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused('data-task'), columns[1][0]);
    await page.keyboard.press('End');
    assert.equal(await focused('data-task'), columns[1].at(-1));
    assert.equal(await stops(), columns.length);
    await page.keyboard.press('Tab');
    assert.notEqual(await focused('data-task'), columns[1].at(-1));
    await page.keyboard.press('Shift+Tab');
    assert.equal(await focused('data-task'), columns[1].at(-1));
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=task-panel]');
  });

  await room.test('keyboard: a list is one stop, and arrows go through its rows', async () => {
    await at('strategies');
    await page.waitForFunction(() => document.querySelectorAll('a.cells').length > 1);
    const rows = await page.$$eval('a.cells', (all) => all.map((a) => a.getAttribute('href')));
    await page.focus('a.cells');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused('href'), rows[1]);
    assert.deepEqual(await page.$$eval('a.cells', (all) => all.filter((a) => a.tabIndex === 0).map((a) => a.getAttribute('href'))), [rows[1]]);
  });

  await room.test('keyboard: Enter that ends a composition sends nothing, saves nothing and searches for nothing', async () => {
    const { items } = await (await room.server.member(manager, password)).read('channels');
    await at(`channel/${items[0].id}`);
    await page.fill('main textarea', '还在选字');
    const before = await page.$$eval('[data-n]', (all) => all.length);
    await page.evaluate(() => {
      const enter = (more) => new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...more });
      for (const box of document.querySelectorAll('textarea')) {
        box.dispatchEvent(enter({ keyCode: 229 }));
        box.dispatchEvent(enter({ isComposing: true }));
      }
    });
    await page.waitForTimeout(500);
    assert.equal(await page.$$eval('[data-n]', (all) => all.length), before);
    assert.equal(await page.inputValue('main textarea'), '还在选字');
    await page.fill('main textarea', '');
  });
}
