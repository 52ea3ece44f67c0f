// What documents of every kind have alike: dossiers, what waits, and the flows themselves, as server/wire/README.md has them.

import type { AsOf, Attachment, Envelope, Problem, Words } from './types.js';

/** Stands for the name of any kind that the schema describes: of a literal type, as unions are told apart by theirs. */
export type Kind = '(described)';

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

/** What an organisation adds to a form. */
export interface Extras {
  form: number;
  fields: { name: string; text: string }[];
  attachments: Attachment[];
}

/** A form is the event that carries it. */
export interface FormEvent<Data> extends Omit<Envelope, 'data'> {
  data: Data;
}

/** What was said in a part of a dossier, by one event or each of many. */
export type SaidIn<Part> = Part extends readonly (infer One)[] ? SaidIn<One> : Part extends FormEvent<infer Data> ? Data : never;

/** What the reader may do with something now; where not, the refusal says why. */
export interface Action {
  command: string;
  clause: string;
  allowed: boolean;
  problem?: Problem;
  /** Where it could be done now, by others. */
  whose_turn?: number[];
  /** To them because whose turn it would be may not (D1). */
  passed_up?: boolean;
}

/** Everything about one document, as of now or of a moment before. */
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
  as_of?: AsOf;
  actions: Action[];
  waits: Wait[];
  steps: Step[];
  forms: Forms;
  history: Envelope[];
}

export type Data = Record<string, unknown>;
export type DocumentEvent = FormEvent<Data>;
export type DocumentDossier = DossierOf<Record<string, DocumentEvent | DocumentEvent[] | undefined>>;

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

/** A step of a flow that waits for somebody. */
export interface WaitingStep {
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
  /** Whose turn it would be may not. */
  passed_up: boolean;
}

/** Something that waits, of any flow. */
export interface WaitingItem extends WaitingStep {
  kind: 'task' | Kind;
  on: number[];
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
  /** Changes that wait for a second person (D12). */
  proposals: { number: number; by: number; rows: object[]; limits: { status: string; working_days: number }[]; reason: string; effect: string; sha256: string }[];
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

/** What an organisation adds to a form; without a type it is prose. */
export interface AddedField {
  name: string;
  label: Words;
  required: boolean;
  is?: 'prose' | 'line' | 'lines' | 'number' | 'percent' | 'money' | 'day' | 'yes_no' | 'choice' | 'person' | 'people' | 'department' | 'role' | 'reference';
  hint?: Words;
  options?: { name: string; label: Words }[];
  least?: number;
  most?: number;
  unit?: Words;
  /** The kind of what is referred to; left out: any. */
  of?: string;
}

export interface FormDefinition {
  name: string;
  zh: string;
  en: string;
  version: number;
  fields: AddedField[];
}

export interface NamedDay {
  day: string;
  name: Words;
}

/** A year's holidays and make-up days; of one that is not published, what the law has. */
export interface Calendar {
  year: number;
  today: string;
  working_today: boolean;
  published: boolean;
  source?: string;
  off?: NamedDay[];
  work?: NamedDay[];
  off_by_law?: string[];
  working_days: number;
}

export interface Organisation {
  departments: { department: string; name: Words; parent?: string | null }[];
  roles: { role: string; name: Words }[];
  settings: { attachment_bytes_max: number; hours: { from: number; break_from: number; break_until: number; until: number } };
  superiors: { member: number; superior: number; acts_for: { of: number; from: string; until?: string | null }[] }[];
  /** How far the department is ahead of UTC, where the server says so. */
  utc_offset_minutes?: number;
}
