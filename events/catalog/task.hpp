#pragma once
// A task (F10) is a piece of daily work: content, time requirement and standard, from assignment to acceptance.

#include "events/catalog/describe.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace events::task {

/// Before tasks belonged to projects.
struct assigned_v1 {
    static constexpr std::string_view type = "task.assigned.v1";
    static constexpr std::string_view clause = "S3.2.1";
    std::string title;
    std::string content;
    std::string standard;
    date due;
    member_id to;
    events::department department;
    events::priority priority;
    std::vector<std::string> checklist;
    bool operator==(const assigned_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(assigned_v1, (), (title, content, standard, due, to, department, priority, checklist))

/// Before tasks carried out strategies and plans.
struct assigned_v2 {
    static constexpr std::string_view type = "task.assigned.v2";
    static constexpr std::string_view clause = "S3.2.1";
    std::string title;
    std::string content;
    std::string standard;  ///< what the result is accepted against
    date due;
    member_id to;
    events::department department;  ///< whose board it is on
    events::priority priority;
    std::vector<std::string> checklist;
    project_id project;        ///< that it belongs to; 0: none
    std::uint16_t milestone;   ///< of that project, from 1; 0: none
    appraisal_id improvement;  ///< whose improvement plan (F8) it carries out; 0: none
    std::uint32_t flow;        ///< the version of the flow that it goes by
    bool operator==(const assigned_v2&) const = default;
};
BOOST_DESCRIBE_STRUCT(assigned_v2, (), (title, content, standard, due, to, department, priority, checklist, project, milestone, improvement, flow))

/// Before what an improvement plan says was left in the plan, sealed.
struct assigned_v3 {
    static constexpr std::string_view type = "task.assigned.v3";
    static constexpr std::string_view clause = "S3.2.1";
    std::string title;
    std::string content;
    std::string standard;  ///< what the result is accepted against
    date due;
    member_id to;
    events::department department;  ///< whose board it is on
    events::priority priority;
    std::vector<std::string> checklist;
    project_id project;        ///< that it belongs to; 0: none
    std::uint16_t milestone;   ///< of that project, from 1; 0: none
    appraisal_id improvement;  ///< whose improvement plan (F8) it carries out; 0: none
    std::uint32_t flow;        ///< the version of the flow that it goes by
    strategy_id strategy;      ///< the strategy or plan (F19) that it carries out; 0: none
    bool operator==(const assigned_v3&) const = default;
};
BOOST_DESCRIBE_STRUCT(assigned_v3, (), (title, content, standard, due, to, department, priority, checklist, project, milestone, improvement, flow, strategy))

struct assigned {
    static constexpr std::string_view type = "task.assigned.v4";
    static constexpr std::string_view clause = "S3.2.1";
    static constexpr event_words says{{"分配了任务", "assigned the task"}, {"将任务分配给 {to}，完成时限 {due}", "assigned the task to {to}, due {due}"}};
    std::string title;
    std::string content;
    std::string standard;  ///< what the result is accepted against
    date due;
    member_id to;
    events::department department;  ///< whose board it is on
    events::priority priority;
    std::vector<std::string> checklist;
    project_id project;        ///< that it belongs to; 0: none
    std::uint16_t milestone;   ///< of that project, from 1; 0: none
    appraisal_id improvement;  ///< whose improvement plan (F8) it carries out; 0: none
    std::uint16_t action;      ///< of that plan, which alone says what is to be done; 0: none, or the words are here
    std::uint32_t flow;        ///< the version of the flow that it goes by
    strategy_id strategy;      ///< the strategy or plan (F19) that it carries out; 0: none
    bool operator==(const assigned&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(assigned,
    (title, line("标题", "Title")),
    (content, prose("内容", "Content").may_be_empty()),
    (standard, prose("工作标准", "Standard")),
    (due, day("完成时限", "Due date")),
    (to, person("负责人", "Assignee")),
    (department, department("所属部门", "Department")),
    (priority, choice("优先级", "Priority")),
    (checklist, lines("检查项", "Checklist")),
    (project, reference("所属项目", "Project")),
    (milestone, number("里程碑序号", "Number of the milestone")),
    (improvement, reference("改进计划所属考核", "Appraisal of the improvement plan")),
    (action, number("改进措施序号", "Number of the improvement")),
    (flow, hidden()),
    (strategy, reference("所执行的策略或计划", "Strategy or plan")))
// clang-format on

inline assigned_v2 upcast(assigned_v1&& old) {
    return {std::move(old.title), std::move(old.content), std::move(old.standard), old.due, old.to, std::move(old.department), old.priority,
            std::move(old.checklist), {}, 0, {}, 1};
}
inline assigned_v3 upcast(assigned_v2&& old) {
    return {std::move(old.title), std::move(old.content), std::move(old.standard), old.due, old.to, std::move(old.department), old.priority,
            std::move(old.checklist), old.project, old.milestone, old.improvement, old.flow, {}};
}
inline assigned upcast(assigned_v3&& old) {
    return {std::move(old.title), std::move(old.content), std::move(old.standard), old.due, old.to, std::move(old.department), old.priority,
            std::move(old.checklist), old.project, old.milestone, old.improvement, 0, old.flow, old.strategy};
}

struct reassigned {
    static constexpr std::string_view type = "task.reassigned.v1";
    static constexpr std::string_view clause = "S3.2.1";
    static constexpr event_words says{{"改派了任务", "reassigned the task"}, {"将任务改派给 {to}", "reassigned the task to {to}"}};
    member_id to;
    words reason;
    bool operator==(const reassigned&) const = default;
};
OPSROOM_DESCRIBE(reassigned, (to, person("负责人", "Assignee")), (reason, reason()))

struct rescheduled {
    static constexpr std::string_view type = "task.rescheduled.v1";
    static constexpr std::string_view clause = "S3.2.1";
    static constexpr event_words says{{"调整了完成时限", "moved the due date"}, {"将完成时限改为 {due}", "moved the due date to {due}"}};
    date due;
    words reason;
    bool operator==(const rescheduled&) const = default;
};
OPSROOM_DESCRIBE(rescheduled, (due, day("完成时限", "Due date")), (reason, reason()))

struct started {
    static constexpr std::string_view type = "task.started.v1";
    static constexpr std::string_view clause = "S3.2.2";
    static constexpr event_words says{{"开始了任务", "started the task"}};
    bool operator==(const started&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(started)

struct blocked {
    static constexpr std::string_view type = "task.blocked.v1";
    static constexpr std::string_view clause = "S3.2.2";
    static constexpr event_words says{{"报告任务受阻", "reported the task as blocked"}};
    words reason;
    member_id on;  ///< whom it waits for; 0: nobody in particular
    bool operator==(const blocked&) const = default;
};
OPSROOM_DESCRIBE(blocked, (reason, reason()), (on, person("等待对象", "Waiting on")))

struct unblocked {
    static constexpr std::string_view type = "task.unblocked.v1";
    static constexpr std::string_view clause = "S3.2.2";
    static constexpr event_words says{{"解除了受阻", "unblocked the task"}};
    words note;
    bool operator==(const unblocked&) const = default;
};
OPSROOM_DESCRIBE(unblocked, (note, remark("说明", "Note").may_be_empty()))

struct progress_reported {
    static constexpr std::string_view type = "task.progress_reported.v1";
    static constexpr std::string_view clause = "S3.2.2";
    static constexpr event_words says{{"汇报了进展", "reported progress"}, {"汇报进展 {percent}", "reported progress: {percent}"}};
    std::uint8_t percent;
    words note;
    bool operator==(const progress_reported&) const = default;
};
OPSROOM_DESCRIBE(progress_reported, (percent, percent("完成百分比", "Percent done")), (note, remark("说明", "Note").may_be_empty()))

struct submitted {
    static constexpr std::string_view type = "task.submitted.v1";
    static constexpr std::string_view clause = "S3.2.2";
    static constexpr event_words says{{"提交了成果", "submitted the result"}};
    words result;
    bool operator==(const submitted&) const = default;
};
OPSROOM_DESCRIBE(submitted, (result, prose("成果", "Result")))

struct accepted {
    static constexpr std::string_view type = "task.accepted.v1";
    static constexpr std::string_view clause = "S3.2.2";
    static constexpr event_words says{{"验收通过", "accepted the result"}};
    words comment;
    bool operator==(const accepted&) const = default;
};
OPSROOM_DESCRIBE(accepted, (comment, remark("意见", "Comment").may_be_empty()))

struct returned {
    static constexpr std::string_view type = "task.returned.v1";
    static constexpr std::string_view clause = "S3.2.2";
    static constexpr event_words says{{"退回了成果", "returned the result"}};
    words reason;
    bool operator==(const returned&) const = default;
};
OPSROOM_DESCRIBE(returned, (reason, reason()))

struct cancelled {
    static constexpr std::string_view type = "task.cancelled.v1";
    static constexpr std::string_view clause = "S3.2.1";
    static constexpr event_words says{{"取消了任务", "cancelled the task"}};
    words reason;
    bool operator==(const cancelled&) const = default;
};
OPSROOM_DESCRIBE(cancelled, (reason, reason()))

using any = std::variant<assigned, reassigned, rescheduled, started, blocked, unblocked, progress_reported, submitted,
                         accepted, returned, cancelled>;

/// Old shapes that a log may still hold, oldest first.
std::tuple<assigned_v1, assigned_v2, assigned_v3> retired_shapes(const any*);

}  // namespace events::task
