// What a person is told when an incentive's rules say no.

#include "core/incentive/incentive.hpp"

namespace core {
namespace {

using r = incentive_rejection;
using enum obstacle;

constexpr auto table = refusal_table<incentive_rejection>({
    {r::not_found, missing, "S6.4.1", "没有这项激励。请核对编号。", "There is no such incentive. Check its number."},
    {r::already_exists, status, "S6.4.1", "激励已存在。请另行发起。", "This incentive already exists. Propose another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::not_proposer, who, "S6.3.4", "激励由运营经理或人力资源发起，并由提出人处理。请联系他们。",
     "The operations manager or human resources propose incentives, and look after their own. Ask them."},
    {r::not_leader, who, "D8", "仅上级领导可审批。", "This is for the superior leader. Ask them."},
    {r::not_personnel, who, "S6.3.4", "生效由系统在当天或由人力资源办理。请联系人力资源。",
     "It takes effect by itself on its day, or by human resources. Ask them."},
    {r::own_incentive, who, "D1", "不能处理给自己的激励：由其他有权的人办理，没有时转给上级；当前处理人见「流程跟踪」。",
     "Nobody decides on an incentive of their own: somebody else who may decides, or else a superior. Process tracking shows who."},
    {r::own_proposal, who, "D1", "不能审批自己提出的或给自己的激励：由其他有权的人办理，没有时转给上级；当前处理人见「流程跟踪」。",
     "Nobody approves what they proposed, or what is for them: somebody else who may decides, or else a superior. Process tracking shows who."},
    {r::closed, status, "S6.3.4", "激励已生效、驳回或撤回，不能再变动。如需继续，请另行发起。",
     "The incentive is in effect, rejected or withdrawn and can no longer be changed. Propose another."},
    {r::not_pending, status, "D8", "没有待审批的内容。请等待提出或答复。", "Nothing is pending. Wait until it is proposed, or the question is answered."},
    {r::not_returned, status, "S6.3.4", "只有退回的激励可以修改。", "Only what was returned can be revised."},
    {r::not_clarifying, status, "D8", "没有待答复的问题。", "There is no question that waits for an answer."},
    {r::decided_already, status, "D8", "激励已裁决。如需改变，请另行发起。", "The incentive is decided. Propose another to change it."},
    {r::not_approved, status, "D8", "激励尚未批准。请等待上级领导审批。", "The incentive is not approved. Wait for the superior leader."},
    {r::not_due, status, "S6.3.4", "未到批准的生效日期。请等到当天。", "The day that was approved has not come. Wait for it."},
    {r::result_open, status, "S6.3.4", "所依据的考核未定稿、正在申诉或已重新开启。请等待定稿。",
     "The appraisal that it rests on is not finalised, under appeal or reopened. Wait for its result."},
    {r::other_proposal, field, "D8", "您看到的内容不是现在待审批的这一份。请重新查看后再审批。",
     "What you read is not what is pending now. Read it again, then decide.", "sha256"},
    {r::no_such_appraisal, field, "S6.3.4", "此人没有这份您可查看的考核。请核对编号。",
     "They have no such appraisal that you may see. Check its number.", "appraisal"},
    {r::no_such_election, field, "S6.4.3", "评选未公布，或此人未当选。请核对编号。", "The election is not announced, or did not choose them. Check its number.", "election"},
    {r::bad_member, field, "S6.3.4", "激励对象须为在职成员，此人已离开。", "The beneficiary has to be an active member, and has left.", "member"},
    {r::bad_ground, field, "S6.3.4", "须依据一份考核；只有奖励可改为依据评选。修改时不能换人或换依据，请另行发起。",
     "It rests on an appraisal, or an award on an election, not on both. A revision keeps who and what it is for: propose another instead.", "appraisal"},
    {r::bad_amount, field, "S6.4.1", "奖金和调薪须有金额和三个字母的货币代码（如 CNY）；晋升不带金额，薪资另行提出。",
     "A bonus and a salary adjustment have an amount and a currency of three letters (such as CNY); a promotion has none: its salary is proposed on its own.", "amount"},
    {r::bad_day, field, "S6.3.4", "生效日期不得早于今天。", "It can't take effect before today.", "effective"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
    {r::bad_successor, field, "S1.3.4", "接手人不能是激励对象。", "The successor can't be the beneficiary.", "to"},
});

}  // namespace

refusal incentive::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
