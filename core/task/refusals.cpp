// What a person is told when a task's rules say no.

#include "core/task/task.hpp"

namespace core {
namespace {

using r = task_rejection;
using enum obstacle;

constexpr auto table = refusal_table<task_rejection>({
    {r::not_found, missing, "S3.2.1", "没有这项任务。请核对任务编号。", "There is no such task. Check its number."},
    {r::already_exists, status, "S3.2.1", "任务已存在。请用新的编号分配。", "This task already exists. Assign it as a new one."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::not_manager, who, "S3.2.1", "仅本部门的运营经理或上级领导可操作。",
     "Only the operations manager of the task's department, or a superior leader, may do this. Ask one of them."},
    {r::not_assignee, who, "S3.2.2", "只有任务的负责人可以这样做。请联系负责人，或请运营经理重新分配。",
     "Only the person to whom the task is assigned may do this. Ask them, or have the manager reassign it."},
    {r::own_work, who, "D1", "不能验收自己经手的工作。请由本部门另一位运营经理或上级领导处理。",
     "Nobody decides on work that they had a hand in. Another operations manager of the department may, or a superior leader."},
    {r::closed, status, "S3.2.2", "任务已完成或已取消，不能再变动。如需继续，请分配新任务。",
     "The task is done or cancelled and can no longer be changed. Assign a new one to go on."},
    {r::already_started, status, "S3.2.2", "只有已分配或已退回的任务可以开始；这项任务已经开始。",
     "Only an assigned or returned task can be started; this one is already under way."},
    {r::not_in_progress, status, "S3.2.2", "任务不在进行中。请先开始任务，或先解除受阻。",
     "The task is not in progress. Start it, or unblock it, first."},
    {r::not_blocked, status, "S3.2.2", "任务没有受阻，无需解除。", "The task is not blocked, so there is nothing to unblock."},
    {r::not_submitted, status, "S3.2.2", "任务尚未提交。请等负责人提交结果。",
     "The task has not been submitted. Wait until the assignee submits the result."},
    {r::bad_due, field, "S3.2.1", "完成时限不得早于今天。", "The due date can't be before today.", "due"},
    {r::bad_department, field, "S3.2.1", "没有这个部门：须给出已有部门的代码。",
     "There is no such department: give the code of one that there is.", "department"},
    {r::blocked_on_self, field, "S3.2.2", "任务不能等负责人自己。请指明所等的人，或留空。",
     "A task can't wait for its own assignee. Name somebody else, or leave it out.", "on"},
    {r::no_such_project, field, "S3.2.1", "没有这个项目。请核对项目编号，或留空。", "There is no such project. Check its number, or leave it out.", "project"},
    {r::project_not_open, field, "S3.2.1", "项目不在执行中，不能分配任务。请待立项获批或恢复。",
     "The project is not under way. Wait until its charter is approved, or until it is resumed.", "project"},
    {r::no_such_milestone, field, "S3.2.1", "项目没有这个里程碑。请按立项计划书的序号填写，或留空。",
     "The project has no such milestone. Give its place in the charter, or leave it out.", "milestone"},
    {r::no_such_strategy, field, "S3.2.4", "没有这份现行的策略或计划。请核对编号，或留空。",
     "No strategy or plan with this number holds now. Check it, or leave it out.", "strategy"},
    {r::not_of_the_plan, field, "D5", "改进计划只有本人、评价人及其上级能看，任务不能交给别人。请在他们之中选一人。",
     "An improvement plan is read by the person, the evaluator and their superior alone, so its task can't go to anybody else. Choose one of them.", "to"},
    {r::blocker_not_of_the_plan, field, "D5", "改进计划只有本人、评价人及其上级能看，任务不能等别人。请在他们之中选一人，或留空。",
     "An improvement plan is read by the person, the evaluator and their superior alone, so its task can't wait for anybody else. Choose one of them, or leave it out.", "on"},
    {r::own_task, who, "D1", "做这项任务的人，不能自己决定把它转交、改期或取消。请找本部门未经手的运营经理，或上级领导。",
     "Who does a task, or did, does not decide whether it is handed on, moved or cancelled. Ask an operations manager of the department who has had no hand in it, or a superior leader."},
});

}  // namespace

refusal task::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
