import { describe, expect, it } from 'vitest';

import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import {
  analysisStatuses, appraisalPath, appraisalStatuses, cyclePath, electionPath, incentiveStatuses, projectStatuses, requestStatuses, shownOn, strategyStatuses,
} from '../src/lib/state/flows';
import { difference } from '../src/lib/text/decimal';
import { happened, told, wordsOf } from '../src/lib/text/happened';
import { marked } from '../src/lib/text/marked';
import { isShared, kindName, statusName, titleOf } from '../src/lib/text/names';
import { money, size } from '../src/lib/text/size';
import type { Envelope } from '../src/lib/wire/types';

const name = (m: number) => `M${m}`;
const event = (type: string, data: Record<string, unknown>): Envelope => ({
  position: 1, stream: 'x/1', version: 1, type, time: '2026-11-24T00:00:00Z', actor: 1, causation: '', clause: '', data,
});

describe('names', () => {
  it('that somebody else has, too, are known, written in whichever way', () => {
    const people = [{ name: '孙悦 Sun Yue' }, { name: '孙悦' }, { name: 'SUN  yue' }, { name: 'emma' }, { name: null }];
    expect(people.map((p) => isShared(p, people))).toEqual([true, true, true, false, false]);
  });

  it('of every status are there, in both languages', () => {
    const all: [string, readonly string[]][] = [
      ['request', requestStatuses], ['project', projectStatuses], ['appraisal', [...appraisalStatuses, ...appraisalPath]], ['cycle', cyclePath],
      ['incentive', incentiveStatuses], ['election', electionPath], ['analysis', analysisStatuses], ['strategy', strategyStatuses],
    ];
    for (const t of [zh, en]) for (const [kind, statuses] of all) for (const s of statuses) expect(statusName(t, kind, s), `${kind} ${s}`).not.toBe(s);
    expect(statusName(zh, 'appraisal', 'opened')).not.toBe(statusName(zh, 'election', 'opened'));
    for (const kind of Object.keys(zh.strategies.status)) expect(Object.keys(en.strategies.status[kind]!)).toEqual(Object.keys(zh.strategies.status[kind]!));
    expect(Object.keys(en.appraisals.status)).toEqual(Object.keys(zh.appraisals.status));
    for (const kind of Object.keys(zh.appraisals.status)) expect(Object.keys(en.appraisals.status[kind]!)).toEqual(Object.keys(zh.appraisals.status[kind]!));
  });

  it('of what waits say whom it is about', () => {
    expect(titleOf({ t: en, name }, 'appraisal', '2026 Q4', 3)).toBe('Appraisal 2026 Q4 · M3');
    expect(titleOf({ t: en, name }, 'incentive', 'bonus', 3)).toBe('Bonus · M3');
    expect(titleOf({ t: en, name }, 'project', 'Points', undefined)).toBe('Points');
  });

  it('of what somebody is told need the type of the event alone', () => {
    for (const t of [zh, en]) {
      for (const type of [...Object.keys(t.told), 'member.roles_changed', 'request.passed']) {
        expect(told(t, `${type}.v1`)).not.toContain('.');
        expect(told(t, `${type}.v1`)).not.toBe(t.inbox.decided);
      }
      expect(told(t, 'something.new.v1')).toBe(t.inbox.decided);
    }
    expect(Object.keys(en.told)).toEqual(Object.keys(zh.told));
    expect(told(en, 'task.reassigned.v1')).toBe('gave it to somebody else');
    expect(told(en, 'appraisal.finalised.v2')).toBe('finalised it');
  });

  it('of events are sentences; of an unknown one, its type', () => {
    const say = (type: string, data = {}) => happened(event(type, data), { t: en, name, day: (d) => d, moment: (m) => m, department: (d) => d, role: (r) => r, thing: (kind, id) => `${kindName(en, kind)} ${id}` });
    expect(say('project.progress_reported.v1', { percent: 40, health: 'off_track' })).toBe('reported progress: 40%, off track');
    expect(say('request.convened.v1', { assessors: [2, 3], until: '2026-12-01' })).toBe('asked M2, M3 for their opinions by 2026-12-01');
    expect(say('election.decided.v1', { winners: [4] })).toBe('chose M4');
    expect(say('appraisal.evaluated.v1')).toBe('handed in the evaluation');
    expect(say('analysis.reported.v1', { look: 2, finding: { kind: 'problem' } })).toBe('reported what look 2 found: problem');
    expect(say('strategy.checked.v1', { number: 1, check: { standing: 'off_track' } })).toBe('checked its execution (1): off track');
    expect(say('strategy.conveyed.v1', { members: [2, 3], acknowledge_by: '2026-12-01' })).toBe('conveyed it to M2, M3, to acknowledge by 2026-12-01');
    expect(say('strategy.superseded.v1', { by: 7 })).toBe('superseded it by Strategy 7');
    expect(wordsOf(event('strategy.checked.v1', { check: { found: 'Half done' } }))).toBe('Half done');
    expect(wordsOf(event('analysis.corrected.v1', { reason: 'Counted twice', finding: { observed: 'Fell' } }))).toBe('Counted twice');
    expect(say('something.new.v1')).toBe('something.new.v1');
    expect(wordsOf(event('project.returned.v1', { reason: 'Too short' }))).toBe('Too short');
  });

  it('who has voted and who has not is nobody else’s business', () => {
    expect(shownOn({ command: 'election.vote', on: [1, 2, 3] }, 2)).toEqual([2]);
    expect(shownOn({ command: 'election.decide', on: [1, 2, 3] }, 2)).toEqual([1, 2, 3]);
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
