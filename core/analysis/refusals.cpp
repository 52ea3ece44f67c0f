// What a person is told when an analysis's rules say no.

#include "core/analysis/analysis.hpp"

namespace core {
namespace {

using r = analysis_rejection;
using enum obstacle;

constexpr auto table = refusal_table<analysis_rejection>({
    {r::not_found, missing, "S3.2.3", "没有这项数据分析。请核对编号。", "There is no such analysis. Check its number."},
    {r::already_exists, status, "S3.2.3", "数据分析已存在。请另行计划。", "This analysis already exists. Plan another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_planner, who, "S3.2.3", "仅运营经理或数据分析员可计划。", "Operations managers and data analysts plan analyses. Ask them."},
    {r::not_owner, who, "S3.2.3", "仅负责此项分析的数据分析员可报告。", "The analyst who owns it reports what it finds. Ask them."},
    {r::not_keeper, who, "S3.2.3", "仅运营经理或负责人可修改。", "The operations manager or its owner change it. Ask them."},
    {r::not_concerned, who, "S3.2.3", "此项分析没有把您列为通知对象。请联系负责人。", "You are not among those notified. Ask its owner."},
    {r::not_manager, who, "S3.2.3", "仅所属部门的运营经理或上级领导可处理。", "This is for the operations manager of its department. Ask them, or a superior leader."},
    {r::own_finding, who, "D1", "不能处理自己报告或经手的发现：由其他有权的人办理，没有时转给上级；当前处理人见「流程跟踪」。",
     "Nobody decides on what they reported or had a hand in: somebody else who may decides, or else a superior. Process tracking shows who."},
    {r::closed, status, "S3.2.3", "此项分析已结束。如需继续，请另行计划。", "The analysis has ended. Plan another to go on."},
    {r::not_reported, status, "S3.2.3", "没有待处理的发现。请等待下一期分析。", "No finding is open. Wait for the next run."},
    {r::still_open, status, "S3.2.3", "还有未处理的发现。请先处理。", "A finding is still open. Handle it first."},
    {r::nothing_found, status, "S3.2.3", "尚未发现变化或问题，无需确认。", "Nothing has been found yet, so there is nothing to acknowledge."},
    {r::bad_owner, field, "S3.2.3", "负责人须为数据分析员。", "Its owner has to be a data analyst.", "owner"},
    {r::bad_next, field, "S3.2.3", "下次分析日期不得早于今天。", "The next run can't be before today.", "next_on"},
    {r::bad_concerned, field, "S3.2.3", "通知对象不含负责人。", "Those notified are others than its owner: leave the owner out.", "concerned"},
    {r::no_such_project, field, "S3.2.3", "没有这个项目。请核对编号。", "There is no such project. Check its number.", "project"},
    {r::bad_period, field, "S3.2.3", "须为已过去的时段：起日不晚于止日，止日不晚于今天。",
     "The period begins before it ends, and ends today or before.", "from"},
    {r::bad_figures, field, "S3.2.3", "数值须为十进制数，如 12.5 或 -3。", "A figure is a decimal number such as 12.5 or -3.", "figures"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
});

}  // namespace

refusal analysis::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
