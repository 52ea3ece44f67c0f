// What a person is told when the rules of metrics say no.

#include "core/metric/metric.hpp"

namespace core {
namespace {

using r = metric_rejection;
using enum obstacle;

constexpr auto table = refusal_table<metric_rejection>({
    {r::not_found, missing, "S2.3.2", "没有这个指标。请核对编号。", "There is no such metric. Check its number."},
    {r::already_exists, status, "S2.3.2", "指标已存在。请另行起草。", "This metric already exists. Draft another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_drafter, who, "S2.3.2", "由数据分析员或运营经理起草指标。请联系他们。", "A data analyst or the operations manager drafts metrics. Ask one of them."},
    {r::not_author, who, "S2.3.2", "仅起草人或运营经理可办理。", "This is for whoever wrote it, or the operations manager. Ask them."},
    {r::not_keeper, who, "S2.3.2", "由指标负责人或本部门的数据分析员提出修订。请联系他们。", "The metric's owner, or a data analyst of its department, proposes amendments. Ask one of them."},
    {r::not_manager, who, "S2.3.2", "由该部门的运营经理决定。请联系其本人或上级领导。", "The operations manager of its department decides on that. Ask them, or a superior leader."},
    {r::own_metric, who, "D1", "不能决定自己起草的指标或修订，代理他人时也不能：由运营经理或上级领导办理；当前处理人见「流程跟踪」。",
     "Nobody decides on a metric or an amendment that they wrote, nor on behalf of somebody else: an operations manager or a superior leader does. Process tracking shows who."},
    {r::closed, status, "S2.3.2", "指标已停用或作废，不能再变动。需要时请另行起草。", "The metric was retired or discarded and can no longer be changed. Draft another if there is to be one again."},
    {r::not_draft, status, "S2.3.2", "只有草稿可以修改或提交。", "Only a draft can be revised or submitted."},
    {r::not_submitted, status, "S2.3.2", "只有已提交的可以退回。", "Only what was submitted can be returned."},
    {r::not_unpublished, status, "S2.3.2", "已经发布。要调整，请提出修订。", "It is published already. Propose an amendment to change it."},
    {r::not_published, status, "S2.3.2", "指标尚未发布。请等待运营经理发布。", "The metric is not published yet. Wait for the operations manager."},
    {r::not_amended, status, "S2.3.2", "没有待发布的修订。", "There is no amendment that waits."},
    {r::amendment_waits, status, "S2.3.2", "已有一份修订待发布。请先发布、退回或撤回它。", "An amendment waits already. Have it published, returned or withdrawn first."},
    {r::is_needed, status, "S2.3.2", "还有指标要用到它，不能停用。请先修订或停用那些指标。", "Other metrics need it, so it can't be retired. Amend or retire those first."},
    {r::other_form, field, "S2.3.2", "您看到的内容不是现在的这一份。请重新查看后再发布。", "What you read is not what stands there now. Read it again, then publish it.", "sha256"},
    {r::bad_code, field, "S2.3.2", "代码由字母、数字、下划线或汉字组成，不能全是数字，也不能是公式的用词（如 sum、where）。",
     "A code is made of letters, digits, underscores or Chinese characters, not of digits alone, and is no word of formulas (as sum, where).", "code"},
    {r::code_fixed, field, "S2.3.2", "发布后代码不能更改，公式以此引用。要换代码，请另行起草。", "Once it is published its code stays, as formulas name it. Draft another metric for another code.", "code"},
    {r::code_taken, field, "S2.3.2", "代码已被使用。请换一个代码。", "Another metric is called by this code. Choose another.", "code"},
    {r::name_taken, field, "S2.3.2", "名称已被使用。请换一个名称，公式才分得清。", "Another metric is called so. Choose another name, so that formulas can tell them apart.", "name"},
    {r::bad_unit, field, "S2.3.2", "单位写法有误：如 元、元/人、%。", "The unit is not written well: as in 元, 元/人, %.", "unit"},
    {r::bad_parent, field, "S2.3.2", "上级指标须为其他现行的指标；草稿可归于草稿。请核对编号，或先发布上级指标。",
     "A parent is another metric in force; a draft may be beneath a draft. Check its number, or have the parent published first.", "parent"},
    {r::parent_circle, field, "S2.3.2", "上级指标不能是它自己或它的下级。请另选上级指标。", "A metric is neither its own parent nor beneath one of its own. Choose another parent.", "parent"},
    {r::tree_too_deep, field, "S2.3.2", "指标体系最多 8 层。请归于更高一层的指标。", "The tree of metrics has at most 8 levels. Put it beneath a higher one.", "parent"},
    {r::bad_formula, field, "S2.3.2", "公式不成立，请更正。", "The formula does not work out. Correct it.", "formula"},
    {r::breaks_another, field, "S2.3.2", "照此发布，引用它的指标将无法计算。请先修订那个指标，或保持单位和含义不变。",
     "If it were published so, a metric that rests on it would not work out any more. Amend that one first, or keep unit and meaning.", "formula"},
    {r::bad_targets, field, "S2.3.2", "目标填写有误，请更正。", "The targets do not fit. Correct them.", "targets"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
});

}  // namespace

refusal metric::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
