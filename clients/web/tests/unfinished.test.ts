import { describe, expect, it } from 'vitest';

import { UnfinishedUploads } from '../src/lib/wire/unfinished';

function storage(first: Record<string, string> = {}) {
  const all = new Map(Object.entries(first));
  return { getItem: (k: string) => all.get(k) ?? null, setItem: (k: string, v: string) => void all.set(k, v), all };
}
const upload = (sha256: string, have = 5, place = 'request.draft /form/extras') => ({ sha256, name: `${sha256}.md`, bytes: 10, have, place });

describe('uploads that were broken off', () => {
  it('are remembered by what they hold and where, each once, until they are whole', () => {
    const kept = new UnfinishedUploads(3, storage(), () => 1_000);
    kept.note(upload('a'));
    kept.note(upload('b'));
    kept.note(upload('a', 7));
    kept.note(upload('a', 1, 'elsewhere'));
    expect(kept.at('request.draft /form/extras').map((u) => [u.sha256, u.have])).toEqual([['a', 7], ['b', 5]]);
    kept.forget('request.draft /form/extras', 'a');
    expect(kept.at('request.draft /form/extras').map((u) => u.sha256)).toEqual(['b']);
    expect(kept.at('elsewhere').map((u) => u.sha256)).toEqual(['a']);
  });

  it('are few, not old, and each person’s own', () => {
    const where = storage();
    let now = 0;
    const kept = new UnfinishedUploads(3, where, () => now);
    for (let n = 0; n < 50; n++) kept.note(upload(`u${n}`, n));
    expect(kept.at('request.draft /form/extras')).toHaveLength(20);
    expect(kept.at('request.draft /form/extras')[0]!.sha256).toBe('u49');
    expect(new UnfinishedUploads(4, where, () => now).at('request.draft /form/extras')).toEqual([]);
    now = 8 * 24 * 3_600_000;
    expect(kept.at('request.draft /form/extras')).toEqual([]);
  });

  it('are none where the browser keeps nothing, or something else', () => {
    expect(new UnfinishedUploads(3, storage({ 'opsroom.uploads.3': 'not json' })).at('')).toEqual([]);
    expect(new UnfinishedUploads(3, storage({ 'opsroom.uploads.3': '[{"sha256":1},null]' })).at('')).toEqual([]);
    const full = { getItem: () => null, setItem: () => { throw new Error('full'); } };
    expect(() => new UnfinishedUploads(3, full).note(upload('a'))).not.toThrow();
  });
});
