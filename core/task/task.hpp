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
#include "events/catalog/describe.hpp"
#include "events/catalog/task.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(task_status, (absent, "尚未分配", "Not assigned"), (assigned, "已分配", "Assigned"), (in_progress, "进行中", "In progress", active),
                    (blocked, "受阻", "Blocked", bad), (submitted, "待验收", "Awaiting acceptance", active), (returned, "已退回", "Returned", caution),
                    (done, "已完成", "Done", good), (cancelled, "已取消", "Cancelled"))

BOOST_DEFINE_ENUM_CLASS(task_rejection, not_found, already_exists, inactive, not_manager, not_assignee, own_work, closed, already_started, not_in_progress,
                        not_blocked, not_submitted, bad_due, bad_department, blocked_on_self, no_such_project, project_not_open, no_such_milestone,
                        no_such_strategy, not_of_the_plan, blocker_not_of_the_plan, own_task)

struct task {
    static constexpr auto category = events::category::task;
    static constexpr events::kind_words says{{"任务", "Task"}, {"任务", "Tasks"}, "S3.2.1",
                                             {"由一人负责、有期限和验收标准的工作。", "Work that one person is responsible for, with a due day and what it is accepted by."}};
    static constexpr bool own_read_model = true;
    static constexpr std::array seen_through{events::category::appraisal};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array<events::section_words, 0> sections{};
    static constexpr std::array usual_path{task_status::assigned, task_status::in_progress, task_status::submitted, task_status::done};
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
        static constexpr events::command_words says{.label = {"分配任务", "Assign a task"}};
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
        static constexpr events::command_words says{.label = {"改派", "Reassign"}};
        member_id to;
        std::string reason;
    };
    struct reschedule {
        static constexpr std::string_view type = "task.reschedule";
        static constexpr events::command_words says{.label = {"调整时限", "Reschedule"}};
        date due;
        std::string reason;
    };
    struct start {
        static constexpr std::string_view type = "task.start";
        static constexpr events::command_words says{.label = {"开始", "Start"}};
    };
    struct block {
        static constexpr std::string_view type = "task.block";
        static constexpr events::command_words says{.label = {"报告受阻", "Report as blocked"}};
        std::string reason;
        std::optional<member_id> on;  ///< whom it waits for
    };
    struct unblock {
        static constexpr std::string_view type = "task.unblock";
        static constexpr events::command_words says{.label = {"解除受阻", "Unblock"}};
        std::optional<std::string> note;
    };
    struct report_progress {
        static constexpr std::string_view type = "task.report_progress";
        static constexpr events::command_words says{.label = {"汇报进展", "Report progress"}, .verb = "progress"};
        std::uint8_t percent;
        std::optional<std::string> note;
    };
    struct submit {
        static constexpr std::string_view type = "task.submit";
        static constexpr events::command_words says{.label = {"提交成果", "Submit the result"}};
        std::string result;
    };
    struct accept {
        static constexpr std::string_view type = "task.accept";
        static constexpr events::command_words says{.label = {"验收通过", "Accept"}, .verdict = events::verdict::pass};
        std::optional<std::string> comment;
    };
    struct return_work {
        static constexpr std::string_view type = "task.return";
        static constexpr events::command_words says{.label = {"退回", "Return"}, .verdict = events::verdict::send_back, .ends = true};
        std::string reason;
    };
    struct cancel {
        static constexpr std::string_view type = "task.cancel";
        static constexpr events::command_words says{.label = {"取消任务", "Cancel the task"}, .grave = {"取消后不能恢复。", "A cancelled task stays cancelled."}, .ends = true};
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
    static constexpr std::array<events::wording, 5> relation_words{{{"任何人", "Anyone"}, {"任务负责人", "Assignee"}, {"所属部门的运营经理", "Operations manager"},
                                                                   {"上级领导", "Superior leader"}, {"项目负责人", "Project lead"}}};
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
    static section section_of(const event& happened);
    static void find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to);
    static std::string text_of(const event& happened);
    static bool is_kept_from_search(const event& happened);
};

// clang-format off
OPSROOM_DESCRIBE(task::state,
    (is, hidden()),
    (percent, percent("进度", "Progress")),
    (due, day("完成时限", "Due date")),
    (to, person("负责人", "Assignee")),
    (department, department("所属部门", "Department")),
    (project, reference("所属项目", "Project")),
    (improvement, reference("改进计划所属考核", "Appraisal of the improvement plan")),
    (strategy, reference("所执行的策略或计划", "Strategy or plan")),
    (flow, hidden()), (said, hidden()), (hands, hidden()))
// clang-format on
// clang-format off
OPSROOM_DESCRIBE(task::assign,
    (title, line("标题", "Title").example("每周渠道数据", "Weekly channel data")),
    (content, prose("内容", "Content")),
    (standard, prose("工作标准", "Standard").hint("成果将按此标准验收", "The result is accepted against it").example("五个渠道齐全，已核对", "All five channels, checked")),
    (due, day("完成时限", "Due date").example("+3d", "+3d")),
    (to, person("负责人", "Assignee").code("assignee_not_active").example("@li.na", "@li.na")),
    (department, department("所属部门", "Department").hint("不填则为您所在的部门", "Left out: your own")),
    (priority, choice("优先级", "Priority").hint("不填则为普通", "Left out: normal").begins_with("normal")),
    (checklist, lines("检查项", "Checklist").most(100)),
    (project, reference("所属项目", "Project")),
    (milestone, number("里程碑序号", "Number of the milestone").least(1).code("no_such_milestone").hint("项目立项计划书中的序号，从 1 起", "Its place in the project's charter, from 1")),
    (improvement, hidden()), (action, hidden()),
    (strategy, reference("所执行的策略或计划", "Strategy or plan")))
// clang-format on
OPSROOM_DESCRIBE(task::reassign, (to, person("新负责人", "New assignee").code("assignee_not_active").example("@wang.fang", "@wang.fang")), (reason, reason().example("休假", "On leave")))
OPSROOM_DESCRIBE(task::reschedule, (due, day("新时限", "New due date").example("+1w", "+1w")), (reason, reason().example("数据迟到", "The data came late")))
OPSROOM_DESCRIBE_EMPTY(task::start)
OPSROOM_DESCRIBE(task::block, (reason, reason().example("没有平台权限", "No access to the platform")), (on, person("等待对象", "Waiting on").code("blocker_not_active").example("@wang.fang", "@wang.fang")))
OPSROOM_DESCRIBE(task::unblock, (note, remark("说明", "Note").example("权限已开通", "Access granted")))
OPSROOM_DESCRIBE(task::report_progress, (percent, percent("完成百分比", "Percent done").example("60", "60")), (note, remark("说明", "Note").example("已完成三个渠道", "Three channels done")))
OPSROOM_DESCRIBE(task::submit, (result, prose("成果", "Result").hint("做了什么，在哪里可以看到", "What was done, and where it can be seen").example("已发送全体成员", "Sent to everybody")))
OPSROOM_DESCRIBE(task::accept, (comment, remark("意见", "Comment").example("完整", "Complete")))
OPSROOM_DESCRIBE(task::return_work, (reason, reason().example("缺少 App 渠道", "The app channel is missing")))
OPSROOM_DESCRIBE(task::cancel, (reason, reason().example("不再需要", "No longer needed")))

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
