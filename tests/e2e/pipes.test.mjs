// A data folder in which something is no file: a pipe would keep whoever opens it waiting for ever.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';

import { Room, bin } from './room.mjs';

const damaged = 11;
let room;

before(async () => {
  room = await Room.make('li.na');
  room.ok('li.na', 'channel', 'post', '1', 'something to keep');
  await room.server.kill('SIGTERM');
});
after(() => room?.remove());

function files_in(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files_in(path) : [path];
  });
}

test('each file of the folder as a pipe: one line that names it, and an exit code, at once', () => {
  const all = files_in(room.server.data);
  assert.ok(all.length > 20, String(all.length));
  for (const file of all) {
    renameSync(file, `${file}.aside`);
    assert.equal(spawnSync('mkfifo', [file]).status, 0);
    const ended = spawnSync(join(bin, 'opsroomd'), ['--data', room.server.data, '--listen-port', '0'], { encoding: 'utf8', timeout: 5_000 });
    rmSync(file);
    renameSync(`${file}.aside`, file);
    assert.equal(ended.status, damaged, `${relative(room.server.data, file)}: ${ended.signal} ${ended.stderr.slice(-300)}`);
    assert.ok(ended.stderr.split('\n').some((line) => line.startsWith('opsroomd: ') && line.includes(file)), ended.stderr);
  }
});
