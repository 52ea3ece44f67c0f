// Analyses and strategies, as server/wire/README.md has them. Where an id may be none it is 0 in an event, and left
// out of a row.

import type { DossierOf, Extras, FlowRow, FormEvent } from './flows';
import type { Priority } from './types';

export type Outcome = 'adjust' | 'task' | 'watch' | 'none';
export type Standing = 'on_track' | 'behind' | 'off_track' | 'achieved';

export interface AnalysisPlan {
  title: string;
  subject: string;
  sources: string;
  method: string;
  owner: number;
  /** Working days. */
  every: number;
  next_on: string;
  concerned: number[];
  project: number;
}

/** Numbers are exact decimals, as text. */
export interface Figure {
  name: string;
  before?: string | null;
  now: string;
  unit: string;
}

export interface Finding {
  kind: 'change' | 'problem';
  priority: Priority;
  from: string;
  until: string;
  observed: string;
  figures: Figure[];
  cause?: string | null;
  suggestion?: string | null;
  extras: Extras;
}

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

/** A look that found something, or that corrects what was found, or that found nothing out of the ordinary. */
export interface LookData {
  look: number;
  finding?: Finding;
  reason?: string;
  from?: string;
  until?: string;
  note?: string;
  next_on?: string;
}

export interface FormsOfAnalysis {
  plan?: FormEvent<{ plan: AnalysisPlan }>;
  looks?: FormEvent<LookData>[];
  acknowledgements?: FormEvent<{ look: number; member: number }>[];
  handled?: FormEvent<{ look: number; outcome: Outcome; reason: string }>[];
}

export type AnalysisRow = FlowRow & OfAnalysis;
/** `cited_by`: the strategies and plans that rest on its findings. Of today; the past has none. */
export type AnalysisDossier = DossierOf<FormsOfAnalysis> & OfAnalysis & { cited_by?: { strategy: number; look: number; title: string; status: string }[] };

export interface Ground {
  fact: string;
  analysis: number;
  look: number;
}

export interface F19 {
  title: string;
  kind: 'strategy' | 'plan';
  grounds: Ground[];
  adjustment: string;
  content: string;
  expected: string;
  effective: string;
  acknowledge_by: string;
  check_on: string;
  concerned: number[];
  replaces: number;
  project: number;
  extras: Extras;
}

export interface F19a {
  standing: Standing;
  found: string;
  measures?: string | null;
  next_on: string;
  extras: Extras;
}

interface OfStrategy {
  title: string;
  kind: 'strategy' | 'plan';
  department: string;
  author: number;
  effective: string;
  acknowledge_by: string;
  check_on: string;
  concerned: number[];
  sha256: string;
  replaces?: number;
  superseded_by?: number;
  project?: number;
  /** Of the version in its line, once it is published. */
  number?: number;
  acknowledged?: number[];
  checks?: number;
  standing?: Standing;
}

export interface FormsOfStrategy {
  F19?: FormEvent<{ form: F19; sha256: string }>;
  verdict?: FormEvent<{ sha256?: string; number?: number; reason?: string }>;
  checks?: FormEvent<{ number: number; check: F19a }>[];
  acknowledgements?: FormEvent<{ member: number }>[];
  end?: FormEvent<{ reason?: string; by?: number }>;
}

export type StrategyRow = FlowRow & OfStrategy;
/** `line`: the versions before it, newest first, as far as the reader may see them. */
export type StrategyDossier = DossierOf<FormsOfStrategy> & OfStrategy & { line?: number[] };
