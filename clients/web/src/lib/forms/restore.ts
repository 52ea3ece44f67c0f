// A form as it was left, put back into the form as it is now: what fits is taken over, all else begins anew, as the form's
// definition, or what it is about, may have changed meanwhile. Pure.

import type { Attachment } from '@client/types';

import { blank, type Field, type Values } from './field';

const isObject = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);
const isNumber = (x: unknown): x is number => typeof x === 'number' && Number.isFinite(x);
const isText = (x: unknown): x is string => typeof x === 'string';

function isAttachment(x: unknown): x is Attachment {
  return isObject(x) && [x['sha256'], x['name'], x['media_type']].every(isText) && isNumber(x['bytes']);
}

function listOf<T>(had: unknown, is: (x: unknown) => x is T, otherwise: unknown): unknown {
  return Array.isArray(had) ? had.filter(is) : otherwise;
}

function restoredOne(field: Field, now: unknown, had: unknown): unknown {
  switch (field.kind) {
    case 'given':
      return now;  // of what is on the screen now
    case 'group':
      return isObject(had) ? restored(field.fields, now as Values, had) : now;
    case 'rows': {
      if (!Array.isArray(had)) return now;
      const rows = had.filter(isObject);
      if (field.fixed) return (now as Values[]).map((row, i) => (rows[i] ? restored(field.fields, row, rows[i]!) : row));
      return rows.slice(0, field.most).map((row) => restored(field.fields, blank(field.fields), row));
    }
    case 'extras': {
      const { fields, attachments } = now as { fields: Values; attachments: Attachment[] };
      if (!isObject(had)) return now;
      return { fields: isObject(had['fields']) ? restored(field.fields, fields, had['fields']) : fields, attachments: listOf(had['attachments'], isAttachment, attachments) };
    }
    case 'attachments':
      return listOf(had, isAttachment, now);
    case 'members':
    case 'references':
      return listOf(had, isNumber, now);
    case 'departments':
    case 'roles':
      return listOf(had, isText, now);
    case 'many':
      return listOf(had, (x): x is string | number => field.options.some((o) => o.value === x), now);
    case 'evidence':
      return listOf(had, (x): x is { at: number; note: string } => isObject(x) && isNumber(x['at']) && isText(x['note']), now);
    case 'member':
      return isNumber(had) && !field.without?.includes(had) && (!field.among || field.among.includes(had)) ? had : now;
    case 'reference':
    case 'event':
    case 'points':
      return isNumber(had) ? had : now;
    case 'percent':
    case 'count':
      return isNumber(had) || had === null || had === '' ? had : now;
    case 'check':
      return typeof had === 'boolean' ? had : now;
    case 'yes_no':
      return typeof had === 'boolean' || had === null ? had : now;
    case 'choice':
      return field.options.some((o) => o.value === had) ? had : now;
    default:
      return isText(had) ? had : now;
  }
}

/** `now` are the values of the form as it would begin, `had` those that were left. */
export function restored(fields: readonly Field[], now: Values, had: Values): Values {
  return { ...now, ...Object.fromEntries(fields.map((f) => [f.name, restoredOne(f, now[f.name], had[f.name])])) };
}

/** What a person wrote in a form that was left, without what it only chose. */
export function wordsIn(left: unknown): string[] {
  if (typeof left === 'string') return left.trim() && !/^[0-9a-f]{64}$|^[a-z_]{1,24}$/.test(left) ? [left] : [];
  if (Array.isArray(left)) return left.flatMap(wordsIn);
  return isObject(left) ? Object.values(left).flatMap(wordsIn) : [];
}
