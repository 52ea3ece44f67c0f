import assert from 'node:assert/strict';

import { english, leader, manager, password } from '../people.mjs';
import { underway } from '../underway.mjs';

// What holds of every place of the page, with all that the cases before have left behind.
export default async function (room) {
  await underway(room);
  const read = (await room.server.member(manager, password)).read;
  const lists = { analysis: 'analyses', strategy: 'strategies' };
  const newest = async (kind) => {
    const { items } = await read(`${lists[kind] ?? `${kind}s`}?sort=-id&limit=1`);
    return items.length ? [`${kind}/${items[0].id}`] : [];
  };
  const kinds = ['request', 'project', 'appraisal', 'cycle', 'incentive', 'election', 'analysis', 'strategy', 'proposal'];
  const dossiers = (await Promise.all(kinds.map(newest))).flat();
  const { items: channels } = await read('channels');
  const places = [
    'board', 'task/1', 'inbox', 'channels', `channel/${channels[0].id}`, 'requests', 'request/new', 'projects', 'waiting', 'search', 'flow/project', 'appraisals',
    'cycles', 'incentives', 'elections', 'indicators', 'strategies', 'analyses',
    'proposals', 'strategy/new', 'analysis/new', 'proposal/new', 'flow/strategy', 'flow/analysis',
    'flow/proposal', ...dossiers,
  ];

  for (const [who, theme] of [[english, 'light'], [leader, 'dark']]) {
    await room.test(`screen: nothing is cut off at 360 pixels (${theme})`, async () => {
      const phone = await room.page({ viewport: { width: 360, height: 720 }, hasTouch: true, isMobile: true, colorScheme: theme });
      await room.logIn(phone, who, password);
      for (const place of places) {
        await phone.goto(`${room.server.url}/#/${place}`);
        await phone.waitForTimeout(350);
        assert.ok((await phone.evaluate(() => document.documentElement.scrollWidth)) <= 360, place);
        const wide = await phone.evaluate(() =>
          [...document.querySelectorAll('main .scroll')].filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'auto' && !e.querySelector(':scope > svg, :scope > table')).length,
        );
        assert.equal(wide, 0, `${place} scrolls sideways`);
        await room.shot(phone, `phone-${theme}-${place.replace('/', '-')}`);
      }
    });
  }

  await room.test('screen: every control has a name', async () => {
    const page = await room.page();
    await room.logIn(page, manager, password);
    for (const place of places) {
      await page.goto(`${room.server.url}/#/${place}`);
      await page.waitForTimeout(250);
      const nameless = await page.evaluate(() => {
        const named = (e) => e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.[0]?.textContent.trim();
        return [...document.querySelectorAll('button, a, input, select, textarea')].filter((e) => e.checkVisibility() && !named(e)).map((e) => e.outerHTML.slice(0, 120));
      });
      assert.deepEqual(nameless, [], place);
      await room.shot(page, `desktop-${place.replace('/', '-')}`);
    }
  });

  await room.test('page: nothing broke, and the content policy had nothing to stop', () => {
    assert.deepEqual(room.complaints, []);
  });
}
