// Filling in the longer forms.

/** So many days from today, in the department's time zone. */
export const day = (n) => new Date(Date.now() + 8 * 3_600_000 + n * 86_400_000).toISOString().slice(0, 10);

/** What a charter (F2) needs beyond its schedule, on a page where its form is open. */
export async function fillCharter(page, lead) {
  const at = (field, inside) => page.locator(`[data-field="/charter/${field}"] ${inside}`);
  await at('lead', 'select').selectOption(String(lead));
  await at('team', 'select').selectOption(String(lead));
  await at('objectives', 'textarea').fill('Redemption +20%\nComplaints halved');
  for (const name of ['expected_results', 'success_metrics', 'resources']) await at(name, 'textarea').fill(`${name}, in words`);
  await at('milestones/0/name', 'input').fill('Design agreed');
  await at('milestones/0/due', 'input').fill(day(20));
  await at('milestones/0/deliverable', 'input').fill('The document');
  await at('budget/cents', 'input').fill('12,000.50');
  await at('risks/0/what', 'input').fill('The interface is late');
  await at('risks/0/response', 'input').fill('Begin without it');
  await at('responsibilities/0/activity', 'input').fill('Design');
  await at('responsibilities/0/responsible', 'select').selectOption(String(lead));
  await at('responsibilities/0/accountable', 'select').selectOption(String(lead));
  await page.check('[name=checked]');
  await at('compliance/findings', 'textarea').fill('Nothing stands against it.');
}
