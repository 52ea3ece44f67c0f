// One page of a long list that the server filters and sorts; what is asked for stands in the address. Never more of it
// is here than is shown, however long it is.

import type { FlowRow } from '@client/flows';
import type { CountedPage } from '@client/types';
import type { Query } from '@client/wire';

import { http } from '../wire/http';
import type { Room } from './room.svelte';
import { route, type Asked } from './route.svelte';
import { Watched } from './watched.svelte';

export const pageRows = 50;

/** What the address asks for, as the server is asked for it. */
export function queryOf(asked: Asked): Query {
  const page = Math.max(1, Math.min(100_000, Number(asked['page']) || 1));
  const pass = (key: string) => (asked[key] ? { [key]: asked[key] } : {});
  return {
    ...pass('status'), ...pass('department'), ...pass('person'), ...pass('waits_on'), ...pass('late'), ...pass('q'), ...pass('sort'), ...pass('cycle'), ...pass('as_of'),
    limit: pageRows,
    ...(page > 1 ? { cursor: (page - 1) * pageRows } : {}),
  };
}

/** The four ways of looking at a list that stand over it, as what each of them asks for. */
export const looks = { all: {}, mine: { person: 'me' }, onMe: { waits_on: 'me' }, late: { late: 'true' } } as const;
export type Look = keyof typeof looks;

export function lookOf(asked: Asked): Look | null {
  const narrowed = ['person', 'waits_on', 'late'].filter((k) => asked[k]);
  if (!narrowed.length) return 'all';
  if (narrowed.length > 1) return null;
  return (Object.keys(looks) as Look[]).find((l) => Object.entries(looks[l]).some(([k, v]) => asked[k] === v)) ?? null;
}

export class Listing<Row extends FlowRow> {
  readonly page: Watched<CountedPage<Row>>;
  /** How many there are of each look, whatever else is asked for. */
  readonly counts: Watched<Record<Look, number>>;

  constructor(
    private readonly room: Room,
    private readonly name: string,
  ) {
    this.page = new Watched((signal) => http.counted<Row>(name, queryOf(route.asked), signal));
    this.counts = new Watched(async (signal) => {
      const count = async (look: Look) => (await http.counted(name, { ...looks[look], limit: 1, as_of: route.asked['as_of'] }, signal)).total;
      const [all, mine, onMe, late] = await Promise.all([count('all'), count('mine'), count('onMe'), count('late')]);
      return { all, mine, onMe, late };
    }, 1_000);
  }

  /** Follows the list's feed until the function returned is called. */
  follow(): () => void {
    const leave = this.room.watch(this.name, (frame) => {
      if (route.asked['as_of']) return;  // the past does not change
      if (frame.type === 'events') this.#replace((frame.rows ?? []) as Row[]);
      this.page.soon();
      this.counts.soon();
    });
    return () => {
      leave();
      this.page.stop();
      this.counts.stop();
    };
  }

  /** Rows that are on the page are as the feed says at once; whether they still belong there is asked for after. */
  #replace(rows: readonly Row[]): void {
    const here = this.page.value;
    if (!here) return;
    const told = new Map(rows.map((r) => [r.id, r]));
    if (!here.items.some((r) => told.has(r.id))) return;
    this.page.value = { ...here, items: here.items.map((r) => told.get(r.id) ?? r) };
  }
}
