// The longer forms, as data and filled in.

/** So many days from today, in the department's time zone. */
export const day = (n) => new Date(Date.now() + 8 * 3_600_000 + n * 86_400_000).toISOString().slice(0, 10);

const extras = { form: 1, fields: [], attachments: [] };

export const f1 = (title) => ({
  title, background: '背景', objectives: '目标', main_content: '内容', required_by: day(60), priority: 'normal',
  compliance: { checked: true, findings: '合规' }, extras,
});

const rating = { points: 4, why: '理由' };
export const opinion = { reasonableness: rating, feasibility: rating, business_impact: rating, recommends: 'pass', extras };

export const charter = (name, lead) => ({
  name, lead, team: [lead], starts: day(0), ends: day(90), milestones: [{ name: '定稿', due: day(20), deliverable: '文档' }],
  budget: { cents: 1_000_000, currency: 'CNY', use: '设计' }, resources: '设计一人', expected_results: '上线', objectives: ['提高两成', '投诉减半'],
  success_metrics: '兑换率', risks: [{ what: '延期', likelihood: 'low', impact: 'high', response: '先行' }],
  responsibilities: [{ activity: '设计', responsible: [lead], accountable: lead, consulted: [], informed: [] }],
  compliance: { checked: true, findings: '合规' }, extras,
});

/** What a charter (F2) needs beyond its schedule, on a page where its form is open. */
export async function fillCharter(page, lead) {
  const at = (field, inside) => page.locator(`[data-field="/charter/${field}"] ${inside}`);
  await at('lead', 'select').selectOption(String(lead));
  await at('team', 'select').selectOption(String(lead));
  await at('objectives', 'textarea').fill('Redemption +20%\nComplaints halved');
  for (const name of ['expected_results', 'success_metrics', 'resources']) await at(name, 'textarea').fill(`${name}, in words`);
  await at('milestones/0/name', 'input').fill('Design agreed');
  await at('milestones/0/due', 'input').fill(day(20));
  await at('milestones/0/deliverable', 'textarea').fill('The document');
  await at('budget/cents', 'input').fill('12,000.50');
  await at('risks/0/what', 'textarea').fill('The interface is late');
  await at('risks/0/response', 'textarea').fill('Begin without it');
  await at('responsibilities/0/activity', 'input').fill('Design');
  await at('responsibilities/0/responsible', 'select').selectOption(String(lead));
  await at('responsibilities/0/accountable', 'select').selectOption(String(lead));
  await page.check('[name=checked]');
  await at('compliance/findings', 'textarea').fill('Nothing stands against it.');
}
