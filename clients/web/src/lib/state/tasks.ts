// Pure questions about task rows.

import type { Priority, Status, Task } from '../wire/types';

export const columns: readonly Status[] = ['assigned', 'in_progress', 'blocked', 'submitted', 'returned', 'done', 'cancelled'];

const weight: Record<Priority, number> = { urgent: 0, high: 1, normal: 2, low: 3 };

export function isOpen(task: Task): boolean {
  return task.status !== 'done' && task.status !== 'cancelled';
}

/** Whether a cursor of the board stands among what is open, which comes before what is not. */
export function isAmongOpen(cursor: string): boolean {
  return cursor.startsWith('open-');
}

/** A row is as old as its last event, and a day may have ended since. `today` is a day, "2026-11-23". */
export function isOverdue(task: Task, today: string): boolean {
  return isOpen(task) && (task.overdue || task.due < today);
}

/** What is open: the most pressing first. What is closed: the latest first. */
export function compare(a: Task, b: Task): number {
  if (!isOpen(a)) return b.changed_at.localeCompare(a.changed_at) || b.id - a.id;
  return weight[a.priority] - weight[b.priority] || a.due.localeCompare(b.due) || a.id - b.id;
}

export interface Filter {
  /** Words that title, or "#17", has to hold. */
  text: string;
  /** 0: anybody's. */
  assignee: number;
  overdue: boolean;
}

/** Rows by column, sorted; each column in full, as the page shows only as many as were scrolled to. */
export function board(rows: readonly Task[], filter: Filter, today: string): Map<Status, Task[]> {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const byStatus = new Map<Status, Task[]>(columns.map((s) => [s, []]));
  for (const row of rows) {
    if (filter.assignee && row.to !== filter.assignee) continue;
    if (filter.overdue && !isOverdue(row, today)) continue;
    const title = `#${row.id} ${row.title.toLowerCase()}`;
    if (!words.every((w) => title.includes(w))) continue;
    byStatus.get(row.status)?.push(row);
  }
  for (const column of byStatus.values()) column.sort(compare);
  return byStatus;
}
