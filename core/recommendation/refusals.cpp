// What a person is told when the rules of recommendations say no.

#include "core/recommendation/recommendation.hpp"

namespace core {
namespace {

using r = recommendation_rejection;
using enum obstacle;

constexpr auto table = refusal_table<recommendation_rejection>({
    {r::not_found, missing, "S4.3.3", "没有这条建议。请核对编号。", "There is no such recommendation. Check its number."},
    {r::already_exists, status, "S4.3.3", "这条建议已存在。请另行提出。", "This recommendation already exists. Make another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_proposer, who, "S4.3.1", "由数据分析员、运营专员或运营经理依据报告提出建议。其他人可提优化建议。", "Data analysts, specialists and the operations manager recommend what a report suggests. Anyone else may file an idea for improvement."},
    {r::not_manager, who, "S4.3.3", "由该部门的运营经理决定是否采纳。请联系其本人或上级领导。", "The operations manager of its department decides whether it is adopted. Ask them, or a superior leader."},
    {r::own_recommendation, who, "D1", "不能决定自己提出的建议，代理他人时也不能：由运营经理或上级领导办理；当前处理人见「流程跟踪」。",
     "Nobody decides on what they recommended, nor on behalf of somebody else: an operations manager or a superior leader does. Process tracking shows who."},
    {r::not_analyst, who, "S4.3.3", "由该部门的数据分析员验证效果。请联系他们。", "A data analyst of its department verifies the effect. Ask one of them."},
    {r::own_work, who, "D1", "不能验证自己执行的建议，代理他人时也不能：由其他数据分析员或上级办理；当前处理人见「流程跟踪」。",
     "Nobody verifies what they carried out, nor on behalf of somebody else: another analyst or a superior does. Process tracking shows who."},
    {r::not_keeper, who, "S4.3.3", "这一步随任务的进展自动进行。", "This step follows the task by itself."},
    {r::closed, status, "S4.3.3", "这条建议已了结，不能再变动。需要时请另行提出。", "The recommendation is settled and can no longer be changed. Make another one if it is needed."},
    {r::decided_already, status, "S4.3.3", "这条建议已采纳。要终止，请取消它的任务。", "It is adopted already. To end it, cancel its task."},
    {r::not_adopted, status, "S4.3.3", "这条建议不在待执行状态。请先采纳。", "It does not wait for its task. It has to be adopted first."},
    {r::not_executing, status, "S4.3.3", "这条建议不在执行中。请先采纳，任务随即开始。", "It is not in execution. Adopt it first: its task comes with that."},
    {r::not_executed, status, "S4.3.3", "尚未执行完成。任务验收后再验证效果。", "It is not carried out yet. Its effect is verified once the task is accepted."},
    {r::no_such_report, field, "S4.3.1", "没有这份已发布的报告。请核对编号。", "There is no such published report. Check its number.", "report"},
    {r::no_such_figure, field, "S4.3.1", "该指标不在这份报告的数值中。请改用其中的指标，或不填。", "The metric is not among the figures of the report. Name one that is, or none.", "metric"},
    {r::bad_due, field, "S4.3.3", "完成时限不得早于今天。请改为今天或以后。", "It can't be due before today. Give today or later.", "due"},
    {r::bad_task, field, "S4.3.3", "这不是随采纳分配的任务。请核对编号。", "It is not the task that was assigned with it. Check its number.", "task"},
    {r::uncited, field, "S4.3.3", "建议针对某一指标，验证须引用它。请在依据的指标中加上。", "It was to move a metric, so the verification cites that one. Add it to the figures.", "figures"},
    {r::no_such_metric, field, "S4.3.3", "没有这个已发布的指标。请核对编号。", "There is no such published metric. Check its number.", "figures"},
});

}  // namespace

refusal recommendation::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
