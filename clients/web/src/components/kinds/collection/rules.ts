// What holds of a column, in short. Pure.

import { grouped } from '../../../lib/text/decimal';
import { words } from './words';

export interface Column {
  name: string;
  code: string;
  type: string;
  role: string;
  unit?: string;
  nature: string;
  places: number;
  key: boolean;
  required: boolean;
  personal: boolean;
  treatment: string;
  least?: string;
  most?: string;
  hard_least?: string;
  hard_most?: string;
  values: string[];
  meaning?: string;
}

/** As many accepted values are said by name. */
const namedMost = 5;

/** `treated` says what is done to personal data. */
export function rulesOf(c: Column, w: (typeof words)['zh'], treated: string): string[] {
  const bounds = (least?: string, most?: string) => [...(least ? [w.least(grouped(least))] : []), ...(most ? [w.most(grouped(most))] : [])].join(' ');
  const [usual, hard] = [bounds(c.least, c.most), bounds(c.hard_least, c.hard_most)];
  const values = c.values.slice(0, namedMost).join(' · ');
  return [
    ...(c.key ? [w.key] : []),
    ...(c.required ? [w.required] : []),
    ...(c.personal ? [`${w.personal}: ${treated}`] : []),
    ...(c.type === 'decimal' || (c.type === 'percent' && c.places) ? [w.places(c.places)] : []),
    ...(usual ? [`${w.usually} ${usual}`] : []),
    ...(hard ? [`${w.always} ${hard}`] : []),
    ...(values ? [w.oneOf(c.values.length > namedMost ? `${values} ${w.andMore(c.values.length)}` : values)] : []),
  ];
}
