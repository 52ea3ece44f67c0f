// Data come in while the data workers are killed (SIGKILL), and the server is, and the warehouse's disk is full for a while. Afterwards
// each delivery that was acknowledged has its result, and the warehouse has the rows of those in force: none is missing, none is there twice.
//
// OPSROOM_DATA_KILLS says how often each of these happens (8 times, the disk 4), OPSROOM_DATA_SEED what chance begins with.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { Chaos, files_in, fill, folder_of, on_a_small_disk, processes_of } from '../crash/data_chaos.mjs';
import { Deliverers, sleep } from '../crash/data_deliverers.mjs';
import { chance, difference, file_of, money, rows_in } from '../crash/data_files.mjs';
import { Room, bin } from './room.mjs';

const kills = Number(process.env.OPSROOM_DATA_KILLS ?? 8), times_full = Number(process.env.OPSROOM_DATA_KILLS ?? 4);
const seed = Number(process.env.OPSROOM_DATA_SEED ?? Date.now() % 1_000_000);
const long_run = process.env.OPSROOM_DATA_KILLS !== undefined;
// What was sent in half an hour takes minutes to be loaded; it is published for a tenth of the time alone.
const patience = long_run ? 900_000 : 90_000;
console.log(`seed ${seed}: ${kills} kills of each kind, ${times_full} times full`);

/** The answer of a read that may go wrong while things are killed; its text where it did not. */
async function tried(room, path, who = 'noah', method = 'GET') {
  try {
    const answer = await fetch(`${room.server.url}/api/v1/${path}`, { method, headers: { Authorization: `Bearer ${room.token(who)}` }, signal: AbortSignal.timeout(patience) });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (Number(answer.headers.get('content-length') ?? bytes.length) !== bytes.length) return { status: 0 };
    return { status: answer.status, text: bytes.toString('utf8') };
  } catch {
    return { status: 0 };
  }
}

/** While all of it goes on: what is answered is whole, of one delivery a day at most. */
async function watch(room, all, by) {
  let seen = 0;
  while (!all.over) {
    await sleep(by.between(100, 600));
    if (all.days.size === 0) continue;
    const day = by.pick([...all.days.keys()]);
    const { status, text } = await tried(room, `data/sets/orders.csv?from=${day}&until=${day}`);
    if (![0, 200, 404, 409, 422, 503].includes(status)) all.complaints.push(`${day}.csv was answered with ${status}: ${text}`);
    if (status !== 200) continue;
    ++seen;
    const rows = rows_in(text), from = new Set(rows.map((r) => Number(r._delivery)));
    if (from.size > 1) all.complaints.push(`on ${day} there are rows of deliveries ${[...from]} at once`);
    const which = [...from].filter((id) => all.sent.has(id));
    const wrong = which.length === from.size && difference(rows, new Map(which.map((id) => [id, all.sent.get(id)])));
    if (wrong) all.complaints.push(`on ${day}: ${wrong}`);
  }
  return seen;
}

/** All deliveries are read again, and compared with what the log says of them; the last line of the answer. */
async function verified(room) {
  const { status, text } = await tried(room, 'log/verify?data=true', 'audit', 'POST');
  return status === 200 ? JSON.parse(text.trim().split('\n').at(-1)) : null;
}
async function keep_verifying(room, all, by) {
  while (!all.over) {
    await sleep(by.between(1_000, 6_000));
    await verified(room);
  }
}

/** Nothing is behind, more than a moment long. */
async function caught_up(room, all) {
  const since = Date.now();
  for (let quiet = 0; quiet < 4;) {
    assert.ok(Date.now() < since + patience, `it did not catch up: ${(await tried(room, 'data/sets')).text}`);
    const { status, text } = await tried(room, 'data/sets');
    const open = [...all.sent.values()].some((one) => one.status === 'received');
    quiet = status === 200 && !open && JSON.parse(text).behind === 0 ? quiet + 1 : 0;
    await sleep(400);
  }
  return Date.now() - since;
}

/** Each of what the server's log complains of, and how often. */
function complaints_in(log) {
  const all = new Map();
  for (const [, why] of readFileSync(log, 'utf8').matchAll(/"why":"([^"\n]*)"/g)) {
    const kind = why.replace(/[\dA-F]{6,}|\d+|reading-\w+/g, '…').slice(0, 200);
    all.set(kind, (all.get(kind) ?? 0) + 1);
  }
  return all;
}

/** On a disk that has room for a file to be checked, and none for it to be loaded: a correction, and a correction of that. */
async function corrected_while_full(room, all) {
  const by = chance(seed + 4), on = all.day(-1);
  const first = await all.deliver(on, file_of(by, on.day, 'first', { rows: 3_000 }));
  await caught_up(room, all);
  const room_again = fill(folder_of(room), 190), at_the_latest = setTimeout(room_again, 8_000);
  const second = await all.deliver(on, file_of(by, on.day, 'second', { before: first.good }));
  const third = all.deliver(on, file_of(by, on.day, 'third', { before: second.good }));
  await Promise.race([third, sleep(3_000)]);
  clearTimeout(at_the_latest);
  room_again();
  await third;
}

function trial(name, { kinds, times, program, before_all, sizes, deliverers, least }) {
  describe(name, () => {
    let room, all, small, skipped;
    before(async () => {
      small = program?.();
      if (program && !small) return void (skipped = 'no small disk can be mounted here');
      room = small ? await Room.make_of(small.script, 'li.na', 'zhao.lei', 'noah', 'audit') : await Room.make('li.na', 'zhao.lei', 'noah', 'audit');
      all = new Deliverers(room, seed, sizes);
      await all.prepare();
    });
    after(async () => {
      await room?.remove();
      small?.remove();
    });
    const case_of = (title, run) => test(title, async (t) => {
      if (skipped) return t.skip(skipped);
      all.until = Date.now() + patience;
      await run();
    });

    case_of('data are taken all the same', async () => {
      const begun = Date.now(), bound = long_run ? 3_600_000 : 90_000;
      all.until = begun + bound + patience;
      await before_all?.(room, all);
      const chaos = new Chaos(room, chance(seed + 1));
      const delivering = Array.from({ length: deliverers }, (_, n) => all.deliver_on(n, least));
      // What fails ends the others.
      for (const one of delivering) one.catch(() => (all.over = true));
      const watching = watch(room, all, chance(seed + 2)), verifying = keep_verifying(room, all, chance(seed + 3));
      try {
        await chaos.all(kinds, times, begun + bound, () => all.over);
        // From here on nothing happens to it any more, and it has so long to be done.
        all.until = Date.now() + patience;
        all.over = true;
        await Promise.all([...delivering, verifying]);
        console.log(`${name}: caught up ${await caught_up(room, all)} ms after the last was settled, ${await watching} looks meanwhile`);
      } finally {
        all.over = true;
        const count = (status) => [...all.sent.values()].filter((one) => one.status === status).length;
        console.log(`${name}: ${JSON.stringify(chaos.done)}; ${all.sent.size} deliveries, ${all.rows_sent()} good rows (${['accepted', 'warned', 'superseded', 'quarantined', 'refused'].map((s) => `${count(s)} ${s}`).join(', ')}); ${Math.round((Date.now() - begun) / 1000)} s`);
        for (const [why, often] of complaints_in(join(room.home, 'opsroomd.log'))) console.log(`${name}: ${often} × ${why}`);
      }
      for (const kind of kinds) assert.ok(chaos.done[kind] >= (long_run ? times : 1), `${kind} happened ${chaos.done[kind]} times only`);
    });

    case_of('what was answered meanwhile was whole', () => assert.deepEqual(all.complaints, []));

    case_of('each delivery that was acknowledged has its result', async () => {
      const wrong = [];
      for (const one of all.sent.values()) {
        const seen = await all.status_of(one.id);
        const is = { status: seen.status, rows: seen.rows, taken: seen.taken, rejected: seen.rejected, restated: seen.restated ?? 0 };
        const should = { status: one.status, rows: one.good.size + one.rejected, taken: one.good.size, rejected: one.rejected, restated: one.restates };
        if (one.strange) delete is.restated, delete should.restated;
        for (const field of Object.keys(should))
          if (is[field] !== should[field]) wrong.push(`delivery ${one.id} of ${one.day}: ${field} is ${is[field]}, not ${should[field]}`);
      }
      assert.deepEqual(wrong, []);
    });

    case_of('the rows are those in force, each once', async () => {
      const { status, text } = await tried(room, 'data/sets/orders.csv');
      assert.equal(status, 200, text);
      assert.equal(difference(rows_in(text), all.live()), null);
    });

    case_of('they are the same by page', async () => {
      const some = [...all.live().values()].sort((a, b) => a.good.size - b.good.size);
      // A large one takes too many pages, and the smallest say little.
      const days = new Set(some.filter((one) => one.good.size < 6_000).slice(-4).map((one) => one.day));
      for (const day of days) {
        const rows = [];
        for (let cursor = ''; cursor !== null;) {
          const page = await room.get('noah', `data/sets/orders/rows?from=${day}&until=${day}&limit=200${cursor && `&cursor=${cursor}`}`);
          const names = page.columns.map((c) => c.code);
          for (const r of page.items) rows.push({ ...Object.fromEntries(names.map((n, i) => [n, r.values[i]])), _delivery: String(r.delivery), _line: String(r.line) });
          cursor = page.next;
        }
        assert.equal(difference(rows, new Map([...all.live()].filter(([, one]) => one.day === day))), null);
      }
    });

    case_of('figures are the sums of them', async () => {
      const sum = (rows) => [...rows].reduce((total, r) => total + r.cents, 0);
      const days = [...all.days.keys()].sort();
      const asked = `from=${days[0]}&until=${days.at(-1)}`;
      const live = new Map([...all.live().values()].map((one) => [one.day, [...one.good.values()]]));
      const by_day = (await room.get('noah', `metrics/${all.metric}/values?grain=day&${asked}`)).items;
      for (const one of by_day) assert.equal(one.value, live.has(one.from) ? money(sum(live.get(one.from))) : null, one.from);
      const apart = (await room.get('noah', `metrics/${all.metric}/values?grain=day&${asked}&by=channel`)).items.filter((one) => one.value !== null);
      for (const one of apart) assert.equal(one.value, money(sum(live.get(one.from).filter((r) => r.channel === one.member))), `${one.from} ${one.member}`);
      assert.equal(apart.length, [...live.values()].reduce((n, rows) => n + new Set(rows.map((r) => r.channel)).size, 0));
    });

    case_of('nothing is left in the folder but the database and one snapshot', async () => {
      const allowed = /^(warehouse\.duckdb(\.wal)?|published\/|published\/snapshot-[^/]*\.duckdb)$/;
      const is = files_in(folder_of(room));
      assert.deepEqual(is.filter((one) => !allowed.test(one)), [], is.join(' '));
      assert.equal(is.filter((one) => one.startsWith('published/snapshot-')).length, 1, is.join(' '));
    });

    case_of('they are as the log says', async () => {
      const said = await verified(room);
      assert.ok(said?.ok, JSON.stringify(said));
      assert.equal(said.deliveries, all.sent.size);
    });

    case_of('no process is left without its server', async () => {
      const { writer, reader } = processes_of(room);
      assert.ok(writer.length <= 1 && reader.length <= 2, `${writer.length} write, ${reader.length} read`);
      await room.server.kill('SIGTERM');
      for (let i = 0; i < 50 && Object.values(processes_of(room)).flat().length > 0; ++i) await sleep(100);
      assert.deepEqual(processes_of(room), { server: [], writer: [], reader: [] });
    });
  });
}

const usual = { big: [5_000, 50_000], small: [3, 800], pause: 300 };
trial('killed', { kinds: ['worker', 'server'], times: kills, sizes: usual, deliverers: 3, least: 6 });
trial('the disk full', { kinds: ['full'], times: times_full, before_all: corrected_while_full, program: () => on_a_small_disk(join(bin, 'opsroomd'), 96), sizes: { ...usual, big: [3_000, 12_000] }, deliverers: 2, least: 4 });
