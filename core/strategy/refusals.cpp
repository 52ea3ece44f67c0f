// What a person is told when a strategy's rules say no.

#include "core/strategy/strategy.hpp"

namespace core {
namespace {

using r = strategy_rejection;
using enum obstacle;

constexpr auto table = refusal_table<strategy_rejection>({
    {r::not_found, missing, "S3.2.4", "没有这份策略或计划。请核对编号。", "There is no such strategy or plan. Check its number."},
    {r::already_exists, status, "S3.2.4", "策略或计划已存在。请另行起草。", "This strategy or plan already exists. Draft another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_drafter, who, "S2.2.2", "仅运营经理或运营专员可起草。", "Operations managers and specialists draft strategies and plans. Ask them."},
    {r::not_author, who, "S2.2.2", "仅起草人或运营经理可办理。", "This is for whoever drafted it, or the operations manager. Ask them."},
    {r::not_manager, who, "S3.2.4", "仅所属部门的运营经理或上级领导可发布。", "The operations manager of its department publishes it. Ask them, or a superior leader."},
    {r::not_concerned, who, "S3.2.4", "这份策略或计划没有传达给您，无需确认。", "It was not conveyed to you, so there is nothing to acknowledge."},
    {r::not_checker, who, "S3.2.4", "仅运营经理或上级领导可检查执行情况。", "The operations manager or a superior leader checks its execution. Ask them."},
    {r::own_strategy, who, "D1", "不能决定自己起草的策略，代理他人时也不能：由运营经理或上级领导办理；当前处理人见「流程跟踪」。",
     "Nobody decides on a strategy that they drafted, nor on behalf of somebody else: an operations manager or a superior leader does. Process tracking shows who."},
    {r::closed, status, "S3.2.4", "已被取代、终止或作废，不能再变动。请起草新版本。",
     "It was superseded, ended or discarded and can no longer be changed. Draft a new version."},
    {r::not_draft, status, "S2.2.2", "只有草稿可以修改或提交。", "Only a draft can be revised or submitted."},
    {r::not_submitted, status, "S2.2.2", "只有已提交的可以退回。", "Only what was submitted can be returned."},
    {r::not_unpublished, status, "S3.2.4", "已经发布。要调整，请起草新版本。", "It is published already. Draft a new version to adjust it."},
    {r::not_published, status, "S3.2.4", "尚未发布。请等待运营经理发布。", "It is not published yet. Wait for the operations manager."},
    {r::other_form, field, "S3.2.4", "您看到的内容不是现在的这一份。请重新查看后再发布。",
     "What you read is not what stands there now. Read it again, then publish it.", "sha256"},
    {r::not_current, status, "S3.2.4", "要取代的版本已不再有效。请修改草稿，改为取代现行版本。",
     "The version that it is to replace is no longer in force. Revise the draft so that it replaces the one that does."},
    {r::no_such_finding, field, "S3.2.4", "没有这一期分析，或您无权查看。请核对分析编号和期次。",
     "There is no such run of an analysis that you may see. Check both numbers.", "grounds"},
    {r::bad_effective, field, "S3.2.4", "生效日期不得早于今天。", "It can't take effect before today.", "effective"},
    {r::bad_acknowledge_by, field, "S3.2.4", "确认期限不得早于今天。", "It can't be acknowledged by a day before today.", "acknowledge_by"},
    {r::bad_check_on, field, "S3.2.4", "首次检查不得早于生效日期。", "The first check can't be before it takes effect.", "check_on"},
    {r::bad_concerned, field, "S3.2.4", "传达对象中有人已离开。请先修改草稿的传达对象，已提交的先退回。",
     "Some of its recipients have left. Revise the recipients in the draft first; what was submitted is returned for that.", "concerned"},
    {r::bad_replaces, field, "S3.2.4", "只能取代一份现行的、同类的策略或计划。请核对编号。",
     "It can only replace a strategy or plan of its kind that holds now. Check its number.", "replaces"},
    {r::no_such_project, field, "S3.2.4", "没有这个项目。请核对编号。", "There is no such project. Check its number.", "project"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
    {r::bad_members, field, "S3.2.4", "传达对象总数不超过 256 人。", "There are at most 256 recipients in all.", "members"},
    {r::bad_measures, field, "S3.2.4", "落后或偏离时须写明改进措施。", "Where it is behind or off track, say what is done about it.", "measures"},
    {r::bad_next, field, "S3.2.4", "下次检查须在今天之后。要结束，请终止这份策略或计划。",
     "The next check has to be after today. To have no more of them, end the strategy or plan.", "next_on"},
});

}  // namespace

refusal strategy::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
