// Which small form each task command needs. Pure; the server says which commands are allowed.

export type FieldName = 'reason' | 'on' | 'note' | 'percent' | 'result' | 'comment' | 'to' | 'due';

export interface Field {
  name: FieldName;
  kind: 'text' | 'member' | 'percent' | 'day';
  required: boolean;
}

const text = (name: FieldName, required: boolean): Field => ({ name, kind: 'text', required });

/** In the order in which the buttons stand: what moves the work on comes first. */
export const forms: Record<string, Field[]> = {
  'task.start': [],
  'task.report_progress': [{ name: 'percent', kind: 'percent', required: true }, text('note', false)],
  'task.submit': [text('result', true)],
  'task.accept': [text('comment', false)],
  'task.return': [text('reason', true)],
  'task.unblock': [text('note', false)],
  'task.block': [text('reason', true), { name: 'on', kind: 'member', required: false }],
  'task.reassign': [{ name: 'to', kind: 'member', required: true }, text('reason', true)],
  'task.reschedule': [{ name: 'due', kind: 'day', required: true }, text('reason', true)],
  'task.cancel': [text('reason', true)],
};

export type Values = Record<FieldName, string | number>;

/** The required fields that were left empty. */
export function missing(command: string, values: Values): FieldName[] {
  return (forms[command] ?? []).filter((f) => f.required && isEmpty(f, values[f.name])).map((f) => f.name);
}

/** What goes over the wire: empty optional fields are left out. */
export function dataOf(command: string, values: Values): Record<string, string | number> {
  const filled = (forms[command] ?? []).filter((f) => !isEmpty(f, values[f.name]));
  return Object.fromEntries(
    filled.map((f) => {
      const value = values[f.name];
      return [f.name, typeof value === 'string' ? value.trim() : value];
    }),
  );
}

function isEmpty(field: Field, value: string | number): boolean {
  if (field.kind === 'member') return value === 0;
  return typeof value === 'string' && value.trim() === '';
}
