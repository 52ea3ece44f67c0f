// A form while it is being filled in: what was written, what is missing, what the server said to it.

import { problemOf } from '@client/problem';
import type { Ack, Problem } from '@client/types';

import type { Room } from '../state/room.svelte';
import type { KeptDraft } from '../state/kept';
import type { About, Description } from './commands';
import { atFault, blank, encode, hasPlace, missing, type Field, type Values } from './field';
import { restored } from './restore';

export interface Aim {
  command: string;
  /** "project/3"; null: the command creates. */
  target: string | null;
  /** The version that the person sees. */
  version?: number;
}

export class Form {
  values = $state<Values>({});
  tried = $state(false);
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  readonly fields: readonly Field[];
  /** When what is in it was written, where it was left and taken up again. */
  restoredAt = $state<number | null>(null);
  /** Where something is being uploaded. */
  uploading = $state(0);

  #empty: string;
  #lenient = $state.raw<readonly string[] | null>(null);

  constructor(
    readonly description: Description,
    about: About,
    /** The version that it was opened at. */
    public version: number | undefined,
    /** What tells it from other forms: "project.accept project/3". */
    readonly place = '',
  ) {
    this.fields = description.fields(about);
    this.values = blank(this.fields);
    this.#empty = JSON.stringify(this.values);
  }

  /** What is given and not written is of what is on the screen now. */
  renew(about: About): void {
    const untouched = !this.touched;
    for (const f of this.description.fields(about)) if (f.kind === 'given') this.values[f.name] = f.value;
    if (untouched) this.#empty = JSON.stringify(this.values);
  }

  /** Takes up what was left, as far as it fits into the form as it is now. */
  restore(left: Pick<KeptDraft, 'at' | 'body' | 'version'>): void {
    if (typeof left.body !== 'object' || left.body === null) return;
    this.values = restored(this.fields, this.values, left.body as Values);
    if (!this.touched) return;
    this.restoredAt = left.at;
    if (left.version !== undefined && this.description.wide) this.version = left.version;
  }

  /** Begins anew. */
  reset(): void {
    this.values = JSON.parse(this.#empty) as Values;
    this.restoredAt = null;
    this.tried = false;
    this.problem = null;
  }

  get snapshot(): Values {
    return $state.snapshot(this.values) as Values;
  }

  get touched(): boolean {
    return JSON.stringify(this.values) !== this.#empty;
  }

  /** Pointers to the required fields that were left empty, once it was tried. */
  get missing(): string[] {
    return this.tried ? this.#missing() : [];  // not a $derived: a form may outlive the component that it was made in
  }

  /** What is wrong with each field, by pointer, in the reader's language. */
  errors(language: 'zh' | 'en', required: string): Record<string, string> {
    const all: Record<string, string> = Object.fromEntries(this.missing.map((at) => [at, required]));
    if (!this.problem) return all;
    const told = (this.problem.errors ?? []).map((e) => ({ at: e.pointer.replace(/^\/data/, ''), says: e[language] }));
    // The server's own word where such a field is here; it may name one that stands deeper in the form.
    const exact = told.some((e) => hasPlace(this.fields, e.at)) ? null : atFault(this.fields, this.problem.code);
    if (exact) return { ...all, [exact]: this.problem[language] };
    for (const e of told) all[e.at] = e.says;
    return all;
  }

  /** What would be sent; null where something is missing. `lenient`: the fields that a draft needs. */
  prepare(version: number | undefined, lenient: readonly string[] | null = null): { data: Values; expect?: number } | null {
    this.tried = true;
    this.#lenient = lenient;
    this.problem = null;
    if (this.#missing().length || this.uploading) return null;
    const data = encode(this.fields, $state.snapshot(this.values));
    return version === undefined || this.description.adds ? { data } : { data, expect: version };
  }

  /** Sends it; null where something is missing or the server refused. */
  async send(room: Room, aim: Aim, lenient: readonly string[] | null = null): Promise<Ack | null> {
    const sent = this.prepare(aim.version, lenient);
    if (!sent) return null;
    this.busy = true;
    try {
      const ack = await room.live.send(aim.command, aim.target, sent.data, sent.expect === undefined ? {} : { expect: sent.expect });
      this.#empty = JSON.stringify(this.values);
      this.restoredAt = null;
      this.version = ack.version;
      this.tried = false;
      return ack;
    } catch (why) {
      this.problem = problemOf(why);
      if (this.problem.code === 'stale_version' && this.problem.present !== undefined) this.version = this.problem.present;
      return null;
    } finally {
      this.busy = false;
    }
  }

  #missing(): string[] {
    const needs = this.#lenient;
    return needs ? missing(this.fields, this.values, (_, at) => needs.includes(at)) : missing(this.fields, this.values);
  }
}
