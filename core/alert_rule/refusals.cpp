// What a person is told when the rules of alert rules say no.

#include "core/alert_rule/alert_rule.hpp"

namespace core {
namespace {

using r = alert_rule_rejection;
using enum obstacle;

constexpr auto table = refusal_table<alert_rule_rejection>({
    {r::not_found, missing, "S2.3.4", "没有这条预警规则。请核对编号。", "There is no such alert rule. Check its number."},
    {r::already_exists, status, "S2.3.4", "预警规则已存在。请另行起草。", "This alert rule already exists. Draft another."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_drafter, who, "S2.3.4", "由数据分析员、业务专员或运营经理起草预警规则。请联系他们。", "A data analyst, a specialist or the operations manager drafts alert rules. Ask one of them."},
    {r::not_keeper, who, "S2.3.4", "由规则的负责人、起草人或运营经理办理。请联系他们。", "This is for the rule's owner, its author or the operations manager. Ask one of them."},
    {r::closed, status, "S2.3.4", "规则已停用或作废，不能再变动。需要时请另行起草。", "The rule was retired or discarded and can no longer be changed. Draft another if there is to be one again."},
    {r::is_on, status, "S2.3.4", "规则已启用。要调整，请先暂停；不再需要的请停用。", "The rule is switched on. Pause it first to change it; retire it if it is not needed any more."},
    {r::not_draft, status, "S2.3.4", "只有尚未启用的规则可以回测。", "Only a rule that is not switched on yet is tried on the past."},
    {r::not_tried, status, "S2.3.4", "规则尚未回测。回测会在数据载入后自动进行，请稍后再启用。", "The rule was not tried on the past yet. That happens by itself once its data are loaded; switch it on afterwards."},
    {r::not_on, status, "S2.3.4", "规则尚未启用或已暂停。请先启用。", "The rule is not switched on, or is paused. Switch it on first."},
    {r::not_muted, status, "S2.3.4", "规则没有静音。", "The rule is not muted."},
    {r::no_past, status, "S2.3.4", "该指标还没有数值，无法回测，也就不能启用。请等数据载入后再试。", "The metric has no figures yet: the rule can't be tried on the past, and so not be switched on. Wait until its data are loaded."},
    {r::too_noisy, field, "S2.3.4", "回测显示平均每周会报警两次以上。请放宽条件，或勾选确认后启用。", "On the past it would have given more than two alerts a week. Loosen its condition, or confirm that you want them.", "often"},
    {r::name_taken, field, "S2.3.4", "已有同名的规则。请换一个名称。", "Another rule is called so. Choose another name.", "name"},
    {r::bad_metric, field, "S2.3.4", "须为现行的指标。请核对编号。", "It has to be a metric in force. Check its number.", "metric"},
    {r::bad_period, field, "S2.3.4", "按日、周或月监测。", "Days, weeks and months can be watched.", "period"},
    {r::bad_dimension, field, "S2.3.4", "该指标的数据没有这个维度。请填写其数据集都有的维度的代码。", "The data of the metric have no such dimension. Give the code of one that all of its sets have.", "by"},
    {r::bad_condition, field, "S2.3.4", "条件填写有误，请更正。", "The condition does not fit. Correct it.", "condition"},
    {r::bad_until, field, "S2.3.4", "静音到今日或之后、92 天之内的一天。更久的请暂停规则。", "Mute it until today or a later day within 92 days. Pause it for longer.", "until"},
    {r::bad_extras, field, "S1.3.2", "附加字段须符合表单的现行版本或开始填写时的版本：必填的都已填写，内容与字段类型相符；附件须已上传且不超过上限。",
     "Added fields have to fit the present version of the form, or the one that it was begun with: all required ones filled in, each as its type asks; attachments have to be uploaded, and within the limit.", "extras"},
});

}  // namespace

refusal alert_rule::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
