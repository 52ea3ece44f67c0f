// What a kind has of its own here, where a person would rather look than read. All else of a kind is made from the schema.

import type { Component } from 'svelte';
import type { KindSchema } from '@client/schema';
import type { Language } from '@client/types';

import type { Form } from '../../lib/forms/form.svelte';
import type { Room } from '../../lib/state/room.svelte';
import type { Asked } from '../../lib/state/places';

interface Page {
  room: Room;
  kind: KindSchema;
  menu: () => void;
}

/** Something new that is begun from what there is. */
export interface Begun {
  /** Its fields, by their names. */
  given: Readonly<Record<string, unknown>>;
  /** From what. */
  says: (language: Language) => string;
  /** Where it was begun. */
  back: string;
}

// A view knows the dossier of its kind; what is one is the server's word.
type Of = any;

/** `KIND/index.ts` exports one as its default. */
export interface Own {
  /** Whole pages, in place of those of `components/document`: its list (by its name), something new, one of it. */
  list?: Component<Page & { name: string }>;
  created?: Component<Page>;
  dossier?: Component<Page & { id: number }>;
  /** Enough of it to decide on, in the inbox. */
  preview?: Component<{ room: Room; dossier: Of }>;
  /** Beside the heading of its list. */
  tools?: Component<{ room: Room }>;
  /** Over the fields of a form, by its command: another way to fill it in. */
  over?: Record<string, Component<{ room: Room; form: Form }>>;
  /** In place of the column of its rows, under the name of that fact. */
  column?: { of: string; view: Component<{ room: Room; row: Of }> };
  /** Of its dossier alone: over its facts, under them, and before its parts. */
  above?: Component<{ room: Room; dossier: Of }>;
  below?: Component<{ room: Room; dossier: Of }>;
  first?: Component<{ room: Room; dossier: Of; /** In the inbox. */ brief?: boolean }>;
  /** Before its parts in the inbox alone: what is decided on. */
  decided?: Component<{ room: Room; dossier: Of }>;
  /** Under a part by its section's name; not in the inbox. */
  under?: Record<string, Component<{ room: Room; dossier: Of }>>;
  /** In place of a part by its section's name; null: that stands within another. */
  parts?: Record<string, Component<{ room: Room; dossier: Of }> | null>;
  /** After its parts; not in the inbox. */
  last?: Component<{ room: Room; dossier: Of }>;
  /** What something new begins with, as the address says. */
  begun?: (asked: Asked) => Promise<Begun | null>;
  /** A command that follows at once where something new is handed in, and not only kept. */
  then?: string;
  /** The kind in whose area its list stands. */
  beside?: string;
}

const found = import.meta.glob<{ default: Own }>('./*/index.ts', { eager: true });

export function ownOf(kind: string): Own {
  return found[`./${kind}/index.ts`]?.default ?? {};
}

/** The kinds whose lists stand side by side with that of this one, which has the area's name first. */
export function areaOf(kind: KindSchema, all: readonly KindSchema[]): readonly KindSchema[] {
  const head = ownOf(kind.name).beside ?? kind.name;
  return [...all.filter((k) => k.name === head), ...all.filter((k) => ownOf(k.name).beside === head)];
}
