// Regular analyses (S3.2.3): what is looked at and how often, what was found, and what comes of it.

import { looksOf } from '../state/looks';
import type { AnalysisDossier, AnalysisPlan } from '../wire/strategies';
import type { About, Description } from './commands';
import type { Field, Values } from './field';
import { choice, count, day, extras, group, line, member, members, option, priorities, prose, reason, remark, rows, withOwn } from './make';

const analysis = (about: About) => about.dossier as AnalysisDossier | undefined;

const outcomes = [
  option('adjust', '调整策略或计划', 'Adjust strategy or plan'), option('task', '安排任务', 'Assign a task'), option('watch', '继续观察', 'Keep watching'),
  option('none', '无需处理', 'Nothing to do'),
];

/** What holds now: its owner may have changed since it was planned, and its next look come nearer. */
function planned(about: About): AnalysisPlan | undefined {
  const a = analysis(about);
  const plan = a?.forms.plan?.data.plan;
  const today = about.today ?? '';
  return a && plan ? { ...plan, owner: a.owner, concerned: a.concerned, next_on: a.next_on < today ? today : a.next_on } : undefined;
}

function plan(about: About): readonly Field[] {
  const before = planned(about);
  const me = about.me !== undefined && about.analysts?.includes(about.me) ? about.me : 0;
  return [
    group('form', '分析计划', 'Plan', [
      line('title', '标题', 'Title', { required: true, wide: true, most: 200, faults: ['bad_title'] }),
      prose('subject', '分析什么', 'What is looked at', 'bad_subject', { rows: 2, hint: { zh: '指标、模块或活动，要回答的问题', en: 'a metric, module or campaign, and what is asked of it' } }),
      prose('sources', '数据来源', 'Where the data come from', 'bad_sources', { rows: 2 }),
      prose('method', '分析方法', 'Method', 'bad_method', { rows: 2 }),
      member('owner', '负责人（数据分析员）', 'Owner (a data analyst)', {
        required: true, faults: ['bad_owner'], initial: me, ...(about.analysts ? { among: about.analysts } : {}),
      }),
      count('every', '每隔几个工作日', 'Every so many working days', 250, { required: true, faults: ['bad_every'], initial: 5 }),
      day('next_on', '下次分析', 'Next look', { faults: ['bad_next'] }),
      choice('project', '所属项目', 'Project', [option('', '不属于项目', 'None'), ...withOwn(about.projects, before?.project, '项目', 'Project')], {
        required: false, number: true, list: true, faults: ['no_such_project'],
      }),
      members('concerned', '发现后通知谁', 'Who is told of what is found', {
        always: true, faults: ['bad_concerned'], hint: { zh: '运营经理之外的相关专员；须逐一确认', en: 'besides the operations manager; each takes note of it' },
      }),
    ], { plain: true, ...(before ? { initial: { ...before, project: before.project || '' } } : {}) }),
  ];
}

function finding(about: About, corrected: boolean): readonly Field[] {
  const a = analysis(about);
  const before = corrected && a ? looksOf(a).find((l) => l.look === a.found)?.finding : undefined;
  return [
    group('finding', '发现', 'Finding', [
      choice('kind', '种类', 'Kind', [option('change', '变化', 'Change'), option('problem', '问题', 'Problem', 'bad')], { initial: 'change' }),
      choice('priority', '优先级', 'Priority', priorities, { initial: 'normal' }),
      day('from', '数据起日', 'Data from', { faults: ['bad_period'] }),
      day('until', '数据止日', 'Data until', { initial: about.today ?? '' }),
      prose('observed', '观察到什么', 'What was observed', 'bad_observed', { rows: 3 }),
      rows('figures', '数据', 'Figures', [
        line('name', '指标', 'Name', { required: true }),
        line('unit', '单位', 'Unit', { most: 32, always: true }),
        line('before', '之前', 'Before', { most: 32 }),
        line('now', '现在', 'Now', { required: true, most: 32 }),
      ], ['加一个数字', 'Add a figure'], { most: 64, faults: ['bad_figures'], hint: { zh: '写成 12.5；之前未测可不填', en: 'as 12.5; leave “before” out where it was not measured' } }),
      remark('cause', '可能原因', 'Likely cause', { faults: ['bad_cause'] }),
      remark('suggestion', '建议', 'Suggestion', { faults: ['bad_suggestion'] }),
      extras(about.form('finding')),
    ], { plain: true, ...(before ? { initial: before as unknown as Values } : {}) }),
  ];
}

export const ofAnalyses: Record<string, Description> = {
  'analysis.plan': { label: { zh: '计划分析', en: 'Plan an analysis' }, wide: true, inPlace: true, fields: plan },
  'analysis.report': { label: { zh: '报告发现', en: 'Report a finding' }, wide: true, fields: (about) => finding(about, false) },
  // Of what was on the screen: it may have been corrected meanwhile.
  'analysis.acknowledge': { label: { zh: '确认已阅', en: 'Take note' }, fields: () => [] },
  'analysis.handle': {
    label: { zh: '处理发现', en: 'Handle the finding' },
    decides: true,
    fields: () => [
      choice('outcome', '如何处理', 'What comes of it', outcomes, { wide: true, initial: 'adjust' }),
      reason,
    ],
  },
  'analysis.find_steady': {
    label: { zh: '无异常', en: 'Nothing unusual' },
    fields: (about) => [
      day('from', '数据起日', 'Data from', { faults: ['bad_period'] }),
      day('until', '数据止日', 'Data until', { initial: about.today ?? '' }),
      remark('note', '看了什么', 'What was looked at', { required: true, faults: ['bad_note'] }),
    ],
  },
  'analysis.correct': { label: { zh: '更正发现', en: 'Correct the finding' }, wide: true, fields: (about) => [...finding(about, true), reason] },
  'analysis.change': { label: { zh: '更改计划', en: 'Change the plan' }, wide: true, fields: (about) => [...plan(about), reason] },
  'analysis.end': {
    label: { zh: '结束分析', en: 'End it' },
    danger: true,
    grave: { zh: '结束后不再分析；如需继续，须另行计划。', en: 'It is looked at no more; to go on, another is planned.' },
    fields: () => [reason],
  },
};
