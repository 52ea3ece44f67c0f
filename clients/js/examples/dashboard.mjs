// A dashboard in a terminal: how the work stands, what waits on you, what has just happened. `dashboard.mjs [--once]`

import { fromEnvironment } from './room.mjs';

const once = process.argv.includes('--once');
const room = await fromEnvironment();
const schema = await room.schema();
const [board, people, inbox] = await Promise.all(['board', 'directory', 'inbox'].map((name) => room.feed(name).ready()));
const latest = [];

function draw() {
  const counts = new Map();
  for (const { status } of board.rows.all) counts.set(status, (counts.get(status) ?? 0) + 1);
  const { total, tasks } = inbox.data;
  const lines = [`${room.me.name} · ${room.connected ? 'live' : '…'} · ${total + tasks} ←`, ''];
  for (const [status, n] of [...counts].sort((a, b) => b[1] - a[1])) lines.push(`${String(n).padStart(6)} ${schema.status('tasks', status)}`);
  console.log((once ? '' : '\x1b[H\x1b[2J') + [...lines, '', ...latest].join('\n'));
}

draw();
if (once) {
  await room.close();
} else {
  let soon = null; // what changes together is drawn once
  const change = () => (soon ??= setTimeout(() => ((soon = null), draw()), 100));
  const follow = async () => {
    for await (const { events } of board) {
      for (const e of events) latest.push(`${e.time.slice(11, 19)} ${people.rows.get(e.actor)?.name ?? '—'} ${schema.happened(e)} ${e.stream}`);
      latest.splice(0, latest.length - 8);
      change();
    }
  };
  const waits = async () => {
    for await (const _ of inbox) change();
  };
  await Promise.all([follow(), waits()]);
}
