// Appraisals (S6.3): self-appraisal F6, superior's appraisal F7, talk record and improvement plan F8, and what follows.

import type { AppraisalDossier, Evaluation, SelfForm } from '../wire/appraisals';
import type { About, Description } from './commands';
import type { Field, Values } from './field';
import { choice, day, evidence, extras, given, group, line, member, option, prose, reason, remark, rows, simple } from './make';

const appraisal = (about: About) => about.dossier as AppraisalDossier | undefined;

/** A line for each indicator, with what was written before; `words` is what each side calls its text. */
function lines(about: About, before: readonly Values[] | undefined, words: Field): Field {
  const indicators = appraisal(about)?.indicators ?? [];
  const options = (about.evidence ?? [])
    .filter((e) => !e.removed)
    .map((e) => ({ at: e.at, of: e.indicator, label: about.happened?.(e) ?? { zh: `#${e.at}`, en: `#${e.at}` } }));
  return rows('lines', '各项指标', 'Indicators', [
    given('indicator', ''),
    simple('score', 'score', '分数（0–100，可不填）', 'Score (0–100, may be left out)', { faults: ['bad_score'] }),
    words,
    ...(options.length ? [evidence(options)] : [given('evidence', [])]),
  ], ['', ''], {
    fixed: true, required: true, faults: ['bad_lines', 'bad_evidence'],
    captions: indicators.map((i) => ({ zh: `${i.name.zh} · ${i.weight}%`, en: `${i.name.en} · ${i.weight}%` })),
    initial: indicators.map((i) => ({ indicator: i.code, ...before?.find((l) => l['indicator'] === i.code) })),
  });
}

function f6(about: About): readonly Field[] {
  const a = appraisal(about);
  const before: SelfForm | undefined = (a?.forms.F6_draft ?? a?.forms.F6)?.data.form;
  return [
    group('form', 'F6', 'F6', [
      lines(about, before?.lines as unknown as Values[] | undefined, prose('text', '自我评价', 'Own evaluation', 'bad_text')),
      extras(about.form('F6')),
    ], { plain: true, ...(before ? { initial: { extras: before.extras } } : {}) }),
  ];
}

function f7(about: About): readonly Field[] {
  const a = appraisal(about);
  const before: Evaluation | undefined = (a?.forms.F7_draft ?? a?.forms.F7)?.data.form;
  return [
    group('form', 'F7', 'F7', [
      lines(about, before?.lines as unknown as Values[] | undefined, prose('comment', '评价', 'Evaluation', null)),
      prose('comment', '总体评价', 'Overall', 'bad_comment'),
      extras(about.form('F7')),
    ], { plain: true, ...(before ? { initial: { comment: before.comment, extras: before.extras } } : {}) }),
  ];
}

function f8(about: About): readonly Field[] {
  const before = appraisal(about)?.forms.F8?.data.talk;
  return [
    group('talk', 'F8', 'F8', [
      prose('result', '考核结果', 'Result', 'bad_talk'),
      prose('strengths', '优点', 'What was good', null),
      prose('shortcomings', '不足', 'What fell short', null),
      rows('actions', '改进措施（双方确认后成为任务）', 'Improvement plan (its actions become tasks once both confirm)', [
        line('what', '内容', 'What', { required: true, wide: true }),
        member('owner', '负责人', 'Owner', { required: true }),
        day('due', '期限', 'Due'),
        line('standard', '标准', 'Standard', { required: true, wide: true }),
      ], ['加一项措施', 'Add an action'], { most: 20, faults: ['bad_actions'] }),
      extras(about.form('F8')),
    ], { plain: true, ...(before ? { initial: before as unknown as Values } : {}) }),
  ];
}

function indicators(about: About) {
  return (appraisal(about)?.indicators ?? []).map((i) => option(i.code, i.name.zh, i.name.en));
}

/** A draft may lack everything but what it is of. */
const draft = (command: string): NonNullable<Description['keep']> => ({
  command, label: { zh: '保存草稿', en: 'Save as a draft' }, needs: [],
});

export const ofAppraisals: Record<string, Description> = {
  'appraisal.submit_self': { label: { zh: '填写并提交自评', en: 'Write the self-appraisal' }, wide: true, fields: f6, keep: draft('appraisal.draft_self') },
  'appraisal.evaluate': { label: { zh: '填写并提交评价', en: 'Write the evaluation' }, wide: true, fields: f7, keep: draft('appraisal.draft_evaluation') },
  'appraisal.record_talk': { label: { zh: '记录绩效沟通', en: 'Record the talk' }, wide: true, fields: f8 },
  'appraisal.confirm_talk': { label: { zh: '确认沟通记录', en: 'Confirm the talk record' }, verdict: 'pass', beside: ['appraisal.talk_confirmed'], fields: () => [] },
  'appraisal.finalise': {
    label: { zh: '定稿', en: 'Finalise' },
    verdict: 'pass',
    fields: () => [remark('comment', '说明', 'Comment', { faults: ['bad_comment'] })],
  },
  'appraisal.apply': { label: { zh: '应用结果', en: 'Apply the result' }, verdict: 'pass', fields: () => [] },
  'appraisal.uphold_appeal': { label: { zh: '支持申诉', en: 'Uphold the appeal' }, verdict: 'pass', fields: () => [reason] },
  'appraisal.return_self': { label: { zh: '退回自评', en: 'Return the self-appraisal' }, verdict: 'return', danger: true, fields: () => [reason] },
  'appraisal.return_talk': { label: { zh: '不同意沟通记录', en: 'Disagree with the record' }, verdict: 'return', danger: true, fields: () => [reason] },
  'appraisal.reject_appeal': { label: { zh: '驳回申诉', en: 'Reject the appeal' }, verdict: 'reject', danger: true, grave: { zh: '驳回后结果即告成立。', en: 'The result then stands.' }, fields: () => [reason] },
  'appraisal.revise_talk': { label: { zh: '修改沟通记录', en: 'Revise the talk record' }, wide: true, fields: f8 },
  'appraisal.calibrate': {
    label: { zh: '校准', en: 'Calibrate' },
    fields: (about) => [
      rows('adjustments', '调整得分', 'Changed scores', [
        choice('indicator', '指标', 'Indicator', indicators(about), { initial: indicators(about)[0]?.value ?? '' }),
        simple('score', 'score', '分数', 'Score', { required: true }),
      ], ['加一项', 'Add one'], { required: true, most: 32, faults: ['bad_adjustments'] }),
      reason,
    ],
  },
  'appraisal.appeal': {
    label: { zh: '申诉', en: 'Appeal' },
    danger: true,
    fields: () => [prose('reason', '申诉理由', 'Why', 'bad_reason', { rows: 4 })],
  },
  'appraisal.extend': {
    label: { zh: '延长期限', en: 'Give more time' },
    fields: () => [day('until', '延至', 'Until', { faults: ['bad_until'] }), reason],
  },
  'appraisal.add_evidence': {
    label: { zh: '添加依据', en: 'Add evidence' },
    adds: true,
    fields: (about) => [
      choice('indicator', '指标', 'Indicator', indicators(about), { wide: true, initial: indicators(about)[0]?.value ?? '' }),
      group('evidence', '依据', 'Evidence', [
        { kind: 'event', name: 'at', label: { zh: '发生了什么', en: 'What happened' }, required: true, wide: true, faults: ['bad_evidence'] },
        remark('note', '说明', 'Note', { required: true }),
      ], { plain: true }),
    ],
  },
  'appraisal.remove_evidence': {
    label: { zh: '移除依据', en: 'Remove evidence' },
    danger: true,
    inPlace: true,
    fields: (about) => [given('indicator', about.piece?.indicator ?? ''), given('at', about.piece?.at ?? 0), reason],
  },
  'appraisal.change_evaluator': {
    label: { zh: '更换评价人', en: 'Change the evaluator' },
    fields: () => [member('to', '新的评价人', 'The new evaluator', { required: true, wide: true, faults: ['bad_evaluator'] }), reason],
  },
  'appraisal.reopen': { label: { zh: '重新打开', en: 'Reopen' }, danger: true, fields: () => [reason] },
  'appraisal.cancel': { label: { zh: '取消考核', en: 'Cancel it' }, danger: true, grave: { zh: '取消后不能恢复。', en: 'A cancelled appraisal stays cancelled.' }, fields: () => [reason] },
};
