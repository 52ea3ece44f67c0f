// Pure questions about requests, projects and their steps.

import type { FlowRow, Step, Wait } from '@client/flows';
import type { KindSchema } from '@client/schema';

/** The usual way of a kind, without what this one has passed over, or would come to by a step that is nobody's. */
export function wayOf(kind: KindSchema, of: { status: string; steps: readonly Step[]; waits: readonly Wait[] }): string[] {
  const here = kind.usual_path.indexOf(of.status);
  const nobodys = (status: string) => kind.flow.rows.some((r) => r.next === status && of.waits.some((w) => w.command === r.command && !w.on.length && !w.nobody));
  return kind.usual_path.filter((status, i) => i === here || of.steps.some((s) => s.status === status) || (i > here && !nobodys(status)));
}

/** A row is as old as its last event, and a day may have ended since. */
export function isLate(row: FlowRow, today: string): boolean {
  return row.late === true || (row.step_due !== undefined && row.step_due < today && (row.waits?.length ?? 0) > 0);
}

/** Working time of each status, all the times it was gone through together, in the order they were first entered. */
export function timeByStatus(steps: readonly Step[]): { status: string; minutes: number; times: number; late: boolean }[] {
  const all = new Map<string, { status: string; minutes: number; times: number; late: boolean }>();
  for (const s of steps) {
    const had = all.get(s.status) ?? { status: s.status, minutes: 0, times: 0, late: false };
    all.set(s.status, { status: s.status, minutes: had.minutes + s.working_minutes, times: had.times + 1, late: had.late || s.late });
  }
  return [...all.values()];
}

/** How far along the usual way it is: each stop passed, here, or ahead. What left the way stands where it left it. */
export function progressOn(path: readonly string[], steps: readonly Step[], status: string): { status: string; is: 'past' | 'here' | 'ahead' }[] {
  const furthest = steps.reduce((n, s) => Math.max(n, path.indexOf(s.status)), -1);
  const here = path.indexOf(status);
  return path.map((s, i) => ({ status: s, is: i === here ? 'here' : i < (here >= 0 ? here : furthest + 1) ? 'past' : 'ahead' }));
}
