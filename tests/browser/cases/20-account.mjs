import assert from 'node:assert/strict';

import { administrator, password, standIn } from '../people.mjs';

// One's own account: password, logins, tokens; and the one-time link of who lost theirs.
export default async function (room) {
  const page = await room.page();
  await room.logIn(page, standIn, password);
  const other = await room.page();
  await room.logIn(other, standIn, password);
  const account = `${room.server.url}/#/account`;
  const next = `别的密码 ${Date.now()}`;
  /** That of the demo is refused, as anyone would guess it. */
  const last = `又一个密码 ${Date.now()}`;

  await room.test('account: it is a step away, and says where one is logged in', async () => {
    await page.click('[data-testid=account]');
    await page.click('[data-testid=to-account]');
    await page.waitForSelector('[data-testid=account-page]');
    await page.waitForSelector('[data-testid=sessions] li:has-text("这里")');
    assert.ok((await page.$$('[data-testid=sessions] li')).length >= 2);
    await room.shot(page, 'account');
  });

  await room.test('account: another login is ended there, and its page is out', async () => {
    await page.click('[data-testid=end-others]');
    await page.waitForFunction(() => document.querySelectorAll('[data-testid=sessions] li').length === 1);
    await other.waitForSelector('[name=login]');
  });

  await room.test('account: a token is minted with the password alone, shown this once, and ended', async () => {
    await page.fill('[data-testid=mint] [name=label]', '周报脚本');
    await page.fill('[data-testid=mint] [name=password]', 'not the password');
    await page.press('[data-testid=mint] [name=password]', 'Enter');
    await page.waitForSelector('[data-testid=account-page] .refusal');
    await page.fill('[data-testid=mint] [name=password]', password);
    await page.press('[data-testid=mint] [name=password]', 'Enter');
    const token = await page.textContent('[data-testid=minted] code');
    const me = await fetch(`${room.server.url}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(me.status, 200);
    await page.reload();
    await page.waitForSelector('[data-testid=tokens] li:has-text("周报脚本")');
    assert.equal(await page.$('[data-testid=minted]'), null);
    await page.click('[data-testid=tokens] li:has-text("周报脚本") button');
    await page.waitForSelector('[data-testid=tokens] li:has-text("周报脚本")', { state: 'detached' });
    const gone = await fetch(`${room.server.url}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(gone.status, 401);
  });

  await room.test('account: the password is changed with the one before, typed twice', async () => {
    const form = '[data-testid=change-password]';
    const change = async (current, first, second) => {
      await page.fill(`${form} [name=current]`, current);
      await page.fill(`${form} [name=next]`, first);
      await page.fill(`${form} [name=again]`, second);
      await page.click(`${form} .button.main`);
    };
    await change(password, next, `${next}!`);
    await page.waitForSelector(`${form} .wrong:has-text("不一样")`);
    await change('not the password', next, next);
    await page.waitForSelector(`${form} .refusal`);
    await change(password, '12345678', '12345678');
    await page.waitForSelector(`${form} .refusal`);
    await change(password, next, next);
    await page.waitForSelector(`${form} [role=status]:has-text("密码已修改")`);
    await other.goto(room.server.url);
    await room.logIn(other, standIn, next);
  });

  await room.test('account: with a one-time link a new one is chosen, once, and who it is is told', async () => {
    const boss = await room.page();
    await room.logIn(boss, administrator, password);
    const members = await boss.evaluate(async () => (await (await fetch('/api/v1/members?limit=200')).json()).items);
    const id = members.find((m) => m.login === standIn).id;
    const made = await boss.evaluate(
      async (i) => (await fetch(`/api/v1/members/${i}/password-link`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"reason":"手机丢了"}' })).json(),
      id,
    );
    await other.waitForSelector('[name=login]');  // every login of theirs is over
    const link = new URL(made.link);
    await other.goto(`${room.server.url}/${link.hash}`);
    await other.reload();
    await other.fill('[name=next]', password);
    await other.fill('[name=again]', password);
    await other.click('[data-testid=change-password] .button.main');
    await other.waitForSelector('[data-testid=change-password] .refusal:has-text("容易被猜到")');
    await other.fill('[name=next]', last);
    await other.fill('[name=again]', last);
    await other.click('[data-testid=change-password] .button.main');
    await other.click('[data-testid=to-login]');
    await room.logIn(other, standIn, last);
    await other.waitForSelector('[data-testid=resets]:has-text("手机丢了")');
    await room.shot(other, 'password-reset');
    await other.click('[data-testid=resets] button');
    await other.waitForSelector('[data-testid=resets]', { state: 'detached' });
    await other.reload();
    await other.waitForSelector('[data-testid=account]');
    assert.equal(await other.$('[data-testid=resets]'), null);
    await other.goto('about:blank');
    await other.goto(`${room.server.url}/${link.hash}`);
    await other.fill('[name=next]', 'once more, please');
    await other.fill('[name=again]', 'once more, please');
    await other.click('[data-testid=change-password] .button.main');
    await other.waitForSelector('[data-testid=change-password] .refusal');
    await boss.context().close();
  });

  await room.test('account: drafts are listed, opened and thrown away', async () => {
    const writer = await room.page();
    await room.logIn(writer, standIn, last);
    await writer.goto(`${room.server.url}/#/request/new`);
    await writer.fill('[data-field="/form/title"] input', '半份申请');
    await writer.waitForTimeout(450);
    await writer.goto(account);
    await writer.waitForSelector('[data-testid=drafts] li:has-text("半份申请")');
    await writer.click('[data-testid=drafts] li:has-text("半份申请") a');
    assert.equal(await writer.inputValue('[data-field="/form/title"] input'), '半份申请');
    await writer.goto(account);
    await writer.click('[data-testid=drafts] li:has-text("半份申请") button');
    await writer.waitForSelector('[data-testid=drafts] li:has-text("没有草稿")');
    await writer.goto(`${room.server.url}/#/request/new`);
    assert.equal(await writer.inputValue('[data-field="/form/title"] input'), '');
    await writer.context().close();
  });
}
