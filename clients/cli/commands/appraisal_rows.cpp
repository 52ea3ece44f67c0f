// Indicators, cycles, appraisals and what is made of their results.

#include "clients/cli/commands/rows.hpp"

namespace cli {
namespace {

const field reason{"REASON", "reason", value::text, {"原因", "why"}, true};
const field late_reason{"REASON", "reason", value::text, {"不在计划日进行时的原因", "why, where it is another day than planned"}};

field form(const char* what_zh, const char* what_en) {
    return {"FILE", "form", value::json_file, {what_zh, what_en}, true};
}

}  // namespace

const std::vector<write_row>& indicators_rows() {
    static const field file{"FILE", "*", value::json_file,
                            {"JSON 文件；opsroom indicators template 角色 给出样张", "a JSON file; opsroom indicators template ROLE prints one to fill in"}, true};
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "indicators", .verb = "publish", .type = "indicators.publish",
         .about = {"发布岗位的考核指标，权重合计 100（S6.1）", "publish the indicators of a role; weights add up to 100 (S6.1)"},
         .examples = "opsroom indicators template SP > sp.json\nopsroom indicators publish sp.json", .fields = {file}},
        {.noun = "indicators", .verb = "revise", .type = "indicators.revise", .target = target::entity,
         .about = {"修订：新的版本，不影响已开始的考核", "revise: a new version; appraisals that have begun keep theirs"},
         .examples = "opsroom indicators template 2 > revised.json\nopsroom indicators revise 2 revised.json", .fields = {file}},
        {.noun = "indicators", .verb = "retire", .type = "indicators.retire", .target = target::entity,
         .about = {"停用", "retire it"}, .examples = "opsroom indicators retire 2 \"The role is gone\"", .fields = {reason}},
    };
    // clang-format on
    return rows;
}

const std::vector<write_row>& cycle_rows() {
    static const field schedule{"--schedule", "schedule", value::json_file,
                                {"日程的 JSON 文件：opens、self_closes、evaluation_closes、calibrates、closes", "a JSON file with opens, self_closes, evaluation_closes, calibrates, closes"}};
    static const auto step = [](const char* verb, const char* type, text about) {
        return write_row{.noun = "cycle", .verb = verb, .type = type, .target = target::entity, .about = about,
                         .examples = std::string("opsroom cycle ") + verb + " 1 \"A day early: holidays\"", .fields = {late_reason}};
    };
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "cycle", .verb = "plan", .type = "cycle.plan",
         .about = {"计划考核周期；日程按工作日历推算（S6.2）", "plan an appraisal cycle; its days follow from the calendar (S6.2)"},
         .examples = "opsroom cycle plan quarter 2026 --quarter 4\nopsroom cycle plan annual 2026",
         .fields = {{"KIND", "kind", value::choice, {"季度或年度", "a quarter's or the year's"}, true, {"quarter", "annual"}},
                    {"YEAR", "year", value::number, {"年份", "the year"}, true, {}, {2000, 9998}},
                    {"--quarter", "quarter", value::number, {"第几季度", "which quarter"}, false, {}, {1, 4}}, schedule}},
        {.noun = "cycle", .verb = "reschedule", .type = "cycle.reschedule", .target = target::entity,
         .about = {"更改日程", "change its days"}, .examples = "opsroom cycle reschedule 1 \"Company event\" --schedule days.json",
         .fields = {reason, {"--schedule", "schedule", value::json_file, schedule.about, true}}},
        step("open", "cycle.open", {"开始：为每位有指标的成员建立考核", "open it: everyone who has indicators gets an appraisal"}),
        step("close-self", "cycle.close_self", {"截止自评", "close self-appraisal"}),
        step("close-evaluation", "cycle.close_evaluation", {"截止上级评价", "close evaluation"}),
        step("calibrate", "cycle.begin_calibration", {"开始校准", "begin calibration"}),
        step("close", "cycle.close", {"结束", "close it"}),
        {.noun = "cycle", .verb = "cancel", .type = "cycle.cancel", .target = target::entity,
         .about = {"取消计划中的周期", "cancel one that is planned"}, .examples = "opsroom cycle cancel 1 \"Planned twice\"", .fields = {reason}},
    };
    // clang-format on
    return rows;
}

const std::vector<write_row>& appraisal_rows() {
    static const field self = form("自评表（F6）的 JSON 文件；opsroom appraisal template N self 给出样张",
                                   "F6 as a JSON file; opsroom appraisal template N self prints one to fill in");
    static const field evaluation = form("评价表（F7）的 JSON 文件；opsroom appraisal template N evaluation 给出样张",
                                         "F7 as a JSON file; opsroom appraisal template N evaluation prints one to fill in");
    static const field talk{"FILE", "talk", value::json_file,
                            {"绩效沟通（F8）的 JSON 文件；opsroom appraisal template N talk 给出样张", "F8 as a JSON file; opsroom appraisal template N talk prints one to fill in"}, true};
    static const auto row = [](const char* verb, const char* type, text about, std::vector<field> fields, const char* rest) {
        return write_row{.noun = "appraisal", .verb = verb, .type = type, .target = target::entity, .about = about,
                         .examples = std::string("opsroom appraisal ") + verb + " 7" + rest, .fields = std::move(fields)};
    };
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "appraisal", .verb = "open", .type = "appraisal.open",
         .about = {"为后来的成员建立考核", "open one for somebody who came later"}, .examples = "opsroom appraisal open 1 @emma",
         .fields = {{"CYCLE", "cycle", value::number, {"周期编号", "the cycle's number"}, true, {}, any_number}, {"MEMBER", "employee", value::person, {"谁", "who"}, true}}},
        row("draft", "appraisal.draft_self", {"保存自评草稿", "keep a self-appraisal that is not finished"}, {self}, " f6.json"),
        row("submit", "appraisal.submit_self", {"提交自评（F6，S6.3.1）", "submit the self-appraisal (F6, S6.3.1)"}, {self}, " f6.json"),
        row("return", "appraisal.return_self", {"退回自评", "return the self-appraisal"}, {reason}, " \"Evidence is missing\""),
        row("draft-evaluation", "appraisal.draft_evaluation", {"保存评价草稿", "keep an evaluation that is not finished"}, {evaluation}, " f7.json"),
        row("evaluate", "appraisal.evaluate", {"提交上级评价（F7，S6.3.2）", "submit the superior's appraisal (F7, S6.3.2)"}, {evaluation}, " f7.json"),
        row("extend", "appraisal.extend", {"延长填写期限", "give more time for the forms"},
            {{"UNTIL", "until", value::day, {"至何日", "until which day"}, true}, reason}, " +3d \"Was away\""),
        row("add-evidence", "appraisal.add_evidence", {"添加依据：日志中的事件", "point an indicator at an event of the log"},
            {{"INDICATOR", "indicator", value::text, {"指标代码", "the indicator's code"}, true},
             {"POSITION", "evidence/at", value::number, {"日志位置", "the event's position"}, true, {}, any_number},
             {"NOTE", "evidence/note", value::text, {"说明", "a note"}, true}}, " execution 812 \"Delivered early\""),
        row("remove-evidence", "appraisal.remove_evidence", {"移除依据", "remove a piece of evidence"},
            {{"INDICATOR", "indicator", value::text, {"指标代码", "the indicator's code"}, true},
             {"POSITION", "at", value::number, {"日志位置", "the event's position"}, true, {}, any_number}, reason}, " execution 812 \"Not mine\""),
        row("talk", "appraisal.record_talk", {"记录绩效沟通与改进计划（F8，S6.3.3）", "record the performance talk and the improvement plan (F8, S6.3.3)"}, {talk}, " f8.json"),
        row("revise-talk", "appraisal.revise_talk", {"修改沟通记录", "revise the talk record"}, {talk}, " f8.json"),
        row("confirm", "appraisal.confirm_talk", {"确认沟通记录", "confirm the talk record"}, {}, ""),
        row("return-talk", "appraisal.return_talk", {"不同意沟通记录", "disagree with the talk record"}, {reason}, " \"We agreed on June\""),
        row("calibrate", "appraisal.calibrate", {"校准：调整指标得分（D2）", "calibrate: change indicators' scores (D2)"},
            {{"REASON", "reason", value::text, reason.about, true},
             {"--score", "adjustments", value::scores, {"指标=得分（0–100 的整数），可多次给出", "INDICATOR=SCORE, whole numbers from 0 to 100; may be given many times"}, true, {}, {0, 100}}},
            " \"Same bar for all\" --score module=82"),
        row("finalise", "appraisal.finalise", {"定稿（D2）", "finalise the result (D2)"}, {{"COMMENT", "comment", value::text, {"意见", "a comment"}}}, ""),
        row("appeal", "appraisal.appeal", {"申诉（5 个工作日内）", "appeal, within 5 working days"}, {reason}, " \"The project was not counted\""),
        row("uphold", "appraisal.uphold_appeal", {"支持申诉：重新评价", "uphold the appeal: it is evaluated anew"}, {reason}, " \"It was left out\""),
        row("reject-appeal", "appraisal.reject_appeal", {"驳回申诉", "reject the appeal"}, {reason}, " \"It was counted under module\""),
        row("reopen", "appraisal.reopen", {"重新打开", "reopen it"}, {reason}, " \"Numbers were wrong\""),
        row("apply", "appraisal.apply", {"应用结果（S6.3.4）", "apply the result (S6.3.4)"}, {}, ""),
        row("cancel", "appraisal.cancel", {"取消", "cancel it"}, {reason}, " \"Opened by mistake\""),
    };
    // clang-format on
    return rows;
}

const std::vector<write_row>& incentive_rows() {
    static const field file{"FILE", "form", value::json_file,
                            {"F16 的 JSON 文件；opsroom incentive template 给出样张", "F16 as a JSON file; opsroom incentive template prints one to fill in"}, true};
    static const auto row = [](const char* verb, const char* type, text about, std::vector<field> fields, const char* rest) {
        return write_row{.noun = "incentive", .verb = verb, .type = type, .target = target::entity, .about = about,
                         .examples = std::string("opsroom incentive ") + verb + " 3" + rest, .fields = std::move(fields)};
    };
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "incentive", .verb = "propose", .type = "incentive.propose",
         .about = {"提出奖金、晋升、调薪、培训或表彰（F16）", "propose a bonus, promotion, salary adjustment, training or award (F16)"},
         .examples = "opsroom incentive template > f16.json\nopsroom incentive propose f16.json", .fields = {file}},
        row("revise", "incentive.revise", {"修改并再次提出", "revise it and propose it again"}, {file}, " f16.json"),
        row("approve", "incentive.approve", {"批准：只对您看过的那一份生效（D8）", "approve exactly the proposal that you read (D8)"},
            {{"--sha256", "sha256", value::text, {"看过的提案的哈希", "the hash of the proposal that you read"}, true}, {"COMMENT", "comment", value::text, {"意见", "a comment"}}},
            " --sha256 $(opsroom incentive show 3 -o json | jq -r .sha256)"),
        row("return", "incentive.return", {"退回", "return it"}, {reason}, " \"Amount too high\""),
        row("clarify", "incentive.clarify", {"要求澄清", "ask the proposer"}, {{"QUESTION", "question", value::text, {"问题", "the question"}, true}}, " \"From which budget?\""),
        row("answer", "incentive.answer", {"答复", "answer"}, {{"ANSWER", "answer", value::text, {"答复", "the answer"}, true}}, " \"The department's\""),
        row("reject", "incentive.reject", {"驳回", "reject it"}, {reason}, " \"No budget\""),
        row("withdraw", "incentive.withdraw", {"撤回", "withdraw it"}, {reason}, " \"Proposed twice\""),
        row("take-effect", "incentive.take_effect", {"生效", "have it take effect"}, {}, ""),
    };
    // clang-format on
    return rows;
}

const std::vector<write_row>& election_rows() {
    static const field closes{"--nominations-close", "schedule/nominations_close", value::day, {"提名截止日", "when nominations close"}, true};
    static const field opens{"--voting-opens", "schedule/voting_opens", value::day, {"投票开始日", "when voting opens"}, true};
    static const field ends{"--voting-closes", "schedule/voting_closes", value::day, {"投票截止日", "when voting closes"}, true};
    static const auto row = [](const char* verb, const char* type, text about, std::vector<field> fields, const char* rest) {
        return write_row{.noun = "election", .verb = verb, .type = type, .target = target::entity, .about = about,
                         .examples = std::string("opsroom election ") + verb + " 1" + rest, .fields = std::move(fields)};
    };
    // clang-format off
    static const std::vector<write_row> rows{
        {.noun = "election", .verb = "open", .type = "election.open",
         .about = {"发起优秀员工评选（S6.4.3）", "open an election of outstanding employees (S6.4.3)"},
         .examples = "opsroom election open \"Employee of the quarter\" --period \"2026 Q4\" --seats 1 --nominations-close +5d --voting-opens +6d --voting-closes +10d",
         .fields = {{"TITLE", "title", value::text, {"名称", "its title"}, true}, {"--period", "period", value::text, {"表彰的时期", "the period that it honours"}, true},
                    {"--seats", "seats", value::number, {"名额", "how many can be chosen"}, true, {}, {1, 100}},
                    {"--electorate", "electorate", value::text, {"评选范围（部门）；不给则为全体", "who votes and can be chosen: a department; everyone if left out"}}, closes, opens, ends}},
        row("reschedule", "election.reschedule", {"更改日程", "change its days"}, {reason, closes, opens, ends},
            " \"Holidays\" --nominations-close +5d --voting-opens +6d --voting-closes +10d"),
        row("nominate", "election.nominate", {"提名（D7）", "nominate somebody (D7)"}, {{"MEMBER", "nominee", value::person, {"谁", "whom"}, true}, reason},
            " @emma \"The campaign that everybody talks about\""),
        row("close-nominations", "election.close_nominations", {"截止提名", "close nominations"}, {}, ""),
        row("open-voting", "election.open_voting", {"开始投票", "open voting"}, {}, ""),
        row("vote", "election.vote", {"投票：每人一票，截止前可改；选票封存（D7）", "vote: one ballot each, changeable until voting closes; it is sealed (D7)"},
            {{"MEMBER", "nominee", value::person, {"投给谁", "for whom"}, true}}, " @emma"),
        row("close-voting", "election.close_voting", {"截止投票", "close voting"}, {}, ""),
        row("decide", "election.decide", {"决定当选者（D7）", "decide who is chosen (D7)"}, {{"MEMBERS", "winners", value::people, {"当选者，用逗号分隔", "who is chosen, comma between"}, true}, reason},
            " @emma \"Most votes, and the campaign's results\""),
        row("announce", "election.announce", {"公布", "announce it"}, {{"COMMENDATION", "commendation", value::text, {"表彰词", "the commendation"}}}, " \"With thanks\""),
        row("cancel", "election.cancel", {"取消", "cancel it"}, {reason}, " \"Nobody was nominated\""),
    };
    // clang-format on
    return rows;
}

}  // namespace cli
