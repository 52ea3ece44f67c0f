import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { day, fillCharter } from '../forms.mjs';
import { english, leader, manager, marketer, password, specialist } from '../people.mjs';

// From a request to an approved charter (S3.1.1 to S3.1.3), with the people concerned looking on.
export default async function (room) {
  const asker = await room.page();
  const boss = await room.page();
  const top = await room.page();
  await room.logIn(asker, marketer, password);
  await room.logIn(boss, manager, password);
  await room.logIn(top, leader, password);
  const assess = await room.server.member(specialist, password);
  const title = `Points redesign ${Date.now()}`;
  const field = (page, at, inside) => page.locator(`[data-field="${at}"] ${inside}`);
  const status = (page, is) => page.waitForSelector(`[data-testid=status] [data-status=${is}]`);
  let request = '';

  await room.test('request: what is missing is said at its field, and nothing is sent', async () => {
    await asker.goto(`${room.server.url}/#/requests`);
    await asker.click('[data-testid=create]');
    await field(asker, '/form/title', 'input').fill(title);
    await asker.click('[data-testid=confirm]');
    assert.equal(await asker.getAttribute('[data-field="/form/background"] textarea', 'aria-invalid'), 'true');
    assert.equal(await asker.getAttribute('[data-field="/form/title"] input', 'aria-invalid'), 'false');
  });

  await room.test('request: a refusal stands at the field that it is about, with its clause', async () => {
    for (const name of ['background', 'objectives', 'main_content']) await field(asker, `/form/${name}`, 'textarea').fill(`${name}: what it is`);
    await field(asker, '/form/required_by', 'input').fill('2020-01-01');
    await asker.click('[data-testid=keep]');
    await asker.waitForSelector('[data-field="/form/required_by"] .wrong');
    assert.match(await asker.textContent('.refusal'), /S3\.1\.1/);
    await room.shot(asker, 'request-refused');
    await field(asker, '/form/required_by', 'input').fill(day(60));
  });

  await room.test('request: a file is attached though the connection was cut once, and what was written is still there after looking elsewhere', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'opsroom-file-')), 'plan.md');
    writeFileSync(file, `# Plan\n\n${'A line of the plan.\n'.repeat(60_000)}`);
    await asker.route('**/api/v1/attachments/*', (cut) => cut.abort('connectionreset'), { times: 1 });
    await asker.setInputFiles('input[type=file]', file);
    await asker.waitForSelector('form li:has-text("plan.md"):has-text("MB")');
    await asker.click('nav a[href="#/inbox"]');
    await asker.waitForSelector('[data-testid=keys]');
    await asker.goBack();
    assert.equal(await field(asker, '/form/title', 'input').inputValue(), title);
    await asker.waitForSelector('form li:has-text("plan.md")');
  });

  await room.test('request: without a compliance check it is kept as a draft, and says what is missing', async () => {
    await asker.click('[data-testid=confirm]');
    await asker.waitForSelector('[data-field="/form/compliance/checked"] .wrong');
    await asker.click('[data-testid=keep]');
    await status(asker, 'draft');
    request = asker.url().match(/request\/(\d+)/)[1];
    await asker.click('aside details summary');
    assert.match(await asker.textContent('aside details li:has-text("Submit") p'), /S1\.3\.1/);
    await asker.click('[data-command="request.revise"]');
    await asker.check('[name=checked]');
    await field(asker, '/form/compliance/findings', 'textarea').fill('No new personal data.');
    await asker.click('[data-form="request.revise"] [data-testid=confirm]');
    await asker.waitForSelector('text=No new personal data.');
    await asker.click('[data-command="request.submit"]');
    await status(asker, 'submitted');
    await room.shot(asker, 'request-submitted');
  });

  await room.test('request: it appears in the manager’s list and inbox by itself', async () => {
    await boss.goto(`${room.server.url}/#/requests?waits_on=me`);
    await boss.waitForSelector(`[data-row="request/${request}"]:has-text("${title}")`);
    await boss.goto(`${room.server.url}/#/inbox`);
    await boss.click(`[data-entry="request/${request}"]`);
    await boss.waitForSelector('[data-testid=inbox-detail]:has-text("No new personal data.")');
    await boss.waitForSelector('[data-testid=inbox-detail] a[download="plan.md"]');
  });

  await room.test('request: the file is served to who may see the request', async () => {
    const href = await boss.getAttribute('[data-testid=inbox-detail] a[download="plan.md"]', 'href');
    const bytes = await boss.evaluate(async (at) => (await (await fetch(at)).arrayBuffer()).byteLength, href);
    assert.ok(bytes > 1_000_000, String(bytes));
    const stranger = await room.page();
    await room.logIn(stranger, english, password);
    assert.equal(await stranger.evaluate(async (at) => (await fetch(at)).status, href), 404);
    await stranger.context().close();
  });

  await room.test('request: convened from the inbox; the opinion arrives on the open dossier', async () => {
    await boss.click('[data-testid=inbox-detail] [data-command="request.convene"]');
    const people = boss.locator('[data-field="/assessors"] select');
    await people.selectOption(String(assess.id));
    await boss.waitForSelector('[data-field="/assessors"] li');
    await field(boss, '/until', 'input').fill(day(3));
    await boss.click('[data-testid=inbox-detail] [data-testid=confirm]');
    await status(asker, 'in_assessment');
    await boss.goto(`${room.server.url}/#/request/${request}`);
    await boss.waitForSelector('[data-testid=turn]');
    const opinion = (why) => ({ points: 4, why });
    await assess('request.assess', `request/${request}`, {
      opinion: {
        reasonableness: opinion('A clear need.'), feasibility: opinion('Two developers.'), business_impact: opinion('Retention.'), recommends: 'pass',
        extras: { form: 1, fields: [], attachments: [] },
      },
    });
    await boss.waitForSelector('text=Two developers.');
  });

  await room.test('request: what one may not do says why, and whose turn it is', async () => {
    const why = await asker.textContent('aside details li:has-text("Approve") p');
    assert.match(why, /Nobody decides on a request that they made/);
    assert.match(why, /D1/);
    assert.match(why, /Li Na/);
    await room.shot(asker, 'request-in-assessment');
  });

  await room.test('request: passed on one side, a project on the other', async () => {
    await boss.click('[data-command="request.pass"]');
    await boss.click('[data-form="request.pass"] [data-testid=confirm]');
    await status(asker, 'approved');
    await asker.click('[data-testid=to-project]');
    await status(asker, 'initiating');
    await asker.waitForSelector(`h1:has-text("${title}")`);
  });

  await room.test('charter: kept as a draft, taken up again, and submitted', async () => {
    const project = asker.url().match(/project\/(\d+)/)[1];
    await boss.goto(`${room.server.url}/#/project/${project}`);
    await boss.click('[data-command="project.submit_charter"]');
    await field(boss, '/charter/starts', 'input').fill(day(0));
    await field(boss, '/charter/ends', 'input').fill(day(90));
    await boss.click('[data-testid=keep]');
    await boss.waitForSelector('[data-form="project.submit_charter"]', { state: 'detached' });
    await boss.click('[data-command="project.submit_charter"]');
    assert.equal(await field(boss, '/charter/ends', 'input').inputValue(), day(90));
    await fillCharter(boss, assess.id);
    await room.shot(boss, 'charter-form');
    await boss.click('[data-form="project.submit_charter"] [data-testid=confirm]');
    await status(boss, 'charter_pending');
    await status(asker, 'charter_pending');
    await boss.waitForSelector('[data-testid=hash] .good');
  });

  await room.test('charter: what the superior leader saw is what is approved, and the others see it at once', async () => {
    await top.goto(`${room.server.url}/#/inbox`);
    await top.click(`[data-entry]:has-text("${title}")`);
    const hash = await top.getAttribute('[data-testid=inbox-detail] [data-testid=hash] code', 'title');
    await room.looked(top);
    await top.keyboard.press('p');
    await status(asker, 'active');
    await status(boss, 'active');
    await top.waitForSelector(`[data-entry]:has-text("${title}")`, { state: 'detached' });
    const project = asker.url().match(/project\/(\d+)/)[1];
    const approved = await boss.evaluate(async (id) => (await (await fetch(`/api/v1/projects/${id}`)).json()).charter, project);
    assert.equal(approved, hash);
    await room.shot(boss, 'project-active');
  });

  await room.test('project: its channel is a click away, and the list shows it live', async () => {
    await boss.click('[data-testid=to-channel]');
    await boss.waitForSelector('[data-testid=composer]');
    await boss.goto(`${room.server.url}/#/projects`);
    const row = await boss.waitForSelector(`[data-project]:has-text("${title}")`);
    const project = `project/${await row.getAttribute('data-project')}`;
    await assess('project.report_progress', project, { percent: 35, health: 'caution', note: 'The interface is late.' });
    await boss.waitForSelector(`[data-project]:has-text("${title}"):has-text("35%")`);
    await room.shot(boss, 'projects');
  });
}
