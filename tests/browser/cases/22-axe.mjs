import assert from 'node:assert/strict';

import axe from 'axe-core';

import { english, manager, password } from '../people.mjs';
import { placesOf } from '../places.mjs';
import { underway } from '../underway.mjs';

/** What axe has to find fault with on a page, by rule, with the first elements of each. */
async function faults(page, rules) {
  const found = await page.evaluate(async (only) => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'], ...(only ? { runOnly: { type: 'rule', values: only } } : { rules: { 'label-content-name-mismatch': { enabled: true } } }) });
    return violations.map((v) => `${v.id} (${v.impact}, ${v.nodes.length}): ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.html.slice(0, 160)} ${n.any[0]?.message ?? ''}`).join(' | ')}`);
  }, rules);
  return found;
}

// Every page as the manager sees it, and as somebody of another department, in both languages, light and dark: axe finds nothing.
export default async function (room) {
  await underway(room);
  const people = [[manager, 'zh'], [english, 'en']];
  for (const [who, language] of people) {
    await room.test(`axe: no finding on any page as ${who} sees it (${language})`, async () => {
      const read = (await room.server.member(who, password)).read;
      const page = await room.page({ colorScheme: 'light' });
      await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
      await room.logIn(page, who, password);
      await page.evaluate(axe.source);
      assert.equal((await page.getAttribute('html', 'lang')).slice(0, 2), language);
      const all = [];
      // What is only there while something is still being read or faded in is gone when it is looked at again.
      const look = async (place, rules) => {
        if (!(await faults(page, rules)).length) return;
        await page.waitForTimeout(1500);
        all.push(...(await faults(page, rules)).map((f) => `${place}: ${f}`));
      };
      for (const place of await placesOf(read)) {
        await page.goto(`${room.server.url}/#/${place}`);
        await page.waitForTimeout(400);
        await look(place);
        await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
        await page.waitForSelector('html[data-theme=dark]');
        await look(`${place} (dark)`, ['color-contrast']);
        await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
        await page.waitForSelector('html[data-theme=light]');
      }
      await page.click('[data-testid=account]');
      await look('the menu of the account');
      assert.ok(!all.length, all.join('\n'));
    });
  }

  await room.test('axe: no finding on the page to log in', async () => {
    const page = await room.page();
    await page.waitForSelector('[name=login]');
    await page.evaluate(axe.source);
    assert.equal((await faults(page)).join('\n'), '');
  });
}
