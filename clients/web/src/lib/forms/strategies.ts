// Strategies and plans (F19, S3.2.4): what they rest on, what is adjusted, who acknowledges it, and how it is going (F19a).

import { groundOf, looksOf } from '../state/looks';
import type { F19, StrategyDossier } from '../wire/strategies';
import type { About, Description } from './commands';
import type { Field, Values } from './field';
import { choice, count, day, extras, given, group, line, members, option, prose, reason, remark, rows, withOwn } from './make';

const strategy = (about: About) => about.dossier as StrategyDossier | undefined;

const standings = [
  option('on_track', '正常', 'On track', 'good'), option('behind', '落后', 'Behind', 'warn'), option('off_track', '偏离', 'Off track', 'bad'),
  option('achieved', '已达成', 'Achieved', 'good'),
];

/** What a draft begins with: the finding that gave rise to it, or the version that it takes the place of. */
function begun(about: About): Partial<F19> | undefined {
  const { from } = about;
  if (from && 'analysis' in from) {
    const finding = looksOf(from.analysis).find((l) => l.look === from.look)?.finding;
    return {
      title: from.analysis.title, grounds: [{ fact: finding ? groundOf(finding) : '', analysis: from.analysis.id, look: from.look }],
      concerned: from.analysis.concerned, project: from.analysis.project ?? 0,
    };
  }
  const before = from?.strategy;
  const f19 = before?.forms.F19?.data.form;
  // Its days are over by the time that it is replaced, and what is different this time is still to be said.
  return before && f19
    ? { title: f19.title, kind: f19.kind, grounds: f19.grounds, content: f19.content, expected: f19.expected, concerned: before.concerned, project: f19.project, replaces: before.id }
    : undefined;
}

function f19(about: About): readonly Field[] {
  const before: Partial<F19> | undefined = strategy(about)?.forms.F19?.data.form ?? begun(about);
  const cited = (before?.grounds ?? []).map((g) => g.analysis);
  const analyses = cited.reduce((all, id) => withOwn(all, id, '数据分析', 'Analysis'), about.analyses ?? []);
  // The wire has 0 where there is none; a form has nothing there.
  const initial = before && {
    ...before, replaces: before.replaces || '', project: before.project || '',
    grounds: before.grounds?.map((g) => ({ ...g, analysis: g.analysis || 0, look: g.look || undefined })),
  };
  return [
    group('form', 'F19', 'F19', [
      line('title', '标题', 'Title', { required: true, wide: true, most: 200, faults: ['bad_title'] }),
      choice('kind', '种类', 'Kind', [option('strategy', '策略', 'Strategy'), option('plan', '计划', 'Plan')], { initial: 'strategy' }),
      choice('replaces', '取代', 'Takes the place of', [option('', '不取代', 'None'), ...withOwn(about.strategies, before?.replaces, '策略', 'Strategy')], {
        required: false, number: true, list: true, faults: ['bad_replaces'],
      }),
      rows('grounds', '依据的数据和事实', 'Data and facts that it rests on', [
        prose('fact', '数据或事实', 'Fact', null, { rows: 2, hint: { zh: '来自其他来源的，写明来源', en: 'from another source: say which' } }),
        choice('analysis', '来自', 'From', [option(0, '其他来源', 'Another source'), ...analyses], { number: true, list: true, initial: 0 }),
        count('look', '第几次分析', 'Which look', 9_999, { always: true }),
      ], ['加一条依据', 'Add a ground'], { required: true, most: 32, faults: ['bad_grounds', 'no_such_finding'] }),
      prose('adjustment', '调整了什么', 'What is adjusted', 'bad_adjustment'),
      prose('content', '今后执行的内容', 'What holds from here on', 'bad_content', { rows: 6 }),
      prose('expected', '预期效果及衡量方式', 'Expected effect, and what it is measured by', 'bad_expected', { rows: 2 }),
      day('effective', '生效日期', 'Takes effect', { faults: ['bad_effective'], initial: about.today ?? '' }),
      day('acknowledge_by', '确认期限', 'To be acknowledged by', { faults: ['bad_acknowledge_by'] }),
      day('check_on', '首次执行检查', 'First check of its execution', { faults: ['bad_check_on'] }),
      choice('project', '所属项目', 'Project', [option('', '不属于项目', 'None'), ...withOwn(about.projects, before?.project, '项目', 'Project')], {
        required: false, number: true, list: true, faults: ['no_such_project'],
      }),
      members('concerned', '传达给（须逐一确认）', 'Conveyed to (each acknowledges it)', { required: true, faults: ['bad_concerned'] }),
      extras(about.form('F19')),
    ], { plain: true, ...(initial ? { initial: initial as unknown as Values } : {}) }),
  ];
}

function f19a(about: About): readonly Field[] {
  return [
    group('check', 'F19a', 'F19a', [
      choice('standing', '执行情况', 'Standing', standings, { wide: true, initial: 'on_track' }),
      prose('found', '检查结果', 'What was found', 'bad_found'),
      remark('measures', '措施', 'What is done about it', { faults: ['bad_measures'], hint: { zh: '落后或偏离时必填', en: 'needed where it is behind or off track' } }),
      day('next_on', '下次检查', 'Next check', { faults: ['bad_next'] }),
      extras(about.form('F19a')),
    ], { plain: true }),
  ];
}

const hash = (about: About) => strategy(about)?.sha256 ?? '';

export const ofStrategies: Record<string, Description> = {
  'strategy.draft': { label: { zh: '起草策略或计划', en: 'Draft a strategy or plan' }, wide: true, inPlace: true, fields: f19 },
  'strategy.publish': {
    label: { zh: '发布', en: 'Publish' },
    verdict: 'pass',
    fields: (about) => [given('sha256', hash(about))],
    says: (about) =>
      hash(about)
        ? { zh: `只发布您所见的这一份，哈希 ${hash(about).slice(0, 12)}…；随即传达给相关人员确认。`, en: `Publishes exactly what is shown, hash ${hash(about).slice(0, 12)}…; those concerned are then to acknowledge it.` }
        : null,
  },
  'strategy.acknowledge': { label: { zh: '确认', en: 'Acknowledge' }, adds: true, fields: () => [] },
  'strategy.submit': { label: { zh: '提交运营经理', en: 'Submit to the operations manager' }, fields: () => [] },
  'strategy.return': { label: { zh: '退回', en: 'Return' }, verdict: 'return', danger: true, fields: () => [reason] },
  'strategy.check': { label: { zh: '执行检查', en: 'Check its execution' }, wide: true, fields: f19a },
  'strategy.revise': { label: { zh: '修改草稿', en: 'Revise the draft' }, wide: true, fields: f19 },
  'strategy.convey': {
    label: { zh: '传达给更多人', en: 'Convey to more people' },
    fields: (about) => [
      members('members', '传达给', 'To', { required: true, faults: ['bad_members'], without: strategy(about)?.concerned ?? [] }),
      day('acknowledge_by', '确认期限', 'To be acknowledged by', { wide: true, faults: ['bad_acknowledge_by'] }),
    ],
  },
  'strategy.end': {
    label: { zh: '终止', en: 'End it' },
    danger: true,
    grave: { zh: '终止后不再有效，也没有新版本接替。', en: 'It holds no more, and nothing takes its place.' },
    fields: () => [reason],
  },
  'strategy.discard': {
    label: { zh: '作废', en: 'Discard' },
    danger: true,
    grave: { zh: '作废后不能恢复。', en: 'A discarded draft stays discarded.' },
    fields: () => [reason],
  },
};
