// The forms of commands that the schema describes, made of the same pieces as all others. Pure.

import { en } from '../../i18n/en';
import { zh, type Texts } from '../../i18n/zh';
import type { Words } from '../wire/flows';
import type { DocumentDossier, KindSchema, SchemaCommand, SchemaField } from '../wire/schema';
import { colourOf } from '../state/schema.svelte';
import type { About, Description } from './commands';
import type { Field, Option, Values } from './field';
import { extras } from './make';

/** Prose that may be longer than this is given more room. */
const remarkBytes = 4_096;
/** As many choices stand side by side within half a form. */
const besideMost = 3;
/** A form of more fields than this is too much for a narrow column. */
const narrowMost = 3;
/** Lines of a list, where the schema has no bound for them. */
const linesMost = 100;

const made = new WeakMap<SchemaCommand, Description>();

export function descriptionOf(kind: KindSchema, type: string): Description | undefined {
  const command = kind.commands.find((c) => c.type === type);
  if (!command) return undefined;
  let d = made.get(command);
  if (!d) made.set(command, (d = describeCommand(kind, command)));
  return d;
}

function describeCommand(kind: KindSchema, command: SchemaCommand): Description {
  const { label, hint, grave, verdict, fields } = command;
  const wide = fields.length > narrowMost || fields.some((f) => f.is === 'group' || f.is === 'list' || f.is === 'extras');
  return {
    label,
    fields: (about) => fields.map((f) => fieldOf(f, { kind, about, command, outermost: true })),
    ...(grave ? { grave } : {}),
    ...(command.ends ? { danger: true } : {}),
    ...(wide ? { wide } : {}),
    ...(verdict ? { verdict: verdict === 'send_back' ? 'return' : verdict } : {}),
    // Of something new, what it is for stands over the form already.
    ...(hint && !command.creates ? { says: () => hint } : {}),
    // It is begun on a page of its own, or by nobody.
    ...(command.creates || command.by_system ? { inPlace: true } : {}),
  };
}

interface Within {
  kind: KindSchema;
  about: About;
  command: SchemaCommand;
  outermost: boolean;
}

/** Words of the page itself, in both languages. */
const ofPage = (say: (t: Texts) => string): Words => ({ zh: say(zh), en: say(en) });

function optionsOf(f: SchemaField): Option[] {
  return (f.options ?? []).map(({ name, label, tone }) => {
    const colour = colourOf(tone);
    return { value: name, label, ...(colour && colour !== 'accent' ? { tone: colour } : {}) };
  });
}

function fieldOf(f: SchemaField, within: Within): Field {
  const { kind, about, outermost } = within;
  const common = {
    name: f.name, label: f.label, faults: [f.code], ...(f.hint ? { hint: f.hint } : {}), ...(f.required ? { required: true } : {}),
    ...(f.example && ['line', 'prose', 'code'].includes(f.is) ? { example: f.example } : {}),
  };
  const whole = { ...common, wide: true };
  /** The wire knows no leaving out of a list. */
  const list = { ...whole, always: true };
  const inner = () => (f.fields ?? []).map((one) => fieldOf(one, { ...within, outermost: false }));
  switch (f.is) {
    case 'line':
    case 'code':
      return { ...whole, kind: 'line', ...(f.most ? { most: f.most } : {}) };
    case 'prose':
      return { ...whole, kind: 'text', rows: (f.most ?? remarkBytes) > remarkBytes ? 3 : 2 };
    case 'hash':
      return { ...common, kind: 'given', value: factOf(about, f.name) ?? '', always: true };
    case 'day':
      return { ...common, kind: 'day' };
    case 'moment':
      return { ...common, kind: 'moment' };
    case 'number':
      return { ...common, kind: 'count', least: f.least ?? 0, ...(f.most ? { most: f.most } : {}) };
    case 'percent':
      return { ...common, kind: 'percent' };
    case 'yes_no':
      return { ...common, kind: 'yes_no', yes: ofPage((t) => t.flows.yes), no: ofPage((t) => t.flows.no) };
    case 'choice':
      return { ...common, kind: 'choice', options: optionsOf(f), wide: (f.options?.length ?? 0) > besideMost };
    case 'person':
      return { ...common, kind: 'member' };
    case 'people':
      return { ...list, kind: 'members' };
    case 'department':
    case 'role':
      return { ...common, kind: f.is, wide: f.hint !== undefined };
    case 'departments':
    case 'roles':
      return { ...list, kind: f.is };
    case 'reference':
      return { ...common, kind: 'reference', of: f.of ?? '' };
    case 'references':
      return { ...list, kind: 'references', of: f.of ?? '' };
    case 'files':
      return { ...list, kind: 'attachments' };
    case 'extras':
      return { ...extras(about.form(f.of ?? kind.forms[0]?.name ?? kind.name)), name: f.name, faults: [f.code] };
    case 'list':
      return { ...list, kind: 'rows', fields: inner(), add: ofPage((t) => t.flows.addRow), most: f.most ?? linesMost };
    case 'group': {
      const before = outermost ? writtenBefore(f, within) : undefined;
      return { ...whole, kind: 'group', fields: inner(), plain: outermost, ...(f.required ? {} : { optional: true }), ...(before ? { initial: before } : {}) };
    }
  }
}

/** A fact at the head of the dossier. */
function factOf(about: About, name: string): unknown {
  return (about.dossier as Record<string, unknown> | undefined)?.[name];
}

const namesOf = (f: SchemaField) => (f.fields ?? []).map((one) => one.name).join();

/** What stands in the dossier of the same form: who revises it begins with that. */
function writtenBefore(f: SchemaField, { kind, about, command }: Within): Values | undefined {
  const forms = (about.dossier as DocumentDossier | undefined)?.forms;
  if (!forms || command.creates) return undefined;
  for (const { name } of kind.sections) {
    const event = forms[name];
    if (!event || Array.isArray(event)) continue;
    const same = kind.events.find((e) => e.type === event.type)?.fields.find((one) => one.name === f.name && namesOf(one) === namesOf(f));
    if (same && event.data[f.name]) return event.data[f.name] as Values;
  }
  return undefined;
}
