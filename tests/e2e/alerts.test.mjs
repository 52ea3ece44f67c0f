// Early warning, through the real binaries (S2.3.4): a rule is tried on the past and switched on; what stands out in the figures is told once to
// those concerned, acknowledged, and over when the data are corrected; it goes on over a killed server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Collected, daily_orders, extras, orders_head, sleep, until } from './collected.mjs';
import { Room } from './room.mjs';

let room, data, people, collection, metric;
const day_of = (days_ago) => new Date(Date.now() + 8 * 3_600_000 - days_ago * 86_400_000).toISOString().slice(0, 10);
const first = 70;
/** Ten orders a day, fifteen at weekends, of 100.00 to 106.00; `low`: two alone on that day. */
function orders(low) {
  let text = orders_head;
  for (let ago = first; ago >= 1; --ago) {
    const day = day_of(ago);
    const weekend = [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
    const count = day === low ? 2 : weekend ? 15 : 10;
    for (let i = 0; i < count; ++i) text += `${day}-${i},${day},${i % 2 ? '小程序' : '门店'},${100 + ago % 3 * 3}.00\n`;
  }
  return text;
}
const rule = (more = {}) => ({ name: '日订单额过低', metric, period: 'day', condition: { method: 'threshold', least: '500' }, lasts: 1, over_after: 1, severity: 'critical',
  owner: people['wang.fang'], concerned: [people['noah']], extras, ...more });
/** The alerts that somebody is told of, or that wait for them, by number. */
const told = async (who) => (await room.get(who, 'inbox?limit=100')).items.map((i) => i.flow ?? i.notice).filter((i) => i?.what === 'alert').map((i) => i.id);

before(async () => {
  room = await Room.make('li.na', 'zhao.lei', 'wang.fang', 'noah');
  data = new Collected(room);
  people = Object.fromEntries(JSON.parse(room.ok('li.na', 'member', 'list', '-o', 'json')).map((m) => [m.login, m.id]));
  const source = await data.source('zhao.lei', people['zhao.lei']);
  collection = await data.plan('zhao.lei', 'li.na', daily_orders(source, people['zhao.lei']));
  metric = await data.metric('zhao.lei', 'li.na', { code: 'sales', name: { zh: '销售额', en: 'Sales' }, unit: '元', owner: people['zhao.lei'], formula: 'sum(amount)' });
});
after(() => room.remove());

test('a rule on a metric without data is tried, says so, and is not switched on [S2.3.4]', async () => {
  const made = await data.does('zhao.lei', 'alert_rule.draft', { form: rule() });
  const one = await data.settled('zhao.lei', 'alert_rules', 1, 'tried');
  assert.equal(one.backtest.from, undefined, JSON.stringify(one.backtest));
  const no = await data.refused('zhao.lei', 'alert_rule.enable', {}, made);
  assert.match(JSON.stringify(no), /no_past/);
  assert.match(JSON.stringify(await data.refused('zhao.lei', 'alert_rule.draft', { form: rule({ name: 'x', condition: { method: 'threshold' } }) })), /bad_condition.*(Limits take|固定界限)/);
});

let closed;
test('with data it is tried on them by itself, and says how often it would have given an alert [S2.3.4]', async () => {
  await data.deliver('zhao.lei', collection, day_of(first), day_of(1), orders(null));
  const one = await until(async () => {
    const seen = await room.get('zhao.lei', 'alert_rules/1');
    return seen.backtest?.from ? seen : null;
  }, async () => JSON.stringify(await room.get('zhao.lei', 'alert_rules/1')));
  assert.equal(one.status, 'tried');
  assert.equal(one.backtest.alerts, 0);
  assert.ok(one.backtest.periods > 60, JSON.stringify(one.backtest));
  const values = (await room.get('noah', `metrics/${metric}/values?grain=day&from=${day_of(20)}&until=${day_of(1)}`)).items;
  closed = values.filter((v) => v.state === 'closed').at(-1).from;
  const noisy = await data.does('wang.fang', 'alert_rule.draft', { form: rule({ name: '总是报警', condition: { method: 'change', from: 'previous', fall: 2 } }) });
  await data.settled('wang.fang', 'alert_rules', 2, 'tried');
  assert.match(JSON.stringify(await data.refused('wang.fang', 'alert_rule.enable', {}, noisy)), /too_noisy/);
  await data.does('wang.fang', 'alert_rule.discard', { reason: '太吵' }, noisy);
});

test('what stands out is told once, to the owner, to whom the rule names and to the manager [S2.3.4]', async () => {
  await data.does('zhao.lei', 'alert_rule.enable', { note: '可以' }, 'alert_rule/1');
  assert.equal((await room.get('noah', 'alerts')).items.length, 0);
  await data.deliver('zhao.lei', collection, day_of(first), day_of(1), orders(closed), { replaces: 1 });
  const one = await data.settled('noah', 'alerts', 1, 'firing');
  assert.equal(one.from, closed);
  assert.match(one.value, /^2\d\d\.00$/);
  assert.equal(one.low, '500.00');
  assert.equal(one.why.en, 'below 500.00');
  for (const who of ['wang.fang', 'noah', 'li.na', 'zhao.lei']) assert.ok((await told(who)).includes(1), `${who} is not told`);
  await sleep(2_500);  // it is looked at again, and nothing more comes of it
  assert.equal((await room.get('noah', 'alerts')).items.length, 1);
  assert.match(JSON.stringify(await data.refused('noah', 'alert.fire', { last: one.forms.fired.data.last }, 'alert/1')), /by_itself/);
});

test('acknowledged, over when the data are corrected, and rated [S2.3.4]', async () => {
  await data.does('wang.fang', 'alert.acknowledge', { note: '支付渠道中断，已联系' }, 'alert/1');
  await room.server.kill();
  await room.server.start();
  assert.equal((await room.get('noah', 'alerts/1')).status, 'acknowledged');
  await data.deliver('zhao.lei', collection, day_of(first), day_of(1), orders(null), { replaces: 2 });
  const over = await data.settled('noah', 'alerts', 1, 'resolved');
  assert.equal(over.how, 'restated');
  await data.does('wang.fang', 'alert.rate', { worth: 'useful' }, 'alert/1');
  assert.equal((await room.get('noah', 'alerts/1')).status, 'rated');
  assert.deepEqual((await room.get('noah', 'alert_rules/1')).alerts, [1]);
});

test('the members of a dimension are watched apart, and muted nobody is told [S2.3.4]', async () => {
  const made = await data.does('zhao.lei', 'alert_rule.draft', { form: rule({ name: '渠道销售额过低', by: 'channel', condition: { method: 'threshold', least: '400' } }) });
  await data.settled('zhao.lei', 'alert_rules', 3, 'tried');
  await data.does('zhao.lei', 'alert_rule.enable', {}, made);
  await data.does('zhao.lei', 'alert_rule.mute', { until: day_of(0), reason: '已知' }, made);
  await data.deliver('zhao.lei', collection, day_of(first), day_of(1), orders(closed), { replaces: 3 });
  const all = await until(async () => {
    const items = (await room.get('noah', 'alerts?limit=50')).items.filter((a) => a.rule === 3);
    return items.length === 2 ? items : null;
  }, async () => JSON.stringify((await room.get('noah', 'alerts?limit=50')).items));
  assert.deepEqual(all.map((a) => a.member).sort(), ['小程序', '门店'].sort());
  for (const a of all) assert.equal(a.quietly, 'muted');
  assert.deepEqual((await told('noah')).filter((id) => all.some((a) => a.id === id)), []);
  // A rule that is off has no open alerts.
  await data.does('zhao.lei', 'alert_rule.pause', { reason: '试' }, made);
  const ended = await data.settled('noah', 'alerts', all[0].id, 'rated');
  assert.equal(ended.how, 'unwatched');
});
