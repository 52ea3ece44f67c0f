// Analyses, as server/wire/README.md has them. Where an id may be none it is 0 in an event, and left out of a dossier.

import type { DossierOf, Extras, FormEvent } from '@client/flows';

import type { Priority } from '../../../lib/wire/types';

export type Outcome = 'adjust' | 'task' | 'watch' | 'none';

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

/** `cited_by`: the strategies and plans that rest on its findings. Of today; the past has none. */
export type AnalysisDossier = DossierOf<FormsOfAnalysis> & OfAnalysis & { cited_by?: { strategy: number; look: number; title: string; status: string }[] };
