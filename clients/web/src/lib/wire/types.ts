// What goes over the wire, as server/wire/README.md has it.

import type { Kind } from './flows';

export type Language = 'zh' | 'en';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type Status = 'assigned' | 'in_progress' | 'blocked' | 'submitted' | 'returned' | 'done' | 'cancelled';

export interface Member {
  id: number;
  /** null once they are erased. */
  name: string | null;
  /** People who were imported have none and can't sign in. */
  login?: string;
  department: string;
  roles: string[];
  language: Language;
  status: 'active' | 'left' | 'erased';
  version: number;
}

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

/** What the reader may do with a task now; where not, the refusal says why. */
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

export interface Reaction {
  emoji: string;
  members: number[];
}

export interface Message {
  /** Its number within the channel, from 1, without gaps. */
  message: number;
  author: number;
  at: string;
  text: string | null;
  topic: string;
  edited: boolean;
  deleted: boolean;
  erased?: boolean;
  /** The key that it was sealed with is lost: it may come back. */
  unreadable?: boolean;
  /** Its text stood before an edit, and is not this reader's. */
  gone?: boolean;
  /** Its author did not say it here: who brought it over, and where from. */
  imported?: { by: number; source: string };
  pinned: boolean;
  reactions: Reaction[];
  position: number;
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
export interface FlowWait {
  what: Kind;
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
  in_place_of: number;
  commands: string[];
}

/** An event as the log keeps it, in the clear. */
export interface Envelope {
  position: number;
  stream: string;
  version: number;
  type: string;
  time: string;
  actor: number;
  /** Whom the actor stood in for; left out where it was nobody. */
  in_place_of?: number;
  causation: string;
  clause: string;
  data: Record<string, unknown>;
  /** Not this reader's: that it happened is all that is said. */
  hidden?: boolean;
}

/** A refusal (RFC 9457), in both languages. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  zh: string;
  en: string;
  clause?: string;
  errors?: { pointer: string; detail: string; zh: string; en: string }[];
  present?: number;
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

/** Which moment an answer is of, where that is the past. */
export interface AsOf {
  position: number;
  time: string;
  read_only: true;
}

export interface Page<Row> {
  as_of?: AsOf;
  position: number;
  items: Row[];
  next?: string | null;
}

export interface Ack {
  type: 'ack';
  id: string;
  position: number;
  stream: string;
  version: number;
  events: number;
}

export interface Snapshot {
  type: 'snapshot';
  feed: string;
  position: number;
  data: unknown;
}

export interface Events {
  type: 'events';
  feed: string;
  position: number;
  events: Envelope[];
  rows?: unknown[];
  /** Ids of rows that the reader may not see any more. */
  gone?: number[];
}

/** Everything that the server says on the live socket. */
export type Told =
  | { type: 'hello'; member: number; position: number; history?: string; protocol: string; max_message_bytes: number; max_subscriptions: number }
  | Ack
  | { type: 'reject'; id: string; problem: Problem }
  | Snapshot
  | Events
  | { type: 'subscribed'; feed: string; position: number }
  | { type: 'ended'; feed: string; problem: Problem }
  | { type: 'presence'; online: number[] }
  | { type: 'typing'; channel: number; member: number }
  | { type: 'pong'; n: number }
  | { type: 'error'; problem: Problem };

export interface Command {
  /** UUID version 7; the same on every retry. */
  id: string;
  command: string;
  target?: string;
  /** The version that the person saw. */
  expect?: number;
  data: Record<string, unknown>;
}
