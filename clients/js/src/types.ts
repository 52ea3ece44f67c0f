// What goes over the wire, as server/wire/README.md has it. What each kind of document holds is in kinds.ts, made from the schema.

export type Language = 'zh' | 'en';

export interface Words {
  zh: string;
  en: string;
}

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

export interface Envelope {
  position: number;
  stream: string;
  version: number;
  type: string;
  time: string;
  actor: number;
  in_place_of?: number;
  causation?: string;
  clause?: string;
  data: Record<string, unknown>;
  /** The reader may not read it, only that it happened. */
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
  id: string;
  command: string;
  target?: string;
  expect?: number;
  data: Record<string, unknown>;
}

export interface Row {
  id: number;
  version?: number;
  [key: string]: unknown;
}

export interface Page<R = Row> {
  position: number;
  items: R[];
  next: string | null;
  total?: number;
}

export interface Member extends Row {
  name: string | null;
  login?: string;
  department: string;
  roles: string[];
  language: Language;
  status: string;
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
  rows?: Row[];
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
  | { type: 'typing'; member: number; [where: string]: unknown }
  | { type: 'pong'; n: number }
  | { type: 'error'; problem: Problem };
