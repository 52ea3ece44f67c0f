// What an appraisal's own views say.

const zh = {
  soFar: '至今',
  sealed: '自评与评价在双方都提交之前互不可见（D4）。',
  self: '自评',
  superior: '上级评价',
  calibrated: '校准后',
  absent: '缺',
  forms: '自评与评价',
  draft: '草稿，只有您能看到',
  evidence: '依据',
  note: '说明',
  found: '系统找到',
  noEvidence: '操作记录中没有找到相关事件。',
  hidden: '您无权查看此事件',
  removed: '已移除',
  explained: '得分构成',
  absentIsNotZero: '缺失的部分不按零计，其余权重按比例放大（D2）。',
  parts: { self: '自评', superior: '上级评价', quarters: '四个季度', annual: '年度评价', evaluation: '年度评价' } as Record<string, string>,
  formula: (n: number) => `按第 ${n} 版评分规则`,
  exactly: '精确值',
  formerResult: '此前的结果',
};

const en: typeof zh = {
  soFar: 'so far',
  sealed: 'Neither side sees the other’s form before both are in (D4).',
  self: 'Self',
  superior: 'Superior',
  calibrated: 'Calibrated',
  absent: 'missing',
  forms: 'Self-appraisal and evaluation',
  draft: 'draft, visible only to you',
  evidence: 'Evidence',
  note: 'Note',
  found: 'found in the log',
  noEvidence: 'No related events were found.',
  hidden: 'You may not see this event',
  removed: 'removed',
  explained: 'How the score was calculated',
  absentIsNotZero: 'Missing parts do not count as zero: they are left out, and the other weights are scaled up (D2).',
  parts: { self: 'Self', superior: 'Superior', quarters: 'Four quarters', annual: 'Annual evaluation', evaluation: 'Annual evaluation' },
  formula: (n) => `by version ${n} of the scoring rules`,
  exactly: 'exact value',
  formerResult: 'Previous result',
};

export const words = { zh, en };
