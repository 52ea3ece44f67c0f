// Who deliver data while what takes them is killed: whatever they send is sent again until it is answered, and what was answered is kept
// here, as what the warehouse is held against in the end.

import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';

import { chance, file_of, plan_of, restated, strange_file } from './data_files.mjs';

export const sleep = (ms) => new Promise((go) => setTimeout(go, ms));
const part_bytes = 512 * 1024;
const days_each = 6;
const day_text = (n) => new Date(Date.UTC(2026, 3, 1 + n)).toISOString().slice(0, 10);
const in_force = (status) => status === 'accepted' || status === 'warned';

export class Deliverers {
  /** By their delivery, all that were acknowledged. */
  sent = new Map();
  /** By day: what is in force, and what waits for a decision. */
  days = new Map();
  complaints = [];
  over = false;
  until = Infinity;

  constructor(room, seed, sizes) {
    this.room = room;
    this.seed = seed;
    this.sizes = sizes;
  }

  /** As `who`, until it is answered for good: the server may be gone, starting, full or busy meanwhile. */
  async insist(who, method, path, body, headers = {}) {
    const bearer = { Authorization: `Bearer ${this.room.token(who)}` };
    for (;;) {
      assert.ok(Date.now() < this.until, `${method} ${path} was not answered in time`);
      try {
        const answer = await fetch(`${this.room.server.url}/api/v1/${path}`, { method, headers: { ...bearer, ...headers }, body, signal: AbortSignal.timeout(60_000) });
        const said = await answer.json();
        if (![429, 503, 507].includes(answer.status)) return { status: answer.status, said };
      } catch {
        // It was killed, or is not there yet.
      }
      await sleep(60);
    }
  }

  async does(who, type, data, target) {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() };
    const { said } = await this.insist(who, 'POST', `commands/${type}`, JSON.stringify({ ...(target ? { target } : {}), data }), headers);
    assert.equal(said.type, 'ack', `${type} ${target ?? ''}: ${JSON.stringify(said)}`);
    return said.stream;
  }

  async upload(who, name, bytes) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const one = { sha256, name, media_type: 'text/csv', bytes: bytes.length };
    for (;;) {
      const begun = await this.insist(who, 'POST', 'attachments', JSON.stringify({ sha256, bytes: one.bytes, media_type: one.media_type }), { 'Content-Type': 'application/json' });
      // The part before may still be taken in, of a connection that was cut.
      if (begun.status === 409) await sleep(60);
      else assert.equal(begun.status, 200, JSON.stringify(begun.said));
      if (begun.said.complete) return one;
      const { have } = begun.said;
      if (have !== undefined) await this.insist(who, 'PUT', `attachments/${sha256}?offset=${have}`, bytes.subarray(have, have + part_bytes), { 'Content-Type': 'application/octet-stream' });
    }
  }

  /** The plan, and a metric of what comes by it. */
  async prepare() {
    const people = Object.fromEntries(JSON.parse(this.room.ok('li.na', 'member', 'list', '-o', 'json')).map((m) => [m.login, m.id]));
    const owner = people['zhao.lei'], extras = { form: 1, fields: [], attachments: [] };
    const source = await this.does('zhao.lei', 'source.register', { form: { name: '订单库', kind: 'internal', holds: ['business'], description: '订单', access: '只读', owner, extras } });
    await this.does('zhao.lei', 'source.connect', { note: '试取成功' }, source);
    const plan = await this.does('zhao.lei', 'collection.draft', { form: plan_of(Number(source.split('/')[1]), owner) });
    this.plan = Number(plan.split('/')[1]);
    const agree = async (what, path, submit, take) => {
      await this.does('zhao.lei', submit, {}, what);
      const { said } = await this.insist('li.na', 'GET', path);
      await this.does('li.na', take, { sha256: said.sha256 }, what);
    };
    await agree(plan, `collections/${this.plan}`, 'collection.submit', 'collection.activate');
    const metric = await this.does('zhao.lei', 'metric.draft', {
      form: { code: 'sales', name: { zh: '销售额', en: 'Sales' }, unit: '元', digits: 2, direction: 'up', owner, definition: '已下单金额', formula: 'sum(amount)', missing_is_zero: false,
        targets: [{ period: 'day', from: day_text(0), value: '20000' }], extras },
    });
    this.metric = Number(metric.split('/')[1]);
    await agree(metric, `metrics/${this.metric}`, 'metric.submit', 'metric.publish');
  }

  async status_of(id) {
    const { said } = await this.insist('zhao.lei', 'GET', `deliveries/${id}`);
    return said;
  }

  async settled(id) {
    for (;;) {
      const one = await this.status_of(id);
      if (one.status !== 'received') return one;
      await sleep(80);
    }
  }

  /** Delivers a file for a day, and waits for its result. What was in force that day is corrected by it. */
  async deliver(on, file) {
    const corrects = on.waiting ?? on.live ?? null;
    const name = `orders-${file.day}-${this.sent.size}.csv`;
    const attached = await this.upload('zhao.lei', name, file.content);
    const stream = await this.does('zhao.lei', 'delivery.receive', { collection: this.plan, from: file.day, until: file.day, files: [attached], ...(corrects ? { replaces: corrects } : {}) });
    const id = Number(stream.split('/')[1]);
    const was = corrects && this.sent.get(corrects);
    // Of what was not in force there is nothing that could say something else.
    const restates = was && in_force(was.status) ? restated(file.good, was.good) : 0;
    assert.ok(!this.sent.has(id), `two deliveries are ${id}`);
    delete file.content;
    const one = { ...file, id, restates, status: 'received' };
    this.sent.set(id, one);
    const seen = await this.settled(id);
    one.status = seen.status;
    if (in_force(one.status)) {
      if (was) was.status = 'superseded';
      on.live = id;
      on.waiting = null;
    } else if (one.status === 'quarantined') {
      on.waiting = id;
    }
    return one;
  }

  async decide(on, release) {
    const one = this.sent.get(on.waiting);
    await this.does('li.na', release ? 'delivery.release' : 'delivery.reject', { reason: release ? '好的行可用' : '重新导出' }, `delivery/${one.id}`);
    one.status = release ? 'warned' : 'refused';
    if (release) {
      if (on.live) this.sent.get(on.live).status = 'superseded';
      on.live = one.id;
    }
    on.waiting = null;
  }

  /** The n-th of them, on which nothing was delivered. */
  day(n) {
    const on = { day: day_text(n), live: null, waiting: null };
    this.days.set(on.day, on);
    return on;
  }

  /** Delivers, on days of its own, at least `least` times and until it is over. */
  async deliver_on(n, least) {
    const by = chance(this.seed + 7919 * (n + 1));
    const own = [];
    const a_day = () => {
      if (own.length === days_each) return by.pick(own);
      own.push(this.day(n * days_each + own.length));
      return own.at(-1);
    };
    const big = () => by.between(...this.sizes.big), small = () => by.between(...this.sizes.small);
    const kinds = ['big', 'again', 'bad', 'again', 'small', 'again', 'strange', 'bad_again', 'small', 'again', 'big_bad', 'again', 'again'];
    for (let i = 0; i < least || !this.over; ++i) {
      const kind = kinds[(i + 4 * n) % kinds.length], tag = `${n}-${i}`;
      const on = kind.endsWith('again') && own.length ? by.pick(own) : a_day();
      if (on.waiting && (on.live || by.share(0.7))) await this.decide(on, by.share(0.6));
      const before = on.live && kind.endsWith('again') ? this.sent.get(on.live).good : null;
      // What waits is corrected by a file that has no faults.
      const bad = kind.includes('bad') && !on.waiting ? by.between(1, 12) : 0;
      const file = kind === 'strange' && !on.waiting ? strange_file(on.day, tag) : file_of(by, on.day, tag, { rows: kind.startsWith('big') ? big() : small(), bad, before });
      await this.deliver(on, file);
      await sleep(by.below(this.sizes.pause));
    }
  }

  /** What is in force, by delivery. */
  live() {
    return new Map([...this.days.values()].filter((on) => on.live).map((on) => [on.live, this.sent.get(on.live)]));
  }

  rows_sent() {
    return [...this.sent.values()].reduce((sum, one) => sum + one.good.size, 0);
  }
}
