#pragma once
// The forms of an appraisal: F6 self-appraisal, F7 superior's appraisal, F8 talk record and improvement plan; and the
// result with all that it was counted from.
//
// Every `personal` here is the employee's: whoever wrote it, it is about them, and goes when their key does. Scores and
// evidence stay.

#include "events/catalog/indicators.hpp"
#include "events/catalog/sealed_form.hpp"

#include <optional>

namespace events::appraisal {

/// An event that speaks for or against an indicator.
struct evidence {
    position at;
    personal note;
    bool operator==(const evidence&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(evidence,
    (at, event("事件", "Event").code("bad_evidence").hint("操作记录中您可以查看的事件", "Something in the log that you may see")),
    (note, remark("说明", "Note").may_be_empty().code("bad_evidence").example("提前交付", "Delivered early")))
// clang-format on

/// One line of F6.
struct self_line {
    std::string indicator;              ///< its code
    std::optional<std::uint8_t> score;  ///< 0 to 100; nothing: not given, which is not zero
    personal text;
    std::vector<appraisal::evidence> evidence;
    bool operator==(const self_line&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(self_line,
    (indicator, code("指标", "Indicator").code("bad_lines")),
    (score, number("得分", "Score").most(100).code("bad_score").hint("0 至 100 的整数；没有可打的分则不填，不按零分计", "A whole number from 0 to 100; left out, it does not count as zero")),
    (text, prose("自我评价", "Own evaluation")),
    (evidence, list("依据", "Evidence").most(50).each_even_unfinished()))
// clang-format on

/// F6 and F7 before the names of their files were sealed.
struct self_form_v1 {
    std::vector<self_line> lines;
    sealed_extras_v1 extras;
    bool operator==(const self_form_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(self_form_v1, (), (lines, extras))

/// F6. Whose, for which period and by which indicators is in the appraisal's opening.
struct self_form {
    std::vector<self_line> lines;
    sealed_extras extras;
    bool operator==(const self_form&) const = default;
};
OPSROOM_DESCRIBE(self_form, (lines, list("各项指标", "Indicators").code("bad_lines").each_even_unfinished()), (extras, extras("F6")))

/// One line of F7.
struct evaluation_line {
    std::string indicator;
    std::optional<std::uint8_t> score;
    personal comment;
    std::vector<appraisal::evidence> evidence;
    bool operator==(const evaluation_line&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(evaluation_line,
    (indicator, code("指标", "Indicator").code("bad_lines")),
    (score, number("得分", "Score").most(100).code("bad_score").hint("0 至 100 的整数；没有可打的分则不填，不按零分计", "A whole number from 0 to 100; left out, it does not count as zero")),
    (comment, prose("评价", "Evaluation")),
    (evidence, list("依据", "Evidence").most(50).each_even_unfinished()))
// clang-format on

struct evaluation_v1 {
    std::vector<evaluation_line> lines;
    personal comment;
    sealed_extras_v1 extras;
    bool operator==(const evaluation_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(evaluation_v1, (), (lines, comment, extras))

/// F7.
struct evaluation {
    std::vector<evaluation_line> lines;
    personal comment;
    sealed_extras extras;
    bool operator==(const evaluation&) const = default;
};
OPSROOM_DESCRIBE(evaluation, (lines, list("各项指标", "Indicators").code("bad_lines").each_even_unfinished()), (comment, prose("总体评价", "Overall evaluation")), (extras, extras("F7")))

/// F8 before its plan was sealed.
struct action_v1 {
    std::string what;
    member_id owner;
    std::string standard;
    date due;
    bool operator==(const action_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(action_v1, (), (what, owner, standard, due))

struct talk_v1 {
    personal result;
    personal strengths;
    personal shortcomings;
    std::vector<action_v1> actions;
    sealed_extras_v1 extras;
    bool operator==(const talk_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(talk_v1, (), (result, strengths, shortcomings, actions, extras))

/// An action of the improvement plan. The task that it becomes says that it is one, and leaves its words here.
struct action {
    personal what;
    member_id owner;
    personal standard;
    date due;
    bool operator==(const action&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(action,
    (what, line("措施内容", "Action").code("bad_actions")),
    (owner, person("负责人", "Owner").code("bad_actions").hint("须能查看本考核；双方确认后任务分配给其", "Somebody who may see the appraisal: once both have confirmed, the task goes to them")),
    (standard, prose("标准", "Standard").code("bad_actions")),
    (due, day("完成时限", "Due date").code("bad_actions")))
// clang-format on

/// F8.
struct talk {
    personal result;
    personal strengths;
    personal shortcomings;
    std::vector<action> actions;
    sealed_extras extras;
    bool operator==(const talk&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(talk,
    (result, prose("考核结果", "Result").code("bad_talk")),
    (strengths, prose("优点", "Strengths").code("bad_talk")),
    (shortcomings, prose("不足", "Shortcomings").code("bad_talk")),
    (actions, list("改进措施", "Improvement actions").most(20).hint("双方确认后成为任务", "They become tasks once both have confirmed")),
    (extras, extras("F8")))
// clang-format on

inline self_form upcast(self_form_v1&& old) {
    const auto of = old.lines.empty() ? member_id{} : old.lines.front().text.of;
    return {std::move(old.lines), upcast(std::move(old.extras), of)};
}
inline evaluation upcast(evaluation_v1&& old) {
    const auto of = old.comment.of;
    return {std::move(old.lines), std::move(old.comment), upcast(std::move(old.extras), of)};
}
inline talk upcast(talk_v1&& old) {
    const auto of = old.result.of;
    talk now{std::move(old.result), std::move(old.strengths), std::move(old.shortcomings), {}, upcast(std::move(old.extras), of)};
    for (auto& a : old.actions) now.actions.push_back({{of, std::move(a.what)}, a.owner, {of, std::move(a.standard)}, a.due});
    return now;
}

/// What calibration made of an indicator's score in F7.
struct adjustment {
    std::string indicator;
    std::optional<std::uint8_t> before;
    std::uint8_t after;
    bool operator==(const adjustment&) const = default;
};
OPSROOM_DESCRIBE(adjustment, (indicator, code("指标", "Indicator")), (before, number("调整前", "Before")), (after, number("调整后", "After")))

// How a score came about. Scores are in hundredths of a point: 8750 is 87.50.

OPSROOM_DEFINE_ENUM(grade, (S, "S", "S", good), (A, "A", "A", good), (B, "B", "B"), (C, "C", "C", caution), (D, "D", "D", bad))

/// A part of a weighted mean.
struct part {
    std::string code;     ///< an indicator; or self, superior, quarters, annual; or Q1 to Q4
    std::uint16_t weight; ///< as it is settled, in per cent (of quarters: 1 each)
    std::uint16_t used;   ///< as it counted, in hundredths of a per cent: what is missing was left out and the rest
                          ///< renormalised, so those that counted add up to 10000
    std::optional<std::uint32_t> score;  ///< nothing: missing
    bool operator==(const part&) const = default;
};
OPSROOM_DESCRIBE(part, (code, code("组成部分", "Part")), (weight, number("权重", "Weight")), (used, hundredths("计入权重", "Weight as counted").unit("%", "%")), (score, hundredths("得分", "Score")))

/// A mean with what it is the mean of. Without any part that counts there is no score.
struct mean {
    std::optional<std::uint32_t> score;  ///< rounded half up; no other number is counted from it (D17)
    std::optional<std::string> exact;    ///< the same in points, unrounded, as a fraction: "23749/250" is 94.996; nothing: it was
                                         ///< counted before fractions were kept, and `score` is what counted
    std::vector<part> parts;
    bool operator==(const mean&) const = default;
};
OPSROOM_DESCRIBE(mean, (score, hundredths("得分", "Score")), (exact, code("精确值", "Exact value")), (parts, list("组成部分", "Parts")))

/// The whole way from the forms to the grade.
struct breakdown {
    mean self;                          ///< of F6, by indicator
    mean superior;                      ///< of F7 as calibrated, by indicator
    mean evaluation;                    ///< of both
    std::optional<mean> quarters;       ///< annual: of the year's finalised quarters
    std::optional<mean> year;           ///< annual: of the quarters and the evaluation
    std::vector<appraisal_id> rests_on; ///< annual: the quarters that counted, by quarter
    std::optional<std::uint32_t> score;
    std::optional<appraisal::grade> grade;
    bool operator==(const breakdown&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(breakdown,
    (self, group("自评得分", "Self-appraisal")),
    (superior, group("上级评价得分", "Superior's appraisal")),
    (evaluation, group("评价得分", "Evaluation")),
    (quarters, group("季度平均", "Mean of the quarters")),
    (year, group("年度得分", "The year")),
    (rests_on, references("依据的季度考核", "Quarterly appraisals that it rests on")),
    (score, hundredths("得分", "Score")),
    (grade, choice("等级", "Grade")))
// clang-format on

/// As it was kept while each mean was counted from rounded ones.
struct mean_v1 {
    std::optional<std::uint32_t> score;
    std::vector<part> parts;
    bool operator==(const mean_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(mean_v1, (), (score, parts))

struct breakdown_v1 {
    mean_v1 self;
    mean_v1 superior;
    mean_v1 evaluation;
    std::optional<mean_v1> quarters;
    std::optional<mean_v1> year;
    std::vector<appraisal_id> rests_on;
    std::optional<std::uint32_t> score;
    std::optional<appraisal::grade> grade;
    bool operator==(const breakdown_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(breakdown_v1, (), (self, superior, evaluation, quarters, year, rests_on, score, grade))

inline mean upcast(mean_v1&& old) { return {old.score, std::nullopt, std::move(old.parts)}; }
inline breakdown upcast(breakdown_v1&& old) {
    const auto optional_mean = [](std::optional<mean_v1>& m) { return m ? std::optional(upcast(std::move(*m))) : std::nullopt; };
    return {upcast(std::move(old.self)), upcast(std::move(old.superior)), upcast(std::move(old.evaluation)), optional_mean(old.quarters),
            optional_mean(old.year), std::move(old.rests_on), old.score, old.grade};
}

}  // namespace events::appraisal
