// What an alert's own views say.

const zh = {
  seen: '所见',
  usual: (text: string) => `预期 ${text}`,
  range: (low: string, high: string) => (low && high ? `正常 ${low}～${high}` : low ? `正常不低于 ${low}` : `正常不高于 ${high}`),
  band: '正常范围',
  goneOn: (periods: number) => `已持续 ${periods} 期`,
  quietly: (how: string) => `未单独告知：${how}`,
  unclosed: '未结算',
  table: '数据表',
  toMetric: '查看指标',
  runbook: '处理办法',
};

const en: typeof zh = {
  seen: 'What was seen',
  usual: (text) => `Expected ${text}`,
  range: (low, high) => (low && high ? `Usual ${low} – ${high}` : low ? `Usually at least ${low}` : `Usually at most ${high}`),
  band: 'Usual range',
  goneOn: (periods) => (periods === 1 ? 'For 1 period' : `For ${periods} periods`),
  quietly: (how) => `Not told by itself: ${how}`,
  unclosed: 'not closed',
  table: 'Table of the values',
  toMetric: 'See the metric',
  runbook: 'What to do',
};

export const words = { zh, en };
