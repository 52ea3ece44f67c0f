// What happens to a room while data come in: its data workers are killed, the server is, its warehouse's disk fills up.

import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sleep } from './data_deliverers.mjs';

const processes = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name));
const words_of = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

/** The processes that have a room's data, by what they are. */
export function processes_of(room) {
  const own = { server: [], writer: [], reader: [] };
  for (const pid of processes()) {
    const words = words_of(pid);
    if (!words.some((w) => w === room.server.data || w.startsWith(`${room.server.data}/`))) continue;
    if (words[0].endsWith('/opsroomd')) own.server.push(pid);
    else if (words[0].endsWith('/opsroom-data')) (words.includes('--only-reads') ? own.reader : own.writer).push(pid);
  }
  return own;
}

/** The warehouse's folder, also where only the server sees the disk that it is on. */
export function folder_of(room) {
  const [pid] = processes_of(room).server;
  return pid ? `/proc/${pid}/root${room.server.data}/warehouse` : join(room.server.data, 'warehouse');
}

/** All files below a folder, by their names in it. */
export function files_in(folder, before = '') {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? [`${before}${e.name}/`, ...files_in(join(folder, e.name), `${before}${e.name}/`)] : [before + e.name]));
  } catch {
    return [];
  }
}

/** Takes what the disk has left, but for so many KiB; what gives it back. */
export function fill(folder, left_kib) {
  const filler = join(folder, 'filler'), to = openSync(filler, 'w');
  let bytes = 0;
  try {
    for (const block = Buffer.alloc(1 << 16, 120);;) bytes += writeSync(to, block);
  } catch (why) {
    if (why.code !== 'ENOSPC') throw why;
  }
  closeSync(to);
  truncateSync(filler, Math.max(0, bytes - left_kib * 1024));
  return () => rmSync(filler, { force: true });
}

// So that it is not mostly killed while it has nothing to do.
const moments = [/^reading-/, /\.part$/, /published\/export-/, /\.wal$/, null, null];

export class Chaos {
  done = { worker: 0, server: 0, full: 0 };

  constructor(room, by) {
    this.room = room;
    this.by = by;
  }

  async moment() {
    const wanted = this.by.pick(moments);
    await sleep(this.by.between(20, 500));
    const folder = folder_of(this.room);
    for (let i = 0; wanted && i < 300; ++i) {
      if (files_in(folder).some((name) => wanted.test(name))) break;
      await sleep(3);
    }
    await sleep(this.by.below(40));
  }

  kill(pid) {
    try {
      process.kill(Number(pid), 'SIGKILL');
      return true;
    } catch {
      return false;  // it has just ended
    }
  }

  async worker() {
    for (;;) {
      await this.moment();
      const { writer, reader } = processes_of(this.room);
      const which = this.by.share(0.7) ? writer : this.by.share(0.6) ? reader : [...writer, ...reader];
      if (which.length === 0) continue;
      // A copy that is being made is a process as well.
      const some = this.by.share(0.5) ? which : [this.by.pick(which)];
      if (some.map((pid) => this.kill(pid)).some(Boolean)) break;
    }
    ++this.done.worker;
  }

  async server() {
    await this.moment();
    await this.room.server.kill();
    ++this.done.server;
    if (this.by.share(0.2)) {  // and once more, while it is recovering
      this.room.server.spawn();
      await sleep(this.by.below(1_500));
      await this.room.server.kill();
      ++this.done.server;
    }
    await this.room.server.start();
  }

  /** The disk has nothing left, or a little, for a few seconds. */
  async full() {
    await this.moment();
    const empty = fill(folder_of(this.room), this.by.pick([0, 0, 4, 40, 400, 4_000]));
    const end = Date.now() + this.by.between(1_000, 4_000), kills = this.by.share(0.4);
    while (Date.now() < end) {
      await sleep(this.by.between(100, 1_500));
      if (!kills) continue;
      for (const pid of processes_of(this.room).writer) this.kill(pid);
    }
    empty();
    ++this.done.full;
  }

  /** In turn, until each was done so often, or time is over, or `ends()`. */
  async all(kinds, times, until, ends) {
    while (Date.now() < until && !ends()) {
      const left = kinds.filter((kind) => this.done[kind] < times);
      if (left.length === 0) return;
      await this[this.by.pick(left)]();
    }
  }
}

/** A server program whose warehouse is on a small disk of its own, that nobody else sees; null where that may not be mounted. */
export function on_a_small_disk(program, mib) {
  const folder = mkdtempSync(join(tmpdir(), 'opsroom-disk-'));
  const alone = ['--user', '--map-root-user', '--mount', '--', 'sh', '-c'];
  if (spawnSync('unshare', [...alone, 'mount -t tmpfs -o size=1m tmpfs "$1"', 'sh', folder], { timeout: 10_000 }).status !== 0) {
    rmSync(folder, { recursive: true });
    return null;
  }
  const script = join(folder, 'opsroomd');
  // The folder of its data is the third word.
  const mounts = `mkdir -p "$3/warehouse" && mount -t tmpfs -o size=${mib}m,mode=0700 tmpfs "$3/warehouse" && exec "${program}" "$@"`;
  writeFileSync(script, `#!/bin/sh\nexec unshare ${alone.join(' ')} '${mounts}' sh "$@"\n`, { mode: 0o700 });
  return { script, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
