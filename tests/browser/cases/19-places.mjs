import assert from 'node:assert/strict';

import { day } from '../forms.mjs';
import { analyst, business, finance, leader, manager, password, specialist } from '../people.mjs';

// Addresses: of a message, of a day, of a list as it was; where one begins; and what is looked for.
export default async function (room) {
  const doer = await room.server.member(specialist, password);
  const stamp = Date.now();
  const made = await doer('channel.create', null, { name: `定位 ${stamp}`, visibility: 'everyone' });
  for (let n = 1; n <= 320; n++) await doer('channel.post', made.stream, { text: n === 40 ? `要找的话 ${stamp}` : `第 ${n} 句` });
  const page = await room.page();
  await room.logIn(page, specialist, password);
  const channel = `${room.server.url}/#/${made.stream}`;
  const inSight = (n) =>
    page.waitForFunction((i) => {
      const e = document.querySelector(`[data-n="${i}"]`)?.getBoundingClientRect();
      return e && e.top >= 0 && e.bottom <= innerHeight;
    }, n);

  await room.test('message: its address shows it among those around it, marked, with the focus on it', async () => {
    await page.goto(`${channel}/message/40`);
    await page.waitForSelector(`[data-n="40"].marked:has-text("要找的话")`);
    await inSight(40);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.n), '40');
    for (const n of [35, 45]) assert.ok(await page.$(`[data-n="${n}"]`), `${n} is around it`);
    assert.equal(await page.$('[data-n="320"]'), null);
    await room.shot(page, 'message-found');
  });

  await room.test('message: from there one scrolls to either end, and nothing is missing', async () => {
    for (let i = 0; i < 120 && !(await page.$('[data-n="320"]')); i++) {
      await page.$eval('.timeline', (e) => (e.scrollTop += 600));
      await page.waitForTimeout(50);
    }
    await page.waitForSelector('[data-n="320"]');
    const shown = await page.$$eval('[data-n]', (all) => all.map((e) => Number(e.dataset.n)));
    assert.deepEqual(shown, Array.from({ length: shown.length }, (_, i) => shown[0] + i));
    await page.goto(`${channel}/message/12`);
    await inSight(12);
    for (let i = 0; i < 60 && !(await page.$('[data-n="1"]')); i++) {
      await page.$eval('.timeline', (e) => (e.scrollTop -= 600));
      await page.waitForTimeout(50);
    }
    assert.ok(await page.$('[data-n="1"]'));
    await page.click('.to-end');
    await page.waitForSelector('[data-n="320"]');
  });

  await room.test('message: the link is copied, works when the page is opened with it, and one that is not there says so', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: room.server.url });
    await page.hover('[data-n="318"]');
    await page.click('[data-n="318"] .tools button');
    await page.click('[data-testid=copy-link]');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(link, `${channel}/message/318`);
    await page.goto('about:blank');
    await page.goto(link);
    await page.waitForSelector('[data-n="318"].marked');
    await page.goto(`${channel}/message/99999`);
    await page.waitForSelector('[data-testid=missed]');
    await page.waitForSelector('[data-n="320"]');
  });

  await room.test('message: what search finds is opened where it stands', async () => {
    await page.goto(`${room.server.url}/#/search?q=${encodeURIComponent(`要找的话 ${stamp}`)}`);
    for (let n = 0; n < 20 && !(await page.$('[data-found^="message/"]')); n++) {
      await page.waitForTimeout(300);
      if (n) await page.reload();
    }
    await page.waitForSelector('[data-found^="message/"] time');
    await page.click('[data-found^="message/"]');
    await page.waitForSelector('[data-n="40"].marked');
    await inSight(40);
  });

  await room.test('day: a channel is opened at one', async () => {
    await page.goto(channel);
    await page.waitForSelector('[data-n="320"]');
    await page.fill('[data-testid=to-day]', day(0));
    await page.waitForURL(/\/day\//);
    await page.waitForSelector('[data-n="1"].marked');
    await inSight(1);
    await room.shot(page, 'channel-day');
  });

  await room.test('search: what is typed is kept, and nothing is asked while characters are chosen', async () => {
    const asked = [];
    page.on('request', (r) => r.url().includes('/api/v1/projects?') && asked.push(new URL(r.url()).searchParams.get('q')));
    await page.goto(`${room.server.url}/#/projects`);
    const box = page.locator('main input[type=search]');
    await box.pressSequentially('渠道 ', { delay: 30 });
    await page.waitForTimeout(600);
    assert.equal(await box.inputValue(), '渠道 ');
    await box.pressSequentially('x', { delay: 30 });
    await page.waitForTimeout(600);
    assert.equal(await box.inputValue(), '渠道 x');
    asked.length = 0;
    const ime = await page.context().newCDPSession(page);
    await box.fill('');
    await page.waitForTimeout(400);
    asked.length = 0;
    for (const text of ['q', 'qu', 'qud', 'qudao']) {
      await ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
      await page.waitForTimeout(300);
    }
    assert.deepEqual(asked.filter((q) => q), []);
    await ime.send('Input.insertText', { text: '渠道' });
    await page.waitForFunction(() => location.hash.includes('q='));
    assert.equal(await box.inputValue(), '渠道');
    await page.waitForTimeout(400);
    assert.ok(asked.filter((q) => q).every((q) => q === '渠道'), String(asked));
  });

  await room.test('search: the board’s box keeps blanks, too', async () => {
    await page.goto(`${room.server.url}/#/board`);
    const box = page.locator('main input[type=search]');
    await box.pressSequentially('周 报', { delay: 20 });
    await page.waitForTimeout(200);
    assert.equal(await box.inputValue(), '周 报');
  });

  await room.test('as of: lists and the board show how it was, say so, and offer nothing to do', async () => {
    const yesterday = day(-1);
    for (const list of ['requests', 'projects', 'appraisals', 'cycles', 'incentives', 'elections', 'analyses', 'strategies', 'proposals', 'waiting', 'indicators', 'board']) {
      await page.goto(`${room.server.url}/#/${list}?as_of=${yesterday}`);
      await page.waitForSelector('[data-testid=past] p:has-text("只能查看")');
      assert.equal(await page.$('main .button.main:not([data-testid=to-now])'), null, list);
    }
    await room.shot(page, 'board-past');
    await page.click('[data-testid=to-now]');
    await page.waitForSelector('[data-testid=past]', { state: 'detached' });
    assert.doesNotMatch(page.url(), /as_of/);
    await page.goto(`${room.server.url}/#/projects?as_of=${yesterday}`);
    await page.waitForSelector('[data-testid=past]');
    await page.goto(`${room.server.url}/#/search?as_of=${yesterday}`);
    await page.waitForSelector('[data-testid=past] p:has-text("没有历史")');
  });

  await room.test('as of: what has been made since is not on the past board, what is asked for by day is its end', async () => {
    const boss = await room.server.member(manager, password);
    const before = (await boss.read('tasks?limit=1')).position;
    const task = await boss('task.assign', null, { title: `后来 ${stamp}`, standard: '完整', due: day(1), to: doer.id });
    const number = task.stream.split('/')[1];
    await page.goto(`${room.server.url}/#/board?as_of=${before}`);
    await page.waitForSelector('[data-testid=past] p:has-text("只能查看")');
    await page.waitForSelector('[data-task]');
    assert.equal(await page.$(`[data-task="${number}"]`), null);
    await page.goto(`${room.server.url}/#/board?as_of=${day(0)}`);
    await page.waitForSelector(`[data-task="${number}"]`);
  });

  await room.test('home: who does no tasks begins at what waits for them', async () => {
    for (const [login, heading] of [[leader, '待我处理'], [business, '待我处理'], [finance, '待我处理'], [analyst, '任务看板'], [manager, '任务看板']]) {
      const own = await room.page();
      await room.logIn(own, login, password);
      await own.waitForSelector(`h1:text-is("${heading}")`);
      await own.context().close();
    }
  });

  await room.test('home: an address of nothing leads there, one of a list or a document to it, also where the page is only just opened', async () => {
    const own = await room.page();
    await room.logIn(own, manager, password);
    for (const [place, heading] of [['nowhere', '任务看板'], ['nothing/3', '任务看板'], ['proposals', '优化建议'], ['proposal/new', '提出建议']]) {
      await own.goto(`${room.server.url}/?opened=${place}#/${place}`);
      await own.waitForSelector(`h1:text-is("${heading}")`);
    }
    await own.context().close();
  });

  await room.test('inbox: the number beside it and on its page are one', async () => {
    const boss = await room.page();
    await room.logIn(boss, manager, password);
    await boss.goto(`${room.server.url}/#/inbox`);
    await boss.waitForSelector('[data-entry]');
    await boss.waitForTimeout(500);
    const badge = Number(await boss.textContent('nav [href="#/inbox"] .count'));
    const said = Number(/\d+/.exec(await boss.textContent('main header p'))[0]);
    assert.equal(badge, said);
    assert.equal(Number(/\((\d+)\)/.exec(await boss.title())[1]), badge);
    await boss.context().close();
  });
}
