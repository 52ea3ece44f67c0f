// What a form asks for. One description drives the form on the screen, what is missing in it, and what goes over the
// wire; the values are a tree of the same shape as the command's data. Pure.

import type { FormDefinition } from '@client/flows';
import type { SchemaField } from '@client/schema';
import type { Attachment, Words } from '@client/types';

import type { EvidenceItem } from '../../components/kinds/appraisal/dossier';
import { instantOf, localOf } from '../text/time';
import { textOf, valueOf } from './added';

export interface Option {
  value: string | number;
  label: Words;
  /** Told apart by colour beside its words. */
  tone?: 'good' | 'warn' | 'bad';
}

interface Common {
  /** Its place in the data. */
  name: string;
  label: Words;
  hint?: Words;
  /** What might stand there. */
  example?: Words;
  /** Has to be filled in before it is sent. */
  required?: boolean;
  /** Goes over the wire even where it is empty: the wire knows no leaving out of it. */
  always?: boolean;
  /** Codes of the refusals that are about this field, where the server names a place that is less exact. */
  faults?: readonly string[];
  /** Takes the whole width of the form. */
  wide?: boolean;
  initial?: unknown;
  /** It is asked for only where another field beside it says one of these. */
  only?: { where: string; is: readonly unknown[] };
}

export type Field = Common &
  (
    | { kind: 'line'; most?: number }
    | { kind: 'text'; rows?: number }
    | { kind: 'lines'; numbers?: boolean }
    | { kind: 'day'; min?: string }
    | { kind: 'percent' }
    | { kind: 'points' }
    | { kind: 'event' }
    | { kind: 'count'; least?: number; most?: number; unit?: Words }
    | { kind: 'many'; options: readonly Option[] }
    | { kind: 'evidence'; found: () => Promise<readonly EvidenceItem[]> }
    | { kind: 'money' }
    | { kind: 'check' }
    | { kind: 'yes_no'; yes: Words; no: Words }
    | { kind: 'choice'; options: readonly Option[]; number?: boolean; /** However few there are, in a list that drops down. */ list?: boolean }
    /** `having`: of those who have this role. */
    | { kind: 'member'; among?: readonly number[]; without?: readonly number[]; having?: string }
    | { kind: 'members'; among?: readonly number[]; without?: readonly number[]; having?: string }
    | { kind: 'department' }
    | { kind: 'departments' }
    | { kind: 'role' }
    | { kind: 'roles' }
    /** One or several of a kind, by number. */
    | { kind: 'reference'; of: string }
    | { kind: 'references'; of: string }
    | { kind: 'moment' }
    | { kind: 'group'; fields: readonly Field[]; plain?: boolean; optional?: boolean }
    | { kind: 'rows'; fields: readonly Field[]; add: Words; most: number; fixed?: boolean; captions?: readonly (string | Words)[] }
    | { kind: 'attachments' }
    /** `fields` are those that the organisation has added, as `described` has them. */
    | { kind: 'extras'; form: FormDefinition; fields: readonly Field[]; described: readonly SchemaField[] }
    | { kind: 'given'; value: unknown }
  );

export type Values = Record<string, unknown>;

/** Those of the fields that are asked for, as the others are filled in. */
export const askedFor = (fields: readonly Field[], values: Values): readonly Field[] => fields.filter((f) => !f.only || f.only.is.includes(values[f.only.where]));

/** The value of a field that nobody has filled in. */
export function blankOf(field: Field): unknown {
  const given = field.initial;
  switch (field.kind) {
    case 'group':
      return blank(field.fields, given as Values | undefined);
    case 'rows':
      // One line to begin with, where there has to be one.
      return ((given as Values[] | undefined)?.length ? (given as Values[]) : field.required && !field.fixed ? [{}] : []).map((row) => blank(field.fields, row));
    case 'members':
    case 'departments':
    case 'roles':
    case 'references':
    case 'many':
    case 'attachments':
      return [...((given as unknown[] | undefined) ?? [])];
    case 'evidence':
      return ((given as { at: number; note: string }[] | undefined) ?? []).map(({ at, note }) => ({ at, note }));
    case 'lines':
      return Array.isArray(given) ? given.join('\n') : (given ?? '');
    case 'member':
    case 'reference':
    case 'event':
    case 'points':
    case 'percent':
      return given ?? 0;
    case 'moment':
      return typeof given === 'string' && given ? localOf(given) : '';
    case 'check':
      return given ?? false;
    case 'yes_no':
      return given ?? null;
    case 'money':
      return typeof given === 'number' ? decimal(given) : '';
    case 'extras':
      return extrasOf(field, given as { fields?: { name: string; text: string }[]; attachments?: Attachment[] } | undefined);
    case 'given':
      return given ?? field.value;
    default:
      return given ?? '';
  }
}

/** All values of a form; what `from` has is taken over. */
export function blank(fields: readonly Field[], from?: Values): Values {
  return Object.fromEntries(
    fields.map((f) => {
      const had = from?.[f.name];
      return [f.name, blankOf(had === undefined || had === null ? f : { ...f, initial: had })];
    }),
  );
}

function extrasOf({ fields, described }: Extract<Field, { kind: 'extras' }>, had?: { fields?: { name: string; text: string }[]; attachments?: Attachment[] }): unknown {
  const before = described.map((f) => [f.name, valueOf(f, had?.fields?.find((one) => one.name === f.name)?.text ?? '')] as const);
  return { fields: blank(fields, Object.fromEntries(before)), attachments: [...(had?.attachments ?? [])] };
}

/** What was filled in, as text. */
function textsOf({ fields, described }: Extract<Field, { kind: 'extras' }>, values: Values): { name: string; text: string }[] {
  return fields.flatMap((f, i) => (isEmpty(f, values[f.name]) ? [] : { name: f.name, text: textOf(described[i]!, encodeOne(f, values[f.name])) }));
}

function decimal(cents: number): string {
  return cents % 100 ? (cents / 100).toFixed(2) : String(cents / 100);
}

/** Hundredths of what a person wrote as "12,000.50"; null where that is no amount. */
export function cents(written: string): number | null {
  const plain = written.replace(/[,，\s]/g, '');
  const parts = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!parts) return null;
  return Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
}

function linesOf(written: unknown): string[] {
  return String(written ?? '').split('\n').map((s) => s.trim()).filter(Boolean);
}

/** Whether nothing was filled in. */
export function isEmpty(field: Field, value: unknown): boolean {
  switch (field.kind) {
    case 'group':
      return field.fields.every((f) => isEmpty(f, (value as Values)[f.name]));
    case 'rows':
      if (field.fixed) return (value as Values[]).length === 0;
      return (value as Values[]).every((row) => field.fields.every((f) => isUntouched(f, row[f.name])));
    case 'members':
    case 'departments':
    case 'roles':
    case 'references':
    case 'many':
    case 'evidence':
    case 'attachments':
      return (value as unknown[]).length === 0;
    case 'lines':
      return linesOf(value).length === 0;
    case 'member':
    case 'reference':
    case 'event':
    case 'points':
      return !value;
    case 'percent':
    case 'count':
      return value === null || value === '' || Number.isNaN(Number(value));
    case 'extras':
    case 'given':
      return false;
    case 'check':
      return field.required === true && value !== true;
    case 'yes_no':
      return value === null;
    case 'money':
      return cents(String(value)) === null;
    case 'moment':
      return instantOf(String(value)) === '';
    default:
      return String(value ?? '').trim() === '';
  }
}

/** Of a part that may be left out as a whole: whether nothing was written into it. */
function isLeftOut(field: Extract<Field, { kind: 'group' }>, value: unknown): boolean {
  return field.fields.every((f) => f.initial !== undefined || isUntouched(f, (value as Values)[f.name]));
}

/** A choice or a given value that stands there from the beginning makes a row no less empty. */
function isUntouched(field: Field, value: unknown): boolean {
  if (field.kind === 'choice' || field.kind === 'given' || field.kind === 'check') return true;
  return isEmpty(field, value);
}

/**
 * Pointers to the required fields that are empty, in the order of the form: "/form/title". `lenient` asks of a draft:
 * only what is marked as needed there.
 */
export function missing(fields: readonly Field[], values: Values, needed: (f: Field, at: string) => boolean = (f) => f.required === true, at = ''): string[] {
  return askedFor(fields, values).flatMap((f) => {
    const here = `${at}/${f.name}`;
    const value = values[f.name];
    if (f.kind === 'group') return f.optional && isLeftOut(f, value) ? [] : missing(f.fields, value as Values, needed, here);
    if (f.kind === 'rows') {
      const rows = value as Values[];
      const filled = rows.flatMap((row, i) =>
        !f.fixed && f.fields.every((c) => isUntouched(c, row[c.name])) ? [] : missing(f.fields, row, needed, `${here}/${i}`),
      );
      return needed(f, here) && isEmpty(f, value) ? [here] : filled;
    }
    if (f.kind === 'extras') {
      return needed({ ...f, required: true }, here) ? missing(f.fields, (value as { fields: Values }).fields, (x) => x.required === true, here) : [];
    }
    return needed(f, here) && isEmpty(f, value) ? [here] : [];
  });
}

function encodeOne(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'group':
      return encode(field.fields, value as Values);
    case 'rows':
      return (value as Values[])
        .filter((row) => field.fixed || !field.fields.every((f) => isUntouched(f, row[f.name])))
        .map((row) => encode(field.fields, row));
    case 'lines':
      return field.numbers ? linesOf(value).map(Number) : linesOf(value);
    case 'money':
      return cents(String(value)) ?? 0;
    case 'percent':
    case 'points':
    case 'count':
    case 'event':
    case 'member':
    case 'reference':
      return Number(value);
    case 'moment':
      return instantOf(String(value));
    case 'choice':
      return field.number ? Number(value) : value;
    case 'extras': {
      const { fields, attachments } = value as { fields: Values; attachments: Attachment[] };
      return { form: field.form.version, fields: textsOf(field, fields), attachments: attachments.map(plainAttachment) };
    }
    case 'attachments':
      return (value as Attachment[]).map(plainAttachment);
    case 'members':
    case 'departments':
    case 'roles':
    case 'references':
    case 'many':
      return [...(value as unknown[])];
    case 'evidence':
      return (value as { at: number; note: string }[]).map(({ at, note }) => ({ at, note: note.trim() }));
    case 'line':
    case 'text':
      return String(value ?? '').trim();
    default:
      return value;
  }
}

const plainAttachment = ({ sha256, name, media_type, bytes }: Attachment): Attachment => ({ sha256, name, media_type, bytes });

/** What goes over the wire. Optional fields that are empty are left out. */
export function encode(fields: readonly Field[], values: Values): Record<string, unknown> {
  const sent = askedFor(fields, values).filter((f) =>
    f.kind === 'group' ? !f.optional || !isLeftOut(f, values[f.name]) : f.required || f.always || !isEmpty(f, values[f.name]),
  );
  return Object.fromEntries(sent.map((f) => [f.name, encodeOne(f, values[f.name])]));
}

/** The pointer of the field that a refusal with this code is about, within others where it is there; null: it is about no single one. */
export function atFault(fields: readonly Field[], code: string, at = ''): string | null {
  for (const f of fields) {
    const here = `${at}/${f.name}`;
    const inside = f.kind === 'group' ? atFault(f.fields, code, here) : null;
    if (inside ?? f.faults?.includes(code)) return inside ?? here;
    // Which line of a list it is the server alone knows.
    if (f.kind === 'rows' && atFault(f.fields, code) !== null) return here;
  }
  return null;
}

/** Whether a field stands at this pointer, "/form/stages/0/due". */
export function hasPlace(fields: readonly Field[], pointer: string): boolean {
  const [, name, ...rest] = pointer.split('/');
  const f = fields.find((one) => one.name === name);
  if (!f || !rest.length) return f !== undefined;
  if (f.kind === 'group') return hasPlace(f.fields, `/${rest.join('/')}`);
  return f.kind === 'rows' ? rest.length === 1 || hasPlace(f.fields, `/${rest.slice(1).join('/')}`) : f.kind === 'extras';
}
