import assert from 'node:assert/strict';

import { day } from '../forms.mjs';
import { administrator, leader, password } from '../people.mjs';

// A company is started from the page: a department, a role, a person with a link to choose a password by; a form with a field of
// each type, and what is filled into it.
export default async function (room) {
  const boss = await room.page();
  await room.logIn(boss, administrator, password);
  const at = (page, where) => page.goto(`${room.server.url}/#/${where}`);
  const dialog = (page, command) => page.locator(`dialog [data-form="${command}"]`);
  const own = `一个自己的密码 ${Date.now()}`;
  let person = 0;

  await room.test('administration: it is one place in the navigation, shown to who may', async () => {
    await boss.click('nav a[href="#/people"]');
    await boss.waitForSelector('[data-testid=people-page]');
    await boss.click('[data-testid=people-page] nav a[href="#/organisation"]');
    await boss.waitForSelector('[data-testid=organisation-page]');
  });

  await room.test('administration: a department below another, and a role, are defined', async () => {
    await boss.click('[data-department=operations] button:has-text("Add one below")');
    const form = dialog(boss, 'org.define_department');
    await form.locator('[data-field="/department"] input').fill('quality');
    await form.locator('[data-field="/name"] [data-field="/name/zh"] input').fill('质量部');
    await form.locator('[data-field="/name/en"] input').fill('Quality');
    assert.equal(await form.locator('[data-field="/parent"] select').inputValue(), 'operations');
    await form.locator('[data-testid=confirm]').click();
    await boss.waitForSelector('[data-department=quality]:has-text("Quality")');
    await boss.click('[data-testid=roles] ~ [data-command="org.define_role"]');
    const role = dialog(boss, 'org.define_role');
    await role.locator('[data-field="/role"] input').fill('QA');
    await role.locator('[data-field="/name/zh"] input').fill('质检专员');
    await role.locator('[data-field="/name/en"] input').fill('Quality assurance');
    await role.locator('[data-testid=confirm]').click();
    await boss.waitForSelector('[data-role=QA]:has-text("Quality assurance")');
    assert.ok(await boss.$('[data-role=OM]'), 'those of the handbook are there still');
    await room.shot(boss, 'organisation');
  });

  await room.test('administration: somebody is invited, and chooses a password by the link', async () => {
    await at(boss, 'people');
    await boss.click('[data-testid=people-page] [data-command="member.join"]');
    const form = dialog(boss, 'member.join');
    await form.locator('[data-field="/name"] input').fill('何静 He Jing');
    await form.locator('[data-field="/login"] input').fill('he.jing');
    await form.locator('[data-field="/department"] select').selectOption('quality');
    await form.locator('[data-field="/roles"] label:has-text("Quality assurance")').click();
    await form.locator('[data-field="/language"] label:has-text("Chinese")').click();
    await form.locator('[data-testid=confirm]').click();
    await boss.fill('dialog [name=reason]', '新同事');
    await boss.press('dialog [name=reason]', 'Enter');
    const link = new URL(await boss.textContent('[data-testid=link] code'));
    await boss.keyboard.press('Escape');
    const row = await boss.waitForSelector('[data-member-row]:has-text("he.jing")');
    person = Number(await row.getAttribute('data-member-row'));
    const one = await room.page();
    await one.goto(`${room.server.url}/${link.hash}`);
    await one.reload();
    await one.fill('[name=next]', own);
    await one.fill('[name=again]', own);
    await one.click('[data-testid=change-password] .button.main');
    await one.click('[data-testid=to-login]');
    await room.logIn(one, 'he.jing', own);
    assert.equal(await one.$('nav a[href="#/people"]'), null);
    await one.context().close();
  });

  await room.test('administration: a person has a page; what gives power waits for a second one', async () => {
    await at(boss, `people/${person}`);
    await boss.click('[data-testid=person-page] [data-command="member.rename"]');
    const name = dialog(boss, 'member.rename');
    assert.equal(await name.locator('input').inputValue(), '何静 He Jing');
    await name.locator('input').fill('何静静 He Jingjing');
    await name.locator('[data-testid=confirm]').click();
    await boss.waitForSelector('[data-testid=person-page] h1:has-text("何静静")');
    await boss.click('[data-testid=person-page] [data-command="member.set_superior"]');
    const superior = dialog(boss, 'member.set_superior');
    await superior.locator('select').selectOption({ label: await superior.locator('option:has-text("Sun Yue")').first().textContent() });
    await superior.locator('[data-testid=confirm]').click();
    await boss.waitForSelector('[data-testid=proposed]:has-text("Sun Yue")');
    await room.shot(boss, 'person');
  });

  const chief = await room.page();
  await room.logIn(chief, leader, password);

  await room.test('administration: the settings are filled in as they are', async () => {
    await at(chief, 'organisation');
    await chief.click('[data-command="org.configure"]');
    const form = dialog(chief, 'org.configure');
    assert.equal(await form.locator('[data-field="/settings/appeal_days"] input').inputValue(), '5');
    await form.locator('[data-field="/settings/remind_days"] input').fill('2');
    await form.locator('[data-field="/reason"] textarea').fill('提醒要早一天');
    await form.locator('[data-testid=confirm]').click();
    await form.waitFor({ state: 'detached' });
    await chief.waitForFunction(async () => (await (await fetch('/api/v1/org')).json()).settings.remind_days === 2);
  });

  await room.test('administration: a form gets a field of each type, and a request is filed with them', async () => {
    await at(chief, 'definitions');
    await chief.click('[data-form-row=F1] [data-command="definitions.amend_form"]');
    const form = dialog(chief, 'definitions.amend_form');
    const types = ['prose', 'line', 'lines', 'number', 'percent', 'money', 'day', 'yes_no', 'choice', 'person', 'people', 'department', 'role', 'reference'];
    for (const [i, type] of types.entries()) {
      const field = (inside) => form.locator(`[data-field="/fields/${i}/${inside}"]`);
      await form.locator('[data-field="/fields"] > button').click();
      await field('name').locator('input').fill(`f_${type}`);
      await field('label/zh').locator('input').fill(`字段 ${type}`);
      await field('label/en').locator('input').fill(`Field ${type}`);
      await field('is').locator('select').selectOption(type);
      await field('required').locator('label:has-text("否")').click();
      assert.equal(await field('options').count(), type === 'choice' ? 1 : 0);
      if (type === 'choice') {
        await field('options').locator('> button').click();
        await field('options/0/name').locator('input').fill('red');
        await field('options/0/label/zh').locator('input').fill('红');
        await field('options/0/label/en').locator('input').fill('Red');
      }
      if (type === 'number') {
        await field('least').locator('input').fill('2');
        await field('most').locator('input').fill('9');
        await field('unit/zh').locator('input').fill('天');
        await field('unit/en').locator('input').fill('days');
      }
    }
    await form.locator('> .fields > [data-field="/reason"] textarea').fill('法务要求');
    await form.locator('> .fields > [data-field="/effect"] textarea').fill('少问一次');
    await room.shot(chief, 'amend-form');
    await form.locator('[data-testid=confirm]').click();
    await chief.waitForSelector('[data-form-row=F1]:has-text("字段 reference")');
    await room.shot(chief, 'definitions');

    await chief.goto(`${room.server.url}/#/request/new`);
    const at1 = (field, inside) => chief.locator(`[data-field="/form/${field}"] ${inside}`);
    await at1('title', 'input').fill('带附加字段的申请');
    for (const name of ['background', 'objectives', 'main_content']) await at1(name, 'textarea').fill(`${name} 的内容`);
    await at1('required_by', 'input').fill(day(60));
    await chief.check('[name=checked]');
    await at1('compliance/findings', 'textarea').fill('合规');
    const extra = (type, inside) => at1(`extras/f_${type}`, inside);
    await extra('prose', 'textarea').fill('一段话');
    await extra('line', 'input').fill('一行');
    await extra('lines', 'textarea').fill('甲\n乙');
    await extra('number', 'input').fill('3');
    await extra('percent', 'input').fill('40');
    await extra('money', 'input').fill('1,200');
    await extra('day', 'input').fill('2027-01-05');
    await extra('yes_no', 'label:has-text("是")').click();
    await extra('choice', 'label:has-text("红")').click();
    await extra('person', 'select').selectOption(String(person));
    await extra('people', 'select').selectOption(String(person));
    await extra('department', 'select').selectOption('quality');
    await extra('role', 'select').selectOption('QA');
    await extra('reference', 'input').fill('task/1');
    await room.shot(chief, 'added-fields');
    await chief.click('[data-testid=confirm]');
    await chief.waitForFunction(
      (all) => all.every((one) => document.querySelector('main').innerText.includes(one)),
      ['一段话', '1,200', '3 天', '40%', '红', '质量部', '质检专员', '何静静'],
    );
    await room.shot(chief, 'added-shown');
    const id = Number((await chief.evaluate(() => location.hash)).split('/')[2]);
    const stored = await chief.evaluate(async (n) => (await (await fetch(`/api/v1/requests/${n}`)).json()).forms, id);
    const texts = Object.fromEntries(JSON.stringify(stored).match(/\{"name":"f_[^}]*\}/g).map((one) => Object.values(JSON.parse(one))));
    assert.deepEqual(texts, {
      f_prose: '一段话', f_line: '一行', f_lines: '甲\n乙', f_number: '3', f_percent: '40', f_money: '1200.00', f_day: '2027-01-05', f_yes_no: 'true', f_choice: 'red', f_person: String(person),
      f_people: String(person), f_department: 'quality', f_role: 'QA', f_reference: 'task/1',
    });
    await chief.context().close();
  });

  await room.test('administration: a year is read from the official notice', async () => {
    await at(boss, 'calendar?year=2027');
    await boss.fill('[name=notice]', '一、元旦：1月1日（周五）至3日（周日）放假，共3天。1月4日（周一）放假。\n二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）上班。\n三、清明节：4月5日放假。\n四、劳动节：5月1日至2日放假。\n五、端午节：6月9日放假。\n六、中秋节：9月15日放假。\n七、国庆节：10月1日至3日放假。');
    await boss.click('[data-command="calendar.publish_year"]');
    const form = dialog(boss, 'calendar.publish_year');
    await form.locator('[data-field="/source"] input').fill('国务院办公厅通知');
    assert.equal(await form.locator('[data-field="/off/4/day"] input').inputValue(), '2027-02-05');
    await form.locator('[data-testid=confirm]').click();
    await form.waitFor({ state: 'detached' });
    await boss.waitForSelector('[data-testid=calendar-page]:has-text("国务院办公厅通知")');
    await room.shot(boss, 'calendar');
  });

  await room.test('administration: the log is read, one event as it is kept, and proven', async () => {
    await at(boss, 'log');
    await boss.waitForSelector('[data-testid=log] [data-event]');
    await boss.selectOption('[name=kind]', 'org');
    await boss.waitForFunction(() => [...document.querySelectorAll('[data-testid=log] [data-event]')].length > 0 && document.querySelector('[data-testid=log]').textContent.includes('Quality'));
    await boss.click('[data-testid=verify]');
    await boss.waitForSelector('[data-testid=log-page] [role=status]:has-text("The log is whole")');
    await boss.click('[data-testid=checkpoint]');
    await boss.waitForSelector('[data-testid=log-page] pre:has-text("opsroom")');
    await room.shot(boss, 'log');
    await boss.click('[data-testid=log] [data-event]');
    await boss.waitForSelector('[data-testid=stored]');
  });
}
