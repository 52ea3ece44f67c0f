#include "clients/cli/commands/rows.hpp"

namespace cli {

const std::vector<write_row>& task_rows() {
    static const field reason{"REASON", "reason", value::text, {"原因", "why"}, true};
    static const field due{"DAY", "due", value::day, {"期限：2026-12-01、明天、+3d", "the day: 2026-12-01, tomorrow, +3d"}, true};
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "task", .verb = "assign", .type = "task.assign", .target = target::none,
         .about = {"分配任务：内容、期限与标准（S3.2.1）", "assign a task: content, day and standard (S3.2.1)"},
         .examples = "opsroom task assign \"Weekly channel data\" --to @li.na --standard \"All five channels, checked\" --due +3d\n"
                     "opsroom task assign \"双十一活动复盘\" --to 4 --standard \"含参与率与转化率\" --due 2026-12-01 --priority high --check 数据 --check 结论",
         .fields = {{"TITLE", "title", value::text, {"标题", "title"}, true},
                    {"--to", "to", value::person, {"交给谁", "to whom"}, true},
                    {"--standard", "standard", value::text, {"验收所依据的标准", "what the result is accepted against"}, true},
                    {"--due", "due", value::day, due.about, true},
                    {"--content", "content", value::text, {"内容；“-”表示从标准输入读", "content; - reads it from stdin"}},
                    {"--department", "department", value::text, {"部门代码；不给则为您所在的部门", "department's code; your own if left out"}},
                    {"--priority", "priority", value::choice, {"优先级", "priority"}, false, {"low", "normal", "high", "urgent"}},
                    {"--project", "project", value::number, {"所属项目", "the project that it belongs to"}, false, {}, any_number},
                    {"--milestone", "milestone", value::number, {"该项目的里程碑序号", "a milestone of that project, by its place"}, false, {}, any_number},
                    {"--strategy", "strategy", value::number, {"所执行的策略或计划（S3.2.4）", "the strategy or plan that it carries out (S3.2.4)"}, false, {}, any_number},
                    {"--check", "checklist", value::items, {"清单中的一项，可多次给出", "an item of the checklist; may be given many times"}}}},
        {.noun = "task", .verb = "reassign", .type = "task.reassign", .target = target::task,
         .about = {"改派给别人", "give it to somebody else"}, .examples = "opsroom task reassign 17 @wang.fang \"On leave\"",
         .fields = {{"TO", "to", value::person, {"交给谁", "to whom"}, true}, reason}},
        {.noun = "task", .verb = "reschedule", .type = "task.reschedule", .target = target::task,
         .about = {"改期限", "change the day"}, .examples = "opsroom task reschedule 17 +1w \"Data came late\"",
         .fields = {due, reason}},
        {.noun = "task", .verb = "start", .type = "task.start", .target = target::task,
         .about = {"开始", "start it"}, .examples = "opsroom task start 17\nopsroom task start 17 --expect 3"},
        {.noun = "task", .verb = "block", .type = "task.block", .target = target::task,
         .about = {"报告受阻，及等待何人", "say that it is blocked, and on whom"},
         .examples = "opsroom task block 17 \"No access to the platform\" --on @wang.fang",
         .fields = {reason, {"--on", "on", value::person, {"等待何人", "whom it waits for"}}}},
        {.noun = "task", .verb = "unblock", .type = "task.unblock", .target = target::task,
         .about = {"解除受阻", "it is no longer blocked"}, .examples = "opsroom task unblock 17 \"Access granted\"",
         .fields = {{"NOTE", "note", value::text, {"说明", "a note"}}}},
        {.noun = "task", .verb = "progress", .type = "task.report_progress", .target = target::task,
         .about = {"报告进展", "report progress"}, .examples = "opsroom task progress 17 60 \"Three channels done\"",
         .fields = {{"PERCENT", "percent", value::number, {"百分比，0–100", "percent, 0–100"}, true, {}, percentage},
                    {"NOTE", "note", value::text, {"说明", "a note"}}}},
        {.noun = "task", .verb = "submit", .type = "task.submit", .target = target::task,
         .about = {"提交成果", "hand in the result"}, .examples = "opsroom task submit 17 \"Sent to everybody\"",
         .fields = {{"RESULT", "result", value::text, {"成果；“-”表示从标准输入读", "the result; - reads it from stdin"}, true}}},
        {.noun = "task", .verb = "accept", .type = "task.accept", .target = target::task,
         .about = {"按标准验收通过", "accept it against the standard"}, .examples = "opsroom task accept 17 \"Complete\"",
         .fields = {{"COMMENT", "comment", value::text, {"评语", "a comment"}}}},
        {.noun = "task", .verb = "return", .type = "task.return", .target = target::task,
         .about = {"退回重做", "send it back"}, .examples = "opsroom task return 17 \"The app channel is missing\"",
         .fields = {reason}},
        {.noun = "task", .verb = "cancel", .type = "task.cancel", .target = target::task,
         .about = {"取消", "cancel it"}, .examples = "opsroom task cancel 17 \"No longer needed\"", .fields = {reason}},
    };
    // clang-format on
    return rows;
}

}  // namespace cli
