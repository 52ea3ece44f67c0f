// Appraisal cycles (S6.2) and the indicators of the roles (S6.1).

import type { CycleDossier, IndicatorsRow } from '../wire/appraisals';
import type { Words } from '../wire/flows';
import type { About, Description } from './commands';
import type { Field } from './field';
import { choice, count, day, group, line, many, member, option, reason, remark, rows } from './make';

const sources = [
  option('tasks_on_time', '按时完成的任务', 'Tasks on time'), option('tasks_late', '逾期完成的任务', 'Tasks late'),
  option('tasks_returned', '被退回的成果', 'Returned work'), option('tasks_accepted', '验收他人的任务', 'Tasks accepted'),
  option('milestones_reached', '达成的里程碑', 'Milestones'), option('projects_accepted', '验收通过的项目', 'Projects accepted'),
  option('requests_assessed', '评估的申请', 'Requests assessed'), option('requests_decided', '裁决的申请', 'Requests decided'),
  option('progress_reported', '进展报告', 'Progress reports'), option('improvements_done', '完成的改进', 'Improvements done'),
  option('findings_reported', '报告的数据发现', 'Findings reported'), option('findings_handled', '处理的数据发现', 'Findings handled'),
  option('strategies_published', '发布的策略或计划', 'Strategies published'), option('strategies_checked', '执行检查', 'Strategies checked'),
  option('proposals_adopted', '被采纳的建议', 'Proposals adopted'),
];

export const sourceNames: Record<string, Words> = Object.fromEntries(sources.map((s) => [s.value, s.label]));

const schedule = (initial?: CycleDossier['schedule']): Field =>
  group('schedule', '日程', 'Schedule', [
    day('opens', '开启', 'Opens'), day('self_closes', '自评截止', 'Self-appraisal closes'),
    day('evaluation_closes', '评价截止', 'Evaluation closes'), day('calibrates', '校准', 'Calibration'), day('closes', '结束', 'Closes'),
  ], { faults: ['bad_schedule'], ...(initial ? { initial } : {}) });

/** A step is taken on its day by itself; on another day somebody says why. */
const step = (zh: string, en: string): Description => ({
  label: { zh, en },
  decides: true,
  fields: () => [remark('reason', '原因', 'Why', { faults: ['bad_reason'], hint: { zh: '不在计划当天须写明', en: 'needed on another day than planned' } })],
});

function template(before: IndicatorsRow | undefined): Field[] {
  return [
    group('name', '名称', 'Name', [line('zh', '中文', 'Chinese', { required: true, most: 80 }), line('en', '英文', 'English', { required: true, most: 80 })], { faults: ['bad_name'], ...(before ? { initial: before.name } : {}) }),
    rows('indicators', '指标（权重合计 100）', 'Indicators (weights add up to 100)', [
      line('code', '代码', 'Code', { required: true, most: 64 }),
      count('weight', '权重 %', 'Weight %', 100, { required: true }),
      group('name', '名称', 'Name', [line('zh', '中文', 'Chinese', { required: true, most: 80 }), line('en', '英文', 'English', { required: true, most: 80 })], { plain: true }),
      many('evidence', '依据来自', 'Evidence from', sources, { always: true }),
    ], ['加一项指标', 'Add an indicator'], { required: true, most: 32, faults: ['bad_indicators', 'bad_weights'], ...(before ? { initial: before.indicators } : {}) }),
  ];
}

export const ofCycles: Record<string, Description> = {
  'cycle.plan': {
    label: { zh: '计划考核周期', en: 'Plan a cycle' },
    inPlace: true,
    fields: (about) => [
      choice('kind', '种类', 'Kind', [option('quarter', '季度', 'Quarter'), option('annual', '年度', 'Annual')], { wide: true, initial: 'quarter' }),
      count('year', '年份', 'Year', 9998, { required: true, initial: Number((about.today ?? '2026').slice(0, 4)) }),
      count('quarter', '季度（年度不填）', 'Quarter (none for the year)', 4, { faults: ['bad_period', 'already_planned'] }),
    ],
  },
  'cycle.open': step('开启', 'Open it'),
  'cycle.close_self': step('截止自评', 'Close self-appraisal'),
  'cycle.close_evaluation': step('截止评价', 'Close evaluation'),
  'cycle.begin_calibration': step('开始校准', 'Begin calibration'),
  'cycle.close': step('结束', 'Close it'),
  'cycle.reschedule': { label: { zh: '更改日程', en: 'Reschedule' }, fields: (about) => [schedule((about.dossier as CycleDossier | undefined)?.schedule), reason] },
  'cycle.excuse': {
    label: { zh: '豁免被遗漏的人', en: 'Excuse who is left out' },
    fields: () => [member('member', '被遗漏的人', 'Who is left out', { required: true, wide: true, faults: ['not_left_out'] }), reason],
  },
  'cycle.cancel': { label: { zh: '取消', en: 'Cancel it' }, danger: true, grave: { zh: '取消后不能恢复。', en: 'A cancelled cycle stays cancelled.' }, fields: () => [reason] },
  'appraisal.open': {
    label: { zh: '为后来者建立考核', en: 'Open one for a latecomer' },
    inPlace: true,
    fields: (about) => [
      { kind: 'given', name: 'cycle', label: { zh: '', en: '' }, value: about.dossier?.id ?? 0, always: true },
      member('employee', '被考核人', 'Employee', { required: true, wide: true, faults: ['bad_employee', 'no_indicators', 'no_evaluator', 'already_opened'] }),
    ],
  },
  'indicators.publish': {
    label: { zh: '发布指标', en: 'Publish indicators' },
    inPlace: true,
    fields: (about) => [choice('role', '岗位', 'Role', about.roles ?? [], { initial: about.roles?.[0]?.value ?? '', faults: ['bad_role', 'role_taken', 'own_indicators', 'not_setter'] }), ...template(undefined)],
  },
  'indicators.revise': { label: { zh: '修订', en: 'Revise' }, inPlace: true, fields: (about: About) => [...template(about.template), reason] },
  'indicators.retire': { label: { zh: '停用', en: 'Retire' }, inPlace: true, danger: true, grave: { zh: '停用后不再以此开始考核。', en: 'No appraisal opens with it any more.' }, fields: () => [reason] },
};
