#include "clients/cli/commands/commands.hpp"
#include "clients/cli/commands/described.hpp"

namespace cli {

void add_commands(tree& t) {
    add_account_commands(t);
    nouns n;
    n["inbox"] = add_inbox(t);
    add_described_nouns(t, n);
    n["org"] = t.noun("org", {"部门、角色、上级与制度参数", "departments, roles, superiors and settings"}, "opsroom org show\nopsroom org superior @chen.wei @li.na");
    n["calendar"] = t.noun("calendar", {"工作日历", "the working calendar"}, "opsroom calendar show 2026");
    n["flow"] = t.noun("flow", {"流程与表单的定义", "how flows and forms are defined"}, "opsroom flow list\nopsroom flow show request\nopsroom flow times project");
    n["task"] = t.noun("task", {"任务：分配、执行、验收", "tasks: assign, carry out, accept"},
                       "opsroom task list --to me --watch\n"
                       "opsroom task assign \"Weekly channel data\" --to @li.na --standard \"All five channels\" --due 2026-12-01\n"
                       "opsroom task submit 17 \"Sent to everybody\"");
    n["channel"] = t.noun("channel", {"频道与消息", "channels and messages"},
                          "opsroom channel list\n"
                          "opsroom channel post general \"Good morning\"\n"
                          "opsroom channel messages general --watch");
    n["member"] = t.noun("member", {"人员", "people"},
                         "opsroom member list\n"
                         "opsroom member show @chen.wei\n"
                         "opsroom member roles @li.na SP,DA");
    add_task_views(t, n["task"]);
    add_channel_views(t, n["channel"]);
    add_member_views(t, n["member"]);
    add_flow_views(t, n);
    add_described_views(t, n);
    add_write_commands(t, n);
    add_feed_commands(t);
    add_log_commands(t);
    add_search(t);
    add_api_command(t);
    add_import_commands(t);
    add_bulk_commands(t, n);
    add_package_commands(t, n);
    add_demo_command(t);
    add_backup_commands(t);
    add_data_commands(t);
    add_session_commands(t);
    add_token_commands(t);
    add_completion(t);
}

}  // namespace cli
