// Requests over HTTP. What may be asked twice is asked again over lost connections, for as long as one is patient.

import type { Platform } from './platform.js';
import { isProblem, problems, Refused } from './problem.js';

const pauseFirst = 100;
const pauseMost = 10_000;
const answerWithin = 60_000;

/** Half of it to all of it, so that a thousand clients do not come back in the same instant. */
export const pauseBefore = (attempt: number) => Math.min(pauseMost, pauseFirst * 2 ** attempt) * (0.5 + Math.random() / 2);
export const sleep = (ms: number) => new Promise<void>((go) => setTimeout(go, ms));

export type Query = Record<string, string | number | boolean | undefined | null>;

export interface Login {
  /** Where the server is; in a page of its own it may be left out. */
  url?: string;
  token?: string;
  login?: string;
  password?: string;
  /** What its token is called in the list of one's tokens. */
  label?: string;
  /** For so many milliseconds lost connections are tried again. */
  patience?: number;
}

export interface Asked {
  query?: Query;
  body?: unknown;
  /** An idempotency key: with it, it may be asked twice. */
  key?: string;
  /** Whether it may be asked twice. */
  again?: boolean;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** In a page: it goes out although the page is being left. */
  keepalive?: boolean;
  /** In a page: whether the browser keeps the answer and asks whether it still holds. */
  cache?: RequestCache;
}

export class Wire {
  readonly url: string;
  readonly patience: number;
  #how: Login;
  #platform: Platform;
  #token: string | null;
  #minted: number | null = null;
  #device: string | undefined;
  #loggingIn: Promise<void> | null = null;
  #loggedIn = false;

  constructor(how: Login, platform: Platform) {
    this.url = (how.url ?? platform.origin ?? '').replace(/\/+$/, '');
    this.patience = how.patience ?? 60_000;
    this.#how = how;
    this.#platform = platform;
    this.#token = how.token ?? null;
  }

  get token(): string | null {
    return this.#token;
  }

  /** In a page the cookie says who one is; elsewhere a token does. */
  async authorization(): Promise<Record<string, string>> {
    if (this.#how.login !== undefined && !this.#token && !(this.#platform.cookies && this.#loggedIn)) {
      this.#loggingIn ??= this.#logIn().finally(() => (this.#loggingIn = null));
      await this.#loggingIn;
    }
    return this.#token ? { authorization: `Bearer ${this.#token}` } : {};
  }

  async #logIn(): Promise<void> {
    const { login, password, label = 'opsroom (JavaScript)' } = this.#how;
    if (this.#platform.cookies) {
      await this.#patiently(() => this.#json('POST', 'session', { body: { login, password } }));
      this.#loggedIn = true;
      return;
    }
    const asked = { login, password, label, days: 1, ...(this.#device ? { device: this.#device } : {}) };
    const made = await this.#patiently(() => this.#json<{ id: number; token: string; device?: string }>('POST', 'session/token', { body: asked }));
    this.#token = made.token;
    this.#minted = made.id;
    this.#device = made.device ?? this.#device;
  }

  /** Throws Refused. Asked again where that is the same as once: reads, and what has an idempotency key. */
  async ask<T = unknown>(method: string, path: string, asked: Asked = {}): Promise<T> {
    return this.#as(asked.again ?? (asked.key !== undefined || method === 'GET'), asked, (headers) => this.#json<T>(method, path, { ...asked, headers }));
  }

  /** The answer itself, for what is no JSON. */
  async fetch(path: string, asked: Asked = {}): Promise<Response> {
    return this.#as(asked.again ?? true, asked, (headers) => this.#answer('GET', path, { ...asked, headers }));
  }

  async #as<T>(again: boolean, asked: Asked, once: (headers: Record<string, string>) => Promise<T>): Promise<T> {
    const whole = async () => {
      const headers = async () => ({ ...asked.headers, ...(asked.key === undefined ? {} : { 'idempotency-key': asked.key }), ...(await this.authorization()) });
      try {
        return await once(await headers());
      } catch (why) {
        // A token of a day, in a program that runs for longer.
        if (!(why instanceof Refused) || why.status !== 401 || this.#how.login === undefined) throw why;
        this.#token = null;
        this.#loggedIn = false;
        return await once(await headers());
      }
    };
    return again ? this.#patiently(whole, asked.signal) : whole();
  }

  async #patiently<T>(once: () => Promise<T>, signal?: AbortSignal): Promise<T> {
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
    throw new Refused(answer.status >= 502 ? problems.unreachable : { ...problems.odd, status: answer.status });
  }

  async #json<T>(method: string, path: string, asked: Asked): Promise<T> {
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
  async open(): Promise<import('./live.js').Socket> {
    const headers = await this.authorization();
    return this.#platform.open(`${this.url.replace(/^http/, 'ws')}/api/v1/live`, 'opsroom.v1.json', headers);
  }

  /** Ends the token that was made with the password; a page's cookie stays. */
  async close(): Promise<void> {
    if (this.#minted !== null && this.#token !== null) await this.#once(this.#minted);
  }

  async #once(minted: number): Promise<void> {
    try {
      await this.#json('DELETE', `tokens/${minted}`, { headers: await this.authorization() });
    } catch {
      // it ends by itself within the day
    }
  }
}
