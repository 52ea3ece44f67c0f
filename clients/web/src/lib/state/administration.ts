// The pages of administration, and who is shown the way to them; what one may do there is the server's word. Pure.

import type { Texts } from '../../i18n/zh';
import { paths, type Place } from './places';

export interface Tab {
  at: Place['at'];
  path: string;
  name: string;
}

const keepers = ['AD', 'HR', 'SL', 'OM'];
const auditors = ['AU', 'AD'];

export function administrationOf(t: Texts, roles: readonly string[], mayJoin: boolean): Tab[] {
  const words = t.page.admin;
  const has = (some: readonly string[]) => roles.some((r) => some.includes(r));
  return [
    ...(mayJoin || has(keepers) ? [{ at: 'people' as const, path: paths.people, name: t.page.people.title }] : []),
    ...(has(keepers)
      ? [
          { at: 'organisation' as const, path: paths.organisation, name: words.organisation },
          { at: 'calendar' as const, path: paths.calendar, name: words.calendar },
          { at: 'definitions' as const, path: paths.definitions, name: words.definitions },
        ]
      : []),
    ...(has(auditors) ? [{ at: 'log' as const, path: paths.log, name: words.log.title }] : []),
  ];
}
