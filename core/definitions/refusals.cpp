// What a person is told when a change of a definition is refused.

#include "core/definitions/definitions.hpp"

namespace core {
namespace {

using r = definitions_rejection;
using enum obstacle;

constexpr auto table = refusal_table<definitions_rejection>({
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::not_improver, who, "S2.1.3", "流程与表单对各部门都有效，由上级领导更改；只有一个部门设有运营经理时，该经理也可以。请联系他们。",
     "Flows and forms hold for every department: a superior leader changes them, or the operations manager where one department alone has one. Ask one of them."},
    {r::no_such_flow, field, "S1.3.2", "没有这个流程。请从流程清单中选择。", "There is no such flow. Choose one of the list.", "flow"},
    {r::no_such_form, field, "S1.3.2", "没有这张表单。请从表单清单中选择。", "There is no such form. Choose one of the list.", "form"},
    {r::bad_row, field, "S1.3.2", "该流程没有这个步骤、状态或关系。请从流程说明中选择。",
     "The flow has no such step, status or relation. Choose those that its description shows.", "rows"},
    {r::decides, field, "D1", "由谁裁决由制度规定，不能更改。请只改其他内容。",
     "Who decides is for the handbook to say and can't be changed. Change something else.", "rows"},
    {r::narrows, field, "S1.3.2", "不能取消制度允许的人或状态，只能增加。", "What the handbook allows can't be taken away, only added to.", "rows"},
    {r::bad_limit, field, "S1.3.3", "该状态不设时限：它须属于该流程，并有步骤在其中等待办理（尚未开始的、已结束的没有）。",
     "That status has no time limit: it has to be one of the flow's in which a step waits to be taken. What has not begun, or is over, has none.", "limits"},
    {r::nothing_changes, status, "S2.1.3", "没有任何更改：所给的行、时限或字段与现行的相同。请只给出与现行不同的。",
     "Nothing would change: a row, a limit or the fields that you give are what holds already. Give only what is to differ."},
    {r::bad_field, field, "S1.3.2", "附加字段及选项的代码不能重复；选项类型须列出选项；最小值、最大值、单位仅用于数字，且最小值不大于最大值；引用的类型须存在。", "No two added fields, and no two options of one, have the same code; a choice has options; least, most and unit are for numbers, with least at most as large as most; a kind that is referred to has to exist.", "fields"},
    {r::no_instances, field, "D12", "这一流程的步骤不按版本执行，更改它们不会生效。只能更改时限。",
     "What goes by this flow keeps no version of it: a change of its rows would never hold. Change limits alone.", "rows"},
    {r::creates, field, "D12", "开始一件事的步骤在它存在之前，没有版本可循，不能更改。请更改其后的步骤。",
     "A row that begins something comes before there is anything to keep a version. Change a later one.", "rows"},
    {r::by_itself, field, "D12", "这一步由系统自动完成，不能更改。", "This step is taken by the system itself and can't be changed.", "rows"},
    {r::opens_a_control, field, "D12", "裁决、生效、提交内容和本人陈述的步骤，所在状态只能减少，不能增加。",
     "Of rows that decide, take effect, write what is decided on, or are somebody's own word, statuses can only be taken away.", "rows"},
    {r::own_word, field, "D12", "这是本人为自己所说的话，不能交给他人，也不能取消。", "What somebody says for themselves can neither be opened to others nor taken from them.", "rows"},
    {r::skips_a_decision, field, "D12", "这样会跳过一次裁决，或改动已经结束的事项。请只开放不经裁决也能到达的状态。",
     "A decision would be skipped, or something that is over changed. Open it only where one gets to the same status without a decision.", "rows"},
    {r::leaves_nobody, field, "D12", "这样一来这一步就没有人能做。只能排除经手人（如提交人），且该步骤须由某一角色承担。",
     "Nobody would be left to take this step. Only who had a part in it, as its submitter, can be barred, and only where a role takes it.", "rows"},
    {r::not_confirmer, who, "D12", "须由另一位上级领导确认；没有其他上级领导时，由系统管理员确认。",
     "Another superior leader confirms it; where there is none, a system administrator."},
    {r::own_amendment, who, "D1", "不能确认自己提出的更改。请由另一位上级领导确认；没有时由系统管理员确认。",
     "Nobody confirms a change that they proposed. Another superior leader does; where there is none, a system administrator."},
    {r::no_such_amendment, missing, "D12", "没有这项待确认的更改：它可能已确认或已拒绝。请重新查看。",
     "No such change waits to be confirmed: it may have been confirmed, or declined. Look again."},
    {r::other_amendment, status, "D12", "所确认的不是现在待确认的内容。请重新查看后再确认。", "What you confirm is not what was proposed. Read it again, and confirm that."},
    {r::too_many, status, "D12", "待确认的更改已达 32 项。请先确认或拒绝一部分。", "There are 32 changes that wait to be confirmed. Confirm or decline some first."},
});

}  // namespace

refusal definitions::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
