import assert from 'node:assert/strict';

import { parties } from '../appraised.mjs';
import { analyst, manager, password } from '../people.mjs';

// What a role is appraised by (S6.1), in versions: published, revised, retired.
export default async function (room) {
  const who = await parties(room);
  const boss = await room.page();
  const other = await room.page();
  await room.logIn(boss, manager, password);
  await room.logIn(other, analyst, password);
  for (const page of [boss, other]) await page.goto(`${room.server.url}/#/indicators`);
  const field = (at, inside) => boss.locator(`[data-field="${at}"] ${inside}`);
  const confirm = (command) => boss.click(`[data-form="${command}"] [data-testid=confirm]`);
  const row = '[data-row^="indicators/"]:has-text("数据分析员指标")';
  const part = 'section[aria-label="考核指标"]';
  const closed = () => boss.waitForSelector('[data-form]', { state: 'detached' });
  const refused = (at, words) => boss.waitForSelector(`[data-field="${at}"] > .wrong:has-text("${words}")`);
  const said = (words) => boss.waitForSelector(`[data-form] .refusal:has-text("${words}")`);
  async function line(n, code, weight, zh, en, source) {
    await field(`/indicators/${n}/code`, 'input').fill(code);
    await field(`/indicators/${n}/weight`, 'input').fill(String(weight));
    await field(`/indicators/${n}/name/zh`, 'input').fill(zh);
    await field(`/indicators/${n}/name/en`, 'input').fill(en);
    await boss.check(`[data-field="/indicators/${n}/evidence"] input[value=${source}]`);
  }
  const role = (code) => field('/role', 'select').selectOption(code);

  await room.test('indicators: of a role that has some already are refused at the role', async () => {
    await boss.click('[data-testid=create]');
    await role('SP');
    await field('/name/zh', 'input').fill('数据分析员指标');
    await field('/name/en', 'input').fill('Indicators of the analyst');
    await line(0, 'reports', 70, '报告质量', 'Report quality', 'tasks_on_time');
    await boss.click('[data-field="/indicators"] > button');
    await line(1, 'accuracy', 20, '数据准确及时', 'Accuracy', 'tasks_returned');
    await confirm('indicators.publish');
    await refused('/indicators', '合计须恰为 100');
    await field('/indicators/1/weight', 'input').fill('30');
    await confirm('indicators.publish');
    await said('已有在用的指标');
    await room.shot(boss, 'indicators-refused');
    await role('OM');
    await confirm('indicators.publish');
    await said('不能制定自己岗位的考核指标');
  });

  await room.test('indicators: published in both languages, and on another screen at once', async () => {
    await role('DA');
    await confirm('indicators.publish');
    await closed();
    await other.waitForSelector(`${row} .value:has-text("1")`);
    assert.equal(await other.$('[data-testid=create]'), null);  // whoever is appraised by them does not set them
    await other.click(row);
    await other.waitForSelector(`${part} li:has-text("70%"):has-text("报告质量")`);
    assert.equal(await other.$('[data-testid=dossier] [data-command]'), null);
  });

  await room.test('indicators: revised, each weight is there; they add up to 100 or nothing changes, and a reason is asked', async () => {
    await boss.click('[data-command="indicators.revise"]');
    assert.equal(await field('/indicators/0/weight', 'input').inputValue(), '70');
    assert.ok(await boss.isChecked('[data-field="/indicators/1/evidence"] input[value=tasks_returned]'));
    await field('/indicators/0/weight', 'input').fill('75');
    await confirm('indicators.revise');
    await refused('/reason', '');
    await field('/reason', 'textarea').fill('突出报告质量');
    await confirm('indicators.revise');
    await refused('/indicators', '合计须恰为 100');
    await room.shot(boss, 'indicators-weights');
    await field('/indicators/1/weight', 'input').fill('25');
    await field('/name/zh', 'input').fill('数据分析员指标（新）');
    await confirm('indicators.revise');
    await closed();
    await other.waitForSelector(`h1:has-text("（新）")`);
    await other.waitForSelector(`${part} li:has-text("75%"):has-text("报告质量")`);
    assert.equal(await other.textContent('[data-fact=template_version]'), '2');
    await room.shot(other, 'indicators-revised');
  });

  await room.test('indicators: a code twice is refused at the indicators', async () => {
    await boss.click('[data-command="indicators.revise"]');
    await field('/indicators/1/code', 'input').fill('reports');
    await field('/reason', 'textarea').fill('合并');
    await confirm('indicators.revise');
    await refused('/indicators', '代码不能相同');
    await boss.keyboard.press('Escape');
    await closed();
  });

  await room.test('indicators: retired is asked once more, with a reason; then new ones may be published', async () => {
    await boss.click('[data-command="indicators.retire"]');
    await boss.waitForSelector('[data-form="indicators.retire"] .grave');
    await confirm('indicators.retire');
    await refused('/reason', '');
    await field('/reason', 'textarea').fill('改用新的体系');
    await confirm('indicators.retire');
    await other.waitForSelector('[data-testid=status] [data-status=retired]');
    await boss.waitForSelector('[data-testid=dossier] [data-command]', { state: 'detached' });
    await room.shot(boss, 'indicators-retired');
    const { items } = await who.om.read('indicators?limit=200');
    assert.deepEqual(items.filter((i) => i.role === 'DA').map((i) => [i.status, i.template_version]), [['retired', 2]]);
  });
}
