#pragma once
// What can be asked of an appraisal. Forms come in the clear; the events have their texts sealed as the employee's.

#include "core/kernel/context.hpp"
#include "events/catalog/appraisal.hpp"
#include "events/catalog/describe.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace core {

struct appraisal_commands {
    struct evidence {
        events::position at;  ///< of the event in the log
        std::string note;
    };
    struct self_line {
        std::string indicator;
        std::optional<std::uint8_t> score;
        std::string text;
        std::vector<appraisal_commands::evidence> evidence;
    };
    /// F6.
    struct self_form {
        std::vector<self_line> lines;  ///< one for each indicator; a draft may lack some
        events::form_extras extras;
    };
    struct evaluation_line {
        std::string indicator;
        std::optional<std::uint8_t> score;
        std::string comment;
        std::vector<appraisal_commands::evidence> evidence;
    };
    /// F7.
    struct evaluation {
        std::vector<evaluation_line> lines;
        std::string comment;
        events::form_extras extras;
    };
    /// Of the improvement plan.
    struct action {
        std::string what;
        member_id owner;  ///< who may see the appraisal: they are given the task
        std::string standard;
        date due;
    };
    /// F8.
    struct talk {
        std::string result;
        std::string strengths;
        std::string shortcomings;
        std::vector<appraisal_commands::action> actions;
        events::form_extras extras;
    };
    struct adjustment {
        std::string indicator;
        std::uint8_t score;
    };

    /// Creates. By the system for everyone when a cycle opens, by HR for who comes later.
    struct open {
        static constexpr std::string_view type = "appraisal.open";
        static constexpr events::command_words says{.label = {"补建考核", "Open an appraisal"}, .hint = {"为周期开启后才加入的成员建立；其余随周期自动建立。", "For somebody who has joined since the cycle opened; all others open with the cycle."}};
        static constexpr bool creates = true;
        cycle_id cycle;
        member_id employee;
    };
    struct draft_self {
        static constexpr std::string_view type = "appraisal.draft_self";
        static constexpr events::command_words says{.label = {"保存自评草稿", "Save the self-appraisal as a draft"}, .hint = {"草稿只有您能看到。", "Only you see a draft."}, .verb = "draft"};
        self_form form;
    };
    struct submit_self {
        static constexpr std::string_view type = "appraisal.submit_self";
        static constexpr events::command_words says{.label = {"提交自评", "Submit the self-appraisal"}, .hint = {"评价人提交评价之后才能看到（D4）。", "The evaluator sees it once their own form is in (D4)."}, .verb = "submit"};
        self_form form;
    };
    struct return_self {
        static constexpr std::string_view type = "appraisal.return_self";
        static constexpr events::command_words says{.label = {"退回自评", "Return the self-appraisal"}, .verdict = events::verdict::send_back, .ends = true, .verb = "return"};
        std::string reason;
    };
    struct draft_evaluation {
        static constexpr std::string_view type = "appraisal.draft_evaluation";
        static constexpr events::command_words says{.label = {"保存评价草稿", "Save the evaluation as a draft"}, .hint = {"草稿只有您能看到。", "Only you see a draft."}};
        evaluation form;
    };
    struct evaluate {
        static constexpr std::string_view type = "appraisal.evaluate";
        static constexpr events::command_words says{.label = {"提交上级评价", "Submit the evaluation"}, .hint = {"提交后双方可以互看自评与评价（D4）。", "From then on each side can read the other's form (D4)."}};
        evaluation form;
    };
    /// For who was away while the cycle took the forms.
    struct extend {
        static constexpr std::string_view type = "appraisal.extend";
        static constexpr events::command_words says{.label = {"延长填写期限", "Extend the deadline"}, .hint = {"自评与评价可填写至该日，不论周期是否已截止。", "Self-appraisal and evaluation may be submitted until then, whatever the cycle has closed."}};
        date until;
        std::string reason;
    };
    /// By the system, from the log.
    struct suggest_evidence {
        static constexpr std::string_view type = "appraisal.suggest_evidence";
        static constexpr events::command_words says{.label = {"推荐依据", "Suggest evidence"}};
        std::vector<events::appraisal::suggestion> found;
    };
    struct add_evidence {
        static constexpr std::string_view type = "appraisal.add_evidence";
        static constexpr events::command_words says{.label = {"添加依据", "Add evidence"}};
        static constexpr bool adds = true;
        std::string indicator;
        appraisal_commands::evidence evidence;
    };
    struct remove_evidence {
        static constexpr std::string_view type = "appraisal.remove_evidence";
        static constexpr events::command_words says{.label = {"移除依据", "Remove evidence"}};
        std::string indicator;
        events::position at;
        std::string reason;
    };
    struct record_talk {
        static constexpr std::string_view type = "appraisal.record_talk";
        static constexpr events::command_words says{.label = {"记录绩效沟通", "Record the performance talk"}, .hint = {"由双方确认（S6.3.3）。", "Both then confirm the record (S6.3.3)."}, .verb = "talk"};
        appraisal_commands::talk talk;
    };
    struct revise_talk {
        static constexpr std::string_view type = "appraisal.revise_talk";
        static constexpr events::command_words says{.label = {"修改沟通记录", "Revise the talk record"}, .hint = {"修改后双方须重新确认。", "Both then confirm it anew."}};
        appraisal_commands::talk talk;
    };
    struct confirm_talk {
        static constexpr std::string_view type = "appraisal.confirm_talk";
        static constexpr events::command_words says{.label = {"确认沟通记录", "Confirm the talk record"}, .verdict = events::verdict::pass, .verb = "confirm"};
        using beside = events::appraisal::talk_confirmed;
    };
    struct return_talk {
        static constexpr std::string_view type = "appraisal.return_talk";
        static constexpr events::command_words says{.label = {"不同意沟通记录", "Disagree with the record"}, .hint = {"由评价人重新记录。", "The evaluator then records the talk anew."}, .verdict = events::verdict::send_back, .ends = true};
        std::string reason;
    };
    struct calibrate {
        static constexpr std::string_view type = "appraisal.calibrate";
        static constexpr events::command_words says{.label = {"校准", "Calibrate"}, .hint = {"调整上级评价的各项得分，使尺度一致（D2）。", "Changes scores of the evaluation, so that all are measured alike (D2)."}};
        std::vector<adjustment> adjustments;
        std::string reason;
    };
    struct finalise {
        static constexpr std::string_view type = "appraisal.finalise";
        static constexpr events::command_words says{.label = {"定稿", "Finalise"}, .hint = {"得分与等级就此确定，被考核人可在期限内申诉（D2）。", "Score and grade are settled; the employee may appeal within a few days (D2)."}, .verdict = events::verdict::pass};
        std::optional<std::string> comment;
    };
    struct appeal {
        static constexpr std::string_view type = "appraisal.appeal";
        static constexpr events::command_words says{.label = {"申诉", "Appeal"}, .hint = {"由未参与评价和定稿的人答复。", "It is answered by somebody who had no part in the evaluation and the result."}};
        static constexpr bool decides = true;
        std::string reason;
    };
    struct uphold_appeal {
        static constexpr std::string_view type = "appraisal.uphold_appeal";
        static constexpr events::command_words says{.label = {"支持申诉", "Uphold the appeal"}, .hint = {"考核将重新评价。", "The appraisal is evaluated anew."}, .verdict = events::verdict::pass, .verb = "uphold"};
        std::string reason;
    };
    struct reject_appeal {
        static constexpr std::string_view type = "appraisal.reject_appeal";
        static constexpr events::command_words says{.label = {"驳回申诉", "Reject the appeal"}, .grave = {"驳回后结果即告成立。", "The result then stands."}, .verdict = events::verdict::reject, .ends = true};
        std::string reason;
    };
    struct reopen {
        static constexpr std::string_view type = "appraisal.reopen";
        static constexpr events::command_words says{.label = {"重新开启", "Reopen"}, .hint = {"保留原有结果，重新评价。", "What there was is kept, and it is evaluated anew."}, .ends = true};
        std::string reason;
    };
    struct apply {
        static constexpr std::string_view type = "appraisal.apply";
        static constexpr events::command_words says{.label = {"应用结果", "Apply the result"}, .verdict = events::verdict::pass};
    };
    struct cancel {
        static constexpr std::string_view type = "appraisal.cancel";
        static constexpr events::command_words says{.label = {"取消考核", "Cancel the appraisal"}, .grave = {"取消后不能恢复。", "A cancelled appraisal stays cancelled."}, .ends = true};
        std::string reason;
    };
    /// By the system, when the evaluator leaves.
    struct hand_over {
        static constexpr std::string_view type = "appraisal.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    struct change_evaluator {
        static constexpr std::string_view type = "appraisal.change_evaluator";
        static constexpr events::command_words says{.label = {"更换评价人", "Change the evaluator"}, .verb = "evaluator"};
        member_id to;
        std::string reason;
    };
    /// By the system, for the time that people lost (core/kernel/lost_time.hpp).
    struct extend_appeal {
        static constexpr std::string_view type = "appraisal.extend_appeal";
        static constexpr events::command_words says{.label = {"延长申诉期限", "Extend the appeal period"}};
        date until;
        std::string reason;
    };
    using command = std::variant<open, draft_self, submit_self, return_self, draft_evaluation, evaluate, extend, suggest_evidence, add_evidence,
                                 remove_evidence, record_talk, revise_talk, confirm_talk, return_talk, calibrate, finalise, appeal,
                                 uphold_appeal, reject_appeal, reopen, apply, cancel, hand_over, change_evaluator,
                                 extend_appeal>;
};

OPSROOM_DESCRIBE_AS(appraisal_commands::evidence, events::appraisal::evidence, at, note)
OPSROOM_DESCRIBE_AS(appraisal_commands::self_line, events::appraisal::self_line, indicator, score, text, evidence)
OPSROOM_DESCRIBE_AS(appraisal_commands::self_form, events::appraisal::self_form, lines, extras)
OPSROOM_DESCRIBE_AS(appraisal_commands::evaluation_line, events::appraisal::evaluation_line, indicator, score, comment, evidence)
OPSROOM_DESCRIBE_AS(appraisal_commands::evaluation, events::appraisal::evaluation, lines, comment, extras)
OPSROOM_DESCRIBE_AS(appraisal_commands::action, events::appraisal::action, what, owner, standard, due)
OPSROOM_DESCRIBE_AS(appraisal_commands::talk, events::appraisal::talk, result, strengths, shortcomings, actions, extras)
OPSROOM_DESCRIBE(appraisal_commands::adjustment, (indicator, code("指标", "Indicator").code("bad_adjustments").example("module", "module")), (score, number("得分", "Score").most(100).code("bad_adjustments").example("82", "82")))
OPSROOM_DESCRIBE(appraisal_commands::open, (cycle, reference("考核周期", "Cycle").code("no_such_cycle").example("1", "1")), (employee, person("被考核人", "Employee").example("@emma", "@emma")))
OPSROOM_DESCRIBE(appraisal_commands::draft_self, (form, group("自评", "Self-appraisal").may_be_unfinished()))
OPSROOM_DESCRIBE(appraisal_commands::submit_self, (form, group("自评", "Self-appraisal")))
OPSROOM_DESCRIBE(appraisal_commands::return_self, (reason, reason().example("缺少依据", "Evidence is missing")))
OPSROOM_DESCRIBE(appraisal_commands::draft_evaluation, (form, group("上级评价", "Superior's appraisal").may_be_unfinished()))
OPSROOM_DESCRIBE(appraisal_commands::evaluate, (form, group("上级评价", "Superior's appraisal")))
OPSROOM_DESCRIBE(appraisal_commands::extend, (until, day("新的期限", "New deadline").example("+3d", "+3d")), (reason, reason().example("期间请假", "Was away")))
OPSROOM_DESCRIBE(appraisal_commands::suggest_evidence, (found, list("推荐的依据", "Suggested evidence")))
OPSROOM_DESCRIBE(appraisal_commands::add_evidence, (indicator, code("指标", "Indicator").code("bad_lines").example("execution", "execution")), (evidence, group("依据", "Evidence")))
OPSROOM_DESCRIBE(appraisal_commands::remove_evidence, (indicator, code("指标", "Indicator").code("bad_lines").example("execution", "execution")), (at, event("事件", "Event").code("no_such_evidence").example("812", "812")), (reason, reason().example("与此人无关", "It was not their doing")))
OPSROOM_DESCRIBE(appraisal_commands::record_talk, (talk, group("绩效沟通", "Performance talk")))
OPSROOM_DESCRIBE(appraisal_commands::revise_talk, (talk, group("绩效沟通", "Performance talk")))
OPSROOM_DESCRIBE_EMPTY(appraisal_commands::confirm_talk)
OPSROOM_DESCRIBE(appraisal_commands::return_talk, (reason, reason().example("商定的是六月", "We agreed on June")))
OPSROOM_DESCRIBE(appraisal_commands::calibrate, (adjustments, list("得分调整", "Changed scores").least(1)), (reason, reason().example("统一尺度", "Same bar for all")))
OPSROOM_DESCRIBE(appraisal_commands::finalise, (comment, remark("说明", "Comment")))
OPSROOM_DESCRIBE(appraisal_commands::appeal, (reason, prose("申诉理由", "Reason for the appeal").example("项目没有计入", "The project was not counted")))
OPSROOM_DESCRIBE(appraisal_commands::uphold_appeal, (reason, reason().example("确实遗漏", "It was left out")))
OPSROOM_DESCRIBE(appraisal_commands::reject_appeal, (reason, reason().example("已计入模块业务指标", "It was counted under module")))
OPSROOM_DESCRIBE(appraisal_commands::reopen, (reason, reason().example("数据有误", "The numbers were wrong")))
OPSROOM_DESCRIBE_EMPTY(appraisal_commands::apply)
OPSROOM_DESCRIBE(appraisal_commands::cancel, (reason, reason().example("误建", "Opened by mistake")))
OPSROOM_DESCRIBE(appraisal_commands::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))
OPSROOM_DESCRIBE(appraisal_commands::change_evaluator, (to, person("新评价人", "New evaluator").code("bad_evaluator").example("@li.na", "@li.na")), (reason, reason().example("已调岗", "They have changed posts")))
OPSROOM_DESCRIBE(appraisal_commands::extend_appeal, (until, day("新的申诉期限", "Appeal until")), (reason, reason()))

}  // namespace core
