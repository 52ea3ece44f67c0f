// Reports, as server/wire/README.md has them; what is said in their parts is as the server describes it.

import type { DocumentDossier, Extras, FormEvent } from '@client/flows';
import type { Words } from '@client/types';

import type { Grain, State } from '../metric/values';

export interface Figure {
  metric: number;
  code: string;
  name: Words;
  unit: string;
  /** Of the formula; 0: it was not calculated. */
  version: number;
  period: string;
  value?: string;
  /** Why there is none. */
  why?: string;
  previous?: string;
  year_ago?: string;
  change?: string;
  /** "1200000"; of a range "290 – 330". */
  target?: string;
  attainment: 'none' | 'met' | 'missed';
  state: State;
}

export interface Mover {
  metric: number;
  dimension: string;
  member: string;
  before?: string;
  after?: string;
  contribution: string;
}

export interface PlanQuality {
  collection: number;
  name: string;
  completeness?: string;
  timeliness?: string;
  accuracy?: string;
}

export interface Snapshot {
  position: number;
  figures: Figure[];
  movers: Mover[];
  alerts: { alert: number; name: string; standing: Words }[];
  quality: PlanQuality[];
  recommendations: { recommendation: number; text: string; standing: Words }[];
  deliveries: number;
}

export interface Advice {
  text: string;
  metric?: number;
  expected: string;
  target?: string;
}

/** F11. */
export interface Written {
  title: string;
  summary: string;
  conclusions: { text: string; figures: number[] }[];
  recommendations: Advice[];
  measures: string;
  methods: string[];
  recipients: number[];
  acknowledge_by: string;
  settling_reason?: string;
  extras: Extras;
}

export interface Difference {
  metric: number;
  period: string;
  before?: string;
  after?: string;
}

/** Of a recommendation of its own what became of it; of the past it is not told. */
export interface Made {
  recommendation: number;
  /** Its place in the report; 0: it was made later. */
  number: number;
  text: string;
  status: string;
}

interface OfReport {
  kind: Exclude<Grain, 'day'>;
  period: string;
  from: string;
  until: string;
  department: string;
  author: number;
  publish_by: string;
  acknowledge_by: string;
  recipients: number[];
  acknowledged?: number[];
  sha256: string;
  filled: boolean;
  settling?: boolean;
  differences?: Difference[];
  recommendations?: Made[];
}

export interface Parts {
  figures?: FormEvent<{ snapshot: Snapshot; sha256: string }>;
  F11?: FormEvent<{ form: Written; sha256: string }>;
  acknowledgements?: FormEvent<{ member: number }>[];
}

export type ReportDossier = Omit<DocumentDossier, 'forms'> & OfReport & { forms: Parts };
