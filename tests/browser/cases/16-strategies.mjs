import assert from 'node:assert/strict';

import { day } from '../forms.mjs';
import { analyst, business, english, manager, marketer, password, specialist } from '../people.mjs';

// From data to strategy and back (S3.2.3, S3.2.4), and proposals from anyone (S1.3.5).
export default async function (room) {
  const [om, sp, da, en, rq, mk] = await Promise.all([manager, specialist, analyst, english, business, marketer].map((who) => room.server.member(who, password)));
  const stamp = Date.now();
  const [boss, doer, looker] = [await room.page(), await room.page(), await room.page()];
  await room.logIn(boss, manager, password);
  await room.logIn(doer, specialist, password);
  await room.logIn(looker, analyst, password);

  const to = (page, place) => page.goto(`${room.server.url}/#/${place}`);
  const status = (page, is) => page.waitForSelector(`[data-testid=status] [data-status=${is}]`);
  const field = (page, at, inside) => page.locator(`[data-field="${at}"] ${inside}`);
  const confirm = (page, command) => page.click(`[data-form="${command}"] [data-testid=confirm]`);
  const idOf = async (page, kind) => {
    await page.waitForURL(new RegExp(`#/${kind}/\\d+`));
    return `${kind}/${page.url().match(/\/(\d+)(\?|$)/)[1]}`;
  };
  const lists = { analysis: 'analyses', strategy: 'strategies', proposal: 'proposals' };
  const read = (of, who = om) => who.read(`${lists[of.split('/')[0]]}/${of.split('/')[1]}`);
  async function write(page, at, words) {
    for (const [name, text] of Object.entries(words)) await field(page, `${at}/${name}`, ':is(textarea, input)').first().fill(text);
  }
  async function fromInbox(page, entry) {
    await to(page, 'inbox');
    await page.click(`[data-entry="${entry}"]`);
    await room.looked(page, `[data-of="${entry}"]`);
  }
  let analysis = '';
  let strategy = '';
  let next = '';
  let proposal = '';

  await room.test('analysis: planned by the analyst, who owns it, for those whom its findings concern', async () => {
    await to(looker, 'analyses');
    await looker.click('[data-testid=create]');
    await write(looker, '/form', { title: `兑换率 ${stamp}`, subject: '积分商城兑换率为何变化', sources: '数据仓库', method: '环比' });
    assert.equal(await field(looker, '/form/owner', 'select').inputValue(), String(da.id));
    await confirm(looker, 'analysis.plan');
    await looker.waitForSelector('[data-field="/form/next_on"] .wrong');
    await field(looker, '/form/next_on', 'input').fill(day(1));
    await field(looker, '/form/concerned', 'select').selectOption(String(sp.id));
    await room.shot(looker, 'analysis-new');
    await confirm(looker, 'analysis.plan');
    analysis = await idOf(looker, 'analysis');
    await status(looker, 'running');
  });

  await room.test('analysis: a finding with its figures; the difference is exact, and a number that is none is refused where it stands', async () => {
    await to(boss, analysis);
    await status(boss, 'running');
    await looker.click('[data-command="analysis.report"]');
    await looker.click('[data-field="/finding/kind"] label:has-text("问题")');
    await write(looker, '/finding', { from: day(-8), until: day(-1), observed: '兑换率下降', cause: '新渠道用户不熟悉', suggestion: '调整引导' });
    await looker.click('[data-field="/finding/figures"] button:has-text("添加一项")');
    await write(looker, '/finding/figures/0', { name: '兑换率', unit: '%', before: '12.5', now: '九点八' });
    await confirm(looker, 'analysis.report');
    await looker.waitForSelector('[data-field="/finding/figures"] .wrong:has-text("12.5")');
    await room.shot(looker, 'analysis-refused');
    await field(looker, '/finding/figures/0/now', 'input').fill('9.83');
    await confirm(looker, 'analysis.report');
    await status(boss, 'reported');
    await boss.waitForSelector('[data-look="1"] td:has-text("−2.67")');
    assert.equal((await read(analysis)).forms.looks[0].data.finding.figures[0].now, '9.83');
  });

  await room.test('analysis: whom it concerns takes note of it in the inbox, and the manager sees it at once', async () => {
    await boss.waitForSelector('[data-look="1"] [data-testid=not-noted]:has-text("陈伟")');
    await fromInbox(doer, analysis);
    await doer.waitForSelector('[data-testid=inbox-detail]:has-text("兑换率下降")');
    await doer.keyboard.press('1');
    await boss.waitForSelector('[data-look="1"] [data-testid=noted]:has-text("陈伟")');
    await doer.waitForSelector(`[data-entry="${analysis}"]`, { state: 'detached' });
  });

  await room.test('analysis: handled by the manager, with what comes of it and why', async () => {
    await boss.click('[data-command="analysis.handle"]');
    await confirm(boss, 'analysis.handle');
    await boss.waitForSelector('[data-field="/reason"] .wrong');
    await field(boss, '/reason', 'textarea').fill('先调整引导');
    await room.shot(boss, 'analysis-handle');
    await confirm(boss, 'analysis.handle');
    await status(looker, 'running');
    await looker.waitForSelector('[data-look="1"]:has-text("调整策略或计划"):has-text("先调整引导")');
    assert.equal(await looker.$('[data-testid=adjust]'), null);  // an analyst drafts none
  });

  await room.test('strategy: drafted from the finding, which it cites; a ground can be added and taken away', async () => {
    await boss.click('[data-look="1"] [data-testid=adjust]');
    await boss.waitForSelector('[data-testid=begins]:has-text("第 1 期")');
    assert.match(await field(boss, '/form/grounds/0/fact', 'textarea').inputValue(), /兑换率下降\n兑换率 12\.5 → 9\.83 %/);
    await boss.click('[data-field="/form/grounds"] button:has-text("添加一项")');
    await field(boss, '/form/grounds/1/fact', 'textarea').fill('行业报告（2026 年 10 月）');
    await write(boss, '/form', { title: `引导策略 ${stamp}`, adjustment: '新用户首日引导', content: '首日推送两次引导', expected: '兑换率回到 12%', effective: day(0), acknowledge_by: day(2) });
    await field(boss, '/form/check_on', 'input').fill(day(-1));
    await field(boss, '/form/concerned', 'select').selectOption(String(en.id));
    await confirm(boss, 'strategy.draft');
    await boss.waitForSelector('[data-field="/form/check_on"] .wrong:has-text("生效")');
    await room.shot(boss, 'strategy-new');
    await field(boss, '/form/check_on', 'input').fill(day(7));
    await confirm(boss, 'strategy.draft');
    strategy = await idOf(boss, 'strategy');
    await status(boss, 'draft');
    await boss.waitForSelector('[data-testid=hash] .good');
    await boss.waitForSelector(`[data-testid=ground][href="#/${analysis}?look=1"]`);
    const { grounds, concerned } = (await read(strategy)).forms.F19.data.form;
    assert.deepEqual(grounds.map((g) => [g.analysis, g.look]), [[Number(analysis.split('/')[1]), 1], [0, 0]]);
    assert.deepEqual(concerned, [sp.id, en.id]);
  });

  await room.test('strategy: a draft is nobody else’s to see', async () => {
    await to(doer, strategy);
    await doer.waitForSelector('main .none:has-text("无权查看")');
    await to(doer, 'strategies');
    await doer.waitForSelector('main .scroll :is(.none, .table)');
    assert.equal(await doer.$(`[data-row="${strategy}"]`), null);
    assert.equal(await looker.$('[data-testid=cited-by]'), null);
    await to(doer, strategy);
  });

  await room.test('strategy: published is exactly what was read, and whom it concerns sees it at once', async () => {
    await boss.click('[data-command="strategy.publish"]');
    const shown = await boss.getAttribute('[data-testid=hash] code', 'title');
    await boss.waitForSelector(`[data-form="strategy.publish"] .says:has-text("${shown.slice(0, 12)}")`);
    await room.shot(boss, 'strategy-publish');
    await om('strategy.revise', strategy, { form: { ...(await read(strategy)).forms.F19.data.form, replaces: undefined, project: undefined, content: '首日推送三次引导' } });
    await boss.waitForFunction((was) => document.querySelector('[data-testid=hash] code')?.title !== was, shown);
    const now = await boss.getAttribute('[data-testid=hash] code', 'title');
    await boss.waitForSelector(`[data-form="strategy.publish"] .says:has-text("${now.slice(0, 12)}")`);
    await confirm(boss, 'strategy.publish');
    await status(boss, 'published');
    assert.equal((await read(strategy)).forms.verdict.data.sha256, now);
    // The finding that it rests on names it, from now on to everyone who may see both.
    await looker.waitForSelector(`[data-look="1"] [data-testid=cited-by]:has-text("现行") a[href="#/${strategy}"]`);
  });

  await room.test('strategy: those concerned acknowledge it from the inbox, live on the manager’s page', async () => {
    await boss.waitForSelector('[data-testid=acknowledged][data-done="0"][data-of="2"]');
    await fromInbox(doer, strategy);
    await doer.waitForSelector('[data-testid=inbox-detail]:has-text("首日推送三次引导")');
    await room.shot(doer, 'strategy-inbox');
    await doer.keyboard.press('1');
    await boss.waitForSelector('[data-testid=acknowledged][data-done="1"] [data-testid=noted]:has-text("陈伟")');
    await boss.waitForSelector('[data-testid=acknowledged] [data-testid=not-noted]:has-text("Emma")');
    await en('strategy.acknowledge', strategy, {});
    await boss.waitForSelector('[data-testid=acknowledged][data-done="2"]');
    await boss.waitForSelector('[data-testid=acknowledged] [data-testid=not-noted]', { state: 'detached' });
  });

  await room.test('strategy: conveyed to one more, who is still to acknowledge it', async () => {
    await boss.click('[data-command="strategy.convey"]');
    await field(boss, '/members', 'select').selectOption(String(da.id));
    await field(boss, '/acknowledge_by', 'input').fill(day(3));
    await confirm(boss, 'strategy.convey');
    await boss.waitForSelector('[data-testid=acknowledged][data-done="2"][data-of="3"]');
  });

  await room.test('strategy: a check that finds it behind wants to know what is done about it', async () => {
    await boss.click('[data-command="strategy.check"]');
    await boss.click('[data-field="/check/standing"] label:has-text("落后")');
    await write(boss, '/check', { found: '两个渠道尚未上线', next_on: day(14) });
    await confirm(boss, 'strategy.check');
    await boss.waitForSelector('[data-field="/check/measures"] .wrong');
    await field(boss, '/check/measures', 'textarea').fill('本周内上线');
    await confirm(boss, 'strategy.check');
    await boss.waitForSelector('[data-testid=part-checks] li:has-text("落后"):has-text("本周内上线")');
    await boss.waitForSelector('[data-fact=standing]:has-text("落后")');
  });

  await room.test('strategy: a task that carries it out is on its page, and moves there', async () => {
    await boss.click('[data-testid=strategy-task]');
    await boss.fill('dialog [name=title]', `上线引导 ${stamp}`);
    await boss.fill('dialog [name=standard]', '两个渠道都有引导');
    await boss.fill('dialog [name=due]', day(5));
    await boss.locator('dialog form select').first().selectOption(String(sp.id));
    await boss.click('[data-testid=confirm]');
    await boss.waitForSelector(`[data-testid=tasks-of] li:has-text("上线引导 ${stamp}"):has-text("已分配")`);
    const { items } = await om.read(`tasks?strategy=${strategy.split('/')[1]}`);
    await sp('task.start', `task/${items[0].id}`, {});
    await boss.waitForSelector('[data-testid=tasks-of] li:has-text("进行中")');
    await to(boss, `task/${items[0].id}`);
    await boss.click(`[data-testid=task-panel] a[href="#/${strategy}"]`);
    await status(boss, 'published');
    await room.shot(boss, 'strategy');
    await boss.click('[data-testid=ground]');
    await boss.waitForSelector('[data-look="1"].cited');
    await room.shot(boss, 'analysis-cited');
  });

  await room.test('strategy: a new version begins with what held before, and takes its place', async () => {
    await to(doer, strategy);
    await status(doer, 'published');
    await doer.click('[data-testid=new-version]');
    assert.equal(await field(doer, '/form/content', 'textarea').inputValue(), '首日推送三次引导');
    assert.equal(await field(doer, '/form/replaces', 'select').inputValue(), strategy.split('/')[1]);
    await write(doer, '/form', { adjustment: '改为两次', content: '首日推送两次引导', acknowledge_by: day(4), check_on: day(20) });
    await confirm(doer, 'strategy.draft');
    next = await idOf(doer, 'strategy');
    await doer.click('[data-command="strategy.submit"]');
    await status(doer, 'submitted');
    await fromInbox(boss, next);
    await boss.keyboard.press('r');
    await boss.waitForSelector('[data-form="strategy.return"] textarea');
    await boss.keyboard.type('补充依据');
    await boss.keyboard.press('Control+Enter');
    await status(doer, 'draft');
    await doer.waitForSelector('[data-testid=part-verdict]:has-text("补充依据")');
    await doer.click('[data-command="strategy.submit"]');
    await to(doer, strategy);
    await fromInbox(boss, next);
    await boss.keyboard.press('p');
    await status(doer, 'superseded');
    await doer.waitForSelector(`[data-fact=superseded_by] a[href="#/${next}"]`);
    await doer.click(`[data-fact=superseded_by] a`);
    await doer.waitForSelector(`[data-testid=versions] [data-version-of="${strategy.split('/')[1]}"]:has-text("已被取代"):has-text("新用户首日引导")`);
    await doer.waitForSelector('[data-testid=versions] .here .n:has-text("2")');
    await room.shot(doer, 'strategy-versions');
    assert.equal((await read(next)).number, 2);
  });

  await room.test('strategy: as it was before it was superseded', async () => {
    await to(boss, strategy);
    await status(boss, 'superseded');
    await boss.click('[data-testid=look-back]');
    const at = (await read(strategy)).history.find((e) => e.type === 'strategy.drafted.v1').position;
    await to(boss, `${strategy}?as_of=${at}`);
    await status(boss, 'draft');
    await boss.waitForSelector('[data-testid=dossier] .content:has-text("首日推送两次引导")');
  });

  await room.test('proposal: filed by anyone, with whose idea it is as well', async () => {
    const page = await room.page();
    await room.logIn(page, business, password);
    await to(page, 'proposals');
    await page.click('[data-testid=create]');
    await write(page, '/form', { title: `合并日报 ${stamp}`, situation: '每天三份日报', idea: '合并为一份', benefit: '每人每天省半小时' });
    await confirm(page, 'proposal.file');
    await page.waitForSelector('[data-field="/form/kind"] .wrong');
    await field(page, '/form/kind', 'label:has-text("流程")').click();
    await field(page, '/form/with', 'select').selectOption(String(rq.id));
    await confirm(page, 'proposal.file');
    await page.waitForSelector('[data-field="/form/with"] .wrong');  // one is not a co-proposer of one's own
    await page.click('[data-field="/form/with"] li button');
    await field(page, '/form/with', 'select').selectOption(String(mk.id));
    await room.shot(page, 'proposal-new');
    await confirm(page, 'proposal.file');
    proposal = await idOf(page, 'proposal');
    await status(page, 'filed');

    await fromInbox(boss, proposal);
    await boss.keyboard.press('c');
    await boss.waitForSelector('[data-form="proposal.clarify"] textarea');
    assert.equal(await boss.textContent('[data-command="proposal.clarify"]'), '要求澄清C');
    await boss.keyboard.type('由谁合并？');
    await boss.keyboard.press('Control+Enter');
    await status(page, 'clarifying');
    await page.click('[data-command="proposal.answer"]');
    await field(page, '/answer', 'textarea').fill('由值班人');
    await confirm(page, 'proposal.answer');
    await status(page, 'filed');
    await boss.waitForSelector(`[data-entry="${proposal}"]`);
  });

  await room.test('proposal: adopted with a reason, on its key, to the credit of whose idea it was', async () => {
    await fromInbox(boss, proposal);
    await boss.waitForSelector('[data-testid=inbox-detail]:has-text("由值班人")');
    await room.looked(boss, `[data-of="${proposal}"]`);
    await boss.keyboard.press('p');
    await boss.waitForSelector('[data-form="proposal.adopt"] textarea');
    await boss.keyboard.press('Control+Enter');
    await boss.waitForSelector('[data-field="/reason"] .wrong');
    await boss.keyboard.type('省时明显');
    await room.shot(boss, 'proposal-adopt');
    await boss.keyboard.press('Control+Enter');
    await to(doer, 'proposals');
    await doer.waitForSelector(`[data-row="${proposal}"] [data-status=adopted]`);
    const row = await doer.textContent(`[data-row="${proposal}"] .value`);
    assert.match(row, /刘洋/);
    assert.match(row, /Noah/);
    assert.deepEqual((await read(proposal)).credited, [rq.id, mk.id]);
    await room.shot(doer, 'proposals');
  });

  await room.test('proposal: what it has come to is told', async () => {
    await to(doer, proposal);
    await doer.waitForSelector('[data-fact=credited]:has-text("刘洋")');
    await to(boss, proposal);
    await boss.click('[data-command="proposal.carry_out"]');
    await field(boss, '/effect', 'textarea').fill('每人每天省四十分钟');
    await confirm(boss, 'proposal.carry_out');
    await status(doer, 'carried_out');
    await doer.waitForSelector('[data-testid=dossier] .content:has-text("每人每天省四十分钟")');
    await room.shot(doer, 'proposal');
  });

  await room.test('strategies: in English for who reads English', async () => {
    const page = await room.page({ locale: 'en-GB' });
    await room.logIn(page, english, password);
    for (const [place, words] of [[strategy, 'Superseded by'], [analysis, 'Adjust the strategy or plan'], [proposal, 'Credited'], ['proposals', 'Carried out'], ['strategies', 'Analyses']]) {
      await to(page, place);
      await page.waitForSelector(`main:has-text("${words}")`);
      await room.shot(page, `english-${place.split('/')[0]}`);
    }
  });
}
