import { describe, expect, it } from 'vitest';
import type { DocumentDossier } from '@client/flows';

import type { AppraisalDossier } from '../src/components/kinds/appraisal/dossier';
import type { ElectionDossier } from '../src/components/kinds/election/dossier';
import { describe as describeCommand, isDecision, type About } from '../src/lib/forms/commands';
import { atFault, blank, encode, missing, type Field, type Values } from '../src/lib/forms/field';
import { factsOf, partsOf, rowOf } from '../src/lib/state/documents';
import { schema } from '../src/lib/state/schema.svelte';
import { titleIn } from '../src/lib/text/names';
import { en } from '../src/i18n/en';
import { described } from './support/schema';

schema.take(described);

const about: About = { me: 3, today: '2026-11-28', form: (name) => ({ name, zh: name, en: name, version: 2, fields: [] }) };
const extras = { form: 2, fields: [], attachments: [] };
const fieldsOf = (command: string, more: Partial<About> = {}): readonly Field[] => describeCommand(command)!.fields({ ...about, ...more });
const inside = (fields: readonly Field[], name: string) => fields.flatMap((f) => ('fields' in f ? f.fields : [])).find((f) => f.name === name)!;
const event = (position: number, type: string, data: object) => ({ position, stream: 'x/1', version: position, type, time: '2026-11-20T01:00:00Z', actor: 2, causation: '', clause: '', data });

const indicators = [
  { code: 'module', name: { zh: '模块', en: 'Module' }, weight: 60 }, { code: 'execution', name: { zh: '执行', en: 'Execution' }, weight: 40 },
];
const appraisal = {
  id: 7, status: 'self_draft', name: '2026 Q4', cycle: 2, employee: 5, evaluator: 2, role: 'SP', indicators, unsealed: false,
  forms: { F6_draft: event(4, 'appraisal.self_drafted.v2', { form: { lines: [{ indicator: 'execution', score: 80, text: 'On time', evidence: [{ at: 9, note: 'n' }] }], extras } }) },
} as unknown as AppraisalDossier;

describe('the forms of an appraisal', () => {
  it('have a line for each indicator, with what was kept of it', () => {
    const fields = fieldsOf('appraisal.submit_self', { dossier: appraisal });
    const values = blank(fields);
    const lines = inside(fields, 'lines');
    expect(lines.kind === 'rows' && [lines.fixed, lines.captions?.map((c) => (typeof c === 'string' ? c : c.en))]).toEqual([true, ['Module · 60%', 'Execution · 40%']]);
    expect(missing(fields, values)).toEqual(['/form/lines/0/text']);
    ((values['form'] as Values)['lines'] as Values[])[0]!['text'] = 'Two projects';
    expect(encode(fields, values)).toEqual({
      form: {
        lines: [{ indicator: 'module', text: 'Two projects', evidence: [] }, { indicator: 'execution', score: 80, text: 'On time', evidence: [{ at: 9, note: 'n' }] }], extras,
      },
    });
  });

  it('are kept unfinished by a command that needs nothing of them', () => {
    expect(['submit_self', 'evaluate', 'record_talk'].map((c) => describeCommand(`appraisal.${c}`)!.keep)).toMatchObject([
      { command: 'appraisal.draft_self', needs: [] }, { command: 'appraisal.draft_evaluation', needs: [] }, undefined,
    ]);
    expect(describeCommand('appraisal.draft_self')!.inPlace).toBe(true);
    expect(['submit_self', 'add_evidence', 'extend'].map((c) => describeCommand(`appraisal.${c}`)!.wide ?? false)).toEqual([true, false, false]);
  });

  it('choose from its own indicators', () => {
    const choice = inside(fieldsOf('appraisal.calibrate', { dossier: appraisal }), 'indicator');
    expect(choice.kind === 'choice' && [choice.options.map((o) => o.value), choice.initial]).toEqual([['module', 'execution'], 'module']);
    const piece = { indicator: 'module', at: 12, by: 3, removed: false };
    expect(encode(fieldsOf('appraisal.remove_evidence', { dossier: appraisal, known: { piece } }), { indicator: 'module', at: 12, reason: 'wrong' })).toEqual({ indicator: 'module', at: 12, reason: 'wrong' });
  });

  it('say which decide, and which several give beside one another', () => {
    expect(['confirm_talk', 'apply', 'appeal', 'extend'].map((c) => isDecision(describeCommand(`appraisal.${c}`)!))).toEqual([true, true, true, false]);
    expect(describeCommand('appraisal.confirm_talk')!.beside).toEqual(['appraisal.talk_confirmed']);
  });
});

const proposal = {
  kind: 'award', member: 5, appraisal: 7, election: 0, amount: { cents: 200_050, currency: 'CNY' }, effective: '2026-12-01', terms: 'A trophy', reason: 'Well done', extras,
};
const incentive = {
  id: 4, status: 'returned', name: 'award', kind: 'award', member: 5, appraisal: 7, effective: '2026-12-01', proposer: 2, sha256: 'e'.repeat(64),
  forms: { F16: event(2, 'incentive.proposed.v2', { by: 2, proposal, sha256: 'e'.repeat(64), flow: 1 }) },
} as unknown as DocumentDossier;

describe('an incentive', () => {
  it('is proposed from the appraisal that the address names; an amount is left out where there is none', () => {
    const fields = fieldsOf('incentive.propose', { given: { appraisal: '7', member: '5' } });
    const values = blank(fields);
    Object.assign(values['form'] as Values, { terms: 'A course', reason: 'Good' });
    expect(missing(fields, values)).toEqual([]);
    expect(encode(fields, values)).toEqual({ form: { kind: 'bonus', member: 5, appraisal: 7, effective: '2026-11-28', terms: 'A course', reason: 'Good', extras } });
    ((values['form'] as Values)['amount'] as Values)['cents'] = '3,000';
    expect((encode(fields, values)['form'] as Values)['amount']).toEqual({ cents: 300_000, currency: 'CNY' });
    expect(atFault(fields, 'bad_amount')).toBe('/form/amount/cents');
  });

  it('is revised as it was proposed', () => {
    const fields = fieldsOf('incentive.revise', { dossier: incentive });
    const { election: _, ...same } = proposal;
    expect(encode(fields, blank(fields))).toEqual({ form: same });
  });

  it('is called by what it is and who gets it; its form says what does not stand at its head', () => {
    const kind = schema.kind('incentive')!;
    expect(titleIn({ t: en, name: (m) => `M${m}` }, kind, incentive)).toBe('Award · M5');
    expect(factsOf(kind, incentive).map((f) => f.field.name)).toEqual(['kind', 'member', 'appraisal', 'effective', 'proposer']);
    const [part] = partsOf(kind, incentive);
    expect(part!.events[0]!.fields.flatMap((f) => f.fields?.map((one) => one.name) ?? [f.name])).toEqual(['amount', 'terms', 'reason', 'extras']);
    expect([rowOf(kind).column?.name, rowOf(kind).under.map((f) => f.name)]).toEqual(['effective', ['proposer']]);
  });

  it('is approved as it was read', () => {
    const fields = fieldsOf('incentive.approve', { dossier: incentive });
    expect(encode(fields, blank(fields))).toEqual({ sha256: 'e'.repeat(64) });
    expect(describeCommand('incentive.approve')!.says!({ ...about, dossier: incentive })!.en).toContain('eeeeeeeeeeee…');
    expect(isDecision(describeCommand('incentive.take_effect')!)).toBe(true);
  });
});

describe('cycles, elections and indicators', () => {
  it('begin with what stands already', () => {
    const schedule = { opens: '2026-12-01', self_closes: '2026-12-05', evaluation_closes: '2026-12-10', calibrates: '2026-12-11', closes: '2026-12-15' };
    const cycle = { id: 2, status: 'planned', name: '2026 Q4', kind: 'quarter', year: 2026, quarter: 4, schedule, forms: {} } as unknown as DocumentDossier;
    const values = blank(fieldsOf('cycle.reschedule', { dossier: cycle }));
    expect(values).toEqual({ schedule, reason: '' });
    expect(factsOf(schema.kind('cycle')!, cycle).map((f) => f.field.name)).toEqual(['kind', ...Object.keys(schedule)]);
    const plan = fieldsOf('cycle.plan');
    expect(encode(plan, blank(plan))).toEqual({ kind: 'quarter', year: 2026 });
    const template = { id: 1, status: 'published', role: 'SP', name: { zh: '专员', en: 'Specialist' }, template_version: 1, indicators: indicators.map((i) => ({ ...i, evidence: ['tasks_late'] })), forms: {} };
    const revised = fieldsOf('indicators.revise', { dossier: template as unknown as DocumentDossier });
    expect(encode(revised, blank(revised))).toEqual({ name: template.name, indicators: template.indicators, reason: '' });
    expect(titleIn({ t: en, name: String }, schema.kind('indicators')!, template)).toBe('Specialist');
  });

  it('offer nominees to vote for and to decide on, and others to nominate', () => {
    const dossier = { id: 1, nominees: [4, 5], forms: {} } as unknown as ElectionDossier;
    const [vote, decide, nominate] = ['vote', 'decide', 'nominate'].map((c) => fieldsOf(`election.${c}`, { dossier })[0]!);
    expect([vote!.kind === 'member' && vote!.among, decide!.kind === 'members' && decide!.among, nominate!.kind === 'member' && nominate!.without]).toEqual([[4, 5], [4, 5], [3]]);
    expect([describeCommand('election.vote')!.secret, describeCommand('election.vote')!.adds, isDecision(describeCommand('election.open_voting')!)]).toEqual([true, true, true]);
    expect(encode(fieldsOf('election.vote', { dossier }), { nominee: 5 })).toEqual({ nominee: 5 });
    const open = fieldsOf('election.open');
    expect(blank(open)['seats']).toBe(1);
  });
});
