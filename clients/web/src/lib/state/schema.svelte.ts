// The kinds of documents that the server describes: what is known of them here is what it says. Read with the other books.

import type { Words } from '../wire/flows';
import { ownLists } from '../wire/flows';
import type { KindSchema, SchemaCommand, SchemaDocument, SchemaEvent, SchemaTone } from '../wire/schema';
import type { Place } from './places';

/** Kinds that have pages of their own here. */
const ownPages: readonly string[] = ['indicators', ...Object.keys(ownLists)];

/** "analyses" of "/api/v1/analyses". */
export const listNameOf = (kind: KindSchema): string => (kind.path ?? kind.name).replace(/^\/api\/v1\//, '');

class Schema {
  kinds = $state.raw<readonly KindSchema[]>([]);
  /** Whether it was read. */
  known = $state(false);
  #byName = $state.raw<ReadonlyMap<string, KindSchema>>(new Map());
  #events = $state.raw<ReadonlyMap<string, SchemaEvent>>(new Map());

  take({ kinds }: SchemaDocument): void {
    // What is open rests on it: read again and found the same, it is the same.
    if (this.known && JSON.stringify(kinds) === JSON.stringify(this.kinds)) return;
    this.kinds = kinds;
    this.#byName = new Map(kinds.map((k) => [k.name, k]));
    this.#events = new Map(kinds.flatMap((k) => k.events.map((e) => [e.type, e] as const)));
    this.known = true;
  }

  kind(name: string): KindSchema | undefined {
    return this.#byName.get(name);
  }

  /** Of a list by its name, "analyses". */
  listed(list: string): KindSchema | undefined {
    return this.others.find((k) => listNameOf(k) === list);
  }

  command(type: string): SchemaCommand | undefined {
    return this.kind(type.split('.')[0]!)?.commands.find((c) => c.type === type);
  }

  /** With its version or without: "task.assigned.v1", "task.assigned"; of several versions the newest. */
  event(type: string): SchemaEvent | undefined {
    return this.#events.get(type) ?? this.kind(type.split('.')[0]!)?.events.findLast((e) => e.type.replace(/\.v\d+$/, '') === type);
  }

  /** Kinds of documents of which the page knows nothing by itself. */
  get others(): readonly KindSchema[] {
    return this.kinds.filter((k) => k.path && !ownPages.includes(k.name));
  }

  /** One of those. */
  other(name: string): KindSchema | undefined {
    return this.others.find((k) => k.name === name);
  }

  /** What stands at an address, where it is described: a list, a document by its number, or a new one. */
  at(place: Place): { kind: KindSchema; id: number | 'new' | null } | null {
    if (place.at === 'documents') return withKind(this.listed(place.list), null);
    return place.at === 'document' ? withKind(this.other(place.kind), place.id) : null;
  }
}

function withKind<Id>(kind: KindSchema | undefined, id: Id): { kind: KindSchema; id: Id } | null {
  return kind ? { kind, id } : null;
}

export const schema = new Schema();

/** What the list of a kind is called on the wire. */
export function listOf(kind: string): string {
  const described = schema.kind(kind);
  return described ? listNameOf(described) : ((ownLists as Record<string, string>)[kind] ?? kind);
}

const tones = { active: 'accent', good: 'good', caution: 'warn', bad: 'bad' } as const;

/** How the page colours it. */
export function colourOf(tone: SchemaTone | undefined): '' | 'accent' | 'good' | 'warn' | 'bad' {
  return tone ? tones[tone] : '';
}

/** Of a kind's status: its word and how it looks. */
export function statusOf(kind: string, status: string): { label: Words; tone?: SchemaTone } | undefined {
  return schema.kind(kind)?.statuses.find((s) => s.name === status);
}
