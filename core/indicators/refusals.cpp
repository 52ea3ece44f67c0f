// What a person is told when the rules for indicators say no.

#include "core/indicators/indicators.hpp"

namespace core {
namespace {

using r = indicators_rejection;
using enum obstacle;

constexpr auto table = refusal_table<indicators_rejection>({
    {r::not_found, missing, "S6.1.1", "没有这份考核指标。请核对编号。", "There are no such indicators. Check their number."},
    {r::already_exists, status, "S6.1.1", "考核指标已存在。请改为修订。", "These indicators already exist. Revise them instead."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::not_setter, who, "S6.1.1", "专员和分析员的指标由运营经理制定（仅一个部门设有时）；上级领导和人力资源可制定任何岗位的指标。请联系他们。",
     "The operations manager sets the indicators of specialists and analysts, where one department alone has one; a superior leader and human resources those of any post. Ask one of them."},
    {r::own_indicators, who, "D1", "不能制定自己岗位的考核指标：由其他有权的人办理，没有时转给上级；当前处理人见「流程跟踪」。",
     "Nobody sets the indicators of their own post: somebody else who may decides, or else a superior. Process tracking shows who."},
    {r::no_longer_used, status, "S6.1.1", "该指标已停用。请发布新的指标。", "These indicators are retired. Publish new ones."},
    {r::role_taken, status, "S6.1.1", "该角色已有在用的指标。请修订它，或先停用。", "This role has indicators in use. Revise them, or retire them first."},
    {r::bad_role, field, "S1.2", "须给出已定义的角色代码。", "Give the code of a role that is defined.", "role"},
    {r::bad_indicators, field, "S6.1.1", "各项指标的代码不能相同。", "Each indicator has a code of its own.", "indicators"},
    {r::bad_weights, field, "D2", "各项权重合计须恰为 100。", "The weights have to add up to exactly 100.", "indicators"},
    {r::bad_evidence, field, "S6.3.2", "同一指标的依据来源不能重复。", "An indicator names each source of evidence once.", "indicators"},
});

}  // namespace

refusal indicators::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
