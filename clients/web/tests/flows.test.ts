import { describe, expect, it } from 'vitest';
import type { FlowDefinition, Kind, Step } from '@client/flows';
import type { Envelope } from '@client/types';

import { diagram } from '../src/lib/state/diagram';
import { sentBack } from '../src/components/kinds/appraisal/sent_back';
import { progressOn, timeByStatus, wayOf } from '../src/lib/state/flows';
import { entries, follow, isForPage, keysOf } from '../src/lib/state/inbox';
import { schema } from '../src/lib/state/schema.svelte';
import type { FlowWait, InboxItem, Task } from '../src/lib/wire/types';
import { described } from './support/schema';

schema.take(described);

const flow = (id: number, more: Partial<FlowWait> = {}): InboxItem => ({
  kind: 'flow', why: 'to_decide',
  flow: {
    what: 'request' as Kind, id, name: `r${id}`, status: 'in_assessment', command: 'request.pass', clause: 'S3.1.2', since: '2026-11-20T01:00:00Z', late: false,
    passed_up: false, in_place_of: 1, commands: [], ...more,
  },
});
const task = (id: number, due: string): InboxItem => ({ kind: 'task', why: 'to_start', task: { id, title: `t${id}`, due, overdue: false, changed_at: '2026-11-20' } as Task });

describe('the inbox', () => {
  it('is by due time, whatever it is that waits; what has no day comes last', () => {
    const list = entries([flow(1), task(5, '2026-11-26'), flow(2, { due: '2026-11-25' }), flow(3, { due: '2026-11-30' })], '2026-11-26', 1);
    expect(list.map((e) => e.name)).toEqual(['r2', 't5', 'r3', 'r1']);
    expect(list.map((e) => e.late)).toEqual([true, false, false, false]);
  });

  it('gives each verdict its key, and the others digits, what is awaited first', () => {
    const keys = keysOf(['project.cancel', 'project.reject_charter', 'project.clarify', 'project.approve_charter', 'project.return_charter'], 'project.approve_charter');
    expect(keys.map((k) => `${k.key} ${k.command.split('.')[1]}`)).toEqual(['p approve_charter', 'r return_charter', 'c clarify', 'x reject_charter', '1 cancel']);
    expect(keysOf(['request.convene', 'request.withdraw'], 'request.convene')[0]).toEqual({ key: '1', command: 'request.convene' });
    expect(keysOf(['project.seal', 'project.accept', 'unknown.thing'], 'project.accept').map((k) => k.key)).toEqual(['p', '1']);
  });

  it('has the verdicts on a strategy on their keys as well', () => {
    const keys = (commands: string[], awaited: string) => keysOf(commands, awaited).map((k) => `${k.key} ${k.command.split('.')[1]}`);
    expect(keys(['strategy.publish', 'strategy.return', 'strategy.discard'], 'strategy.publish')).toEqual(['p publish', 'r return', '1 discard']);
    expect(keys(['strategy.acknowledge'], 'strategy.acknowledge')).toEqual(['1 acknowledge']);
  });

  it('keeps the place in the list once what was chosen is done', () => {
    const list = entries([flow(1), flow(2), flow(3)], '2026-11-20', 1);
    expect(follow(list, list[1]!.key, 0)).toBe(1);
    expect(follow(list, 'gone', 1)).toBe(1);
    expect(follow(list, 'gone', 7)).toBe(2);
    expect(follow([], 'gone', 0)).toBe(-1);
  });

  it('leaves keys alone that are meant for a field or for the browser', () => {
    const plain = { ctrlKey: false, metaKey: false, altKey: false };
    expect(isForPage({ tagName: 'A' } as unknown as EventTarget, plain)).toBe(true);
    expect(isForPage({ tagName: 'TEXTAREA' } as unknown as EventTarget, plain)).toBe(false);
    expect(isForPage({ tagName: 'A' } as unknown as EventTarget, { ...plain, ctrlKey: true })).toBe(false);
  });
});

const step = (status: string, working_minutes: number, late = false): Step => ({ status, since: '', by: 1, working_minutes, late });

describe('steps', () => {
  it('add up over the times that a status was gone through', () => {
    expect(timeByStatus([step('active', 60), step('in_acceptance', 30, true), step('active', 5)])).toEqual([
      { status: 'active', minutes: 65, times: 2, late: false }, { status: 'in_acceptance', minutes: 30, times: 1, late: true },
    ]);
  });

  it('of a strategy leave out handing it in where that is nobody’s turn', () => {
    const way = (steps: Step[], on: number[]) => wayOf(schema.kind('strategy')!, { status: 'draft', steps, waits: [{ command: 'strategy.submit', on }] });
    expect(way([step('draft', 1)], [])).toEqual(['draft', 'published']);
    expect(way([step('draft', 1)], [2])).toEqual(['draft', 'submitted', 'published']);
    expect(way([step('draft', 1), step('submitted', 1)], [])).toEqual(['draft', 'submitted', 'published']);
  });

  it('show how far along the way it is, and where it left the way', () => {
    const is = (steps: Step[], status: string) => progressOn(schema.kind('project')!.usual_path, steps, status).filter((s) => s.is !== 'ahead').map((s) => `${s.status} ${s.is}`);
    expect(is([step('initiating', 1), step('charter_pending', 1)], 'charter_pending')).toEqual(['initiating past', 'charter_pending here']);
    expect(is([step('initiating', 1), step('cancelled', 1)], 'cancelled')).toEqual(['initiating past']);
  });
});

describe('a diagram', () => {
  const row = (command: string, from: string[], next?: string) => ({ command, in: from, may: [], never: [], ...(next ? { next } : {}) });
  const made = diagram({
    name: 'x', statuses: ['absent', 'a', 'b', 'c', 'd', 'e'], relations: [], limits: {}, versions: [],
    rows: [
      row('x.make', ['absent'], 'a'), row('x.on', ['a'], 'b'), row('x.also', ['a'], 'b'), row('x.skip', ['a'], 'd'), row('x.back', ['b'], 'a'),
      row('x.far', ['c'], 'a'), row('x.stay', ['b']), row('x.end', ['a', 'b', 'c', 'd'], 'e'),
    ],
  } as unknown as FlowDefinition);
  const lane = (command: string) => made.edges.find((e) => e.command === command)!.lane;

  it('goes straight down once between neighbours, others beside it: forwards right, backwards left', () => {
    expect([lane('x.make'), lane('x.on')]).toEqual([0, 0]);
    expect(lane('x.also')).toBeGreaterThan(0);
    expect(lane('x.skip')).toBeGreaterThan(lane('x.also'));
    expect(lane('x.back')).toBe(-1);
    expect(lane('x.far')).toBe(-2);
  });

  it('says beside it what may be done from almost anywhere', () => {
    expect(made.elsewhere).toEqual([{ command: 'x.end', from: ['a', 'b', 'c', 'd'], to: 'e' }]);
  });
});

describe('an appraisal', () => {
  const history = (...types: string[]) => types.map((type, n) => ({ type: `appraisal.${type}.v1`, position: n, data: { reason: `r${n}` } }) as unknown as Envelope);

  it('says why it was sent back, until it has moved on', () => {
    expect(sentBack('self_draft', history('opened', 'self_submitted', 'self_returned', 'self_drafted'))?.position).toBe(2);
    expect(sentBack('self_submitted', history('opened', 'self_submitted', 'self_returned'))).toBeUndefined();  // what came since is sealed
    expect(sentBack('self_draft', history('opened', 'self_drafted'))).toBeUndefined();
    expect(sentBack('evaluated', history('evaluated', 'talk_recorded', 'talk_returned'))?.position).toBe(2);
    expect(sentBack('evaluated', history('evaluated', 'talk_recorded', 'talk_returned', 'talk_recorded', 'finalised', 'reopened', 'evaluated'))).toBeUndefined();
    expect(sentBack('reopened', history('finalised', 'reopened', 'finalised', 'appealed', 'appeal_upheld'))).toBeUndefined();
  });
});
