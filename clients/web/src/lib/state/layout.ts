// How a run of messages is set out: a line per day, where the unread ones begin, and the name once per group.

import type { Message } from '@client/timeline';

export type Line =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; message: Message; head: boolean };

/** Messages of one person this close together share one head. */
const together = 5 * 60_000;

/** `dayOf` gives the day of a time in the department's time zone. `firstUnread` is a number, 0 for none. */
export function layOut(messages: readonly Message[], dayOf: (at: string) => string, firstUnread: number): Line[] {
  const lines: Line[] = [];
  let before: Message | null = null;
  let day = '';
  let marked = false;
  for (const message of messages) {
    const today = dayOf(message.at);
    const newDay = today !== day;
    if (newDay) lines.push({ kind: 'day', key: `d${message.message}`, at: message.at });
    day = today;
    const begins: boolean = !marked && firstUnread > 0 && message.message >= firstUnread;
    if (begins) lines.push({ kind: 'unread', key: 'unread' });
    marked ||= begins;
    const head =
      newDay || begins || before === null || before.author !== message.author || before.topic !== message.topic ||
      Date.parse(message.at) - Date.parse(before.at) > together;
    lines.push({ kind: 'message', key: `m${message.message}`, message, head });
    before = message;
  }
  return lines;
}
