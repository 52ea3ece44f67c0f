// What a project's own views say.

const zh = {
  toChannel: '项目频道',
  raciHint: 'R 执行 · A 负责 · C 咨询 · I 知会',
  reached: '已达成',
  noReports: '还没有进展汇报。',
  tasks: '任务',
  noTasks: '还没有属于此项目的任务。',
  archive: '归档',
  sealed: '已封存，不再变动。',
  package: '下载封存包',
  packageHint: '一个 ZIP 文件：事件、附件与证明，可离线核对；包内 README.txt 有说明。',
  missing: '还缺：',
  complete: '归档材料齐全',
};
const en: typeof zh = {
  toChannel: 'Project channel',
  raciHint: 'R responsible · A accountable · C consulted · I informed',
  reached: 'Reached',
  noReports: 'No progress has been reported yet.',
  tasks: 'Tasks',
  noTasks: 'No tasks belong to this project yet.',
  archive: 'Archive',
  sealed: 'Sealed: it does not change any more.',
  package: 'Download the sealed package',
  packageHint: 'One ZIP file: events, attachments and proofs, to be verified offline; README.txt in it says how.',
  missing: 'Still missing: ',
  complete: 'Records complete',
};

export const words = { zh, en };
