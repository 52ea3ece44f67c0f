import assert from 'node:assert/strict';

import { day, f1, opinion } from '../forms.mjs';
import { business, manager, password, specialist } from '../people.mjs';

// A verdict is given by a fresh press on what was looked at, and can be taken back before it is sent.
export default async function (room) {
  const ask = await room.server.member(business, password);
  const assess = await room.server.member(specialist, password);
  const run = await room.server.member(manager, password);
  const stamp = Date.now();

  async function assessed(title) {
    const made = await ask('request.draft', null, { form: f1(title) });
    await ask('request.submit', made.stream, {});
    await run('request.convene', made.stream, { assessors: [assess.id], until: day(2) });
    await assess('request.assess', made.stream, { opinion });
    return made.stream;
  }
  const status = async (stream) => (await run.read(stream.replace('/', 's/'))).status;
  const until = async (stream, is) => {
    for (let n = 0; n < 150; n++) {
      if ((await status(stream)) === is) return;
      await new Promise((go) => setTimeout(go, 100));
    }
    throw new Error(`${stream} is ${await status(stream)} and not ${is}`);
  };
  const all = [];
  for (const n of [1, 2, 3]) all.push(await assessed(`不能连批 ${n} ${stamp}`));

  const page = await room.page();
  await room.logIn(page, manager, password);
  const entry = (stream) => `[data-entry="${stream}"]`;
  async function choose(stream, on = page) {
    await on.click(entry(stream));
    await on.waitForSelector(`${entry(stream)}[aria-current=true]`);
    await on.waitForSelector(`[data-of="${stream}"] [data-command="request.pass"]:not([aria-disabled=true])`);
  }
  const inbox = `${room.server.url}/#/inbox`;
  await page.goto(inbox);

  await room.test('verdict: a key that is held down decides on nothing after the first', async () => {
    await choose(all[0]);
    await page.keyboard.down('p');
    for (let n = 0; n < 75; n++) {
      await page.waitForTimeout(33);
      await page.keyboard.down('p');  // as auto-repeat does
    }
    await page.keyboard.up('p');
    assert.equal(await page.locator('[data-testid=held] [data-held]').count(), 1);
    await room.shot(page, 'verdict-held');
  });

  await room.test('verdict: nor do presses that come one after the other, and it is said why', async () => {
    await until(all[0], 'approved');
    await page.waitForSelector('[data-held]', { state: 'detached' });
    await page.waitForSelector(`[data-of="${all[1]}"] [data-command]`);
    // From within: a busy machine makes none of the pauses longer than they are meant to be.
    await page.evaluate(async () => {
      for (let n = 0; n < 40; n++) {
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true, cancelable: true }));
        await new Promise((go) => setTimeout(go, 60));
      }
    });
    // The first was fresh, on what had been there for long; those after it are none.
    assert.deepEqual(await page.$$eval('[data-testid=held] [data-held]', (held) => held.map((e) => e.dataset.held)), [all[1]]);
    await page.waitForSelector('[data-testid=inbox-detail] [role=status]:has-text("刚刚显示")');
    await page.keyboard.press('z');
    await page.waitForSelector('[data-held]', { state: 'detached' });
    for (const left of all.slice(1)) assert.equal(await status(left), 'in_assessment');
  });

  await room.test('verdict: it is taken back with Z, with Ctrl+Z and with the button, and was never sent', async () => {
    for (const back of [() => page.keyboard.press('z'), () => page.keyboard.press('Control+z'), () => page.click('[data-testid=held] [data-testid=undo]')]) {
      await choose(all[1]);
      await page.keyboard.press('p');
      await page.waitForSelector(`[data-held="${all[1]}"]`);
      await page.waitForSelector(`${entry(all[1])} [data-testid=held-mark]`);
      await back();
      await page.waitForSelector('[data-held]', { state: 'detached' });
    }
    await page.waitForTimeout(7_000);
    assert.equal(await status(all[1]), 'in_assessment');
  });

  await room.test('verdict: in a dossier it is held back as well, and nothing else can be done meanwhile', async () => {
    await page.goto(`${room.server.url}/#/${all[1]}`);
    await page.click('[data-command="request.return"]');
    await page.fill('[data-form="request.return"] textarea', '缺少预算');
    await page.click('[data-testid=confirm]');
    await page.waitForSelector(`aside [data-held="${all[1]}"]`);
    assert.equal(await page.$('aside [data-command]'), null);
    await page.click('aside [data-testid=undo]');
    await page.click('[data-command="request.return"]');
    assert.equal(await page.inputValue('[data-form="request.return"] textarea'), '缺少预算');  // what was written is still there
    await page.click('[data-testid=confirm]');
    await page.click('aside [data-testid=send-now]');
    await until(all[1], 'draft');
  });

  await room.test('verdict: who closes the page has decided, once', async () => {
    const other = await room.page();
    await room.logIn(other, manager, password);
    await other.goto(inbox);
    await choose(all[2], other);
    await other.keyboard.press('p');
    await other.waitForSelector(`[data-held="${all[2]}"]`);
    await other.reload();
    await until(all[2], 'approved');
    const history = (await run.read(all[2].replace('/', 's/'))).history.filter((e) => e.type.startsWith('request.passed'));
    assert.equal(history.length, 1);
    await other.waitForFunction(() => !Object.keys(localStorage).some((k) => k.startsWith('opsroom.held')), null, { timeout: 25_000 });
    assert.equal((await run.read(all[2].replace('/', 's/'))).history.filter((e) => e.type.startsWith('request.passed')).length, 1);
    await other.context().close();
  });

  await room.test('verdict: refused after it was held back, it says what and why', async () => {
    const stale = await assessed(`被改动 ${stamp}`);
    await page.goto(inbox);
    await choose(stale);
    await page.keyboard.press('p');
    await page.waitForSelector(`[data-held="${stale}"]`);
    await run('request.return', stale, { reason: '先退回' });
    await page.waitForSelector(`.notice:has-text("被改动 ${stamp}"):has-text("裁决没有生效")`, { timeout: 15_000 });
    assert.equal(await status(stale), 'draft');
  });

  await room.test('keys: single letters can be switched off, for good; arrows still work', async () => {
    const off = await assessed(`关闭单键 ${stamp}`);
    await page.keyboard.press('?');
    await page.uncheck('dialog [name=single-keys]');
    await page.keyboard.press('Escape');
    await page.reload();
    await choose(off);
    assert.equal(await page.$('[data-testid=inbox-detail] [data-command] kbd'), null);
    for (const key of ['p', 'r', '1', 'z', '?', 'j']) await page.keyboard.press(key);
    await page.waitForTimeout(300);
    assert.deepEqual([await page.$('[data-held]'), await page.$('[data-form]'), await page.$('dialog[open]')], [null, null, null]);
    assert.equal(await page.getAttribute(entry(off), 'aria-current'), 'true');
    const many = (await page.$$('[data-entry]')).length;
    if (many > 1) {
      await page.focus(entry(off));
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      assert.equal(await page.getAttribute(entry(off), 'aria-current'), null);
    }
  });
}
