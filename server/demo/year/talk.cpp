#include "server/demo/year/talk.hpp"

#include <string_view>

namespace server::demo::year {
namespace {

const dialogue lobby[] = {
    {"", "", {{0, "大家早，今天重点：{t}。", "Good morning. Today's focus: {t}."}, {1, "收到，上午先对齐口径。", "Got it, definitions first this morning."}, {2, "我这边下午三点有空。", "I'm free at three."}}},
    {"", "", {{0, "“{t}”的进展如何？", "How is \"{t}\" coming along?"}, {1, "完成 {n}%，今天能出初稿。", "{n} % done, a draft today."}, {0, "好，初稿出来发我。", "Good, send it over."}, {1, "已发，请看。", "Sent, please have a look."}}},
    {"经验分享", "lessons learned", {{0, "分享一个教训：名单没去重，同一用户收到两次。", "A lesson: the list had doubles, and people got it twice."}, {1, "以后发前跑一次检查脚本吧。", "Let's run the check before each sending."}, {2, "已加到清单里。", "Added to the checklist."}}},
    {"", "", {{0, "明天例会改到 9:30，请提前写好上周进展。", "Tomorrow's meeting is at 9:30. Please write up last week before it."}, {1, "好的。", "Will do."}, {2, "我有两个未决问题要上会。", "I have two open points for it."}}},
    {"", "", {{0, "有人用过新的导出吗？{n} 万行会超时。", "Has anyone used the new export? It times out at {n}0,000 rows."}, {1, "先分两次导，系统那边在修。", "Take it in two parts, it is being fixed."}}},
    {"", "", {{0, "本周客服反馈集中在退款时效，共 {n} 条。", "Most service tickets this week are about refunds: {n} of them."}, {1, "我来整理高频问题。", "I'll collect the frequent ones."}, {0, "谢谢，周五前给财务一份。", "Thanks; finance needs it by Friday."}}},
    {"", "", {{0, "午饭后有 15 分钟快速对一下“{t}”吗？", "Fifteen minutes about \"{t}\" after lunch?"}, {1, "可以，13:30。", "Yes, 13:30."}}},
    {"", "", {{0, "提醒：考勤和报销今天截止。", "Reminder: expenses are due today."}, {1, "已提交。", "Handed in."}, {2, "我的还差一张发票，下午补。", "One invoice is missing, I'll add it this afternoon."}}},
    {"", "", {{0, "“{t}”已提交，请验收。", "\"{t}\" is handed in, ready to be accepted."}, {1, "看到了，下午看。", "I see it, this afternoon."}, {1, "通过了，辛苦。", "Accepted, thank you."}}},
    {"", "", {{0, "竞品昨晚上了满 {n} 减 {m} 的活动。", "A competitor started {m} off {n} last night."}, {1, "持续多久？", "For how long?"}, {0, "页面写的是一周。", "A week, the page says."}, {2, "我记到观察表里。", "I'll put it into the watch list."}}},
};

const dialogue data[] = {
    {"渠道数据", "channel data", {{0, "昨天的渠道数据已更新，拉新 {n}{m}，环比 +{n}%。", "Yesterday's channel data are in: {n}{m} new users, up {n} %."}, {1, "短信渠道好像少了半天？", "Isn't half a day missing for text messages?"}, {0, "对，接口延迟，已补采。", "Right, the interface was late. It is filled in now."}}},
    {"异常", "anomaly", {{0, "支付成功率 10 点跌到 {n}%。", "The payment rate fell to {n} % at ten."}, {1, "是不是上线影响？", "Is it the release?"}, {2, "已回滚，11:20 恢复。", "Rolled back, normal again at 11:20."}, {0, "确认恢复，我写进周报。", "Confirmed; it goes into the weekly report."}}},
    {"口径", "definitions", {{0, "“活跃”按登录还是按下单算？", "Is \"active\" by login or by order?"}, {1, "按登录，文档第三节。", "By login, section three."}, {0, "明白，那报表要改。", "I see, then the report has to change."}}},
    {"", "", {{0, "漏斗第二步流失 {n}%，比上周高 {m} 个点。", "Step two of the funnel loses {n} %, {m} points more than last week."}, {1, "页面改版之后吗？", "Since the new page?"}, {0, "时间对得上，我拆机型看。", "The time fits. I'll split it by device."}}},
    {"", "", {{0, "样本只有 {n} 个，结论先别下。", "There are only {n} samples, no conclusions yet."}, {1, "同意，再跑三天。", "Agreed, three more days."}}},
    {"", "", {{0, "周报初稿在这里，请各位核对自己的部分。", "Here is the draft of the weekly report, please check your parts."}, {1, "我的没问题。", "Mine is fine."}, {2, "第二张图的单位要改成万元。", "The second chart should be in ten thousands."}, {0, "已改。", "Changed."}}},
};

const dialogue campaigns[] = {
    {"预算", "budget", {{0, "这次活动预算 {n} 万，能做到多少触达？", "The budget is {n}0,000. How many people can we reach?"}, {1, "按上次成本大约 {m} 万人。", "About {m}0,000, at last time's cost."}, {0, "那先按这个排。", "Let's plan with that."}}},
    {"推广", "promotion", {{0, "Landing page 文案今天能定吗？", "Can we settle the landing page copy today?"}, {1, "英文版好了，中文还差标题。", "English is ready, the Chinese headline is missing."}, {2, "标题我来，下午给。", "I'll do the headline this afternoon."}}},
    {"", "", {{0, "优惠券库存只剩 {n} 张。", "Only {n} vouchers are left."}, {1, "追加 {m}00 张，已批。", "{m}00 more, approved."}}},
    {"复盘", "review", {{0, "活动复盘：参与 {n}{m} 人，转化 {m}%。", "Review: {n}{m} people took part, {m} % bought."}, {1, "比上次好，主要靠什么？", "Better than last time. What made it?"}, {0, "提前一周预热，名单更准。", "A week's notice before, and a better list."}, {2, "写进总结吧。", "Put that into the summary."}}},
    {"", "", {{0, "海报审核没过，logo 用错版本。", "The poster was refused: wrong version of the logo."}, {1, "换成二版，十分钟。", "Second edition, ten minutes."}, {0, "通过了。", "Approved."}}},
    {"", "", {{0, "Newsletter 本周发 {n} 封还是等下周？", "Shall the newsletter go out this week or next?"}, {1, "等下周二，打开率更高。", "Next Tuesday, more people open it then."}}},
};

const dialogue tech[] = {
    {"", "", {{0, "后台导出超过 {n} 万行会超时。", "The export times out above {n}0,000 rows."}, {1, "已定位，今晚发版。", "Found, it goes out tonight."}, {0, "验证通过，谢谢。", "Checked, thank you."}}},
    {"", "", {{0, "推送到达率掉到 {n}%。", "Push delivery is down to {n} %."}, {1, "通道商限流，已切备用。", "The carrier is throttling, we switched to the other one."}, {2, "恢复到 9{m}% 了。", "Back above 90 %."}}},
    {"权限", "access", {{0, "新同事需要看板权限。", "A new colleague needs access to the dashboard."}, {1, "请发岗位和有效期。", "Please send post and period."}, {0, "数据分析，三个月。", "Data analysis, three months."}, {1, "已开。", "Done."}}},
    {"", "", {{0, "周四 22:00 封版，请提前提需求。", "Code freeze on Thursday 22:00, requests before that please."}, {1, "我有两个，今天提。", "I have two, today."}}},
};

const dialogue budget[] = {
    {"", "", {{0, "“{t}”的费用走哪个科目？", "Which account does \"{t}\" go to?"}, {1, "市场费用，活动类。", "Marketing, campaigns."}}},
    {"付款", "payments", {{0, "供应商发票到了，{n},{m}00 元。", "The supplier's invoice is here: {n},{m}00."}, {1, "合同和验收单也发我。", "I need the contract and the acceptance too."}, {0, "都在附件里。", "Both are attached."}, {1, "周三付。", "It will be paid on Wednesday."}}},
    {"", "", {{0, "本月预算执行 {n}%，还有余量吗？", "We have used {n} % of this month. Is there room?"}, {1, "活动类剩 {m} 万。", "{m}0,000 left for campaigns."}}},
};

const dialogue managers[] = {
    {"", "", {{0, "本周部门状态：正常，有一项延期风险。", "The department is on track this week, with one risk of delay."}, {1, "哪个项目？", "Which project?"}, {0, "依赖系统发布，已有备用方案。", "One that waits for a release; there is a fallback."}}},
    {"", "", {{0, "季度考核材料请提前准备。", "Please prepare the quarter's appraisals early."}, {1, "好，周五前给到。", "Yes, by Friday."}}},
};

const dialogue project[] = {
    {"", "", {{0, "{p} 本周目标：完成里程碑评审。", "{p}: this week we review the milestone."}, {1, "材料周三前给到。", "The material will be there by Wednesday."}, {2, "我负责数据部分。", "I'll take the figures."}}},
    {"风险", "risks", {{0, "依赖的接口可能延后 {m} 天。", "The interface may be {m} days late."}, {1, "能先用手工方案吗？", "Can we do it by hand first?"}, {0, "可以，多花两人天。", "Yes, at two more days of work."}, {1, "同意，写进风险。", "Agreed, put it into the risks."}}},
    {"", "", {{0, "试运行第 {m} 天，问题 {n} 个，严重 0。", "Day {m} of the trial: {n} issues, none severe."}, {1, "不错，按计划全量。", "Good, we go live as planned."}}},
    {"", "", {{0, "谁能帮忙核对名单？共 {n}{m} 条。", "Who can check the list? {n}{m} rows."}, {1, "我来，一小时。", "I can, in an hour."}, {1, "核完了，去掉 {m} 条重复。", "Done, {m} doubles removed."}, {0, "谢谢！", "Thank you!"}}},
    {"例会", "project meeting", {{0, "例会纪要：进度 {n}%，两项待办，负责人已标。", "Minutes: {n} % done, two actions with owners."}, {1, "我的待办周四完成。", "Mine is done by Thursday."}}},
    {"", "", {{0, "用户反馈按钮太隐蔽。", "Users say that the button is hard to find."}, {1, "改到首屏，今天出图。", "It moves to the first screen, a draft today."}, {2, "记得同步英文版。", "The English version too, please."}}},
    {"验收", "acceptance", {{0, "验收材料清单发一下。", "Please send the list for acceptance."}, {1, "成果、数据报告、操作说明。", "Results, data report, instructions."}, {0, "齐了，可以申请。", "All there, we can ask for it."}}},
    {"", "", {{0, "预算用了 {n}%，没有超支风险。", "{n} % of the budget is used, no risk of more."}, {1, "好。", "Good."}}},
};

}  // namespace

std::span<const dialogue> talk_in(const char* channel) {
    const std::string_view name(channel);
    if (name.starts_with("部门大厅")) return lobby;
    if (name.starts_with("数据")) return data;
    if (name.starts_with("运营活动")) return campaigns;
    if (name.starts_with("系统问题")) return tech;
    if (name.starts_with("预算")) return budget;
    if (name.starts_with("管理")) return managers;
    return project;
}

}  // namespace server::demo::year
