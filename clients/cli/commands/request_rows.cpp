#include "clients/cli/commands/rows.hpp"

namespace cli {
namespace {

const field reason{"REASON", "reason", value::text, {"原因", "why"}, true};

/// F1, by flags.
const std::vector<field>& f1() {
    static const std::vector<field> fields{
        {"TITLE", "form/title", value::text, {"标题", "title"}, true},
        {"--background", "form/background", value::text, {"项目背景；“-”表示从标准输入读", "background; - reads it from stdin"}, true},
        {"--objectives", "form/objectives", value::text, {"项目目标", "objectives"}, true},
        {"--content", "form/main_content", value::text, {"主要内容", "main content"}, true},
        {"--by", "form/required_by", value::day, {"时间要求：2026-12-01、+3w", "required by: 2026-12-01, +3w"}, true},
        {"--benefit", "form/expected_benefit", value::text, {"预期效益", "expected benefit"}},
        {"--priority", "form/priority", value::choice, {"优先级", "priority"}, false, {"low", "normal", "high", "urgent"}},
        {"--compliance", "form/compliance/findings", value::text, {"合规检查的结果；提交前须有", "what the compliance check found; needed before it is submitted"}},
    };
    return fields;
}

/// And to whom it goes.
std::vector<field> addressed(std::vector<field> fields) {
    fields.push_back({"--to", "to", value::text, {"受理部门的代码：由该部门的运营经理裁决；不填则为本部门或运营部门", "the code of the department whose operations manager decides; left out: one's own, or the one that has one"}});
    return fields;
}

}  // namespace

const std::vector<write_row>& request_rows() {
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "request", .verb = "draft", .type = "request.draft", .target = target::none,
         .about = {"起草项目需求申请（F1，S3.1.1）", "draft a project request (F1, S3.1.1)"},
         .examples = "opsroom request draft \"Points redesign\" --background \"Rules are complex\" --objectives \"+20% redemption\" --content \"Rules, pages\" --by +12w --compliance \"No new personal data\"",
         .fields = addressed(f1())},
        {.noun = "request", .verb = "revise", .type = "request.revise", .target = target::entity,
         .about = {"修改草稿", "revise a draft"}, .examples = "opsroom request revise 7 \"Points redesign\" --background … --objectives … --content … --by +12w",
         .fields = f1()},
        {.noun = "request", .verb = "submit", .type = "request.submit", .target = target::entity,
         .about = {"提交", "submit it"}, .examples = "opsroom request submit 7"},
        {.noun = "request", .verb = "convene", .type = "request.convene", .target = target::entity,
         .about = {"召集评估人（S3.1.2）", "convene the assessors (S3.1.2)"}, .examples = "opsroom request convene 7 @chen.wei,@zhao.lei --until +5d",
         .fields = {{"ASSESSORS", "assessors", value::people, {"评估人，用逗号分隔", "the assessors, comma between"}, true},
                    {"--until", "until", value::day, {"意见截止日", "when opinions are due"}, true}}},
        {.noun = "request", .verb = "assess", .type = "request.assess", .target = target::entity,
         .about = {"发表评估意见（F1a）：三项各 1–5 分", "give an opinion (F1a): 1–5 for each of three"},
         .examples = "opsroom request assess 7 4 3 5 --why \"Clear need\" --why \"Two developers\" --why \"Retention\" --recommend pass",
         .fields = {{"REASONABLENESS", "opinion/reasonableness/points", value::number, {"合理性，1–5 分", "reasonableness, 1 to 5"}, true, {}, {1, 5}},
                    {"FEASIBILITY", "opinion/feasibility/points", value::number, {"可行性，1–5 分", "feasibility, 1 to 5"}, true, {}, {1, 5}},
                    {"IMPACT", "opinion/business_impact/points", value::number, {"业务影响，1–5 分", "business impact, 1 to 5"}, true, {}, {1, 5}},
                    {"--why", "opinion/reasonableness/why|opinion/feasibility/why|opinion/business_impact/why", value::each,
                     {"理由，依次三条；一条则用于全部", "why: three in that order, or one for all"}, true},
                    {"--recommend", "opinion/recommends", value::choice, {"建议", "what it recommends"}, true, {"pass", "send_back", "clarify", "reject"}}}},
        {.noun = "request", .verb = "pass", .type = "request.pass", .target = target::entity,
         .about = {"通过：立为项目", "pass it: it becomes a project"}, .examples = "opsroom request pass 7", .fields = {{"REASON", "reason", value::text, reason.about}}},
        {.noun = "request", .verb = "return", .type = "request.return", .target = target::entity,
         .about = {"退回修改", "return it to be revised"}, .examples = "opsroom request return 7 \"Costs are missing\"", .fields = {reason}},
        {.noun = "request", .verb = "clarify", .type = "request.clarify", .target = target::entity,
         .about = {"要求澄清", "ask the requester"}, .examples = "opsroom request clarify 7 \"Who pays?\"",
         .fields = {{"QUESTION", "question", value::text, {"问题", "the question"}, true}}},
        {.noun = "request", .verb = "answer", .type = "request.answer", .target = target::entity,
         .about = {"答复", "answer"}, .examples = "opsroom request answer 7 \"Finance does\"",
         .fields = {{"ANSWER", "answer", value::text, {"答复", "the answer"}, true}}},
        {.noun = "request", .verb = "reject", .type = "request.reject", .target = target::entity,
         .about = {"驳回", "reject it"}, .examples = "opsroom request reject 7 \"No budget this year\"", .fields = {reason}},
        {.noun = "request", .verb = "withdraw", .type = "request.withdraw", .target = target::entity,
         .about = {"撤回", "withdraw it"}, .examples = "opsroom request withdraw 7 \"Done elsewhere\"", .fields = {reason}},
    };
    // clang-format on
    return rows;
}

}  // namespace cli
