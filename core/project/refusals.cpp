// What a person is told when a project's rules say no.

#include "core/project/project.hpp"

namespace core {
namespace {

using r = project_rejection;
using enum obstacle;

constexpr auto table = refusal_table<project_rejection>({
    {r::not_found, missing, "S3.1.3", "没有这个项目。请核对编号。", "There is no such project. Check its number."},
    {r::already_exists, status, "S3.1.2", "项目已存在。", "This project already exists."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::by_request_only, who, "S3.1.2", "项目由通过的需求申请产生。请先提交需求申请。",
     "A project comes from a request that was passed. Submit a request first."},
    {r::not_manager, who, "S3.1.3", "仅所属部门的运营经理或上级领导可处理。", "This is for the operations manager of its department. Ask them, or a superior leader."},
    {r::not_leader, who, "S3.1.3", "仅上级领导可审批。", "This is for the superior leader. Ask them."},
    {r::not_lead, who, "S3.3.1", "仅项目负责人可处理。", "This is for the project lead. Ask them."},
    {r::not_team, who, "S3.3.3", "仅项目团队成员可处理。", "This is for the project team. Ask one of them."},
    {r::not_panellist, who, "S3.3.1", "只有验收组成员可以签署。请让运营经理召集您。",
     "Only the acceptance panel signs. Have the operations manager convene you."},
    {r::not_recipient, who, "S5.3.2", "项目总结没有发给您，或您已确认。", "The summary did not go to you, or you have acknowledged it already."},
    {r::own_submission, who, "D1", "不能裁决自己提交、经手或负责过的内容：由其他有权的人办理，没有时转给上级；当前处理人见「流程跟踪」。",
     "Nobody decides on what they submitted, had a hand in, or have led: somebody else who may decides, or else a superior. Process tracking shows who."},
    {r::closed, status, "S3.3.3", "项目已归档、取消或驳回，不能再变动。", "The project is archived, cancelled or rejected and can no longer be changed."},
    {r::not_initiating, status, "S3.1.3", "只有立项中的项目可以编写立项计划书。请等待退回。",
     "A charter is written while the project is being initiated. Wait until it is returned."},
    {r::not_pending, status, "S3.1.3", "没有待审批的内容。请先提交立项计划书。", "Nothing is pending. The charter has to be submitted first."},
    {r::not_clarifying, status, "S3.1.3", "没有待答复的问题。", "There is no question that waits for an answer."},
    {r::not_active, status, "S3.1.3", "项目不在执行中：立项计划书须先获批，或项目已暂停、已进入验收。",
     "The project is not under way: its charter has to be approved first, or it is suspended or being accepted."},
    {r::not_requested, status, "S3.3.1", "尚未提交验收申请。请待项目负责人提交。", "Acceptance has not been requested. Wait for the project lead."},
    {r::not_in_acceptance, status, "S3.3.1", "验收尚未组织。请先召集验收组。", "The acceptance panel has not been convened. Convene it first."},
    {r::not_accepted, status, "S3.3.2", "项目尚未通过验收，或总结已提交。", "The project is not accepted yet, or its summary is written already."},
    {r::not_summarised, status, "S3.3.3", "请先提交项目总结。", "The project has to be summarised first."},
    {r::not_archive_pending, status, "S3.3.3", "归档尚未提交。请待项目团队提交。", "The archive has not been submitted. Wait for the project team."},
    {r::not_suspended, status, "S3.2.4", "项目没有暂停。", "The project is not suspended."},
    {r::cannot_suspend, status, "S3.2.4", "项目已经暂停。请先恢复，或等待恢复。", "The project is suspended already. Resume it first, or wait until it is."},
    {r::no_filing_now, status, "S3.3.3", "只有立项计划书获批之后、提交归档之前可以存入归档材料。",
     "Records are filed after the charter is approved and before the archive is submitted."},
    {r::signatures_missing, status, "S3.3.1", "验收组尚有成员未签署。请等待全部签署，或等到验收日之后。",
     "Panellists have not signed yet. Wait for all of them, or until the day after the panel met."},
    {r::records_missing, status, "S3.3.3", "归档材料不全：须有执行记录（或进展报告）、数据报告和会议纪要各至少一份。请先存入。",
     "The archive is not complete: it takes an execution record (or a progress report), a data report and minutes, at least one each. File them first."},
    {r::tasks_open, status, "S3.3.3", "项目还有未完成的任务：请先验收或取消这些任务，再归档封存。",
     "The project has tasks that are still open: accept or cancel them before it is archived."},
    {r::unchecked, field, "S1.3.1", "立项计划书须先完成合规检查并写明结果。", "The charter's compliance has to be checked, and the findings said.", "compliance"},
    {r::other_charter, field, "S3.1.3", "您看到的立项计划书不是现在待审批的这一份。请重新查看后再审批。",
     "The charter that you read is not the one that is pending now. Read it again, then decide.", "sha256"},
    {r::not_my_answer, who, "S3.1.3", "仅提交人可答复。", "The one who submitted it answers. Ask them."},
    {r::bad_schedule, field, "S3.1.3", "结束日期不得早于开始日期或今天。", "The project may not end before it starts, nor before today.", "ends"},
    {r::bad_milestones, field, "S3.1.3", "里程碑须按日期排列，在起止日期之内。", "Milestones are in the order of their dates, and within the schedule.", "milestones"},
    {r::bad_budget, field, "S3.1.3", "预算币种须为三个字母的货币代码，如 CNY。", "The budget's currency is a code of three letters, such as CNY.", "currency"},
    {r::bad_compliance, field, "S1.3.1", "已完成合规检查的，须写明检查结果，不超过 4096 字节。",
     "Where compliance was checked, say what was found, in at most 4096 bytes.", "findings"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
    {r::bad_comment, field, "S3.3.1", "不同意时须写明意见。", "Say why you object.", "comment"},
    {r::bad_person, field, "S5.3.1", "团队已满，最多 200 人。", "The team is full: it has at most 200 members.", "member"},
    {r::already_in_team, field, "S5.3.1", "此人已在团队中。", "That person is in the team already.", "member"},
    {r::not_in_team, field, "S5.3.1", "此人不在团队中。", "That person is not in the team.", "member"},
    {r::lead_stays, field, "S5.3.1", "项目负责人不能移出团队。请先更换负责人。", "The lead stays in the team. Change the lead first.", "member"},
    {r::bad_milestone, field, "S3.2.2", "立项计划书中没有这个里程碑，请核对序号。", "The charter has no such milestone. Check its number.", "milestone"},
    {r::bad_panel, field, "S3.3.1", "验收组不含项目负责人和提交人，也不含曾经负责或提交的人。",
     "The panel is without the project lead and who requested the acceptance, and without who was either before.", "panel"},
    {r::bad_day, field, "S3.3.1", "验收日不得早于今天。", "The panel can't meet before today.", "on"},
    {r::bad_objective_results, field, "S3.3.1", "须对立项计划书的每条目标给出一个结果。", "Give one result for each objective of the charter.", "results"},
    {r::unmet_unexplained, field, "S3.3.1", "未达成或部分达成的目标，须在说明中写明原因。", "Say in its note why an objective was not met, or only in part.", "results"},
    {r::objections_unanswered, field, "S3.3.1", "有评审人反对，或有目标未达成：通过时须至少列出一项条件。",
     "A panellist objects, or an objective was missed: a pass takes at least one condition.", "conditions"},
    {r::bad_recipients, field, "S3.3.2", "每个相关部门至少须有一位报送对象。", "Name at least one recipient of each department concerned.", "recipients"},
    {r::manager_not_told, field, "S3.3.2", "报送对象中须有运营经理。", "An operations manager has to be among the recipients.", "recipients"},
    {r::bad_record, field, "S3.3.3", "归档材料须有正文或附件；附件须已上传且不超过上限。",
     "A record has a text or an attachment; attachments have to be uploaded, and within the limit.", "record"},
});

}  // namespace

refusal project::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
