// The board as it stood at a moment before: what was open then, and what had been closed last.

import type { AsOf } from '@client/types';

import { http } from '../wire/http';
import type { Task } from '../wire/types';
import { Watched } from './watched.svelte';

const pageRows = 200;
/** Pages of open tasks that are read: a board of more is shown in part. */
const pagesMost = 10;

export interface PastBoard {
  tasks: readonly Task[];
  as_of?: AsOf | undefined;
  partly: boolean;
}

async function readBoard(as_of: string, signal: AbortSignal): Promise<PastBoard> {
  const ask = (open: string, cursor?: string) => http.counted<Task>('tasks', { as_of, open, sort: '-changed', limit: pageRows, cursor }, signal);
  const tasks: Task[] = [];
  let next: string | null | undefined;
  let at: AsOf | undefined;
  for (let n = 0; n < pagesMost && next !== null; n++) {
    const page = await ask('true', next);
    at ??= page.as_of;
    tasks.push(...page.items);
    next = page.next ?? null;
  }
  const closed = await ask('false');
  return { tasks: [...tasks, ...closed.items], as_of: at, partly: next !== null || closed.next != null };
}

/** `asked` says which moment; empty: none. */
export const pastBoard = (asked: () => string) => new Watched<PastBoard>((signal) => readBoard(asked(), signal), 300);
