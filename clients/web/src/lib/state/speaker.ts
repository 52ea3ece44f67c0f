// How the page says what is in an event: people, days and departments as they are called here.

import type { Texts } from '../../i18n/zh';
import { kindName } from '../text/names';
import { fullTime, shortDay } from '../text/time';
import type { Speaker } from '../text/value';
import { clock } from './clock.svelte';
import type { Room } from './room.svelte';

export function speakerOf(room: Room, t: Texts): Speaker {
  const locale = t.language === 'zh' ? 'zh-CN' : 'en-GB';
  return {
    t,
    name: (m) => room.nameOf(m),
    day: (d) => (d ? shortDay(locale, d, clock.today) : ''),
    moment: (at) => fullTime(locale, at),
    department: (d) => room.books.departmentName(d),
    role: (r) => room.books.roleName(r),
    thing: (kind, id) => t.flows.numbered(kindName(t, kind), id),
  };
}
