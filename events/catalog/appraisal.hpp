#pragma once
// An appraisal of one employee in one cycle (S6.3), from its opening to what is made of it. Reopening appends: every
// form and every result that there was stays in the log.

#include "events/catalog/appraisal_forms.hpp"
#include "events/catalog/cycle.hpp"

#include <tuple>
#include <variant>

namespace events::appraisal {

/// What it is about, once and for all: the indicators are a copy of the version that was valid.
struct opened {
    static constexpr std::string_view type = "appraisal.opened.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"建立了考核", "opened the appraisal"}, {"建立了 {employee} 的考核", "opened the appraisal of {employee}"}};
    appraisal_id id;
    cycle_id cycle;
    events::cycle::kind kind;
    std::uint16_t year;
    std::uint8_t quarter;  ///< 0: the year
    member_id employee;
    events::role role;     ///< that they are appraised in
    events::department department;
    member_id evaluator;
    template_id indicators_from;
    std::uint32_t indicators_version;
    std::vector<events::indicators::indicator> indicators;
    std::uint32_t flow;
    bool operator==(const opened&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(opened,
    (id, reference("考核", "Appraisal")),
    (cycle, reference("考核周期", "Cycle")),
    (kind, choice("种类", "Kind")),
    (year, number("年份", "Year")),
    (quarter, number("季度", "Quarter").hint("年度考核为 0", "0 of an annual one")),
    (employee, person("被考核人", "Employee")),
    (role, role("岗位", "Role")),
    (department, department("部门", "Department")),
    (evaluator, person("评价人", "Evaluator")),
    (indicators_from, reference("考核指标", "Indicators")),
    (indicators_version, number("指标版本", "Version of the indicators")),
    (indicators, list("指标", "Indicators")),
    (flow, hidden()))
// clang-format on

struct self_drafted_v1 {
    static constexpr std::string_view type = "appraisal.self_drafted.v1";
    static constexpr std::string_view clause = "S6.3.1";
    self_form_v1 form;
    bool operator==(const self_drafted_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_drafted_v1, (), (form))

struct self_drafted {
    static constexpr std::string_view type = "appraisal.self_drafted.v2";
    static constexpr std::string_view clause = "S6.3.1";
    static constexpr event_words says{{"保存了自评草稿", "saved a draft of the self-appraisal"}};
    self_form form;
    bool operator==(const self_drafted&) const = default;
};
OPSROOM_DESCRIBE(self_drafted, (form, group("自评", "Self-appraisal")))
inline self_drafted upcast(self_drafted_v1&& old) { return {upcast(std::move(old.form))}; }

struct self_submitted_v1 {
    static constexpr std::string_view type = "appraisal.self_submitted.v1";
    static constexpr std::string_view clause = "S6.3.1";
    self_form_v1 form;
    std::optional<std::uint32_t> score;  ///< of this form alone
    bool operator==(const self_submitted_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_submitted_v1, (), (form, score))

struct self_submitted {
    static constexpr std::string_view type = "appraisal.self_submitted.v2";
    static constexpr std::string_view clause = "S6.3.1";
    static constexpr event_words says{{"提交了自评", "submitted the self-appraisal"}};
    self_form form;
    std::optional<std::uint32_t> score;  ///< of this form alone
    bool operator==(const self_submitted&) const = default;
};
OPSROOM_DESCRIBE(self_submitted, (form, group("自评", "Self-appraisal")), (score, hundredths("本表得分", "Score of this form")))
inline self_submitted upcast(self_submitted_v1&& old) { return {upcast(std::move(old.form)), old.score}; }

/// F6 may be handed in again until this day.
struct self_returned {
    static constexpr std::string_view type = "appraisal.self_returned.v1";
    static constexpr std::string_view clause = "S6.3.1";
    static constexpr event_words says{{"退回了自评", "returned the self-appraisal"}, {"退回了自评，重新提交期限为 {until}", "returned the self-appraisal, to be submitted again by {until}"}};
    personal reason;
    date until;
    bool operator==(const self_returned&) const = default;
};
OPSROOM_DESCRIBE(self_returned, (reason, reason()), (until, day("重新提交期限", "To be submitted again by")))

struct evaluation_drafted_v1 {
    static constexpr std::string_view type = "appraisal.evaluation_drafted.v1";
    static constexpr std::string_view clause = "S6.3.2";
    evaluation_v1 form;
    bool operator==(const evaluation_drafted_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluation_drafted_v1, (), (form))

struct evaluation_drafted {
    static constexpr std::string_view type = "appraisal.evaluation_drafted.v2";
    static constexpr std::string_view clause = "S6.3.2";
    static constexpr event_words says{{"保存了评价草稿", "saved a draft of the evaluation"}};
    evaluation form;
    bool operator==(const evaluation_drafted&) const = default;
};
OPSROOM_DESCRIBE(evaluation_drafted, (form, group("上级评价", "Superior's appraisal")))
inline evaluation_drafted upcast(evaluation_drafted_v1&& old) { return {upcast(std::move(old.form))}; }

struct evaluated_v1 {
    static constexpr std::string_view type = "appraisal.evaluated.v1";
    static constexpr std::string_view clause = "S6.3.2";
    evaluation_v1 form;
    std::optional<std::uint32_t> score;  ///< of this form alone
    std::optional<appraisal::grade> grade;
    bool operator==(const evaluated_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluated_v1, (), (form, score, grade))

/// With this, F6 and F7 are open to both sides (D4).
struct evaluated {
    static constexpr std::string_view type = "appraisal.evaluated.v2";
    static constexpr std::string_view clause = "S6.3.2";
    static constexpr event_words says{{"提交了上级评价", "submitted the evaluation"}};
    evaluation form;
    std::optional<std::uint32_t> score;  ///< of this form alone
    std::optional<appraisal::grade> grade;
    bool operator==(const evaluated&) const = default;
};
OPSROOM_DESCRIBE(evaluated, (form, group("上级评价", "Superior's appraisal")), (score, hundredths("本表得分", "Score of this form")), (grade, choice("等级", "Grade")))
inline evaluated upcast(evaluated_v1&& old) { return {upcast(std::move(old.form)), old.score, old.grade}; }

/// F6 and F7 may come until this day, whatever the cycle has closed.
struct extended {
    static constexpr std::string_view type = "appraisal.extended.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"延长了填写期限", "extended the deadline"}, {"将填写期限延长至 {until}", "extended the deadline to {until}"}};
    date until;
    personal reason;
    bool operator==(const extended&) const = default;
};
OPSROOM_DESCRIBE(extended, (until, day("新的期限", "New deadline")), (reason, reason()))

/// Found in the log by the indicator's sources.
struct suggestion {
    std::string indicator;
    events::indicators::evidence_source source;
    position at;
    bool operator==(const suggestion&) const = default;
};
OPSROOM_DESCRIBE(suggestion, (indicator, code("指标", "Indicator")), (source, choice("依据来源", "Evidence from")), (at, event("事件", "Event")))

struct evidence_suggested {
    static constexpr std::string_view type = "appraisal.evidence_suggested.v1";
    static constexpr std::string_view clause = "S6.3.2";
    static constexpr event_words says{{"推荐了依据", "suggested evidence"}};
    std::vector<suggestion> found;
    bool operator==(const evidence_suggested&) const = default;
};
OPSROOM_DESCRIBE(evidence_suggested, (found, list("推荐的依据", "Suggested evidence")))

struct evidence_added {
    static constexpr std::string_view type = "appraisal.evidence_added.v1";
    static constexpr std::string_view clause = "S6.3.2";
    static constexpr event_words says{{"添加了依据", "added evidence"}};
    member_id by;
    std::string indicator;
    appraisal::evidence evidence;
    bool operator==(const evidence_added&) const = default;
};
OPSROOM_DESCRIBE(evidence_added, (by, person("添加人", "Added by")), (indicator, code("指标", "Indicator")), (evidence, group("依据", "Evidence")))

struct evidence_removed {
    static constexpr std::string_view type = "appraisal.evidence_removed.v1";
    static constexpr std::string_view clause = "S6.3.2";
    static constexpr event_words says{{"移除了依据", "removed evidence"}};
    std::string indicator;
    position at;
    personal reason;
    bool operator==(const evidence_removed&) const = default;
};
OPSROOM_DESCRIBE(evidence_removed, (indicator, code("指标", "Indicator")), (at, event("事件", "Event")), (reason, reason()))

struct talk_recorded_v1 {
    static constexpr std::string_view type = "appraisal.talk_recorded.v1";
    static constexpr std::string_view clause = "S6.3.3";
    appraisal::talk_v1 talk;
    bool operator==(const talk_recorded_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(talk_recorded_v1, (), (talk))

struct talk_recorded {
    static constexpr std::string_view type = "appraisal.talk_recorded.v2";
    static constexpr std::string_view clause = "S6.3.3";
    static constexpr event_words says{{"记录了绩效沟通", "recorded the performance talk"}};
    appraisal::talk talk;
    bool operator==(const talk_recorded&) const = default;
};
OPSROOM_DESCRIBE(talk_recorded, (talk, group("绩效沟通", "Performance talk")))
inline talk_recorded upcast(talk_recorded_v1&& old) { return {upcast(std::move(old.talk))}; }

struct talk_revised_v1 {
    static constexpr std::string_view type = "appraisal.talk_revised.v1";
    static constexpr std::string_view clause = "S6.3.3";
    appraisal::talk_v1 talk;
    bool operator==(const talk_revised_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(talk_revised_v1, (), (talk))

/// Whoever had confirmed it has to confirm it again.
struct talk_revised {
    static constexpr std::string_view type = "appraisal.talk_revised.v2";
    static constexpr std::string_view clause = "S6.3.3";
    static constexpr event_words says{{"修改了沟通记录", "revised the talk record"}};
    appraisal::talk talk;
    bool operator==(const talk_revised&) const = default;
};
OPSROOM_DESCRIBE(talk_revised, (talk, group("绩效沟通", "Performance talk")))
inline talk_revised upcast(talk_revised_v1&& old) { return {upcast(std::move(old.talk))}; }

/// Once both have, the talk is held.
struct talk_confirmed {
    static constexpr std::string_view type = "appraisal.talk_confirmed.v1";
    static constexpr std::string_view clause = "S6.3.3";
    static constexpr event_words says{{"确认了沟通记录", "confirmed the talk record"}};
    member_id by;
    bool operator==(const talk_confirmed&) const = default;
};
OPSROOM_DESCRIBE(talk_confirmed, (by, person("确认人", "Confirmed by")))

/// The employee does not agree with the record.
struct talk_returned {
    static constexpr std::string_view type = "appraisal.talk_returned.v1";
    static constexpr std::string_view clause = "S6.3.3";
    static constexpr event_words says{{"不同意沟通记录", "disagreed with the talk record"}};
    personal reason;
    bool operator==(const talk_returned&) const = default;
};
OPSROOM_DESCRIBE(talk_returned, (reason, reason()))

struct calibrated {
    static constexpr std::string_view type = "appraisal.calibrated.v1";
    static constexpr std::string_view clause = "D2";
    static constexpr event_words says{{"校准了得分", "calibrated the scores"}};
    std::vector<adjustment> adjustments;
    personal reason;
    bool operator==(const calibrated&) const = default;
};
OPSROOM_DESCRIBE(calibrated, (adjustments, list("得分调整", "Changed scores")), (reason, reason()))

struct finalised_v1 {
    static constexpr std::string_view type = "appraisal.finalised.v1";
    static constexpr std::string_view clause = "D2";
    breakdown_v1 result;
    std::uint32_t formula;
    date appeal_until;
    std::optional<personal> comment;
    bool operator==(const finalised_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(finalised_v1, (), (result, formula, appeal_until, comment))

struct finalised {
    static constexpr std::string_view type = "appraisal.finalised.v2";
    static constexpr std::string_view clause = "D2";
    static constexpr event_words says{{"将考核定稿", "finalised the result"}, {"将考核定稿，申诉截止日期为 {appeal_until}", "finalised the result, which can be appealed until {appeal_until}"}};
    breakdown result;
    std::uint32_t formula;  ///< the number of the settings that it was counted by (org.configured)
    date appeal_until;
    std::optional<personal> comment;
    bool operator==(const finalised&) const = default;
};
OPSROOM_DESCRIBE(finalised, (result, group("得分构成", "How the score came about")), (formula, number("评分规则版本", "Version of the scoring rules")), (appeal_until, day("申诉截止日期", "Appeal until")), (comment, remark("说明", "Comment")))
inline finalised upcast(finalised_v1&& old) {
    return {upcast(std::move(old.result)), old.formula, old.appeal_until, std::move(old.comment)};
}

/// People had no chance to appeal for a while: it may be done until this day.
struct appeal_extended {
    static constexpr std::string_view type = "appraisal.appeal_extended.v1";
    static constexpr std::string_view clause = "S6.3.4";
    static constexpr event_words says{{"延长了申诉期限", "extended the appeal period"}, {"将申诉期限延长至 {until}", "extended the appeal period to {until}"}};
    date until;
    personal reason;
    bool operator==(const appeal_extended&) const = default;
};
OPSROOM_DESCRIBE(appeal_extended, (until, day("新的申诉期限", "Appeal until")), (reason, reason()))

struct appealed {
    static constexpr std::string_view type = "appraisal.appealed.v1";
    static constexpr std::string_view clause = "S6.3.4";
    static constexpr event_words says{{"提出了申诉", "appealed"}};
    personal reason;
    bool operator==(const appealed&) const = default;
};
OPSROOM_DESCRIBE(appealed, (reason, prose("申诉理由", "Reason for the appeal")))

/// It is evaluated anew.
struct appeal_upheld {
    static constexpr std::string_view type = "appraisal.appeal_upheld.v1";
    static constexpr std::string_view clause = "S6.3.4";
    static constexpr event_words says{{"支持了申诉", "upheld the appeal"}, {"支持了申诉，由 {evaluator} 重新评价", "upheld the appeal, for {evaluator} to evaluate anew"}};
    personal reason;
    member_id evaluator;  ///< from here on
    bool operator==(const appeal_upheld&) const = default;
};
OPSROOM_DESCRIBE(appeal_upheld, (reason, reason()), (evaluator, person("评价人", "Evaluator")))

/// The result stands.
struct appeal_rejected {
    static constexpr std::string_view type = "appraisal.appeal_rejected.v1";
    static constexpr std::string_view clause = "S6.3.4";
    static constexpr event_words says{{"驳回了申诉", "rejected the appeal"}};
    personal reason;
    bool operator==(const appeal_rejected&) const = default;
};
OPSROOM_DESCRIBE(appeal_rejected, (reason, reason()))

struct reopened {
    static constexpr std::string_view type = "appraisal.reopened.v1";
    static constexpr std::string_view clause = "S6.3.4";
    static constexpr event_words says{{"重新开启了考核", "reopened the appraisal"}, {"重新开启了考核，由 {evaluator} 重新评价", "reopened the appraisal, for {evaluator} to evaluate anew"}};
    personal reason;
    member_id evaluator;  ///< from here on
    bool operator==(const reopened&) const = default;
};
OPSROOM_DESCRIBE(reopened, (reason, reason()), (evaluator, person("评价人", "Evaluator")))

struct applied {
    static constexpr std::string_view type = "appraisal.applied.v1";
    static constexpr std::string_view clause = "S6.3.4";
    static constexpr event_words says{{"应用了考核结果", "applied the result"}};
    bool operator==(const applied&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(applied)

struct cancelled {
    static constexpr std::string_view type = "appraisal.cancelled.v1";
    static constexpr std::string_view clause = "S6.2";
    static constexpr event_words says{{"取消了考核", "cancelled the appraisal"}};
    personal reason;
    bool operator==(const cancelled&) const = default;
};
OPSROOM_DESCRIBE(cancelled, (reason, reason()))

/// The evaluator has left.
struct handed_over {
    static constexpr std::string_view type = "appraisal.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了评价", "handed the evaluation over"}, {"将评价从 {from} 移交给 {to}", "handed the evaluation over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

/// By who reviews it, or human resources. What was drafted by the one before stays theirs.
struct evaluator_changed {
    static constexpr std::string_view type = "appraisal.evaluator_changed.v1";
    static constexpr std::string_view clause = "S6.3.2";
    static constexpr event_words says{{"更换了评价人", "changed the evaluator"}, {"将评价人由 {from} 更换为 {to}", "changed the evaluator from {from} to {to}"}};
    member_id from;
    member_id to;
    personal reason;
    bool operator==(const evaluator_changed&) const = default;
};
OPSROOM_DESCRIBE(evaluator_changed, (from, person("原评价人", "Evaluator before").may_have_left()), (to, person("新评价人", "New evaluator")), (reason, reason()))

using any = std::variant<opened, self_drafted, self_submitted, self_returned, evaluation_drafted, evaluated, extended, evidence_suggested,
                         evidence_added, evidence_removed, talk_recorded, talk_revised, talk_confirmed, talk_returned, calibrated, finalised,
                         appealed, appeal_upheld, appeal_rejected, reopened, applied, cancelled, handed_over, evaluator_changed,
                         appeal_extended>;

/// Old shapes that a log may still hold, oldest first.
std::tuple<self_drafted_v1, self_submitted_v1, evaluation_drafted_v1, evaluated_v1, talk_recorded_v1, talk_revised_v1, finalised_v1> retired_shapes(const any*);

}  // namespace events::appraisal
