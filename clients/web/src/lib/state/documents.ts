// How a document of any kind is laid out: what of it is its title, what stands in a row, and how its parts follow. Pure.

import type { Data, DocumentDossier, DocumentEvent } from '@client/flows';
import type { KindSchema, SchemaEvent, SchemaField, SchemaSection } from '@client/schema';

import { isAmount, isNothing, placeholdersOf } from '../text/value';

/** A fact that it is called by: a title that is made of what it says, or the first that is one. */
export function titleField(kind: KindSchema): SchemaField | undefined {
  return kind.row_fields?.find((f) => f.name === 'title' && f.is === 'line') ?? kind.fields.find((f) => f.is === 'line' || f.is === 'bilingual');
}

export interface Fact {
  field: SchemaField;
  value: unknown;
}

/**
 * Facts for the head of a dossier, but for those that say nothing. Of what has no title of its own, numbers are in what it is called; a
 * list of numbers says nothing by itself, and a hash is no fact to read.
 */
export function factsOf(kind: KindSchema, of: object): Fact[] {
  const title = titleField(kind);
  const without = title ? ['hash', 'numbers'] : ['hash', 'numbers', 'number'];
  return kind.fields.flatMap((f): Fact[] => {
    const value = (of as Data)[f.name];
    if (f === title || without.includes(f.is) || isNothing(f, value)) return [];
    return isDays(f) ? f.fields!.map((day) => ({ field: day, value: (value as Data)[day.name] })) : isShort(f) ? [{ field: f, value }] : [];
  });
}

/** A part that is nothing but days: a schedule. */
export function isDays(field: SchemaField): boolean {
  return field.is === 'group' && (field.fields ?? []).every((f) => f.is === 'day');
}

/** Of a schedule the day that is next, or else was the last. */
export function nextOf(field: SchemaField, value: unknown, today: string): Fact | undefined {
  const days = (field.fields ?? []).map((f) => ({ field: f, value: (value as Data | undefined)?.[f.name] as string }));
  return days.find((d) => d.value >= today) ?? days.at(-1);
}

/** Whether it fits into a line beside its name. */
export function isShort(field: SchemaField): boolean {
  return !['prose', 'lines', 'remarks', 'group', 'list', 'files', 'extras'].includes(field.is) || isAmount(field);
}

const columns: readonly SchemaField['is'][][] = [['day', 'moment'], ['people', 'person'], ['percent', 'number', 'choice']];

/** What has no title is called by what it is, and whom it is about. */
export function aboutField(kind: KindSchema): SchemaField | undefined {
  return titleField(kind) ? undefined : kind.fields.find((f) => f.is === 'person');
}

/** What a row has beside title, status and turn: a line under the title, and one column, a day that it is about or else people. */
export function rowOf(kind: KindSchema): { under: SchemaField[]; column: SchemaField | undefined } {
  const title = titleField(kind);
  const rest = kind.fields.filter((f) => f !== title && f !== aboutField(kind) && (title || f.is !== 'choice'));
  const by = rest.find((f) => f.is === 'person');
  const free = rest.filter((f) => f !== by);
  const column = free.find((f) => isDays(f) || columns[0]!.includes(f.is)) ?? free.findLast((f) => columns[1]!.includes(f.is)) ?? free.findLast((f) => columns[2]!.includes(f.is));
  const under = rest.filter((f) => f === by || (f !== column && (f.is === 'choice' || f.is === 'people' || f.is === 'role')));
  return { under, column };
}

export interface Shown {
  section: SchemaSection;
  events: { event: DocumentEvent; says: SchemaEvent | undefined; fields: SchemaField[] }[];
  /** What it is: who filed it stands at its heading, and not over each field. */
  first: boolean;
  /** It was said of what has been revised since. */
  earlier: boolean;
}

/** The parts of a dossier that are there, in the order of the kind. */
export function partsOf(kind: KindSchema, dossier: DocumentDossier): Shown[] {
  const heads = new Set(kind.fields.filter((f) => isShort(f) || isDays(f)).map((f) => f.name));
  const written = one(dossier.forms[kind.sections[0]?.name ?? ''])?.position ?? 0;
  return kind.sections.flatMap((section, i) => {
    const events = [dossier.forms[section.name] ?? []].flat();
    if (!events.length) return [];
    const first = i === 0 && !section.many;
    const shown = events.map((event) => {
      const says = kind.events.find((e) => e.type === event.type);
      const said = placeholdersOf(says?.detail);
      // The version of its flow is the server's own affair, and who filed it stands at the heading.
      const fields = (says?.fields ?? []).filter((f) => (first ? !heads.has(f.name) && f.name !== 'flow' && f.is !== 'person' : !said.includes(f.name)));
      return { event, says, fields: first ? fields.map((f) => without(f, heads)) : fields };
    });
    // All of it may stand at the head already.
    if (first && shown.every(({ event, fields }) => fields.every((f) => isNothing(f, event.data[f.name])))) return [];
    return [{ section, events: shown, first, earlier: !first && !section.many && events[0]!.position < written }];
  });
}

const one = (of: DocumentEvent | DocumentEvent[] | undefined) => (Array.isArray(of) ? of.at(-1) : of);

/** A form but for what stands at the head of the dossier already. */
function without(field: SchemaField, names: ReadonlySet<string>): SchemaField {
  return field.is === 'group' ? { ...field, fields: (field.fields ?? []).filter((f) => !names.has(f.name)) } : field;
}

/** Fields in their order, those that are short side by side. */
export function runsOf(fields: readonly SchemaField[], data: Data): { short: boolean; fields: SchemaField[] }[] {
  const runs: { short: boolean; fields: SchemaField[] }[] = [];
  for (const f of fields) {
    if (isNothing(f, data[f.name])) continue;
    const last = runs.at(-1);
    if (last?.short && isShort(f)) last.fields.push(f);
    else runs.push({ short: isShort(f), fields: [f] });
  }
  return runs;
}

/** The command that something new begins with. */
export function creatingOf(kind: KindSchema): KindSchema['commands'][number] | undefined {
  return kind.commands.find((c) => c.creates && !c.by_system);
}

/** The form that an event is the hash of. */
export function hashedIn(says: SchemaEvent | undefined, data: Data): { form: unknown; hash: string } | undefined {
  const hash = says?.fields.find((f) => f.is === 'hash');
  const forms = (says?.fields ?? []).filter((f) => f.is === 'group');
  const value = hash && data[hash.name];
  return typeof value === 'string' && value && forms.length === 1 ? { form: data[forms[0]!.name], hash: value } : undefined;
}
