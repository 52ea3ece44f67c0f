import { describe, expect, it } from 'vitest';
import { sha256, Sha256 } from '@client/sha256';

import { commandsOf, describe as describeCommand, handedIn, type About } from '../src/lib/forms/commands';
import { atFault, blank, cents, encode, missing, type Field, type Values } from '../src/lib/forms/field';
import { Form } from '../src/lib/forms/form.svelte';
import { fromFinding, fromVersion } from '../src/components/kinds/strategy/begun';
import { looksOf } from '../src/components/kinds/analysis/looks';
import type { Room } from '../src/lib/state/room.svelte';
import { schema } from '../src/lib/state/schema.svelte';
import type { AnalysisDossier, Finding } from '../src/components/kinds/analysis/dossier';
import type { F19, StrategyDossier } from '../src/components/kinds/strategy/dossier';
import type { Charter, ProjectDossier } from '../src/components/kinds/project/dossier';
import type { RequestDossier } from '../src/components/kinds/request/dossier';
import { described } from './support/schema';

schema.take(described);

const about: About = { form: (name) => ({ name, zh: name, en: name, version: 3, fields: [{ name: 'legal', label: { zh: '法务', en: 'Legal' }, required: true }] }) };

function fieldsOf(command: string, more: Partial<About> = {}): readonly Field[] {
  return describeCommand(command)!.fields({ ...about, ...more });
}

const charter: Charter = {
  name: 'Points', lead: 3, team: [3, 4], starts: '2026-11-01', ends: '2027-01-31', milestones: [{ name: 'One', due: '2026-12-01', deliverable: 'It' }],
  budget: { cents: 1_234_550, currency: 'CNY', use: 'Design' }, resources: 'r', expected_results: 'e', objectives: ['a', 'b'], success_metrics: 's',
  risks: [{ what: 'w', likelihood: 'low', impact: 'high', response: 'r' }],
  responsibilities: [{ activity: 'x', responsible: [3], accountable: 4, consulted: [], informed: [5] }], compliance: { checked: true, findings: 'ok' },
  extras: { form: 2, fields: [{ name: 'legal', text: 'seen' }], attachments: [{ sha256: 'a'.repeat(64), name: 'b.pdf', media_type: 'application/pdf', bytes: 9 }] },
};
const project = { name: 'Points', lead: 3, team: [3, 4], charter: 'f'.repeat(64), missing_records: ['minutes'], forms: { F2: { type: 'project.charter_submitted.v1', data: { charter } } } } as unknown as ProjectDossier;

describe('a form', () => {
  it('says what it was decided on, but where it only adds something of one’s own', async () => {
    const sent: unknown[] = [];
    const room = { live: { send: async (command: string, _target: string, _data: object, more: object) => (sent.push([command, more]), { version: 5 }) } } as unknown as Room;
    for (const command of ['election.announce', 'project.acknowledge_summary'])
      await new Form(describeCommand(command)!, about, 4).send(room, { command, target: 'any/1', version: 4 });
    expect(sent).toEqual([['election.announce', { expect: 4 }], ['project.acknowledge_summary', {}]]);
  });

  it('knows what is missing in it, by the place of each field', () => {
    const fields = fieldsOf('request.draft');
    const values = blank(fields);
    expect(missing(fields, values)).toEqual([
      '/form/title', '/form/background', '/form/objectives', '/form/main_content', '/form/required_by',
      '/form/compliance/checked', '/form/extras/legal',
    ]);
    const form = values['form'] as Values;
    Object.assign(form, { title: ' ', background: 'b', objectives: 'o', main_content: 'm', required_by: '2026-12-01' });
    (form['extras'] as { fields: Record<string, string> }).fields['legal'] = 'yes';
    const { keep } = handedIn('request.draft', 'request.submit');
    expect(missing(fields, values, (_, at) => keep!.needs.includes(at))).toEqual(['/form/title']);
    expect(missing(fields, values)).toEqual(['/form/title', '/form/compliance/checked']);
  });

  it('sends just what the wire knows: texts trimmed, what is optional and empty left out', () => {
    const fields = fieldsOf('request.draft');
    const values = blank(fields);
    Object.assign(values['form'] as Values, { title: ' T ', background: 'b', objectives: 'o', main_content: 'm', required_by: '2026-12-01' });
    expect(encode(fields, values)).toEqual({
      form: {
        title: 'T', background: 'b', objectives: 'o', main_content: 'm', required_by: '2026-12-01', priority: 'normal',
        compliance: { checked: false, findings: '' }, extras: { form: 3, fields: [], attachments: [] },
      },
    });
  });

  it('takes a charter over as it was, and sends the same again by the form’s newest version', () => {
    const fields = fieldsOf('project.submit_charter', { dossier: project });
    const values = blank(fields);
    expect(missing(fields, values)).toEqual([]);
    expect(encode(fields, values)).toEqual({ charter: { ...charter, extras: { ...charter.extras, form: 3 } } });
  });

  it('asks less of a draft', () => {
    const { keep } = describeCommand('project.submit_charter')!;
    const fields = fieldsOf('project.submit_charter', { dossier: { ...project, forms: {} } as unknown as ProjectDossier });
    const values = blank(fields);
    const needed = (_: Field, at: string) => keep!.needs.includes(at);
    expect(missing(fields, values, needed)).toEqual(['/charter/starts', '/charter/ends']);
    expect((values['charter'] as Values)['name']).toBe('Points');
    expect((encode(fields, values)['charter'] as Values)['milestones']).toEqual([]);
  });

  it('has a line of the report for each objective, which can’t be left out', () => {
    const fields = fieldsOf('project.accept', { dossier: project });
    const values = blank(fields);
    expect(missing(fields, values)).toEqual(['/report/conclusion', '/report/extras/legal']);
    const { report } = encode(fields, values) as { report: { results: unknown } };
    expect(report.results).toEqual([{ objective: 1, result: 'met', note: '' }, { objective: 2, result: 'met', note: '' }]);
  });

  it('releases the charter that was shown', () => {
    const fields = fieldsOf('project.approve_charter', { dossier: project });
    expect(encode(fields, blank(fields))).toEqual({ sha256: 'f'.repeat(64) });
  });

  it('that was opened on a charter that changed since releases the one that is there now', () => {
    const form = new Form(describeCommand('project.approve_charter')!, { ...about, dossier: project }, 4);
    form.renew({ ...about, dossier: { ...project, charter: 'e'.repeat(64) } as ProjectDossier });
    expect(form.values['sha256']).toBe('e'.repeat(64));
    expect(form.touched).toBe(false);
  });

  it('drops lines that nobody touched, and says what is missing in those that somebody began', () => {
    const fields = fieldsOf('project.submit_charter', { dossier: project });
    const values = blank(fields);
    const risks = (values['charter'] as Values)['risks'] as Values[];
    risks.push({ what: '', likelihood: 'medium', impact: 'medium', response: '' }, { what: 'half', likelihood: 'low', impact: 'low', response: '' });
    expect(missing(fields, values)).toEqual(['/charter/risks/2/response']);
    expect(((encode(fields, values)['charter'] as Values)['risks'] as Values[]).map((r) => r['what'])).toEqual(['w', 'half']);
  });

  it('shows a refusal at the field that it is about, where the server names the form alone', () => {
    expect(atFault(fieldsOf('request.revise'), 'bad_required_by')).toBe('/form/required_by');
    expect(atFault(fieldsOf('project.submit_charter', { dossier: project }), 'bad_risks')).toBe('/charter/risks');
    expect(atFault(fieldsOf('project.submit_charter', { dossier: project }), 'bad_budget')).toBe('/charter/budget/cents');
    expect(atFault(fieldsOf('request.draft'), 'not_requester')).toBe(null);
  });

  it('reads amounts of money as they are written', () => {
    expect(['12,345.5', '100', '0.05', '1.234', '-3', '', '12 000'].map(cents)).toEqual([1_234_550, 10_000, 5, null, null, null, 1_200_000]);
  });
});

describe('commands', () => {
  const everything = ['task', 'request', 'project', 'analysis', 'strategy'].flatMap(commandsOf);

  it('are called something in both languages, and so are their fields', () => {
    const labels = (fields: readonly Field[]): string[] =>
      fields.flatMap((f) => [
        ...(f.kind === 'given' ? [] : [f.label.zh, f.label.en]), ...('fields' in f ? labels(f.fields) : []),
        ...('options' in f ? f.options.flatMap((o) => [o.label.zh, o.label.en]) : []),
      ]);
    for (const command of everything) {
      const d = describeCommand(command)!;
      const dossier = (command.startsWith('request') ? { forms: {}, requester: 3 } : project) as RequestDossier | ProjectDossier;
      const words = [d.label.zh, d.label.en, ...labels(d.fields({ ...about, dossier }))];
      expect(words.filter((w) => !w), command).toEqual([]);
    }
  });

  it('that return, clarify, reject or end something want words, and what can’t be taken back is asked once more', () => {
    for (const command of everything) {
      const d = describeCommand(command)!;
      const worded = d.verdict && d.verdict !== 'pass';
      if (worded) expect(missing(d.fields({ ...about, dossier: project }), blank(d.fields({ ...about, dossier: project }))).length, command).toBeGreaterThan(0);
      if (/reject|cancel|withdraw|seal|discard|drop|\.end$/.test(command)) expect(d.grave, command).toBeDefined();
    }
  });
});

const extras = { form: 1, fields: [{ name: 'legal', text: 'seen' }], attachments: [] };
const finding: Finding = {
  kind: 'problem', priority: 'high', from: '2026-11-16', until: '2026-11-22', observed: 'Redemption fell',
  figures: [{ name: 'Rate', before: '12.5', now: '9.8', unit: '%' }, { name: 'New', now: '100', unit: '' }], cause: 'c', suggestion: 's', extras,
};
const at = (position: number, type: string, data: object) => ({ position, type: `${type}.v1`, data, time: `t${position}` });
const analysis = {
  id: 4, title: 'Weekly', owner: 5, every: 5, next_on: '2026-11-20', concerned: [2, 3], looks: 3, found: 2, project: 9,
  forms: {
    plan: at(1, 'analysis.planned', { plan: { title: 'Weekly', subject: 's', sources: 'd', method: 'm', owner: 6, every: 5, next_on: '2026-11-01', concerned: [2], project: 9 } }),
    looks: [at(2, 'analysis.reported', { look: 1, finding }), at(5, 'analysis.reported', { look: 2, finding: { ...finding, observed: 'Fell' } }), at(7, 'analysis.corrected', { look: 2, finding, reason: 'twice' }), at(9, 'analysis.found_steady', { look: 3, note: 'all well' })],
    acknowledgements: [at(3, 'analysis.acknowledged', { look: 1, member: 2 }), at(6, 'analysis.acknowledged', { look: 2, member: 2 }), at(8, 'analysis.acknowledged', { look: 2, member: 3 })],
    handled: [at(4, 'analysis.handled', { look: 1, outcome: 'watch', reason: 'r' })],
  },
} as unknown as AnalysisDossier;
const f19: F19 = {
  title: 'Points', kind: 'plan', grounds: [{ fact: 'f', analysis: 4, look: 2 }, { fact: 'market report', analysis: 0, look: 0 }], adjustment: 'a', content: 'c', expected: 'e',
  effective: '2026-12-01', acknowledge_by: '2026-12-03', check_on: '2026-12-20', concerned: [2, 3], replaces: 7, project: 0, extras,
};
const strategy = { id: 8, kind: 'plan', title: 'Points', concerned: [2, 3, 4], sha256: 'e'.repeat(64), forms: { F19: { type: 'strategy.drafted.v1', data: { form: f19 } } } } as unknown as StrategyDossier;

describe('an analysis', () => {
  it('is told look by look: a correction is taken note of anew, and what was handled says so', () => {
    expect(looksOf(analysis).map((l) => [l.look, l.finding?.observed ?? null, l.corrections.length, l.acknowledged.map((a) => a.member), l.handled?.data.outcome ?? null])).toEqual([
      [3, null, 0, [], null], [2, 'Redemption fell', 1, [3], null], [1, 'Redemption fell', 0, [2], 'watch'],
    ]);
  });

  it('is changed as it is now, not as it was planned', () => {
    const fields = fieldsOf('analysis.change', { dossier: analysis, today: '2026-11-25' });
    const { form } = encode(fields, blank(fields)) as { form: Values };
    expect(form).toEqual({ title: 'Weekly', subject: 's', sources: 'd', method: 'm', owner: 5, every: 5, next_on: '2026-11-20', project: 9, concerned: [2, 3] });
  });

  it('reports figures exactly as they were written', () => {
    const fields = fieldsOf('analysis.correct', { dossier: analysis });
    const values = blank(fields);
    expect(missing(fields, values)).toEqual(['/reason']);
    expect((encode(fields, values)['finding'] as Values)['figures']).toEqual(finding.figures);
  });
});

describe('a strategy', () => {
  it('is revised as it was written: what is none goes unsaid, but a ground from elsewhere says so', () => {
    const fields = fieldsOf('strategy.revise', { dossier: { ...strategy, forms: { F19: { type: 'strategy.revised.v1', data: { form: { ...f19, replaces: 0 } } } } } as unknown as StrategyDossier });
    const { replaces: _, project: __, extras: before, ...same } = f19;
    expect(encode(fields, blank(fields))).toEqual({ form: { ...same, extras: { ...before, form: 3 } } });
  });

  it('begins from a finding with what that says, or from the version that it takes the place of', () => {
    const of = (form: Record<string, unknown>) => {
      const fields = fieldsOf('strategy.draft', { given: { form }, today: '2026-11-25' });
      const values = blank(fields);
      return { form: (encode(fields, values) as { form: Values }).form, missing: missing(fields, values) };
    };
    const fresh = of(fromFinding(analysis, 2));
    expect(fresh.form['grounds']).toEqual([{ fact: 'Redemption fell\nRate 12.5 → 9.8 %; New 100', analysis: 4, look: 2 }]);
    expect([fresh.form['concerned'], fresh.form['project'], fresh.form['replaces']]).toEqual([[2, 3], 9, undefined]);
    const next = of(fromVersion(strategy));
    expect([next.form['replaces'], next.form['kind'], next.form['concerned']]).toEqual([8, 'plan', [2, 3, 4]]);
    expect(next.missing).toEqual(['/form/adjustment', '/form/acknowledge_by', '/form/check_on', '/form/extras/legal']);
  });

  it('is published as it was read, and faults stand at their fields', () => {
    const fields = fieldsOf('strategy.publish', { dossier: strategy });
    expect(encode(fields, blank(fields))).toEqual({ sha256: 'e'.repeat(64) });
    expect(atFault(fieldsOf('strategy.draft'), 'no_such_finding')).toBe('/form/grounds');
    expect(atFault(fieldsOf('strategy.check'), 'bad_measures')).toBe('/check/measures');
    expect(atFault(fieldsOf('analysis.report'), 'bad_figures')).toBe('/finding/figures');
  });
});

describe('SHA-256', () => {
  it('is that of the standard', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });

  it('is the same however the content comes in, at every length around a block', () => {
    for (const length of [55, 56, 63, 64, 65, 119, 120, 1000]) {
      const bytes = Uint8Array.from({ length }, (_, i) => i % 251);
      const whole = new Sha256();
      whole.update(bytes);
      const parts = new Sha256();
      for (let at = 0; at < length; at += 7) parts.update(bytes.subarray(at, at + 7));
      expect(parts.hex()).toBe(whole.hex());
    }
  });
});
