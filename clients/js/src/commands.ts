// Commands by their names, with fields that are checked against what the server describes.

import { Described, type KindSchema, type SchemaCommand, type SchemaDocument, type SchemaField } from './schema.js';
import type { Envelope, Language, Words } from './types.js';

/** The wire knows no leaving out of these. */
const many = new Set('people departments roles references list files lines remarks codes numbers choices'.split(' '));

type Given = Record<string, unknown>;

/** What a server describes, in the words of one language. */
export class Schema extends Described {
  /** Of the forms in force. */
  #versions: ReadonlyMap<string, number>;

  constructor(
    readonly said: SchemaDocument,
    readonly language: Language,
  ) {
    super(said.kinds);
    this.#versions = new Map(said.kinds.flatMap((k) => k.forms ?? []).map((f) => [f.name, f.version ?? 1]));
  }

  words(both: Words | undefined): string {
    return both?.[this.language] ?? '';
  }

  /** What a status of a list's rows is called. */
  status(list: string, name: string): string {
    const kind = this.listed(list) ?? this.kinds.find((k) => !k.path && `${k.name}s` === list);
    return this.words(kind?.statuses.find((s) => s.name === name)?.label) || name;
  }

  /** What an event is called, after the name of who did it. */
  happened(event: Pick<Envelope, 'type'>): string {
    return this.words(this.event(event.type)?.label) || event.type;
  }

  /** What was given, as the wire wants it. Throws TypeError for names that there are not, and fields that have to be given. */
  completed(command: SchemaCommand, given: Given): Given {
    const missing = command.fields.filter((f) => f.required && (given[f.name] ?? null) === null).map((f) => f.name);
    const made = this.#fill(command.type, command.fields, given, '', true);
    if (missing.length) throw new TypeError(`${command.type} needs ${missing.join(', ')}`);
    return made;
  }

  #fill(type: string, fields: readonly SchemaField[], given: Given, at: string, fill: boolean): Given {
    for (const name of Object.keys(given)) {
      if (fields.some((f) => f.name === name)) continue;
      const near = fields.map((f) => ({ name: f.name, far: distance(name, f.name) })).sort((a, b) => a.far - b.far)[0];
      const meant = near && near.far <= 2 ? ` (did you mean ${near.name}?)` : '';
      throw new TypeError(`${type}: there is no field ${at}${name}${meant}; there are ${fields.map((f) => f.name).join(', ')}`);
    }
    const made: Given = {};
    for (const f of fields) {
      const value = given[f.name] ?? null;
      if (value === null) {
        if (fill && many.has(f.is)) made[f.name] = [];
        else if (fill && f.is === 'extras') made[f.name] = this.#extras(f, {});
      } else if (f.is === 'extras') {
        made[f.name] = this.#extras(f, value as Given);
      } else if (f.is === 'group') {
        made[f.name] = this.#fill(type, f.fields ?? [], value as Given, `${at}${f.name}.`, true);
      } else if (f.is === 'list' && Array.isArray(value)) {
        // Of a line it can mean something that a list is left out of it.
        made[f.name] = value.map((line: unknown) => (isObject(line) ? this.#fill(type, f.fields ?? [], line, `${at}${f.name}.`, false) : line));
      } else {
        made[f.name] = value;
      }
    }
    return made;
  }

  #extras(f: SchemaField, given: Given): Given {
    return { form: this.#versions.get(f.of ?? '') ?? 1, fields: [], attachments: [], ...given };
  }
}

const isObject = (x: unknown): x is Given => typeof x === 'object' && x !== null && !Array.isArray(x);

/** How many letters have to change, of names that are short. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}

export type Target = number | string | { id: number };
export type Give<Result> = (command: string, target: string | null, data: Given, more: { expect?: number; id?: string }) => Result;

/** A kind's commands as functions: `start(17, {…})`, and of those that create `file({…})`. */
export function byName<Result>(schema: Schema, kind: KindSchema, give: Give<Result>): Record<string, (...args: unknown[]) => Result> {
  // Of a kind that nobody makes one of there may be one alone, and then it is not named.
  const alone = !kind.commands.some((c) => c.creates);
  const made: Record<string, (...args: unknown[]) => Result> = {};
  for (const command of kind.commands) {
    if (command.by_system) continue;
    made[command.type.split('.')[1]!] = (...args) => {
      const named = !command.creates && (!alone || typeof args[0] === 'number' || typeof args[0] === 'string');
      const target = named ? (args.shift() as Target) : null;
      if (named && (target ?? null) === null) throw new TypeError(`${command.type}: say which, as a number`);
      const number = isObject(target) ? (target as { id: number }).id : target;
      const data = schema.completed(command, (args[0] ?? {}) as Given);
      return give(command.type, number === null || typeof number === 'string' ? number : `${kind.name}/${String(number)}`, data, (args[1] ?? {}) as object);
    };
  }
  return made;
}
