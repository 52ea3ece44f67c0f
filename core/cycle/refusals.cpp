// What a person is told when a cycle's rules say no.

#include "core/cycle/cycle.hpp"

namespace core {
namespace {

using r = cycle_rejection;
using enum obstacle;

constexpr auto table = refusal_table<cycle_rejection>({
    {r::not_found, missing, "S6.2", "没有这个考核周期。请核对编号。", "There is no such cycle. Check its number."},
    {r::already_exists, status, "S6.2", "考核周期已存在。", "This cycle already exists."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::not_organiser, who, "S6.2", "考核周期由人力资源或上级领导安排；只有一个部门设有运营经理时，该经理也可以。请联系他们。",
     "Human resources or a superior leader run the cycles, or the operations manager where one department alone has one. Ask one of them."},
    {r::over, status, "S6.2", "周期已结束或已取消，不能再变动。请安排下一个周期。", "The cycle is closed or cancelled and can no longer be changed. Plan the next one."},
    {r::not_planned, status, "S6.2", "周期已经开始。请按下一步进行。", "The cycle has begun already. Take its next step."},
    {r::not_open, status, "S6.2", "周期不在自评阶段。请先开启周期。", "The cycle is not taking self-appraisals. It has to be opened first."},
    {r::not_self_closed, status, "S6.2", "须先截止自评，才能截止评价。", "Self-appraisal has to be closed before evaluation is."},
    {r::not_evaluation_closed, status, "S6.2", "须先截止评价，才能开始校准。", "Evaluation has to be closed before calibration begins."},
    {r::not_calibrating, status, "S6.2", "须先开始校准，才能结束周期。", "Calibration has to begin before the cycle closes."},
    {r::not_due, status, "S6.2", "未到日期。请等到当天，或由人力资源、运营经理说明原因提前进行。",
     "Its day has not come. Wait for it, or human resources or the operations manager take the step earlier, with a reason."},
    {r::already_planned, status, "S6.2", "这一期间已有考核周期。请使用它。", "There is a cycle for this period already. Use that one."},
    {r::bad_period, field, "S6.2", "季度考核须给出季度（1 至 4），年度考核不填。", "A quarterly cycle names its quarter, 1 to 4; leave it out of an annual one.", "quarter"},
    {r::bad_schedule, field, "S6.2", "各步日期须依次为开启、自评截止、评价截止、校准、结束；自评和评价至少各一天，未到的步骤不得早于今天。",
     "The days are in order: opens, self closes, evaluation closes, calibrates, closes; F6 and F7 have a day at least, and no step to come is before today.", "schedule"},
    {r::bad_reason, field, "S6.2", "不在计划当天进行，须写明原因。", "On another day than planned, a reason has to be given.", "reason"},
    {r::not_left_out, field, "S1.2", "此人没有被本周期遗漏，或就是您自己。只能豁免名单（left_out）中的其他人。",
     "They are not left out of this cycle, or are you. Excuse others who are in its list (left_out).", "member"},
});

}  // namespace

refusal cycle::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
