// A bot: who says "!open" is told what of theirs is open. `bot.mjs channel/1`
//
// Each answer has an id made of the message that it answers, so that a bot that is started again answers nothing twice.

import { idOf } from '@opsroom/client';

import { fromEnvironment } from './room.mjs';

const where = process.argv[2];
const [kind] = where.split('/');
const room = await fromEnvironment();
const talk = room.feed(where);
for await (const { type, events } of talk) {
  if (type === 'snapshot') console.log(`listening in ${where}`);
  for (const e of events) {
    if (!e.type.includes('.posted.') || e.data.text !== '!open' || e.actor === room.me.id) continue;
    const rows = await room.list('tasks', { assignee: e.actor, sort: 'due', open: true }).all();
    const text = rows.slice(0, 10).map((r) => `${r.due} #${r.id} ${r.title}`).join('\n');
    await room.command(`${kind}.post`, where, { text: text || '—' }, { id: idOf(talk.history, e.position) });
  }
}
