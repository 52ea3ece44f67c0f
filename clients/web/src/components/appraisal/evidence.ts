// A piece of evidence in words, in both languages: what happened, to what.

import { en } from '../../i18n/en';
import { zh } from '../../i18n/zh';
import type { Room } from '../../lib/state/room.svelte';
import { clock } from '../../lib/state/clock.svelte';
import { happened } from '../../lib/text/happened';
import { dayOf, shortDay } from '../../lib/text/time';
import type { EvidenceItem } from '../../lib/wire/appraisals';
import type { Words } from '../../lib/wire/flows';

export function inWords(room: Room, item: EvidenceItem): Words {
  const { event } = item;
  if (!event) return { zh: zh.appraisals.hidden, en: en.appraisals.hidden };
  const [kind = '', id = ''] = event.stream.split('/');
  const say = (t: typeof zh, locale: string) => {
    const day = (d: string) => (d ? shortDay(locale, d, clock.today) : '');
    const title = kind === 'task' ? (room.tasks.peek(Number(id))?.title ?? '') : '';
    const of = t.flows.numbered(t.flows.wait.names[kind] ?? kind, Number(id));
    return `${day(dayOf(event.time))} · ${of}${title ? ` ${title}` : ''} · ${room.byOf(event)} ${happened(event, { t, name: (m) => room.nameOf(m), day })}`;
  };
  return { zh: say(zh, 'zh-CN'), en: say(en, 'en-GB') };
}
