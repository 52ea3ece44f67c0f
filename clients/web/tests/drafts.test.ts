import { describe, expect, it } from 'vitest';

import { commandsOf, describe as describeCommand, type About } from '../src/lib/forms/commands';
import { Drafts } from '../src/lib/forms/drafts.svelte';
import { blank, encode, missing, type Field, type Values } from '../src/lib/forms/field';
import { Form } from '../src/lib/forms/form.svelte';
import { restored, wordsIn } from '../src/lib/forms/restore';
import { draftLimits, KeptDrafts } from '../src/lib/state/kept';
import { schema } from '../src/lib/state/schema.svelte';
import type { ProjectDossier } from '../src/components/kinds/project/dossier';
import { described } from './support/schema';
import { trial } from './trial';

const about: About = {
  me: 3, today: '2026-11-28',
  form: (name) => ({ name, zh: name, en: name, version: 3, fields: [{ name: 'legal', label: { zh: '法务', en: 'Legal' }, required: true }] }),
};
schema.take({ position: 1, kinds: [...described.kinds, trial] });
const kinds = ['member', 'channel', 'task', 'request', 'project', 'appraisal', 'incentive', 'cycle', 'election', 'indicators', 'analysis', 'strategy', 'trial'];
const commands = kinds.flatMap(commandsOf).filter((c) => describeCommand(c)!.fields(about).length);

class Storage {
  all = new Map<string, string>();
  full = false;
  get length() {
    return this.all.size;
  }
  key = (i: number) => [...this.all.keys()][i] ?? null;
  getItem = (k: string) => this.all.get(k) ?? null;
  removeItem = (k: string) => void this.all.delete(k);
  setItem(k: string, v: string) {
    if (this.full) throw new Error('quota');
    this.all.set(k, v);
  }
}

const file = { sha256: 'a'.repeat(64), name: 'b.pdf', media_type: 'application/pdf', bytes: 9 };

/** Something written into a field, of any kind that there is. */
function written(f: Field): unknown {
  switch (f.kind) {
    case 'given': return f.value;
    case 'group': return filled(f.fields);
    case 'rows': return f.fixed ? blank([f])[f.name] : [filled(f.fields), filled(f.fields)];
    case 'extras': return { fields: { legal: 'seen' }, attachments: [file] };
    case 'attachments': return [file];
    case 'members': return [5, 6];
    case 'departments': case 'roles': return ['hr'];
    case 'references': return [5, 6];
    case 'department': case 'role': return 'hr';
    case 'moment': return '2026-12-01T09:30';
    case 'many': return f.options.slice(0, 1).map((o) => o.value);
    case 'evidence': return [{ at: 9, note: 'n' }];
    case 'member': return f.among ? (f.among[0] ?? 0) : 7;
    case 'reference': case 'event': case 'points': return 4;
    case 'percent': case 'count': return 2;
    case 'check': return true;
    case 'yes_no': return false;
    case 'choice': return f.options.at(-1)?.value ?? '';
    case 'day': return '2026-12-01';
    default: return `words of ${f.name}\n二`;
  }
}
const filled = (fields: readonly Field[]): Values => Object.fromEntries(fields.map((f) => [f.name, written(f)]));

describe('a form that was left', () => {
  it.each(commands)('%s comes back as it was, whatever fields it has', (command) => {
    const fields = describeCommand(command)!.fields(about);
    const was = filled(fields);
    expect(restored(fields, blank(fields), JSON.parse(JSON.stringify(was)) as Values)).toEqual(was);
  });

  it.each(commands)('%s takes nothing over that does not fit, and can still be filled in', (command) => {
    const fields = describeCommand(command)!.fields(about);
    const now = blank(fields);
    for (const odd of [undefined, null, 0, 'x', true, [], {}, [1], [{}], [null], { fields: 1, attachments: [1] }, { 0: 'x' }]) {
      const taken = restored(fields, now, Object.fromEntries(fields.map((f) => [f.name, odd])));
      missing(fields, taken);
      encode(fields, taken);
    }
    expect(Object.keys(restored(fields, now, { gone: 1 }))).toEqual(Object.keys(now));
  });

  it('has a row for each objective that there is now, and what is given is of now', () => {
    const project = (objectives: string[]) => ({ id: 3, name: 'P', charter: `hash ${objectives.length}`, lead: 3, team: [3], forms: { F2: { data: { charter: { objectives } } } } }) as unknown as ProjectDossier;
    const f4 = (objectives: string[]) => describeCommand('project.accept')!.fields({ ...about, dossier: project(objectives) });
    const [two, three] = [f4(['a', 'b']), f4(['a', 'b', 'c'])];
    const left = filled(two);
    const report = left['report'] as Values;
    (report['results'] as Values[])[0]!['note'] = 'kept';
    const now = restored(three, blank(three), left)['report'] as Values;
    expect((now['results'] as Values[]).map((r) => r['note'])).toEqual(['kept', '', '']);
    const approve = describeCommand('project.approve_charter')!.fields({ ...about, dossier: project(['a', 'b', 'c']) });
    expect(restored(approve, blank(approve), { sha256: 'of another', comment: 'c' })).toEqual({ sha256: 'hash 3', comment: 'c' });
  });

  it('shows what was written, and not what was chosen', () => {
    expect(wordsIn({ reason: '缺预算', to: 4, kind: 'bonus', sha256: 'f'.repeat(64), rows: [{ text: 'A line' }], none: null })).toEqual(['缺预算', 'A line']);
  });
});

describe('a form that was let go and refused', () => {
  it('is found again with what the server said, though nothing had been written into it', () => {
    const storage = new Storage();
    const drafts = new Drafts(3, new KeptDrafts(3, storage));
    const key = 'cycle.open cycle/1';
    const place = () => ({ title: 'C', path: '#/cycle/1' });
    const make = () => new Form(describeCommand('cycle.open')!, about, 2, key);
    const form = drafts.open(key, make, place);
    drafts.leave(key);
    form.problem = { code: 'bad_reason' } as unknown as Form['problem'];
    drafts.back(key, form, place);
    expect(drafts.open(key, make, place)).toBe(form);
    expect(storage.length).toBe(0);
    drafts.leave(key);
    expect(drafts.open(key, make, place).problem).toBeNull();
  });
});

describe('what is kept in the browser', () => {
  const draft = (body: unknown) => ({ command: 'task.submit', title: 'T', path: '#/task/1', body });

  it('is one person’s, and read again as it was', () => {
    const storage = new Storage();
    const mine = new KeptDrafts(3, storage, () => 1000);
    expect(mine.write('task.submit task/1', { ...draft({ result: 'r' }), version: 4 })).toBe(true);
    expect(mine.read('task.submit task/1')).toMatchObject({ at: 1000, version: 4, body: { result: 'r' } });
    expect(new KeptDrafts(4, storage).all()).toEqual([]);
    mine.clear();
    expect(storage.length).toBe(0);
  });

  it('is bounded in number, in size and in time: the oldest goes', () => {
    const storage = new Storage();
    let now = 1000;
    const kept = new KeptDrafts(3, storage, () => now);
    for (let n = 0; n < draftLimits.count + 5; n++, now++) kept.write(`c ${n}`, draft('x'));
    expect([kept.all().length, kept.read('c 4'), kept.read('c 5') !== null]).toEqual([draftLimits.count, null, true]);
    expect(kept.write('c long', draft('x'.repeat(draftLimits.each)))).toBe(false);
    for (let n = 0; n < 10; n++, now++) kept.write(`d ${n}`, draft('x'.repeat(draftLimits.each - 200)));
    expect([...storage.all.values()].reduce((n, v) => n + v.length, 0)).toBeLessThanOrEqual(draftLimits.all);
    expect(kept.read('d 9')).not.toBeNull();
    now += draftLimits.age_ms;
    storage.all.set('opsroom.other', '{');
    new KeptDrafts(4, storage, () => now).sweep();
    expect([...storage.all.keys()]).toEqual(['opsroom.other']);
    expect(kept.all()).toEqual([]);
  });

  it('that nobody can read is nothing, and a browser that keeps nothing is no failure', () => {
    const storage = new Storage();
    const kept = new KeptDrafts(3, storage);
    for (const [n, odd] of ['{', 'null', '[]', '{"v":0,"at":1,"command":"c","title":"t","path":"p","body":1}', '{"v":1}'].entries()) storage.all.set(`opsroom.draft.3.k${n}`, odd);
    expect(kept.all()).toEqual([]);
    storage.full = true;
    expect(kept.write('k', draft('x'))).toBe(false);
    kept.forgetful = true;
    storage.full = false;
    expect([kept.write('k', draft('x')), storage.length]).toEqual([false, 0]);
  });
});

describe('drafts', () => {
  const make = (command: string) => new Form(describeCommand(command)!, about, 4, command);
  const place = () => ({ title: 'T', path: '#/task/1' });

  it('outlive the page, say so, and go when they are sent or thrown away', () => {
    const storage = new Storage();
    const open = () => {
      const drafts = new Drafts(3, new KeptDrafts(3, storage));
      return { drafts, form: drafts.open('task.submit task/1', () => make('task.submit'), place) };
    };
    const first = open();
    expect(first.form.restoredAt).toBeNull();
    first.form.values['result'] = 'half a resu';
    first.drafts.leave('task.submit task/1');  // Escape, or the page is closed
    const again = open();
    expect([again.form.values['result'], again.form.restoredAt !== null]).toEqual(['half a resu', true]);
    expect(again.drafts.of('task/1')).toEqual([{ key: 'task.submit task/1', command: 'task.submit' }]);
    again.drafts.throwAway('task.submit task/1');
    expect([again.form.values['result'], again.form.restoredAt, storage.length]).toEqual(['', null, 0]);
    again.form.values['result'] = 'sent';
    again.drafts.keep('task.submit task/1');
    again.drafts.drop('task.submit task/1');
    again.drafts.keep('task.submit task/1');
    expect(storage.length).toBe(0);
  });

  it('keep nothing of a ballot', () => {
    const storage = new Storage();
    const drafts = new Drafts(3, new KeptDrafts(3, storage));
    const form = drafts.open('election.vote election/1', () => make('election.vote'), place);
    form.values['nominee'] = 5;
    drafts.leave('election.vote election/1');
    expect(storage.length).toBe(0);
  });
});
