// An audit follower: every event, a line each, appended to a file. Stopped and started again it goes on after the last line.
// `audit.mjs FILE`, as an auditor.

import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';

import { fromEnvironment } from './room.mjs';

const file = process.argv[2];

/** A line that was cut off while it was written is taken away: it is told again. */
function lastMark() {
  if (!existsSync(file)) return null;
  const whole = readFileSync(file);
  const kept = whole.subarray(0, whole.lastIndexOf('\n') + 1);
  if (kept.length < whole.length) truncateSync(file, kept.length);
  const last = kept.toString().trimEnd().split('\n').pop();
  return last ? JSON.parse(last).mark : null;
}

const room = await fromEnvironment('audit');
const schema = await room.schema();
const kept = lastMark();
for await (const { type, mark, events } of room.feed('audit', { since: kept ?? '0' /* from the very beginning */ })) {
  if (type === 'snapshot' && kept) throw new Error("this is another history than the file's: begin a new file");
  // Of a change that was cut off half way, the rest comes again: each event has a mark of its own.
  const history = mark.slice(0, mark.lastIndexOf(':'));
  if (events.length) appendFileSync(file, events.map((e) => `${JSON.stringify({ mark: `${history}:${e.position}`, ...e })}\n`).join(''));
  for (const e of events) console.log(e.position, e.time.slice(0, 19), schema.happened(e), e.stream);
}
