#include "clients/cli/commands/form_words.hpp"

#include <algorithm>
#include <iterator>

namespace cli {
namespace {

// clang-format off
constexpr form_section sections[] = {
    {"template", {"考核指标", "Indicators"}},
    {"schedule", {"日程", "Schedule"}},
    {"opening", {"开始", "Opening"}},
    {"F1", {"F1 项目需求申请", "F1 Project request"}},
    {"F1a", {"F1a 评估意见", "F1a Assessment"}},
    {"F2", {"F2 立项计划书", "F2 Charter"}},
    {"charter_verdict", {"审批", "Approval"}},
    {"F16", {"F16 激励决定", "F16 Decision"}},
    {"clarifications", {"澄清", "Clarifications"}, true},
    {"verdict", {"裁决", "Verdict"}},
    {"milestones", {"里程碑", "Milestones"}, true},
    {"progress", {"进展报告", "Progress reports"}, true},
    {"F3", {"F3 验收申请", "F3 Acceptance request"}},
    {"panel", {"验收组", "Panel"}},
    {"signatures", {"签署", "Signatures"}, true},
    {"failed_acceptances", {"曾未通过", "Not accepted before"}},
    {"F4", {"F4 验收报告", "F4 Acceptance report"}},
    {"F5", {"F5 项目总结", "F5 Summary"}},
    {"acknowledgements", {"已确认", "Acknowledged"}, true},
    {"records", {"归档材料", "Records"}},
    {"F17", {"F17 归档", "F17 Archive"}},
    {"F6_draft", {"F6 自评（草稿，只有您能看到）", "F6 Self-appraisal (a draft that you alone see)"}},
    {"F6", {"F6 自评", "F6 Self-appraisal"}},
    {"F7_draft", {"F7 上级评价（草稿，只有您能看到）", "F7 Superior's appraisal (a draft that you alone see)"}},
    {"F7", {"F7 上级评价", "F7 Superior's appraisal"}},
    {"calibrations", {"校准", "Calibration"}},
    {"F8", {"F8 绩效沟通与改进计划", "F8 Talk and improvement plan"}},
    {"result", {"定稿结果", "Final result"}},
    {"appeal", {"申诉", "Appeal"}},
    {"appeal_verdict", {"申诉裁决", "Verdict on the appeal"}},
    {"nominations", {"提名", "Nominations"}, true},
    {"count", {"计票", "Count"}},
    {"decision", {"决定", "Decision"}},
    {"announcement", {"公布", "Announcement"}},
};

/// "risks.what" goes before "what".
constexpr form_field fields[] = {
    // Forms, as events carry them, and what stands in the facts above them or is the system's.
    {"form", {}, holds::form}, {"opinion", {}, holds::form}, {"charter", {}, holds::form}, {"report", {}, holds::form}, {"summary", {}, holds::form},
    {"proposal", {}, holds::form}, {"talk", {}, holds::form}, {"record", {}, holds::form},
    {"id", {}, holds::nothing}, {"flow", {}, holds::nothing}, {"sha256", {}, holds::nothing}, {"key", {}, holds::nothing}, {"proof", {}, holds::nothing},
    {"by", {}, holds::nothing}, {"requester", {}, holds::nothing}, {"department", {}, holds::nothing}, {"assessor", {}, holds::nothing},
    {"panellist", {}, holds::nothing}, {"organiser", {}, holds::nothing}, {"indicators_from", {}, holds::nothing}, {"indicators_version", {}, holds::nothing},
    {"year", {}, holds::nothing}, {"quarter", {}, holds::nothing}, {"cycle", {}, holds::nothing}, {"employee", {}, holds::nothing}, {"evaluator", {}, holds::nothing},
    {"acknowledgements.member", {}, holds::nothing}, {"as_counted", {"与票数一致", "As counted"}, holds::yes_no}, {"code", {}, holds::nothing},
    {"extras.form", {}, holds::nothing},
    // F1, F1a
    {"title", {"标题", "Title"}},
    {"background", {"项目背景", "Background"}},
    {"F1.objectives", {"项目目标", "Objectives"}},
    {"main_content", {"主要内容", "Main content"}},
    {"required_by", {"时间要求", "Required by"}},
    {"expected_benefit", {"预期效益", "Expected benefit"}},
    {"priority", {"优先级", "Priority"}, holds::code},
    {"compliance", {"合规检查", "Compliance check"}, holds::check},
    {"to", {"受理部门", "Decided by department"}},
    {"reasonableness", {"合理性", "Reasonableness"}, holds::rating},
    {"feasibility", {"可行性", "Feasibility"}, holds::rating},
    {"business_impact", {"业务影响", "Business impact"}, holds::rating},
    {"recommends", {"建议", "Recommends"}, holds::code},
    {"question", {"问", "Q"}},
    {"answer", {"答", "A"}},
    {"reason", {"原因", "Reason"}},
    {"comment", {"意见", "Comment"}},
    // F2
    {"name", {"名称", "Name"}},
    {"lead", {"负责人", "Lead"}, holds::person},
    {"team", {"团队", "Team"}, holds::people},
    {"starts", {"开始", "Starts"}},
    {"ends", {"结束", "Ends"}},
    {"milestones", {"里程碑", "Milestones"}},
    {"due", {"期限", "Due"}},
    {"deliverable", {"交付物", "Deliverable"}},
    {"budget", {"预算", "Budget"}, holds::money},
    {"resources", {"资源需求", "Resources needed"}},
    {"expected_results", {"预期成果", "Expected results"}},
    {"objectives", {"目标", "Objectives"}},
    {"success_metrics", {"成功指标", "Success metrics"}},
    {"risks", {"风险", "Risks"}},
    {"likelihood", {"可能性", "Likelihood"}, holds::code},
    {"impact", {"影响", "Impact"}, holds::code},
    {"response", {"应对", "Response"}},
    {"responsibilities", {"职责分工", "Responsibility matrix"}},
    {"activity", {"活动", "Activity"}},
    {"responsible", {"R 执行", "R"}, holds::people},
    {"accountable", {"A 负责", "A"}, holds::person},
    {"consulted", {"C 咨询", "C"}, holds::people},
    {"informed", {"I 知会", "I"}, holds::people},
    // Progress, F3 to F5, records
    {"percent", {"进度", "Progress"}, holds::percent},
    {"health", {"状况", "Health"}, holds::code},
    {"note", {"说明", "Note"}},
    {"milestone", {"里程碑", "Milestone"}},
    {"milestones.evidence", {"依据", "Evidence"}},
    {"completion", {"完成情况", "Completion"}},
    {"deliverables", {"交付成果", "Deliverables"}},
    {"attainment", {"目标达成情况", "Attainment of the objectives"}},
    {"deviations", {"偏差", "Deviations"}},
    {"panel", {"验收组", "Panel"}, holds::people},
    {"on", {"验收日", "Meets on"}},
    {"agrees", {"意见", "Says"}, holds::agreement},
    {"results", {"各目标结果", "Result of each objective"}},
    {"objective", {"目标", "Objective"}, holds::objective},
    {"results.result", {"结果", "Result"}, holds::code},
    {"conclusion", {"结论", "Conclusion"}},
    {"conditions", {"条件", "Conditions"}},
    {"experience", {"经验", "Experience"}},
    {"lessons", {"教训", "Lessons learned"}},
    {"improvements", {"改进措施", "Improvements"}},
    {"departments", {"相关部门", "Departments concerned"}},
    {"recipients", {"送达", "Recipients"}, holds::people},
    {"kind", {"种类", "Kind"}, holds::code},
    {"text", {"内容", "Text"}},
    {"attachments", {"附件", "Attachments"}},
    // Appraisals
    {"role", {"岗位", "Role"}},
    {"indicators", {"指标", "Indicators"}},
    {"weight", {"权重", "Weight"}, holds::percent},
    {"indicators.evidence", {"依据来自", "Evidence from"}, holds::sources},
    {"score", {"得分", "Score"}, holds::hundredths},
    {"grade", {"等级", "Grade"}},
    {"F7.comment", {"总体评价", "Overall"}},
    {"F7_draft.comment", {"总体评价", "Overall"}},
    {"adjustments", {"得分", "Scores"}},
    {"indicator", {"指标", "Indicator"}, holds::indicator},
    {"before", {"之前", "Before"}},
    {"after", {"之后", "After"}},
    {"F8.result", {"考核结果", "Result"}},
    {"strengths", {"优点", "What was good"}},
    {"shortcomings", {"不足", "What fell short"}},
    {"actions", {"改进措施", "Improvement plan"}},
    {"what", {"内容", "What"}},
    {"owner", {"负责人", "Owner"}, holds::person},
    {"standard", {"标准", "Standard"}},
    {"formula", {"评分规则版本", "Version of the scoring rules"}},
    {"appeal_until", {"申诉截止", "Appeal until"}},
    // Incentives and elections
    {"member", {"受益人", "For"}, holds::person},
    {"appraisal", {"依据的考核", "Rests on the appraisal"}, holds::reference},
    {"election", {"依据的评选", "Rests on the election"}, holds::reference},
    {"amount", {"金额", "Amount"}, holds::money},
    {"effective", {"生效日期", "Takes effect"}},
    {"terms", {"给予什么", "What is granted"}},
    {"period", {"期间", "Period"}},
    {"seats", {"名额", "Seats"}},
    {"electorate", {"范围", "Who votes"}},
    {"schedule", {"日程", "Schedule"}},
    {"opens", {"开启", "Opens"}},
    {"self_closes", {"自评截止", "Self-appraisal closes"}},
    {"evaluation_closes", {"评价截止", "Evaluation closes"}},
    {"calibrates", {"校准", "Calibration"}},
    {"closes", {"结束", "Closes"}},
    {"nominations_close", {"提名截止", "Nominations close"}},
    {"voting_opens", {"投票开始", "Voting opens"}},
    {"voting_closes", {"投票截止", "Voting closes"}},
    {"nominee", {"被提名人", "Nominee"}, holds::person},
    {"totals", {"票数", "Votes"}},
    {"votes", {"票数", "Votes"}},
    {"invalid", {"无效", "Invalid"}},
    {"winners", {"当选", "Chosen"}, holds::people},
    {"commendation", {"表彰词", "Commendation"}},
};

struct named_code {
    std::string_view code;
    text words;
};
constexpr named_code codes[] = {
    {"pass", {"通过", "pass"}}, {"send_back", {"退回", "return"}}, {"clarify", {"待澄清", "clarify"}}, {"reject", {"驳回", "reject"}},
    {"low", {"低", "low"}}, {"medium", {"中", "medium"}}, {"high", {"高", "high"}}, {"normal", {"普通", "normal"}}, {"urgent", {"紧急", "urgent"}},
    {"met", {"达成", "met"}}, {"partly", {"部分达成", "partly met"}}, {"not_met", {"未达成", "not met"}},
    {"on_track", {"正常", "on track"}}, {"caution", {"需关注", "caution"}}, {"off_track", {"偏离", "off track"}},
    {"execution_record", {"执行记录", "execution record"}}, {"data_report", {"数据报告", "data report"}}, {"minutes", {"会议纪要", "minutes"}}, {"other", {"其他", "other"}},
    {"quarter", {"季度", "quarter"}}, {"annual", {"年度", "annual"}},
    {"bonus", {"绩效奖金", "bonus"}}, {"promotion", {"晋升", "promotion"}}, {"salary_adjustment", {"调薪", "salary adjustment"}}, {"training", {"培训", "training"}}, {"award", {"表彰", "award"}},
    {"self", {"自评", "Self-appraisal"}}, {"superior", {"上级评价", "Superior's appraisal"}}, {"evaluation", {"评价", "Evaluation"}}, {"quarters", {"四个季度", "Quarters"}}, {"year", {"年度", "The year"}},
};
// clang-format on

}  // namespace

const form_field* field_of_form(std::string_view parent, std::string_view key) {
    const form_field* plain = nullptr;
    for (const auto& f : fields) {
        if (f.key == key) plain = &f;
        if (f.key.size() == parent.size() + 1 + key.size() && f.key.starts_with(parent) && f.key[parent.size()] == '.' && f.key.ends_with(key)) return &f;
    }
    return plain;
}

const form_section* section_of_forms(std::string_view code) {
    const auto found = std::find_if(std::begin(sections), std::end(sections), [&](const auto& s) { return s.code == code; });
    return found == std::end(sections) ? nullptr : found;
}

std::size_t rank_of_section(std::string_view code) {
    const auto found = std::find_if(std::begin(sections), std::end(sections), [&](const auto& s) { return s.code == code; });
    return static_cast<std::size_t>(found - std::begin(sections));
}

std::string_view code_of(language l, std::string_view code) {
    for (const auto& c : codes)
        if (c.code == code) return c.words.in(l);
    return code;
}

}  // namespace cli
