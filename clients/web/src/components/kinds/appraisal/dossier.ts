// What of an appraisal its own views and forms look at. Scores of a form are whole points, results are hundredths: 8280 is 82.80. What
// the reader may not see is left out.

import type { DossierOf, Extras, FormEvent } from '@client/flows';
import type { Envelope, Words } from '@client/types';

export interface Indicator {
  code: string;
  name: Words;
  weight: number;
}

/** Something in the log that an indicator points at; `by` 0: the software found it. */
export interface EvidenceItem {
  indicator: string;
  at: number;
  by: number;
  removed: boolean;
  event?: Envelope;
}

export interface Line {
  indicator: string;
  score?: number | null;
  /** Of F6, and of F7. */
  text?: string;
  comment?: string;
  evidence: { at: number; note: string }[];
}

export interface Form {
  lines: Line[];
  /** Of F7. */
  comment?: string;
  extras: Extras;
}

/** A weighted mean: `used` is how much each part counted in hundredths of a per cent, after what is missing was left out. */
export interface Mean {
  score?: number | null;
  /** In points, as a fraction: "23749/250" is 94.996. */
  exact?: string | null;
  parts: { code: string; weight: number; used: number; score?: number | null }[];
}

export interface Breakdown {
  self: Mean;
  superior: Mean;
  evaluation: Mean;
  quarters?: Mean | null;
  year?: Mean | null;
  rests_on: number[];
  score?: number | null;
  grade?: string | null;
}

/** What a row and a dossier say of the score. */
export interface Scored {
  result?: number;
  grade?: string;
  score_so_far?: number;
  grade_so_far?: string;
  breakdown?: Breakdown;
}

export type AppraisalDossier = DossierOf<{
  F6_draft?: FormEvent<{ form: Form }>;
  F6?: FormEvent<{ form: Form }>;
  F7_draft?: FormEvent<{ form: Form }>;
  F7?: FormEvent<{ form: Form }>;
  result?: FormEvent<{ result: Breakdown; formula: number; comment?: string | null }>;
}> &
  Scored & {
    employee: number;
    indicators: Indicator[];
    unsealed: boolean;
    calibrated?: (number | null)[];
  };
