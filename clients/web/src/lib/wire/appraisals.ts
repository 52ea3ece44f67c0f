// Indicators, cycles, appraisals, incentives and elections, as server/wire/README.md has them. Scores of a form are whole
// points, results are hundredths: 8280 is 82.80. What the reader may not see is left out.

import type { Attachment, DossierOf, Extras, FlowRow, FormEvent, Words } from './flows';
import type { Envelope } from './types';

export type Grade = 'S' | 'A' | 'B' | 'C' | 'D';
export type IncentiveKind = 'bonus' | 'promotion' | 'salary_adjustment' | 'training' | 'award';

export interface Indicator {
  code: string;
  name: Words;
  weight: number;
  evidence: string[];
}

export interface Piece {
  at: number;
  note: string;
}

/** Something in the log that an indicator points at; `by` 0: the software found it. */
export interface EvidenceItem {
  indicator: string;
  at: number;
  by: number;
  removed: boolean;
  event?: Envelope;
}

export interface SelfForm {
  lines: { indicator: string; score?: number | null; text: string; evidence: Piece[] }[];
  extras: Extras;
}

export interface Evaluation {
  lines: { indicator: string; score?: number | null; comment: string; evidence: Piece[] }[];
  comment: string;
  extras: Extras;
}

export interface Talk {
  result: string;
  strengths: string;
  shortcomings: string;
  actions: { what: string; owner: number; standard: string; due: string }[];
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
  grade?: Grade | null;
}

interface OfAppraisal {
  name: string;
  cycle: number;
  kind: 'quarter' | 'annual';
  year: number;
  quarter: number;
  employee: number;
  evaluator: number;
  role: string;
  department: string;
  result?: number;
  grade?: Grade;
  appeal_until?: string;
  appealed?: boolean;
  score_so_far?: number;
  grade_so_far?: Grade;
  self?: (number | null)[];
  superior?: (number | null)[];
  calibrated?: (number | null)[];
  extended_until?: string;
}

export type AppraisalRow = FlowRow & OfAppraisal;

export interface FormsOfAppraisal {
  F6_draft?: FormEvent<{ form: SelfForm }>;
  F6?: FormEvent<{ form: SelfForm; score?: number | null }>;
  F7_draft?: FormEvent<{ form: Evaluation }>;
  F7?: FormEvent<{ form: Evaluation; score?: number | null; grade?: Grade | null }>;
  F8?: FormEvent<{ talk: Talk }>;
  calibrations?: FormEvent<{ adjustments: { indicator: string; before?: number | null; after: number }[]; reason: string }>[];
  result?: FormEvent<{ result: Breakdown; formula: number; appeal_until: string; comment?: string | null }>;
  appeal?: FormEvent<{ reason: string }>;
  appeal_verdict?: FormEvent<{ reason: string }>;
}

export type AppraisalDossier = DossierOf<FormsOfAppraisal> &
  OfAppraisal & {
    indicators: Indicator[];
    unsealed: boolean;
    breakdown?: Breakdown;
    employee_confirmed?: boolean;
    evaluator_confirmed?: boolean;
  };

interface OfCycle {
  name: string;
  kind: 'quarter' | 'annual';
  year: number;
  quarter: number;
  schedule: Record<'opens' | 'self_closes' | 'evaluation_closes' | 'calibrates' | 'closes', string>;
}

export type CycleRow = FlowRow & OfCycle;
export type CycleDossier = DossierOf<object> & OfCycle & { appraisals: Record<string, number> };

export interface F16 {
  kind: IncentiveKind;
  member: number;
  appraisal: number;
  election: number;
  amount?: { cents: number; currency: string } | null;
  effective: string;
  terms: string;
  reason: string;
  extras: Extras;
}

interface OfIncentive {
  name: string;
  kind: IncentiveKind;
  member: number;
  effective: string;
  proposer: number;
  appraisal?: number;
  election?: number;
  sha256: string;
}

export type IncentiveRow = FlowRow & OfIncentive;
export type IncentiveDossier = DossierOf<{
  F16?: FormEvent<{ proposal: F16; sha256: string }>;
  verdict?: FormEvent<{ comment?: string | null; reason?: string }>;
  clarifications?: FormEvent<{ question?: string; answer?: string }>[];
}> &
  OfIncentive;

interface OfElection {
  title: string;
  organiser: number;
  seats: number;
  electorate?: string | null;
  schedule: Record<'nominations_close' | 'voting_opens' | 'voting_closes', string>;
  nominees: number[];
  ballots: number;
  voted: boolean;
  totals?: { nominee: number; votes: number }[];
  winners?: number[];
}

export type ElectionRow = FlowRow & OfElection;
export type ElectionDossier = DossierOf<{
  opening?: FormEvent<{ period: string }>;
  nominations?: FormEvent<{ by: number; nominee: number; reason: string }>[];
  count?: FormEvent<{ totals: { nominee: number; votes: number }[]; invalid: number; proof: string }>;
  decision?: FormEvent<{ winners: number[]; as_counted: boolean; reason: string }>;
  announcement?: FormEvent<{ commendation: string }>;
}> &
  OfElection;

export interface IndicatorsRow extends FlowRow {
  name: Words;
  role: string;
  template_version: number;
  indicators: Indicator[];
}

export type { Attachment };
