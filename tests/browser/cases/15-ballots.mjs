import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { day } from '../forms.mjs';
import { analyst, business, english, manager, password, specialist, standIn } from '../people.mjs';

// The count of an election, checked by the page itself from the sealed ballots on (D7).
export default async function (room) {
  const om = await room.server.member(manager, password);
  const voters = await Promise.all([specialist, standIn, english, analyst, business].map((who) => room.server.member(who, password)));
  const [chen, wang, emma, zhao, liu] = voters;
  const election = (await om('election.open', null, {
    title: `年度优秀员工 ${Date.now()}`, period: '2026', seats: 1, schedule: { nominations_close: day(1), voting_opens: day(1), voting_closes: day(2) },
  })).stream;
  await chen('election.nominate', election, { nominee: emma.id, reason: '双语落地页' });
  await emma('election.nominate', election, { nominee: wang.id, reason: '问题整理' });
  await liu('election.nominate', election, { nominee: zhao.id, reason: '数据准确' });
  await om('election.close_nominations', election, {});
  await om('election.open_voting', election, {});
  const page = await room.page();
  await room.logIn(page, specialist, password);
  await page.goto(`${room.server.url}/#/${election}`);
  await page.waitForSelector('[data-testid=status] [data-status=voting]');
  for (const [who, whom] of [[chen, emma], [wang, emma], [emma, zhao], [zhao, emma], [chen, zhao], [chen, emma]]) await who('election.vote', election, { nominee: whom.id });

  const outcome = (of, holds) => of.waitForSelector(`[data-testid=count-outcome][data-holds=${holds}]`);
  const ballots = `**/api/v1/${election.replace('/', 's/')}/ballots`;
  /** What the server says, with something changed on its way. */
  async function forged(change) {
    await page.route(ballots, async (asked) => {
      const answer = await asked.fetch();
      const body = await answer.json();
      change(body);
      await asked.fulfill({ response: answer, json: body });
    });
    await page.click('[data-testid=verify-count]');
    const words = await (await outcome(page, false)).textContent();
    await page.unroute(ballots);
    return words;
  }

  await room.test('count: there is nothing to verify before it is counted; then anyone may, and it holds', async () => {
    assert.equal(await page.$('[data-testid=count-check]'), null);
    await om('election.close_voting', election, {});
    await page.click('[data-testid=verify-count]');
    const words = await (await outcome(page, true)).textContent();
    assert.match(words, /共 4 张选票，无效 0 张/);
    assert.match(words, /您的选票在其中/);
    await page.waitForSelector('li:has-text("Emma Clarke"):has-text("3 票")');
    await page.locator('[data-testid=count-outcome]').scrollIntoViewIfNeeded();
    await room.shot(page, 'count-holds');
  });

  await room.test('count: whoever reads English reads in English what was checked; who has not voted is told of no ballot of theirs', async () => {
    const other = await room.page();
    await room.logIn(other, english, password);
    await other.goto(`${room.server.url}/#/${election}`);
    await other.click('[data-testid=verify-count]');
    const words = await (await outcome(other, true)).textContent();
    assert.match(words, /The count holds: 4 ballots, 0 of them invalid/);
    assert.match(words, /No single ballot had to be opened/);
    await other.locator('[data-testid=count-outcome]').scrollIntoViewIfNeeded();
    await room.shot(other, 'count-holds-english');
    await other.context().close();
    const boss = await room.page();
    await room.logIn(boss, manager, password);
    await boss.goto(`${room.server.url}/#/${election}`);
    await boss.click('[data-testid=verify-count]');
    assert.doesNotMatch(await (await outcome(boss, true)).textContent(), /您的选票/);
    await boss.context().close();
  });

  await room.test('count: a vote moved from one to another, a ballot changed, left out or doubled is found', async () => {
    assert.match(await forged(({ totals }) => ((totals[0].votes -= 1), (totals[1].votes += 1))), /Emma Clarke.*的票数与封存的选票不符/);
    await room.shot(page, 'count-forged');
    assert.match(await forged((c) => (c.ballots[0].ballot = c.ballots[1].ballot)), /无效票数与所列选票不符.*陈伟/s);
    assert.match(await forged((c) => c.ballots.shift()), /没有正确解封/);
    assert.match(await forged((c) => c.ballots.push(c.ballots[0])), /出现了两次/);
    await page.click('[data-testid=verify-count]');
    await outcome(page, true);
  });

  await room.test('count: totals on the page that are not those that were proved are found, too', async () => {
    const lied = await room.page();
    await lied.routeWebSocket('**/api/v1/live', (socket) => {
      const server = socket.connectToServer();
      server.onMessage((text) => socket.send(String(text).replace(/"totals":\[\{"nominee":(\d+),"votes":3\}/g, '"totals":[{"nominee":$1,"votes":2}')));
    });
    await lied.reload();  // the socket is another's from the next page on
    await room.logIn(lied, analyst, password);
    await lied.goto(`${room.server.url}/#/${election}`);
    await lied.waitForSelector('li:has-text("Emma Clarke"):has-text("2 票")');
    await lied.click('[data-testid=verify-count]');
    assert.match(await (await outcome(lied, false)).textContent(), /与本页所示的不一致/);
    await lied.context().close();
  });

  await room.test('count: where the browser gives no cryptography, the page says so and what to do instead', async () => {
    const plain = await room.page();
    await plain.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined }));
    await room.logIn(plain, analyst, password);
    await plain.goto(`${room.server.url}/#/${election}`);
    await plain.reload();
    await plain.waitForSelector('[data-testid=no-crypto]:has-text("HTTPS"):has-text("opsroom election verify")');
    assert.equal(await plain.$('[data-testid=verify-count]'), null);
    await plain.context().close();
  });

  await room.test('count: the command line comes to the same', async () => {
    const home = mkdtempSync(join(tmpdir(), 'opsroom-home-'));
    const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, OPSROOM_SERVER: `http://127.0.0.1:${room.server.port}`, OPSROOM_LANG: 'zh' };
    const run = (args, input = '') => execFileSync(join(dirname(room.server.binary), 'opsroom'), args, { env, input, encoding: 'utf8' });
    run(['login', '--login', specialist, '--password-stdin'], `${password}\n`);
    const told = JSON.parse(run(['election', 'verify', election.split('/')[1], '-o', 'json']));
    assert.deepEqual([told.ok, told.ballots, told.invalid], [true, 4, 0]);
    rmSync(home, { recursive: true });
  });
}
