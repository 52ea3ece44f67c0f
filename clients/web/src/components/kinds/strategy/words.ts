// What a strategy's own views say.

const zh = {
  newVersion: '起草新版本',
  newVersionOf: (what: string) => `由“${what}”起草：发布后取代它。`,
  fromFinding: (what: string, run: string) => `依据：${what}，${run}`,
  run: (n: number) => `第 ${n} 期`,
  unacknowledged: '待确认',
  acknowledgedOf: (n: number, of: number) => `${n} / ${of} 已确认`,
  afterPublishing: '发布后传达。',
  line: '历次版本',
  thisOne: '本版',
  tasks: '执行任务',
  noTasks: '还没有执行任务。',
};
const en: typeof zh = {
  newVersion: 'Draft a new version',
  newVersionOf: (what) => `Based on “${what}”, which it replaces once published.`,
  fromFinding: (what, run) => `Based on: ${what}, ${run}`,
  run: (n) => `run ${n}`,
  unacknowledged: 'Pending',
  acknowledgedOf: (n, of) => `${n} of ${of} acknowledged`,
  afterPublishing: 'Recipients are notified once it is published.',
  line: 'Versions',
  thisOne: 'this one',
  tasks: 'Tasks',
  noTasks: 'No tasks yet.',
};

export const words = { zh, en };
