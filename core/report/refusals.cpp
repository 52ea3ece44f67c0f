// What a person is told when the rules of reports say no.

#include "core/report/report.hpp"

namespace core {
namespace {

using r = report_rejection;
using enum obstacle;

constexpr auto table = refusal_table<report_rejection>({
    {r::not_found, missing, "S4.3.1", "没有这份报告。请核对编号。", "There is no such report. Check its number."},
    {r::already_exists, status, "S4.3.1", "报告已存在。请另行起草。", "This report already exists. Draft another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_drafter, who, "S4.3.1", "由数据分析员或运营经理起草报告。请联系他们。", "A data analyst or the operations manager drafts reports. Ask one of them."},
    {r::not_author, who, "S4.3.1", "由撰写人、本部门的数据分析员或运营经理办理。请联系他们。", "This is for its author, an analyst of its department, or the operations manager. Ask one of them."},
    {r::not_concerned, who, "S4.3.3", "这份报告没有发给您，无需确认。", "It was not addressed to you, so there is nothing to acknowledge."},
    {r::not_keeper, who, "S4.3.1", "这一步由系统在数值算出后或到期时自动进行。", "The system takes this step by itself, when figures are there or the day has come."},
    {r::closed, status, "S4.3.1", "报告已作废，不能再变动。本期仍需报告时，请另行起草。", "The report was discarded and can no longer be changed. Draft another one where the period is to have a report."},
    {r::not_draft, status, "S4.3.1", "报告已发布，内容不再变动。有新的结论，请写入下一期。", "The report is published, and stays as it is. What is found later goes into the next one."},
    {r::not_published, status, "S4.3.1", "报告尚未发布。请等待撰写人发布。", "The report is not published yet. Wait for its author."},
    {r::bad_period, field, "S4.3.1", "起始日期须为该期的第一天。请用该期的第一天。", "The day is not the first of such a period. Give the first one.", "from"},
    {r::not_over, field, "S4.3.1", "该期尚未结束。请等到结束后，或选择已结束的一期。", "The period is not over yet. Wait until it is, or choose one that is over.", "on"},
    {r::already_there, field, "S4.3.1", "本部门该期已有报告。请在那一份上撰写。", "Your department has a report of that period already. Write in that one.", "on"},
    {r::bad_author, field, "S4.3.1", "撰写人须为该部门在职的数据分析员。请换人。", "Its author is a data analyst of the department who is here. Choose another.", "author"},
    {r::bad_snapshot, field, "S4.3.1", "每个指标只能有一个数值，主要变动须属于其中的指标。请重新取数。", "Each metric has one figure, and movers are of those metrics. Take the figures again.", "snapshot"},
    {r::other_form, field, "S4.3.1", "您看到的内容不是现在的这一份：数值或文字已变动。请重新查看后再发布。",
     "What you read is not what stands there now: figures or words have changed. Read it again, then publish it.", "sha256"},
    {r::not_filled, field, "S4.3.1", "数值尚未填入。请等数据仓库算出后再发布。", "Its figures are not there yet. Publish it once the warehouse has calculated them.", "sha256"},
    {r::no_summary, field, "S4.3.1", "尚未写明趋势与运营状况。请先撰写。", "It does not say how things went. Write that first.", "summary"},
    {r::no_conclusion, field, "S4.3.1", "报告须有明确的结论，至少一条。请先撰写。", "A report has a clear conclusion, at least one. Write it first.", "conclusions"},
    {r::uncited, field, "S4.3.1", "每条结论须引用至少一个本期数值。请补上引用。", "Each conclusion cites at least one figure of the period. Cite those that it rests on.", "conclusions"},
    {r::no_such_figure, field, "S4.3.1", "所引用的指标不在本期数值中。请改引其中的指标。", "A metric that is cited is not among the figures of the period. Cite one that is.", "conclusions"},
    {r::unsettled, field, "S4.1.3", "结论引用的数值尚未定。请写明为何现在发布，或等数值定后再发布。", "A conclusion rests on a figure that can still change. Say why it is published now, or wait until it is final.", "settling_reason"},
    {r::bad_recipients, field, "S4.3.3", "接收人至少一位，且均须在职。请先修改接收人。", "There has to be a recipient, and all of them have to be here. Revise the recipients first.", "recipients"},
    {r::bad_acknowledge_by, field, "S4.3.3", "确认期限不得早于今天。请改为今天或以后。", "It can't be acknowledged by a day before today. Give today or later.", "acknowledge_by"},
    {r::bad_differences, field, "S4.1.3", "变动的数值须为报告中的数值，各一次，且与发布时不同。请重新比对。", "What has changed is a figure of the report, each once, and is not what it was. Compare them again.", "differences"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
});

}  // namespace

refusal report::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
