// What a person is told when a proposal's rules say no.

#include "core/proposal/proposal.hpp"

namespace core {
namespace {

using r = proposal_rejection;
using enum obstacle;

constexpr auto table = refusal_table<proposal_rejection>({
    {r::not_found, missing, "S1.3.5", "没有这条建议。请核对编号。", "There is no such proposal. Check its number."},
    {r::already_exists, status, "S1.3.5", "建议已存在。请另行提出。", "This proposal already exists. File another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_proposer, who, "S1.3.5", "仅提出人可办理。", "This is for whoever proposed it. Ask them."},
    {r::not_manager, who, "S1.3.5", "仅受理部门的运营经理或上级领导可裁决。", "The operations manager of the department that it is addressed to decides. Ask them, or a superior leader."},
    {r::own_proposal, who, "D1", "不能裁决自己提出或经手的建议：由其他有权的人办理，没有时转给上级；当前处理人见「流程跟踪」。",
     "Nobody decides on a proposal that they made or had a hand in: somebody else who may decides, or else a superior. Process tracking shows who."},
    {r::closed, status, "S1.3.5", "建议已有结果，不能再变动。如有新想法，请另行提出。", "The proposal is closed. File another for a new idea."},
    {r::not_filed, status, "S1.3.5", "没有待裁决的内容。请等待提出或答复。", "Nothing is awaiting a decision. Wait until it is filed, or the question is answered."},
    {r::not_returned, status, "S1.3.5", "只有退回的建议可以修改。", "Only what was returned can be revised."},
    {r::not_clarifying, status, "S1.3.5", "没有待答复的问题。", "There is no question that waits for an answer."},
    {r::decided_already, status, "S1.3.5", "建议已裁决。如需改变，请另行提出。", "The proposal is decided. File another to change it."},
    {r::not_adopted, status, "S1.3.5", "建议尚未采纳。请先裁决。", "The proposal is not adopted. Decide on it first."},
    {r::bad_with, field, "S1.3.5", "共同提出人不含提出人。", "The co-proposers are others than the proposer: leave yourself out.", "with"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
    {r::bad_addressee, field, "D16", "该部门没有运营经理，无人裁决。请改选有运营经理的部门，或不填。",
     "That department has no operations manager, so nobody would decide. Name one that has, or leave it out.", "to"},
});

}  // namespace

refusal proposal::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
