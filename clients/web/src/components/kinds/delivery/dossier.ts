// A delivery's checks, as server/wire/README.md has them, and what it corrects or is corrected by. Pure.

import type { DocumentDossier, FormEvent } from '@client/flows';
import type { Attachment, Words } from '@client/types';

export type Verdict = 'accepted' | 'warned' | 'quarantined' | 'refused';

export interface Result {
  check: string;
  severity: 'off' | 'warn' | 'block';
  passed: boolean;
  /** That fail it. */
  rows?: number;
  found: Words;
}

export interface Fault {
  /** 0: the whole file. */
  line: number;
  /** Empty: the row. */
  column: string;
  reason: Words;
  value: string;
}

export interface Checked {
  verdict: Verdict;
  rows: number;
  taken: number;
  rejected: number;
  faulty?: number;
  restated?: number;
  results: Result[];
  faults: Fault[];
  rejects?: Attachment[];
}

export type DeliveryDossier = DocumentDossier & { collection: number; from: string; until: string; replaces?: number; superseded_by?: number };

/** What was found last. */
export function checkedIn(of: DeliveryDossier): Checked | null {
  const said = [of.forms['checks'] ?? []].flat().at(-1) as FormEvent<Checked> | undefined;
  return said?.data ?? null;
}

/** What it comes to, of one check: what is not checked has not passed. */
export function standing(of: Result): 'passed' | 'warned' | 'failed' | 'off' {
  if (of.severity === 'off') return 'off';
  return of.passed ? 'passed' : of.severity === 'warn' ? 'warned' : 'failed';
}

/** What one has to look at first. */
export function inOrder(results: readonly Result[]): Result[] {
  const rank = { failed: 0, warned: 1, passed: 2, off: 3 };
  return [...results].sort((a, b) => rank[standing(a)] - rank[standing(b)]);
}
