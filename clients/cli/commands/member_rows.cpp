#include "clients/cli/commands/rows.hpp"

namespace cli {

const std::vector<write_row>& member_rows() {
    static const field reason{"REASON", "reason", value::text, {"原因", "why"}, true};
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "member", .verb = "join", .type = "member.join", .target = target::none,
         .about = {"加入一个人", "add a person"},
         .examples = "opsroom member join \"Li Na\" --login li.na --department operations --roles SP,DA --language zh",
         .fields = {{"NAME", "name", value::text, {"姓名", "name"}, true},
                    {"--login", "login", value::text, {"登录名；不给则不能登录", "what they sign in with; without it they cannot"}},
                    {"--external", "external", value::text, {"在来源系统中的身份，如 slack:U02AB", "who they are elsewhere, for example slack:U02AB"}},
                    {"--department", "department", value::text, {"部门代码", "department's code"}, true},
                    {"--roles", "roles", value::words, {"角色代码，用逗号分隔", "roles' codes, comma between"}},
                    {"--language", "language", value::choice, {"语言", "language"}, true, {"zh", "en"}}}},
        {.noun = "member", .verb = "rename", .type = "member.rename", .target = target::member,
         .about = {"改姓名", "change a person's name"},
         .examples = "opsroom member rename @li.na \"Li Na (Lena)\"",
         .fields = {{"NAME", "name", value::text, {"新姓名", "the new name"}, true}}},
        {.noun = "member", .verb = "roles", .type = "member.set_roles", .target = target::member,
         .about = {"设定角色（替换原有的全部）", "set the roles (in place of all there were)"},
         .examples = "opsroom member roles @li.na SP,DA\nopsroom member roles 12 \"\"",
         .fields = {{"ROLES", "roles", value::words, {"角色代码，用逗号分隔；空为没有", "roles' codes, comma between; empty for none"}, true},
                    {"--although-last", "although_last", value::yes_no, {"yes：确知此后无人担任该角色", "yes: nobody is left who holds the role, and it is meant so"}, false, {"yes", "no"}}}},
        {.noun = "member", .verb = "department", .type = "member.set_department", .target = target::member,
         .about = {"调到另一个部门", "move to another department"},
         .examples = "opsroom member department @li.na marketing",
         .fields = {{"DEPARTMENT", "department", value::text, {"部门代码", "department's code"}, true},
                    {"--although-last", "although_last", value::yes_no, {"yes：确知此后无人担任该角色", "yes: nobody is left who holds the role, and it is meant so"}, false, {"yes", "no"}}}},
        {.noun = "member", .verb = "language", .type = "member.choose_language", .target = target::me,
         .about = {"选择语言", "choose a language"},
         .examples = "opsroom member language zh",
         .fields = {{"LANGUAGE", "language", value::choice, {"zh 或 en", "zh or en"}, true, {"zh", "en"}}}},
        {.noun = "member", .verb = "leave", .type = "member.leave", .target = target::member,
         .about = {"登记离开", "a person leaves"},
         .examples = "opsroom member leave @li.na \"Moved to the Shenzhen branch\" --successor @wang.fang",
         .fields = {reason, {"--successor", "successor", value::person, {"接手其工作的人；有未完成工作时须指定", "who takes over; needed where work waits on them"}},
                    {"--although-last", "although_last", value::yes_no, {"yes：确知此后无人担任该角色", "yes: nobody is left who holds the role, and it is meant so"}, false, {"yes", "no"}}}},
        {.noun = "member", .verb = "erase", .type = "member.erase", .target = target::member,
         .about = {"永久抹除一个人的个人数据（销毁其密钥）", "erase a person's personal data for ever (destroys their key)"},
         .examples = "opsroom member erase 12 \"Asked for it on 2026-11-20\"\nopsroom member erase 12 \"Retention is over\" --yes",
         .fields = {reason},
         .question = {"将永久抹除此人的姓名与所写的文字，无法恢复：", "This erases the person's name and all they wrote, for ever: "}},
        {.noun = "member", .verb = "confirm", .type = "member.confirm_change", .target = target::member,
         .about = {"作为第二人确认一项变动（D11）", "confirm a change as the second person (D11)"},
         .examples = "opsroom member changes\nopsroom member confirm @li.na 2",
         .fields = {{"NUMBER", "number", value::number, {"变动的编号，见 opsroom member changes", "the change's number, as opsroom member changes shows it"}, true, {}, any_number}}},
        {.noun = "member", .verb = "decline", .type = "member.decline_change", .target = target::member,
         .about = {"拒绝或收回一项待确认的变动（D11）", "decline a change that waits, or take yours back (D11)"},
         .examples = "opsroom member decline @li.na 2 \"Not before the new year\"",
         .fields = {{"NUMBER", "number", value::number, {"变动的编号", "the change's number"}, true, {}, any_number}, reason}},
        {.noun = "member", .verb = "noted", .type = "member.note_resets", .target = target::me,
         .about = {"知悉自己的密码曾被重设", "take note of resets of your password"}, .examples = "opsroom member noted"},
        {.noun = "channel", .verb = "keeper", .type = "channel.appoint_keeper", .target = target::channel,
         .about = {"指定频道管理人", "appoint who keeps the channel"}, .examples = "opsroom channel keeper board-room @li.na",
         .fields = {{"MEMBER", "member", value::person, {"频道里的人", "somebody who is in it"}, true}}},
        {.noun = "cycle", .verb = "excuse", .type = "cycle.excuse", .target = target::entity,
         .about = {"说明原因，让被遗漏的人不参加本周期", "somebody who is left out of the cycle stays out, with a reason"}, .examples = "opsroom cycle excuse 1 @zhao.lei \"On leave all quarter\"",
         .fields = {{"MEMBER", "member", value::person, {"被遗漏的人", "who is left out"}, true}, reason}},
        {.noun = "appraisal", .verb = "evaluator", .type = "appraisal.change_evaluator", .target = target::entity,
         .about = {"更换评价人", "change the evaluator"}, .examples = "opsroom appraisal evaluator 7 @sun.yue \"Works on her project\"",
         .fields = {{"MEMBER", "to", value::person, {"新的评价人", "the new evaluator"}, true}, reason}},
    };
    // clang-format on
    return rows;
}

}  // namespace cli
