// The election of outstanding employees (S6.4.3, D7).

import type { ElectionDossier } from '../wire/appraisals';
import type { About, Description } from './commands';
import type { Field } from './field';
import { choice, count, day, group, line, member, members, option, prose, reason, remark } from './make';

const election = (about: About) => about.dossier as ElectionDossier | undefined;

const schedule = (initial?: ElectionDossier['schedule']): Field =>
  group('schedule', '日程', 'Schedule', [
    day('nominations_close', '提名截止', 'Nominations close'), day('voting_opens', '投票开始', 'Voting opens'),
    day('voting_closes', '投票截止', 'Voting closes'),
  ], { faults: ['bad_schedule'], ...(initial ? { initial } : {}) });

export const ofElections: Record<string, Description> = {
  'election.open': {
    label: { zh: '发起评选', en: 'Open an election' },
    inPlace: true,
    fields: (about) => [
      line('title', '名称', 'Title', { required: true, wide: true, faults: ['bad_title'] }),
      line('period', '表彰的时期', 'Period that it honours', { required: true, most: 80, faults: ['bad_period'] }),
      count('seats', '名额', 'Seats', 100, { required: true, faults: ['bad_seats'], initial: 1 }),
      choice('electorate', '范围', 'Who votes and can be chosen', [option('', '全体成员', 'Everybody'), ...(about.departments ?? [])], { required: false, wide: true, faults: ['bad_electorate'] }),
      schedule(),
    ],
  },
  // What a person chooses is sealed by the server on the way in.
  'election.vote': {
    label: { zh: '投票', en: 'Vote' },
    adds: true,
    secret: true,
    fields: (about) => [
      member('nominee', '投给谁', 'For whom', {
        required: true, wide: true, among: election(about)?.nominees ?? [], faults: ['bad_ballot', 'not_nominated'],
        hint: { zh: '选票封存，投票截止前可改', en: 'sealed; changeable until voting closes' },
      }),
    ],
  },
  'election.nominate': {
    label: { zh: '提名', en: 'Nominate' },
    adds: true,
    fields: (about) => [
      member('nominee', '提名谁', 'Whom', { required: true, wide: true, without: [about.me ?? 0], faults: ['own_nomination', 'bad_nominee', 'nominated_before', 'too_many_nominees'] }),
      reason,
    ],
  },
  'election.close_nominations': { label: { zh: '截止提名', en: 'Close nominations' }, decides: true, fields: () => [] },
  'election.open_voting': { label: { zh: '开始投票', en: 'Open voting' }, decides: true, fields: () => [] },
  'election.close_voting': {
    label: { zh: '截止投票并计票', en: 'Close voting and count' },
    grave: { zh: '截止后不能再投票，也不能重开。', en: 'Nobody can vote after that, and it does not open again.' },
    fields: () => [],
  },
  'election.decide': {
    label: { zh: '决定当选者', en: 'Decide who is chosen' },
    verdict: 'pass',
    fields: (about) => [members('winners', '当选者', 'Chosen', { required: true, among: election(about)?.nominees ?? [], faults: ['bad_winners'] }), reason],
  },
  'election.announce': { label: { zh: '公布', en: 'Announce' }, decides: true, fields: () => [prose('commendation', '表彰词', 'Commendation', 'bad_commendation', { required: false })] },
  'election.reschedule': { label: { zh: '更改日程', en: 'Reschedule' }, fields: (about) => [schedule(election(about)?.schedule), reason] },
  'election.cancel': { label: { zh: '取消评选', en: 'Cancel it' }, danger: true, grave: { zh: '取消后不能恢复。', en: 'A cancelled election stays cancelled.' }, fields: () => [remark('reason', '原因', 'Reason', { required: true })] },
};
