// What is corrected is the newest finding, as it reads now.

import type { Special } from '../../../lib/forms/commands';
import { changed } from '../../../lib/forms/make';
import { looksOf } from './looks';
import type { AnalysisDossier } from './dossier';

export const forms: Record<string, Special> = {
  'analysis.correct': {
    fields: (about, fields) => {
      const of = about.dossier as AnalysisDossier | undefined;
      const finding = of && looksOf(of).find((l) => l.look === of.found)?.finding;
      return finding ? changed(fields, 'finding', { initial: finding }) : fields;
    },
  },
};
