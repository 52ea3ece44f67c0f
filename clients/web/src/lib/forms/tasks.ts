// Tasks (F10 once it is assigned).

import type { Description } from './commands';
import { day, member, reason, remark, simple } from './make';

export const ofTasks: Record<string, Description> = {
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
