// A folder made by an older build opens, verifies, and says what it said.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Room } from './room.mjs';

const older = fileURLToPath(new URL('older/', import.meta.url));
const position = 49022;
const fields = {
  tasks: ['title', 'standard', 'due', 'to', 'by', 'department', 'priority', 'status', 'percent', 'project', 'strategy'],
  requests: ['name', 'status', 'created_by', 'created_at'],
  projects: ['name', 'status', 'created_at'],
  appraisals: ['name', 'status', 'employee', 'evaluator', 'result', 'grade', 'appeal_until'],
  incentives: ['status', 'created_at'],
  elections: ['name', 'status', 'created_at'],
  cycles: ['name', 'status', 'schedule'],
  indicators: ['name', 'status'],
  analyses: ['name', 'status'],
  strategies: ['name', 'status'],
  proposals: ['name', 'status'],
  channels: ['name', 'description', 'visibility', 'archived'],
  members: ['name', 'login', 'department', 'roles', 'superior', 'status'],
};

let home;
let said;
before(() => {
  home = mkdtempSync(join(tmpdir(), 'opsroom-older-'));
  const taken = spawnSync('tar', ['xJf', join(older, 'year.tar.xz'), '-C', home]);
  assert.equal(taken.status, 0, String(taken.stderr));
  said = JSON.parse(spawnSync('xz', ['-dc', join(older, 'says.json.xz')], { maxBuffer: 1 << 26 }).stdout);
});
after(() => rmSync(home, { recursive: true, force: true }));

const rows = async (room, who, list) => {
  const found = [];
  for (let cursor = ''; ; ) {
    const sort = ['members', 'channels'].includes(list) ? '' : '&sort=id';
    const page = await room.get(who, `${list}?limit=200&as_of=${position}${sort}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    assert.ok(page.items, JSON.stringify(page));
    for (const item of page.items) if (!item.improvement) found.push([item.id, ...fields[list].map((f) => item[f] ?? null)]);
    if (!page.next) return found;
    cursor = page.next;
  }
};

test('the year of 8bd63f9 opens, says the same and verifies, again after a restart', async () => {
  const readers = Object.keys(said);
  const room = await Room.make_on(join(home, 'year'), ...readers, 'audit');
  try {
    for (const restarted of [false, true]) {
      if (restarted) {
        await room.server.kill('SIGTERM');
        await room.server.start();
      }
      for (const who of readers)
        for (const list of Object.keys(fields)) assert.deepEqual(await rows(room, who, list), said[who][list], `${who}: ${list}`);
    }
    assert.match(room.ok('audit', 'log', 'verify'), /49,?0\d\d|49,?\d\d\d/);
  } finally {
    await room.remove();
  }
});
