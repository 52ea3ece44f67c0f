// The live socket of the JavaScript client, without a socket: what the cases can't bring about at will.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { limits, Machine, Rows } from '../../clients/js/dist/index.js';

const said = (frame) => JSON.stringify(frame);
const hello = (more = {}) => said({ type: 'hello', member: 3, position: 10, history: 'h1', max_message_bytes: 2000, max_subscriptions: 64, ...more });
const problem = { title: 't', status: 403, code: 'own_work', detail: 'd', zh: 'z', en: 'e' };
const busy = { ...problem, status: 503, code: 'busy' };
const sent = (effects) => effects.flatMap((e) => (e.do === 'send' ? e.text.split('\n').map((line) => JSON.parse(line)) : []));
const told = (effects) => effects.flatMap((e) => (e.do === 'told' ? [e.frame] : []));
const post = (id, text = 'hi') => ({ id, command: 'channel.post', target: 'channel/5', data: { text } });

function connected(now = 0) {
  const m = new Machine(3, () => 1);
  assert.deepEqual(m.start(now), [{ do: 'connect' }]);
  m.received(now, hello());
  assert.equal(m.phase, 'live');
  return m;
}

/** Subscribed, and its ping answered. */
function open(m, feed, since) {
  const [ping] = sent(m.subscribe(feed, since));
  m.received(1, said({ type: 'pong', n: ping.n }));
}

const snapshot = (feed, position) => said({ type: 'snapshot', feed, position, data: {} });
const events = (feed, position) => said({ type: 'events', feed, position, events: [{ position }] });

describe('feeds', () => {
  it('are asked for behind a ping, and from their last position after a reconnect', () => {
    const m = new Machine(3, () => 1);
    m.subscribe('board');
    m.start(0);
    assert.deepEqual(sent(m.received(0, hello())), [{ type: 'ping', n: 1 }, { type: 'subscribe', feed: 'board' }]);
    m.received(1, `${said({ type: 'pong', n: 1 })}\n${snapshot('board', 10)}\n${events('board', 14)}`);
    m.closed(3, 1012);
    m.nudge(4);
    assert.deepEqual(sent(m.received(5, hello()))[1], { type: 'subscribe', feed: 'board', after: 14, history: 'h1' });
  });

  it('begin anew at every connection where that is wanted', () => {
    const m = connected();
    open(m, 'inbox', 'anew');
    m.received(1, snapshot('inbox', 10));
    assert.deepEqual(sent(m.refresh('inbox'))[2], { type: 'subscribe', feed: 'inbox' });
    m.received(2, said({ type: 'pong', n: 2 }));
    m.received(2, snapshot('inbox', 11));
    m.closed(3, 1012);
    m.nudge(4);
    assert.deepEqual(sent(m.received(5, hello()))[1], { type: 'subscribe', feed: 'inbox' });
  });

  it('begin anew where the log at the other end is another one', () => {
    for (const [before, after, resumes] of [['h1', 'h1', true], ['h1', 'h2', false], ['h1', undefined, false], [undefined, 'h1', false], [undefined, undefined, true]]) {
      const m = new Machine(3, () => 1);
      const answer = (at, n) => m.received(at, `${said({ type: 'pong', n })}\n${snapshot('board', 10 - n)}`);
      m.subscribe('board');
      m.start(0);
      m.received(0, hello({ history: before }));
      answer(1, 1);
      m.closed(2, 1012);
      m.nudge(3);
      const known = { after: 9, ...(before ? { history: before } : {}) };
      assert.deepEqual(sent(m.received(4, hello({ history: after })))[1], { type: 'subscribe', feed: 'board', ...(resumes ? known : {}) });
      // What is told from here on is of the new one.
      answer(5, 2);
      m.closed(6, 1012);
      m.nudge(7);
      assert.equal(sent(m.received(8, hello({ history: after })))[1].after, 8);
    }
  });

  it('go on after a position from any history where none is named', () => {
    const m = connected();
    assert.deepEqual(sent(m.subscribe('audit', { history: null, position: 3 }))[1], { type: 'subscribe', feed: 'audit', after: 3 });
    assert.deepEqual(sent(m.subscribe('board', { history: 'h0', position: 3 }))[1], { type: 'subscribe', feed: 'board' });
  });

  it('that were given up say nothing more', () => {
    const m = connected();
    open(m, 'board');
    m.received(1, snapshot('board', 10));
    assert.deepEqual(sent(m.unsubscribe('board')), [{ type: 'unsubscribe', feed: 'board' }]);
    assert.deepEqual(m.received(2, events('board', 11)), []);
  });

  it('pass over what is of the subscription before', () => {
    const m = connected();
    open(m, 'board');
    m.received(1, snapshot('board', 10));
    const [, ping, again] = sent(m.refresh('board'));
    assert.deepEqual(again, { type: 'subscribe', feed: 'board' });
    assert.deepEqual(told(m.received(2, events('board', 12))), []);
    m.received(3, said({ type: 'pong', n: ping.n }));
    // Nor is what happened anything to begin with.
    assert.deepEqual(told(m.received(4, events('board', 13))), []);
    assert.equal(told(m.received(5, snapshot('board', 13))).length, 1);
    assert.equal(told(m.received(6, events('board', 14))).length, 1);
  });

  it('rest where nobody takes them, over a reconnect too, and go on after what was taken', () => {
    const m = connected();
    open(m, 'audit', { history: 'h1', position: 3 });
    m.received(2, events('audit', 5));
    assert.deepEqual(sent(m.pause('audit', 4)), [{ type: 'unsubscribe', feed: 'audit' }]);
    assert.deepEqual(told(m.received(3, events('audit', 6))), []);
    m.closed(4, 1012);
    m.nudge(5);
    assert.deepEqual(sent(m.received(6, hello())), []);
    assert.deepEqual(sent(m.goOn('audit'))[1], { type: 'subscribe', feed: 'audit', after: 4, history: 'h1' });
  });

  it('that ended, or mean nothing, are not asked for again', () => {
    const m = connected();
    open(m, 'channel/5');
    assert.equal(told(m.received(1, said({ type: 'ended', feed: 'channel/5', problem }))).length, 1);
    open(m, 'nonsense');
    const bad = { ...problem, status: 404, code: 'bad_feed' };
    assert.deepEqual(told(m.received(2, said({ type: 'error', problem: bad }))), [{ type: 'ended', feed: 'nonsense', problem: bad }]);
    m.closed(3, 1006);
    m.nudge(4);
    assert.deepEqual(sent(m.received(5, hello())), []);
  });

  it('are asked for again after a while where the server was too busy', () => {
    const m = connected();
    open(m, 'board');
    assert.deepEqual(told(m.received(10, said({ type: 'ended', feed: 'board', problem: { ...busy, status: 429, retry_after: 3 } }))), []);
    assert.equal(m.wakeAt, 10 + 2 * 3000);
    assert.deepEqual(sent(m.tick(m.wakeAt))[1], { type: 'subscribe', feed: 'board' });
  });
});

describe('commands', () => {
  it('go out again with the same id until they are answered', () => {
    const m = connected();
    assert.deepEqual(sent(m.command(post('a'))), [{ type: 'command', ...post('a') }]);
    m.command(post('b'));
    const ack = { type: 'ack', id: 'b', position: 11, stream: 'channel/5', version: 2, events: 1 };
    assert.deepEqual(m.received(1, said(ack)), [{ do: 'acked', id: 'b', ack }]);
    m.closed(2, 1006);
    assert.deepEqual(m.command(post('c')), []);
    m.nudge(3);
    assert.deepEqual(sent(m.received(4, hello())).map((c) => c.id), ['a', 'c']);
    assert.deepEqual(m.received(5, said({ type: 'reject', id: 'a', problem })), [{ do: 'refused', id: 'a', problem }]);
    assert.deepEqual(m.received(6, said({ type: 'reject', id: 'a', problem })), []);
  });

  it('go out again after a while where a busy server took nothing', () => {
    const m = connected();
    m.command(post('a'));
    assert.deepEqual(m.received(10, said({ type: 'reject', id: 'a', problem: busy })), []);
    assert.equal(m.wakeAt, 10 + 2 * limits.heldFor);
    assert.deepEqual(m.tick(m.wakeAt - 1), []);
    assert.deepEqual(sent(m.tick(m.wakeAt)), [{ type: 'command', ...post('a') }]);
    assert.equal(m.wakeAt, 10 + limits.quiet);
    m.received(20, said({ type: 'reject', id: 'a', problem: busy }));
    m.closed(30, 1012);
    m.nudge(40);
    assert.deepEqual(sent(m.received(50, hello())), [{ type: 'command', ...post('a') }]);
  });

  it('are bounded, in size and in number', () => {
    const m = new Machine(3, () => 1);
    m.start(0);
    for (let i = 0; i < limits.pending; i++) assert.deepEqual(m.command(post(`${i}`)), []);
    assert.equal(m.command(post('more'))[0].problem.code, 'too_many');
    assert.equal(connected().command(post('a', '界'.repeat(700)))[0].problem.code, 'too_large');
  });

  it('never go out in the name of somebody else, nor once the session is over', () => {
    for (const end of [(m) => (m.closed(1, 1006), m.nudge(2), m.received(3, hello({ member: 4 }))), (m) => m.closed(1, 4001)]) {
      const m = connected();
      m.command(post('a'));
      const effects = end(m);
      assert.deepEqual(sent(effects), []);
      assert.deepEqual(effects.map((e) => e.do), ['close', 'refused']);
      assert.equal(m.phase, 'logged_out');
      assert.equal(m.wakeAt, null);
    }
  });
});

describe('the connection', () => {
  it('is tried again ever more slowly, and asks whether the session holds', () => {
    const m = new Machine(3, () => 0);
    m.start(0);
    let now = 0;
    let before = 0;
    for (let i = 0; i < 12; i++) {
      assert.deepEqual(m.closed(now, 1006), [{ do: 'probe' }]);
      const wait = m.wakeAt - now;
      assert(wait >= before && wait <= limits.backoffMost);
      before = wait;
      assert.deepEqual(m.tick(m.wakeAt - 1), []);
      now = m.wakeAt;
      assert.deepEqual(m.tick(now), [{ do: 'connect' }]);
    }
    assert.equal(before, limits.backoffMost / 2);
  });

  it('starts over with the first wait once it has held', () => {
    const m = connected(0);
    m.attempts = 7;
    m.closed(limits.steady, 1012);
    assert.equal(m.attempts, 0);
    assert.equal(m.wakeAt - limits.steady, limits.backoffFirst);
  });

  it('is given up when the server is silent, says no hello, or what is not JSON', () => {
    const silent = connected(0);
    assert.deepEqual(sent(silent.tick(limits.quiet)), [{ type: 'ping', n: 1 }]);
    silent.received(limits.quiet + 5, said({ type: 'pong', n: 1 }));
    assert.equal(silent.wakeAt, limits.quiet + 5 + limits.quiet);
    silent.tick(silent.wakeAt);
    assert.deepEqual(silent.tick(silent.wakeAt), [{ do: 'close' }]);
    assert.equal(silent.phase, 'waiting');
    const mute = new Machine(3, () => 1);
    mute.start(0);
    assert.deepEqual(mute.tick(limits.handshake), [{ do: 'close' }, { do: 'probe' }]);
    assert.deepEqual(connected().received(1, 'what?'), [{ do: 'close' }]);
  });
});

describe('rows', () => {
  it('of a page that was read beside the feed neither go back nor come back', () => {
    const rows = new Rows();
    const row = (id, version = 1) => ({ id, version });
    rows.reset([row(1)]);
    rows.put([row(2, 7)]);
    rows.drop([3]);
    rows.add([row(2, 6), row(3, 4), row(4)]);
    assert.deepEqual(rows.all, [row(1), row(2, 7), row(4)]);
    rows.reset([row(3, 4)]);
    rows.add([row(1)]);
    assert.deepEqual(rows.all, [row(1), row(3, 4)]);
  });
});
