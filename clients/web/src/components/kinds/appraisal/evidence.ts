// A piece of evidence in words, in both languages: what happened, to what.

import type { Words } from '@client/types';

import { en } from '../../../i18n/en';
import { zh } from '../../../i18n/zh';
import type { Room } from '../../../lib/state/room.svelte';
import { speakerOf } from '../../../lib/state/speaker';
import { happened } from '../../../lib/text/happened';
import { dayOf } from '../../../lib/text/time';
import type { EvidenceItem } from './dossier';
import { words } from './words';

export function inWords(room: Room, item: EvidenceItem): Words {
  const { event } = item;
  if (!event) return { zh: words.zh.hidden, en: words.en.hidden };
  const [kind = '', id = ''] = event.stream.split('/');
  const say = (t: typeof zh) => {
    const says = speakerOf(room, t);
    const title = kind === 'task' ? (room.tasks.peek(Number(id))?.title ?? '') : '';
    return `${says.day(dayOf(event.time))} · ${says.thing(kind, Number(id))}${title ? ` ${title}` : ''} · ${room.byOf(event)} ${happened(event, says)}`;
  };
  return { zh: say(zh), en: say(en) };
}
