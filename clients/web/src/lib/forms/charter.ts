// The charter (F2): team, schedule, milestones, budget, risks, and who is responsible for what.

import type { ProjectDossier } from '../wire/flows';
import type { About } from './commands';
import type { Field } from './field';
import { choice, compliance, day, extras, group, levels, line, lines, member, members, prose, rows, simple } from './make';

/** With what was drafted or returned before; else with the name of the request. */
export function f2(about: About): readonly Field[] {
  const project = about.dossier as ProjectDossier | undefined;
  const before = project?.forms.F2?.data.charter ?? (project ? { name: project.name } : undefined);
  return [
    group('charter', 'F2', 'F2', [
      line('name', '项目名称', 'Name', { required: true, wide: true, most: 200, faults: ['bad_name'] }),
      member('lead', '项目负责人', 'Project lead', { required: true, faults: ['bad_lead'] }),
      members('team', '团队成员', 'Team', { required: true, faults: ['bad_team'] }),
      day('starts', '开始', 'Starts', { faults: ['bad_schedule'] }),
      day('ends', '结束', 'Ends'),
      lines('objectives', '目标', 'Objectives', {
        required: true, faults: ['bad_objectives'], hint: { zh: '每行一条，逐条验收', en: 'one a line; each is accepted on its own' },
      }),
      prose('expected_results', '预期成果', 'Expected results', 'bad_results'),
      prose('success_metrics', '成功指标', 'Success metrics', 'bad_metrics', { rows: 2 }),
      prose('resources', '资源需求', 'Resources needed', 'bad_resources', { rows: 2 }),
      rows('milestones', '里程碑', 'Milestones', [
        line('name', '名称', 'Name', { required: true }),
        day('due', '日期', 'Due'),
        line('deliverable', '交付物', 'Deliverable', { required: true }),
      ], ['加一个里程碑', 'Add a milestone'], { required: true, faults: ['bad_milestones'], hint: { zh: '按日期排列，在起止日期之内', en: 'by date, within the schedule' } }),
      group('budget', '预算', 'Budget', [
        simple('money', 'cents', '金额', 'Amount', { required: true, faults: ['bad_budget'] }),
        line('currency', '货币', 'Currency', { required: true, most: 3, initial: 'CNY' }),
        line('use', '用途', 'What for', { always: true, wide: true }),
      ]),
      rows('risks', '风险', 'Risks', [
        line('what', '风险', 'Risk', { required: true }),
        choice('likelihood', '可能性', 'Likelihood', levels, { initial: 'medium' }),
        choice('impact', '影响', 'Impact', levels, { initial: 'medium' }),
        line('response', '应对', 'Response', { required: true }),
      ], ['加一项风险', 'Add a risk'], { required: true, faults: ['bad_risks'] }),
      rows('responsibilities', '职责分工（RACI）', 'Responsibility matrix (RACI)', [
        line('activity', '活动', 'Activity', { required: true, wide: true }),
        members('responsible', '执行 R', 'Responsible', { required: true, wide: false, always: true }),
        member('accountable', '负责 A', 'Accountable', { required: true }),
        members('consulted', '咨询 C', 'Consulted', { wide: false, always: true }),
        members('informed', '知会 I', 'Informed', { wide: false, always: true }),
      ], ['加一项活动', 'Add an activity'], { required: true, faults: ['bad_responsibilities'] }),
      compliance(true),
      extras(about.form('F2')),
    ], { plain: true, ...(before ? { initial: before } : {}) }),
  ];
}
