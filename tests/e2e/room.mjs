// A demo room with the real server, and people who use the real command line program in it.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Server } from '../browser/server.mjs';

export const bin = process.env.OPSROOM_BIN;
export const password = 'opsroom-demo';

export const lines = (text) => text.trim().split('\n').filter(Boolean).map((l) => JSON.parse(l));

export class Room {
  /** With these people logged in. */
  static async make(...people) {
    return Room.make_on(null, ...people);
  }

  /** The same, of another server program. */
  static async make_of(program, ...people) {
    const room = await Room.#prepared(program);
    await room.server.start();
    for (const who of people) room.ok(who, 'login', '--login', who, '--password-stdin');
    return room;
  }

  /** On data that are there already. */
  static async make_on(data, ...people) {
    const room = await Room.#prepared();
    if (data) {
      rmSync(room.server.data, { recursive: true });
      room.server.data = data;
    }
    await room.server.start();
    for (const who of people) room.ok(who, 'login', '--login', who, '--password-stdin');
    return room;
  }

  /** With these flags beside its own; nobody is logged in. */
  static async make_with(...flags) {
    const room = await Room.#prepared();
    await room.server.start(...flags);
    return room;
  }

  /** `flags`: from the room's folder to what the server is started with. It may not be ready yet, and nobody is logged in. */
  static async make_tls(flags) {
    const room = await Room.#prepared();
    room.server.url = room.server.url.replace('http:', 'https:');
    room.server.spawn(flags(room.home));
    return room;
  }

  static async #prepared(program = join(bin, 'opsroomd')) {
    const room = new Room();
    room.home = mkdtempSync(join(tmpdir(), 'opsroom-e2e-'));
    room.server = await Server.make(program, room.home);
    return room;
  }

  async remove() {
    await this.server.remove();
    rmSync(this.home, { recursive: true, force: true });
  }

  environment(who) {
    return { PATH: process.env.PATH, XDG_CONFIG_HOME: join(this.home, who), LANG: 'C.UTF-8', OPSROOM_SERVER: this.server.url };
  }

  /** Runs `opsroom …` as `who`; never throws. */
  run(who, ...words) {
    const input = words[0] === 'login' ? password : undefined;
    const ended = spawnSync(join(bin, 'opsroom'), words, { env: this.environment(who), input, encoding: 'utf8', maxBuffer: 1 << 28 });
    return { code: ended.status, out: ended.stdout, err: ended.stderr };
  }

  /** The same, beside whatever else runs. */
  ended(who, ...words) {
    const child = spawn(join(bin, 'opsroom'), words, { env: this.environment(who), stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { code: null, out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text));
    return new Promise((done) => child.once('close', (code) => done({ ...said, code })));
  }

  ok(who, ...words) {
    const r = this.run(who, ...words);
    assert.equal(r.code, 0, `${words.join(' ')}: ${r.err}`);
    return r.out;
  }

  token(who) {
    return readFileSync(join(this.home, who, 'opsroom', 'credentials.json'), 'utf8').match(/opsroom_pat_[\w-]+/)[0];
  }

  /** A read as `who`, without a process. */
  get(who, path) {
    return this.send(who, 'GET', path);
  }

  /** Anything as `who`, without a process; what is answered. */
  async send(who, method, path, body, headers_beside = {}) {
    const headers = { Authorization: `Bearer ${this.token(who)}`, ...headers_beside };
    return fetch(`${this.server.url}/api/v1/${path}`, { method, headers, body }).then((a) => a.json());
  }

  /** How many messages there are in all channels that `who` sees. */
  async messages(who) {
    const answer = await this.get(who, 'channels?limit=200');
    return answer.items.reduce((sum, channel) => sum + channel.messages, 0);
  }

  /** Starts it and kills it (SIGKILL) once `enough()`, if it has not ended by then. True where it was killed. */
  async kill_once(enough, who, ...words) {
    const child = spawn(join(bin, 'opsroom'), words, { env: this.environment(who), stdio: 'ignore' });
    let ended = false;
    const gone = new Promise((done) => child.once('exit', done)).then(() => (ended = true));
    while (!ended && !(await enough())) await new Promise((go) => setTimeout(go, 5));
    const killed = !ended && child.kill('SIGKILL');
    await gone;
    return killed;
  }
}
