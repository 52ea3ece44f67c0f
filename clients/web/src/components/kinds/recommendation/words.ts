// What a recommendation's own views say.

const zh = {
  measured: '针对的指标',
  baseline: (text: string) => `采纳时 ${text}`,
  target: (text: string) => `目标 ${text}`,
  now: (period: string, text: string) => `${period} ${text}`,
  targetLine: '目标',
  unclosed: '未结算',
  table: '数据表',
  toMetric: '查看指标',
};
const en: typeof zh = {
  measured: 'The metric that it is to move',
  baseline: (text) => `${text} when it was adopted`,
  target: (text) => `target ${text}`,
  now: (period, text) => `${text} in ${period}`,
  targetLine: 'Target',
  unclosed: 'not closed',
  table: 'Table of the values',
  toMetric: 'See the metric',
};

export const words = { zh, en };
