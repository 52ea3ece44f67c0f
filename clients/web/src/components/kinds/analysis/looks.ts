// An analysis look by look: what was found, who took note of it, what came of it. Pure.

import type { FormEvent } from '@client/flows';

import type { AnalysisDossier, Finding, FormsOfAnalysis, LookData } from './dossier';

export interface Look {
  look: number;
  /** The first word on it. */
  event: FormEvent<LookData>;
  /** As it was corrected last; null: nothing out of the ordinary. */
  finding: Finding | null;
  /** Corrections, oldest first. */
  corrections: FormEvent<LookData>[];
  /** Of the finding as it reads now. */
  acknowledged: { member: number; time: string }[];
  handled: NonNullable<FormsOfAnalysis['handled']>[number] | null;
}

/** Newest first. */
export function looksOf(analysis: Pick<AnalysisDossier, 'forms'>): Look[] {
  const { looks = [], acknowledgements = [], handled = [] } = analysis.forms;
  const all = new Map<number, Look>();
  for (const event of [...looks].sort((a, b) => a.position - b.position)) {
    const had = all.get(event.data.look);
    if (had) {
      had.corrections.push(event);
      had.finding = event.data.finding ?? had.finding;
    } else {
      all.set(event.data.look, { look: event.data.look, event, finding: event.data.finding ?? null, corrections: [], acknowledged: [], handled: null });
    }
  }
  for (const a of acknowledgements) {
    const of = all.get(a.data.look);
    // What was corrected afterwards is taken note of anew.
    if (of && a.position > (of.corrections.at(-1)?.position ?? 0)) of.acknowledged.push({ member: a.data.member, time: a.time });
  }
  for (const h of handled) {
    const of = all.get(h.data.look);
    if (of) of.handled = h;
  }
  return [...all.values()].sort((a, b) => b.look - a.look);
}

/** What a strategy that rests on a finding says of it, before anybody has put it better. */
export function groundOf(finding: Finding): string {
  const figures = finding.figures.map((f) => `${f.name} ${f.before ? `${f.before} → ` : ''}${f.now}${f.unit ? ` ${f.unit}` : ''}`);
  return [finding.observed, figures.join('; ')].filter(Boolean).join('\n');
}
