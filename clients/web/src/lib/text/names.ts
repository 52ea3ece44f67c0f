// What things are called on the screen. Pure.

import type { Texts } from '../../i18n/zh';

export interface Namer {
  t: Texts;
  name: (member: number) => string;
}

/** A status of one kind of thing; the same word can mean another thing elsewhere. */
export function statusName(t: Texts, kind: string, status: string): string {
  return t.appraisals.status[kind]?.[status] ?? t.strategies.status[kind]?.[status] ?? t.flows.status[status] ?? status;
}

/** Of an entity or of what waits: an appraisal is its period and whom it is about, an incentive its kind. */
export function titleOf({ t, name }: Namer, kind: string, called: string, about: number | undefined): string {
  const first = kind === 'incentive' ? (t.appraisals.kinds[called] ?? called) : kind === 'appraisal' || kind === 'cycle' ? `${t.flows.wait.names[kind]} ${called}` : called;
  return about ? `${first} · ${name(about)}` : first;
}
