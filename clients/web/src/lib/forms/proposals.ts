// Proposals of something new or better (S1.3.5): from anyone, decided with a reason, to the credit of whose idea it was.

import type { ProposalDossier } from '../wire/strategies';
import type { About, Description } from './commands';
import type { Field, Values } from './field';
import { choice, extras, group, line, members, option, prose, reason, remark } from './make';

const proposal = (about: About) => about.dossier as ProposalDossier | undefined;

const kinds = [
  option('process', '流程', 'Process'), option('product', '产品', 'Product'), option('campaign', '活动', 'Campaign'), option('technology', '技术', 'Technology'),
  option('cost', '成本', 'Cost'), option('other', '其他', 'Other'),
];

function idea(about: About): readonly Field[] {
  const before = proposal(about)?.forms.proposal?.data.form;
  return [
    group('form', '优化建议', 'Proposal', [
      line('title', '标题', 'Title', { required: true, wide: true, most: 200, faults: ['bad_title'] }),
      choice('kind', '方面', 'About', kinds, { wide: true, initial: 'process' }),
      prose('situation', '现状', 'As it is', 'bad_situation'),
      prose('idea', '建议', 'The idea', 'bad_idea'),
      prose('benefit', '预期收益', 'What it is good for', 'bad_benefit', { rows: 2 }),
      remark('effort', '所需投入', 'What it takes', { faults: ['bad_effort'] }),
      members('with', '共同提出人', 'Whose idea it is as well', {
        always: true, faults: ['bad_with'], without: [proposal(about)?.proposer ?? about.me ?? 0], hint: { zh: '采纳后一并记功', en: 'credited with you once it is adopted' },
      }),
      extras(about.form('proposal')),
    ], { plain: true, ...(before ? { initial: before as unknown as Values } : {}) }),
  ];
}

export const ofProposals: Record<string, Description> = {
  'proposal.file': { label: { zh: '提出建议', en: 'File a proposal' }, wide: true, inPlace: true, fields: idea },
  'proposal.adopt': {
    label: { zh: '采纳', en: 'Adopt' },
    verdict: 'pass',
    says: () => ({ zh: '功劳记在提出人和共同提出人名下。', en: 'It is to the credit of whoever proposed it, and whose idea it is as well.' }),
    fields: () => [reason],
  },
  'proposal.return': { label: { zh: '退回', en: 'Return' }, verdict: 'return', danger: true, fields: () => [reason] },
  'proposal.clarify': {
    label: { zh: '待澄清', en: 'Clarify' },
    verdict: 'clarify',
    fields: () => [prose('question', '要提出人澄清什么', 'What is to be clarified', 'bad_question', { rows: 2 })],
  },
  'proposal.reject': {
    label: { zh: '驳回', en: 'Reject' },
    verdict: 'reject',
    danger: true,
    grave: { zh: '驳回后即告结束，不能恢复。', en: 'A rejected proposal is closed for good.' },
    fields: () => [reason],
  },
  'proposal.answer': { label: { zh: '答复', en: 'Answer' }, fields: () => [prose('answer', '答复', 'Answer', 'bad_answer', { rows: 4 })] },
  'proposal.revise': { label: { zh: '修改并再次提出', en: 'Revise and file again' }, wide: true, fields: idea },
  'proposal.carry_out': {
    label: { zh: '已实施', en: 'Carried out' },
    fields: () => [prose('effect', '实施效果', 'What it has come to', 'bad_effect', { rows: 3 })],
  },
  'proposal.withdraw': {
    label: { zh: '撤回', en: 'Withdraw' },
    danger: true,
    grave: { zh: '撤回后即告结束，不能恢复。', en: 'A withdrawn proposal is closed for good.' },
    fields: () => [reason],
  },
  'proposal.drop': {
    label: { zh: '不再实施', en: 'Drop' },
    danger: true,
    grave: { zh: '之后不能恢复。', en: 'A dropped proposal is closed for good.' },
    fields: () => [reason],
  },
};
