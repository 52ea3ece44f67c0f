// What the page shows by its own views: tasks, channels, the inbox, accounts. All else of the wire is the client's.

import type { Action, Kind, WaitingStep } from '@client/flows';
import type { AsOf, Envelope, Problem } from '@client/types';

export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type Status = 'assigned' | 'in_progress' | 'blocked' | 'submitted' | 'returned' | 'done' | 'cancelled';

export interface Task {
  id: number;
  title: string;
  content: string;
  standard: string;
  /** A day in the department's time zone, "2026-11-23". */
  due: string;
  to: number;
  by: number;
  department: string;
  priority: Priority;
  checklist: string[];
  status: Status;
  overdue: boolean;
  percent: number;
  blocked_on?: number;
  reason?: string;
  result?: string;
  project?: number;
  milestone?: number;
  /** That it carries out. */
  strategy?: number;
  assigned_at: string;
  changed_at: string;
  version: number;
}

export interface TaskDetail extends Task {
  /** Of the past: what it was then, to be looked at alone. */
  as_of?: AsOf;
  history: Envelope[];
  actions: Action[];
}

export interface Channel {
  id: number;
  name: string;
  description: string;
  visibility: 'everyone' | 'members_only';
  archived: boolean;
  joined: boolean;
  members: number;
  messages: number;
  unread: number;
  /** Up to which message the reader has read it. */
  read: number;
  version: number;
}

export interface ChannelDetail extends Channel {
  people: number[];
  pins: number[];
  topics: { name: string; messages: number }[];
}

export type InboxItem =
  | { kind: 'task'; why: 'to_start' | 'returned' | 'to_accept' | 'blocked_on_me' | 'in_progress'; /** Whom the reader stands in for. */ in_place_of?: number; task: Task }
  | { kind: 'channel'; why: 'unread'; channel: Channel }
  | { kind: 'flow'; why: 'to_decide'; flow: FlowWait | ChangeWait }
  | { kind: 'notice'; why: Notice['why']; notice: Omit<Notice, 'why'> };

/** The first of what waits in flows, and all else that waits. */
export interface InboxPage {
  items: InboxItem[];
  /** Of what waits in flows. */
  total: number;
  /** Of tasks. */
  tasks: number;
}

/** What the reader was told by itself, in a digest. */
export interface Notice {
  why: 'due_soon' | 'late' | 'escalated' | 'decided' | 'nobody';
  number: number;
  /** The kind of it. */
  what: string;
  id: number;
  name: string;
  command?: string;
  /** Of a decision: the event's type. */
  happened?: string;
  due: string | null;
  /** Whose step it is, or who decided. */
  on: number;
  late: boolean;
}

/** What waits for a second person (D11): `number` never says anything else. */
export interface OpenChange {
  number: number;
  by: number;
  change: {
    kind: 'roles' | 'department' | 'superior' | 'deputy' | 'leave';
    roles: string[];
    department?: string;
    person?: number;
    from?: string;
    until?: string;
    reason: string;
  };
}

export interface ChangeWait {
  what: 'member';
  id: number;
  name: string;
  since: string;
  change: OpenChange;
}

/** A step of a flow that is the reader's turn. */
export interface FlowWait extends WaitingStep {
  what: Kind;
  in_place_of: number;
  commands: string[];
}

/** Of one's password, by somebody else. */
export interface Reset {
  /** 0: at the machine itself. */
  by: number;
  at: string;
  reason: string;
}

/** A change of a member that was proposed and waits for a second person. */
export interface ChangeListed {
  member: number;
  name: string;
  number: number;
  change: OpenChange['change'];
  by: number;
  since: string;
  on: number[];
}

/** What a check of the log says: how far it is, and what came of it. */
export interface Verification {
  done?: number;
  of?: number;
  ok?: boolean;
  events?: number;
  root?: string;
  checkpoints?: number;
  problem?: Problem;
}

/** Where one is logged in. */
export interface SessionRow {
  id: number | string;
  created: string;
  used?: string;
  /** Without further use. */
  expires: string;
  /** Whatever its use. */
  limit: string;
  address?: string;
  agent?: string;
  current: boolean;
}

export interface TokenRow {
  id: number;
  label: string;
  created: string;
  used?: string;
  expires?: string;
}
