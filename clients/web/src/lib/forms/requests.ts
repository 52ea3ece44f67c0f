// Project requests: F1, its assessment F1a, and the verdict (S3.1.1, S3.1.2).

import type { RequestDossier } from '../wire/flows';
import type { About, Description } from './commands';
import type { Field } from './field';
import { choice, compliance, day, extras, group, line, members, priorities, prose, reason, remark, simple, verdicts } from './make';

const request = (about: About) => about.dossier as RequestDossier | undefined;

/** What a draft needs all the same. */
const draftNeeds = ['title', 'background', 'objectives', 'main_content', 'required_by', 'priority', 'extras'].map((name) => `/form/${name}`);

/** F1, filled in with what it was before. `checked`: its compliance has to be, as before it is submitted. */
function f1(about: About, checked: boolean): readonly Field[] {
  const before = request(about)?.forms.F1?.data.form;
  return [
    group('form', 'F1', 'F1', [
      line('title', '标题', 'Title', { required: true, wide: true, most: 200, faults: ['bad_title'] }),
      prose('background', '项目背景', 'Background', 'bad_background'),
      prose('objectives', '项目目标', 'Objectives', 'bad_objectives'),
      prose('main_content', '主要内容', 'Main content', 'bad_content'),
      day('required_by', '时间要求', 'Required by', { faults: ['bad_required_by'] }),
      choice('priority', '优先级', 'Priority', priorities, { initial: 'normal' }),
      remark('expected_benefit', '预期效益', 'Expected benefit', { faults: ['bad_benefit'] }),
      compliance(checked),
      extras(about.form('F1')),
    ], { plain: true, ...(before ? { initial: before } : {}) }),
  ];
}

const rating = (name: string, zh: string, en: string): Field =>
  group(name, zh, en, [
    simple('points', 'points', '评分', 'Points', { required: true, faults: ['bad_rating'] }),
    remark('why', '理由', 'Why', { required: true }),
  ]);

function f1a(about: About): readonly Field[] {
  return [
    group('opinion', 'F1a', 'F1a', [
      rating('reasonableness', '合理性', 'Reasonableness'),
      rating('feasibility', '可行性', 'Feasibility'),
      rating('business_impact', '业务影响', 'Business impact'),
      choice('recommends', '建议', 'Recommends', verdicts, { wide: true, initial: 'pass' }),
      extras(about.form('F1a')),
    ], { plain: true }),
  ];
}

export const ofRequests: Record<string, Description> = {
  'request.submit': { label: { zh: '提交申请', en: 'Submit' }, fields: () => [] },
  'request.draft': {
    label: { zh: '提交申请', en: 'Submit' },
    wide: true,
    fields: (about) => f1(about, true),
    keep: { command: 'request.draft', label: { zh: '保存草稿', en: 'Save as a draft' }, needs: draftNeeds },
  },
  'request.revise': { label: { zh: '修改', en: 'Revise' }, wide: true, fields: (about) => f1(about, false) },
  'request.answer': {
    label: { zh: '答复', en: 'Answer' },
    fields: () => [prose('answer', '答复', 'Answer', 'bad_answer', { rows: 4 })],
  },
  'request.convene': {
    label: { zh: '召集评估人', en: 'Convene assessors' },
    fields: (about) => [
      members('assessors', '评估人', 'Assessors', {
        required: true, faults: ['bad_assessors', 'assessor_is_requester'], without: [request(about)?.requester ?? 0],
      }),
      day('until', '意见截止日', 'Opinions due', { faults: ['bad_until'] }),
    ],
  },
  'request.assess': { label: { zh: '评估', en: 'Assess' }, wide: true, fields: f1a },
  'request.pass': {
    label: { zh: '通过', en: 'Pass' },
    verdict: 'pass',
    says: () => ({ zh: '通过后即立为项目。', en: 'It becomes a project.' }),
    fields: () => [remark('reason', '说明', 'Remark', { faults: ['bad_reason'] })],
  },
  'request.return': { label: { zh: '退回', en: 'Return' }, verdict: 'return', danger: true, fields: () => [reason] },
  'request.clarify': {
    label: { zh: '待澄清', en: 'Clarify' },
    verdict: 'clarify',
    fields: () => [prose('question', '要申请人澄清什么', 'What the requester is to clarify', 'bad_question', { rows: 2 })],
  },
  'request.reject': {
    label: { zh: '驳回', en: 'Reject' },
    verdict: 'reject',
    danger: true,
    grave: { zh: '驳回后申请即告结束，不能恢复。', en: 'A rejected request is closed for good.' },
    fields: () => [reason],
  },
  'request.withdraw': {
    label: { zh: '撤回', en: 'Withdraw' },
    danger: true,
    grave: { zh: '撤回后申请即告结束，不能恢复。', en: 'A withdrawn request is closed for good.' },
    fields: () => [reason],
  },
};
