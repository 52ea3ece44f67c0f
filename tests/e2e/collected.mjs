// What tests of data begin with: commands, files that are delivered, a plan of daily orders and a metric of them.

import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';

export const sleep = (ms) => new Promise((go) => setTimeout(go, ms));
export const extras = { form: 1, fields: [], attachments: [] };

/** `look()` until it is something, for so many milliseconds. */
export async function until(look, says, most = 60_000) {
  for (const end = Date.now() + most; Date.now() < end;) {
    const found = await look();
    if (found) return found;
    await sleep(100);
  }
  assert.fail(typeof says === 'function' ? await says() : says);
}

export const column = (name, code, type, role, more = {}) =>
  ({ name, code, type, role, nature: 'flow', places: 0, key: false, required: true, personal: false, treatment: 'keep', values: [], ...more });

/** F14 of daily orders: 订单号, 下单日期, 渠道, 金额. */
export const daily_orders = (source, owner, more = {}) => ({
  name: '每日订单', source, holds: 'business', purpose: '日报与渠道分析', set: 'orders', row_unit: '单', way: 'upload',
  reading: { type: 'csv', encoding: 'utf8', separator: 'comma', skip: 0, skip_end: 0 },
  columns: [
    column('订单号', 'no', 'text', 'label', { key: true }),
    column('下单日期', 'ordered_on', 'day', 'day'),
    column('渠道', 'channel', 'text', 'dimension'),
    column('金额', 'amount', 'decimal', 'field', { unit: '元', places: 2, hard_least: '0' }),
  ],
  schedule: { rhythm: 'daily', due_minutes: 600, grace_minutes: 120, settling_days: 1 }, checks: [], owner, extras, ...more,
});
export const orders_head = '订单号,下单日期,渠道,金额\n';

/** A room, and what people do in it about data. */
export class Collected {
  constructor(room) {
    this.room = room;
  }

  command(who, type, data, target) {
    return this.room.send(who, 'POST', `commands/${type}`, JSON.stringify({ ...(target ? { target } : {}), data }), { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() });
  }
  async does(who, type, data, target) {
    const answer = await this.command(who, type, data, target);
    assert.equal(answer.type, 'ack', JSON.stringify(answer));
    return answer.stream;
  }
  async refused(who, type, data, target) {
    const answer = await this.command(who, type, data, target);
    assert.notEqual(answer.type, 'ack');
    return answer;
  }

  /** Uploads a file, to be attached. */
  async send(who, name, content) {
    const bytes = Buffer.from(content);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const one = { sha256, name, media_type: 'text/csv', bytes: bytes.length };
    const told = await this.room.send(who, 'POST', 'attachments', JSON.stringify({ sha256, bytes: one.bytes, media_type: one.media_type }), { 'Content-Type': 'application/json' });
    if (!told.complete) await this.room.send(who, 'PUT', `attachments/${sha256}?offset=0`, bytes, { 'Content-Type': 'application/octet-stream' });
    return one;
  }

  /** A source that is connected, by its number. */
  async source(who, owner) {
    const made = await this.does(who, 'source.register', { form: { name: '订单库', kind: 'internal', holds: ['business'], description: '订单', access: '只读', owner, extras } });
    await this.does(who, 'source.connect', { note: '试取成功' }, made);
    return Number(made.split('/')[1]);
  }
  /** A plan that is in force, by its number: `who` drafts it, `manager` activates it. */
  async plan(who, manager, form) {
    const made = await this.does(who, 'collection.draft', { form });
    await this.does(who, 'collection.submit', {}, made);
    const number = Number(made.split('/')[1]);
    await this.does(manager, 'collection.activate', { sha256: (await this.room.get(manager, `collections/${number}`)).sha256 }, made);
    return number;
  }
  /** A metric in force, by its number. */
  async metric(who, manager, form) {
    const made = await this.does(who, 'metric.draft', { form: { definition: '按口径', digits: 2, direction: 'up', missing_is_zero: false, targets: [], extras, ...form } });
    await this.does(who, 'metric.submit', {}, made);
    const number = Number(made.split('/')[1]);
    await this.does(manager, 'metric.publish', { sha256: (await this.room.get(manager, `metrics/${number}`)).sha256 }, made);
    return number;
  }

  /** One of what a list has, once it is in one of these statuses. */
  settled(who, list, id, ...statuses) {
    return until(async () => {
      const one = await this.room.get(who, `${list}/${id}`);
      return statuses.includes(one.status) ? one : null;
    }, async () => `${list}/${id} is ${JSON.stringify(await this.room.get(who, `${list}/${id}`)).slice(0, 400)}`);
  }
  /** Delivered and checked, by its number. */
  async deliver(who, collection, from, until, content, more = {}) {
    const file = await this.send(who, `orders-${from}.csv`, content);
    const made = await this.does(who, 'delivery.receive', { collection, from, until, files: [file], ...more });
    const number = Number(made.split('/')[1]);
    await this.settled(who, 'deliveries', number, 'accepted', 'warned');
    return number;
  }
}
