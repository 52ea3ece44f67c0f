#pragma once
// What can be asked of an appraisal. Forms come in the clear; the events have their texts sealed as the employee's.

#include "core/kernel/context.hpp"
#include "events/catalog/appraisal.hpp"

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
        static constexpr bool creates = true;
        cycle_id cycle;
        member_id employee;
    };
    struct draft_self {
        static constexpr std::string_view type = "appraisal.draft_self";
        self_form form;
    };
    struct submit_self {
        static constexpr std::string_view type = "appraisal.submit_self";
        self_form form;
    };
    struct return_self {
        static constexpr std::string_view type = "appraisal.return_self";
        std::string reason;
    };
    struct draft_evaluation {
        static constexpr std::string_view type = "appraisal.draft_evaluation";
        evaluation form;
    };
    struct evaluate {
        static constexpr std::string_view type = "appraisal.evaluate";
        evaluation form;
    };
    /// For who was away while the cycle took the forms.
    struct extend {
        static constexpr std::string_view type = "appraisal.extend";
        date until;
        std::string reason;
    };
    /// By the system, from the log.
    struct suggest_evidence {
        static constexpr std::string_view type = "appraisal.suggest_evidence";
        std::vector<events::appraisal::suggestion> found;
    };
    struct add_evidence {
        static constexpr std::string_view type = "appraisal.add_evidence";
        std::string indicator;
        appraisal_commands::evidence evidence;
    };
    struct remove_evidence {
        static constexpr std::string_view type = "appraisal.remove_evidence";
        std::string indicator;
        events::position at;
        std::string reason;
    };
    struct record_talk {
        static constexpr std::string_view type = "appraisal.record_talk";
        appraisal_commands::talk talk;
    };
    struct revise_talk {
        static constexpr std::string_view type = "appraisal.revise_talk";
        appraisal_commands::talk talk;
    };
    struct confirm_talk {
        static constexpr std::string_view type = "appraisal.confirm_talk";
    };
    struct return_talk {
        static constexpr std::string_view type = "appraisal.return_talk";
        std::string reason;
    };
    struct calibrate {
        static constexpr std::string_view type = "appraisal.calibrate";
        std::vector<adjustment> adjustments;
        std::string reason;
    };
    struct finalise {
        static constexpr std::string_view type = "appraisal.finalise";
        std::optional<std::string> comment;
    };
    struct appeal {
        static constexpr std::string_view type = "appraisal.appeal";
        std::string reason;
    };
    struct uphold_appeal {
        static constexpr std::string_view type = "appraisal.uphold_appeal";
        std::string reason;
    };
    struct reject_appeal {
        static constexpr std::string_view type = "appraisal.reject_appeal";
        std::string reason;
    };
    struct reopen {
        static constexpr std::string_view type = "appraisal.reopen";
        std::string reason;
    };
    struct apply {
        static constexpr std::string_view type = "appraisal.apply";
    };
    struct cancel {
        static constexpr std::string_view type = "appraisal.cancel";
        std::string reason;
    };
    /// By the system, when the evaluator leaves.
    struct hand_over {
        static constexpr std::string_view type = "appraisal.hand_over";
        member_id from;
        member_id to;
    };
    struct change_evaluator {
        static constexpr std::string_view type = "appraisal.change_evaluator";
        member_id to;
        std::string reason;
    };
    /// By the system, for the time that people lost (core/policies/made_up.hpp).
    struct extend_appeal {
        static constexpr std::string_view type = "appraisal.extend_appeal";
        date until;
        std::string reason;
    };
    using command = std::variant<open, draft_self, submit_self, return_self, draft_evaluation, evaluate, extend, suggest_evidence, add_evidence,
                                 remove_evidence, record_talk, revise_talk, confirm_talk, return_talk, calibrate, finalise, appeal,
                                 uphold_appeal, reject_appeal, reopen, apply, cancel, hand_over, change_evaluator,
                                 extend_appeal>;
};

BOOST_DESCRIBE_STRUCT(appraisal_commands::evidence, (), (at, note))
BOOST_DESCRIBE_STRUCT(appraisal_commands::self_line, (), (indicator, score, text, evidence))
BOOST_DESCRIBE_STRUCT(appraisal_commands::self_form, (), (lines, extras))
BOOST_DESCRIBE_STRUCT(appraisal_commands::evaluation_line, (), (indicator, score, comment, evidence))
BOOST_DESCRIBE_STRUCT(appraisal_commands::evaluation, (), (lines, comment, extras))
BOOST_DESCRIBE_STRUCT(appraisal_commands::action, (), (what, owner, standard, due))
BOOST_DESCRIBE_STRUCT(appraisal_commands::talk, (), (result, strengths, shortcomings, actions, extras))
BOOST_DESCRIBE_STRUCT(appraisal_commands::adjustment, (), (indicator, score))
BOOST_DESCRIBE_STRUCT(appraisal_commands::open, (), (cycle, employee))
BOOST_DESCRIBE_STRUCT(appraisal_commands::draft_self, (), (form))
BOOST_DESCRIBE_STRUCT(appraisal_commands::submit_self, (), (form))
BOOST_DESCRIBE_STRUCT(appraisal_commands::return_self, (), (reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::draft_evaluation, (), (form))
BOOST_DESCRIBE_STRUCT(appraisal_commands::evaluate, (), (form))
BOOST_DESCRIBE_STRUCT(appraisal_commands::extend, (), (until, reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::suggest_evidence, (), (found))
BOOST_DESCRIBE_STRUCT(appraisal_commands::add_evidence, (), (indicator, evidence))
BOOST_DESCRIBE_STRUCT(appraisal_commands::remove_evidence, (), (indicator, at, reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::record_talk, (), (talk))
BOOST_DESCRIBE_STRUCT(appraisal_commands::revise_talk, (), (talk))
BOOST_DESCRIBE_STRUCT(appraisal_commands::confirm_talk, (), ())
BOOST_DESCRIBE_STRUCT(appraisal_commands::return_talk, (), (reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::calibrate, (), (adjustments, reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::finalise, (), (comment))
BOOST_DESCRIBE_STRUCT(appraisal_commands::appeal, (), (reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::uphold_appeal, (), (reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::reject_appeal, (), (reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::reopen, (), (reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::apply, (), ())
BOOST_DESCRIBE_STRUCT(appraisal_commands::cancel, (), (reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::hand_over, (), (from, to))
BOOST_DESCRIBE_STRUCT(appraisal_commands::change_evaluator, (), (to, reason))
BOOST_DESCRIBE_STRUCT(appraisal_commands::extend_appeal, (), (until, reason))

}  // namespace core
