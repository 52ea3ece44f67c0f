#include "clients/cli/commands/rows.hpp"

namespace cli {

const std::vector<write_row>& org_rows() {
    static const field reason{"REASON", "reason", value::text, {"原因", "why"}, true};
    static const field zh{"--zh", "name/zh", value::text, {"中文名称", "name in Chinese"}, true};
    static const field en{"--en", "name/en", value::text, {"英文名称", "name in English"}, true};
    static const auto fields_of = [](std::string_view command) { return &schema::built_in().command(command)->fields; };
    static const auto fields_in = [](std::string_view command, std::string_view part) { return &field_of(*fields_of(command), part)->fields; };
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "org", .verb = "department", .type = "org.define_department", .target = target::none,
         .about = {"定义部门", "define a department"}, .examples = "opsroom org department marketing --zh 市场部 --en Marketing",
         .fields = {{"CODE", "department", value::text, {"部门代码", "its code"}, true}, zh, en,
                    {"--parent", "parent", value::text, {"上级部门的代码", "the department that it belongs to"}}}},
        {.noun = "org", .verb = "retire-department", .type = "org.retire_department", .target = target::none,
         .about = {"取消部门", "retire a department"}, .examples = "opsroom org retire-department marketing",
         .fields = {{"CODE", "department", value::text, {"部门代码", "its code"}, true}}},
        {.noun = "org", .verb = "role", .type = "org.define_role", .target = target::none,
         .about = {"定义角色（S1.2）", "define a role (S1.2)"}, .examples = "opsroom org role QA --zh 质检专员 --en \"Quality assurance\"",
         .fields = {{"CODE", "role", value::text, {"角色代码", "its code"}, true}, zh, en}},
        {.noun = "org", .verb = "retire-role", .type = "org.retire_role", .target = target::none,
         .about = {"取消角色", "retire a role"}, .examples = "opsroom org retire-role QA",
         .fields = {{"CODE", "role", value::text, {"角色代码", "its code"}, true}}},
        {.noun = "org", .verb = "configure", .type = "org.configure", .target = target::none,
         .about = {"更改制度参数（handbook †）", "change the settings that the handbook leaves open"},
         .examples = "opsroom org show -o json | jq .settings > settings.json\nopsroom org configure settings.json \"New hours\"",
         .fields = {{"FILE", "settings", value::json_file, {"全部参数的 JSON 文件；“-”为标准输入", "all settings as a JSON file; - is stdin"}, true, {}, {0, 0}, fields_in("org.configure", "settings")}, reason}},
        {.noun = "org", .verb = "superior", .type = "member.set_superior", .target = target::member,
         .about = {"设定上级", "set whom somebody answers to"}, .examples = "opsroom org superior @chen.wei @li.na",
         .fields = {{"SUPERIOR", "superior", value::person, {"上级", "the superior"}, true}}},
        {.noun = "inbox", .verb = "delegate", .type = "member.delegate", .target = target::me,
         .about = {"不在时委托他人代办；不给结束日期则为常设代理", "have somebody stand in while absent; a deputy where no last day is given"},
         .examples = "opsroom inbox delegate @wang.fang --from 2026-12-01 --until 2026-12-05 \"Annual leave\"",
         .fields = {{"TO", "to", value::person, {"代理人", "who stands in"}, true},
                    {"--from", "from", value::day, {"第一天", "the first day"}, true},
                    {"--until", "until", value::day, {"最后一天", "the last day"}}, reason}},
        {.noun = "inbox", .verb = "undelegate", .type = "member.end_delegation", .target = target::me,
         .about = {"结束委托", "end a delegation"}, .examples = "opsroom inbox undelegate @wang.fang",
         .fields = {{"TO", "to", value::person, {"代理人", "who stands in"}, true},
                    {"--from", "from", value::day, {"只结束从这天开始的一段", "only the one that begins on that day"}}}},
        {.noun = "inbox", .verb = "acknowledge", .type = "desk.acknowledge", .target = target::desk,
         .about = {"确认提醒：不再显示", "take note of notices: they are shown no more"}, .examples = "opsroom inbox acknowledge 12,13",
         .fields = {{"NUMBERS", "notices", value::numbers, {"提醒的编号", "the notices' numbers"}, true, {}, any_number}}},
        {.noun = "calendar", .verb = "publish", .type = "calendar.publish_year", .target = target::none,
         .about = {"公布一年的节假日与调休（D6）", "publish a year's holidays and make-up days (D6)"},
         .examples = "opsroom calendar publish 2027 days.json --source \"Notice of the State Council\"",
         .fields = {{"YEAR", "year", value::number, {"年份", "the year"}, true, {}, {1, 9999}},
                    {"FILE", "*", value::json_file, {"{\"off\":[{\"day\",\"name\":{\"zh\",\"en\"}}],\"work\":[…]} 的 JSON 文件", "a JSON file of {\"off\":[{\"day\",\"name\":{\"zh\",\"en\"}}],\"work\":[…]}"}, true, {}, {0, 0}, fields_of("calendar.publish_year")},
                    {"--source", "source", value::text, {"依据", "where it is from"}, true},
                    {"--reason", "reason", value::text, {"取消已公布的日子时的理由", "why days that were published before are taken away"}}}},
        {.noun = "flow", .verb = "amend", .type = "definitions.amend_flow", .target = target::none,
         .about = {"更改流程：新的从新版本开始，进行中的不变（S1.3.2、S2.1.3）", "amend a flow: what begins from now on goes by it (S1.3.2, S2.1.3)"},
         .examples = "opsroom flow amend request --limit submitted=5 --reason \"Too short\" --effect \"Fewer late requests\"",
         .fields = {{"FLOW", "flow", value::text, {"流程", "the flow"}, true},
                    {"--rows", "rows", value::json_file, {"要改的行的 JSON 文件", "the rows that change, as a JSON file"}, false, {}, {0, 0}, fields_in("definitions.amend_flow", "rows")},
                    {"--limit", "limits", value::counts, {"时限：状态=工作日，可多次给出", "a limit: STATUS=WORKING_DAYS; may be given many times"}, false, {}, {0, 365}, fields_in("definitions.amend_flow", "limits")},
                    {"--reason", "reason", value::text, reason.about, true},
                    {"--effect", "effect", value::text, {"预期效果", "what effect it is to have"}, true}}},
        {.noun = "flow", .verb = "confirm", .type = "definitions.confirm_flow", .target = target::none,
         .about = {"确认对考评流程的更改：只对您看过的那一份生效（D12）", "confirm a change of a flow that judges people: exactly the one that you read (D12)"},
         .examples = "opsroom flow proposals appraisal\nopsroom flow confirm 1 --sha256 $(opsroom flow proposals appraisal -o json | jq -r '.[0].sha256')",
         .fields = {{"NUMBER", "number", value::number, {"更改的编号", "the number of the change"}, true, {}, any_number},
                    {"--sha256", "sha256", value::text, {"看过的更改的哈希", "the hash of the change that you read"}, true}}},
        {.noun = "flow", .verb = "decline", .type = "definitions.decline_flow", .target = target::none,
         .about = {"退回（或由提出人收回）对考评流程的更改", "decline a change of a flow that judges people, or take back one's own"},
         .examples = "opsroom flow decline 1 \"It would leave too little time\"",
         .fields = {{"NUMBER", "number", value::number, {"更改的编号", "the number of the change"}, true, {}, any_number}, reason}},
        {.noun = "flow", .verb = "amend-form", .type = "definitions.amend_form", .target = target::none,
         .about = {"更改表单：附加字段", "amend a form: the fields that it adds"},
         .examples = "opsroom flow amend-form F1 fields.json --reason \"Legal asks\" --effect \"No more questions\"",
         .fields = {{"FORM", "form", value::text, {"表单，如 F1", "the form, such as F1"}, true},
                    {"FILE", "fields", value::json_file, {"[{\"name\",\"label\":{\"zh\",\"en\"},\"required\"}] 的 JSON 文件", "a JSON file of [{\"name\",\"label\":{\"zh\",\"en\"},\"required\"}]"}, true, {}, {0, 0}, fields_in("definitions.amend_form", "fields")},
                    {"--reason", "reason", value::text, reason.about, true},
                    {"--effect", "effect", value::text, {"预期效果", "what effect it is to have"}, true}}},
    };
    // clang-format on
    return rows;
}

}  // namespace cli
