import { describe, expect, it } from 'vitest';

import { limits, Machine, type Effect } from '../src/lib/wire/machine';

const hello = JSON.stringify({ type: 'hello', member: 3, position: 10, protocol: 'opsroom.v1.json', max_message_bytes: 2000, max_subscriptions: 64 });
const problem = { type: 'urn:opsroom:problem:own_work', title: 't', status: 403, code: 'own_work', detail: 'd', zh: 'z', en: 'e' };

function sent(effects: Effect[]): unknown[] {
  return effects.flatMap((e) => (e.do === 'send' ? [JSON.parse(e.text)] : []));
}

function post(id: string, text = 'hi') {
  return { id, command: 'channel.post', target: 'channel/5', data: { text } };
}

function connected(now = 0): Machine {
  const m = new Machine(3, () => 1);
  expect(m.start(now)).toEqual([{ do: 'connect' }]);
  m.received(now, hello);
  expect(m.phase).toBe('live');
  return m;
}

describe('feeds', () => {
  it('are asked for once the server has said hello, and from their last position after a reconnect', () => {
    const m = new Machine(3, () => 1);
    m.subscribe('board', true);
    m.subscribe('inbox', false);
    m.start(0);
    expect(sent(m.received(0, hello))).toEqual([
      { type: 'subscribe', feed: 'board' },
      { type: 'subscribe', feed: 'inbox' },
    ]);
    m.received(1, JSON.stringify({ type: 'snapshot', feed: 'board', position: 10, data: {} }));
    m.received(2, `${JSON.stringify({ type: 'events', feed: 'board', position: 14, events: [] })}\n${JSON.stringify({ type: 'snapshot', feed: 'inbox', position: 14, data: {} })}`);
    m.closed(3, 1012);
    m.nudge(4);
    expect(sent(m.received(5, hello))).toEqual([
      { type: 'subscribe', feed: 'board', after: 14 },
      { type: 'subscribe', feed: 'inbox' },
    ]);
  });

  it('begin anew where the log at the other end is another one', () => {
    const of = (history?: string) => JSON.stringify({ ...JSON.parse(hello), ...(history ? { history } : {}) });
    for (const [before, after, resumes] of [['h1', 'h1', true], ['h1', 'h2', false], ['h1', undefined, false], [undefined, 'h1', false], [undefined, undefined, true]] as const) {
      const m = new Machine(3, () => 1);
      m.subscribe('board', true);
      m.start(0);
      m.received(0, of(before));
      m.received(1, JSON.stringify({ type: 'snapshot', feed: 'board', position: 10, data: {} }));
      m.closed(2, 1012);
      m.nudge(3);
      const asked = sent(m.received(4, of(after)))[0];
      const known = { type: 'subscribe', feed: 'board', after: 10, ...(before ? { history: before } : {}) };
      expect(asked).toEqual(resumes ? known : { type: 'subscribe', feed: 'board' });
      // What is told from here on is of the new one.
      m.received(5, JSON.stringify({ type: 'snapshot', feed: 'board', position: 4, data: {} }));
      m.closed(6, 1012);
      m.nudge(7);
      expect(sent(m.received(8, of(after)))[0]).toMatchObject({ after: 4 });
    }
  });

  it('that ended are not asked for again', () => {
    const m = connected();
    m.subscribe('channel/5', true);
    expect(m.received(1, JSON.stringify({ type: 'ended', feed: 'channel/5', problem }))).toHaveLength(1);
    m.closed(2, 1006);
    m.nudge(3);
    expect(sent(m.received(4, hello))).toEqual([]);
  });

  it('that were given up say nothing more', () => {
    const m = connected();
    m.subscribe('channel/5', true);
    expect(sent(m.unsubscribe('channel/5'))).toEqual([{ type: 'unsubscribe', feed: 'channel/5' }]);
    expect(m.received(1, JSON.stringify({ type: 'events', feed: 'channel/5', position: 11, events: [] }))).toEqual([]);
  });
});

describe('commands', () => {
  it('go out again with the same id until they are answered', () => {
    const m = connected();
    expect(sent(m.command(post('a')))).toEqual([{ type: 'command', ...post('a') }]);
    m.command(post('b'));
    const ack = { type: 'ack', id: 'b', position: 11, stream: 'channel/5', version: 2, events: 1 };
    expect(m.received(1, JSON.stringify(ack))).toEqual([{ do: 'acked', id: 'b', ack }]);
    m.closed(2, 1006);
    expect(m.command(post('c'))).toEqual([]);
    m.nudge(3);
    expect(sent(m.received(4, hello))).toEqual([
      { type: 'command', ...post('a') },
      { type: 'command', ...post('c') },
    ]);
    expect(m.received(5, JSON.stringify({ type: 'reject', id: 'a', problem }))).toEqual([{ do: 'refused', id: 'a', problem }]);
    expect(m.received(6, JSON.stringify({ type: 'reject', id: 'a', problem }))).toEqual([]);
  });

  it('go out again after a while where a busy server took nothing', () => {
    const m = connected();
    m.command(post('a'));
    const busy = { ...problem, status: 503, code: 'busy' };
    expect(m.received(10, JSON.stringify({ type: 'reject', id: 'a', problem: busy }))).toEqual([]);
    expect(m.wakeAt).toBe(10 + 2 * limits.heldFor);
    expect(m.tick(m.wakeAt! - 1)).toEqual([]);
    expect(sent(m.tick(m.wakeAt!))).toEqual([{ type: 'command', ...post('a') }]);
    expect(m.wakeAt).toBe(10 + limits.quiet);
    m.received(20, JSON.stringify({ type: 'reject', id: 'a', problem: busy }));
    m.closed(30, 1012);
    m.nudge(40);
    expect(sent(m.received(50, hello))).toEqual([{ type: 'command', ...post('a') }]);
  });

  it('that are too large never reach the socket', () => {
    const m = connected();
    const [effect] = m.command(post('a', '界'.repeat(700)));
    expect(effect).toMatchObject({ do: 'refused', id: 'a', problem: { code: 'too_large' } });
  });

  it('are bounded while there is no connection', () => {
    const m = new Machine(3, () => 1);
    m.start(0);
    for (let i = 0; i < limits.pending; i++) expect(m.command(post(`${i}`))).toEqual([]);
    expect(m.command(post('more'))).toMatchObject([{ do: 'refused', problem: { code: 'too_many' } }]);
  });

  it('never go out in the name of somebody else', () => {
    const m = connected();
    m.command(post('a'));
    m.closed(1, 1006);
    m.nudge(2);
    const effects = m.received(3, hello.replace('"member":3', '"member":4'));
    expect(sent(effects)).toEqual([]);
    expect(effects).toMatchObject([{ do: 'close' }, { do: 'refused', id: 'a' }]);
    expect(m.phase).toBe('logged_out');
  });

  it('are refused when the session is over', () => {
    const m = connected();
    m.command(post('a'));
    expect(m.closed(1, 4001)).toMatchObject([{ do: 'close' }, { do: 'refused', id: 'a', problem: { code: 'session_ended' } }]);
    expect(m.phase).toBe('logged_out');
    expect(m.wakeAt).toBeNull();
  });
});

describe('the connection', () => {
  it('is tried again ever more slowly, and asks whether the session holds', () => {
    const m = new Machine(3, () => 0);
    m.start(0);
    let now = 0;
    let before = 0;
    for (let i = 0; i < 12; i++) {
      expect(m.closed(now, 1006)).toEqual([{ do: 'probe' }]);
      const wait = m.wakeAt! - now;
      expect(wait).toBeGreaterThanOrEqual(before);
      expect(wait).toBeLessThanOrEqual(limits.backoffMost);
      before = wait;
      expect(m.tick(m.wakeAt! - 1)).toEqual([]);
      now = m.wakeAt!;
      expect(m.tick(now)).toEqual([{ do: 'connect' }]);
    }
    expect(before).toBe(limits.backoffMost / 2);
  });

  it('starts over with the first wait once it has held', () => {
    const m = connected(0);
    m.attempts = 7;
    m.closed(limits.steady, 1012);
    expect(m.attempts).toBe(0);
    expect(m.wakeAt! - limits.steady).toBe(limits.backoffFirst);
  });

  it('is given up when the server is silent', () => {
    const m = connected(0);
    expect(sent(m.tick(limits.quiet))).toEqual([{ type: 'ping', n: 1 }]);
    m.received(limits.quiet + 5, '{"type":"pong","n":1}');
    expect(m.wakeAt).toBe(limits.quiet + 5 + limits.quiet);
    m.tick(m.wakeAt!);
    expect(m.tick(m.wakeAt!)).toEqual([{ do: 'close' }]);
    expect(m.phase).toBe('waiting');
  });

  it('is given up when no hello comes', () => {
    const m = new Machine(3, () => 1);
    m.start(0);
    expect(m.tick(limits.handshake)).toEqual([{ do: 'close' }, { do: 'probe' }]);
  });

  it('is given up on what is not JSON', () => {
    const m = connected();
    expect(m.received(1, 'what?')).toEqual([{ do: 'close' }]);
    expect(m.phase).toBe('waiting');
  });
});
