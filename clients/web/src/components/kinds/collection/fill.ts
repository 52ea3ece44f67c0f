// A plan filled in from a file: how it is read and what its columns are, for a person to confirm or correct. Pure.

import type { Words } from '@client/types';

import { blank, type Field, type Values } from '../../../lib/forms/field';

/** What POST data/profile answers. */
export interface Profile {
  reading: Record<string, unknown>;
  columns: Record<string, unknown>[];
  rows: number;
  warnings: Words[];
}

/** A heading that may be a code as it stands. */
function codeIn(name: unknown): string | undefined {
  const code = String(name ?? '').trim().toLowerCase().replace(/[\s-]+/g, '_');
  return /^[a-z][a-z0-9_]{0,62}$/.test(code) ? code : undefined;
}

/** "金额（元）" is in 元. */
const unitIn = (name: unknown) => /[（(]([^（()）]{1,8})[)）]$/.exec(String(name ?? '').trim())?.[1];

/**
 * What can be told of a column beside what the server says of it. Only text of few values is taken for a dimension: one too many makes
 * figures of each of its values. Whether it is personal data is for a person to say.
 */
function guessed(c: Record<string, unknown>, dayType: string): Record<string, unknown> {
  const [type, key] = [c['type'], c['key'] === true];
  const isNumber = type === 'whole' || type === 'decimal' || type === 'percent';
  const few = type === 'yes_no' || (type === 'text' && Array.isArray(c['examples']) && c['examples'].length > 0 && c['examples'].length < 3);
  const role = type === dayType ? 'day' : isNumber && !key ? 'field' : few && !key ? 'dimension' : 'label';
  return {
    code: codeIn(c['name']), key, ...(type === undefined ? {} : { role }), ...(role === 'field' ? { unit: unitIn(c['name']) } : {}), ...(type === 'percent' ? { nature: 'ratio' } : {}),
    ...(c['missing_share'] === undefined ? {} : { required: Number(c['missing_share']) === 0 }), ...c,
  };
}

/** Columns as the form has them. */
function columnsOf({ columns }: Profile): Record<string, unknown>[] {
  const dayType = columns.some((c) => c['type'] === 'day') ? 'day' : 'moment';
  return columns.map((c) => guessed(c, dayType));
}

const within = (fields: readonly Field[], name: string) => fields.find((f) => f.name === name);

/** The form's values with what was found in place of how it is read and its columns; null where the form has no such fields. */
export function filled(fields: readonly Field[], values: Values, found: Profile): Values | null {
  const form = within(fields, 'form');
  if (form?.kind !== 'group') return null;
  const [reading, columns] = [within(form.fields, 'reading'), within(form.fields, 'columns')];
  if (reading?.kind !== 'group' || columns?.kind !== 'rows') return null;
  return {
    ...values,
    form: {
      ...(values['form'] as Values),
      reading: blank(reading.fields, found.reading),
      columns: columnsOf(found).slice(0, columns.most).map((c) => blank(columns.fields, c)),
    },
  };
}

/** What a person has to see to beside what the server says: exactly one column is the day of the data, and there is room for all. */
export function remarks(found: Profile, most: number): Words[] {
  const days = columnsOf(found).filter((c) => c['role'] === 'day').length;
  const all: Words[] = [];
  if (days === 0) all.push({ zh: '没有找到数据日期列，请选定一列。', en: 'No column was found to be the day of the data: choose one.' });
  if (days > 1) all.push({ zh: `有 ${days} 列像是数据日期，请只留一列。`, en: `${days} columns look like the day of the data: leave one.` });
  if (found.columns.length > most) all.push({ zh: `文件有 ${found.columns.length} 列，只填入前 ${most} 列。`, en: `The file has ${found.columns.length} columns; the first ${most} were filled in.` });
  return [...all, ...found.warnings];
}
