// Forms that were begun and not sent: what somebody wrote outlives looking elsewhere, Escape, a reload, and that it can't be
// sent at the moment, until it is sent or thrown away.

import { KeptDrafts } from '../state/kept';
import type { Form } from './form.svelte';

/** How long nobody types before it is kept, in milliseconds. */
const pause = 300;

/** Where a form is, to find it again. */
export interface Place {
  title: string;
  path: string;
}

export class Drafts {
  /** Grows whenever something was kept or thrown away, for whoever shows what there is. */
  changes = $state(0);
  readonly kept: KeptDrafts;
  #open = new Map<string, { form: Form; place: () => Place }>();

  constructor(member: number, kept = new KeptDrafts(member)) {
    this.kept = kept;
    kept.sweep();
  }

  /** The form as it was left, or a new one. `place` is asked whenever it is kept. */
  open(key: string, make: () => Form, place: () => Place): Form {
    const left = this.#open.get(key);
    if (left) {
      left.place = place;
      if (left.form.touched) left.form.restoredAt ??= Date.now();
      return left.form;
    }
    const form = make();
    const before = form.description.secret ? null : this.kept.read(key);
    if (before) form.restore(before);
    this.#open.set(key, { form, place });
    return form;
  }

  /** Keeps what is written into it from now on; to be called while a component is made. */
  follow(key: string, form: Form): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const now = () => this.keep(key);
    $effect(() => {
      void JSON.stringify(form.values);
      clearTimeout(timer);
      timer = setTimeout(now, pause);
    });
    $effect(() => {
      addEventListener('pagehide', now);
      document.addEventListener('visibilitychange', now);
      return () => {
        clearTimeout(timer);
        removeEventListener('pagehide', now);
        document.removeEventListener('visibilitychange', now);
      };
    });
  }

  keep(key: string): void {
    const open = this.#open.get(key);
    if (!open || open.form.description.secret) return;
    const { form, place } = open;
    if (!form.touched) {
      if (this.kept.read(key)) this.#forget(key);
      return;
    }
    const body = form.snapshot;
    if (JSON.stringify(this.kept.read(key)?.body) === JSON.stringify(body)) return;
    this.kept.write(key, { command: key.split(' ')[0]!, ...place(), body, ...(form.version === undefined ? {} : { version: form.version }) });
    this.changes++;
  }

  /** Looked away from: it stays where something was written. */
  leave(key: string): void {
    this.keep(key);
    if (!this.#open.get(key)?.form.touched) this.#open.delete(key);
  }

  /** It was refused after it had been let go: it is found again as it was, with what the server said. */
  back(key: string, form: Form, place: () => Place): void {
    if (!this.#open.has(key)) this.#open.set(key, { form, place });
  }

  /** It was sent. */
  drop(key: string): void {
    this.#open.delete(key);
    this.#forget(key);
  }

  /** It is not wanted: the form begins anew. */
  throwAway(key: string): void {
    const open = this.#open.get(key);
    open?.form.reset();
    this.#forget(key);
  }

  /** All that there is of this thing that was begun for commands. */
  of(target: string): { key: string; command: string }[] {
    void this.changes;
    return this.kept.all().filter((d) => d.key.endsWith(` ${target}`)).map(({ key, command }) => ({ key, command }));
  }

  clear(): void {
    for (const key of this.#open.keys()) this.throwAway(key);
    this.kept.clear();
    this.changes++;
  }

  #forget(key: string): void {
    this.kept.drop(key);
    this.changes++;
  }
}
