// What a person is told when a member's rules say no.

#include "core/member/member.hpp"

namespace core {
namespace {

using r = member_rejection;
using enum obstacle;

constexpr auto table = refusal_table<member_rejection>({
    {r::not_found, missing, "S1.2", "没有这位成员。请核对成员编号。", "There is no such member. Check their number."},
    {r::already_exists, status, "S1.2", "成员已存在。请以新编号加入。", "This member already exists. Have them join as a new one."},
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::not_admin, who, "S1.2", "仅系统管理员可操作。",
     "Only a system administrator may do this. Ask one."},
    {r::not_self, who, "S1.3.1", "只有本人或系统管理员可以这样做。", "Only the member, or a system administrator, may do this."},
    {r::own_erasure, who, "D1", "不能抹除自己的数据。请由另一位系统管理员处理。",
     "Nobody erases themselves. Another system administrator may do this."},
    {r::has_left, status, "S1.3.1", "该成员已离开，不能再变动。", "The member has left and can no longer be changed."},
    {r::still_active, status, "D9", "成员在职时不能抹除。请先让其离开。",
     "A member can be erased only after having left. Let them leave first."},
    {r::bad_name, field, "S1.3.1", "姓名不能以 @ 或 # 开头。", "A name does not begin with @ or #.", "name"},
    {r::bad_login, field, "S1.3.1", "登录名只含 a-z、0-9、点、下划线和连字符，须有字母，以字母或数字开头和结尾，且不是 me 或 system。",
     "A login has only a-z, 0-9, dot, underscore and hyphen: it has a letter, begins and ends with a letter or digit, and is neither me nor system.", "login"},
    {r::login_taken, field, "S1.3.1", "登录名已被使用。请另选一个。", "Somebody has this login already. Choose another.", "login"},
    {r::bad_external, field, "S1.3.1", "外部标识须有内容；没有的不填。", "The external identity can't be blank. Leave it out where there is none.", "external"},
    {r::not_organiser, who, "S1.2", "仅系统管理员或人力资源可设定上级。",
     "Only a system administrator or human resources set superiors. Ask one of them."},
    {r::superior_circle, field, "D1", "此人自己（直接或间接）向该成员汇报，不能作其上级。请另选一人。",
     "That person answers to this member, directly or not, and can't be their superior. Choose another.", "superior"},
    {r::bad_delegate, field, "S1.3.3", "代理人须为本人以外的成员，每人最多 16 位代理人。请另选一人。",
     "Who stands in has to be somebody else, and nobody has more than 16. Choose another.", "to"},
    {r::bad_delegation_days, field, "S1.3.3", "代理的结束日期不得早于开始日期或今天。",
     "The last day may not come before the first, nor before today.", "until"},
    {r::delegation_circle, field, "S1.3.3", "这段时间内您正在代理此人，不能再互相代理。请另选一人或另选日期。",
     "You stand in for that person in those days, and two can't stand in for each other. Choose another person or other days.", "to"},
    {r::no_such_delegation, field, "S1.3.3", "没有委托给此人。请核对。", "Nothing was delegated to that person. Check who it was.", "to"},
    {r::successor_needed, field, "S1.3.4", "仍有工作等待此人处理，离职前须指定接手人。",
     "Work still waits on them: name a successor who takes it over.", "successor"},
    {r::bad_successor, field, "S1.3.4", "接手人须为离职者以外的成员。请另选一人。",
     "The successor has to be somebody else. Choose another.", "successor"},
    {r::own_place, who, "D11", "自己的角色、部门和上级不能由自己设定。请由另一位系统管理员（上级也可由人力资源）处理。",
     "Nobody sets their own roles, department or superior. Another system administrator does (of a superior also human resources)."},
    {r::last_administrator, status, "D11", "这是最后一位能登录的系统管理员，不能离开，也不能取消其角色。请先给另一人系统管理员角色；若已无人可登录，请在服务器上运行 opsroomd recover-admin。",
     "They are the last system administrator who can sign in, and can neither leave nor lose that role. Make somebody else one first; where nobody can "
     "sign in any more, run opsroomd recover-admin on the server's machine."},
    {r::nobody_confirms, status, "D11", "此变动须由第二人确认（上级领导；没有时为另一位系统管理员；代理人为本人或其上级），但现在没有这样的人。请在服务器上运行 opsroomd recover-admin 设立另一位系统管理员。",
     "A second person has to confirm this (a superior leader, or where there is none another system administrator; a deputy the person or their superior), and "
     "there is none now. Run opsroomd recover-admin on the server's machine to make another administrator."},
    {r::not_second_person, who, "D11", "这不由您确认：须由上级领导（没有时为另一位系统管理员；代理人为本人或其上级）确认，且不能是提出者、当事人或受益的代理人。",
     "This is not for you to confirm: a superior leader does (where there is none another system administrator; of a deputy the person or their superior), and "
     "never who proposed it, whom it is about, or who is to be the deputy."},
    {r::own_proposal, who, "D1", "不能确认自己提出的变动。请由第二人确认。", "Nobody confirms what they proposed. Somebody else has to."},
    {r::no_such_change, field, "D11", "没有这项待确认的变动：它可能已确认、已拒绝或已被新的提议取代。请重新查看。",
     "No such change waits: it may have been confirmed, declined, or replaced by a newer proposal. Look again.", "number"},
    {r::change_outdated, status, "D11", "提出之后情况已变，不能再照此变动。请拒绝它，并重新提出。",
     "Things have changed since it was proposed, and it can't be done as it says. Decline it, and propose it anew."},
    {r::no_login, status, "S1.3.1", "此人没有登录名，没有可重设的密码。", "They have no login, and so no password to reset."},
    {r::unknown_department, field, "S1.2", "没有这个部门。请改用已有的部门，或先定义它。",
     "There is no such department. Use one that there is, or define it first.", "department"},
    {r::unknown_role, field, "S1.2", "没有这个角色。请改用已有的角色，或先定义它。",
     "There is no such role. Use one that there is, or define it first.", "roles"},
    {r::last_holder, field, "S1.3.3", "此后将没有人担任该部门的运营经理、上级领导或人力资源，等待他们的事项会无人处理。请先给另一人该角色；确实无人接任的，请勾选“确认无人接任”。",
     "Nobody would be left who is OM of the department, SL or HR, and what waits for one would wait on nobody. Give somebody else the role first; if it is meant so, confirm that it stays vacant.",
     "although_last"},
});

}  // namespace

refusal member::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
