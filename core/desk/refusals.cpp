// What a person is told when the rules for desks say no.

#include "core/desk/desk.hpp"

namespace core {
namespace {

using r = desk_rejection;
using enum obstacle;

constexpr auto table = refusal_table<desk_rejection>({
    {r::not_found, missing, "S1.3.3", "没有这份提醒，或它不属于您。请在“待我处理”中查看自己的提醒。",
     "There are no such notices, or they are not yours. Yours are in your inbox."},
    {r::already_exists, status, "S1.3.3", "此人的提醒已开通，无需再次开通。", "This person's notices are open already: nothing has to be done."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。", "You have left and can no longer act. Ask the system administrator."},
    {r::not_owner, who, "S1.3.3", "只有本人可以确认自己的提醒。", "Only the person who was notified can acknowledge this."},
    {r::by_itself, who, "S1.3.3", "提醒由系统按日历自动发出。", "Notices come by themselves, by the calendar."},
    {r::not_next, status, "S1.3.3", "提醒按人员编号依次开通。", "Notices are opened in the order of the members' numbers."},
    {r::bad_notices, field, "S1.3.3", "随时告知的只有决定，步骤在每日提醒中告知。", "Only decisions are notified at once; steps come with the daily reminder.", "notice"},
    {r::no_such_notice, field, "S1.3.3", "没有这个编号的提醒。请按“待我处理”中的编号确认。",
     "There is no notice of this number. Take the numbers from your inbox.", "notices"},
});

}  // namespace

refusal desk::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
