// What is made of a result (S6.3.4, S6.4): F16, approved by the superior leader as it was read (D8).

import type { AppraisalDossier, IncentiveDossier } from '../wire/appraisals';
import type { About, Description } from './commands';
import type { Field, Values } from './field';
import { choice, day, extras, given, group, line, option, prose, reason, remark, simple } from './make';

const kinds = [
  option('bonus', '绩效奖金', 'Bonus'), option('promotion', '晋升', 'Promotion'), option('salary_adjustment', '调薪', 'Salary adjustment'),
  option('training', '培训', 'Training'), option('award', '表彰', 'Award'),
];

const incentive = (about: About) => about.dossier as IncentiveDossier | undefined;

/** From an appraisal, or from what was proposed before. Whom it is for and on what it rests stays. */
function f16(about: About): readonly Field[] {
  const before = incentive(about)?.forms.F16?.data.proposal;
  const from = before ? undefined : (about.dossier as AppraisalDossier | undefined);
  const ground = before?.election ? given('election', before.election) : given('appraisal', before?.appraisal ?? from?.id ?? 0);
  return [
    group('form', 'F16', 'F16', [
      choice('kind', '种类', 'Kind', kinds, { wide: true, initial: 'bonus' }),
      given('member', before?.member ?? from?.employee ?? 0),
      ground,
      group('amount', '金额（晋升不填）', 'Amount (none for a promotion)', [
        simple('money', 'cents', '金额', 'Amount', { required: true, faults: ['bad_amount'] }),
        line('currency', '货币', 'Currency', { required: true, most: 3, initial: 'CNY' }),
      ], { optional: true }),
      day('effective', '生效日期', 'Takes effect', { faults: ['bad_day'], initial: about.today ?? '' }),
      prose('terms', '给予什么', 'What is granted', 'bad_terms', { rows: 2 }),
      prose('reason', '原因', 'Why', 'bad_reason', { rows: 2 }),
      extras(about.form('F16')),
    ], { plain: true, ...(before ? { initial: before as unknown as Values } : {}) }),
  ];
}

export const ofIncentives: Record<string, Description> = {
  'incentive.propose': { label: { zh: '提出激励', en: 'Propose an incentive' }, wide: true, inPlace: true, fields: f16 },
  'incentive.approve': {
    label: { zh: '通过', en: 'Pass' },
    verdict: 'pass',
    fields: (about) => [given('sha256', incentive(about)?.sha256 ?? ''), remark('comment', '意见', 'Comment', { faults: ['bad_comment', 'other_proposal'] })],
    says: (about) => {
      const hash = incentive(about)?.sha256;
      return hash ? { zh: `只批准您所见的这一份，哈希 ${hash.slice(0, 12)}…`, en: `Releases exactly the proposal shown, hash ${hash.slice(0, 12)}…` } : null;
    },
  },
  'incentive.return': { label: { zh: '退回', en: 'Return' }, verdict: 'return', danger: true, fields: () => [reason] },
  'incentive.clarify': {
    label: { zh: '待澄清', en: 'Clarify' },
    verdict: 'clarify',
    fields: () => [prose('question', '要提出人澄清什么', 'What is to be clarified', 'bad_question', { rows: 2 })],
  },
  'incentive.reject': {
    label: { zh: '驳回', en: 'Reject' },
    verdict: 'reject',
    danger: true,
    grave: { zh: '驳回后即告结束，不能恢复。', en: 'A rejected proposal is closed for good.' },
    fields: () => [reason],
  },
  'incentive.revise': { label: { zh: '修改并再次提出', en: 'Revise and propose again' }, wide: true, fields: f16 },
  'incentive.answer': { label: { zh: '答复', en: 'Answer' }, fields: () => [prose('answer', '答复', 'Answer', 'bad_answer', { rows: 4 })] },
  'incentive.take_effect': { label: { zh: '生效', en: 'Have it take effect' }, decides: true, fields: () => [] },
  'incentive.withdraw': {
    label: { zh: '撤回', en: 'Withdraw' },
    danger: true,
    grave: { zh: '撤回后即告结束，不能恢复。', en: 'A withdrawn proposal is closed for good.' },
    fields: () => [reason],
  },
};
