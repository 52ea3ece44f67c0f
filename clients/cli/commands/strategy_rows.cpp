// Analyses of data, and the strategies and plans that rest on them.

#include "clients/cli/commands/rows.hpp"

namespace cli {
namespace {

const field reason{"REASON", "reason", value::text, {"原因", "why"}, true};

/// Of an analysis's plan. The options are laid over what the file says, so the file is put before them.
std::vector<field> plan_fields(field title) {
    // clang-format off
    return {
        {"--file", "form", value::json_file, {"计划的 JSON 文件；opsroom analysis template plan 给出样张，加编号则为现行计划",
                                              "the plan as a JSON file; opsroom analysis template plan prints one to fill in, with a number the one that holds"}},
        std::move(title),
        {"--subject", "form/subject", value::text, {"分析什么、要回答什么", "what is looked at, and what is asked of it"}},
        {"--sources", "form/sources", value::text, {"数据来源", "where its data come from"}},
        {"--method", "form/method", value::text, {"方法", "how"}},
        {"--owner", "form/owner", value::person, {"负责的数据分析员", "the analyst who looks"}},
        {"--every", "form/every", value::number, {"每隔几个工作日", "how many working days lie between two looks"}, false, {}, {1, 250}},
        {"--next", "form/next_on", value::day, {"下次分析日：2026-12-01、+3d", "when the next look is due: 2026-12-01, +3d"}},
        {"--concerned", "form/concerned", value::people, {"告知谁（运营经理除外），用逗号分隔", "who is told besides the operations manager, comma between"}},
        {"--project", "form/project", value::number, {"相关项目", "the project that it is about"}, false, {}, any_number},
    };
    // clang-format on
}

std::vector<field> finding_fields(std::vector<field> first) {
    // clang-format off
    std::vector<field> fields{
        {"--file", "finding", value::json_file, {"发现的 JSON 文件；opsroom analysis template finding 给出样张，加编号则为最近的发现",
                                                 "the finding as a JSON file; opsroom analysis template finding prints one to fill in, with a number the newest finding"}},
        {"--kind", "finding/kind", value::choice, {"变化或问题", "a change or a problem"}, false, {"change", "problem"}},
        {"--priority", "finding/priority", value::choice, {"优先级（默认普通）", "priority (normal)"}, false, {"low", "normal", "high", "urgent"}},
        {"--from", "finding/from", value::day, {"数据时段的第一天", "the first day that the data are of"}},
        {"--until", "finding/until", value::day, {"数据时段的最后一天", "the last day that the data are of"}},
        {"--figure", "finding/figures", value::figures, {"数字：名称=之前..现在 单位，可多次给出", "a figure: NAME=BEFORE..NOW UNIT; may be given many times"}},
        {"--cause", "finding/cause", value::text, {"可能的原因", "a likely cause"}},
        {"--suggestion", "finding/suggestion", value::text, {"建议", "what is suggested"}},
    };
    // clang-format on
    fields.insert(fields.begin() + 1, std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()));
    return fields;
}

}  // namespace

const std::vector<write_row>& analysis_rows() {
    static const auto row = [](const char* verb, const char* type, text about, std::vector<field> fields, const char* rest) {
        return write_row{.noun = "analysis",
                         .verb = verb,
                         .type = type,
                         .target = target::entity,
                         .about = about,
                         .examples = std::string("opsroom analysis ") + verb + " 3" + rest,
                         .fields = std::move(fields)};
    };
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "analysis", .verb = "plan", .type = "analysis.plan",
         .about = {"计划定期数据分析（S3.2.3）", "plan a regular analysis (S3.2.3)"},
         .examples = "opsroom analysis plan \"Redemption rate\" --subject \"Redemption by channel: what changes it?\" --sources \"Orders, points ledger\" --method \"Week on week\" --owner @zhao.lei --every 5 --next +3d --concerned @chen.wei,@emma\n"
                     "opsroom analysis template plan > plan.json\nopsroom analysis plan plan.json",
         .fields = plan_fields({"TITLE", "form/title", value::words_or_file, {"标题，或计划的 JSON 文件", "title, or the plan as a JSON file"}})},
        row("change", "analysis.change", {"修改计划", "change its plan"}, [] {
            auto fields = plan_fields({"--title", "form/title", value::text, {"标题", "title"}});
            fields.insert(fields.begin(), reason);
            return fields;
        }(), " \"Twice a week from now on\" --file plan.json --every 2"),
        row("report", "analysis.report", {"报告发现的变化或问题（S3.2.3）", "report a change or a problem that the look has found (S3.2.3)"},
            finding_fields({{"OBSERVED", "finding/observed", value::words_or_file, {"发现了什么（“-”表示从标准输入读），或发现的 JSON 文件", "what has changed or is wrong (- reads it from stdin), or the finding as a JSON file"}}}),
            " \"Redemption fell in the app\" --kind problem --from 2026-11-16 --until 2026-11-22 --figure \"redemption=12.5..9.8 %\" --cause \"The entry is one level deeper\"\n"
            "opsroom analysis report 3 finding.json"),
        row("steady", "analysis.find_steady", {"报告一切正常", "report that nothing is out of the ordinary"},
            {{"NOTE", "note", value::text, {"看了什么", "what was looked at"}, true},
             {"--from", "from", value::day, {"数据时段的第一天", "the first day that the data are of"}, true},
             {"--until", "until", value::day, {"数据时段的最后一天", "the last day that the data are of"}, true}},
            " \"All five channels within a point\" --from 2026-11-16 --until 2026-11-22"),
        row("correct", "analysis.correct", {"更正最近的发现：各人重新确认", "correct the newest finding: everybody takes note of it anew"},
            finding_fields({reason, {"--observed", "finding/observed", value::text, {"发现了什么", "what has changed or is wrong"}}}),
            " \"One channel was counted twice\" --file finding.json --figure \"redemption=12.5..10.4 %\""),
        row("acknowledge", "analysis.acknowledge", {"确认已阅最近的发现", "take note of the newest finding"}, {}, ""),
        row("handle", "analysis.handle", {"处理发现（S3.2.3、S3.2.4）", "say what comes of the finding (S3.2.3, S3.2.4)"},
            {{"OUTCOME", "outcome", value::choice, {"调整策略或计划、下达任务、继续关注或不处理", "adjust the strategy or plan, give a task, watch it, or nothing"}, true, {"adjust", "task", "watch", "none"}}, reason},
            " adjust \"The entry goes back to the first level\""),
        row("end", "analysis.end", {"终止", "end it"}, {reason}, " \"The campaign is over\""),
    };
    // clang-format on
    return rows;
}

const std::vector<write_row>& strategy_rows() {
    static const field file{
        "FILE",
        "form",
        value::json_file,
        {"F19 的 JSON 文件；opsroom strategy template 给出样张", "F19 as a JSON file; opsroom strategy template prints one to fill in"},
        true};
    static const auto row = [](const char* verb, const char* type, text about, std::vector<field> fields, const char* rest) {
        return write_row{.noun = "strategy",
                         .verb = verb,
                         .type = type,
                         .target = target::entity,
                         .about = about,
                         .examples = std::string("opsroom strategy ") + verb + " 3" + rest,
                         .fields = std::move(fields)};
    };
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "strategy", .verb = "draft", .type = "strategy.draft",
         .about = {"起草策略或计划的新版本（F19，S3.2.4、S2.2.2）", "draft a version of a strategy or plan (F19, S3.2.4, S2.2.2)"},
         .examples = "opsroom strategy template > f19.json\nopsroom strategy draft f19.json\nopsroom strategy template 3 > next.json", .fields = {file}},
        row("revise", "strategy.revise", {"修改草稿", "revise a draft"}, {file}, " f19.json"),
        row("submit", "strategy.submit", {"提交运营经理", "submit it to the operations manager"}, {}, ""),
        row("return", "strategy.return", {"退回修改", "return it to be revised"}, {reason}, " \"Which channels?\""),
        row("publish", "strategy.publish", {"发布：只对您看过的那一份生效（S3.2.4）", "publish exactly what you read (S3.2.4)"},
            {{"--sha256", "sha256", value::text, {"看过的那一份的哈希", "the hash of what you read"}, true}},
            " --sha256 $(opsroom strategy show 3 -o json | jq -r .sha256)"),
        row("acknowledge", "strategy.acknowledge", {"确认已阅并执行", "acknowledge it"}, {}, ""),
        row("convey", "strategy.convey", {"再传达给更多人，由其确认", "convey it to more people, who acknowledge it as well"},
            {{"MEMBERS", "members", value::people, {"传达给谁，用逗号分隔", "to whom, comma between"}, true},
             {"--by", "acknowledge_by", value::day, {"确认期限", "the day by which they acknowledge it"}, true}}, " @emma,@noah --by +3d"),
        row("check", "strategy.check", {"检查执行情况（F19a，S3.2.4）", "check its execution (F19a, S3.2.4)"},
            {{"STANDING", "check/standing", value::choice, {"执行状况", "how it stands"}, true, {"on_track", "behind", "off_track", "achieved"}},
             {"FOUND", "check/found", value::text, {"检查结果", "what the check has found"}, true},
             {"--measures", "check/measures", value::text, {"措施；落后或偏离时须有", "what is done about it; needed with behind and off_track"}},
             {"--next", "check/next_on", value::day, {"下次检查日", "when it is checked next"}, true}},
            " behind \"Two of five channels are live\" --measures \"A second developer\" --next +2w"),
        row("end", "strategy.end", {"终止：不再有效，也无新版本取代", "end it: it holds no more, and nothing takes its place"}, {reason}, " \"The campaign is over\""),
        row("discard", "strategy.discard", {"作废未发布的", "discard what is not published"}, {reason}, " \"Drafted twice\""),
    };
    // clang-format on
    return rows;
}

}  // namespace cli
