// What the address asks of a metric's values, and what the server is asked for. Pure.

import type { Query } from '@client/wire';

import type { Asked } from '../../../lib/state/places';
import { isDay, spans, startOf } from './period';
import { grains, yearBefore, type Grain } from './values';

export interface Look {
  grain: Grain;
  /** How many periods; 0: the days are given. */
  span: number;
  from: string;
  until: string;
  by: string;
  apart: boolean;
}

export function lookOf(asked: Asked, today: string): Look {
  const grain = grains.find((g) => g === asked['grain']) ?? 'month';
  const own = isDay(asked['from']) && isDay(asked['until']) && asked['from'] <= asked['until'];
  const span = own ? 0 : (spans[grain].find((n) => String(n) === asked['span']) ?? spans[grain][0]!);
  return {
    grain, span, from: own ? asked['from']! : startOf(grain, today, span), until: own ? asked['until']! : today,
    by: asked['by'] ?? '', apart: asked['drawn'] === 'apart',
  };
}

/** Of one line the year before is read as well: values are compared with it. */
export function queryOf(look: Look, asOf: string | undefined): Query {
  const from = look.by ? look.from : yearBefore(look.grain, startOf(look.grain, look.from, 2));
  return { grain: look.grain, from, until: look.until, by: look.by || undefined, as_of: asOf };
}
