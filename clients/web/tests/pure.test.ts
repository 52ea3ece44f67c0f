import { describe, expect, it } from 'vitest';
import { uuidV7 } from '@client/uuid';

import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { board, isOverdue } from '../src/lib/state/tasks';
import { pieces } from '../src/lib/text/links';
import { dayAfter, dayHeading, dayOf, daysUntil, offsetFor, setOffset, shortDay, workingTime } from '../src/lib/text/time';
import type { Task } from '../src/lib/wire/types';

function task(id: number, more: Partial<Task> = {}): Task {
  return {
    id, title: `task ${id}`, content: '', standard: 's', due: '2026-11-23', to: 3, by: 1, department: 'operations', priority: 'normal',
    checklist: [], status: 'assigned', overdue: false, percent: 0, assigned_at: '', changed_at: `${id}`, version: 1, ...more,
  };
}

describe('links', () => {
  const links = (text: string) => pieces(text).filter((p) => p.href).map((p) => p.text);

  it('end where the address ends', () => {
    expect(links('see https://a.example/x. Then (http://b.example/y_(z)), ok')).toEqual(['https://a.example/x', 'http://b.example/y_(z)']);
    expect(links('看https://a.example/x，好的。（http://b.example）')).toEqual(['https://a.example/x', 'http://b.example']);
  });

  it('take no words that follow without a blank, in any script that has none', () => {
    const heads = ['https://a.example', 'https://a.example/', 'https://a.example/x', 'https://a.example/x?y=1', 'https://a.example/x#y', 'http://a.example:8080/x/', 'https://a.example/x-'];
    for (const head of heads) {
      for (const words of ['然后回复', '的第3页', 'はこちら', '를 보세요', 'ครับ', '看x', '，然后', '！', '第2版。']) {
        expect(links(`请看${head}${words}`), head + words).toEqual([head]);
      }
    }
    expect(links('https://a.example/一然后https://b.example/二')).toEqual(['https://a.example/', 'https://b.example/']);
  });

  it('keep the letters of any script that they go on after, and all of it between angle brackets', () => {
    const kept = ['https://a.example/周报?x=1', 'https://a.example/周报/2026', 'https://a.example/周报.pdf', 'https://a.example/?q=周报&p=2', 'https://例子.中国/x', 'https://de.example/Köln', 'https://a.example/%E5%91%A8'];
    for (const one of kept) expect(links(`看${one} 好`), one).toEqual([one]);
    expect(links('看<https://a.example/周报>好')).toEqual(['https://a.example/周报']);
  });

  it('leave the words after them to the sentence', () => {
    expect(links('请看https://a.example/x查看详情')).toEqual(['https://a.example/x']);
    expect(links('https://a.example查收')).toEqual(['https://a.example']);
    expect(links('见“https://a.example/报表”。')).toEqual(['https://a.example/报表']);
  });

  it('are http alone, and lose no text', () => {
    const text = 'javascript:alert(1) data:text/html,x https:// <a href="https://a.example/">';
    expect(links(text)).toEqual(['https://a.example/']);
    expect(pieces(text).map((p) => p.text).join('')).toBe(text);
  });
});

describe('tasks', () => {
  it('are overdue from the day after, while they are open', () => {
    expect(isOverdue(task(1), '2026-11-23')).toBe(false);
    expect(isOverdue(task(1), '2026-11-24')).toBe(true);
    expect(isOverdue(task(1, { status: 'done' }), '2026-11-24')).toBe(false);
  });

  it('stand in their column, the pressing first, what is closed by when it was', () => {
    const rows = [task(1), task(2, { priority: 'urgent' }), task(3, { due: '2026-11-01' }), task(4, { status: 'done' }), task(5, { status: 'done' })];
    const columns = board(rows, { text: '', assignee: 0, overdue: false }, '2026-11-23');
    expect(columns.get('assigned')!.map((r) => r.id)).toEqual([2, 3, 1]);
    expect(columns.get('done')!.map((r) => r.id)).toEqual([5, 4]);
  });

  it('are found by number, words and person', () => {
    const rows = [task(1, { title: '双十二 活动方案' }), task(12, { to: 4 })];
    const found = (filter: { text?: string; assignee?: number }) =>
      board(rows, { text: '', assignee: 0, overdue: false, ...filter }, '2026-11-23').get('assigned')!.map((r) => r.id);
    expect(found({ text: '方案 双十二' })).toEqual([1]);
    expect(found({ text: '#12' })).toEqual([12]);
    expect(found({ assignee: 4 })).toEqual([12]);
  });

  it('five thousand of them are sorted in a moment', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => task(i + 1, { due: `2026-${10 + (i % 3)}-11`, priority: i % 7 ? 'normal' : 'high' }));
    const began = performance.now();
    board(rows, { text: '', assignee: 0, overdue: false }, '2026-11-23');
    expect(performance.now() - began).toBeLessThan(200);
  });
});

describe('time', () => {
  it('is the department’s, wherever the reader is', () => {
    expect(dayOf('2026-11-23T15:59:59.000000Z')).toBe('2026-11-23');
    expect(dayOf('2026-11-23T16:00:00.000000Z')).toBe('2026-11-24');
    expect(shortDay('zh-CN', '2026-11-24', '2026-11-23')).toBe('11月24日');
    const words = { today: 'today', yesterday: 'yesterday' };
    expect(dayHeading('en-GB', '2026-11-23T15:59:59Z', '2026-11-24', words)).toBe('yesterday');
    expect(dayHeading('en-GB', '2026-11-23T16:00:00Z', '2026-11-24', words)).toBe('today');
  });

  it('follows the offset that the server names', () => {
    setOffset(-300);
    expect(dayOf('2026-11-24T04:59:59Z')).toBe('2026-11-23');
    expect(dayOf('2026-11-24T05:00:00Z')).toBe('2026-11-24');
    setOffset(480);
  });

  it('without it, takes the nearest offset that agrees with the server’s day', () => {
    const now = Date.parse('2026-11-24T10:00:00Z');
    expect(offsetFor('2026-11-24', now, 480)).toBe(null);
    expect(offsetFor('2026-11-25', now, 480)).toBe(840);
    expect(offsetFor('2026-11-23', now, 480)).toBe(-615);
  });

  it('counts days, and working time in days of the department’s hours', () => {
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysUntil('2026-11-24', '2026-11-20')).toBe(-4);
    const words = { days: 'd', hours: 'h', minutes: 'min' };
    expect([0, 59, 90, 600, 480 * 3, 480 * 10 + 48].map((m) => workingTime(m, words))).toEqual(['0 min', '59 min', '1 h 30 min', '10 h', '3 d', '10.1 d']);
    expect(workingTime(420 * 4, words, 420)).toBe('4 d');
  });
});

describe('command ids', () => {
  it('are UUIDs of version 7 that sort by time', () => {
    const random = new Uint8Array(10).fill(0xff);
    const id = uuidV7(1_700_000_000_000, random);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidV7(1_700_000_000_001, new Uint8Array(10)) > id).toBe(true);
  });
});

describe('languages', () => {
  it('say everything: no text is empty', () => {
    const empty = (texts: object, path: string): string[] =>
      Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
        typeof value === 'object' && value !== null ? empty(value, `${path}.${key}`) : value === '' ? [`${path}.${key}`] : [],
      );
    expect(empty(zh, 'zh')).toEqual([]);
    expect(empty(en, 'en')).toEqual([]);
    for (const texts of ['roles', 'departments'] as const) expect(Object.keys(en[texts])).toEqual(Object.keys(zh[texts]));
  });
});
