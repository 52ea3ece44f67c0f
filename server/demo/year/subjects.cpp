#include "server/demo/year/subjects.hpp"

namespace server::demo::year {
namespace {

constexpr subject all[] = {
    {"liu.yang", "会员积分体系改版", "积分兑换率连续两季下降，规则难懂。", "兑换率从 18% 提升到 30%。", "重做积分规则、兑换页与到期提醒。", "新规则上线，兑换率达到目标。"},
    {"noah", "Spring launch landing pages", "Last spring the pages were ready a week late.", "Pages live two weeks before the launch.", "Six landing pages in both languages, with tracking.", "All pages live and measured."},
    {"huang.min", "运营后台导出优化", "导出超过 5 万行时超时，每周约 20 次投诉。", "百万行导出在 3 分钟内完成。", "改为后台任务，完成后通知下载。", "导出成功率 99.5% 以上。"},
    {"zhou.jie", "活动费用对账自动化", "每月人工对账需要 4 人天。", "对账时间降到半天。", "接入三方账单，自动比对并列出差异。", "差异清单每日生成，误差低于 0.1%。"},
    {"liu.yang", "新用户首单激励", "新用户首单转化停在 11%。", "首单转化提升 3 个百分点。", "首单券、引导流程与客服触达。", "转化达标，单位成本不高于 12 元。"},
    {"noah", "Newsletter relaunch", "Open rates fell below 15 percent.", "Open rate back to 22 percent.", "New layout, segments and a sending calendar.", "Four issues sent, open rate as planned."},
    {"huang.min", "埋点规范与治理", "同一事件有三种命名，口径不一。", "核心事件命名统一。", "制定规范，清理历史埋点，建立评审。", "核心事件覆盖率 100%。"},
    {"zhou.jie", "供应商付款流程优化", "付款平均 14 天，供应商多次催促。", "缩短到 7 天以内。", "梳理审批节点，明确材料清单。", "平均 7 天内付款。"},
    {"liu.yang", "老客户召回计划", "90 天未下单的客户占 41%。", "召回率达到 8%。", "分层名单、三波触达与专属权益。", "召回率达标，退订率低于 0.5%。"},
    {"noah", "Partner promotion toolkit", "Partners ask for material by mail, one by one.", "One place with current material.", "Templates, brand rules and an approval path.", "Twenty partners use the toolkit."},
    {"huang.min", "消息推送通道切换", "现有通道到达率 86%，偶发延迟。", "到达率提升到 95%。", "接入备用通道，按到达率自动切换。", "到达率与延迟达标，切换可回退。"},
    {"zhou.jie", "优惠券成本核算", "优惠券成本在月末才能看到。", "成本按日可见。", "券批次、核销与财务科目对应。", "日成本报表上线，与财务账一致。"},
    {"liu.yang", "五一促销活动", "五一是上半年第二大销售节点。", "销售额同比增长 20%。", "选品、价格、页面与应急预案。", "销售额达标，无重大客诉。"},
    {"noah", "Customer story series", "Sales has no current references.", "Eight published customer stories.", "Interviews, texts, photos and approvals.", "Stories published in both languages."},
    {"huang.min", "数据看板二期", "管理层每天等人工日报。", "九点前自动出日报。", "指标、看板与异常标记。", "看板每日准时，数据差异低于 1%。"},
    {"zhou.jie", "预算执行跟踪", "预算超支往往事后才知道。", "超支提前两周预警。", "按活动登记预算，周更新执行率。", "预警准确，执行率可查。"},
    {"liu.yang", "客服知识库整理", "同一问题三种答复。", "前 200 个问题有统一答复。", "归并问题、撰写答复、指定负责人。", "一次解决率提升到 82%。"},
    {"noah", "Summer campaign in six cities", "Brand awareness outside the capital is low.", "Awareness up by five points.", "Events, local media and a survey before and after.", "Six events held, survey evaluated."},
    {"huang.min", "用户标签服务", "标签由各人手工维护。", "标签按天更新，统一出口。", "标签定义、计算任务与查询接口。", "60 个标签按天产出。"},
    {"zhou.jie", "发票信息自助修改", "每月 300 次人工改票。", "八成由用户自助完成。", "自助页面、校验与审计记录。", "自助率 80% 以上。"},
    {"liu.yang", "社群运营试点", "社群转化高于其他渠道，但规模小。", "新建 50 个群，月活 60%。", "群规、内容日历与积分激励。", "50 个群稳定运营一个季度。"},
    {"noah", "Search advertising review", "Cost per lead rose by a third.", "Cost per lead down by 20 percent.", "Keywords, landing pages and bids reviewed.", "Cost per lead as planned for a month."},
    {"huang.min", "活动页性能优化", "首屏 4.2 秒，跳出率高。", "首屏低于 2 秒。", "图片、缓存与接口合并。", "90 分位首屏低于 2 秒。"},
    {"zhou.jie", "退款时效改进", "退款平均 5 天到账。", "缩短到 2 天。", "与支付渠道对接，减少人工复核。", "平均 2 天内到账。"},
    {"liu.yang", "商品评价真实性治理", "虚假评价投诉上升。", "虚假评价识别率 95%。", "规则、抽检与申诉通道。", "投诉下降一半。"},
    {"noah", "Trade fair in autumn", "The last fair brought few qualified leads.", "200 qualified leads.", "Stand, appointments, follow-up within three days.", "Leads counted and followed up."},
    {"huang.min", "权限与账号清理", "离职账号未及时停用。", "离职当日停用。", "盘点账号，接入人事变动。", "账号与在职名单一致。"},
    {"zhou.jie", "采购比价机制", "同类物料价差最高 30%。", "价差控制在 10% 内。", "比价模板、供应商库与复核。", "采购成本下降 5%。"},
    {"liu.yang", "秋季上新运营", "上新首周动销不足。", "首周动销率 70%。", "预热、首发权益与内容种草。", "动销率达标。"},
    {"noah", "Brand guidelines, second edition", "Each agency draws the logo differently.", "One guide that all agencies follow.", "Logo, colours, tone and examples in both languages.", "Guide published and introduced."},
    {"huang.min", "搜索推荐接口升级", "搜索无结果率 9%。", "降到 4%。", "同义词、纠错与兜底推荐。", "无结果率低于 4%。"},
    {"zhou.jie", "渠道结算口径统一", "三个渠道三种结算口径。", "口径统一，结算一次通过。", "口径文档、历史差异清理与系统配置。", "连续两月一次通过。"},
    {"liu.yang", "双十一大促", "全年最大销售节点。", "销售额同比增长 25%。", "选品、价格、会场、客服与物流保障。", "销售额达标，履约率 98%。"},
    {"noah", "Year-end thank-you campaign", "Regular customers hear little from us.", "One personal message to each of 30,000 customers.", "Text, gift and sending in three waves.", "Messages sent, answers evaluated."},
    {"huang.min", "大促压测与保障", "去年大促有 12 分钟不可用。", "大促期间无不可用。", "压测、扩容、降级预案与值守。", "峰值两倍压测通过。"},
    {"zhou.jie", "年终费用归集", "年终费用归集需要两周。", "三天内完成。", "科目对应、票据清单与责任人。", "三天内归集完毕。"},
    {"liu.yang", "会员年度账单", "用户主动分享是低成本拉新。", "分享率 15%。", "年度数据、页面与分享激励。", "分享率达标，数据无误。"},
    {"noah", "Media plan for next year", "The plan starts from last year's figures each time.", "A plan that follows from the targets.", "Channels, budget, calendar and measures.", "Plan accepted by operations and finance."},
    {"huang.min", "数据仓库分层改造", "报表直接读业务库，互相影响。", "报表全部读数仓。", "明细、汇总、应用三层与血缘。", "核心报表迁移完毕。"},
    {"zhou.jie", "费用报销线上化", "纸质报销平均 9 天。", "3 天内到账。", "表单、审批与影像。", "线上率 95%。"},
    {"liu.yang", "春节前备货活动", "节前两周销量集中。", "节前销售额增长 15%。", "备货清单、价格与配送承诺。", "销售额达标，缺货率低于 2%。"},
    {"noah", "Spring campaign, first ideas", "The brief comes too late every year.", "Brief agreed in January.", "Target group, message, channels.", "A brief that both sides signed."},
    {"huang.min", "监控告警分级", "告警过多，重要的被淹没。", "有效告警占比 80%。", "分级、收敛与值班表。", "无效告警下降七成。"},
    {"zhou.jie", "预算编制工具", "编制表格版本混乱。", "一处编制，版本可追溯。", "模板、权限与汇总。", "各部门在线提交。"},
    {"liu.yang", "直播带货常态化", "直播靠临时排班。", "每周四场稳定开播。", "排期、选品、主播与复盘。", "场均销售额达标。"},
    {"noah", "Podcast pilot", "Our audience listens on the way to work.", "Six episodes in a quarter.", "Topics, guests, recording and distribution.", "2,000 listeners an episode."},
    {"huang.min", "自动化测试补齐", "活动上线前靠人工点检。", "核心流程自动化覆盖。", "用例、数据与流水线。", "核心流程每晚通过。"},
    {"zhou.jie", "合同模板更新", "模板与新规不符。", "全部模板更新。", "法务审核、替换与培训。", "旧模板停用。"},
    {"liu.yang", "门店自提试点", "部分用户希望到店自提。", "三个城市试点。", "门店选择、库存与核销。", "自提占比 5%。"},
    {"noah", "Photo archive", "Nobody finds the picture that was used last time.", "Every picture is found in a minute.", "Sorting, keywords, rights.", "Archive in use."},
    {"huang.min", "接口文档统一", "文档散落在各处。", "一处查询，自动更新。", "生成、发布与检查。", "接口文档覆盖 100%。"},
    {"zhou.jie", "资金计划周报", "资金安排靠电话确认。", "每周一自动生成。", "数据来源、模板与复核。", "连续四周准时。"},
    {"liu.yang", "会员专属客服", "高价值会员等待时间长。", "30 秒内接通。", "分流、排班与话术。", "接通率 95%。"},
    {"noah", "Press kit in two languages", "Journalists ask for the same facts again and again.", "One kit that answers them.", "Facts, pictures, contacts.", "Kit online in both languages."},
};

}  // namespace

std::span<const subject> subjects() { return all; }

}  // namespace server::demo::year
