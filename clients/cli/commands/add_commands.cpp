#include "clients/cli/commands/commands.hpp"

namespace cli {

void add_commands(tree& t) {
    add_account_commands(t);
    add_inbox(t);
    nouns n;
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
    add_write_commands(t, n);
    add_feed_commands(t);
    add_log_commands(t);
    add_import_commands(t);
    add_token_commands(t);
    add_completion(t);
}

}  // namespace cli
