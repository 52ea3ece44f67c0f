// What somebody settles for themselves.

import type { Description } from './commands';
import { day, member, reason } from './make';

export const ofMembers: Record<string, Description> = {
  'member.delegate': {
    label: { zh: '委托', en: 'Delegate' },
    fields: (about) => [
      member('to', '代理人', 'Who stands in', { required: true, wide: true, faults: ['bad_delegate', 'delegation_circle'], without: [about.me ?? 0] }),
      day('from', '第一天', 'First day', { initial: about.today ?? '' }),
      day('until', '最后一天', 'Last day', { required: false, hint: { zh: '不填则为常设代理', en: 'left empty: until it is ended' } }),
      reason,
    ],
  },
};
