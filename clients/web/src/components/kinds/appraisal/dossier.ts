// What of an appraisal its own views and forms look at; what is said in its parts is as the server describes it. Scores of a form are whole
// points, results are hundredths: 8280 is 82.80. What the reader may not see is left out.

import type { DossierOf, SaidIn } from '@client/flows';
import type { Forms } from '@client/made/kinds';
import type { Envelope } from '@client/types';

type Parts = Forms['appraisals'];
export type Indicator = Omit<SaidIn<Parts['opening']>['indicators'][number], 'evidence'>;

/** Something in the log that an indicator points at; `by` 0: the software found it. */
export interface EvidenceItem {
  indicator: string;
  at: number;
  by: number;
  removed: boolean;
  event?: Envelope;
}

/** Of F6 has `text`, of F7 `comment`. */
export type Form = SaidIn<Parts['F6'] | Parts['F7']>['form'];
export type Line = Form['lines'][number];

/** `used` is how much each part counted in hundredths of a per cent, after what is missing was left out; `exact` is in points, as a fraction:
 * "23749/250" is 94.996. */
export type Breakdown = SaidIn<Parts['result']>['result'];
/** A weighted mean. */
export type Mean = Breakdown['self'];

/** What a row and a dossier say of the score. */
export interface Scored {
  result?: number;
  grade?: string;
  score_so_far?: number;
  grade_so_far?: string;
  breakdown?: Breakdown;
}

export type AppraisalDossier = DossierOf<Parts> &
  Scored & {
    employee: number;
    indicators: Indicator[];
    unsealed: boolean;
    calibrated?: (number | null)[];
  };
