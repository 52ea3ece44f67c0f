// What a new version begins with: the finding that gave rise to it, or the version that it takes the place of; the address names either.

import { paths, type Asked } from '../../../lib/state/places';
import { groundOf, looksOf } from '../analysis/looks';
import { http } from '../../../lib/wire/http';
import type { AnalysisDossier } from '../analysis/dossier';
import type { StrategyDossier } from './dossier';
import type { Begun } from '../own';
import { words } from './words';

const numberIn = (asked: Asked, key: string) => Number(/^[1-9]\d{0,14}$/.exec(asked[key] ?? '')?.[0] ?? 0);

/** Of a finding. */
export function fromFinding(of: AnalysisDossier, look: number): Record<string, unknown> {
  const finding = looksOf(of).find((l) => l.look === look)?.finding;
  return { title: of.title, grounds: [{ fact: finding ? groundOf(finding) : '', analysis: of.id, look }], concerned: of.concerned, project: of.project ?? 0 };
}

/** Of the version before: its days are over by the time that it is replaced, and what is different this time is still to be said. */
export function fromVersion(before: StrategyDossier): Record<string, unknown> {
  const f19 = before.forms.F19?.data.form;
  if (!f19) return { replaces: before.id };
  const { title, kind, grounds, content, expected, project } = f19;
  return { title, kind, grounds, content, expected, project, concerned: before.concerned, replaces: before.id };
}

export async function begun(asked: Asked): Promise<Begun | null> {
  const [analysis, look, replaces] = [numberIn(asked, 'analysis'), numberIn(asked, 'look'), numberIn(asked, 'replaces')];
  if (analysis && look) {
    const of = await http.dossier<AnalysisDossier>('analyses', analysis);
    return { given: { form: fromFinding(of, look) }, says: (l) => words[l].fromFinding(of.title, words[l].run(look)), back: paths.of('analysis', analysis) };
  }
  if (!replaces) return null;
  const before = await http.dossier<StrategyDossier>('strategies', replaces);
  return { given: { form: fromVersion(before) }, says: (l) => words[l].newVersionOf(before.title), back: paths.of('strategy', replaces) };
}
