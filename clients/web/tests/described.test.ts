import { beforeAll, describe, expect, it } from 'vitest';
import type { Envelope } from '@client/types';

import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { commandsOf, describe as describeCommand, isDecision, type About } from '../src/lib/forms/commands';
import { atFault, blank, encode, missing, type Field, type Values } from '../src/lib/forms/field';
import { Form } from '../src/lib/forms/form.svelte';
import { restored } from '../src/lib/forms/restore';
import { creatingOf, factsOf, nextOf, partsOf, rowOf, runsOf, titleField } from '../src/lib/state/documents';
import { keysOf } from '../src/lib/state/inbox';
import { parse } from '../src/lib/state/places';
import { listOf, schema } from '../src/lib/state/schema.svelte';
import { filesOf, happened, told, wordsOf } from '../src/lib/text/happened';
import { commandName, kindName, relationName, statusName, statusTone, stepName, subjectOf, titleIn } from '../src/lib/text/names';
import { inText, type Speaker } from '../src/lib/text/value';
import { described } from './support/schema';
import { dossier, everything, file, form, plan, trial } from './trial';

const about: About = {
  me: 3, today: '2026-11-28', form: (name) => ({ name, zh: name, en: name, version: 3, fields: [{ name: 'legal', label: { zh: '法务', en: 'Legal' }, required: true }] }),
};
const fieldsOf = (command: string, more: Partial<About> = {}): readonly Field[] => describeCommand(command)!.fields({ ...about, ...more });
const says = (t: typeof zh): Speaker => ({
  t, name: (m) => `M${m}`, day: (d) => `day ${d}`, moment: (m) => `at ${m}`, department: (d) => `dep ${d}`, role: (r) => `role ${r}`, thing: (kind, id) => `${kindName(t, kind)} ${id}`,
});
const event = (type: string, data: object): Envelope => ({
  position: 1, stream: 'trial/5', version: 1, type, time: '2026-11-24T00:00:00Z', actor: 1, causation: '', clause: '', data: data as Record<string, unknown>,
});

beforeAll(() => schema.take({ position: 1, kinds: [...described.kinds, trial] }));

describe('a kind that the schema describes', () => {
  it('has its buttons in their order, and none for what nobody gives', () => {
    // What it waits for and the verdicts come first, what ends it last.
    expect(commandsOf('trial')).toEqual(['revise', 'approve', 'allow', 'return', 'ask', 'refuse', 'file', 'keep', 'put_off', 'join', 'confirm', 'set_up'].map((c) => `trial.${c}`));
    expect(keysOf(['trial.refuse', 'trial.allow', 'trial.ask', 'trial.return', 'trial.file', 'trial.hand_over'], 'trial.allow').map((k) => `${k.key} ${k.command}`)).toEqual([
      'p trial.allow', 'r trial.return', 'c trial.ask', 'x trial.refuse',
    ]);
    expect(describeCommand('trial.unheard_of')).toBeUndefined();
    expect(describeCommand('task.start')).toBeDefined();
  });

  it('says of a command how grave it is, and what comes of it', () => {
    const [allow, back, refuse, file] = ['allow', 'return', 'refuse', 'file'].map((c) => describeCommand(`trial.${c}`)!);
    expect(allow!.says!(about)).toEqual({ zh: '开始试行。', en: 'The trial begins.' });
    expect([allow!.danger, back!.danger, back!.verdict, back!.grave]).toEqual([undefined, true, 'return', undefined]);
    expect(refuse!.grave).toEqual({ zh: '不能恢复。', en: 'For good.' });
    expect([allow, back, refuse].map((d) => isDecision(d!))).toEqual([true, true, true]);
    expect([file!.wide, file!.inPlace, allow!.wide]).toEqual([true, true, undefined]);
    expect(describeCommand('trial.file')).toBe(file);
  });

  it('is called as the schema calls it, in both languages', () => {
    expect([statusName(zh, 'trial', 'filed'), statusName(en, 'trial', 'running'), statusName(zh, 'trial', 'absent')]).toEqual(['待裁决', 'Running', '（尚无）']);
    expect([statusTone('trial', 'filed'), statusTone('trial', 'returned'), statusTone('trial', 'ended')]).toEqual(['accent', 'warn', '']);
    expect([kindName(zh, 'trial'), kindName(en, 'trial'), kindName(en, 'unheard_of')]).toEqual(['试点', 'Trial', 'unheard_of']);
    expect([relationName(zh, 'trial', 'owner'), relationName(zh, 'trial', 'x')]).toEqual(['试点负责人', 'x']);
    expect([commandName(en, 'trial.hand_over'), commandName(en, 'x.do_it')]).toEqual(['hand_over', 'do it']);
  });

  it('waits for a decision where it waits for a verdict, else for the command', () => {
    expect([stepName(en, 'trial.allow'), stepName(zh, 'trial.allow'), stepName(en, 'trial.revise')]).toEqual(['Decide on the trial', '裁决试点', 'revise']);
  });

  it('stands at its addresses, and its list at the name that the server has for it', () => {
    const at = (hash: string) => schema.at(parse(hash));
    expect([at('#/trials')?.id, at('#/trial/7')?.id, at('#/trial/new')?.id]).toEqual([null, 7, 'new']);
    expect([at('#/others'), at('#/other/7'), at('#/board'), at('#/task/3')]).toEqual([null, null, null, null]);
    expect([at('#/requests')?.kind.name, at('#/request/3')?.id]).toEqual(['request', 3]);
    expect([listOf('trial'), listOf('analysis')]).toEqual(['trials', 'analyses']);
    expect(parse('#/trial/x')).toEqual({ at: 'home' });
  });
});

describe('a form that the schema describes', () => {
  it('asks for what has to be said, by the place of each field', () => {
    const fields = fieldsOf('trial.file');
    expect(missing(fields, blank(fields))).toEqual(['/form/title', '/form/size', '/form/why', '/form/extras/legal']);
    expect([atFault(fields, 'bad_why'), atFault(fields, 'bad_days'), atFault(fields, 'bad_to')]).toEqual(['/form/why', '/form/cost/days', '/to']);
    expect(fields.map((f) => f.label.en)).toEqual(['The form', 'The to']);
  });

  it('sends lists though they are empty, and leaves out what is optional', () => {
    const fields = fieldsOf('trial.file');
    const values = blank(fields);
    const filled = values['form'] as Values;
    Object.assign(filled, { title: ' T ', size: 'small', why: 'w' });
    (filled['extras'] as { fields: Record<string, string> }).fields['legal'] = 'yes';
    expect(missing(fields, values)).toEqual([]);
    expect(encode(fields, values)).toEqual({
      form: { title: 'T', size: 'small', why: 'w', with: [], stages: [], extras: { form: 3, fields: [{ name: 'legal', text: 'yes' }], attachments: [] } },
    });
  });

  it('begins with what stands in the dossier, where that is of the same form', () => {
    const fields = fieldsOf('trial.revise', { dossier });
    const values = blank(fields);
    expect(missing(fields, values)).toEqual([]);
    expect(encode(fields, values)).toEqual({ form: { ...form, extras: { ...form.extras, form: 3 } } });
    const anew = fieldsOf('trial.file', { dossier });
    expect((blank(anew)['form'] as Values)['title']).toBe('');
  });

  it('has a field for every type, that can be filled in, kept and sent', () => {
    const fields = fieldsOf('trial.set_up', { dossier });
    expect(fields.map((f) => f.kind)).toEqual([
      'line', 'given', 'day', 'moment', 'count', 'percent', 'yes_no', 'member', 'members', 'department', 'departments', 'role', 'roles', 'reference', 'references', 'attachments',
      'lines', 'lines', 'lines', 'group', 'money', 'money', 'many', 'event',
    ]);
    expect(fields.length).toBe(everything.length);
    const written = {
      key: 'k', day: '2026-12-01', at: '2026-12-01T09:30', count: 4, percent: 40, agrees: false, lead: 3, team: [3, 4], department: 'hr', departments: ['hr'], role: 'OM',
      roles: ['OM'], analysis: 7, projects: [1, 2], files: [file], checks: 'one\ntwo', in: 'a', numbers: '1\n2', called: { zh: '名', en: 'Name' }, score: '87.5', cents: '1,200',
      kinds: ['b'], event: 812,
    };
    const values = restored(fields, blank(fields), written);
    expect(missing(fields, values)).toEqual([]);
    expect(encode(fields, values)).toEqual({
      ...written, at: '2026-12-01T01:30:00.000Z', sha256: 'e'.repeat(64), checks: ['one', 'two'], in: ['a'], numbers: [1, 2], score: 8750, cents: 120_000,
    });
    // The hash is given, the department stands already, 0 % is a value, files may be none; what is called something is so in both languages.
    expect(missing(fields, blank(fields)).length).toBe(everything.length - 4 + 1);
  });

  it('begins with who asks, the day, what stands already, or what the address says', () => {
    const join = fieldsOf('trial.join', { dossier });
    expect([blank(join), join[0]!.kind === 'member' && join[0]!.having]).toEqual([{ who: 3, from: '2026-11-28', days: 3 }, 'SP']);
    expect(blank(fieldsOf('trial.put_off', { dossier: { ...dossier, until: '2026-12-24' } as typeof dossier }))).toEqual({ until: '2026-12-24', size: 'large', owner: 0, reason: '' });
    const begun = blank(fieldsOf('trial.file', { given: { title: 'Given', size: 'small', to: 'hr' } }));
    expect([(begun['form'] as Values)['title'], (begun['form'] as Values)['size'], begun['to']]).toEqual(['Given', 'small', 'hr']);
  });

  it('is kept unfinished by the command that takes less, which has no button of its own', () => {
    const { keep } = describeCommand('trial.revise')!;
    expect(keep).toEqual({ command: 'trial.keep', label: { zh: 'keep 中', en: 'keep' }, needs: ['/form/title'] });
    expect([describeCommand('trial.keep')!.inPlace, describeCommand('trial.keep')!.keep, describeCommand('trial.file')!.keep]).toEqual([true, undefined, undefined]);
  });

  it('says what comes of it, of what was shown exactly', () => {
    expect(describeCommand('trial.approve')!.says!({ ...about, dossier })!.en).toBe(`Just this one. ${en.flows.project.hash} eeeeeeeeeeee…`);
    const off = describeCommand('trial.put_off')!;
    expect([isDecision(off), off.beside, describeCommand('trial.join')!.adds, isDecision(describeCommand('trial.join')!)]).toEqual([true, ['trial.put_off'], true, false]);
  });

  it('has a refusal where the server says, else at the field that knows its code', () => {
    const form = new Form(describeCommand('trial.file')!, about, 4);
    const refused = (code: string, pointer: string) => {
      form.problem = { type: '', title: '', status: 422, code, detail: '', zh: '不', en: 'no', errors: [{ pointer, detail: '', zh: '此处', en: 'here' }] };
      return form.errors('en', '');
    };
    expect([refused('bad_why', '/data/form/stages/0/due'), refused('bad_days', '/data/cost'), refused('bad_cost', '/data/form/cost')]).toEqual([
      { '/form/stages/0/due': 'here' }, { '/form/cost/days': 'no' }, { '/form/cost': 'here' },
    ]);
  });

  it('offers choices in both languages and their colours, and says what is meant', () => {
    const [group] = fieldsOf('trial.file');
    const inside = group!.kind === 'group' ? group!.fields : [];
    const size = inside.find((f) => f.name === 'size')!;
    expect(size.kind === 'choice' && size.options).toEqual([
      { value: 'small', label: { zh: '小', en: 'Small' }, tone: 'good' }, { value: 'large', label: { zh: '大', en: 'Large' }, tone: 'warn' },
    ]);
    expect([inside[0]!.example?.en, inside.find((f) => f.name === 'with')!.hint?.en]).toEqual(['One', 'together']);
    expect(group!.kind === 'group' && group!.plain).toBe(true);
  });
});

describe('an event that the schema describes', () => {
  it('is a sentence with what it holds, where all of that is there', () => {
    const allowed = event('trial.allowed.v1', { reason: 'r', with: [2, 3], until: '2026-12-01' });
    expect(happened(allowed, says(en))).toBe('allowed it until day 2026-12-01, with M2, M3');
    expect(happened(allowed, says(zh))).toBe('批准试行至 day 2026-12-01，参与：M2、M3');
    expect(happened(event('trial.allowed.v1', { reason: 'r', with: [] }), says(en))).toBe('allowed it');
    expect(told(en, 'trial.allowed.v1')).toBe('allowed it');
    expect(told(zh, 'trial.allowed')).toBe('allowed 中');
    expect(happened(event('trial.unheard_of.v1', {}), says(en))).toBe('trial.unheard_of.v1');
  });

  it('says fields of every type in words', () => {
    const data = {
      key: 'k', sha256: 'ee', day: '2026-12-01', at: '2026-12-01T01:30:00Z', count: 4, percent: 0, agrees: false, lead: 3, team: [3, 4], department: 'hr', departments: ['hr', 'it'],
      role: 'OM', roles: ['OM', 'SP'], analysis: 7, projects: [1, 2], files: [file], checks: ['one', 'two'], in: ['a'], numbers: [1, 2], called: { zh: '名', en: 'Name' },
      score: 8750, cents: 120_050, kinds: ['a', 'b'], event: 812,
    };
    expect(happened(event('trial.set_up.v1', data), says(en))).toBe(
      'k ee day 2026-12-01 at 2026-12-01T01:30:00Z 4 0% No M3 M3, M4 dep hr dep hr, dep it role OM role OM, role SP Analysis 7 Project 1, Project 2 b.pdf one, two a 1, 2 Name 87.50 1,200.50 A, B #812',
    );
    const size = plan[1]!;
    const cost = { ...plan[6]!, fields: [everything.find((f) => f.is === 'money')!, everything[0]!] };
    expect([inText(cost, { cents: 200_000, key: 'CNY' }, says(zh)), inText(plan[6]!, { days: 3, use: 'u' }, says(zh))]).toEqual(['2,000 CNY', '']);
    expect([inText(size, 'large', says(zh)), inText(size, 'unknown', says(zh)), inText(size, '', says(zh))]).toEqual(['大', 'unknown', '']);
  });

  it('has the actor’s words and files, wherever in its forms they are', () => {
    expect(wordsOf(event('trial.returned.v1', { reason: 'Too long' }))).toBe('Too long');
    expect(wordsOf(event('trial.revised.v1', { form }))).toBe('');
    expect(filesOf(event('trial.revised.v1', { form }))).toEqual([file]);
  });
});

describe('a document of any kind', () => {
  it('shows the facts that say something, but for its title', () => {
    expect(titleField(trial)?.name).toBe('title');
    expect(factsOf(trial, dossier).map((f) => f.field.name)).toEqual(['size', 'department', 'owner', 'with']);
    expect(factsOf(trial, { size: 'small', owner: 0, with: [] }).map((f) => f.field.name)).toEqual(['size']);
  });

  it('without a title is called by what it is and whom it is about; its days stand among the facts, and the next of them in its row', () => {
    const days = { name: 'schedule', is: 'group', label: { zh: '日程', en: 'Days' }, required: true, code: 'bad_schedule', fields: [everything[2]!, { ...everything[2]!, name: 'over' }] } as const;
    const untitled = { ...trial, fields: [...trial.fields.filter((f) => f.is !== 'line' && f.is !== 'day'), everything[4]!, days] } as unknown as typeof trial;
    const row = { id: 5, name: 'large', size: 'large', owner: 3, count: 0, schedule: { day: '2026-12-01', over: '2026-12-09' } };
    const namer = { t: en, name: (m: number) => `M${m}` };
    schema.take({ position: 1, kinds: [untitled] });
    expect([titleIn(namer, untitled, row), titleIn(namer, untitled, { id: 5 }), titleIn(namer, trial, dossier)]).toEqual(['Large · M3', 'Trial 5', 'Points']);
    schema.take({ position: 1, kinds: [trial] });
    expect(factsOf(untitled, row).map((f) => [f.field.name, f.value])).toEqual([['size', 'large'], ['owner', 3], ['day', '2026-12-01'], ['over', '2026-12-09']]);
    expect([rowOf(untitled).column?.name, rowOf(untitled).under.map((f) => f.name)]).toEqual(['schedule', ['with']]);
    expect(['2026-11-30', '2026-12-02', '2026-12-24'].map((today) => nextOf(days as never, row.schedule, today)?.field.name)).toEqual(['day', 'over', 'over']);
  });

  it('has its parts in their order, without what stands at its head or in the sentence', () => {
    const parts = partsOf(trial, dossier);
    expect(parts.map((p) => [p.section.name, p.events.length, p.first, p.earlier])).toEqual([['plan', 1, true, false], ['questions', 2, false, false], ['verdict', 1, false, true]]);
    expect(parts[0]!.events[0]!.fields[0]!.fields!.map((f) => f.name)).toEqual(['why', 'note', 'stages', 'cost', 'extras']);
    const allowed = { ...dossier, forms: { verdict: { ...event('trial.allowed.v1', {}), position: 9 } } } as typeof dossier;
    expect(partsOf(trial, allowed).map((p) => [p.section.name, p.earlier, p.events[0]!.fields.map((f) => f.name)])).toEqual([['verdict', false, ['reason']]]);
  });

  it('sets short fields side by side, and leaves out what is empty', () => {
    expect(runsOf(plan, form).map((r) => r.fields.map((f) => f.name).join())).toEqual(['title,size', 'why', 'with', 'stages', 'cost', 'extras']);
  });

  it('has a row with a day, else whom it is about', () => {
    expect([rowOf(trial).column?.name, rowOf(trial).under.map((f) => f.name)]).toEqual(['until', ['size', 'owner', 'with']]);
    const without = { ...trial, fields: trial.fields.filter((f) => f.is !== 'day') };
    expect([rowOf(without).column?.name, rowOf(without).under.map((f) => f.name)]).toEqual(['with', ['size', 'owner']]);
    expect(creatingOf(trial)?.type).toBe('trial.file');
  });

  it('is called by its title, and without one by its number', () => {
    const namer = { t: en, name: (m: number) => `M${m}` };
    expect([subjectOf(namer, { ...about, dossier }, 'trial/5'), subjectOf(namer, about, 'trial/5')]).toEqual(['Points', 'Trial 5']);
  });
});
