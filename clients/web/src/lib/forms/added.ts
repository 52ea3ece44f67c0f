// Fields that an organisation adds to a form (S1.3.2). They are described as all others are; over the wire goes text: a day as
// "2026-12-01", an amount as "1200.00", people as "7,9", what is referred to as "task/17". Pure.

import type { AddedField, Data, FormDefinition } from '@client/flows';
import type { SchemaField } from '@client/schema';

import { cents } from './field';

/** Everything that can be referred to is called "KIND/NUMBER". */
const reference = /^([a-z_]{1,40})\/([1-9]\d{0,14})$/;

export function asDescribed({ is = 'prose', ...f }: AddedField): SchemaField {
  // Of any kind: what it is stands in the text.
  const anything = is === 'reference' && !f.of;
  return { ...f, is: anything ? 'line' : is, code: 'bad_extras', ...(anything && !f.hint ? { hint: { zh: '类型与编号', en: 'Kind and number' } } : {}), ...(anything ? { example: { zh: 'task/17', en: 'task/17' } } : {}) };
}

/** The value that stands for a text, as a command would have it; undefined where there is none. */
export function valueOf(f: SchemaField, text: string): unknown {
  if (!text.trim()) return undefined;
  switch (f.is) {
    case 'number':
    case 'percent':
    case 'person':
      return Number(text);
    case 'money':
      return cents(text) ?? undefined;
    case 'yes_no':
      return text === 'true';
    case 'people':
      return text.split(',').map(Number);
    case 'lines':
      return text.split('\n');
    case 'reference':
      return Number(reference.exec(text)?.[2] ?? 0);
    default:
      return text;
  }
}

/** The text of a value that goes over the wire. */
export function textOf(f: SchemaField, value: unknown): string {
  switch (f.is) {
    case 'money':
      return ((value as number) / 100).toFixed(2);
    case 'people':
      return (value as number[]).join(',');
    case 'lines':
      return (value as string[]).join('\n');
    case 'reference':
      return `${f.of}/${value as number}`;
    default:
      return String(value);
  }
}

interface Texts {
  fields: readonly { name: string; text: string }[];
}

/** What was filled in, each with its description. Of a field that the form does not have any more the text is left. */
export function filledIn(form: FormDefinition, extras: Texts): { fields: SchemaField[]; data: Data } {
  const fields = extras.fields.map(({ name, text }) => {
    const defined = form.fields.find((f) => f.name === name) ?? { name, label: { zh: name, en: name }, required: false };
    const to = defined.is === 'reference' ? reference.exec(text)?.[1] : undefined;
    return asDescribed(to ? { ...defined, of: to } : defined);
  });
  return { fields, data: Object.fromEntries(extras.fields.map(({ name, text }, i) => [name, valueOf(fields[i]!, text)])) };
}
