// What is read of indicators, cycles, appraisals, incentives and elections; forms to fill in; the check of a count.

#include "clients/cli/commands/commands.hpp"
#include "clients/cli/commands/forms.hpp"
#include "clients/cli/commands/entity_views.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/tally.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

namespace cli {
namespace {

std::vector<shown_column> employee_and_result(context& about) {
    const auto name = [&about](const char* key) {
        return [&about, key](const json& r) { return cell{number_at(r, key) ? about.names().name_of(*number_at(r, key)) : ""}; };
    };
    return {{{"被考核人", "EMPLOYEE"}, "employee", name("employee")},
            {{"评价人", "EVALUATOR"}, "evaluator", name("evaluator")},
            {{"结果", "RESULT"}, "result", [](const json& r) { return cell{result_of(r)}; }, true, false}};
}

std::vector<shown_column> member_of(context& about) {
    return {{{"成员", "MEMBER"}, "member", [&about](const json& r) { return cell{about.names().name_of(number_at(r, "member").value_or(0))}; }},
            {{"生效", "EFFECTIVE"}, "effective", [](const json& r) { return cell{text_at(r, "effective")}; }, false, false}};
}

std::vector<shown_column> role_of(context&) {
    return {{{"角色", "ROLE"}, "role", [](const json& r) { return cell{text_at(r, "role")}; }, false, false}};
}

std::vector<shown_column> ballots_of(context&) {
    return {{{"票数", "BALLOTS"}, "ballots", [](const json& r) { return cell{raw(at_or_null(r, "ballots"))}; }, true, false},
            {{"截止", "CLOSES"}, "schedule", [](const json& r) { return cell{text_at(at_or_null(r, "schedule"), "voting_closes")}; }, false, false}};
}

/// A form with a line for each of the appraisal's indicators.
void print_form(context& about, const std::string& which, const std::string& form) {
    const auto it = about.server().get(fmt::format("/api/v1/appraisals/{}", names::number("appraisal", which)));
    const bool self = form == "self";
    json out;
    if (form == "talk") {
        out = {{"result", ""}, {"strengths", ""}, {"shortcomings", ""},
               {"actions", json::array({{{"what", ""}, {"owner", at_or_null(it, "employee")}, {"standard", ""}, {"due", ""}}})}};
    } else {
        out["lines"] = json::array();
        for (const auto& one : list_at(it, "indicators"))
            out["lines"].push_back({{"indicator", text_at(one, "code")}, {"score", nullptr}, {self ? "text" : "comment", ""}, {"evidence", json::array()}});
        if (!self) out["comment"] = "";
    }
    about.out << form_to_fill_in(about, form == "talk" ? "F8" : self ? "F6" : "F7", std::move(out));
}

const char* incentive_form = R"({
  "kind": "bonus", "member": "@login", "appraisal": 0,
  "amount": {"cents": 0, "currency": "CNY"}, "effective": "+1w",
  "terms": "", "reason": ""
}
)";

std::string bytes_of(const std::string& base64) {
    if (base64.empty() || base64.size() % 4 != 0) return {};
    std::string out(base64.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(base64.data()), static_cast<int>(base64.size())) < 0) return {};
    for (std::size_t end = base64.size(); end > 0 && base64[end - 1] == '='; --end) out.pop_back();
    return out;
}

text said(count_verdict v) {
    switch (v) {
        case count_verdict::holds: return {"计票成立：每张选票只投一人，票数与封存的选票一致", "the count holds: each ballot is for one nominee, and the totals are those of the sealed ballots"};
        case count_verdict::bad_key: return {"公钥无效", "the public key is none"};
        case count_verdict::wrong_invalid: return {"无效票数与所列选票不符", "the number of invalid ballots is not that of the ballots"};
        case count_verdict::voted_twice: return {"有人的选票出现两次", "somebody has two ballots"};
        case count_verdict::bad_opening: return {"解封证明不成立", "the proof of the opening fails"};
        case count_verdict::wrong_total: return {"票数与封存的选票不符", "a total is not that of the sealed ballots"};
    }
    return {};
}

void verify_count(context& about, const std::string& which) {
    const auto it = about.server().get(fmt::format("/api/v1/elections/{}/ballots", names::number("election", which)));
    if (!flag_at(it, "counted"))
        throw failure(exit_code::conflict, "尚未计票：投票截止并计票后才能验证", "it has not been counted yet: there is something to check once voting has closed and the ballots are counted");
    counted_election e;
    e.key = bytes_of(text_at(it, "key"));
    e.proof = bytes_of(text_at(it, "proof"));
    e.invalid = static_cast<std::uint32_t>(number_at(it, "invalid").value_or(0));
    for (const auto& one : list_at(it, "totals")) e.totals.push_back(static_cast<std::uint32_t>(number_at(one, "votes").value_or(0)));
    for (const auto& one : list_at(it, "ballots")) e.ballots.emplace_back(number_at(one, "voter").value_or(0), bytes_of(text_at(one, "ballot")));
    const auto found = check_count(e);
    if (found.verdict != count_verdict::holds) throw failure(exit_code::conflict, std::string(said(found.verdict).zh), std::string(said(found.verdict).en));
    std::string totals;
    for (const auto& one : list_at(it, "totals"))
        totals += (totals.empty() ? "" : "\n") + fmt::format("{}  {}", about.names().name_of(number_at(one, "nominee").value_or(0)), number_at(one, "votes").value_or(0));
    about.out << shown_thing(about, {{"ok", true}, {"ballots", e.ballots.size()}, {"invalid", found.invalid.size()}, {"totals", list_at(it, "totals")}},
                             {{{"结果", "result"}, {about.say(said(found.verdict)), paint::green}},
                              {{"选票", "ballots"}, {std::to_string(e.ballots.size())}},
                              {{"无效", "invalid"}, {std::to_string(found.invalid.size())}},
                              {{"票数", "totals"}, {totals}}});
}

void show_evidence(context& about, const std::string& which) {
    about.out << shown_list(about, list_at(about.server().get(fmt::format("/api/v1/appraisals/{}/evidence", names::number("appraisal", which))), "items"),
                            {{{"指标", "INDICATOR"}, "indicator", [](const json& r) { return cell{text_at(r, "indicator"), flag_at(r, "removed") ? paint::dim : paint::plain}; }},
                             {{"位置", "POSITION"}, "at", [](const json& r) { return cell{raw(at_or_null(r, "at"))}; }, true, false},
                             {{"由谁", "BY"}, "by", [&about](const json& r) {
                                  const auto who = number_at(r, "by").value_or(0);
                                  return cell{who ? about.names().name_of(who) : about.say({"系统推荐", "suggested"})};
                              }},
                             {{"事件", "EVENT"}, "event", [&about](const json& r) {
                                  auto line = r.contains("event") ? event_line(about, at_or_null(r, "event")) : std::string("—");
                                  while (line.ends_with('\n')) line.pop_back();
                                  return cell{line};
                              }}});
}

void add_forms(tree& t, const nouns& n) {
    auto which = std::make_shared<std::string>();
    auto form = std::make_shared<std::string>();
    auto* print = t.verb(n.at("appraisal"), "template", {"表单样张：F6 自评、F7 评价、F8 沟通", "a form to fill in: F6 self, F7 evaluation, F8 talk"},
                         "opsroom appraisal template 7 self > f6.json", [which, form](context& about) { print_form(about, *which, *form); });
    t.required(t.option(print, "APPRAISAL", *which, "", {"编号", "its number"}));
    auto* kind = t.option(print, "FORM", *form, "", {"哪张表", "which form"});
    t.required(kind);
    t.only(kind, {"self", "evaluation", "talk"});
    t.verb(n.at("incentive"), "template", {"F16 样张", "F16 to fill in"}, "opsroom incentive template > f16.json",
           [](context& about) { about.out << form_to_fill_in(about, "F16", parse_json(incentive_form)); });
}

}  // namespace

void add_appraisal_views(tree& t, const nouns& n) {
    static const entity_kind indicators{"indicators", "indicators", "name", {"published", "retired"}, role_of};
    static const entity_kind cycle{"cycle", "cycles", "name", {"planned", "open", "self_closed", "evaluation_closed", "calibration", "closed", "cancelled"}};
    static const entity_kind appraisal{"appraisal", "appraisals", "name",
                                       {"opened", "self_draft", "self_submitted", "evaluated", "talk_recorded", "talk_held", "finalised", "appealed",
                                        "reopened", "applied", "cancelled"}, employee_and_result};
    static const entity_kind incentive{"incentive", "incentives", "name",
                                       {"proposed", "returned", "clarifying", "approved", "effective", "rejected", "withdrawn"}, member_of};
    static const entity_kind election{"election", "elections", "title",
                                      {"opened", "nominated", "voting", "voted", "counted", "decided", "announced", "cancelled"}, ballots_of};
    add_list(t, n.at("indicators"), indicators, {"各岗位的考核指标", "the indicators of each role"});
    add_show(t, n.at("indicators"), indicators, {"一个岗位的考核指标", "the indicators of one role"});
    add_list(t, n.at("cycle"), cycle, {"考核周期列表", "the appraisal cycles"});
    add_show(t, n.at("cycle"), cycle, {"一个考核周期：日程与进展", "one cycle: its days, and how far it has come"});
    add_list(t, n.at("appraisal"), appraisal, {"您可以查看的考核", "the appraisals that you may see"});
    add_show(t, n.at("appraisal"), appraisal, {"一份考核：表单、得分、用时、可做什么", "one appraisal: forms, scores, time in step, what may be done"});
    add_list(t, n.at("incentive"), incentive, {"您可以查看的激励", "the incentives that you may see"});
    add_show(t, n.at("incentive"), incentive, {"一项激励", "one incentive"});
    add_list(t, n.at("election"), election, {"评选列表", "the elections"});
    add_show(t, n.at("election"), election, {"一次评选：提名、票数、决定", "one election: nominations, totals, decision"});
    add_forms(t, n);
    add_indicators_template(t, n.at("indicators"));

    auto which = std::make_shared<std::string>();
    auto* evidence = t.verb(n.at("appraisal"), "evidence", {"依据：指标所指的事件", "the events that its indicators point at"}, "opsroom appraisal evidence 7",
                            [which](context& about) { show_evidence(about, *which); });
    t.required(t.option(evidence, "APPRAISAL", *which, "", {"编号", "its number"}));
    auto counted = std::make_shared<std::string>();
    auto* verify = t.verb(n.at("election"), "verify", {"在本机验证计票：由封存的选票算起（D7）", "check the count here, from the sealed ballots on (D7)"},
                          "opsroom election verify 1", [counted](context& about) { verify_count(about, *counted); });
    t.required(t.option(verify, "ELECTION", *counted, "", {"编号", "its number"}));
}

}  // namespace cli
