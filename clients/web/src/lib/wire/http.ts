// What the page asks over HTTP: reading, and who you are. Commands go over the live socket.

import type { Calendar, DocumentDossier, FlowDefinition, FormDefinition, Found, Organisation, StepTime, WaitingItem } from '@client/flows';
import { page } from '@client/platform';
import type { SchemaDocument } from '@client/schema';
import type { Message } from '@client/timeline';
import type { CountedPage, Envelope, Member, Page } from '@client/types';
import { Wire, type Asked, type Query } from '@client/wire';

import type { Offer } from '../state/offers.svelte';
import type { ChangeListed, Reset, SessionRow, TaskDetail, TokenRow, Verification } from './types';

/** Who looks at the page is told at once that the server can't be reached, and says themselves when it is asked again. */
export const wire = new Wire({ patience: 0 }, page);

const get = <T>(path: string, query: Query = {}, more: Pick<Asked, 'signal' | 'cache'> = {}) => wire.ask<T>('GET', path, { query, ...more });
const end = (path: string) => wire.ask('DELETE', path);
const say = <T>(method: 'POST' | 'PUT', path: string, body: unknown) => wire.ask<T>(method, path, { body });

export const http = {
  logIn: (login: string, password: string) =>
    say<{ member: number; name: string; expires: string }>('POST', 'session', { login, password }),
  logOut: () => end('session'),
  /** A command on leaving the page, with nobody left to hear the answer; it may be sent again under the same id. */
  leave: ({ command, id, target, expect, data }: { command: string; id: string; target: string; expect?: number; data: Record<string, unknown> }): void => {
    const body = { target, ...(expect === undefined ? {} : { expect }), data };
    // What is too large to be sent so is sent when the page is next opened.
    wire.ask('POST', `commands/${command}`, { body, key: id, keepalive: true }).catch(() => {});
  },
  whoAmI: () => get<Member & { position: number; resets?: Reset[] }>('session'),
  changePassword: (current: string, password: string) => say('PUT', 'members/me/password', { current, password }),
  /** With the secret of a one-time link. */
  choosePassword: (secret: string, password: string) => say<{ member: number; login: string; name: string }>('POST', 'password', { secret, password }),
  changes: () => get<{ items: ChangeListed[] }>('changes'),
  passwordLink: (member: number, reason: string) => say<{ link: string; login: string; expires: string }>('POST', `members/${member}/password-link`, { reason }),
  sessions: () => get<{ items: SessionRow[] }>('sessions'),
  endSession: (id: number | string) => end(`sessions/${id}`),
  endOtherSessions: () => end('sessions'),
  tokens: () => get<{ items: TokenRow[] }>('tokens'),
  mintToken: (what: { label: string; days: number; password: string }) => say<{ token: string }>('POST', 'tokens', what),
  endToken: (id: number) => end(`tokens/${id}`),
  task: (id: number, at: Query = {}) => get<TaskDetail>(`tasks/${id}`, at),
  messages: (channel: number, at: { before?: number; after?: number; topic?: string; limit?: number }) =>
    get<Page<Message>>(`channels/${channel}/messages`, at),
  /** One page of a list: "tasks", "members" or "channels". */
  list: <Row>(name: string, cursor: string) => get<Page<Row>>(name, { cursor, limit: 200 }),
  /** A page of a list that is filtered and sorted: "requests", "projects", "waiting". */
  counted: <Row>(name: string, parts: Query, signal?: AbortSignal) => get<CountedPage<Row>>(name, parts, { signal }),
  /** A dossier of a list, as of now or of a moment before. */
  dossier: <T extends object = DocumentDossier>(list: string, id: number, at: Query = {}, signal?: AbortSignal) =>
    get<T>(`${list}/${id}`, at, { signal }),
  /** What a kind has beside its dossiers: an appraisal's evidence, an election's ballots. */
  within: <T>(list: string, id: number, part: string, parts: Query = {}, signal?: AbortSignal) => get<T>(`${list}/${id}/${part}`, parts, { signal }),
  /** What was collected: the sets that there are ("sets"), and rows of one. */
  data: <T>(path: string, parts: Query = {}, signal?: AbortSignal) => get<T>(`data/${path}`, parts, { signal }),
  /** How a file that was sent would best be read. */
  profile: <T>(file: { sha256: string; name: string }, signal?: AbortSignal) => wire.ask<T>('POST', 'data/profile', { body: file, signal }),
  /** A statement on what was collected, run once under its key. It ends by itself; nobody hears of it any more who stops waiting. */
  runSql: <T>(body: object, key: string, signal: AbortSignal) => wire.ask<T>('POST', 'data/sql', { body, key, again: false, signal }),
  /** The same as a file, in the format that it says. */
  sqlFile: (body: object, key: string, signal: AbortSignal): Promise<Response> => wire.fetch('POST', 'data/sql', { body, key, again: false, signal }),
  /** `complete` is false while the index is still behind the log. */
  search: (parts: Query) => get<Page<Found> & { complete?: boolean }>('search', parts),
  waiting: (parts: Query) => get<CountedPage<WaitingItem>>('waiting', parts),
  flow: (name: string) => get<FlowDefinition>(`flows/${name}`),
  flowTimes: (name: string) => get<{ position: number; flow: string; items: StepTime[] }>(`flows/${name}/times`),
  /** What the reader may begin; of tasks, within a project. */
  creating: (project: number) => get<Page<Offer>>('actions', { project: project || undefined }),
  /** Large, and seldom another: the browser keeps it and asks whether it still holds. */
  schema: () => get<SchemaDocument>('schema', {}, { cache: 'no-cache' }),
  forms: () => get<Page<FormDefinition>>('forms'),
  organisation: () => get<Organisation>('org'),
  calendar: (year?: number) => get<Calendar>('calendar', { year }),
  /** The newest first, before a position: 0: from the newest on. */
  log: (before: number, limit: number) => get<Page<Envelope>>('log', { after: before, limit, way: 'backwards' }),
  logEntry: (position: number) => get<{ event: Envelope; stored?: string; leaf: string }>(`log/${position}`),
  checkpoint: async (): Promise<string> => (await wire.fetch('GET', 'log/checkpoint')).text(),
  /** Reads the whole log on the server, however long that takes; what it says meanwhile comes line by line. */
  verifyLog: async (said: (line: Verification) => void): Promise<void> => {
    const answer = await wire.fetch('POST', 'log/verify', { signal: new AbortController().signal });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = '', part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split('\n');
      rest = lines.pop()!;
      for (const line of lines) if (line) said(JSON.parse(line) as Verification);
    }
  },
};
