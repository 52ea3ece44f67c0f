// A department that looks at its data, by what its people do beside the browser: an analysis with findings, a strategy that
// rests on them in its second version, a proposal that was adopted.

import { day } from './forms.mjs';
import { analyst, business, manager, password, specialist } from './people.mjs';

const extras = { form: 1, fields: [], attachments: [] };

export async function underway(room) {
  const [om, sp, da, rq] = await Promise.all([manager, specialist, analyst, business].map((who) => room.server.member(who, password)));
  const plan = { title: '渠道周报：积分商城兑换率与新用户留存', subject: '兑换率为何变化', sources: '数据仓库', method: '环比、同比', owner: da.id, every: 5, next_on: day(1), concerned: [sp.id] };
  const { stream: analysis } = await da('analysis.plan', null, { form: plan });
  await da('analysis.find_steady', analysis, { from: day(-20), until: day(-14), note: '各渠道兑换率、留存均在常值之内' });
  await da('analysis.report', analysis, {
    finding: {
      kind: 'problem', priority: 'high', from: day(-13), until: day(-1), observed: '兑换率下降，新用户尤甚。\n老用户基本不变。',
      figures: [
        { name: '兑换率', before: '12.5', now: '9.83', unit: '%' }, { name: 'New members redeeming within seven days', before: '1203456.75', now: '1198000.5', unit: '人次' },
        { name: '引导完成', now: '41', unit: '%' },
      ],
      cause: '新渠道用户不熟悉积分规则', suggestion: '首日引导', extras,
    },
  });
  await sp('analysis.acknowledge', analysis, {});
  await om('analysis.handle', analysis, { outcome: 'adjust', reason: '先调整新用户引导' });
  const look = { analysis: Number(analysis.split('/')[1]), look: 2 };
  const form = {
    title: '新用户首日引导', kind: 'strategy', grounds: [{ fact: '兑换率由 12.5% 降至 9.83%', ...look }, { fact: '行业报告（2026 年 10 月）', analysis: 0, look: 0 }],
    adjustment: '由次日改为首日引导', content: '注册后一小时内、当晚各推送一次引导。', expected: '四周内兑换率回到 12%', effective: day(0), acknowledge_by: day(3),
    check_on: day(7), concerned: [sp.id, da.id], extras,
  };
  const publish = async (data) => {
    const { stream } = await om('strategy.draft', null, { form: data });
    const { sha256 } = await om.read(`strategies/${stream.split('/')[1]}`);
    await om('strategy.publish', stream, { sha256 });
    return stream;
  };
  const first = await publish(form);
  const strategy = await publish({ ...form, adjustment: '推送改为两次', replaces: Number(first.split('/')[1]) });
  await sp('strategy.acknowledge', strategy, {});
  await om('strategy.check', strategy, { check: { standing: 'behind', found: '两个渠道尚未上线', measures: '本周内上线', next_on: day(14), extras } });
  await om('task.assign', null, { title: '两个渠道上线首日引导', standard: '都有引导', due: day(5), to: sp.id, strategy: Number(strategy.split('/')[1]) });
  const idea = { title: '三份日报合并为一份', kind: 'process', situation: '每天三份', idea: '合并', benefit: '每人每天省半小时', with: [sp.id], extras };
  const { stream: proposal } = await rq('proposal.file', null, { form: idea });
  await om('proposal.clarify', proposal, { question: '由谁合并？' });
  await rq('proposal.answer', proposal, { answer: '由值班人' });
  await om('proposal.adopt', proposal, { reason: '省时明显' });
  return { analysis, strategy, proposal };
}
