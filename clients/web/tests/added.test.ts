// Fields that an organisation adds to a form: typed where they are filled in and read, text on the wire.

import { describe as suite, expect, it } from 'vitest';
import type { AddedField, FormDefinition } from '@client/flows';

import { filledIn } from '../src/lib/forms/added';
import { describe } from '../src/lib/forms/commands';
import { blank, encode, missing, type Field, type Values } from '../src/lib/forms/field';
import { restored } from '../src/lib/forms/restore';
import { schema } from '../src/lib/state/schema.svelte';
import { described } from './support/schema';

schema.take(described);

const add = (name: string, is: NonNullable<AddedField['is']>, more: Partial<AddedField> = {}): AddedField => ({ name, label: { zh: name, en: name }, required: false, is, ...more });
const form: FormDefinition = {
  name: 'F1', zh: '', en: '', version: 2,
  fields: [
    { name: 'old', label: { zh: '旧', en: 'old' }, required: true },
    add('line', 'line'), add('lines', 'lines'), add('number', 'number', { least: 2, most: 9, unit: { zh: '天', en: 'days' } }), add('percent', 'percent'), add('money', 'money', { required: true }),
    add('day', 'day'), add('yes_no', 'yes_no'), add('choice', 'choice', { options: [{ name: 'a', label: { zh: '甲', en: 'A' } }] }), add('person', 'person'), add('people', 'people'),
    add('department', 'department'), add('role', 'role'), add('task', 'reference', { of: 'task' }), add('any', 'reference'),
  ],
};
const extras = (): Extract<Field, { kind: 'extras' }> => {
  const all = describe('request.draft')!.fields({ form: () => form });
  const first = all.find((f) => f.kind === 'group') as Extract<Field, { kind: 'group' }>;
  return first.fields.find((f) => f.kind === 'extras') as Extract<Field, { kind: 'extras' }>;
};
const values = {
  old: ' words ', line: 'a', lines: 'a\n\n b', number: 3, percent: 40, money: '1,200', day: '2026-12-01', yes_no: false, choice: 'a', person: 7, people: [7, 9], department: 'operations', role: 'SP', task: 17,
  any: 'project/3',
};
const texts = {
  old: 'words', line: 'a', lines: 'a\nb', number: '3', percent: '40', money: '1200.00', day: '2026-12-01', yes_no: 'false', choice: 'a', person: '7', people: '7,9', department: 'operations', role: 'SP',
  task: 'task/17', any: 'project/3',
};
const filled = Object.entries(texts).map(([name, text]) => ({ name, text }));

suite('added fields', () => {
  it('are inputs of their type', () => {
    expect(extras().fields.map((f) => f.kind)).toEqual([
      'text', 'line', 'lines', 'count', 'count', 'money', 'day', 'yes_no', 'choice', 'member', 'members', 'department', 'role', 'reference', 'line',
    ]);
    expect(extras().fields[3]).toMatchObject({ least: 2, most: 9, unit: { zh: '天', en: 'days' } });
  });

  it('go over the wire as text, and come back as what was filled in', () => {
    const field = extras();
    const one = { extras: { fields: values, attachments: [] } };
    expect(encode([field], one)).toEqual({ extras: { form: 2, fields: filled, attachments: [] } });
    const again = blank([field], { extras: { form: 2, fields: filled, attachments: [] } });
    expect(encode([field], again)).toEqual({ extras: { form: 2, fields: filled, attachments: [] } });
  });

  it('that are empty are left out, and missing where they are required', () => {
    const field = extras();
    expect(encode([field], blank([field]))).toEqual({ extras: { form: 2, fields: [], attachments: [] } });
    expect(missing([field], blank([field]))).toEqual(['/extras/old', '/extras/money']);
    expect(missing([field], { extras: { fields: { ...values, money: 'much' }, attachments: [] } })).toEqual(['/extras/money']);
  });

  it('are taken up from a draft, those that fit', () => {
    const field = extras();
    const back = restored([field], blank([field]), { extras: { fields: { ...values, choice: 'gone', person: 'x' }, attachments: [] } })['extras'] as { fields: Values };
    expect(back.fields).toMatchObject({ line: 'a', number: 3, people: [7, 9], yes_no: false, choice: '', person: 0 });
  });

  it('are read by their type; what the form does not have any more, by its text', () => {
    const { fields, data } = filledIn(form, { fields: [...filled, { name: 'dropped', text: 'x' }] });
    expect(data).toMatchObject({ number: 3, money: 120_000, people: [7, 9], yes_no: false, task: 17, any: 3, lines: ['a', 'b'], dropped: 'x' });
    expect(fields.find((f) => f.name === 'any')).toMatchObject({ is: 'reference', of: 'project' });
    expect(fields.at(-1)).toMatchObject({ is: 'prose', label: { en: 'dropped' } });
  });
});
