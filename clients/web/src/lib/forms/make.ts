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
export const yesNo = (name: string, zh: string, en: string, yes: [string, string], no: [string, string]): Field =>
  field('yes_no', name, zh, en, { required: true, yes: words(...yes), no: words(...no) });

export const count = (name: string, zh: string, en: string, most: number, more: More = {}): Field => field('count', name, zh, en, { most, ...more });
export const many = (name: string, zh: string, en: string, options: readonly Option[], more: More = {}): Field =>
  field('many', name, zh, en, { wide: true, options, ...more });

export const option = (value: string | number, zh: string, en: string, tone?: Option['tone']): Option => ({
  value, label: words(zh, en), ...(tone ? { tone } : {}),
});

/** What is chosen already may not be among the options that were read. */
export const withOwn = (options: readonly Option[] | undefined, own: number | undefined, zh: string, en: string): readonly Option[] =>
  own && !options?.some((o) => o.value === own) ? [option(own, `${zh} ${own}`, `${en} ${own}`), ...(options ?? [])] : (options ?? []);

export const priorities = [option('low', '低', 'Low'), option('normal', '普通', 'Normal'), option('high', '高', 'High'), option('urgent', '紧急', 'Urgent')];
export const healths = [
  option('on_track', '正常', 'On track', 'good'), option('caution', '需关注', 'Caution', 'warn'), option('off_track', '偏离', 'Off track', 'bad'),
];
export const levels = [option('low', '低', 'Low'), option('medium', '中', 'Medium'), option('high', '高', 'High')];
export const attainments = [
  option('met', '达成', 'Met', 'good'), option('partly', '部分达成', 'Partly', 'warn'), option('not_met', '未达成', 'Not met', 'bad'),
];
export const verdicts = [
  option('pass', '通过', 'Pass', 'good'), option('send_back', '退回', 'Return', 'warn'), option('clarify', '待澄清', 'Clarify'),
  option('reject', '驳回', 'Reject', 'bad'),
];
export const recordKinds = [
  option('execution_record', '执行记录', 'Execution record'), option('data_report', '数据报告', 'Data report'), option('minutes', '会议纪要', 'Minutes'),
  option('other', '其他', 'Other'),
];

/** S1.3.1: that somebody looked, and what they found. */
export const compliance = (required: boolean): Field =>
  group('compliance', '合规检查', 'Compliance check', [
    { kind: 'check', name: 'checked', label: words('已完成合规检查（S1.3.1）', 'Its compliance was checked (S1.3.1)'), wide: true, required, always: true },
    remark('findings', '检查结果', 'Findings', { always: true, required, faults: ['bad_compliance', 'unchecked'] }),
  ]);

/** The same fields, one of them with something else to it. */
export const changed = (fields: readonly Field[], name: string, more: object): readonly Field[] =>
  fields.map((f) => (f.name === name ? ({ ...f, ...more } as Field) : f));
