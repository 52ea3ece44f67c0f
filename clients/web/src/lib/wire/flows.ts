// Requests, projects, what waits, and the flows themselves, as server/wire/README.md has them.

import type { DocumentDossier } from './schema';
import type { AnalysisDossier, StrategyDossier } from './strategies';
import type { Action, Envelope, Page, Priority } from './types';

/** Words in both languages. */
export interface Words {
  zh: string;
  en: string;
}

/** Stands for the name of any kind that the schema describes: of a literal type, as unions are told apart by theirs. */
export type Described = '(described)';
/** Kinds that have views of their own here. */
export type Kind = 'request' | 'project' | 'analysis' | 'strategy' | Described;
export type Verdict = 'pass' | 'send_back' | 'clarify' | 'reject';
export type Health = 'on_track' | 'caution' | 'off_track';
export type Level = 'low' | 'medium' | 'high';
export type Attainment = 'met' | 'partly' | 'not_met';
export type RecordKind = 'execution_record' | 'data_report' | 'minutes' | 'other';

/** A step that is awaited, and of whom. */
export interface Wait {
  command: string;
  clause?: string;
  on: number[];
  /** Whose turn it would be may not decide on their own. */
  passed_up?: boolean;
  /** Everybody who might take it is barred, or gone. */
  nobody?: boolean;
}

/** What every row of a flow has. Days are the department's. */
export interface FlowRow {
  id: number;
  status: string;
  since: string;
  step_due?: string;
  late?: boolean;
  waits?: Wait[];
  created_at: string;
  created_by: number;
  changed_at: string;
  version: number;
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

export type RequestRow = FlowRow & OfRequest;
export type ProjectRow = FlowRow & OfProject;

export interface Step {
  status: string;
  since: string;
  until?: string;
  by: number;
  working_minutes: number;
  limit_days?: number;
  due?: string;
  late: boolean;
}

export interface Attachment {
  sha256: string;
  name: string;
  media_type: string;
  bytes: number;
}

export interface Extras {
  form: number;
  fields: { name: string; text: string }[];
  attachments: Attachment[];
}

/** A form is the event that carries it. */
export interface FormEvent<Data> extends Omit<Envelope, 'data'> {
  data: Data;
}

export interface Compliance {
  checked: boolean;
  findings: string;
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

export interface FormsOfRequest {
  F1?: FormEvent<{ form: F1 }>;
  F1a?: FormEvent<{ assessor: number; opinion: F1a }>[];
  verdict?: FormEvent<{ reason: string }>;
  clarifications?: FormEvent<{ question?: string; answer?: string }>[];
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

/** Everything about one request or project, as of now or of a moment before. */
export interface DossierOf<Forms> {
  position: number;
  id: number;
  status: string;
  version: number;
  created_at: string;
  created_by: number;
  changed_at: string;
  flow_version: number;
  /** Of the past: what it was then, to be looked at alone. */
  as_of?: { position: number; time: string; read_only: true };
  actions: Action[];
  waits: Wait[];
  steps: Step[];
  forms: Forms;
  history: Envelope[];
}

/** With the project that it has become. */
export type RequestDossier = DossierOf<FormsOfRequest> & OfRequest & { project?: number };
export type ProjectDossier = DossierOf<FormsOfProject> & OfProject;
export type AnyDossier =
  | RequestDossier | ProjectDossier | AnalysisDossier
  | StrategyDossier | DocumentDossier;

export interface CountedPage<Row> extends Page<Row> {
  total: number;
}

/** Something that was found. Of a message `id` is its channel. */
export interface Found {
  kind: 'member' | 'task' | 'channel' | 'message' | Kind;
  id: number;
  message?: number;
  title: string;
  author?: number;
  position: number;
  /** When a message was said; all else was changed last. */
  at?: string;
  excerpt: string;
}

/** Something that waits, of any flow. */
export interface WaitingItem {
  kind: 'task' | Kind;
  id: number;
  name: string;
  /** Whom it is about, where it is about somebody. */
  about?: number;
  status: string;
  command: string;
  clause: string;
  since: string;
  due?: string;
  late: boolean;
  on: number[];
  passed_up: boolean;
  nobody?: boolean;
  working_minutes: number;
}

export interface StepTime {
  status: string;
  ended: number;
  going_on: number;
  late: number;
  median_working_minutes?: number;
  p90_working_minutes?: number;
  most_working_minutes?: number;
}

export interface FlowDefinition {
  name: string;
  statuses: string[];
  relations: string[];
  rows: FlowDefinitionRow[];
  limits: Record<string, number>;
  versions: { version: number; rows: FlowDefinitionRow[]; limits: Record<string, number> }[];
}

export interface FlowDefinitionRow {
  command: string;
  in: string[];
  may: string[];
  never: string[];
  next?: string;
  when?: string;
  awaited?: boolean;
  clause?: string;
}

export interface FormDefinition {
  name: string;
  zh: string;
  en: string;
  version: number;
  fields: { name: string; label: Words; required: boolean }[];
}

export interface Organisation {
  departments: { department: string; name: Words; parent?: string | null }[];
  roles: { role: string; name: Words }[];
  settings: { attachment_bytes_max: number; hours: { from: number; break_from: number; break_until: number; until: number } };
  superiors: { member: number; superior: number; acts_for: { of: number; from: string; until?: string | null }[] }[];
  /** How far the department is ahead of UTC, where the server says so. */
  utc_offset_minutes?: number;
}
