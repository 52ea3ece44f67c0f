import { describe, expect, it } from 'vitest';
import type { Envelope } from '@client/types';

import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { chosenIn, schema } from '../src/lib/state/schema.svelte';
import { difference } from '../src/lib/text/decimal';
import { happened, told, wordsOf } from '../src/lib/text/happened';
import { marked } from '../src/lib/text/marked';
import { isShared, kindName, statusName, statusTone, stepName, titleOf } from '../src/lib/text/names';
import { money, size } from '../src/lib/text/size';
import { described } from './support/schema';

schema.take(described);

const name = (m: number) => `M${m}`;
const event = (type: string, data: Record<string, unknown>): Envelope => ({
  position: 1, stream: 'x/1', version: 1, type, time: '2026-11-24T00:00:00Z', actor: 1, causation: '', clause: '', data,
});

describe('names', () => {
  it('that somebody else has, too, are known, written in whichever way', () => {
    const people = [{ name: '孙悦 Sun Yue' }, { name: '孙悦' }, { name: 'SUN  yue' }, { name: 'emma' }, { name: null }];
    expect(people.map((p) => isShared(p, people))).toEqual([true, true, true, false, false]);
  });

  it('are those of the schema, of every status, in both languages', () => {
    for (const t of [zh, en]) {
      for (const kind of described.kinds) {
        for (const s of kind.statuses) expect(statusName(t, kind.name, s.name), `${kind.name} ${s.name}`).toBe(s.label[t.language]);
        expect(statusName(t, kind.name, 'absent')).toBe(t.flows.flow.absent);
      }
    }
    expect(statusName(zh, 'appraisal', 'opened')).not.toBe(statusName(zh, 'election', 'opened'));
    expect([statusTone('request', 'approved'), statusTone('request', 'rejected'), statusTone('task', 'blocked'), statusTone('request', 'draft')]).toEqual(['good', 'bad', 'bad', '']);
  });

  it('of choices are found wherever in a kind the choice is made', () => {
    expect([chosenIn('project', 'health', 'caution'), chosenIn('request', 'recommends', 'pass')].map((c) => [c.label.en, c.colour])).toEqual([['Needs attention', 'warn'], ['Approve', 'good']]);
    expect(chosenIn('project', 'kind', 'minutes').label).toEqual({ zh: '会议纪要', en: 'Minutes' });
    expect(chosenIn('project', 'unheard_of', 'x').label).toEqual({ zh: 'x', en: 'x' });
  });

  it('of steps are what is to be done; of a verdict, on what is decided', () => {
    expect([stepName(en, 'request.convene'), stepName(en, 'request.pass'), stepName(zh, 'request.pass')]).toEqual(['Convene assessors', 'Decide on the request', '裁决需求申请']);
    // A project is decided on three times over.
    expect([stepName(en, 'project.approve_charter'), stepName(zh, 'project.seal')]).toEqual(['Decide on the project: Charter pending approval', '裁决项目：归档待审']);
  });

  it('of what waits say whom it is about', () => {
    expect(titleOf({ t: en, name }, 'appraisal', '2026 Q4', 3)).toBe('Appraisal 2026 Q4 · M3');
    expect(titleOf({ t: en, name }, 'incentive', 'bonus', 3)).toBe('Bonus · M3');
    expect(titleOf({ t: en, name }, 'project', 'Points', undefined)).toBe('Points');
  });

  it('of what somebody is told need the type of the event alone', () => {
    for (const t of [zh, en]) {
      for (const type of described.kinds.flatMap((k) => k.events)) expect(told(t, type.type)).toBe(type.label[t.language]);
      expect(told(t, 'something.new.v1')).toBe(t.inbox.decided);
    }
    expect(told(en, 'task.reassigned.v9')).toBe('reassigned the task');
  });

  it('of events are sentences; of an unknown one, its type', () => {
    const say = (type: string, data = {}) => happened(event(type, data), { t: en, name, day: (d) => d, moment: (m) => m, department: (d) => d, role: (r) => r, thing: (kind, id) => `${kindName(en, kind)} ${id}` });
    expect(say('request.convened.v1', { assessors: [2, 3], until: '2026-12-01' })).toBe('convened M2, M3, with opinions due by 2026-12-01');
    expect(say('analysis.handled.v1', { look: 2, outcome: 'watch' })).toBe('handled the finding of run 2: Keep watching');
    expect(say('strategy.superseded.v1', { by: 7 })).toBe('replaced this version with Strategy 7');
    expect(say('task.assigned.v1', { to: 3, due: '2026-12-01' })).toBe('assigned the task to M3, due 2026-12-01');
    expect(say('something.new.v1')).toBe('something.new.v1');
    expect(wordsOf(event('analysis.corrected.v1', { reason: 'Counted twice', finding: { observed: 'Fell' } }))).toBe('Counted twice');
    expect(wordsOf(event('project.charter_returned.v1', { reason: 'Too short' }))).toBe('Too short');
    expect(wordsOf(event('task.blocked.v1', { reason: { erased: true }, on: 0 }))).toBe('');
  });

  it('of amounts are short and exact', () => {
    expect([size(812), size(1_400_000), money(1_200_050, 'CNY', 'en-GB'), money(300_000, 'CNY', 'en-GB')]).toEqual(['812 B', '1.3 MB', '12,000.50 CNY', '3,000 CNY']);
  });
});

describe('the difference of two figures', () => {
  it('is exact, with its sign, however long they are', () => {
    const pairs: [string, string][] = [
      ['12.5', '9.8'], ['0.1', '0.3'], ['9007199254740993', '9007199254740994.01'], ['-1.50', '1.5'], ['2', '2.00'], ['0', '-0.05'], ['99.9', '100'],
    ];
    expect(pairs.map(([a, b]) => difference(a, b))).toEqual(['−2.7', '+0.2', '+1.01', '+3', '0', '−0.05', '+0.1']);
  });

  it('is not made up where one of them is no decimal', () => {
    expect([difference('', '1'), difference('1', 'many'), difference('1e3', '2'), difference('.5', '1')]).toEqual([null, null, null, null]);
  });
});

describe('what was searched for', () => {
  const hits = (text: string, query: string) => marked(text, query).filter((p) => p.hit).map((p) => p.text);

  it('is marked where it stands, and no text is lost', () => {
    expect(hits('The Points page, points twice', 'points page')).toEqual(['Points', 'page', 'points']);
    expect(hits('积分商城重构', '积分 重构')).toEqual(['积分', '重构']);
    expect(hits('one two three', '"two three"')).toEqual(['two three']);
    expect(marked('a <b> c', '<b').map((p) => p.text).join('')).toBe('a <b> c');
    expect(marked('plain', '')).toEqual([{ text: 'plain', hit: false }]);
  });
});
