import { describe, expect, it } from 'vitest';
import type { Page } from '@client/types';

import { Offers, type Offer } from '../src/lib/state/offers.svelte';
import { homeOf, parse } from '../src/lib/state/places';

const page = (...allowed: string[]): Page<Offer> => ({
  position: 1, items: ['task.assign', 'cycle.plan'].map((command) => ({ command, clause: 'S', allowed: allowed.includes(command) })),
});

describe('what one may begin', () => {
  it('is the server’s word, offered once it was said, and asked of a project when it is looked at', async () => {
    const asked: number[] = [];
    const offers = new Offers((project) => (asked.push(project), Promise.resolve(page(...(project ? ['task.assign'] : ['cycle.plan'])))));
    expect(offers.may('cycle.plan')).toBe(false);
    await offers.again();
    expect([offers.may('cycle.plan'), offers.may('task.assign'), offers.may('task.assign', 3), offers.may('unheard.of')]).toEqual([true, false, false, false]);
    await Promise.resolve().then(() => Promise.resolve());
    expect([offers.may('task.assign', 3), asked]).toEqual([true, [0, 3]]);
    await offers.again();
    expect(asked).toEqual([0, 3, 0, 3]);
  });

  it('is what was asked last, in whatever order the answers come', async () => {
    const answers: ((p: Page<Offer>) => void)[] = [];
    const offers = new Offers(() => new Promise((done) => answers.push(done)));
    const [first, second] = [offers.again(), offers.again()];
    answers[1]!(page('task.assign'));
    answers[0]!(page('cycle.plan'));
    await Promise.all([first, second]);
    expect([offers.may('task.assign'), offers.may('cycle.plan')]).toEqual([true, false]);
  });
});

describe('an address', () => {
  it('names a message or a day of a channel', () => {
    expect(parse('#/channel/5/message/123')).toEqual({ at: 'channel', id: 5, message: 123 });
    expect(parse('#/channel/5/day/2026-11-20?x=1')).toEqual({ at: 'channel', id: 5, day: '2026-11-20' });
    for (const odd of ['#/channel/5/message/0', '#/channel/5/message/x', '#/channel/5/day/today', '#/channel/5/else/1', '#/channel/5']) expect(parse(odd)).toEqual({ at: 'channel', id: 5 });
  });

  it('that names no place leads to what one works with', () => {
    for (const none of ['', '#', '#/', '#/channel/x']) expect(parse(none)).toEqual({ at: 'home' });
    for (const roles of [['OM'], ['SP'], ['DA'], ['HR', 'SP']]) expect(homeOf(roles)).toEqual({ at: 'board', task: null });
    for (const roles of [['SL'], ['HR'], ['RQ'], ['AU'], ['AD'], []]) expect(homeOf(roles)).toEqual({ at: 'inbox' });
  });
});
