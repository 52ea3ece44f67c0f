// Projects, as server/wire/README.md has them.

import type { DossierOf, Extras, FlowRow, FormEvent } from '@client/flows';
import type { Attachment } from '@client/types';

import type { Compliance } from '../request/dossier';

export type Health = 'on_track' | 'caution' | 'off_track';

export type Level = 'low' | 'medium' | 'high';

export type Attainment = 'met' | 'partly' | 'not_met';

export type RecordKind = 'execution_record' | 'data_report' | 'minutes' | 'other';

interface OfProject {
  name: string;
  department: string;
  request: number;
  health: Health;
  percent: number;
  channel?: number;
  lead?: number;
  team?: number[];
  starts?: string;
  ends?: string;
  /** SHA-256 of the charter that was submitted, or is in force. */
  charter?: string;
  milestones?: { due: string; reached: boolean }[];
  panel?: number[];
  signed?: number[];
  panel_on?: string;
  recipients?: number[];
  acknowledged?: number[];
  missing_records: RecordKind[];
}

export interface Charter {
  name: string;
  lead: number;
  team: number[];
  starts: string;
  ends: string;
  milestones: { name: string; due: string; deliverable: string }[];
  budget: { cents: number; currency: string; use: string };
  resources: string;
  expected_results: string;
  objectives: string[];
  success_metrics: string;
  risks: { what: string; likelihood: Level; impact: Level; response: string }[];
  responsibilities: { activity: string; responsible: number[]; accountable: number; consulted: number[]; informed: number[] }[];
  compliance: Compliance;
  extras: Extras;
}

export interface F3 {
  completion: string;
  deliverables: string[];
  attainment: string;
  deviations?: string | null;
  extras: Extras;
}

export interface F4 {
  results: { objective: number; result: Attainment; note: string }[];
  conclusion: string;
  conditions: string[];
  extras: Extras;
}

export interface F5 {
  experience: string;
  lessons: string;
  improvements: string;
  departments: string[];
  extras: Extras;
}

export interface ArchiveRecord {
  kind: RecordKind;
  title: string;
  text: string;
  attachments: Attachment[];
}

export interface FormsOfProject {
  F2?: FormEvent<{ charter: Charter; sha256?: string }>;
  charter_verdict?: FormEvent<{ sha256?: string; comment?: string; reason?: string }>;
  F3?: FormEvent<{ by: number; form: F3 }>;
  panel?: FormEvent<{ panel: number[]; on: string }>;
  signatures?: FormEvent<{ panellist: number; agrees: boolean; comment: string }>[];
  F4?: FormEvent<{ report: F4 }>;
  failed_acceptances?: FormEvent<{ reason: string; conditions: string[] }>[];
  F5?: FormEvent<{ summary: F5; recipients: number[] }>;
  acknowledgements?: FormEvent<{ member: number }>[];
  records?: FormEvent<{ record: ArchiveRecord }>[];
  F17?: FormEvent<{ note?: string; comment?: string }>;
  progress?: FormEvent<{ percent: number; health: Health; note: string }>[];
  milestones?: FormEvent<{ milestone: number; evidence: string; attachments: Attachment[] }>[];
  clarifications?: FormEvent<{ question?: string; answer?: string }>[];
}

export type ProjectRow = FlowRow & OfProject;

export type ProjectDossier = DossierOf<FormsOfProject> & OfProject;
