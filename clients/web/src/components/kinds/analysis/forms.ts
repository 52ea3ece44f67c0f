// What is changed or corrected is what holds now.

import type { Special } from '../../../lib/forms/commands';
import { changed } from '../../../lib/forms/make';
import { looksOf } from './looks';
import type { AnalysisDossier } from './dossier';

export const forms: Record<string, Special> = {
  // Its owner may be another than when it was planned, its next run nearer.
  'analysis.change': {
    fields: (about, fields) => {
      const of = about.dossier as AnalysisDossier | undefined;
      const plan = of?.forms.plan?.data.plan;
      return plan ? changed(fields, 'form', { initial: { ...plan, owner: of.owner, concerned: of.concerned, next_on: of.next_on } }) : fields;
    },
  },
  // The newest finding, as it reads now.
  'analysis.correct': {
    fields: (about, fields) => {
      const of = about.dossier as AnalysisDossier | undefined;
      const finding = of && looksOf(of).find((l) => l.look === of.found)?.finding;
      return finding ? changed(fields, 'finding', { initial: finding }) : fields;
    },
  },
};
