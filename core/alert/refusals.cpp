// What a person is told when the rules of alerts say no.

#include "core/alert/alert.hpp"

namespace core {
namespace {

using r = alert_rejection;
using enum obstacle;

constexpr auto table = refusal_table<alert_rejection>({
    {r::not_found, missing, "S2.3.4", "没有这次预警。请核对编号。", "There is no such alert. Check its number."},
    {r::already_exists, status, "S2.3.4", "预警已存在。", "This alert already exists."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_concerned, who, "S2.3.4", "由预警的负责人、告知的人或运营经理办理。请联系他们。", "This is for the alert's owner, those who were told of it, or the operations manager. Ask one of them."},
    {r::not_watched, status, "S2.3.4", "规则没有启用。请先启用规则。", "The rule is not switched on. Switch it on first."},
    {r::known_already, status, "S2.3.4", "这一期的异常已有预警。", "There is an alert of that period already."},
    {r::not_pending, status, "S2.3.4", "只有待观察的异常可以报警或记为未持续。", "Only what is pending can fire, or pass."},
    {r::not_firing, status, "S2.3.4", "只有正在报警的预警须要确认。", "Only an alert that is firing is acknowledged."},
    {r::not_open, status, "S2.3.4", "预警已结束或尚未报警。", "The alert is over, or has not fired yet."},
    {r::not_over, status, "S2.3.4", "预警解除之后再评价。", "It is rated once it is over. Wait until then."},
    {r::bad_under, field, "S2.3.4", "只能并入已单独告知的预警。", "It can only be listed in an alert that was told by itself.", "under"},
    {r::bad_until, field, "S2.3.4", "处理期限须为今日或之后。", "It is seen to by today or a later day.", "seen_to_by"},
});

}  // namespace

refusal alert::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
