// A real opsroomd with its data in a temporary folder, on a port of its own.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { servePage } from './page.mjs';

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

export class Server {
  #process = null;

  /** `page`: a folder with the page to be tried in place of the one inside; null: that one. */
  static async make(binary, out, page = null) {
    const server = new Server();
    server.binary = binary;
    server.port = await freePort();
    server.page = page && (await servePage(page, server.port));
    server.url = server.page?.url ?? `http://127.0.0.1:${server.port}`;
    server.data = mkdtempSync(join(tmpdir(), 'opsroom-browser-'));
    server.log = openSync(join(out, 'opsroomd.log'), 'a');
    process.once('exit', () => server.#process?.kill('SIGKILL'));  // an error that nobody caught leaves none behind
    return server;
  }

  /** The process, which may not be ready yet. */
  spawn(more = []) {
    const flags = ['--demo', '--data', this.data, '--listen-port', String(this.port), ...(this.page ? ['--allowed-origins', this.url] : []), ...more];
    this.#process = spawn(this.binary, flags, { stdio: ['ignore', this.log, this.log] });
    return this.#process;
  }

  /** Resolves once the server says that it is ready. */
  async start(...more) {
    const child = this.spawn(more);
    let failed = null;
    child.once('error', (e) => (failed = e.message));
    child.once('exit', (code, signal) => {
      if (this.#process === child) failed = `opsroomd ended with ${signal ?? code}; see opsroomd.log`;
    });
    const until = Date.now() + 30_000;
    while (Date.now() < until) {
      if (failed) throw new Error(failed);
      const ready = await fetch(`${this.url}/readyz`).then((a) => a.ok, () => false);
      if (ready) return this.page?.learn();
      await new Promise((go) => setTimeout(go, 50));
    }
    throw new Error('opsroomd was not ready within 30 s; see opsroomd.log');
  }

  /** SIGKILL: what was acknowledged has to be there all the same. */
  async kill(signal = 'SIGKILL') {
    const child = this.#process;
    if (!child) return;
    this.#process = null;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }

  async remove() {
    await this.kill('SIGTERM');
    rmSync(this.data, { recursive: true, force: true });
  }

  /** A member's own requests, beside the browser. */
  async member(login, password) {
    const answer = await fetch(`${this.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ login, password }),
    });
    if (!answer.ok) throw new Error(`${login} can't log in: ${answer.status} ${await answer.text()}`);
    const cookie = answer.headers.get('set-cookie').split(';')[0];
    const { member } = await answer.json();
    const run = async (command, target, data) => {
      const done = await fetch(`${this.url}/api/v1/commands/${command}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: this.url, cookie },
        body: JSON.stringify(target ? { target, data } : { data }),
      });
      const body = await done.json();
      if (!done.ok) throw new Error(`${command}: ${body.en}`);
      return body;
    };
    run.id = member;
    run.read = async (path) => (await fetch(`${this.url}/api/v1/${path}`, { headers: { cookie } })).json();
    return run;
  }
}
