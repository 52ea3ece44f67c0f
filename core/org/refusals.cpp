// What a person is told when the organisation's rules say no.

#include "core/org/org.hpp"

namespace core {
namespace {

using r = org_rejection;
using enum obstacle;

constexpr auto table = refusal_table<org_rejection>({
    {r::inactive, who, "S1.3.1", "您已离开，不能再操作。请联系系统管理员。",
     "You have left and can no longer act. Ask the system administrator."},
    {r::not_admin, who, "S1.2", "仅系统管理员或人力资源可调整部门与角色。",
     "Only a system administrator or human resources change departments and roles. Ask one of them."},
    {r::not_settler, who, "S1.3.2", "仅上级领导或人力资源可更改制度参数。",
     "Only a superior leader or human resources change the settings. Ask one of them."},
    {r::bad_parent, field, "S1.2", "没有这个上级部门。请先定义它，或留空。", "There is no such department to belong to. Define it first, or leave it out.", "parent"},
    {r::parent_circle, field, "S1.2", "部门不能（直接或间接）隶属于自己。请另选上级部门。",
     "A department can't belong to itself, directly or not. Choose another.", "parent"},
    {r::no_such_department, field, "S1.2", "没有这个部门。请核对代码。", "There is no such department. Check its code.", "department"},
    {r::department_in_use, status, "S1.2", "部门仍有在职成员或下级部门。请先调整他们。",
     "The department still has active members or departments below it. Move them first."},
    {r::no_such_role, field, "S1.2", "没有这个角色。请核对代码。", "There is no such role. Check its code.", "role"},
    {r::role_of_the_handbook, status, "S1.2", "制度规定的角色不能取消。", "A role of the handbook can't be retired."},
    {r::role_in_use, status, "S1.2", "仍有在职成员担任该角色。请先调整他们。", "Active members still hold the role. Change their roles first."},
    {r::bad_settings, field, "S1.3.2", "制度参数前后不一致：休息须在工作时间之内；自评与上级评价、季度与年度考核的占比各合计 100；S、A、B、C 的起点分依次递减。",
     "The settings don't fit together: the break lies within the working hours; the shares of self-appraisal and superior's appraisal, and of quarters and annual appraisal, "
     "add up to 100 each; the lowest scores go down from S to C.",
     "settings"},
    {r::by_itself, who, "S1.3.1", "时钟由系统自己拨回。本机时间正确时，请在服务器上运行 opsroomd accept-clock。",
     "The system sets the clock back by itself. Where the machine's time is right, run opsroomd accept-clock on it."},
    {r::not_back, status, "S1.3.1", "时钟并不早于已记录的时间，无须拨回。", "The clock is not behind what is recorded: there is nothing to set back."},
    {r::judges_people, who, "D11", "评分方法与考核期限关系到每个人（也包括人力资源自己），由上级领导更改；没有上级领导时由系统管理员更改。请联系他们，或只改其他参数。",
     "How people are scored, and the days that an appraisal takes, concern everybody, human resources too: a superior leader changes them; where there is none, a system "
     "administrator. Ask one of them, or change the other settings alone."},
});

}  // namespace

refusal org::explain(rejection no) { return table[static_cast<std::size_t>(no)]; }

}  // namespace core
