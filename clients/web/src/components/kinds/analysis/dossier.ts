// Analyses, as server/wire/README.md has them: what is said in their parts is as the server describes it. Where an id may be none it is 0
// in an event, and left out of a dossier.

import type { DossierOf, SaidIn } from '@client/flows';
import type { Beyond, Forms } from '@client/made/kinds';

import type { Priority } from '../../../lib/wire/types';

export type FormsOfAnalysis = Forms['analyses'];
/** A look that found something, or that corrects what was found, or that found nothing out of the ordinary. */
export type LookData = SaidIn<FormsOfAnalysis['looks']>;
/** Its numbers are exact decimals, as text. */
export type Finding = NonNullable<LookData['finding']>;

interface OfAnalysis {
  title: string;
  department: string;
  owner: number;
  every: number;
  next_on: string;
  concerned: number[];
  project?: number;
  looks: number;
  /** The look that found something last, how pressing that is, and who has taken note of it. */
  found?: number;
  priority?: Priority;
  acknowledged?: number[];
}

/** The strategies and plans that rest on its findings are of today; the past has none. */
export type AnalysisDossier = DossierOf<FormsOfAnalysis> & OfAnalysis & Beyond['analyses'];
