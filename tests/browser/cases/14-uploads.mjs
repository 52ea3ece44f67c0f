import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { day } from '../forms.mjs';
import { english, marketer, password } from '../people.mjs';

// An upload that a reload has broken off goes on where it was, once the same file is chosen again.
export default async function (room) {
  const page = await room.page();
  await room.logIn(page, marketer, password);
  const folder = mkdtempSync(join(tmpdir(), 'opsroom-uploads-'));
  const part = 512 * 1024;
  const cut = '[data-testid=cut-upload]';
  const at = (asked) => Number(new URL(asked.url()).searchParams.get('offset'));

  /** A file that nobody has sent before. */
  function write(name, bytes) {
    const line = `${name} ${Date.now()} ${Math.random()}\n`;
    const content = line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes);
    writeFileSync(join(folder, name), content);
    return { path: join(folder, name), sha256: createHash('sha256').update(content).digest('hex'), content };
  }
  /** Parts after so many are never answered, as on a line that has gone dead. */
  async function dead(after) {
    let parts = 0;
    await page.route('**/api/v1/attachments/*', (asked) => (parts++ < after ? asked.continue() : undefined));
  }
  async function open() {
    await page.goto(`${room.server.url}/#/requests`);
    await page.click('[data-testid=create]');
  }
  /** Reloads while it is under way, the first parts being there. */
  async function breakOff(file, parts) {
    await dead(parts);
    const last = page.waitForRequest((r) => r.method() === 'PUT' && at(r) === parts * part);
    await page.setInputFiles('input[type=file]', file.path);
    await last;
    await page.reload();
    await page.unroute('**/api/v1/attachments/*');  // not before: what is held back would go on its way
    await page.waitForSelector('input[type=file]', { state: 'attached' });
  }

  const long = write('plan.md', 4 * part + 1234);

  await room.test('upload: broken off by a reload, it is still named, with how much of it is there', async () => {
    await open();
    await breakOff(long, 2);
    await page.waitForSelector(`${cut}:has-text("plan.md"):has-text("1.0 MB of 2.0 MB")`);
    await page.locator(cut).scrollIntoViewIfNeeded();
    await room.shot(page, 'upload-cut');
    await page.setViewportSize({ width: 390, height: 844 });
    const [row, give] = await Promise.all([page.locator(cut).boundingBox(), page.locator(`${cut} button`).boundingBox()]);
    assert.ok(give.x + give.width > row.x + row.width - 12, 'giving it up stands at the end of its line on a phone, too');
    await page.locator(cut).scrollIntoViewIfNeeded();
    await room.shot(page, 'upload-cut-phone');
    await page.setViewportSize({ width: 1360, height: 820 });
    assert.equal(await page.$('form progress'), null);
  });

  await room.test('upload: another file of that name begins at its own beginning', async () => {
    const other = write('plan.md', part + 99);
    const begins = page.waitForRequest((r) => r.method() === 'PUT');
    await page.setInputFiles('input[type=file]', other.path);
    assert.equal(at(await begins), 0);
    await page.waitForSelector('form li:has-text("plan.md"):has-text("512 KB")');
    await page.waitForSelector(`${cut}:has-text("1.0 MB of 2.0 MB")`);
    await page.click('form li:has-text("512 KB") button');
  });

  await room.test('upload: the same file goes on from where it was, and is whole', async () => {
    writeFileSync(long.path, long.content);
    const offsets = [];
    page.on('request', (r) => r.method() === 'PUT' && offsets.push(at(r)));
    await page.route('**/api/v1/attachments/*', async (asked) => {
      await new Promise((go) => setTimeout(go, 500));  // so that it can be seen on its way
      await asked.continue();
    });
    await page.setInputFiles('input[type=file]', long.path);
    await page.waitForSelector('form li:has(progress):has-text("resuming from 1.0 MB")');
    await room.shot(page, 'upload-goes-on');
    await page.waitForSelector('form li:has-text("plan.md"):has-text("2.0 MB"):not(:has(progress)):not([data-testid])');
    await page.unroute('**/api/v1/attachments/*');
    assert.deepEqual(offsets, [2 * part, 3 * part, 4 * part]);
    assert.equal(await page.$(cut), null);
    await page.fill('[data-field="/form/title"] input', `附件 ${Date.now()}`);
    for (const name of ['background', 'objectives', 'main_content']) await page.fill(`[data-field="/form/${name}"] textarea`, name);
    await page.fill('[data-field="/form/required_by"] input', day(60));
    await page.click('[data-testid=keep]');
    const link = await page.waitForSelector('[data-testid=dossier] a[download="plan.md"]');
    assert.equal(await link.getAttribute('href'), `/api/v1/attachments/${long.sha256}`);
    const got = await page.evaluate(async (url) => (await fetch(url)).text(), await link.getAttribute('href'));
    assert.equal(createHash('sha256').update(got).digest('hex'), long.sha256);
  });

  await room.test('upload: looking elsewhere breaks it off as well; who gives it up hears of it no more', async () => {
    const second = write('notes.md', 3 * part);
    await open();
    await dead(1);
    const stuck = page.waitForRequest((r) => r.method() === 'PUT' && at(r) === part);
    await page.setInputFiles('input[type=file]', second.path);
    await stuck;
    await page.click('nav a[href="#/inbox"]');
    await page.waitForSelector('[data-testid=keys]');  // going back before it is there goes one page too far
    await page.goBack();
    await page.waitForSelector(`${cut}:has-text("notes.md"):has-text("512 KB")`);
    await page.click(`${cut} button`);
    await page.waitForSelector(cut, { state: 'detached' });
    await page.reload();
    await page.unroute('**/api/v1/attachments/*');
    await page.waitForSelector('input[type=file]', { state: 'attached' });
    assert.equal(await page.$(cut), null);
  });

  await room.test('upload: what one person has not finished is not shown to the next at the same browser, nor in another form', async () => {
    await breakOff(write('mine.md', 3 * part), 1);
    await page.waitForSelector(`${cut}:has-text("mine.md")`);
    await page.click('[data-testid=account]');
    await page.click('nav button:has-text("Log out")');
    await page.waitForSelector('[name=login]');
    await room.logIn(page, english, password);
    await open();
    await page.waitForSelector('input[type=file]', { state: 'attached' });
    assert.equal(await page.$(cut), null);
  });
}
