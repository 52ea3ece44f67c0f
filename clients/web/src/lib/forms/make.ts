// Short ways to write a field down.

import type { FormDefinition, Words } from '../wire/flows';
import type { Field, Option } from './field';

type More = Partial<Omit<Field, 'kind' | 'name' | 'label'>>;

const words = (zh: string, en: string) => ({ zh, en });
const field = (kind: Field['kind'], name: string, zh: string, en: string, more: object): Field =>
  ({ kind, name, label: words(zh, en), ...more }) as Field;

/** A text that has to be there, and the refusals that are about it. */
export const prose = (name: string, zh: string, en: string, fault: string | null, more: More & { rows?: number } = {}): Field =>
  field('text', name, zh, en, { required: true, wide: true, ...(fault ? { faults: [fault] } : {}), ...more });
export const remark = (name: string, zh: string, en: string, more: More & { rows?: number } = {}): Field =>
  field('text', name, zh, en, { wide: true, rows: 2, ...more });
export const reason: Field = remark('reason', '原因', 'Reason', { required: true, faults: ['bad_reason'] });
export const line = (name: string, zh: string, en: string, more: More & { most?: number } = {}): Field => field('line', name, zh, en, more);
export const lines = (name: string, zh: string, en: string, more: More = {}): Field =>
  field('lines', name, zh, en, { hint: words('每行一项', 'one a line'), wide: true, ...more });
export const day = (name: string, zh: string, en: string, more: More & { min?: string } = {}): Field => field('day', name, zh, en, { required: true, ...more });
export const member = (name: string, zh: string, en: string, more: More & { among?: readonly number[]; without?: readonly number[] } = {}): Field =>
  field('member', name, zh, en, more);
export const members = (name: string, zh: string, en: string, more: More & { among?: readonly number[]; without?: readonly number[] } = {}): Field =>
  field('members', name, zh, en, { wide: true, ...more });
export const choice = (name: string, zh: string, en: string, options: readonly Option[], more: More & { number?: boolean; list?: boolean } = {}): Field =>
  field('choice', name, zh, en, { required: true, options, ...more });
export const group = (name: string, zh: string, en: string, fields: readonly Field[], more: More & { plain?: boolean; optional?: boolean } = {}): Field =>
  field('group', name, zh, en, { wide: true, fields, ...more });
export const rows = (
  name: string, zh: string, en: string, fields: readonly Field[], add: [string, string], more: More & { most?: number; fixed?: boolean; captions?: readonly (string | Words)[] } = {},
): Field => field('rows', name, zh, en, { wide: true, fields, add: words(...add), most: 100, always: true, ...more });
export const files = (name: string, more: More = {}): Field => field('attachments', name, '附件', 'Attachments', { wide: true, ...more });
export const given = (name: string, value: unknown): Field => field('given', name, '', '', { value, always: true });
export const extras = (form: FormDefinition): Field => field('extras', 'extras', '附件', 'Attachments', { wide: true, always: true, faults: ['bad_extras'], form });
export const simple = (kind: 'percent' | 'points' | 'money' | 'check' | 'departments', name: string, zh: string, en: string, more: More = {}): Field =>
  field(kind, name, zh, en, more);

export const count = (name: string, zh: string, en: string, most: number, more: More = {}): Field => field('count', name, zh, en, { most, ...more });
export const many = (name: string, zh: string, en: string, options: readonly Option[], more: More = {}): Field =>
  field('many', name, zh, en, { wide: true, options, ...more });

export const option = (value: string | number, zh: string, en: string, tone?: Option['tone']): Option => ({
  value, label: words(zh, en), ...(tone ? { tone } : {}),
});


export const verdicts = [
  option('pass', '通过', 'Pass', 'good'), option('send_back', '退回', 'Return', 'warn'), option('clarify', '待澄清', 'Clarify'),
  option('reject', '驳回', 'Reject', 'bad'),
];

/** The same fields, one of them with something else to it. */
export const changed = (fields: readonly Field[], name: string, more: object): readonly Field[] =>
  fields.map((f) => (f.name === name ? ({ ...f, ...more } as Field) : f));
