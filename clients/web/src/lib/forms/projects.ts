// Projects: charter (F2), execution, acceptance (F3, F4), summary (F5) and archive (F17); S3.1.3, S3.2.2, S3.3.

import type { ProjectDossier } from '../wire/flows';
import type { About, Description } from './commands';
import type { Field } from './field';
import {
  attainments, choice, day, files, given, extras, group, healths, line, lines, member, members, option, prose, reason, recordKinds, remark, rows,
  simple, yesNo,
} from './make';
import { f2 } from './charter';

const project = (about: About) => about.dossier as ProjectDossier | undefined;

function f3(about: About): readonly Field[] {
  return [
    group('form', 'F3', 'F3', [
      prose('completion', '完成情况', 'Completion', 'bad_completion'),
      lines('deliverables', '交付成果', 'Deliverables', { required: true, faults: ['bad_deliverables'] }),
      prose('attainment', '目标达成情况', 'Attainment of the objectives', 'bad_attainment'),
      remark('deviations', '偏差', 'Deviations', { faults: ['bad_deviations'] }),
      extras(about.form('F3')),
    ], { plain: true }),
  ];
}

/** One result for each objective of the charter. */
function f4(about: About): readonly Field[] {
  const objectives = project(about)?.forms.F2?.data.charter.objectives ?? [];
  return [
    group('report', 'F4', 'F4', [
      rows('results', '各目标的结果', 'Result of each objective', [
        { kind: 'given', name: 'objective', label: { zh: '目标', en: 'Objective' }, value: undefined, always: true },
        choice('result', '结果', 'Result', attainments, { initial: 'met' }),
        remark('note', '说明', 'Note', { always: true }),
      ], ['', ''], {
        fixed: true, required: true, faults: ['bad_objective_results'],
        captions: objectives, initial: objectives.map((_, i) => ({ objective: i + 1, result: 'met', note: '' })),
      }),
      prose('conclusion', '验收结论', 'Conclusion', 'bad_conclusion'),
      lines('conditions', '附带条件', 'Conditions', { always: true, faults: ['bad_conditions'] }),
      extras(about.form('F4')),
    ], { plain: true }),
  ];
}

function f5(about: About): readonly Field[] {
  return [
    group('summary', 'F5', 'F5', [
      prose('experience', '经验', 'Experience', 'bad_experience'),
      prose('lessons', '教训', 'Lessons learned', 'bad_lessons'),
      prose('improvements', '改进措施', 'Improvements', 'bad_improvements'),
      simple('departments', 'departments', '相关部门', 'Departments concerned', { wide: true, always: true }),
      extras(about.form('F5')),
    ], { plain: true }),
    members('recipients', '送达', 'Recipients', {
      required: true, faults: ['bad_recipients', 'manager_not_told'],
      hint: { zh: '须有运营经理，且每个相关部门至少一人', en: 'an operations manager, and somebody of each department concerned' },
    }),
  ];
}

function unreached(about: About) {
  const p = project(about);
  const names = p?.forms.F2?.data.charter.milestones ?? [];
  return (p?.milestones ?? []).flatMap((m, i) => (m.reached ? [] : [option(i + 1, `${i + 1}. ${names[i]?.name ?? m.due}`, `${i + 1}. ${names[i]?.name ?? m.due}`)]));
}

export const ofProjects: Record<string, Description> = {
  'project.submit_charter': {
    label: { zh: '编写并提交立项计划书', en: 'Write and submit the charter' },
    wide: true,
    fields: f2,
    keep: {
      command: 'project.draft_charter',
      label: { zh: '保存草稿', en: 'Save as a draft' },
      needs: ['/charter/name', '/charter/starts', '/charter/ends'],
    },
  },
  'project.approve_charter': {
    label: { zh: '通过', en: 'Pass' },
    verdict: 'pass',
    fields: (about) => [given('sha256', project(about)?.charter ?? ''), remark('comment', '意见', 'Comment', { faults: ['bad_comment', 'other_charter'] })],
    says: (about) => {
      const hash = project(about)?.charter;
      return hash ? { zh: `只批准您所见的这一份，哈希 ${hash.slice(0, 12)}…`, en: `Releases exactly the charter shown, hash ${hash.slice(0, 12)}…` } : null;
    },
  },
  'project.return_charter': { label: { zh: '退回', en: 'Return' }, verdict: 'return', danger: true, fields: () => [reason] },
  'project.clarify': {
    label: { zh: '待澄清', en: 'Clarify' },
    verdict: 'clarify',
    fields: () => [prose('question', '要提交人澄清什么', 'What is to be clarified', 'bad_question', { rows: 2 })],
  },
  'project.reject_charter': {
    label: { zh: '驳回', en: 'Reject' },
    verdict: 'reject',
    danger: true,
    grave: { zh: '驳回后项目即告结束，不能恢复。', en: 'A rejected project is closed for good.' },
    fields: () => [reason],
  },
  'project.answer': { label: { zh: '答复', en: 'Answer' }, fields: () => [prose('answer', '答复', 'Answer', 'bad_answer', { rows: 4 })] },
  'project.report_progress': {
    label: { zh: '报告进展', en: 'Report progress' },
    fields: (about) => [
      simple('percent', 'percent', '完成百分比', 'Percent done', { required: true, wide: true, faults: ['bad_percent'], initial: project(about)?.percent ?? 0 }),
      choice('health', '状况', 'Health', healths, { wide: true, initial: project(about)?.health ?? 'on_track' }),
      remark('note', '说明', 'Note', { required: true, faults: ['bad_note'] }),
    ],
  },
  'project.reach_milestone': {
    label: { zh: '达成里程碑', en: 'Reach a milestone' },
    fields: (about) => [
      choice('milestone', '里程碑', 'Milestone', unreached(about), {
        number: true, wide: true, faults: ['bad_milestone'], initial: unreached(about)[0]?.value ?? '',
      }),
      remark('evidence', '依据', 'Evidence', { required: true }),
      files('attachments'),
    ],
  },
  'project.request_acceptance': { label: { zh: '申请验收', en: 'Request acceptance' }, wide: true, fields: f3 },
  'project.convene_acceptance': {
    label: { zh: '召集验收组', en: 'Convene the panel' },
    fields: (about) => [
      members('panel', '验收组', 'Panel', { required: true, faults: ['bad_panel'], without: [project(about)?.lead ?? 0] }),
      day('on', '验收日', 'Day that it meets', { faults: ['bad_day'] }),
    ],
  },
  'project.sign_acceptance': {
    label: { zh: '签署', en: 'Sign' },
    decides: true,
    beside: ['project.acceptance_signed'],
    fields: () => [
      yesNo('agrees', '意见', 'Opinion', ['同意通过', 'Agree'], ['不同意', 'Object']),
      remark('comment', '说明', 'Comment', { faults: ['bad_comment'], hint: { zh: '不同意时须写明', en: 'needed with an objection' } }),
    ],
  },
  'project.accept': { label: { zh: '验收通过', en: 'Pass, with the report' }, verdict: 'pass', wide: true, fields: f4 },
  'project.fail_acceptance': {
    label: { zh: '验收不通过', en: 'Not accepted yet' },
    verdict: 'return',
    danger: true,
    fields: () => [reason, lines('conditions', '须先完成的条件', 'Conditions to meet first', { required: true, faults: ['bad_conditions'] })],
  },
  'project.summarise': { label: { zh: '编写项目总结', en: 'Write the summary' }, wide: true, fields: f5 },
  'project.acknowledge_summary': { label: { zh: '确认已阅总结', en: 'Acknowledge the summary' }, adds: true, fields: () => [] },
  'project.file_record': {
    label: { zh: '存入归档材料', en: 'File a record' },
    fields: (about) => [
      group('record', '归档材料', 'Record', [
        choice('kind', '种类', 'Kind', recordKinds, { wide: true, initial: project(about)?.missing_records[0] ?? 'other' }),
        line('title', '标题', 'Title', { required: true, wide: true, faults: ['bad_record'] }),
        remark('text', '正文', 'Text', { always: true, hint: { zh: '正文与附件至少有一样', en: 'a text, or an attachment' } }),
        files('attachments', { always: true }),
      ], { plain: true }),
    ],
  },
  'project.submit_archive': { label: { zh: '提交归档', en: 'Hand in the archive' }, fields: () => [remark('note', '说明', 'Note')] },
  'project.seal': {
    label: { zh: '封存', en: 'Seal' },
    verdict: 'pass',
    grave: { zh: '封存后任何内容都不再变动。', en: 'Once sealed, nothing in it changes any more.' },
    fields: () => [remark('comment', '意见', 'Comment')],
  },
  'project.return_archive': { label: { zh: '退回归档', en: 'Return the archive' }, verdict: 'return', danger: true, fields: () => [reason] },
  'project.change_lead': {
    label: { zh: '更换负责人', en: 'Change the lead' },
    fields: (about) => [member('lead', '新负责人', 'New lead', { required: true, wide: true, faults: ['bad_lead'], without: [project(about)?.lead ?? 0] }), reason],
  },
  'project.add_member': {
    label: { zh: '加入成员', en: 'Add a member' },
    fields: (about) => [member('member', '成员', 'Member', { required: true, wide: true, faults: ['bad_person', 'already_in_team'], without: project(about)?.team ?? [] })],
  },
  'project.remove_member': {
    label: { zh: '移出成员', en: 'Remove a member' },
    danger: true,
    fields: (about) => [
      member('member', '成员', 'Member', {
        required: true, wide: true, faults: ['not_in_team', 'lead_stays'], among: (project(about)?.team ?? []).filter((m) => m !== project(about)?.lead),
      }),
    ],
  },
  'project.suspend': { label: { zh: '暂停', en: 'Suspend' }, danger: true, fields: () => [reason] },
  'project.resume': { label: { zh: '恢复', en: 'Resume' }, fields: () => [reason] },
  'project.cancel': {
    label: { zh: '取消项目', en: 'Cancel the project' },
    danger: true,
    grave: { zh: '取消后不能恢复。', en: 'A cancelled project stays cancelled.' },
    fields: () => [reason],
  },
};
