// A kind of document that the server does not have, with a field of every type: what the page does with it, it does with any.

import type { DocumentDossier } from '@client/flows';
import type { KindSchema, SchemaCommand, SchemaEvent, SchemaField } from '@client/schema';

const words = (zh: string, en: string) => ({ zh, en });
const field = (is: SchemaField['is'], name: string, more: Partial<SchemaField> = {}): SchemaField => ({
  name, is, label: words(`${name} 中`, `The ${name}`), required: true, code: `bad_${name}`, ...more,
});
const command = (name: string, fields: SchemaField[], more: Partial<SchemaCommand> = {}): SchemaCommand => ({
  type: `trial.${name}`, clause: 'S9', label: words(`${name} 中`, name), fields, ...more,
});
const event = (name: string, fields: SchemaField[], more: Partial<SchemaEvent> = {}): SchemaEvent => ({
  type: `trial.${name}.v1`, clause: 'S9', label: words(`${name} 中`, `${name} it`), fields, ...more,
});

export const plan: SchemaField[] = [
  field('line', 'title', { most: 80, example: words('例', 'One') }),
  field('choice', 'size', { options: [{ name: 'small', label: words('小', 'Small'), tone: 'good' }, { name: 'large', label: words('大', 'Large'), tone: 'caution' }] }),
  field('prose', 'why', { most: 16_384 }),
  field('prose', 'note', { required: false, most: 4_096 }),
  field('people', 'with', { required: false, hint: words('一起', 'together') }),
  field('list', 'stages', { required: false, least: 0, most: 5, fields: [field('line', 'name'), field('day', 'due')] }),
  field('group', 'cost', { required: false, fields: [field('number', 'days', { least: 1, most: 99 }), field('prose', 'use')] }),
  field('extras', 'extras', { required: false }),
];
export const everything: SchemaField[] = [
  field('code', 'key'), field('hash', 'sha256'), field('day', 'day'), field('moment', 'at'), field('number', 'count', { least: 2, most: 9 }), field('percent', 'percent'),
  field('yes_no', 'agrees'), field('person', 'lead'), field('people', 'team'), field('department', 'department'), field('departments', 'departments'),
  field('role', 'role'), field('roles', 'roles'), field('reference', 'analysis', { of: 'analysis' }), field('references', 'projects', { of: 'project' }),
  field('files', 'files', { required: false }), field('lines', 'checks'), field('codes', 'in'), field('numbers', 'numbers'), field('bilingual', 'called'),
  field('hundredths', 'score'), field('money', 'cents'), field('choices', 'kinds', { options: [{ name: 'a', label: words('甲', 'A') }, { name: 'b', label: words('乙', 'B') }] }),
  field('event', 'event'),
];
const reason = field('prose', 'reason', { most: 4_096 });

export const trial: KindSchema = {
  name: 'trial', path: '/api/v1/trials', clause: 'S9', label: words('试点', 'Trial'), plural: words('试点', 'Trials'), hint: words('先试后推。', 'Tried before it is rolled out.'),
  statuses: [
    { name: 'filed', label: words('待裁决', 'Awaiting a decision'), tone: 'active' }, { name: 'returned', label: words('已退回', 'Returned'), tone: 'caution' },
    { name: 'running', label: words('试行中', 'Running'), tone: 'good' }, { name: 'ended', label: words('已结束', 'Ended') },
  ],
  usual_path: ['filed', 'running', 'ended'],
  sections: [
    { name: 'plan', label: words('方案', 'Plan') }, { name: 'questions', label: words('澄清', 'Clarifications'), many: true }, { name: 'verdict', label: words('裁决', 'Decision') },
  ],
  relations: [{ name: 'owner', label: words('试点负责人', 'Owner of the trial') }],
  flow: { version: 1, rows: [{ command: 'trial.revise', in: ['returned'], may: ['owner'], never: [], awaited: true }], limits: { filed: 5 } }, searched: true,
  forms: [{ name: 'T1', label: words('试点方案', 'Trial plan') }],
  fields: [
    field('choice', 'size', { options: plan[1]!.options! }), field('department', 'department'), field('line', 'title'), field('person', 'owner'),
    field('people', 'with', { required: false }), field('day', 'until', { required: false }),
  ],
  commands: [
    command('file', [field('group', 'form', { fields: plan }), field('department', 'to', { required: false, hint: words('由谁', 'who') })], { creates: true }),
    command('revise', [field('group', 'form', { fields: plan })]),
    command('keep', [field('group', 'form', { fields: plan.map((f) => (f.name === 'title' ? { ...f, from_the_start: true } : f)), unfinished: true })]),
    command('put_off', [field('day', 'until'), field('choice', 'size', { options: plan[1]!.options! }), field('person', 'owner'), reason], { decides: true, beside: 'trial.put_off.v1' }),
    command('join', [field('person', 'who', { initial: 'me', among: 'SP' }), field('day', 'from', { initial: 'today' }), field('number', 'days', { initial: '3' })], { adds: true }),
    command('approve', [field('hash', 'sha256')], { verdict: 'pass', hint: words('即此一份。', 'Just this one.') }),
    command('allow', [reason], { verdict: 'pass', hint: words('开始试行。', 'The trial begins.') }),
    command('return', [reason], { verdict: 'send_back', ends: true }),
    command('ask', [field('prose', 'question')], { verdict: 'clarify' }),
    command('refuse', [reason], { verdict: 'reject', ends: true, grave: words('不能恢复。', 'For good.') }),
    command('confirm', []),
    command('set_up', everything),
    command('hand_over', [field('person', 'from'), field('person', 'to')], { by_system: true }),
  ],
  events: [
    event('filed', [field('person', 'owner'), field('group', 'form', { fields: plan }), field('number', 'flow'), field('department', 'to', { required: false })], { section: 'plan' }),
    event('revised', [field('group', 'form', { fields: plan })], { section: 'plan' }),
    event('allowed', [reason, field('people', 'with'), field('day', 'until')], { section: 'verdict', detail: words('批准试行至 {until}，参与：{with}', 'allowed it until {until}, with {with}') }),
    event('returned', [reason], { section: 'verdict' }),
    event('asked', [field('prose', 'question')], { section: 'questions' }),
    event('set_up', everything, { detail: words(everything.map((f) => `{${f.name}}`).join(' '), everything.map((f) => `{${f.name}}`).join(' ')) }),
  ],
};

export const file = { sha256: 'a'.repeat(64), name: 'b.pdf', media_type: 'application/pdf', bytes: 9 };
export const form = {
  title: 'Points', size: 'large', why: 'w', with: [4], stages: [{ name: 'One', due: '2026-12-01' }], cost: { days: 3, use: 'u' },
  extras: { form: 1, fields: [{ name: 'legal', text: 'seen' }], attachments: [file] },
};
const at = (position: number, name: string, data: object) => ({ position, stream: 'trial/5', version: position, type: `trial.${name}.v1`, time: `2026-11-0${position}T01:00:00Z`, actor: 2, causation: '', clause: 'S9', data });

export const dossier = {
  id: 5, status: 'filed', title: 'Points', size: 'large', department: 'hr', owner: 3, with: [4], sha256: 'e'.repeat(64),
  forms: {
    verdict: at(4, 'returned', { reason: 'Too long' }), questions: [at(2, 'asked', { question: 'Who?' }), at(3, 'asked', { question: 'When?' })],
    plan: at(6, 'revised', { form }),
  },
} as unknown as DocumentDossier;
