#pragma once
// A project request (F1) from any department, its assessment (F1a) and the verdict: S3.1.1, S3.1.2.

#include "events/catalog/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events {

/// That somebody looked whether it is lawful and within the rules (S1.3.1), and what they found.
struct compliance_check {
    bool checked;
    std::string findings;
    bool operator==(const compliance_check&) const = default;
};
OPSROOM_DESCRIBE(compliance_check, (checked, yes_no("已完成合规检查", "Compliance checked").begins_with("false")),
                 (findings, prose("合规检查结果", "Compliance findings").may_be_empty().code("bad_compliance").example("不新增个人数据", "No new personal data")))

namespace request {

/// F1.
struct form {
    std::string title;
    std::string background;
    std::string objectives;
    std::string main_content;
    date required_by;
    std::optional<std::string> expected_benefit;
    events::priority priority;
    compliance_check compliance;
    form_extras extras;
    bool operator==(const form&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(form,
    (title, line("标题", "Title").example("积分规则改版", "Points redesign")),
    (background, prose("项目背景", "Background").example("现行规则过于复杂", "The rules are complex")),
    (objectives, prose("项目目标", "Objectives").example("兑换率提高两成", "Redemption up by 20%")),
    (main_content, prose("主要内容", "Main content").code("bad_content").example("规则、页面", "Rules, pages")),
    (required_by, day("时间要求", "Required by").example("+12w", "+12w")),
    (expected_benefit, prose("预期效益", "Expected benefit").code("bad_benefit")),
    (priority, choice("优先级", "Priority").begins_with("normal")),
    (compliance, group("合规检查", "Compliance check").hint("提交前须完成", "Has to be done before the request is submitted")),
    (extras, extras("F1")))
// clang-format on

/// One criterion of F1a: 1 (poor) to 5 (good), and why.
struct rating {
    std::uint8_t points;
    std::string why;
    bool operator==(const rating&) const = default;
};
OPSROOM_DESCRIBE(rating, (points, number("评分", "Points").least(1).most(5).unit("分", "points").code("bad_rating").hint("1 分最低，5 分最高", "1 is poor, 5 is good").example("4", "4")),
                 (why, remark("评分理由", "Grounds").code("bad_rating").example("需求明确", "The need is clear")))

/// F1a.
struct opinion {
    rating reasonableness;
    rating feasibility;
    rating business_impact;
    verdict recommends;
    form_extras extras;
    bool operator==(const opinion&) const = default;
};
OPSROOM_DESCRIBE(opinion, (reasonableness, group("合理性", "Reasonableness")), (feasibility, group("可行性", "Feasibility")),
                 (business_impact, group("业务影响", "Business impact")), (recommends, choice("评估建议", "Recommendation").example("pass", "pass").begins_with("pass")), (extras, extras("F1a")))

struct drafted {
    static constexpr std::string_view type = "request.drafted.v1";
    static constexpr std::string_view clause = "S3.1.1";
    static constexpr event_words says{{"起草了需求申请", "drafted the request"}};
    member_id requester;
    events::department department;  ///< of the requester, then
    request::form form;
    std::uint32_t flow;             ///< the version of the flow that it goes by
    std::optional<events::department> to = {};  ///< whose OM decides on it (D16); not in old ones
    bool operator==(const drafted&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(drafted,
    (requester, person("申请人", "Requester")),
    (department, department("所属部门", "Department of the requester")),
    (form, group("需求申请", "Request")),
    (flow, hidden()),
    (to, department("受理部门", "Deciding department")))
// clang-format on

struct revised {
    static constexpr std::string_view type = "request.revised.v1";
    static constexpr std::string_view clause = "S3.1.1";
    static constexpr event_words says{{"修改了需求申请", "revised the request"}};
    request::form form;
    bool operator==(const revised&) const = default;
};
OPSROOM_DESCRIBE(revised, (form, group("需求申请", "Request")))

struct submitted {
    static constexpr std::string_view type = "request.submitted.v1";
    static constexpr std::string_view clause = "S3.1.1";
    static constexpr event_words says{{"提交了需求申请", "submitted the request"}};
    bool operator==(const submitted&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(submitted)

struct convened {
    static constexpr std::string_view type = "request.convened.v1";
    static constexpr std::string_view clause = "S3.1.2";
    static constexpr event_words says{{"组织了评估", "convened the assessment"}, {"召集 {assessors} 评估，意见截止日 {until}", "convened {assessors}, with opinions due by {until}"}};
    std::vector<member_id> assessors;
    date until;  ///< when their opinions are due
    bool operator==(const convened&) const = default;
};
OPSROOM_DESCRIBE(convened, (assessors, people("评估人", "Assessors")), (until, day("意见截止日", "Opinions due")))

/// The assessors had no chance to say what they think for a while: their opinions are due by this day.
struct assessment_extended {
    static constexpr std::string_view type = "request.assessment_extended.v1";
    static constexpr std::string_view clause = "S3.1.2";
    static constexpr event_words says{{"延长了评估期限", "extended the assessment"}, {"将意见截止日延至 {until}", "extended the assessment to {until}"}};
    date until;
    std::string reason;
    bool operator==(const assessment_extended&) const = default;
};
OPSROOM_DESCRIBE(assessment_extended, (until, day("意见截止日", "Opinions due")), (reason, reason()))

/// An assessor's; a later one replaces it.
struct assessed {
    static constexpr std::string_view type = "request.assessed.v1";
    static constexpr std::string_view clause = "S3.1.2";
    static constexpr event_words says{{"发表了评估意见", "gave an opinion"}};
    member_id assessor;
    request::opinion opinion;
    bool operator==(const assessed&) const = default;
};
OPSROOM_DESCRIBE(assessed, (assessor, person("评估人", "Assessor")), (opinion, group("评估意见", "Opinion")))

struct passed {
    static constexpr std::string_view type = "request.passed.v1";
    static constexpr std::string_view clause = "S3.1.2";
    static constexpr event_words says{{"通过了需求申请", "approved the request"}};
    std::string reason;
    bool operator==(const passed&) const = default;
};
OPSROOM_DESCRIBE(passed, (reason, remark("说明", "Remark")))

/// Back to the requester, to be revised.
struct returned {
    static constexpr std::string_view type = "request.returned.v1";
    static constexpr std::string_view clause = "S3.1.2";
    static constexpr event_words says{{"退回了需求申请", "returned the request"}};
    std::string reason;
    bool operator==(const returned&) const = default;
};
OPSROOM_DESCRIBE(returned, (reason, reason()))

struct clarification_asked {
    static constexpr std::string_view type = "request.clarification_asked.v1";
    static constexpr std::string_view clause = "S3.1.2";
    static constexpr event_words says{{"要求澄清", "asked for clarification"}};
    std::string question;
    bool operator==(const clarification_asked&) const = default;
};
OPSROOM_DESCRIBE(clarification_asked, (question, remark("问题", "Question")))

struct clarified {
    static constexpr std::string_view type = "request.clarified.v1";
    static constexpr std::string_view clause = "S3.1.2";
    static constexpr event_words says{{"作了答复", "answered the question"}};
    std::string answer;
    bool operator==(const clarified&) const = default;
};
OPSROOM_DESCRIBE(clarified, (answer, prose("答复", "Answer")))

struct rejected {
    static constexpr std::string_view type = "request.rejected.v1";
    static constexpr std::string_view clause = "S3.1.2";
    static constexpr event_words says{{"驳回了需求申请", "rejected the request"}};
    std::string reason;
    bool operator==(const rejected&) const = default;
};
OPSROOM_DESCRIBE(rejected, (reason, reason()))

struct withdrawn {
    static constexpr std::string_view type = "request.withdrawn.v1";
    static constexpr std::string_view clause = "S3.1.1";
    static constexpr event_words says{{"撤回了需求申请", "withdrew the request"}};
    std::string reason;
    bool operator==(const withdrawn&) const = default;
};
OPSROOM_DESCRIBE(withdrawn, (reason, reason()))

/// Somebody took over from the requester, or from an assessor, who left.
struct handed_over {
    static constexpr std::string_view type = "request.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了需求申请", "handed the request over"}, {"把需求申请从 {from} 移交给 {to}", "handed the request over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<drafted, revised, submitted, convened, assessed, passed, returned, clarification_asked, clarified, rejected,
                         withdrawn, handed_over, assessment_extended>;

}  // namespace request
}  // namespace events
