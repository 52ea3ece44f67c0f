// The value of a field that the schema describes, as text within a sentence. Pure.

import type { SchemaEvent, SchemaField } from '@client/schema';
import type { Words } from '@client/types';

import type { Texts } from '../../i18n/zh';
import { money } from './size';

export interface Speaker {
  t: Texts;
  name: (member: number) => string;
  day: (day: string) => string;
  moment: (at: string) => string;
  department: (code: string) => string;
  role: (code: string) => string;
  /** "Analysis 4" */
  thing: (kind: string, id: number) => string;
}

/** Whether there is nothing in it: such a field is left out. An id of 0 is none. */
export function isNothing(field: SchemaField, value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (field.is === 'person' || field.is === 'reference' || field.is === 'event') return value === 0;
  if (field.is === 'group') return (field.fields ?? []).every((f) => isNothing(f, (value as Record<string, unknown>)[f.name]));
  if (field.is !== 'extras') return false;
  const { fields, attachments } = value as { fields?: unknown[]; attachments?: unknown[] };
  return !fields?.length && !attachments?.length;
}

/** What a choice is called; what nobody has described, by its name. */
export function choiceOf(field: SchemaField, value: unknown): { label: Words; tone?: NonNullable<SchemaField['options']>[number]['tone'] } {
  return field.options?.find((o) => o.name === value) ?? { label: { zh: String(value), en: String(value) } };
}

/** Whether a part is an amount with its currency: one value to whoever reads it. */
export function isAmount(field: SchemaField): boolean {
  return field.is === 'group' && field.fields?.length === 2 && field.fields[0]!.is === 'money' && field.fields[1]!.is === 'code';
}

/** In words, without marks of its own; a part with fields of its own has none, but for an amount. */
export function inText(field: SchemaField, value: unknown, says: Speaker): string {
  const { t } = says;
  if (isNothing(field, value)) return '';
  const each = (one: (v: never) => string) => (value as never[]).map(one).join(t.flows.comma);
  switch (field.is) {
    case 'person':
      return says.name(value as number);
    case 'people':
      return each(says.name);
    case 'day':
      return says.day(value as string);
    case 'moment':
      return says.moment(value as string);
    case 'percent':
      return `${value as number}%`;
    case 'number':
      return `${value as number}${field.unit ? ` ${field.unit[t.language]}` : ''}`;
    case 'hundredths':
      return `${((value as number) / 100).toFixed(2)}${field.unit?.[t.language] ?? ''}`;
    case 'money':
      return money(value as number, '', t.language).trim();
    case 'bilingual':
      return (value as Words)[t.language];
    case 'lines':
    case 'remarks':
    case 'codes':
    case 'numbers':
      return each(String);
    case 'event':
      return `#${value as number}`;
    case 'yes_no':
      return value ? t.flows.yes : t.flows.no;
    case 'choice':
      return choiceOf(field, value).label[t.language];
    case 'choices':
      return each((v) => choiceOf(field, v).label[t.language]);
    case 'department':
      return says.department(value as string);
    case 'departments':
      return each(says.department);
    case 'role':
      return says.role(value as string);
    case 'roles':
      return each(says.role);
    case 'reference':
      return says.thing(field.of ?? '', value as number);
    case 'references':
      return each((id) => says.thing(field.of ?? '', id));
    case 'files':
      return each(({ name }: { name: string }) => name);
    case 'group': {
      if (!isAmount(field)) return '';
      const [sum, currency] = field.fields!.map((f) => (value as Record<string, unknown>)[f.name]);
      return money(sum as number, currency as string, t.language);
    }
    case 'list':
    case 'extras':
      return '';
    default:
      return String(value);
  }
}

/** The names within the braces of "credited to {credited}". */
export function placeholdersOf(detail: Words | undefined): string[] {
  return [...(detail?.en ?? '').matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
}

/** A sentence after the actor's name, with what the event holds where all of that is there. */
export function sentence(event: SchemaEvent, data: Record<string, unknown>, says: Speaker): string {
  const { language } = says.t;
  const texts = new Map(
    placeholdersOf(event.detail).map((name) => {
      const field = event.fields.find((f) => f.name === name);
      return [name, field ? inText(field, data[name], says) : ''] as const;
    }),
  );
  if (!event.detail || [...texts.values()].includes('')) return event.label[language];
  return event.detail[language].replace(/\{(\w+)\}/g, (_, name: string) => texts.get(name) ?? '');
}
