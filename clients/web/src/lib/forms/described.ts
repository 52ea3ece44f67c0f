// The forms of commands that the schema describes, made of the same pieces as all others. Pure.

import type { DocumentDossier, FormDefinition } from '@client/flows';
import type { KindSchema, SchemaCommand, SchemaField } from '@client/schema';
import type { Words } from '@client/types';

import { en } from '../../i18n/en';
import { zh, type Texts } from '../../i18n/zh';
import { colourOf } from '../state/schema.svelte';
import { asDescribed } from './added';
import type { About, Description } from './commands';
import type { Field, Option } from './field';
import { given } from './make';

/** Prose that may be longer than this is given more room. */
const remarkBytes = 4_096;
/** As many choices stand side by side within half a form. */
const besideMost = 3;
/** A form of more fields than this is too much for a narrow column. */
const narrowMost = 3;
/** The best of the points that one gives. */
const pointsMost = 5;
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
  const { label, hint, grave, verdict, fields, beside } = command;
  const wide = fields.length > narrowMost || fields.some(isLong);
  const hash = fields.find((f) => f.is === 'hash');
  const kept = keptBy(kind, command);
  return {
    label,
    fields: (about) => fields.map((f) => fieldOf(f, { kind, about, command, outermost: true })),
    ...(grave ? { grave } : {}),
    ...(command.ends ? { danger: true } : {}),
    ...(command.decides ? { decides: true } : {}),
    ...(command.adds ? { adds: true } : {}),
    ...(beside ? { beside: [beside.replace(/\.v\d+$/, '')] } : {}),
    ...(wide ? { wide } : {}),
    ...(verdict ? { verdict: verdict === 'send_back' ? 'return' : verdict } : {}),
    ...(kept ? { keep: kept } : {}),
    // Of something new, what it is for stands over the form already.
    ...(hint && !command.creates ? { says: (about) => (hash ? withHash(hint, hashOf(kind, about, hash.name)) : hint) } : {}),
    // It is begun on a page of its own, beside what it keeps, or by nobody.
    ...(command.creates || command.by_system || isUnfinished(command) ? { inPlace: true } : {}),
  };
}

/** Whether it takes room by itself. */
function isLong(f: SchemaField): boolean {
  return f.is === 'list' || f.is === 'extras' || (f.is === 'group' && ((f.fields?.length ?? 0) > narrowMost || (f.fields ?? []).some(isLong)));
}

const isUnfinished = (command: SchemaCommand) => command.fields.some((f) => f.unfinished);

/** The command that keeps what another one hands in, while it is not finished. */
function keptBy(kind: KindSchema, command: SchemaCommand): Description['keep'] {
  if (isUnfinished(command)) return undefined;
  const same = ({ fields }: SchemaCommand) => fields.map((f) => `${f.name} ${namesOf(f)}`).join();
  const by = kind.commands.find((c) => c.creates === command.creates && isUnfinished(c) && same(c) === same(command));
  return by && { command: by.type, label: by.label, needs: by.fields.flatMap((f) => (f.unfinished ? neededIn(f, '') : f.required ? [`/${f.name}`] : [])) };
}

function neededIn(f: SchemaField, at: string): string[] {
  return (f.fields ?? []).flatMap((one) => [...(one.from_the_start ? [`${at}/${f.name}/${one.name}`] : []), ...(one.is === 'group' ? neededIn(one, `${at}/${f.name}`) : [])]);
}

/** What is released is what was shown. */
function withHash(hint: Words, hash: string): Words {
  const say = (t: Texts) => `${hint[t.language]} ${t.flows.project.hash} ${hash.slice(0, 12)}…`;
  return hash ? { zh: say(zh), en: say(en) } : hint;
}

interface Within {
  kind: KindSchema;
  about: About;
  command: SchemaCommand;
  outermost: boolean;
  /** In a line of a list. */
  line?: boolean;
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
  const { kind, about, command, outermost } = within;
  if (outermost && about.fixed && f.name in about.fixed) return given(f.name, about.fixed[f.name]);
  const common = {
    name: f.name, label: f.label, faults: [f.code], ...(f.hint ? { hint: f.hint } : {}), ...(f.required ? { required: true } : {}), ...(f.present ? { always: true } : {}),
    ...(f.example && ['line', 'prose', 'code'].includes(f.is) ? { example: f.example } : {}), ...begun(f, within),
  };
  const whole = { ...common, wide: true };
  /** The wire knows no leaving out of a list. */
  const list = { ...whole, always: true };
  const inner = () => (f.fields ?? []).map((one) => fieldOf(one, { ...within, outermost: false, line: within.line || f.is === 'list' }));
  switch (f.is) {
    case 'line':
    case 'code':
      return { ...whole, kind: 'line', ...(f.most ? { most: f.most } : {}) };
    case 'prose':
      return { ...whole, kind: 'text', rows: (f.most ?? remarkBytes) > remarkBytes ? 3 : 2 };
    case 'lines':
    case 'remarks':
    case 'codes':
    case 'numbers':
      return { ...list, kind: 'lines', hint: f.hint ?? ofPage((t) => t.flows.oneALine), ...(f.is === 'numbers' ? { numbers: true } : {}) };
    case 'bilingual':
      return { ...whole, kind: 'group', plain: true, fields: both(f), ...(f.required ? {} : { optional: true }) };
    case 'hash':
      return { ...common, kind: 'given', value: hashOf(kind, about, f.name), always: true };
    case 'day':
      return { ...common, kind: 'day' };
    case 'moment':
      return { ...common, kind: 'moment' };
    case 'number':
      if (f.least === 1 && f.most === pointsMost) return { ...common, kind: 'points' };
      return { ...common, kind: 'count', least: f.least ?? 0, ...(f.most ? { most: f.most } : {}), ...(f.unit ? { unit: f.unit } : {}) };
    case 'percent':
      // One of many is written, not drawn.
      if (outermost) return { ...common, kind: 'percent' };
      return { ...common, label: { zh: `${f.label.zh}（%）`, en: `${f.label.en} (%)` }, kind: 'count', least: f.least ?? 0, most: f.most ?? 100 };
    case 'money':
    case 'hundredths':
      return { ...common, kind: 'money' };
    case 'yes_no':
      // What is not so as long as nobody says so is ticked; who hands it in has to.
      if (f.initial === 'false') return { ...whole, kind: 'check', always: true, required: f.required && (command.creates === true || keptBy(kind, command) !== undefined) };
      return { ...common, kind: 'yes_no', yes: ofPage((t) => t.flows.yes), no: ofPage((t) => t.flows.no) };
    case 'choice':
      return { ...common, kind: 'choice', options: optionsOf(f), wide: (f.options?.length ?? 0) > besideMost };
    case 'choices':
      return { ...list, kind: 'many', options: optionsOf(f) };
    case 'person':
      return { ...common, kind: 'member', ...(f.among ? { having: f.among } : {}) };
    case 'people':
      return { ...list, kind: 'members', ...(f.among ? { having: f.among } : {}) };
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
    case 'event':
      return { ...whole, kind: 'event' };
    case 'files':
      return { ...list, kind: 'attachments' };
    case 'extras':
      return extras(about.form(f.of ?? kind.forms[0]?.name ?? kind.name), f, within);
    case 'list':
      return { ...list, kind: 'rows', fields: inner(), add: ofPage((t) => t.flows.addRow), most: f.most ?? linesMost };
    case 'group':
      return { ...whole, kind: 'group', fields: inner(), plain: outermost && f.required, ...(f.required ? {} : { optional: true }) };
  }
}

/** What the organisation has added to the form, and its attachments. */
function extras(form: FormDefinition, f: SchemaField, within: Within): Field {
  const described = form.fields.map(asDescribed);
  const fields = described.map((one) => fieldOf(one, { ...within, outermost: false, line: true }));
  return { kind: 'extras', name: f.name, label: ofPage((t) => t.flows.attachments), wide: true, always: true, faults: [f.code], form, fields, described };
}

/** A line in each language. */
function both(f: SchemaField): Field[] {
  const one = (name: 'zh' | 'en', zh: string, en: string): Field => ({
    name, label: { zh: `${f.label.zh}（${zh}）`, en: `${f.label.en} (${en})` }, kind: 'line', required: f.required, ...(f.most ? { most: f.most } : {}),
  });
  return [one('zh', '中文', 'Chinese'), one('en', '英文', 'English')];
}

/** What the field begins with: what stands there already, what the address says, or what it usually is. */
function begun(f: SchemaField, within: Within): { initial?: unknown } {
  const { about, outermost, line, command } = within;
  const asked = (command.creates ? !line : outermost) ? about.given?.[f.name] : undefined;
  const before = outermost && !command.creates ? (writtenBefore(f, within) ?? standing(f, within)) : undefined;
  const initial = before ?? (asked ? (typeof asked === 'string' ? valueOf(f, asked) : asked) : f.initial === undefined ? undefined : usually(f, about));
  return initial === undefined ? {} : { initial };
}

function usually(f: SchemaField, { me, mine, today }: About): unknown {
  if (f.initial === 'me') return mine && f.among && !mine.includes(f.among) ? undefined : f.is === 'people' ? [me] : me;
  if (f.initial !== 'today') return valueOf(f, f.initial!);
  return f.is === 'number' ? Number(today?.slice(0, 4)) : today;
}

/** Of what stands in the schema or in an address. */
function valueOf(f: SchemaField, text: string): unknown {
  if (f.is === 'yes_no') return text === 'true';
  return ['number', 'percent', 'money', 'person', 'reference'].includes(f.is) ? Number(text) : text;
}

/** Of what is decided on: the fact of that name, or the one hash that there is. */
function hashOf(kind: KindSchema, about: About, name: string): string {
  return String(factOf(about, name) ?? factOf(about, kind.fields.find((f) => f.is === 'hash')?.name ?? '') ?? '');
}

/** A fact at the head of the dossier. */
function factOf(about: About, name: string): unknown {
  return (about.dossier as Record<string, unknown> | undefined)?.[name];
}

const namesOf = (f: SchemaField) => (f.fields ?? []).map((one) => one.name).join();

/** What stands in the dossier of the same form: who revises it begins with that. */
function writtenBefore(f: SchemaField, { kind, about }: Within): unknown {
  const forms = (about.dossier as DocumentDossier | undefined)?.forms;
  if (!forms || f.is !== 'group') return undefined;
  for (const { name } of kind.sections) {
    const event = forms[name];
    if (!event || Array.isArray(event)) continue;
    const same = kind.events.find((e) => e.type === event.type)?.fields.find((one) => one.is === 'group' && namesOf(one) === namesOf(f));
    if (same && event.data[same.name]) return event.data[same.name];
  }
  return undefined;
}

/** What stays as it is where nobody changes it. Who does something is chosen anew, but for who may be nobody; what is written at length is written anew. */
const kept: readonly SchemaField['is'][] = ['line', 'group', 'list', 'bilingual', 'choice', 'percent', 'day', 'number', 'department', 'roles'];

/** A fact of the same name. */
function standing(f: SchemaField, { kind, about }: Within): unknown {
  const stays = kept.includes(f.is) || (f.is === 'person' && f.present);
  const fact = stays && kind.fields.find((one) => one.name === f.name && one.is === f.is && namesOf(one) === namesOf(f));
  return fact ? (factOf(about, f.name) ?? undefined) : undefined;
}
