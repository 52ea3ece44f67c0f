// Who asks: a token that was given, or one that is made of a login and a password and ends with the room. In a page a cookie says so.

import type { Wire } from './wire.js';

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

export class Identity {
  #wire: Wire;
  #how: Login;
  #cookies: boolean;
  #token: string | null;
  #minted: number | null = null;
  #device: string | undefined;
  #loggingIn: Promise<void> | null = null;
  #loggedIn = false;

  constructor(wire: Wire, how: Login, cookies: boolean) {
    this.#wire = wire;
    this.#how = how;
    this.#cookies = cookies;
    this.#token = how.token ?? null;
  }

  get token(): string | null {
    return this.#token;
  }

  /** Of every request. Logs in first, where nobody has. */
  async headers(): Promise<Record<string, string>> {
    if (this.#how.login !== undefined && !this.#token && !this.#loggedIn) {
      this.#loggingIn ??= this.#logIn().finally(() => (this.#loggingIn = null));
      await this.#loggingIn;
    }
    return this.#token ? { authorization: `Bearer ${this.#token}` } : {};
  }

  /** It does not hold any more (a token of a day, in a program that runs for longer). Whether there can be another. */
  forget(): boolean {
    if (this.#how.login === undefined) return false;
    this.#token = null;
    this.#loggedIn = false;
    return true;
  }

  async #logIn(): Promise<void> {
    const { login, password, label = 'opsroom (JavaScript)' } = this.#how;
    if (this.#cookies) {
      await this.#wire.patiently(() => this.#wire.once('POST', 'session', { body: { login, password } }));
      this.#loggedIn = true;
      return;
    }
    const asked = { login, password, label, days: 1, ...(this.#device ? { device: this.#device } : {}) };
    const made = await this.#wire.patiently(() => this.#wire.once<{ id: number; token: string; device?: string }>('POST', 'session/token', { body: asked }));
    this.#token = made.token;
    this.#minted = made.id;
    this.#device = made.device ?? this.#device;
  }

  /** Ends the token that was made with the password; a page's cookie stays. */
  async end(): Promise<void> {
    if (this.#minted === null || this.#token === null) return;
    try {
      await this.#wire.once('DELETE', `tokens/${this.#minted}`, { headers: await this.headers() });
    } catch {
      // it ends by itself within the day
    }
  }
}
