// What an analysis's own views say.

const zh = {
  findings: '分析结果',
  noRuns: '尚未开始分析。',
  run: (n: number) => `第 ${n} 期`,
  period: (from: string, until: string) => `数据 ${from} – ${until}`,
  difference: '变化',
  notMeasured: '未测',
  corrected: '更正',
  noted: '已确认',
  notNoted: '待确认',
  open: '待处理',
  overtaken: '未处理即有新的发现',
  steady: '无异常',
  adjust: '调整策略或计划',
  showOlder: (n: number) => `再显示 ${n} 期`,
};
const en: typeof zh = {
  findings: 'Results',
  noRuns: 'No runs yet.',
  run: (n) => `Run ${n}`,
  period: (from, until) => `Data from ${from} to ${until}`,
  difference: 'Difference',
  notMeasured: 'not measured',
  corrected: 'Corrected',
  noted: 'Acknowledged',
  notNoted: 'Pending',
  open: 'to be handled',
  overtaken: 'superseded by the next finding',
  steady: 'Nothing unusual',
  adjust: 'Adjust the strategy or plan',
  showOlder: (n) => `Show ${n} more`,
};

export const words = { zh, en };
