// Runs cases.json with the JavaScript client against a real server. `run.mjs OPSROOMD [words of a case]`

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { Feed, Refused, connect, room as roomOf } from '../../clients/js/dist/node.js';

const here = dirname(fileURLToPath(import.meta.url));
const examples = join(here, '../../clients/js/examples');
const within_ms = 20_000;
const sleep = (ms) => new Promise((go) => setTimeout(go, ms));
const dayIn = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function within(promise, what) {
  let timer;
  const late = new Promise((_, no) => (timer = setTimeout(() => no(new Error(`${what}: not within ${within_ms} ms`)), within_ms)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function until(holds) {
  const end = Date.now() + within_ms;
  while (!(await holds())) {
    assert(Date.now() < end, `not within ${within_ms} ms`);
    await sleep(50);
  }
}

/** The server behind its network: stage.mjs, told in lines. */
class Stage {
  async start(binary) {
    this.process = spawn(process.execPath, [join(here, 'stage.mjs'), binary], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    this.url = JSON.parse((await this.lines.next()).value).url;
  }

  async tell(said) {
    this.process.stdin.write(`${JSON.stringify(said)}\n`);
    assert(!(await this.lines.next()).done, 'the stage has ended');
  }

  async end() {
    this.process.stdin.end();
    await new Promise((done) => this.process.once('exit', done));
  }
}

/** All that one feed said, in its order; held: nothing is taken until it is let go. */
class Followed {
  changes = [];
  failed = null;

  constructor(feed, held) {
    this.feed = feed;
    this.gate = new Promise((go) => (this.go = go));
    if (!held) this.go();
    this.read().catch((why) => (this.failed = why));
  }

  async read() {
    for await (const change of this.feed) {
      this.changes.push(change);
      await this.gate;
    }
  }
}

class Runner {
  rooms = new Map();
  processes = [];
  kept = {};

  constructor(stage, home) {
    this.stage = stage;
    this.home = home;
  }

  async room(who) {
    if (!this.rooms.has(who)) this.rooms.set(who, await connect({ url: this.stage.url, login: who, password: 'opsroom-demo', patience: within_ms }));
    return this.rooms.get(who);
  }

  /** With what was kept in place of "$name.key". */
  meant(value) {
    if (Array.isArray(value)) return value.map((v) => this.meant(v));
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, this.meant(v)]));
    if (typeof value !== 'string' || !value.startsWith('$')) return value;
    const [name, key] = value.slice(1).split('.');
    return key ? this.kept[name][key] : this.kept[name];
  }

  async run({ steps }) {
    this.kept = { day: dayIn(7), later: dayIn(9) };
    try {
      for (const step of steps) {
        const { keep, ...said } = step;
        try {
          const result = await this.check(this.meant(said));
          if (keep) this.kept[keep] = result;
        } catch (why) {
          throw new Error(`${JSON.stringify(step)}\n    ${why.message}`, { cause: why });
        }
      }
    } finally {
      for (const process of this.processes.splice(0)) process.kill('SIGKILL');
      for (const one of Object.values(this.kept)) {
        if (one instanceof Followed) one.feed.close();
        if (one instanceof Feed) one.close();
      }
    }
  }

  async check({ do: what, is, has, refused, mistake, ...said }) {
    const done = (async () => this[`do_${what}`](said))();
    if (refused) return this.checkProblem(await done.then(() => assert.fail('not refused'), (why) => why), refused);
    if (mistake) {
      const why = await done.then(() => assert.fail('no mistake'), (thrown) => thrown);
      assert(why instanceof TypeError && why.message.includes(mistake), why);
      return null;
    }
    const result = await done;
    if (is !== undefined) assert.deepEqual(result?.count ?? result, is);
    for (const [key, value] of Object.entries(has ?? {})) assert.deepEqual(result[key], value, `${key} of ${JSON.stringify(result)}`);
    return result;
  }

  checkProblem(why, { pointers = [], indexes, ...expected }) {
    assert(why instanceof Refused, why);
    const { problem } = why;
    assert(problem.zh && problem.en && problem.zh !== problem.en, 'both languages');
    for (const [key, value] of Object.entries(expected)) assert.equal(problem[key], value, JSON.stringify(problem));
    for (const pointer of pointers) assert(why.pointers.includes(pointer), JSON.stringify(problem));
    if (indexes) assert.deepEqual([...why.refused.keys()], indexes);
  }

  // What cases do.

  async do_stage(said) {
    for (const what of ['lose', 'cut', 'stop', 'start']) if (what in said) await this.stage.tell({ do: what, times: said[what] });
  }

  async do_pause({ ms }) {
    await sleep(ms);
  }

  async do_command({ by, command, target = null, data, expect, id }) {
    return (await this.room(by)).command(command, target, data, { expect, id });
  }

  async do_call({ by, kind, command, target, fields }) {
    const given = (await this.room(by))[kind][command];
    return target === undefined ? given(fields) : given(target, fields);
  }

  async do_transaction({ by, commands, dry_run = false }) {
    const t = (await this.room(by)).transaction();
    commands.forEach((said, n) => assert.equal(t.command(...said), `#${n}`));
    return t.commit(dry_run);
  }

  async do_load({ by, command, data, target = null, times = 0, at_once = 1, together, background, until_stopped }) {
    const room = await this.room(by);
    const load = { count: 0, position: 0, stopped: false, acks: new Map() };
    if (together) {
      const t = room.transaction();
      for (let n = 0; n < times; n++) t.command(command, target, data);
      return { ...load, position: (await t.commit()).position };
    }
    const one = async () => {
      while (load.count < times || (until_stopped && !load.stopped)) {
        load.count += 1;
        const ack = await room.command(command, target, data);
        load.acks.set(ack.id, ack);
        load.position = Math.max(load.position, ack.position + ack.events - 1);
      }
    };
    load.running = Promise.all(Array.from({ length: at_once }, one));
    if (!background) await load.running;
    return load;
  }

  async do_stop_load({ load: name }) {
    const load = this.kept[name];
    load.stopped = true;
    await within(load.running, 'load');
    assert(load.acks.size === load.count && load.count > 0);
  }

  async do_count({ by, list, where, query = {} }) {
    const rows = (await this.room(by)).list(list, query);
    const { position } = await rows.page(null, 1);
    const holds = (r) => Object.entries(where).every(([key, value]) => r[key] === value);
    return { count: (await rows.all()).filter(holds).length, position };
  }

  async do_ascending({ by, list, titles }) {
    const rows = await (await this.room(by)).list(list).all();
    const ids = titles.map((t) => rows.find((r) => r.title === t).id);
    assert.deepEqual(ids, [...ids].sort((a, b) => a - b));
  }

  async do_dossier({ by, list, of, history }) {
    const found = await (await this.room(by)).dossier(list, of.split('/')[1]);
    assert.equal(found.history.length, history);
    return found;
  }

  async do_search({ by, words, title }) {
    const room = await this.room(by);
    await until(async () => (await room.search(words).all()).some((r) => r.title === title));
  }

  async do_feed({ by, feed }) {
    const room = await this.room(by);
    return Object.assign(await room.feed(feed).ready(), { of: room });
  }

  async do_follow({ by, feed, held, since }) {
    const followed = new Followed((await this.room(by)).feed(feed, { ...(since ? { since } : {}), ...(held ? { untakenMax: 8 } : {}) }), held);
    await until(() => followed.changes.length);
    return followed;
  }

  do_release({ feed }) {
    assert(this.kept[feed].feed.paused, 'nothing was kept back');
    this.kept[feed].go();
  }

  do_leave({ feed }) {
    this.kept[feed].feed.close();
    return this.kept[feed].changes.at(-1).mark;
  }

  /** Every position up to `to`, each once. */
  async do_consecutive({ feed, to, after, snapshots = 1 }) {
    const followed = this.kept[feed];
    const first = after ? Number(after.split(':')[1]) : followed.changes[0].position;
    await until(() => followed.failed || followed.changes.at(-1).position >= to);
    assert.equal(followed.failed, null);
    const got = followed.changes.flatMap((c) => c.events.map((e) => e.position));
    assert.deepEqual(got, Array.from({ length: got.at(-1) - first }, (_, n) => first + 1 + n));
    assert.equal(followed.changes.filter((c) => c.type === 'snapshot').length, snapshots);
  }

  async do_rows({ feed: name, list }) {
    const feed = this.kept[name];
    await until(async () => {
      const rows = (await feed.of.list(list).all()).sort((a, b) => a.id - b.id);
      return rows.length > 0 && JSON.stringify(rows) === JSON.stringify(feed.rows.all);
    });
  }

  async do_timeline({ feed: name, list }) {
    const feed = this.kept[name];
    const number = feed.name.split('/')[1];
    const sorted = (m) => JSON.stringify(Object.entries(m).sort());
    await until(async () => {
      const { items } = await feed.of.get(`${list}/${number}/messages`, { limit: 200 });
      return JSON.stringify(items.map(sorted)) === JSON.stringify(feed.timeline.messages.map(sorted));
    });
    const { people } = await feed.of.get(`${list}/${number}`);
    assert.deepEqual([...feed.timeline.people].sort(), [...people].sort());
  }

  /** As of a program that begins while the server is away: no more than a token. */
  async do_outbox({ by }) {
    const room = roomOf({ url: this.stage.url, token: (await this.room(by)).token, patience: 1000 });
    return room.outbox(join(this.home, 'outbox.jsonl'));
  }

  do_put({ box, command, target, data }) {
    return this.kept[box].put(command, target, data);
  }

  do_waiting({ box }) {
    return this.kept[box].waiting.length;
  }

  async do_flush({ box }) {
    await within(this.kept[box].flush(), 'flush');
  }

  do_box_refused({ box: name, id, code }) {
    const box = this.kept[name];
    assert.deepEqual(box.refused.map((e) => [e.id, e.problem.code]), [[id, code]]);
    box.forget(id);
    assert.equal(box.refused.length, 0);
  }

  do_close_outbox({ box }) {
    this.kept[box].close();
  }

  async do_send_file({ by, bytes, name, cut }) {
    this.content = Buffer.from(Array.from({ length: bytes / 2 }, (_, n) => `${n}\n`).join('').slice(0, bytes));
    const sending = (await this.room(by)).files.send(this.content, { name });
    if (cut) {
      await sleep(20);
      await this.stage.tell({ do: 'cut' });
    }
    return sending;
  }

  async do_fetch_file({ by, file }) {
    const blob = await (await this.room(by)).files.fetch(file.sha256);
    assert(this.content.equals(Buffer.from(await blob.arrayBuffer())));
  }

  /** An example as it is run by hand, until it has said this. */
  async do_example({ name, by, args, says, beside }) {
    const env = { ...process.env, OPSROOM_SERVER: this.stage.url, OPSROOM_TOKEN: (await this.room(by)).token };
    const child = spawn(process.execPath, [join(examples, `${name}.mjs`), ...args.map((a) => a.replace('HOME', this.home))], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.processes.push(child);
    const gone = new Promise((done) => child.once('exit', done));
    const heard = (async () => {
      for await (const line of createInterface({ input: child.stdout })) if (line.includes(says)) return;
      assert.fail(`${name} ended before it said ${says}`);
    })();
    await within(heard, says);
    if (beside) return;
    child.kill('SIGKILL');
    await gone;
  }

  async do_answered({ by, list, of, text }) {
    const room = await this.room(by);
    await until(async () => (await room.get(`${list}/${of.split('/')[1]}/messages`)).items.some((m) => m.text?.includes(text)));
  }

  /** Of what a follower kept: every position, each once. */
  do_lines({ file }) {
    const kept = readFileSync(join(this.home, file), 'utf8').trimEnd().split('\n');
    assert.deepEqual(kept.map((line) => JSON.parse(line).position), kept.map((_, n) => n + 1));
  }
}

const [binary, ...words] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(join(here, 'cases.json'), 'utf8')).filter((c) => c.case.includes(words.join(' ')) && (c.only ?? 'js') === 'js');
const home = mkdtempSync(join(tmpdir(), 'opsroom-clients-'));
const stage = new Stage();
await stage.start(binary);
const runner = new Runner(stage, home);
let failed = 0;
for (const one of cases) {
  const began = Date.now();
  try {
    await runner.run(one);
    console.log(`ok     ${one.case} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (why) {
    failed += 1;
    console.log(`FAILED ${one.case}\n  ${why.message}`);
  }
}
for (const room of runner.rooms.values()) await room.close();
await stage.end();
rmSync(home, { recursive: true, force: true });
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
