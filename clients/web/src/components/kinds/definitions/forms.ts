// What the forms of amendments have beyond their description.

import type { FlowDefinition } from '@client/flows';

import type { About, Special } from '../../../lib/forms/commands';
import { changed } from '../../../lib/forms/make';
import type { Field, Option } from '../../../lib/forms/field';
import { schema } from '../../../lib/state/schema.svelte';

/** What an added field of a type is asked for beside its name. */
const ofType: Record<string, readonly string[]> = { options: ['choice'], least: ['number'], most: ['number'], unit: ['number'], of: ['reference'] };

const within = (fields: readonly Field[], list: string, how: (fields: readonly Field[]) => readonly Field[]): readonly Field[] =>
  fields.map((f) => (f.kind === 'rows' && f.name === list ? { ...f, fields: how(f.fields) } : f));

const named = (words: readonly { name: string; label: Option['label'] }[] | undefined, names: readonly string[]): Option[] =>
  names.map((value) => ({ value, label: words?.find((w) => w.name === value)?.label ?? { zh: value, en: value } }));

/** Of a flow that is known: its steps, statuses and relations are chosen, not written. */
function chosen(about: About, fields: readonly Field[]): readonly Field[] {
  const flow = about.known?.['flow'] as FlowDefinition | undefined;
  const kind = flow && schema.kind(flow.name);
  if (!flow) return fields;
  const steps: Option[] = flow.rows.map((r) => ({ value: r.command, label: schema.command(r.command)?.label ?? { zh: r.command, en: r.command } }));
  const statuses = named(kind?.statuses, flow.statuses.filter((s) => s !== 'absent'));
  const many = (f: Field, options: Option[]): Field => {
    const { always: _, ...rest } = f;
    return { ...rest, kind: 'many', options } as Field;
  };
  const one = (f: Field, options: Option[]): Field => ({ ...f, kind: 'choice', options, list: true } as Field);
  const row = (f: Field): Field => {
    if (f.name === 'command') return one(f, steps);
    if (f.name === 'in') return many(f, named(kind?.statuses, flow.statuses));
    if (f.name === 'may' || f.name === 'never') return many(f, named(kind?.relations, flow.relations));
    const { always: _, ...rest } = f;
    return rest;
  };
  const limit = (f: Field): Field => (f.name === 'status' ? one(f, statuses) : f);
  return within(within(fields, 'rows', (all) => all.map(row)), 'limits', (all) => all.map(limit));
}

export const forms: Record<string, Special> = {
  'definitions.amend_flow': { fields: chosen },
  'definitions.amend_form': {
    fields: (_, fields) => within(fields, 'fields', (all) => Object.keys(ofType).reduce((list, name) => changed(list, name, { only: { where: 'is', is: ofType[name] } }), all)),
  },
};
