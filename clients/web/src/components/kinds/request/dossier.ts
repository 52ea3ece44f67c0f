// Requests, as server/wire/README.md has them.

import type { DossierOf, Extras, FormEvent } from '@client/flows';

import type { Priority } from '../../../lib/wire/types';

export type Verdict = 'pass' | 'send_back' | 'clarify' | 'reject';

export interface Compliance {
  checked: boolean;
  findings: string;
}

interface OfRequest {
  title: string;
  priority: Priority;
  requester: number;
  department: string;
  required_by: string;
  compliance_checked: boolean;
  assessors?: number[];
  assessed?: number[];
  until?: string;
}

export interface F1 {
  title: string;
  background: string;
  objectives: string;
  main_content: string;
  required_by: string;
  expected_benefit?: string | null;
  priority: Priority;
  compliance: Compliance;
  extras: Extras;
}

export interface Rating {
  points: number;
  why: string;
}

export interface F1a {
  reasonableness: Rating;
  feasibility: Rating;
  business_impact: Rating;
  recommends: Verdict;
  extras: Extras;
}

export interface FormsOfRequest {
  F1?: FormEvent<{ form: F1 }>;
  F1a?: FormEvent<{ assessor: number; opinion: F1a }>[];
  verdict?: FormEvent<{ reason: string }>;
  clarifications?: FormEvent<{ question?: string; answer?: string }>[];
}

/** With the project that it has become. */
export type RequestDossier = DossierOf<FormsOfRequest> & OfRequest & { project?: number };
