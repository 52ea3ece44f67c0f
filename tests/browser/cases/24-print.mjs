import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { extractText, getDocumentProxy } from 'unpdf';

import { day } from '../forms.mjs';
import { english, manager, password, specialist } from '../people.mjs';
import { underway } from '../underway.mjs';

// On paper there is all of it, on as many pages as it takes, and nothing that is there to be pressed.
export default async function (room) {
  const { strategy, analysis, proposal } = await underway(room);
  const [om, sp] = await Promise.all([manager, specialist].map((who) => room.server.member(who, password)));
  const lines = Array.from({ length: 120 }, (_, i) => `Line ${i + 1} of what is said.`).join('\n');
  const { stream: written } = await sp('proposal.file', null, {
    form: { title: 'Three reports become one', kind: 'process', situation: lines, idea: 'One', benefit: 'Half an hour a day', with: [], extras: { form: 1, fields: [], attachments: [] } },
  });
  const page = await room.page({ colorScheme: 'dark' });
  await room.logIn(page, english, password);

  async function printed(place, ready) {
    await page.goto(`${room.server.url}/#/${place}`);
    await page.waitForSelector(ready);
    await page.waitForTimeout(400);
    const file = await page.pdf({ format: 'A4', printBackground: true });
    writeFileSync(join(room.out, `print-${place.replace('/', '-')}.pdf`), file);
    const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: true });
    return { pages: totalPages, text: text.replace(/\s+/g, '') };
  }

  /** What stands outside the paper's width, or is cut off at an edge of its own. */
  async function clipped() {
    await page.setViewportSize({ width: 700, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    const found = await page.evaluate(() => {
      const faults = [];
      for (const e of document.querySelectorAll('main *')) {
        if (!e.checkVisibility() || e.closest('.hidden, svg')) continue;
        const { right, width } = e.getBoundingClientRect();
        const cut = getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1;
        if (width && (right > innerWidth + 1 || cut)) faults.push(e.outerHTML.slice(0, 120));
      }
      return faults.slice(0, 5);
    });
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1360, height: 820 });
    return found;
  }

  await room.test('print: a dossier from its beginning to its end', async () => {
    for (const place of [strategy, analysis, proposal, written]) {
      const { text } = await printed(place, '[data-testid=status]');
      const words = await page.$$eval('main :is(h1, dt, .content h2, .content h3), main ol p b', (all) => all.map((e) => e.textContent.replace(/\s+/g, '')));
      // The machine may have no letters for Chinese.
      for (const word of words) if (/^[\x20-\x7e]+$/.test(word)) assert.ok(text.includes(word), `${word} of ${place}`);
      assert.ok(!text.includes('Taskboard') && !text.includes('Viewpastversions'), `${place}: what is there to be pressed is left out`);
      assert.deepEqual(await clipped(), [], place);
    }
    const { pages, text } = await printed(written, '[data-testid=status]');
    assert.ok(pages > 1);
    for (const n of [1, 60, 120]) assert.ok(text.includes(`Line${n}ofwhatissaid.`), `line ${n}`);
  });

  await room.test('print: a list with all its rows', async () => {
    for (let n = 1; n <= 30; n++) await sp('proposal.file', null, { form: { title: `Idea ${n} of thirty`, kind: 'process', situation: 'So', idea: 'Else', benefit: 'More', with: [], extras: { form: 1, fields: [], attachments: [] } } });
    const { text } = await printed('proposals', 'a.cells');
    for (let n = 1; n <= 30; n++) assert.ok(text.includes(`Idea${n}ofthirty`), `row ${n}`);
    assert.ok(!text.includes('Taskboard'));
    assert.deepEqual(await clipped(), []);
  });

  await room.test('print: the board with every card of every column', async () => {
    for (let n = 1; n <= 60; n++) await om('task.assign', null, { title: `Card ${n} of sixty`, standard: 'On paper', due: day(5), to: sp.id });
    await page.goto(`${room.server.url}/#/board`);
    await page.waitForFunction(() => document.querySelector('h2 span')?.textContent && [...document.querySelectorAll('h2 span')].some((e) => Number(e.textContent) >= 60));
    const { pages, text } = await printed('board', 'a[data-task]');
    for (let n = 1; n <= 60; n++) assert.ok(text.includes(`Card${n}ofsixty`), `card ${n}`);
    assert.ok(pages > 1);
    assert.deepEqual(await clipped(), []);
  });
}
