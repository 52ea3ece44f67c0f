// A Slack export as Slack writes it, and beside it what has to stand in the room once it has been imported.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const users = [
  { id: 'U1LINA', name: 'lina', real_name: 'Li Na', locale: 'zh-CN', profile: { real_name: 'Li Na', display_name: '李娜' } },
  { id: 'U2BOB', name: 'bob', profile: { real_name: 'Bob Stone', display_name: '' } },
  { id: 'U3CAROL', name: 'carol', deleted: true, profile: {} },
  { id: 'U4SILENT', name: 'silent', profile: { real_name: 'Says Nothing' } },
];
const names = { U1LINA: '李娜', U2BOB: 'Bob Stone', U3CAROL: 'carol', U9GONE: 'Gone Person' };

const start = Date.UTC(2024, 1, 26) * 1000;  // microseconds; a leap day is among what follows

export class Export {
  constructor(folder) {
    this.folder = folder;
    this.days = new Map();      // "general/2024-02-26" to its messages
    this.expected = new Map();  // channel to [at, author, topic, text]
    this.clock = start;
  }

  /** What Slack keeps; `said`: what is to be read, or null where nothing is. Its ts. */
  add(channel, raw, said) {
    this.clock += 7_000_123 + (this.clock % 997);
    const ts = `${Math.floor(this.clock / 1e6)}.${String(this.clock % 1e6).padStart(6, '0')}`;
    const day = `${channel}/${new Date(this.clock / 1000).toISOString().slice(0, 10)}`;
    if (!this.days.has(day)) this.days.set(day, []);
    this.days.get(day).push({ type: 'message', ts, ...(typeof raw === 'function' ? raw(ts) : raw) });
    if (!this.expected.has(channel)) this.expected.set(channel, []);
    if (said) this.expected.get(channel).push([this.clock, said.by ?? names[raw.user], said.topic ?? '', (said.text ?? raw.text).trim()]);
    return ts;
  }

  say(channel, user, text) {
    return this.add(channel, { user, text }, {});
  }

  /** As if the channel were called otherwise now: its folder, too. */
  rename(from, to) {
    for (const [day, messages] of [...this.days]) {
      if (!day.startsWith(`${from}/`)) continue;
      this.days.delete(day);
      this.days.set(day.replace(from, to), messages);
    }
  }

  sleep(hours) {
    this.clock += hours * 3_600_000_000;
  }

  get count() {
    return [...this.expected.values()].reduce((sum, all) => sum + all.length, 0);
  }

  write(channels, groups) {
    mkdirSync(this.folder, { recursive: true });
    const put = (name, value) => writeFileSync(join(this.folder, name), JSON.stringify(value, null, 4));
    put('users.json', users);
    put('channels.json', channels.map(([name, purpose]) => ({ id: `C${name}`, name, purpose: { value: purpose } })));
    put('groups.json', groups.map(([name, purpose]) => ({ id: `G${name}`, name, purpose: { value: purpose } })));
    for (const [day, messages] of this.days) {
      mkdirSync(join(this.folder, day.split('/')[0]), { recursive: true });
      put(`${day}.json`, messages);
    }
  }
}

/** Everything that is odd about one, in `channel`. */
export function odd_ones(e, channel) {
  const add = (raw, said) => e.add(channel, raw, said);
  add({ subtype: 'channel_join', user: 'U2BOB', text: '<@U2BOB> has joined the channel' }, null);
  // What turns the direction of writing is left out.
  add({ user: 'U1LINA', text: '大家早上好 ☀️ é \u202eעברית\u202c 👩‍👩‍👧' }, { text: '大家早上好 ☀️ é עברית 👩‍👩‍👧' });
  // Named before they first speak, and missing from users.json.
  add({ user: 'U2BOB', text: '<@U9GONE> and <@U1LINA>: see <https://a.example/?x=1&amp;y=2|the plan> &amp; <#C1|general>' },
    { text: '@Gone Person and @李娜: see the plan (https://a.example/?x=1&y=2) & #general' });
  add({ user: 'U9GONE', user_profile: { real_name: 'G. Person', display_name: 'Gone Person', name: 'gone' }, text: 'I am not in users.json' }, {});
  add({ user: 'U3CAROL', text: 'as it reads now', edited: { user: 'U3CAROL', ts: '1709000000.000000' } }, {});
  add({ user: 'U1LINA', text: 'a &lt;b&gt; &amp;lt; <!here> <!subteam^S1|@sales>\n```\ncode\t= 1\n```' },
    { text: 'a <b> &lt; @here @sales\n```\ncode\t= 1\n```' });

  const root = add((ts) => ({ user: 'U1LINA', text: '预算讨论：第一季度', thread_ts: ts, reply_count: 3 }), { by: '李娜', topic: '预算讨论：第一季度', text: '预算讨论：第一季度' });
  const answer = (raw, said) => add({ thread_ts: root, parent_user_id: 'U1LINA', ...raw }, { topic: '预算讨论：第一季度', ...said });
  answer({ user: 'U2BOB', text: 'agreed' });
  e.say(channel, 'U3CAROL', 'in between');
  e.sleep(30);  // so that the rest is in another day's file
  answer({ user: 'U9GONE', text: 'agreed' });
  answer({ user: 'U2BOB', subtype: 'thread_broadcast', text: 'told to everyone' });

  // The message that a thread hung on has been deleted.
  const gone = add({ subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.', hidden: true }, null);
  add({ user: 'U2BOB', text: 'an orphan', thread_ts: gone }, { topic: `thread ${gone}` });
  // What is too long for a topic.
  const long = `${'长'.repeat(70)}\nsecond line`;
  add((ts) => ({ user: 'U2BOB', text: long, thread_ts: ts }), { by: 'Bob Stone', topic: `${'长'.repeat(59)}…`, text: long });

  add({ subtype: 'bot_message', bot_id: 'B1', username: 'deploy', text: 'deployed <https://ci.example>' }, { by: 'deploy', text: 'deployed https://ci.example' });
  add({ bot_id: 'B2', bot_profile: { id: 'B2', name: 'Weather 天气' }, text: 'sunny' }, { by: 'Weather 天气' });
  add({ subtype: 'bot_message', bot_id: 'B1', username: 'deploy', text: '', attachments: [{ fallback: 'build 7 failed' }] }, { by: 'deploy', text: 'build 7 failed' });
  add({ user: 'U2BOB', text: 'look', files: [{ name: 'plan.pdf', url_private: 'https://f.example/1' }], upload: true },
    { text: 'look\n[plan.pdf] https://f.example/1' });
  add({ user: 'U2BOB', text: '' }, null);
  add({ subtype: 'me_message', user: 'U1LINA', text: 'waves' }, {});
  // The same said twice is said twice.
  for (let i = 0; i < 3; ++i) e.say(channel, 'U2BOB', '+1');
  add({ subtype: 'channel_topic', user: 'U2BOB', text: 'set the topic', topic: 'x' }, null);
  const endless = '运营部'.repeat(2500);  // 22,500 bytes
  add({ user: 'U1LINA', text: endless }, { text: endless.slice(0, 5461) });
  e.expected.get(channel).push([e.clock, '李娜', '', endless.slice(5461)]);
}
