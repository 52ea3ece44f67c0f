// What a person is told when a change of a definition is refused.

#include "core/definitions/definitions.hpp"

namespace core {
namespace {

using r = definitions_rejection;
using enum obstacle;

constexpr auto table = refusal_table<definitions_rejection>({
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can act no more. Ask the system administrator."},
    {r::not_improver, who, "S2.1.3", "只有运营经理或上级领导可以更改流程与表单。请联系他们。",
     "Only an operations manager or a superior leader changes flows and forms. Ask one of them."},
    {r::no_such_flow, field, "S1.3.2", "没有这个流程。GET /api/v1/flows 列出全部。", "There is no such flow. GET /api/v1/flows lists them.", "flow"},
    {r::no_such_form, field, "S1.3.2", "没有这张表单。GET /api/v1/forms 列出全部。", "There is no such form. GET /api/v1/forms lists them.", "form"},
    {r::bad_row, field, "S1.3.2", "流程没有这个命令、状态、关系或角色代码。GET /api/v1/flows/{name} 列出全部。",
     "The flow has no such command, status or relation, or that is no role's code. GET /api/v1/flows/{name} lists them.", "rows"},
    {r::decides, field, "D1", "由谁裁决由制度规定，不能更改。请只改其他内容。",
     "Who decides is for the handbook to say and can't be changed. Change something else.", "rows"},
    {r::narrows, field, "S1.3.2", "不能取消制度允许的人或状态，只能增加。", "What the handbook allows can't be taken away, only added to.", "rows"},
    {r::bad_limit, field, "S1.3.3", "时限为 0 至 365 个工作日，且状态须属于该流程。", "A limit is 0 to 365 working days of a status that the flow has.", "limits"},
    {r::nothing_changes, field, "S2.1.3", "没有任何更改。请给出要改的行或时限。", "Nothing would change. Give rows or limits.", "rows"},
    {r::bad_field, field, "S1.3.2", "最多 32 个字段，名称为不重复的代码，并有中英文标签。",
     "At most 32 fields, each with a code of its own and a label in Chinese and in English.", "fields"},
    {r::bad_reason, field, "S2.1.3", "须写明原因，不超过 4096 字节。", "Give a reason, in at most 4096 bytes.", "reason"},
    {r::bad_effect, field, "S2.1.3", "须写明预期效果，不超过 4096 字节。", "Say what effect it is to have, in at most 4096 bytes.", "effect"},
});

}  // namespace

refusal definitions_of_flows::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
