// Whether what is on the screen has been there long enough to be decided on. A press that comes before makes the time begin
// anew: so no key that repeats, in whatever way it does, decides on one thing after the other.

import { isForPage } from './inbox';

/** In milliseconds. */
export const lookAtLeast = 1000;

export class Looked {
  ready = $state(false);
  #what: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says what is on the screen now, with its version: "project/3 7"; null: nothing that can be decided on. */
  shows(what: string | null): void {
    if (what === this.#what) return;
    this.#what = what;
    this.again();
  }

  /** It was out of sight. */
  again(): void {
    clearTimeout(this.#timer);
    this.ready = false;
    if (this.#what !== null) this.#timer = setTimeout(() => (this.ready = true), lookAtLeast);
  }

  /** A key or a click that would decide: whether it counts. */
  press(): boolean {
    if (this.ready) return true;
    this.again();
    return false;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Which keys the page hears at all. One that chooses among the characters of an input method is the method's alone: browsers report
 * 229 for it, and in Safari the Enter comes when the composition has already ended. One that is held down presses no button, follows
 * no link and sends no form: only what is pressed anew does. Lines in a text may be begun with it as ever.
 */
export function onlyFreshPresses(e: KeyboardEvent): void {
  if (e.isComposing || e.keyCode === 229) return e.stopPropagation();
  if (!e.repeat || (e.key !== 'Enter' && e.key !== ' ')) return;
  const at = e.target as HTMLElement | null;
  const writes = at?.tagName === 'TEXTAREA' || at?.isContentEditable || (at?.tagName === 'INPUT' && e.key === ' ');
  if (writes && !e.ctrlKey && !e.metaKey) return;
  e.preventDefault();
  e.stopPropagation();
}

/** Whether somebody is at a field: what opens by itself would take the keys from under their hands. */
export function isWriting(): boolean {
  return !isForPage(document.activeElement, { ctrlKey: false, metaKey: false, altKey: false });
}
