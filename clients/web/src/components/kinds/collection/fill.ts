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
      columns: found.columns.slice(0, columns.most).map((c) => blank(columns.fields, c)),
    },
  };
}

/** What a person has to see to beside what the server says: exactly one column is the day of the data, and there is room for all. */
export function remarks(found: Profile, most: number): Words[] {
  const days = found.columns.filter((c) => c['role'] === 'day').length;
  const all: Words[] = [];
  if (days === 0) all.push({ zh: '没有找到数据日期列，请选定一列。', en: 'No column was found to be the day of the data: choose one.' });
  if (days > 1) all.push({ zh: `有 ${days} 列像是数据日期，请只留一列。`, en: `${days} columns look like the day of the data: leave one.` });
  if (found.columns.length > most) all.push({ zh: `文件有 ${found.columns.length} 列，只填入前 ${most} 列。`, en: `The file has ${found.columns.length} columns; the first ${most} were filled in.` });
  return [...all, ...found.warnings];
}
