// Tasks (F10 once it is assigned).

import type { Description } from './commands';
import type { ProjectDossier } from '../wire/flows';
import { choice, day, given, line, lines, member, option, priorities, prose, reason, remark, simple } from './make';

export const ofTasks: Record<string, Description> = {
  'task.assign': {
    label: { zh: '分配任务', en: 'Assign a task' },
    inPlace: true,
    fields: (about) => {
      const project = about.dossier as ProjectDossier | undefined;
      const milestones = (project?.forms.F2?.data.charter.milestones ?? []).map((m, i) => option(i + 1, `${i + 1}. ${m.name}`, `${i + 1}. ${m.name}`));
      return [
        line('title', '标题', 'Title', { required: true, wide: true, faults: ['bad_title'] }),
        prose('standard', '工作标准', 'Standard', 'bad_standard', { hint: { zh: '成果将按此标准验收', en: 'The result is accepted against it' } }),
        member('to', '负责人', 'Assignee', { required: true, faults: ['bad_assignee'] }),
        day('due', '完成时限', 'Due', { faults: ['bad_due'], ...(about.today ? { min: about.today } : {}) }),
        choice('priority', '优先级', 'Priority', priorities, { initial: 'normal', list: true }),
        ...(milestones.length ? [choice('milestone', '里程碑', 'Milestone', [option('', '—', '—'), ...milestones], { required: false, number: true, initial: '', list: true })] : []),
        remark('content', '内容', 'Content'),
        lines('checklist', '检查项', 'Checklist'),
        ...(project ? [given('project', project.id)] : []),
        ...(about.strategy ? [given('strategy', about.strategy)] : []),
      ];
    },
  },
  'task.start': { label: { zh: '开始', en: 'Start' }, fields: () => [] },
  'task.report_progress': {
    label: { zh: '报告进展', en: 'Report progress' },
    fields: ({ task }) => [
      simple('percent', 'percent', '完成百分比', 'Percent done', { required: true, wide: true, initial: task?.percent ?? 0 }),
      remark('note', '说明', 'Note'),
    ],
  },
  'task.submit': {
    label: { zh: '提交成果', en: 'Submit result' },
    fields: () => [remark('result', '成果：做了什么，在哪里可以看到', 'Result: what was done, and where it can be seen', { required: true, rows: 3 })],
  },
  'task.accept': {
    label: { zh: '通过', en: 'Pass' },
    verdict: 'pass',
    fields: () => [remark('comment', '意见', 'Comment')],
  },
  'task.return': { label: { zh: '退回', en: 'Return' }, verdict: 'return', danger: true, fields: () => [reason] },
  'task.unblock': { label: { zh: '解除受阻', en: 'Unblock' }, fields: () => [remark('note', '说明', 'Note')] },
  'task.block': {
    label: { zh: '报告受阻', en: 'Report blocked' },
    fields: () => [reason, member('on', '等待谁', 'Waiting on whom', { wide: true })],
  },
  'task.reassign': {
    label: { zh: '改派', en: 'Reassign' },
    fields: ({ task }) => [member('to', '新负责人', 'New assignee', { required: true, wide: true, without: task ? [task.to] : [] }), reason],
  },
  'task.reschedule': {
    label: { zh: '调整时限', en: 'Reschedule' },
    fields: ({ task }) => [day('due', '新时限', 'New due date', { wide: true, initial: task?.due ?? '' }), reason],
  },
  'task.cancel': {
    label: { zh: '取消任务', en: 'Cancel task' },
    danger: true,
    grave: { zh: '取消后不能恢复。', en: 'A cancelled task stays cancelled.' },
    fields: () => [reason],
  },
};
