// A form while it is being filled in: what was written, what is missing, what the server said to it.

import type { Room } from '../state/room.svelte';
import { problemOf } from '../wire/problem';
import type { Ack, Problem } from '../wire/types';
import type { About, Description } from './commands';
import { atFault, blank, encode, missing, type Field, type Values } from './field';

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
    const exact = atFault(this.fields, this.problem.code);
    if (exact) return { ...all, [exact]: this.problem[language] };
    for (const e of this.problem.errors ?? []) all[e.pointer.replace(/^\/data/, '')] = e.detail;
    return all;
  }

  /** Sends it; null where something is missing or the server refused. `lenient`: the fields that a draft needs. */
  async send(room: Room, aim: Aim, lenient: readonly string[] | null = null): Promise<Ack | null> {
    this.tried = true;
    this.#lenient = lenient;
    this.problem = null;
    if (this.#missing().length || this.uploading) return null;
    this.busy = true;
    try {
      const more = aim.version === undefined || this.description.adds ? {} : { expect: aim.version };
      const ack = await room.live.send(aim.command, aim.target, encode(this.fields, $state.snapshot(this.values)), more);
      this.#empty = JSON.stringify(this.values);
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

/** Forms that were begun and not sent: what somebody wrote is not thrown away when they look elsewhere. */
export class Drafts {
  #kept = new Map<string, Form>();

  open(key: string, make: () => Form): Form {
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const form = make();
    this.#kept.set(key, form);
    return form;
  }

  /** Left: kept only where something was written. */
  leave(key: string): void {
    if (!this.#kept.get(key)?.touched) this.#kept.delete(key);
  }

  drop(key: string): void {
    this.#kept.delete(key);
  }

  has(key: string): boolean {
    return this.#kept.get(key)?.touched ?? false;
  }
}
