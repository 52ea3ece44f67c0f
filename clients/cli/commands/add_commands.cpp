#include "clients/cli/commands/commands.hpp"
#include "clients/cli/commands/described.hpp"

namespace cli {

void add_commands(tree& t) {
    add_account_commands(t);
    nouns n;
    n["inbox"] = add_inbox(t);
    n["request"] = t.noun("request", {"项目需求申请：起草、评估、裁决", "project requests: draft, assess, decide"},
                          "opsroom request list --waits-on me\n"
                          "opsroom request draft \"Points redesign\" --background … --objectives … --content … --by +12w --compliance \"No new data\"\n"
                          "opsroom request pass 7");
    n["project"] = t.noun("project", {"项目：立项、执行、验收、归档", "projects: charter, carry out, accept, archive"},
                          "opsroom project list --person me\n"
                          "opsroom project template > charter.json\n"
                          "opsroom project submit 3 charter.json\n"
                          "opsroom project show 3 --as-of 2026-11-01");
    n["analysis"] = t.noun("analysis", {"定期数据分析：发现、告知、处理", "regular analyses of data: find, tell, handle"},
                           "opsroom analysis list --waits-on me\n"
                           "opsroom analysis template plan > plan.json\n"
                           "opsroom analysis report 3 \"Redemption fell in the app\" --kind problem --from 2026-11-16 --until 2026-11-22 "
                           "--figure \"redemption=12.5..9.8 %\"");
    n["strategy"] = t.noun("strategy", {"策略与计划：起草、发布、传达、检查", "strategies and plans: draft, publish, convey, check"},
                           "opsroom strategy list --status published\n"
                           "opsroom strategy template > f19.json\n"
                           "opsroom strategy draft f19.json\n"
                           "opsroom strategy show 3 --as-of 2026-11-01");
    add_described_nouns(t, n);
    n["indicators"] = t.noun("indicators", {"考核指标", "what roles are appraised by"}, "opsroom indicators list\nopsroom indicators template SP > sp.json\nopsroom indicators publish sp.json\nopsroom indicators import indicators.xlsx --dry-run");
    n["cycle"] = t.noun("cycle", {"考核周期", "appraisal cycles"}, "opsroom cycle list\nopsroom cycle plan quarter 2026 --quarter 4");
    n["appraisal"] = t.noun("appraisal", {"绩效考核：自评、评价、沟通、定稿、申诉", "appraisals: self, superior's, talk, result, appeal"},
                            "opsroom appraisal list --waits-on me\n"
                            "opsroom appraisal template 7 self > f6.json\n"
                            "opsroom appraisal submit 7 f6.json");
    n["incentive"] = t.noun("incentive", {"激励：奖金、晋升、调薪、培训、表彰", "bonus, promotion, salary adjustment, training, award"},
                            "opsroom incentive list\nopsroom incentive template > f16.json\nopsroom incentive propose f16.json");
    n["election"] = t.noun("election", {"优秀员工评选：提名、投票、验证计票", "election of outstanding employees: nominate, vote, check the count"},
                           "opsroom election nominate 1 @emma \"The campaign\"\nopsroom election vote 1 @emma\nopsroom election verify 1");
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
    add_appraisal_views(t, n);
    add_strategy_views(t, n);
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
    add_session_commands(t);
    add_token_commands(t);
    add_completion(t);
}

}  // namespace cli
