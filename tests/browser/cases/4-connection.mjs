import assert from 'node:assert/strict';

import { manager, password, specialist } from '../people.mjs';

export default async function (room) {
  const one = await room.page();
  const two = await room.page();
  await room.logIn(one, manager, password);
  await room.logIn(two, specialist, password);
  const post = await room.server.member(manager, password);
  const made = await post('channel.create', null, { name: `重连测试 ${Date.now()}`, visibility: 'everyone' });
  const id = Number(made.stream.split('/')[1]);
  await (await room.server.member(specialist, password))('channel.join', made.stream, {});
  for (const page of [one, two]) {
    await page.goto(`${room.server.url}/#/channel/${id}`);
    await page.waitForSelector('[data-testid=composer]');
  }
  const banner = '[data-testid=offline]';
  const count = (page, text) => page.$$eval('[data-n]', (all, t) => all.filter((m) => m.textContent.includes(t)).length, text);

  await room.test('connection: a banner says that it is lost', async () => {
    await post('channel.post', made.stream, { text: '断开之前' });
    await two.waitForSelector('[data-n]:has-text("断开之前")');
    await room.server.kill();
    await one.waitForSelector(banner);
    await two.waitForSelector(banner);
    await room.shot(two, 'offline');
  });

  await room.test('connection: what is written meanwhile waits, and is not lost', async () => {
    await one.fill('[data-testid=composer]', '断开期间写的');
    await one.press('[data-testid=composer]', 'Enter');
    await one.waitForSelector('[data-pending]:has-text("断开期间写的")');
    assert.equal(await count(one, '断开期间写的'), 0);
    await room.shot(one, 'offline-pending');
  });

  await room.test('connection: afterwards the banner goes, and what was missed is there, once', async () => {
    await room.server.start();
    await post('channel.post', made.stream, { text: '错过的消息' });
    for (const page of [one, two]) {
      await page.waitForSelector(banner, { state: 'detached', timeout: 40_000 });
      await page.waitForSelector('[data-n]:has-text("错过的消息")');
      await page.waitForSelector('[data-n]:has-text("断开期间写的")');
      assert.equal(await count(page, '错过的消息'), 1);
      assert.equal(await count(page, '断开期间写的'), 1);
      assert.equal(await count(page, '断开之前'), 1);
    }
    await one.waitForSelector('[data-pending]', { state: 'detached' });
    await room.shot(two, 'caught-up');
  });

  await room.test('connection: presence is known again', async () => {
    await one.waitForSelector(`[data-testid=present] [data-member="${specialist}"]`);
  });
}
