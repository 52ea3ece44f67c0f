// Departments as a tree, and who is shown the way to administration.

import { describe, expect, it } from 'vitest';

import { en } from '../src/i18n/en';
import { administrationOf } from '../src/lib/state/administration';
import { treeOf } from '../src/lib/state/tree';

describe('departments', () => {
  const flat = (all: { department: string; parent?: string | null }[]) => treeOf(all).map(({ of, depth }) => `${of.department} ${depth}`);

  it('stand each after the one that it belongs to', () => {
    expect(flat([{ department: 'a', parent: 'b' }, { department: 'b' }, { department: 'c', parent: 'a' }, { department: 'd', parent: null }])).toEqual(['b 0', 'a 1', 'c 2', 'd 0']);
  });

  it('are all there, whatever is said of them', () => {
    expect(flat([{ department: 'a', parent: 'gone' }, { department: 'b', parent: 'c' }, { department: 'c', parent: 'b' }])).toEqual(['a 0', 'b 0', 'c 0']);
  });
});

describe('administration', () => {
  const of = (roles: string[], mayJoin = false) => administrationOf(en, roles, mayJoin).map((tab) => tab.at);

  it('is shown to who may have something to do there', () => {
    expect(of(['SP'])).toEqual([]);
    expect(of(['SP'], true)).toEqual(['people']);
    expect(of(['AU'])).toEqual(['log']);
    expect(of(['SL'])).toEqual(['people', 'organisation', 'calendar', 'definitions']);
    expect(of(['AD'], true)).toEqual(['people', 'organisation', 'calendar', 'definitions', 'log']);
  });
});
