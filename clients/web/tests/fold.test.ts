import { describe, expect, it } from 'vitest';
import { emptyTimeline, find, fold, merge } from '@client/timeline';
import type { Message } from '@client/timeline';
import type { Envelope } from '@client/types';

import { layOut } from '../src/lib/state/layout';

let position = 0;
function event(type: string, data: Record<string, unknown>, actor = 3): Envelope {
  position += 1;
  return { position, stream: 'channel/5', version: position, type: `channel.${type}.v1`, time: '2026-11-23T08:00:00.000000Z', actor, causation: `c${position}`, clause: 'S5.1.2', data };
}

function message(n: number, more: Partial<Message> = {}): Message {
  return {
    message: n, author: 3, at: '2026-11-23T08:00:00.000000Z', text: `${n}`, topic: '', edited: false, deleted: false, pinned: false,
    reactions: [], position: n, ...more,
  };
}

describe('fold', () => {
  it('tells a channel from its events', () => {
    const t = fold(emptyTimeline, [
      event('joined', { member: 3 }),
      event('posted', { message: 1, text: '早', topic: '周报' }),
      event('posted', { message: 2, text: 'hello', topic: '' }, 4),
      event('edited', { message: 2, text: 'hello!' }, 4),
      event('reacted', { message: 1, member: 4, emoji: '👍' }, 4),
      event('reacted', { message: 1, member: 3, emoji: '👍' }),
      event('reaction_removed', { message: 1, member: 4, emoji: '👍' }, 4),
      event('pinned', { message: 1 }),
      event('topic_set', { message: 2, topic: '预算' }),
    ]);
    expect(t.people).toEqual([3]);
    expect(t.pins).toEqual([1]);
    expect(t.topics).toEqual(['周报', '预算']);
    expect(find(t.messages, 1)).toMatchObject({ author: 3, text: '早', pinned: true, reactions: [{ emoji: '👍', members: [3] }] });
    expect(find(t.messages, 2)).toMatchObject({ author: 4, text: 'hello!', edited: true, topic: '预算' });
  });

  it('passes over what it knows', () => {
    const posted = event('posted', { message: 1, text: 'a', topic: '' });
    const once = fold(emptyTimeline, [posted]);
    expect(fold(once, [posted])).toBe(once);
  });

  it('takes the text from what was deleted', () => {
    const t = fold(emptyTimeline, [event('posted', { message: 1, text: 'a', topic: '' }), event('pinned', { message: 1 }), event('deleted', { message: 1 })]);
    expect(t.pins).toEqual([]);
    expect(find(t.messages, 1)).toMatchObject({ text: null, deleted: true, pinned: false });
  });

  it('says whose an erased message was', () => {
    const t = fold(emptyTimeline, [event('posted', { message: 1, text: { of: 9, erased: true }, topic: '' })]);
    expect(find(t.messages, 1)).toMatchObject({ author: 9, text: null, erased: true });
  });

  it('knows what was taken back from what was erased, and shows what stands now', () => {
    const gone = { of: 9, gone: true };
    const t = fold(emptyTimeline, [event('posted', { message: 1, text: gone, topic: '' }), event('edited', { message: 1, text: 'now' }), event('posted', { message: 2, text: gone, topic: '' })]);
    expect(find(t.messages, 1)).toMatchObject({ author: 9, text: 'now', edited: true });
    expect(find(t.messages, 1)).not.toHaveProperty('gone');
    expect(find(t.messages, 2)).toMatchObject({ text: null, gone: true });
    expect(find(t.messages, 2)).not.toHaveProperty('erased');
  });

  it('says of an imported message who brought it over', () => {
    const t = fold(emptyTimeline, [event('imported', { message: 1, author: 9, at: '2008-01-01T00:39:00.000000Z', text: 'hello', topic: '', source: 'slack' })]);
    expect(find(t.messages, 1)?.imported).toMatchObject({ source: 'slack' });
  });

  it('shows an imported message as its author said it, then', () => {
    const then = '2008-01-01T00:39:00.000000Z';
    const t = fold(emptyTimeline, [event('imported', { message: 1, author: 9, at: then, text: 'hello', topic: '' })]);
    expect(find(t.messages, 1)).toMatchObject({ author: 9, at: then, text: 'hello' });
  });

  it('keeps the newer word of two readings', () => {
    const known = fold({ ...emptyTimeline, messages: [message(2), message(3)] }, [event('edited', { message: 2, text: 'edited' })]);
    expect(merge(known, [message(1), message(2), message(3, { text: 'read' })]).map((m) => [m.message, m.text])).toEqual([[1, '1'], [2, 'edited'], [3, 'read']]);
    // Let go since, and read again: then there is nothing that is newer.
    expect(merge({ ...known, messages: [] }, [message(2)])).toEqual([message(2)]);
  });
});

describe('layout', () => {
  const dayOf = (at: string) => at.slice(0, 10);

  it('groups by person, topic, time and day', () => {
    const lines = layOut(
      [
        message(1),
        message(2, { at: '2026-11-23T08:04:00Z' }),
        message(3, { at: '2026-11-23T08:20:00Z' }),
        message(4, { at: '2026-11-23T08:21:00Z', author: 4 }),
        message(5, { at: '2026-11-23T08:21:00Z', author: 4, topic: 'x' }),
        message(6, { at: '2026-11-24T08:22:00Z', author: 4, topic: 'x' }),
      ],
      dayOf,
      0,
    );
    expect(lines.map((l) => (l.kind === 'message' ? `${l.message.message}${l.head ? '!' : ''}` : l.kind))).toEqual([
      'day', '1!', '2', '3!', '4!', '5!', 'day', '6!',
    ]);
  });

  it('marks where the unread ones begin, once', () => {
    const lines = layOut([message(1), message(2), message(3)], dayOf, 2);
    expect(lines.map((l) => l.kind)).toEqual(['day', 'message', 'unread', 'message', 'message']);
  });
});
