// What goes over the wire, as server/wire/README.md has it. What documents of every kind have alike is in
// flows.ts; what each kind holds is in kinds.ts, made from the schema.

export type Language = 'zh' | 'en';

export interface Words {
  zh: string;
  en: string;
}

/** A refusal (RFC 9457), in both languages. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  zh: string;
  en: string;
  /** Of the rule book, where a rule refused it. */
  clause?: string;
  errors?: { pointer: string; detail: string; zh: string; en: string }[];
  /** The version that there is, where another was expected. */
  present?: number;
  /** Seconds. */
  retry_after?: number;
  /** Of a transaction. */
  refused?: { index: number; problem: Problem }[];
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
  /** The command's id. */
  causation: string;
  clause: string;
  data: Record<string, unknown>;
  /** Not this reader's: that it happened is all that is said. */
  hidden?: boolean;
}

export interface Ack {
  type: 'ack';
  id: string;
  position: number;
  stream: string;
  version: number;
  events: number;
}

export interface Command {
  /** UUID version 7; the same on every retry. */
  id: string;
  command: string;
  target?: string;
  /** The version that was seen. */
  expect?: number;
  data: Record<string, unknown>;
}

export interface Row {
  id: number;
  version?: number;
  [key: string]: unknown;
}

/** Which moment an answer is of, where that is the past. */
export interface AsOf {
  position: number;
  time: string;
  read_only: true;
}

export interface Page<R = Row> {
  as_of?: AsOf;
  position: number;
  items: R[];
  next?: string | null;
}

/** Of a list that is filtered and sorted by the server. */
export interface CountedPage<R = Row> extends Page<R> {
  total: number;
}

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

export interface Attachment {
  sha256: string;
  name: string;
  media_type: string;
  bytes: number;
}

export interface Hello {
  type: 'hello';
  member: number;
  position: number;
  history?: string;
  protocol: string;
  max_message_bytes: number;
  max_subscriptions: number;
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
  /** Those that changed, as they are now. */
  rows?: unknown[];
  /** Ids of rows that the reader may not see any more. */
  gone?: number[];
}

/** All that the live socket says. */
export type Told =
  | Hello
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
