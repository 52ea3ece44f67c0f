// Requests over HTTP. What may be asked twice is asked again over lost connections, for as long as one is patient.

import type { Identity } from './identity.js';
import type { Socket } from './live.js';
import type { Platform } from './platform.js';
import { isProblem, problems, Refused } from './problem.js';

const pauseFirst = 100;
const pauseMost = 10_000;
const answerWithin = 60_000;

/** Half of it to all of it, so that a thousand clients do not come back in the same instant. */
export const pauseBefore = (attempt: number) => Math.min(pauseMost, pauseFirst * 2 ** attempt) * (0.5 + Math.random() / 2);
export const sleep = (ms: number) => new Promise<void>((go) => setTimeout(go, ms));

export type Query = Record<string, string | number | boolean | undefined | null>;

export interface Asked {
  query?: Query;
  body?: unknown;
  /** An idempotency key: with it, it may be asked twice. */
  key?: string;
  /** Whether it may be asked twice. */
  again?: boolean;
  signal?: AbortSignal | undefined;
  headers?: Record<string, string>;
  /** In a page: it goes out although the page is being left. */
  keepalive?: boolean;
  /** In a page: whether the browser keeps the answer and asks whether it still holds. */
  cache?: RequestCache;
}

export class Wire {
  readonly url: string;
  /** For so many milliseconds lost connections are tried again. */
  readonly patience: number;
  /** Who asks, where no cookie says so. */
  identity: Identity | null = null;
  #platform: Platform;

  constructor({ url, patience = 60_000 }: { url?: string; patience?: number }, platform: Platform) {
    this.url = (url ?? platform.origin ?? '').replace(/\/+$/, '');
    this.patience = patience;
    this.#platform = platform;
  }

  /** Throws Refused. Asked again where that is the same as once: reads, and what has an idempotency key. */
  async ask<T = unknown>(method: string, path: string, asked: Asked = {}): Promise<T> {
    return this.#as(asked.again ?? (asked.key !== undefined || method === 'GET'), asked, (headers) => this.once<T>(method, path, { ...asked, headers }));
  }

  /** The answer itself, for what is no JSON. */
  async fetch(method: string, path: string, asked: Asked = {}): Promise<Response> {
    return this.#as(asked.again ?? method === 'GET', asked, (headers) => this.#answer(method, path, { ...asked, headers }));
  }

  async #as<T>(again: boolean, asked: Asked, once: (headers: Record<string, string>) => Promise<T>): Promise<T> {
    const whole = async () => {
      const headers = async () => ({ ...asked.headers, ...(asked.key === undefined ? {} : { 'idempotency-key': asked.key }), ...(await this.identity?.headers()) });
      try {
        return await once(await headers());
      } catch (why) {
        if (!(why instanceof Refused) || why.status !== 401 || !this.identity?.forget()) throw why;
        return await once(await headers());
      }
    };
    return again ? this.patiently(whole, asked.signal) : whole();
  }

  async patiently<T>(once: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const until = performance.now() + this.patience;
    for (let attempt = 0; ; attempt++) {
      try {
        return await once();
      } catch (why) {
        if (!(why instanceof Refused) || !why.isPassing || signal?.aborted) throw why;
        const wait = Math.max(pauseBefore(attempt), (why.problem.retry_after ?? 0) * 1000);
        if (performance.now() + wait > until) throw why;
        await sleep(wait);
      }
    }
  }

  async #answer(method: string, path: string, asked: Asked): Promise<Response> {
    const parts = Object.entries(asked.query ?? {}).filter(([, value]) => value !== undefined && value !== null);
    const query = parts.length ? `?${new URLSearchParams(parts.map(([key, value]): [string, string] => [key, String(value)]))}` : '';
    const init: RequestInit = { method, cache: asked.cache ?? 'no-store', keepalive: asked.keepalive ?? false, credentials: 'same-origin', headers: { ...asked.headers } };
    init.signal = asked.signal ?? AbortSignal.timeout(answerWithin);
    if (asked.body instanceof Blob || asked.body instanceof Uint8Array) {
      Object.assign(init.headers!, { 'content-type': 'application/octet-stream' });
      init.body = asked.body as BodyInit;
    } else if (asked.body !== undefined) {
      Object.assign(init.headers!, { 'content-type': 'application/json' });
      init.body = JSON.stringify(asked.body);
    }
    let answer: Response;
    try {
      answer = await fetch(`${this.url}/api/v1/${path}${query}`, init);
    } catch (why) {
      asked.signal?.throwIfAborted();
      throw new Refused({ ...problems.unreachable, detail: String((why as Error).cause ?? why) });
    }
    if (answer.ok) return answer;
    const said: unknown = await answer.json().catch(() => null);
    if (isProblem(said)) throw new Refused(said);
    if (answer.status === 401) throw new Refused(problems.ended);
    throw new Refused(answer.status >= 502 ? problems.unreachable : { ...problems.odd, status: answer.status });
  }

  /** Asked a single time, as nobody. */
  async once<T>(method: string, path: string, asked: Asked): Promise<T> {
    const answer = await this.#answer(method, path, asked);
    let text: string;
    try {
      text = await answer.text();
    } catch {
      asked.signal?.throwIfAborted();
      throw new Refused(problems.unreachable);  // cut off half way
    }
    try {
      return (text ? JSON.parse(text) : null) as T;
    } catch {
      throw new Refused(problems.odd);
    }
  }

  /** The socket, as whoever is logged in. */
  async open(): Promise<Socket> {
    const headers = (await this.identity?.headers()) ?? {};
    return this.#platform.open(`${this.url.replace(/^http/, 'ws')}/api/v1/live`, 'opsroom.v1.json', headers);
  }
}
