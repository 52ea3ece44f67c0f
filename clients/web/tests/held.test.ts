import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { problems, Refused } from '@client/problem';
import type { Ack } from '@client/types';

import { commandsOf, describe as describeCommand, isDecision } from '../src/lib/forms/commands';
import { besideIt, Held, type Verdict } from '../src/lib/state/held.svelte';
import { Looked, lookAtLeast, onlyFreshPresses } from '../src/lib/state/looked.svelte';
import { schema } from '../src/lib/state/schema.svelte';
import { described } from './support/schema';

schema.take(described);

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

class Browser {
  kept = new Map<string, string>();
  full = false;
  get length() {
    return this.kept.size;
  }
  key = (i: number) => [...this.kept.keys()][i] ?? null;
  getItem = (k: string) => this.kept.get(k) ?? null;
  removeItem = (k: string) => void this.kept.delete(k);
  setItem(k: string, v: string) {
    if (this.full) throw new Error('quota');
    this.kept.set(k, v);
  }
}

/** The server: it does what has one id once, and answers a retry as it did at first. */
class Server {
  done = new Map<string, Verdict>();
  reached = 0;
  away = false;
  refusal: Refused | null = null;
  send = (v: Verdict): Promise<Ack> => {
    if (this.away) return new Promise(() => {});
    this.reached++;
    if (this.refusal) return Promise.reject(this.refusal);
    this.done.set(v.id, v);
    return Promise.resolve({ type: 'ack', id: v.id, position: 9, stream: v.target, version: 4, events: 1 });
  };
}

function page(server: Server, browser: Browser, member = 3) {
  const refused: [string, string][] = [];
  const acked: Verdict[] = [];
  const held = new Held(
    member,
    { send: server.send, leave: (v) => void server.send(v).catch(() => {}), acked: (v) => acked.push(v), refused: (v, p) => refused.push([v.title, p.code]) },
    browser,
  );
  return { held, refused, acked };
}

const verdict = (n = 1) => ({ command: 'incentive.approve', target: `incentive/${n}`, expect: 3, data: { sha256: 'f' }, title: `Award ${n}` });
const wait = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

describe('a verdict that is held back', () => {
  it('is sent when its time is over and not before, once, and is then kept nowhere', async () => {
    const [server, browser] = [new Server(), new Browser()];
    const { held, acked } = page(server, browser);
    held.hold({ ...verdict(), draft: 'incentive.approve incentive/1' }, 6);
    expect(browser.kept.size).toBe(1);
    await wait(5.5);
    expect([server.done.size, held.secondsLeft(held.all[0]!)]).toEqual([0, 1]);
    await wait(1);
    expect([...server.done.values()]).toMatchObject([{ command: 'incentive.approve', expect: 3, data: { sha256: 'f' } }]);
    expect([acked.map((v) => v.draft), held.all.length, browser.kept.size]).toEqual([['incentive.approve incentive/1'], 0, 0]);
    await wait(60);
    expect(server.reached).toBe(1);
  });

  it('is never sent once it was taken back, the latest first', async () => {
    const [server, browser] = [new Server(), new Browser()];
    const { held } = page(server, browser);
    const undone = vi.fn();
    held.hold(verdict(1), 6, { undone });
    held.hold(verdict(2), 6);
    expect(held.undo()).toBe(true);
    expect(held.all.map((v) => v.target)).toEqual(['incentive/1']);
    expect([held.undo(), held.undo(), undone.mock.calls.length, browser.kept.size]).toEqual([true, false, 1, 0]);
    await wait(60);
    expect(server.reached).toBe(0);
  });

  it('waits while somebody is at it, and can’t be taken back on its way', async () => {
    const [server, browser] = [new Server(), new Browser()];
    const { held } = page(server, browser);
    held.hold(verdict(), 6);
    await wait(2);
    held.resting = true;
    await wait(100);
    expect([server.reached, held.secondsLeft(held.all[0]!)]).toEqual([0, 4]);
    held.resting = false;
    server.away = true;
    await wait(4.5);
    expect([held.undo(), held.of('incentive/1') !== undefined, held.of('incentive/2')]).toEqual([false, true, undefined]);
  });

  it.each(['the server hears it', 'nothing gets through', 'the page is killed'])('is neither lost nor doubled by leaving the page: %s', async (how) => {
    const [server, browser] = [new Server(), new Browser()];
    const first = page(server, browser);
    first.held.hold(verdict(), 6);
    await wait(1);
    server.away = how === 'nothing gets through';
    const [id] = [first.held.all[0]!.id];
    if (how !== 'the page is killed') first.held.leave();
    first.held.stop();
    server.away = false;
    const again = page(server, browser);
    again.held.adopt();
    await wait(20);
    again.held.adopt();
    await wait(1);
    expect([...server.done.keys()]).toEqual([id]);
    expect([again.held.all.length, browser.kept.size, again.refused]).toEqual([0, 0, []]);
  });

  it('is left to the page that holds it while that is there, and to its own person', async () => {
    const [server, browser] = [new Server(), new Browser()];
    const mine = page(server, browser);
    mine.held.hold(verdict(), 30);
    const beside = page(server, browser);
    const other = page(server, browser, 4);
    await wait(10);
    beside.held.adopt();
    await wait(60);
    other.held.adopt();
    expect([server.reached, beside.held.all.length, other.held.all.length]).toEqual([1, 0, 0]);
  });

  it('that is refused is told of, and gone; one that met the end of the login is kept', async () => {
    const [server, browser] = [new Server(), new Browser()];
    const { held, refused } = page(server, browser);
    server.refusal = new Refused(problems.odd);
    const told = vi.fn();
    held.hold(verdict(), 6, { refused: told });
    await wait(7);
    expect([refused, told.mock.calls.length, browser.kept.size]).toEqual([[['Award 1', 'odd_answer']], 1, 0]);
    server.refusal = new Refused(problems.ended);
    held.hold(verdict(2), 6);
    await wait(7);
    expect([refused.length, browser.kept.size]).toEqual([1, 1]);
  });

  it('that nobody could send for a week is not sent any more, and that is said', async () => {
    const [server, browser] = [new Server(), new Browser()];
    page(server, browser).held.hold(verdict(), 6);
    server.away = true;
    await wait(8 * 24 * 3600);
    server.away = false;
    const later = page(server, browser);
    later.held.adopt();
    expect([later.refused, browser.kept.size, server.reached]).toEqual([[['Award 1', 'too_old']], 0, 0]);
  });

  it('works where the browser keeps nothing, or nonsense, and says that it would be lost', async () => {
    const [server, browser] = [new Server(), new Browser()];
    for (const odd of ['{', 'null', '[]', '{"id":1}', '{"id":"x","command":"c","target":"t","title":"t","due":"soon","data":{}}']) browser.kept.set(`opsroom.held.3.${odd}`, odd);
    const { held } = page(server, browser);
    held.adopt();
    browser.full = true;
    held.hold(verdict(), 6);
    expect([held.all.length, held.wouldLose]).toEqual([1, true]);
    await wait(7);
    expect([server.reached, held.wouldLose]).toEqual([1, false]);
  });

  it('is every one that decides or can’t be taken back, in every flow', () => {
    for (const kind of ['task', 'request', 'project', 'appraisal', 'incentive', 'cycle', 'election', 'indicators', 'analysis', 'strategy', 'proposal']) {
      for (const command of commandsOf(kind)) {
        const d = describeCommand(command)!;
        const decides = /\.(pass|approve|accept|reject|return|clarify|seal|finalise|apply|publish|adopt|take_effect|announce|decide|cancel|end|discard|drop|withdraw|sign|fail|uphold|retire|confirm|close|open_voting|begin)/.test(`.${command.split('.')[1]}`);
        if (decides && command !== 'indicators.publish') expect([command, isDecision(d)]).toEqual([command, true]);
      }
    }
  });
});

describe('what is on the screen', () => {
  it('is decided on once it has been there for a second; a press before begins the second anew', async () => {
    const looked = new Looked();
    expect(looked.press()).toBe(false);
    looked.shows('incentive/1 3');
    for (let n = 0; n < 40; n++) {
      await vi.advanceTimersByTimeAsync(lookAtLeast / 3);
      expect(looked.press()).toBe(false);  // however long: a key that repeats decides on nothing
    }
    await vi.advanceTimersByTimeAsync(lookAtLeast);
    expect(looked.press()).toBe(true);
    looked.shows('incentive/1 4');
    expect(looked.press()).toBe(false);
    await vi.advanceTimersByTimeAsync(lookAtLeast);
    looked.shows('incentive/1 4');
    expect(looked.press()).toBe(true);
    looked.shows(null);
    await vi.advanceTimersByTimeAsync(lookAtLeast);
    expect(looked.press()).toBe(false);
    looked.stop();
  });

  it('is pressed by no key that is held down, while lines are still begun with one', () => {
    const stopped = (tagName: string, key: string, more = {}) => {
      let prevented = false;
      onlyFreshPresses({ key, repeat: true, ctrlKey: false, metaKey: false, target: { tagName }, preventDefault: () => (prevented = true), stopPropagation() {}, ...more } as unknown as KeyboardEvent);
      return prevented;
    };
    for (const at of ['BUTTON', 'A', 'BODY', 'SELECT', 'SUMMARY', 'INPUT']) expect(stopped(at, 'Enter'), at).toBe(true);
    expect([stopped('BUTTON', ' '), stopped('INPUT', ' '), stopped('TEXTAREA', 'Enter'), stopped('TEXTAREA', ' ')]).toEqual([true, false, false, false]);
    expect([stopped('TEXTAREA', 'Enter', { ctrlKey: true }), stopped('BUTTON', 'Enter', { repeat: false }), stopped('BUTTON', 'j')]).toEqual([true, false, false]);
  });
});

describe('what several do, each for themselves', () => {
  const confirmed = (version: number) => ({ version, type: 'appraisal.talk_confirmed.v1' });
  const beside = ['appraisal.talk_confirmed'];
  it('is sent for what is there now where nothing but that has happened since', () => {
    expect(besideIt({ version: 8, history: [{ version: 7, type: 'appraisal.talk_recorded.v1' }, confirmed(8)] }, 7, beside)).toBe(8);
  });
  it('is not where anything else has, or something that the reader may not see', () => {
    expect(besideIt({ version: 9, history: [confirmed(8), { version: 9, type: 'appraisal.talk_revised.v1' }] }, 7, beside)).toBeNull();
    expect(besideIt({ version: 9, history: [confirmed(8)] }, 7, beside)).toBeNull();
    expect(besideIt({ version: 7, history: [] }, 7, beside)).toBeNull();
  });
});
