// The kinds of documents that there are, as the server describes them: what is known of them here is what it says. Read before the
// page is shown, and again with every connection.

import { Described, listNameOf, type KindSchema, type Named, type SchemaCommand, type SchemaDocument, type SchemaEvent, type SchemaField, type SchemaTone } from '@client/schema';
import type { Words } from '@client/types';

import type { Place } from './places';

class Schema {
  #read = $state.raw(new Described([]));
  /** Whether it was read. */
  known = $state(false);

  take({ kinds }: SchemaDocument): void {
    // What is open rests on it: read again and found the same, it is the same.
    if (this.known && JSON.stringify(kinds) === JSON.stringify(this.kinds)) return;
    this.#read = new Described(kinds);
    this.known = true;
  }

  get kinds(): readonly KindSchema[] {
    return this.#read.kinds;
  }

  /** Kinds that have a list and dossiers. */
  get documents(): readonly KindSchema[] {
    return this.#read.documents;
  }

  kind(name: string): KindSchema | undefined {
    return this.#read.kind(name);
  }

  listed(list: string): KindSchema | undefined {
    return this.#read.listed(list);
  }

  command(type: string): SchemaCommand | undefined {
    return this.#read.command(type);
  }

  event(type: string): SchemaEvent | undefined {
    return this.#read.event(type);
  }

  /** Those whose records are for others to find, and to point at. */
  get searched(): readonly KindSchema[] {
    return this.kinds.filter((k) => k.searched);
  }

  /** What stands at an address: a list, a document by its number, or a new one. */
  at(place: Place): { kind: KindSchema; id: number | 'new' | null } | null {
    if (place.at === 'documents') return withKind(this.listed(place.list), null);
    return place.at === 'document' ? withKind(this.documents.find((k) => k.name === place.kind), place.id) : null;
  }
}

function withKind<Id>(kind: KindSchema | undefined, id: Id): { kind: KindSchema; id: Id } | null {
  return kind ? { kind, id } : null;
}

export const schema = new Schema();

/** What the list of a kind is called on the wire. */
export function listOf(kind: string): string {
  const described = schema.kind(kind);
  return described ? listNameOf(described) : kind;
}

const tones = { active: 'accent', good: 'good', caution: 'warn', bad: 'bad' } as const;
export type Colour = '' | (typeof tones)[SchemaTone];

/** How the page colours it. */
export function colourOf(tone: SchemaTone | undefined): Colour {
  return tone ? tones[tone] : '';
}

/** Of a kind's status: its word and how it looks. */
export function statusOf(kind: string, status: string): Named | undefined {
  return schema.kind(kind)?.statuses.find((s) => s.name === status);
}

type Is = (f: SchemaField) => boolean;

function within(fields: readonly SchemaField[], is: Is): SchemaField | undefined {
  for (const f of fields) {
    const found = is(f) ? f : within(f.fields ?? [], is);
    if (found) return found;
  }
  return undefined;
}

/** A field of a kind by its name, wherever in its facts, commands and events that is. */
export function fieldIn(kind: string, name: string, is: Is = () => true): SchemaField | undefined {
  const described = schema.kind(kind);
  if (!described) return undefined;
  for (const fields of [described.fields, ...described.commands.map((c) => c.fields), ...described.events.map((e) => e.fields)]) {
    const found = within(fields, (f) => f.name === name && is(f));
    if (found) return found;
  }
  return undefined;
}

/** What is chosen in one: its words and colour; where nobody has described it, its name. */
export function chosenIn(kind: string, field: string, value: string): { label: Words; colour: Colour } {
  const found = fieldIn(kind, field, (f) => f.options !== undefined)?.options!.find((o) => o.name === value);
  return { label: found?.label ?? { zh: value, en: value }, colour: colourOf(found?.tone) };
}
