// Requests over HTTP: reading, and who you are. Commands go over the live socket.

import { isProblem, problems, Refused } from './problem';
import type { Offer } from '../state/offers.svelte';
import type { Calendar, CountedPage, FlowDefinition, FormDefinition, Found, Organisation, StepTime, WaitingItem } from './flows';
import type { DocumentDossier, SchemaDocument } from './schema';
import type { ChangeListed, ChannelDetail, Envelope, Member, Message, Page, Reset, SessionRow, TaskDetail, TokenRow, Verification } from './types';

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal, cache: RequestCache = 'no-store'): Promise<T> {
  const init: RequestInit = { method, credentials: 'same-origin', cache };
  if (signal) init.signal = signal;
  if (body instanceof Blob) {
    init.headers = { 'content-type': 'application/octet-stream' };
    init.body = body;
  } else if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`/api/v1/${path}`, init);
    text = await answer.text();
  } catch {
    throw new Refused(problems.unreachable);
  }
  let parsed: unknown = null;
  try {
    if (text) parsed = JSON.parse(text);
  } catch {
    throw new Refused(answer.status >= 502 ? problems.unreachable : problems.odd);
  }
  if (answer.ok) return parsed as T;
  if (isProblem(parsed)) throw new Refused(parsed);
  throw new Refused(answer.status === 401 ? problems.ended : problems.odd);
}

export type Query = Record<string, string | number | undefined>;

function query(parts: Query): string {
  const q = new URLSearchParams();
  for (const [key, value] of Object.entries(parts)) if (value !== undefined) q.set(key, String(value));
  const text = q.toString();
  return text ? `?${text}` : '';
}

export const http = {
  logIn: (login: string, password: string) =>
    call<{ member: number; name: string; expires: string }>('POST', 'session', { login, password }),
  logOut: () => call<unknown>('DELETE', 'session'),
  /** A command on leaving the page, with nobody left to hear the answer; it may be sent again under the same id. */
  leave: ({ command, id, target, expect, data }: { command: string; id: string; target: string; expect?: number; data: Record<string, unknown> }): void => {
    const body = JSON.stringify({ target, ...(expect === undefined ? {} : { expect }), data });
    const headers = { 'content-type': 'application/json', 'idempotency-key': id };
    try {
      void fetch(`/api/v1/commands/${command}`, { method: 'POST', credentials: 'same-origin', keepalive: true, headers, body }).catch(() => {});
    } catch {
      // too large to be sent so: it is sent when the page is next opened
    }
  },
  whoAmI: () => call<Member & { position: number; resets?: Reset[] }>('GET', 'session'),
  changePassword: (current: string, password: string) => call<unknown>('PUT', 'members/me/password', { current, password }),
  /** With the secret of a one-time link. */
  choosePassword: (secret: string, password: string) => call<{ member: number; login: string; name: string }>('POST', 'password', { secret, password }),
  changes: () => call<{ items: ChangeListed[] }>('GET', 'changes'),
  passwordLink: (member: number, reason: string) => call<{ link: string; login: string; expires: string }>('POST', `members/${member}/password-link`, { reason }),
  sessions: () => call<{ items: SessionRow[] }>('GET', 'sessions'),
  endSession: (id: number | string) => call<unknown>('DELETE', `sessions/${id}`),
  endOtherSessions: () => call<unknown>('DELETE', 'sessions'),
  tokens: () => call<{ items: TokenRow[] }>('GET', 'tokens'),
  mintToken: (what: { label: string; days: number; password: string }) => call<{ token: string }>('POST', 'tokens', what),
  endToken: (id: number) => call<unknown>('DELETE', `tokens/${id}`),
  task: (id: number, at: Query = {}) => call<TaskDetail>('GET', `tasks/${id}${query(at)}`),
  channel: (id: number) => call<ChannelDetail>('GET', `channels/${id}`),
  messages: (channel: number, at: { before?: number; after?: number; topic?: string; limit?: number }) =>
    call<Page<Message>>('GET', `channels/${channel}/messages${query(at)}`),
  /** One page of a list: "tasks", "members" or "channels". */
  list: <Row>(name: string, cursor: string) => call<Page<Row>>('GET', `${name}${query({ cursor, limit: 200 })}`),
  /** A page of a list that is filtered and sorted: "requests", "projects", "waiting". */
  counted: <Row>(name: string, parts: Query, signal?: AbortSignal) => call<CountedPage<Row>>('GET', `${name}${query(parts)}`, undefined, signal),
  /** A dossier of a list, as of now or of a moment before. */
  dossier: <T extends object = DocumentDossier>(list: string, id: number, at: Query = {}, signal?: AbortSignal) =>
    call<T>('GET', `${list}/${id}${query(at)}`, undefined, signal),
  /** What a kind has beside its dossiers: an appraisal's evidence, an election's ballots. */
  within: <T>(list: string, id: number, part: string) => call<T>('GET', `${list}/${id}/${part}`),
  /** `complete` is false while the index is still behind the log. */
  search: (parts: Query) => call<Page<Found> & { complete?: boolean }>('GET', `search${query(parts)}`),
  waiting: (parts: Query) => call<CountedPage<WaitingItem>>('GET', `waiting${query(parts)}`),
  flow: (name: string) => call<FlowDefinition>('GET', `flows/${name}`),
  flowTimes: (name: string) => call<{ position: number; flow: string; items: StepTime[] }>('GET', `flows/${name}/times`),
  /** What the reader may begin; of tasks, within a project. */
  creating: (project: number) => call<Page<Offer>>('GET', `actions${query({ project: project || undefined })}`),
  /** Large, and seldom another: the browser keeps it and asks whether it still holds. */
  schema: () => call<SchemaDocument>('GET', 'schema', undefined, undefined, 'no-cache'),
  forms: () => call<Page<FormDefinition>>('GET', 'forms'),
  organisation: () => call<Organisation>('GET', 'org'),
  calendar: (year?: number) => call<Calendar>('GET', `calendar${query({ year })}`),
  /** The newest first, before a position: 0: from the newest on. */
  log: (before: number, limit: number) => call<Page<Envelope>>('GET', `log${query({ after: before, limit, way: 'backwards' })}`),
  logEntry: (position: number) => call<{ event: Envelope; stored?: string; leaf: string }>('GET', `log/${position}`),
  checkpoint: async (): Promise<string> => (await fetch('/api/v1/log/checkpoint', { credentials: 'same-origin', cache: 'no-store' })).text(),
  /** Reads the whole log on the server; what it says meanwhile comes line by line. */
  verifyLog: async (said: (line: Verification) => void): Promise<void> => {
    const answer = await fetch('/api/v1/log/verify', { method: 'POST', credentials: 'same-origin' });
    if (!answer.ok || !answer.body) throw new Refused(await answer.json().then((p: unknown) => (isProblem(p) ? p : problems.odd), () => problems.unreachable));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = '', part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split('\n');
      rest = lines.pop()!;
      for (const line of lines) if (line) said(JSON.parse(line) as Verification);
    }
  },
  beginAttachment: (what: { sha256: string; bytes: number; media_type: string }) =>
    call<{ have: number; complete: boolean }>('POST', 'attachments', what),
  continueAttachment: (sha256: string, offset: number, part: Blob, signal: AbortSignal) =>
    call<{ have: number; complete: boolean }>('PUT', `attachments/${sha256}?offset=${offset}`, part, signal),
};
