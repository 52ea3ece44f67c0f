// What a person is told when an appraisal's rules say no.

#include "core/appraisal/appraisal.hpp"

namespace core {
namespace {

using r = appraisal_rejection;
using enum obstacle;

constexpr auto table = refusal_table<appraisal_rejection>({
    {r::not_found, missing, "S6.3.1", "没有这份考核。请核对编号。", "There is no such appraisal. Check its number."},
    {r::already_exists, status, "S6.2", "考核已存在。", "This appraisal already exists."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::not_personnel, who, "S6.2", "考核随周期自动开启；后来的人由人力资源补开。请联系人力资源。",
     "Appraisals open with their cycle; for who comes later, human resources open one. Ask them."},
    {r::not_employee, who, "S6.3.1", "只有被考核人本人可以这样做。", "Only the employee themselves may do this."},
    {r::not_evaluator, who, "S6.3.2", "仅评价人可操作。", "Only the evaluator may do this. Ask them."},
    {r::not_party, who, "S6.3.3", "只有被考核人和评价人可以这样做。", "Only the employee and the evaluator may do this."},
    {r::not_reviewer, who, "D2", "仅评价人的上级可办理。", "This is for the evaluator's superior. Ask them."},
    {r::not_arbiter, who, "S6.3.4", "由上级领导答复申诉和重新开启；定稿的人不能答复申诉，没有其他上级领导时由人力资源答复。请联系他们。",
     "A superior leader answers appeals and reopens. Ask them."},
    {r::not_leader, who, "S6.3.4", "仅上级领导可应用考核结果。", "A superior leader applies the result. Ask them."},
    {r::not_calibrator, who, "D2", "仅人力资源或上级领导可处理。", "This is for human resources or a superior leader. Ask one of them."},
    {r::own_appraisal, who, "D1", "不能处理自己的考核：由其他有权的人办理，没有时转给上级；当前处理人见「流程跟踪」。",
     "Nobody decides on their own appraisal: somebody else who may decides, or else a superior. Process tracking shows who."},
    {r::own_evaluation, who, "D1", "不能裁决自己的考核或自己作出的评价：由其他有权的人办理，没有时转给上级；当前处理人见「流程跟踪」。",
     "Nobody decides on their own appraisal, nor on their own evaluation: somebody else who may decides, or else a superior. Process tracking shows who."},
    {r::closed, status, "S6.2", "考核已取消，不能再变动。", "The appraisal was cancelled and can no longer be changed."},
    {r::self_is_in, status, "S6.3.1", "自评已提交。如需修改，请让评价人退回。",
     "The self-appraisal has been submitted. To change it, have the evaluator return it."},
    {r::self_is_closed, status, "S6.2", "自评已截止。请让评价人的上级给予延期。",
     "Self-appraisal is closed. Have the evaluator's superior grant an extension."},
    {r::evaluation_is_in, status, "S6.3.2", "评价已提交。", "The evaluation has already been submitted."},
    {r::evaluation_is_closed, status, "S6.2", "评价已截止。请让评价人的上级给予延期。",
     "Evaluation is closed. Have the evaluator's superior grant an extension."},
    {r::self_is_out, status, "S6.3.2", "自评尚未提交。请等待提交，或等到自评截止。",
     "The self-appraisal is not in. Wait for it, or until self-appraisal closes."},
    {r::not_evaluated, status, "S6.3.3", "没有等待绩效沟通或校准的评价。须先提交评价。", "No evaluation waits for a talk or for calibration. It has to be submitted first."},
    {r::not_recorded, status, "S6.3.3", "没有待确认的沟通记录。请评价人先记录绩效沟通。",
     "No talk record waits to be confirmed. The evaluator has to record the talk first."},
    {r::talk_not_held, status, "S6.3.3", "须先进行绩效沟通并由双方确认。", "The talk has to be held first, and confirmed by both."},
    {r::not_calibrating, status, "D2", "周期不在校准阶段。请等待校准开始；已定稿的须重新开启。",
     "The cycle is not calibrating. Wait until it does; what is finalised has to be reopened."},
    {r::not_calibrated, status, "D2", "周期尚未进入校准。请等待评价截止。", "The cycle has not come to calibration. Wait until evaluation closes."},
    {r::quarters_pending, status, "D2", "本年度的季度考核尚未全部定稿。请先定稿或取消它们。",
     "Quarters of this year are still under way. They have to be finalised, or cancelled, first."},
    {r::not_final, status, "S6.3.4", "考核尚未定稿，或正在申诉。请等待定稿。", "The appraisal is not finalised, or under appeal. Wait for its result."},
    {r::appeal_is_late, status, "S6.3.4", "申诉期限已过。请让上级领导重新开启。", "It is too late for an appeal. Ask a superior leader to reopen it."},
    {r::appealed_before, status, "S6.3.4", "对这一结果已申诉过。请让上级领导重新开启。", "This result was appealed already. Ask a superior leader to reopen it."},
    {r::not_appealed, status, "S6.3.4", "没有待答复的申诉。", "There is no appeal that waits for an answer."},
    {r::appeal_still_possible, status, "S6.3.4", "申诉期未满。请等到期满之后。", "The result can still be appealed. Wait until the days for that are over."},
    {r::incentives_pending, status, "S6.3.4", "依此结果提出的激励尚未全部裁决。请先裁决。",
     "Incentives that were proposed from this result are not decided yet. Decide on them first."},
    {r::already_final, status, "D2", "考核已定稿。如需变动，请让上级领导重新开启。",
     "The appraisal is finalised. To change it, have a superior leader reopen it."},
    {r::employee_left, status, "S6.3.3", "被考核人已离开。", "The employee has left."},
    {r::no_such_cycle, field, "S6.2", "没有这个考核周期。请核对编号。", "There is no such cycle. Check its number.", "cycle"},
    {r::cycle_not_open, status, "S6.2", "周期未开启，或评价已截止。", "The cycle is not open yet, or has closed evaluation already."},
    {r::no_indicators, field, "S6.1.1", "此人的角色没有在用的考核指标。请先发布指标。",
     "No role of theirs has indicators in use. Publish some first.", "employee"},
    {r::no_evaluator, field, "D1", "没有可以评价此人的上级。请先设置其上级。", "There is nobody above who could evaluate them. Set their superior first.", "employee"},
    {r::already_opened, status, "S6.2", "此人在本周期已有考核。请使用它。", "They have an appraisal in this cycle already. Use that one."},
    {r::bad_lines, field, "S6.1.1", "须按考核指标逐项填写，每项一次；草稿可以不全。",
     "Fill in one line for each of the appraisal's indicators; a draft may lack some.", "lines"},
    {r::bad_evidence, field, "S6.3.2", "依据须指向操作记录中您可以查看的事件，每项指标引用一次；单独添加的依据须附说明，一份考核最多 1000 条。",
     "Evidence points at an event of the log that you may see, once for each indicator; added by itself it has a note, and an appraisal has at most 1000 pieces.", "evidence"},
    {r::not_your_evidence, who, "S6.3.2", "依据由添加者移除；系统推荐的由评价人移除。",
     "Evidence is removed by who added it, what the system suggested by the evaluator."},
    {r::no_such_evidence, field, "S6.3.2", "该指标没有这条依据。", "The indicator has no such evidence.", "at"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
    {r::bad_until, field, "S6.2", "延期不得早于今天。", "An extension can't end before today.", "until"},
    {r::bad_actions, field, "S6.3.3", "改进措施的负责人须为可查看本考核的在职成员，完成时限不得早于今天。请修改沟通记录。",
     "The owner of an improvement action has to be an active member who may see the appraisal, and its due date not before today. Revise the record.", "actions"},
    {r::bad_adjustments, field, "D2", "只能调整本考核的指标，每项一次。", "Only the appraisal's own indicators can be calibrated, each once.", "adjustments"},
    {r::bad_successor, field, "S1.3.4", "接手人不能是被考核人。", "The successor can't be the employee.", "to"},
    {r::bad_evaluator, field, "D1", "评价人不能是被考核人或其下级，也不能由提出更换的人自己担任。请另选一人。",
     "The evaluator can't be the employee, anybody who answers to them, or whoever asks for the change. Choose another.", "to"},
});

}  // namespace

refusal appraisal::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
