// What a person is told when a member's rules say no.

#include "core/member/member.hpp"

namespace core {
namespace {

using r = member_rejection;
using enum obstacle;

constexpr auto table = refusal_table<member_rejection>({
    {r::not_found, missing, "S1.2", "没有这位成员。请核对成员编号。", "There is no such member. Check their number."},
    {r::already_exists, state, "S1.2", "成员已存在。请以新编号加入。", "This member already exists. Have them join as a new one."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can act no more. Ask the system administrator."},
    {r::not_admin, who, "S1.2", "只有系统管理员可以这样做。请联系系统管理员。",
     "Only a system administrator may do this. Ask one."},
    {r::not_self, who, "S1.3.1", "只有本人或系统管理员可以这样做。", "Only the member, or a system administrator, may do this."},
    {r::own_erasure, who, "D1", "不能抹除自己的数据。请由另一位系统管理员处理。",
     "Nobody erases themselves. Another system administrator may do this."},
    {r::has_left, state, "S1.3.1", "该成员已离开，不能再变动。", "The member has left, and changes no more."},
    {r::still_active, state, "D9", "成员在职时不能抹除。请先让其离开。",
     "A member can be erased only after having left. Let them leave first."},
    {r::bad_name, field, "S1.3.1", "姓名须为一行，1 至 80 个字。", "The name is one line of 1 to 80 characters.", "name"},
    {r::bad_login, field, "S1.3.1", "登录名为 1 至 64 个字符，只含 a-z、0-9、点、下划线和连字符。",
     "A login is 1 to 64 characters of a-z, 0-9, dot, underscore and hyphen.", "login"},
    {r::login_taken, field, "S1.3.1", "登录名已被使用。请另选一个。", "Somebody has this login already. Choose another.", "login"},
    {r::bad_external, field, "S1.3.1", "外部标识须为一行，1 至 128 字节。", "The external identity is one line of 1 to 128 bytes.",
     "external"},
    {r::bad_department, field, "S1.2", "须给出部门代码，不含空格，最多 64 字节。",
     "Give a department's code, without spaces, of at most 64 bytes.", "department"},
    {r::bad_roles, field, "S1.2", "最多 16 个不同的角色代码，每个不含空格，最多 64 字节。",
     "At most 16 different role codes, each without spaces and of at most 64 bytes.", "roles"},
    {r::bad_reason, field, "S1.3.1", "须写明原因，不超过 4096 字节。", "Give a reason, in at most 4096 bytes.", "reason"},
    {r::not_organiser, who, "S1.2", "只有系统管理员或人力资源可以设定上级。请联系他们。",
     "Only a system administrator or human resources set superiors. Ask one of them."},
    {r::bad_superior, field, "S1.2", "上级须为在职成员。请另选一人，或填 0 表示没有。",
     "The superior has to be an active member. Choose another, or 0 for none.", "superior"},
    {r::superior_circle, field, "D1", "此人自己（直接或间接）向该成员汇报，不能作其上级。请另选一人。",
     "That person answers to this member, directly or not, and can't be their superior. Choose another.", "superior"},
    {r::bad_delegate, field, "S1.3.3", "代理人须为另一位在职成员，每人最多 16 位代理人。请另选一人。",
     "Who stands in has to be another active member, and nobody has more than 16. Choose another.", "to"},
    {r::bad_delegation_days, field, "S1.3.3", "代理的结束日期不得早于开始日期或今天。",
     "The last day may not come before the first, nor before today.", "until"},
    {r::delegation_circle, field, "S1.3.3", "这段时间内您正在代理此人，不能再互相代理。请另选一人或另选日期。",
     "You stand in for that person in those days, and two can't stand in for each other. Choose another person or other days.", "to"},
    {r::no_such_delegation, field, "S1.3.3", "没有委托给此人。请核对。", "Nothing was delegated to that person. Check who it was.", "to"},
    {r::successor_needed, field, "S1.3.4", "仍有工作等待此人处理，离开前须指定接手人（successor）。",
     "Work still waits on them: name a successor who takes it over.", "successor"},
    {r::bad_successor, field, "S1.3.4", "接手人须为另一位在职成员。请另选一人。",
     "The successor has to be another active member. Choose another.", "successor"},
});

}  // namespace

refusal member::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
