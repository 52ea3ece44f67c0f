// What an alert rule's own views say.

const zh = {
  none: '该指标还没有数值，无法回测。数据载入后会自动重试。',
  tried: (from: string, until: string) => `按 ${from} 至 ${until} 的数据回测`,
  judged: (periods: number, series: number) => `判断了 ${periods} 期${series > 1 ? `（${series} 个序列）` : ''}`,
  short: (n: number) => `其中 ${n} 期之前的历史不足`,
  alerts: (n: number, week: string) => `会报警 ${n} 次，平均每周 ${week} 次`,
  often: '较为频繁：启用时须确认',
  rated: (useful: number, noise: number) => `与以往的预警相比：${useful} 次有用，${noise} 次误报`,
  when: '时间',
  member: '成员',
  value: '数值',
  why: '原因',
  newest: (n: number, of: number) => (n < of ? `最近 ${n} 次，共 ${of} 次` : `共 ${of} 次`),
};

const en: typeof zh = {
  none: 'The metric has no figures yet, so it could not be tried. It is tried again by itself once data are loaded.',
  tried: (from, until) => `Tried on the figures from ${from} until ${until}`,
  judged: (periods, series) => `${periods} periods judged${series > 1 ? ` (${series} series)` : ''}`,
  short: (n) => `${n} of them with too little before them`,
  alerts: (n, week) => `${n === 1 ? '1 alert' : `${n} alerts`} there would have been, ${week} a week`,
  often: 'That is often: it has to be confirmed when it is switched on',
  rated: (useful, noise) => `Beside alerts that there were: ${useful} of use, ${noise} false`,
  when: 'When',
  member: 'Member',
  value: 'Value',
  why: 'Why',
  newest: (n, of) => (n < of ? `The newest ${n} of ${of}` : `All ${of}`),
};

export const words = { zh, en };
