// What a person is told when a request's rules say no.

#include "core/request/request.hpp"

namespace core {
namespace {

using r = request_rejection;
using enum obstacle;

constexpr auto table = refusal_table<request_rejection>({
    {r::not_found, missing, "S3.1.1", "没有这份需求申请。请核对编号。", "There is no such request. Check its number."},
    {r::already_exists, status, "S3.1.1", "需求申请已存在。请另行起草。", "This request already exists. Draft another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::not_requester, who, "S3.1.1", "仅申请人可操作。", "Only the requester may do this. Ask them."},
    {r::not_manager, who, "S3.1.2", "仅受理部门的运营经理或上级领导可组织评估并裁决。",
     "The operations manager of the department that it is addressed to convenes and decides. Ask them, or a superior leader."},
    {r::own_request, who, "D1", "不能处理自己提出或经手的申请：由其他有权的人办理，没有时转给上级；当前处理人见「流程跟踪」。",
     "Nobody decides on a request that they made or had a hand in: somebody else who may decides, or else a superior. Process tracking shows who."},
    {r::not_assessor, who, "S3.1.2", "只有被召集的评估人可以发表意见。请让运营经理召集您。",
     "Only those who were convened give an opinion. Have the operations manager convene you."},
    {r::closed, status, "S3.1.2", "申请已有结论，不能再变动。如需继续，请另行起草。",
     "The request is decided or withdrawn and can no longer be changed. Draft another to go on."},
    {r::not_draft, status, "S3.1.1", "只有草稿可以修改和提交。请等待退回，或撤回后另行起草。",
     "Only a draft can be revised and submitted. Wait until it is returned, or withdraw it and draft another."},
    {r::not_submitted, status, "S3.1.2", "申请尚未提交，或已在评估。请待申请人提交后再组织评估。",
     "The request is not waiting for an assessment: it is still a draft, or already being assessed."},
    {r::not_in_assessment, status, "S3.1.2", "申请不在评估中。请先提交并组织评估。",
     "The request is not being assessed. It has to be submitted, and the assessment convened, first."},
    {r::not_clarifying, status, "S3.1.2", "没有待答复的问题。", "There is no question that waits for an answer."},
    {r::opinions_missing, status, "S3.1.2", "仍有评估人未发表意见。请等待全部意见，或等到意见截止日之后。",
     "Assessors have not yet given their opinions. Wait for all of them, or until the day after they were due."},
    {r::unchecked, status, "S1.3.1", "须先完成合规检查：请修改申请，写明检查结果。",
     "Its compliance has not been checked: revise the request and say what the check found."},
    {r::bad_required_by, field, "S3.1.1", "时间要求不得早于今天。请修改申请。", "The day by which it is required may not be past. Revise the request.", "required_by"},
    {r::bad_compliance, field, "S1.3.1", "已完成合规检查的，须写明检查结果，不超过 4096 字节。",
     "Where its compliance was checked, say what was found, in at most 4096 bytes.", "findings"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
    {r::assessor_is_requester, field, "D1", "申请人不能评估自己的申请。请另选评估人。", "A requester can't assess their own request. Name others.", "assessors"},
    {r::bad_until, field, "S3.1.2", "意见截止日不得早于今天。", "Opinions can't be due before today.", "until"},
    {r::bad_addressee, field, "D16", "该部门没有运营经理，无人裁决。请改选有运营经理的部门，或不填。",
     "That department has no operations manager, so nobody would decide. Name one that has, or leave it out.", "to"},
});

}  // namespace

refusal request::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
