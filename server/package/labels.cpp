#include "server/package/labels.hpp"

#include <algorithm>
#include <iterator>

namespace server::package {
namespace {

struct label {
    std::string_view name, zh, en;
};

constexpr label labels[] = {
    {"accountable", "负责", "Accountable"},
    {"activity", "工作", "Activity"},
    {"agrees", "同意", "Agrees"},
    {"assessor", "评估人", "Assessor"},
    {"attachments", "附件", "Attachments"},
    {"attainment", "目标达成情况", "Attainment of the objectives"},
    {"background", "背景", "Background"},
    {"budget", "预算", "Budget"},
    {"business_impact", "业务影响", "Business impact"},
    {"by", "提交人", "Submitted by"},
    {"charter", "立项计划书", "Charter"},
    {"checked", "已核对", "Checked"},
    {"clarify", "待澄清", "clarify"},
    {"comment", "意见", "Comment"},
    {"completion", "完成情况", "Completion"},
    {"compliance", "合规核对", "Compliance check"},
    {"conclusion", "结论", "Conclusion"},
    {"conditions", "附带条件", "Conditions"},
    {"consulted", "咨询", "Consulted"},
    {"currency", "币种", "Currency"},
    {"data_report", "数据报告", "data report"},
    {"deliverable", "交付成果", "Deliverable"},
    {"deliverables", "交付成果", "Deliverables"},
    {"department", "部门", "Department"},
    {"departments", "相关部门", "Departments concerned"},
    {"deviations", "偏差", "Deviations"},
    {"due", "期限", "Due"},
    {"ends", "结束", "Ends"},
    {"execution_record", "执行记录", "execution record"},
    {"expected_benefit", "预期收益", "Expected benefit"},
    {"expected_results", "预期成果", "Expected results"},
    {"experience", "经验", "Experience"},
    {"extras", "其他", "Further fields"},
    {"feasibility", "可行性", "Feasibility"},
    {"fields", "补充字段", "Added fields"},
    {"findings", "核对结果", "Findings"},
    {"flow", "流程版本", "Version of the flow"},
    {"form", "表单", "Form"},
    {"high", "高", "high"},
    {"impact", "影响", "Impact"},
    {"improvements", "改进建议", "Improvements"},
    {"informed", "知会", "Informed"},
    {"kind", "类别", "Kind"},
    {"lead", "项目负责人", "Lead"},
    {"lessons", "教训", "Lessons learned"},
    {"likelihood", "可能性", "Likelihood"},
    {"low", "低", "low"},
    {"main_content", "主要内容", "Main content"},
    {"medium", "中", "medium"},
    {"met", "达成", "met"},
    {"milestones", "里程碑", "Milestones"},
    {"minutes", "会议纪要", "minutes"},
    {"name", "名称", "Name"},
    {"normal", "普通", "normal"},
    {"not_met", "未达成", "not met"},
    {"note", "说明", "Note"},
    {"objective", "目标", "Objective"},
    {"objectives", "目标", "Objectives"},
    {"on", "日期", "Day"},
    {"opinion", "评估意见", "Opinion"},
    {"other", "其他", "other"},
    {"panel", "验收组", "Panel"},
    {"panellist", "验收人", "Panellist"},
    {"partly", "部分达成", "partly"},
    {"pass", "通过", "pass"},
    {"points", "评分", "Points"},
    {"priority", "优先级", "Priority"},
    {"reasonableness", "合理性", "Reasonableness"},
    {"recipients", "送达", "Recipients"},
    {"recommends", "建议", "Recommends"},
    {"record", "归档材料", "Record"},
    {"reject", "驳回", "reject"},
    {"report", "报告", "Report"},
    {"requester", "申请人", "Requester"},
    {"required_by", "时间要求", "Required by"},
    {"resources", "资源需求", "Resources"},
    {"response", "应对", "Response"},
    {"responsibilities", "职责分工", "Responsibility matrix"},
    {"responsible", "执行", "Responsible"},
    {"result", "结果", "Result"},
    {"results", "各目标结果", "Result per objective"},
    {"risks", "风险", "Risks"},
    {"send_back", "退回", "return"},
    {"sha256", "SHA-256", "SHA-256"},
    {"starts", "开始", "Starts"},
    {"success_metrics", "成功指标", "Success metrics"},
    {"summary", "总结", "Summary"},
    {"team", "项目组", "Team"},
    {"text", "内容", "Text"},
    {"title", "标题", "Title"},
    {"urgent", "紧急", "urgent"},
    {"use", "用途", "Use"},
    {"what", "事项", "What"},
    {"why", "理由", "Why"},
};
static_assert(std::is_sorted(std::begin(labels), std::end(labels), [](const label& a, const label& b) { return a.name < b.name; }));

}  // namespace

std::string_view label_of(std::string_view name, events::language l) {
    const auto at =
        std::lower_bound(std::begin(labels), std::end(labels), name, [](const label& a, std::string_view n) { return a.name < n; });
    if (at == std::end(labels) || at->name != name) return name;
    return l == events::language::zh ? at->zh : at->en;
}

}  // namespace server::package
