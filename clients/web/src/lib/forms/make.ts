// Short ways to write a field down.

import type { Field, Option } from './field';

const words = (zh: string, en: string) => ({ zh, en });

/** Goes over the wire, and nobody fills it in. */
export const given = (name: string, value: unknown): Field => ({ kind: 'given', name, label: words('', ''), value, always: true });
export const option = (value: string | number, zh: string, en: string): Option => ({ value, label: words(zh, en) });

/** The same fields, one of them with something else to it. */
export const changed = (fields: readonly Field[], name: string, more: object): readonly Field[] =>
  fields.map((f) => (f.name === name ? ({ ...f, ...more } as Field) : f));
