// Strategies, as server/wire/README.md has them. Where an id may be none it is 0 in an event, and left out of a dossier.

import type { DossierOf, Extras, FormEvent } from '@client/flows';

export type Standing = 'on_track' | 'behind' | 'off_track' | 'achieved';

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

/** `line`: the versions before it, newest first, as far as the reader may see them. */
export type StrategyDossier = DossierOf<FormsOfStrategy> & OfStrategy & { line?: number[] };
