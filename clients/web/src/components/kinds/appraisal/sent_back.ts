import type { Envelope } from '@client/types';

const by: Record<string, string> = { self_draft: 'self_returned', evaluated: 'talk_returned', reopened: 'reopened' };
const onward = ['self_submitted', 'evaluated', 'talk_recorded', 'appeal_upheld'];

/** The event that sent an appraisal back to where it is, as long as nothing has moved it on since. */
export function sentBack(status: string, history: readonly Envelope[]): Envelope | undefined {
  const back = by[status];
  const is = (e: Envelope, name: string) => e.type.startsWith(`appraisal.${name}.`);
  const last = back && history.findLast((e) => is(e, back) || onward.some((name) => is(e, name)));
  return last && is(last, back) && last.data['reason'] ? last : undefined;
}
