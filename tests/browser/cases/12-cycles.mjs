import assert from 'node:assert/strict';

import { parties } from '../appraised.mjs';
import { day } from '../forms.mjs';
import { finance, leader, manager, password, specialist } from '../people.mjs';

// Appraisal cycles (S6.2): planned, put on other days, opened before their day; more time for one appraisal.
export default async function (room) {
  const who = await parties(room);
  const year = new Date().getFullYear() + 2;
  const hr = await room.page();
  const boss = await room.page();
  await room.logIn(hr, finance, password);
  await room.logIn(boss, manager, password);
  const status = (page, is) => page.waitForSelector(`[data-testid=status] [data-status=${is}]`);
  const field = (page, at, inside) => page.locator(`[data-field="${at}"] ${inside}`);
  const confirm = (page, command) => page.click(`[data-form="${command}"] [data-testid=confirm]`);
  const choose = (page, value) => page.click(`[data-field="/kind"] label:has(input[value=${value}])`);
  const read = (stream) => who.hr.read(stream.replace('/', 's/'));
  const shown = (page, label) => page.locator(`aside dl dt:has-text("${label}") + dd`).textContent();
  const inWords = (iso) => new RegExp(`${Number(iso.slice(5, 7))}月${Number(iso.slice(8))}日`);
  let cycle = '';
  let annual = '';

  await room.test('cycle: a quarter that is missing is said at its field, and so is a period that has one already', async () => {
    await hr.goto(`${room.server.url}/#/cycles`);
    await hr.click('[data-testid=create]');
    await choose(hr, 'quarter');
    await field(hr, '/year', 'input').fill(String(year));
    await confirm(hr, 'cycle.plan');
    await hr.waitForSelector('[data-field="/quarter"] .wrong:has-text("1 至 4")');
    await room.shot(hr, 'cycle-refused');
    await field(hr, '/quarter', 'input').fill('1');
    await confirm(hr, 'cycle.plan');
    await status(hr, 'planned');
    cycle = hr.url().match(/cycle\/\d+/)[0];
    await boss.goto(`${room.server.url}/#/cycles`);
    await boss.waitForSelector(`[data-row="${cycle}"]:has-text("${year} Q1")`);
    await boss.click('[data-testid=create]');
    await choose(boss, 'quarter');
    await field(boss, '/year', 'input').fill(String(year));
    await field(boss, '/quarter', 'input').fill('1');
    await confirm(boss, 'cycle.plan');
    await boss.waitForSelector('[data-form="cycle.plan"] .refusal:has-text("已有考核周期")');
    await boss.click('[data-form="cycle.plan"] .buttons button:has-text("取消")');
    await boss.click(`[data-row="${cycle}"]`);
    await status(boss, 'planned');
  });

  await room.test('cycle: put on other days in their order, with a reason, and whoever looks on sees them', async () => {
    await hr.click('[data-command="cycle.reschedule"]');
    const before = await field(hr, '/schedule/closes', 'input').inputValue();
    assert.equal(before, (await read(cycle)).schedule.closes);
    const put = async (days) => {
      for (const [name, n] of Object.entries(days)) await field(hr, `/schedule/${name}`, 'input').fill(day(n));
    };
    await put({ opens: 10, self_closes: 8, evaluation_closes: 30, calibrates: 30, closes: 40 });
    await field(hr, '/reason', 'textarea').fill('与年会错开');
    await confirm(hr, 'cycle.reschedule');
    await hr.waitForSelector('[data-field="/schedule"] .wrong:has-text("依次")');
    await room.shot(hr, 'cycle-reschedule-refused');
    await put({ self_closes: 20 });
    await confirm(hr, 'cycle.reschedule');
    await boss.waitForSelector('text=与年会错开');
    assert.equal((await read(cycle)).schedule.self_closes, day(20));
    assert.match(await shown(boss, '结束'), inWords(day(40)));
  });

  await room.test('cycle: opened before its day only with a reason; the appraisals appear by themselves', async () => {
    await hr.click('[data-command="cycle.open"]');
    await confirm(hr, 'cycle.open');
    await hr.waitForSelector('[data-field="/reason"] .wrong:has-text("原因")');  // the server's word, once it was sent
    await room.shot(hr, 'cycle-open-refused');
    await field(hr, '/reason', 'textarea').fill('提前试行');
    await confirm(hr, 'cycle.open');
    await status(boss, 'open');
    await boss.waitForSelector('section[aria-label="考核进度"] li:has-text("待自评")');
    await room.shot(boss, 'cycle-open');
  });

  await room.test('cycle: a step is put off while it runs; days that have passed stay', async () => {
    await boss.click('[data-command="cycle.reschedule"]');
    await field(boss, '/schedule/self_closes', 'input').fill(day(25));
    await field(boss, '/reason', 'textarea').fill('多人出差');
    await confirm(boss, 'cycle.reschedule');
    await hr.waitForSelector('text=多人出差');
    assert.equal((await read(cycle)).schedule.self_closes, day(25));
    assert.equal((await read(cycle)).schedule.opens, day(10));
  });

  await room.test('appraisal: more time for one, not into the past; its employee sees until when', async () => {
    const mine = await room.page();
    const top = await room.page();
    await room.logIn(mine, specialist, password);
    await room.logIn(top, leader, password);
    const { items } = await who.sp.read(`appraisals?cycle=${cycle.split('/')[1]}`);
    const own = `appraisal/${items.find((a) => a.employee === who.sp.id).id}`;
    for (const page of [mine, top]) await page.goto(`${room.server.url}/#/${own}`);
    await top.click('[data-command="appraisal.extend"]');
    await field(top, '/until', 'input').fill(day(-1));
    await field(top, '/reason', 'textarea').fill('长期出差');
    await confirm(top, 'appraisal.extend');
    await top.waitForSelector('[data-field="/until"] .wrong:has-text("不得早于今天")');
    await room.shot(top, 'extend-refused');
    await field(top, '/until', 'input').fill(day(35));
    await confirm(top, 'appraisal.extend');
    await mine.waitForSelector('aside dt:has-text("期限延至")');
    assert.match(await shown(mine, '期限延至'), inWords(day(35)));
    await mine.waitForSelector('text=长期出差');
  });

  await room.test('cycle: of a year, without a quarter, opened and closed step by step', async () => {
    await boss.goto(`${room.server.url}/#/cycles`);
    await boss.click('[data-testid=create]');
    await choose(boss, 'annual');
    await field(boss, '/year', 'input').fill(String(year));
    await field(boss, '/quarter', 'input').fill('2');
    await confirm(boss, 'cycle.plan');
    await boss.waitForSelector('[data-field="/quarter"] .wrong');
    await field(boss, '/quarter', 'input').fill('');
    await confirm(boss, 'cycle.plan');
    await status(boss, 'planned');
    annual = boss.url().match(/cycle\/\d+/)[0];
    await boss.waitForSelector(`h1:has-text("${year}")`);
    await hr.goto(`${room.server.url}/#/${annual}`);
    for (const [step, is] of [['open', 'open'], ['close_self', 'self_closed'], ['close_evaluation', 'evaluation_closed'], ['begin_calibration', 'calibration'], ['close', 'closed']]) {
      await boss.click(`[data-command="cycle.${step}"]`);
      await field(boss, '/reason', 'textarea').fill('试行');
      await confirm(boss, `cycle.${step}`);
      await status(hr, is);
    }
    await hr.waitForSelector('[data-testid=dossier] [data-command]', { state: 'detached' });
    await room.shot(boss, 'cycle-annual');
  });
}
