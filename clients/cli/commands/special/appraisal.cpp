// Scores by indicator, how a result came about, and the events that indicators point at.

#include "clients/cli/commands/special/special.hpp"
#include "clients/cli/labels.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cli {
namespace {

std::string name_of_indicator(const context& about, const json& dossier, const std::string& code) {
    for (const auto& one : list_at(dossier, "indicators"))
        if (text_at(one, "code") == code) return text_at(at_or_null(one, "name"), about.with.zh() ? "zh" : "en");
    return code;
}

std::string with(const std::string& one, std::string_view between, const std::string& other) {
    return one.empty() || other.empty() ? one + other : one + std::string(between) + other;
}

/// F6 and F7: a fact for each indicator.
void add_lines(context& about, const json& lines, const json& dossier, shown_facts& out) {
    for (const auto& line : lines) {
        const auto& score = at_or_null(line, "score");
        const auto& words = line.contains("text") ? at_or_null(line, "text") : at_or_null(line, "comment");
        auto text = with(score.is_null() ? about.say({"未打分", "no score"}) : raw(score), " · ", personal_text(words, about.with.language));
        for (const auto& e : list_at(line, "evidence"))
            text += with(fmt::format("\n#{}", number_at(e, "at").value_or(0)), about.say({"：", ": "}), personal_text(at_or_null(e, "note"), about.with.language));
        out.emplace_back(name_of_indicator(about, dossier, text_at(line, "indicator")), cell{text});
    }
}

void add_adjustments(context& about, const json& all, const json& dossier, shown_facts& out) {
    for (const auto& one : all)
        out.emplace_back(name_of_indicator(about, dossier, text_at(one, "indicator")), cell{raw(at_or_null(one, "before")) + " → " + raw(at_or_null(one, "after"))});
}

/// "92.65 = Department performance 91.00 × 40.00 % + …": a part is an indicator, or another mean of these.
std::string mean_of(context& about, const std::vector<described_field>& means, const json& of, const json& dossier) {
    const auto score = number_at(of, "score");
    if (!score) return {};
    std::string parts;
    for (const auto& p : list_at(of, "parts")) {
        const auto s = number_at(p, "score");
        if (!s) continue;
        const auto code = text_at(p, "code");
        const auto* mean = field_of(means, code);
        parts = with(parts, " + ", fmt::format("{} {} × {} %", mean ? mean->label.in(about.with.language) : name_of_indicator(about, dossier, code), two_places(*s),
                                               two_places(number_at(p, "used").value_or(0))));
    }
    return with(two_places(*score), " = ", parts);
}

void add_result(context& about, const described_field& f, const json& of, const json& dossier, shown_facts& out) {
    const auto l = about.with.language;
    const auto* score = field_of(f.fields, "score");
    if (const auto n = number_at(of, "score"); n && score)
        out.emplace_back(score->label.in(l), cell{with(two_places(*n), " ", text_at(of, "grade")), paint::bold});
    for (const auto& mean : f.fields)
        if (mean.is == shape::group)
            if (const auto text = mean_of(about, f.fields, at_or_null(of, mean.name.c_str()), dossier); !text.empty()) out.emplace_back(mean.label.in(l), cell{text});
}

/// Scores stand in the order of the indicators.
void add_scores(context& about, const described_field& f, const json& scores, const json& dossier, shown_facts& out) {
    std::string text;
    const auto& indicators = list_at(dossier, "indicators");
    for (std::size_t i = 0; i < std::min(scores.size(), indicators.size()); ++i)
        if (!scores[i].is_null()) text = with(text, "\n", name_of_indicator(about, dossier, text_at(indicators[i], "code")) + "  " + raw(scores[i]));
    if (!text.empty()) out.emplace_back(f.label.in(about.with.language), cell{text});
}

bool show_scores(context& about, const described_field& f, const json& value, const json& dossier, shown_facts& out) {
    if (f.name == "lines" && value.is_array()) add_lines(about, value, dossier, out);
    else if (f.name == "adjustments" && value.is_array()) add_adjustments(about, value, dossier, out);
    else if (f.is == shape::numbers) add_scores(about, f, value, dossier, out);
    else if (!value.is_object() || !value.contains("evaluation")) return false;
    // Once it is final its section says it.
    else if (f.name == "result" || !dossier.contains("result")) add_result(about, f, value, dossier, out);
    return true;
}

/// "87.50 A", "≈ 87.50 A" as long as it is not final; empty where there is none.
std::string result_of(const json& row) {
    const bool final = row.contains("result");
    const auto score = number_at(row, final ? "result" : "score_so_far");
    if (!score) return {};
    return fmt::format("{}{} {}", final ? "" : "≈ ", two_places(*score), text_at(row, final ? "grade" : "grade_so_far"));
}

std::vector<shown_column> result_column(context&) {
    return {{{"结果", "RESULT"}, "result", [](const json& r) { return cell{result_of(r)}; }, true, false}};
}

std::vector<shown_fact> result_fact(context&, const json& dossier) {
    return {{{"结果", "result"}, {dossier.contains("result") ? "" : result_of(dossier), paint::bold}}};
}

/// A line for each of the appraisal's indicators.
bool lines_to_fill_in(const described_command& command, const json& dossier, json& form) {
    if (command.fields.empty() || !form.contains("lines")) {
        if (form.contains("actions"))
            for (auto& action : form["actions"]) action["owner"] = at_or_null(dossier, "employee");
        return true;
    }
    const auto one = form["lines"].empty() ? json::object() : form["lines"].front();
    form["lines"] = json::array();
    for (const auto& indicator : list_at(dossier, "indicators")) {
        auto line = one;
        line["indicator"] = text_at(indicator, "code");
        line["evidence"] = json::array();
        form["lines"].push_back(std::move(line));
    }
    return true;
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

void add_evidence(tree& t, CLI::App* noun) {
    auto which = std::make_shared<std::string>();
    auto* evidence = t.verb(noun, "evidence", {"依据：指标所指的事件", "the events that its indicators point at"}, "opsroom appraisal evidence 7",
                            [which](context& about) { show_evidence(about, *which); });
    t.required(t.option(evidence, "APPRAISAL", *which, "", {"编号", "its number"}));
}

}  // namespace

const special_view special_appraisal{.kind = "appraisal", .columns = result_column, .facts = result_fact, .part = show_scores, .form = lines_to_fill_in, .add = add_evidence};

}  // namespace cli
