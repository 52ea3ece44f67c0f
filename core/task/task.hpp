#pragma once
// A task (F10) from assignment to acceptance: M3 of the handbook, S3.2.1 and S3.2.2.
//
//   absent -assign-> assigned -start-> in_progress <-block, unblock-> blocked
//   in_progress -submit-> submitted -accept-> done, -return-> returned -start-> in_progress
//   open (any but done, cancelled) -reassign-> assigned, -cancel-> cancelled; reschedule and report_progress stay.
//
// Overdue is derived, never stored.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/task.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(task_status, absent, assigned, in_progress, blocked, submitted, returned, done, cancelled)

BOOST_DEFINE_ENUM_CLASS(task_rejection, not_found, already_exists, inactive, not_manager, not_assignee, own_work, closed,
                        already_started, not_in_progress, not_blocked, not_submitted, bad_title, bad_content, bad_standard,
                        bad_due, assignee_not_active, bad_department, bad_checklist, bad_reason, blocker_not_active,
                        blocked_on_self, bad_percent, bad_note, bad_result, bad_comment, no_such_project, project_not_open, no_such_milestone,
                        no_such_strategy, not_of_the_plan, blocker_not_of_the_plan, own_task)

struct task {
    static constexpr auto category = events::category::task;
    static constexpr bool own_read_model = true;
    static constexpr std::array seen_through{events::category::appraisal};
    static constexpr bool told_by_events = true;
    static constexpr bool delegable = true;
    using status = task_status;
    using rejection = task_rejection;
    using event = events::task::any;

    struct state {
        task_status is = task_status::absent;
        std::uint8_t percent = 0;
        date due{};
        member_id to;
        events::department department;
        project_id project;        ///< 0: none
        appraisal_id improvement;  ///< 0: none
        strategy_id strategy;      ///< 0: none
        std::uint32_t flow = 1;
        std::uint64_t said = 0;  ///< digest of the last step and its words: the same again has already taken effect
        flow::hands hands;
        bool operator==(const state&) const = default;
    };

    /// Creates. Without a department it is on the assigner's board.
    struct assign {
        static constexpr std::string_view type = "task.assign";
        static constexpr bool creates = true;
        static constexpr std::array<std::string_view, 2> system_fields{"improvement", "action"};
        std::string title;
        std::optional<std::string> content;
        std::string standard;
        date due;
        member_id to;
        std::optional<events::department> department;
        std::optional<events::priority> priority;  ///< left out: normal
        std::optional<std::vector<std::string>> checklist;
        std::optional<project_id> project = {};
        std::optional<std::uint16_t> milestone = {};  ///< of the project, from 1
        std::optional<appraisal_id> improvement = {};  ///< by the system, from an improvement plan
        std::optional<std::uint16_t> action = {};      ///< by the system: of that plan
        std::optional<strategy_id> strategy = {};  ///< the strategy or plan that it carries out
    };
    struct reassign {
        static constexpr std::string_view type = "task.reassign";
        member_id to;
        std::string reason;
    };
    struct reschedule {
        static constexpr std::string_view type = "task.reschedule";
        date due;
        std::string reason;
    };
    struct start {
        static constexpr std::string_view type = "task.start";
    };
    struct block {
        static constexpr std::string_view type = "task.block";
        std::string reason;
        std::optional<member_id> on;  ///< whom it waits for
    };
    struct unblock {
        static constexpr std::string_view type = "task.unblock";
        std::optional<std::string> note;
    };
    struct report_progress {
        static constexpr std::string_view type = "task.report_progress";
        std::uint8_t percent;
        std::optional<std::string> note;
    };
    struct submit {
        static constexpr std::string_view type = "task.submit";
        std::string result;
    };
    struct accept {
        static constexpr std::string_view type = "task.accept";
        std::optional<std::string> comment;
    };
    struct return_work {
        static constexpr std::string_view type = "task.return";
        std::string reason;
    };
    struct cancel {
        static constexpr std::string_view type = "task.cancel";
        std::string reason;
    };
    using command = std::variant<assign, reassign, reschedule, start, block, unblock, report_progress, submit, accept,
                                 return_work, cancel>;

    static decision<task> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations anyone = 1;
    static constexpr flow::relations assignee = 2;
    static constexpr flow::relations manager = 4;  ///< OM of the task's department
    static constexpr flow::relations leader = 8;   ///< SL
    static constexpr flow::relations lead = 16;    ///< PL of its project
    static constexpr flow::relations personal = assignee | lead;
    static constexpr std::array<std::string_view, 5> relation_names{"anyone", "assignee", "manager", "leader", "lead"};
    static constexpr std::array<std::pair<task_status, std::uint16_t>, 2> limits{{{task_status::assigned, 2}, {task_status::submitted, 3}}};

    static constexpr flow::statuses open = flow::from(task_status::assigned, task_status::in_progress, task_status::blocked,
                                                      task_status::submitted, task_status::returned);
    using row = flow::row<task_status, task_rejection>;
    static const std::array<row, 11> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static bool is_seen_by_its_maker(const state& now) { return !now.improvement; }
    static std::vector<state> about_to_be(const context& by, project_id within);
    static state as_if(const state& now, const command& asked, const context& by);
    static flow::holders holders(const state& now);
    static flow::relations hand_in(const event& happened);
    static flow::relations settled_by(const event& happened);
    static rejection wrong_state(const row& asked, status at);
    static std::string text_of(const event& happened);
    static bool is_kept_from_search(const event& happened);
};

BOOST_DESCRIBE_STRUCT(task::state, (), (is, percent, due, to, department, project, improvement, strategy, flow, said, hands))
BOOST_DESCRIBE_STRUCT(task::assign, (), (title, content, standard, due, to, department, priority, checklist, project, milestone, improvement, action, strategy))
BOOST_DESCRIBE_STRUCT(task::reassign, (), (to, reason))
BOOST_DESCRIBE_STRUCT(task::reschedule, (), (due, reason))
BOOST_DESCRIBE_STRUCT(task::start, (), ())
BOOST_DESCRIBE_STRUCT(task::block, (), (reason, on))
BOOST_DESCRIBE_STRUCT(task::unblock, (), (note))
BOOST_DESCRIBE_STRUCT(task::report_progress, (), (percent, note))
BOOST_DESCRIBE_STRUCT(task::submit, (), (result))
BOOST_DESCRIBE_STRUCT(task::accept, (), (comment))
BOOST_DESCRIBE_STRUCT(task::return_work, (), (reason))
BOOST_DESCRIBE_STRUCT(task::cancel, (), (reason))

/// Neither done nor cancelled.
constexpr bool is_open(task_status s) { return (task::open & flow::from(s)) != 0; }

// What every kind says of its entities (core/kernel/decider.hpp).
/// Of who assigned it its state does not know: the board does.
bool may_see(const task::state& of, const context& by);
bool is_work_of(const task::state& of, member_id who);
task::command handed_over(const task::state& of, member_id from, member_id to, const context& by);
std::optional<date> said_due(const task::state& of, std::string_view command, const context& by);
concerned concerned_by(const task::event& happened, const task::state& of, const events::envelope& about, const context& by);

}  // namespace core
