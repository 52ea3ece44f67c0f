#include "clients/cli/commands/forms.hpp"

#include "clients/cli/chart.hpp"
#include "clients/cli/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace cli {
namespace {

/// Which form a command carries, and where in its data.
struct carried {
    std::string_view command;
    std::string_view key;
    std::string_view form;
};
constexpr carried carried_by_hand[] = {
    {"request.draft", "form", "F1"},          {"request.revise", "form", "F1"},          {"request.assess", "opinion", "F1a"},
    {"project.draft_charter", "charter", "F2"}, {"project.submit_charter", "charter", "F2"}, {"project.request_acceptance", "form", "F3"},
    {"project.accept", "report", "F4"},       {"project.summarise", "summary", "F5"},    {"appraisal.draft_self", "form", "F6"},
    {"appraisal.submit_self", "form", "F6"},  {"appraisal.draft_evaluation", "form", "F7"}, {"appraisal.evaluate", "form", "F7"},
    {"appraisal.record_talk", "talk", "F8"},  {"appraisal.revise_talk", "talk", "F8"},   {"incentive.propose", "form", "F16"},
    {"incentive.revise", "form", "F16"},      {"strategy.draft", "form", "F19"},         {"strategy.revise", "form", "F19"},
    {"strategy.check", "check", "F19a"},      {"analysis.report", "finding", "finding"}, {"analysis.correct", "finding", "finding"},
};

std::optional<carried> form_of(std::string_view command) {
    for (const auto& c : carried_by_hand)
        if (c.command == command) return c;
    const auto* described = schema::built_in().command(command);
    if (!described) return std::nullopt;
    const auto& forms = schema::built_in().kind(kind_in(command))->forms;
    for (const auto& part : described->fields)
        for (const auto& f : part.fields)
            if (f.is == shape::extras && !(f.of.empty() && forms.empty())) return carried{described->type, part.name, f.of.empty() ? forms.front() : f.of};
    return std::nullopt;
}

std::string place_of(const carried& form, const char* list) { return fmt::format("{}/extras/{}", form.key, list); }

json definition_of(context& about, std::string_view form) {
    for (const auto& one : about.forms())
        if (text_at(one, "name") == form) return one;
    return {};
}

/// The version that the newest of these forms was filled in by, wherever in what was said it stands.
std::optional<std::uint64_t> version_in(const json& said) {
    std::vector<const json*> left{&said};
    std::optional<std::uint64_t> newest;
    while (!left.empty()) {
        const auto& one = *left.back();
        left.pop_back();
        if (const auto& extras = at_or_null(one, "extras"); extras.is_object()) newest = std::max(newest, number_at(extras, "form"));
        if (one.is_structured())
            for (const auto& inner : one) left.push_back(&inner);
    }
    return newest;
}

/// Of the form that the target has already; nothing where it has none, or can't be seen.
std::optional<std::uint64_t> version_kept(context& about, std::string_view form, const std::string& target) {
    const auto slash = target.find('/');
    if (slash == target.npos) return std::nullopt;
    const auto kind = target.substr(0, slash);
    const auto* described = schema::built_in().kind(kind);
    const auto list = described ? described->path : "/api/v1/" + (kind == "analysis" ? "analyses" : kind == "strategy" ? "strategies" : kind + "s");
    try {
        const auto dossier = about.server().get(fmt::format("{}/{}", list, target.substr(slash + 1)));
        return version_in(at_or_null(at_or_null(dossier, "forms"), std::string(form).c_str()));
    } catch (const failure& no) {
        if (no.kind() != exit_code::not_found && no.kind() != exit_code::forbidden) throw;
        return std::nullopt;  // the command says it better
    }
}

void fill_in_extras(context& about, std::string_view form, const std::string& target, json& carrying) {
    auto& extras = carrying["extras"];
    if (!extras.contains("form")) {
        const auto kept = version_kept(about, form, target);
        extras["form"] = kept ? *kept : number_at(definition_of(about, form), "version").value_or(1);
    }
    for (const char* list : {"fields", "attachments"})
        if (!extras.contains(list)) extras[list] = json::array();
}

/// Absent parts of F1 that a person need not type.
void fill_in_request(json& form) {
    if (!form.contains("priority")) form["priority"] = "normal";
    auto& compliance = form["compliance"];
    compliance["checked"] = compliance.contains("findings");
    if (!compliance.contains("findings")) compliance["findings"] = "";
}

/// A ground that is nothing but a text, or names no look of an analysis.
void fill_in_grounds(json& form) {
    if (!form.contains("grounds") || !form["grounds"].is_array()) return;
    for (auto& ground : form["grounds"]) {
        if (ground.is_string()) ground = json{{"fact", ground.get<std::string>()}};
        if (!ground.is_object()) continue;
        for (const char* number : {"analysis", "look"})
            if (!ground.contains(number)) ground[number] = 0;
    }
}

/// Departments and roles may be named as people call them. What is not known the server refuses, and says what there is.
void name_codes(context& about, json& data) {
    const auto is_code = [](const std::string& s, char from, char to) {
        return std::all_of(s.begin(), s.end(), [&](char c) { return (c >= from && c <= to) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
    };
    auto department = text_at(data, "department");
    bool plain = is_code(department, 'a', 'z');
    for (const auto& role : list_at(data, "roles")) plain = plain && role.is_string() && is_code(role.get<std::string>(), 'A', 'Z');
    if (plain) return;
    const chart known(about.server().get("/api/v1/org"));
    if (!department.empty()) {
        const auto code = known.department(department);
        if (!code)
            throw failure(exit_code::invalid, fmt::format("没有部门“{}”：可用 {}", department, known.departments(language::zh)),
                          fmt::format("there is no department “{}”: use {}", department, known.departments(language::en)));
        data["department"] = *code;
    }
    if (!data.contains("roles")) return;
    for (auto& role : data["roles"])
        if (const auto code = role.is_string() ? known.role(role.get<std::string>()) : std::nullopt) role = *code;
}

/// A list that may be left out.
void none_if_absent(json& of, const char* list) {
    if (!of.contains(list)) of[list] = json::array();
}

/// The same of whatever the schema describes, in what was given.
void fill_in_lists(const std::vector<described_field>& fields, json& data) {
    for (const auto& f : fields) {
        if (f.is_many()) none_if_absent(data, f.name.c_str());
        if (f.is != shape::group || (!f.required && !data.contains(f.name))) continue;
        auto& part = data[f.name];
        if (part.is_null()) part = json::object();
        if (part.is_object()) fill_in_lists(f.fields, part);
    }
}

}  // namespace

std::vector<field> added_fields_of(std::string_view command) {
    const auto form = form_of(command);
    if (!form) return {};
    return {{"--field", place_of(*form, "fields"), value::pairs,
             {"附加字段（opsroom flow forms 列出）：名称=内容，可多次给出", "an added field (opsroom flow forms lists them): NAME=TEXT; may be given many times"}},
            {"--attach", place_of(*form, "attachments"), value::files, {"附件，可多次给出", "a file to attach; may be given many times"}}};
}

std::string form_carried_by(std::string_view command) {
    const auto form = form_of(command);
    return form ? std::string(form->form) : std::string();
}

failure with_added_fields(context& about, std::string_view command, const failure& refused) {
    const auto form = form_of(command);
    if (!form || refused.code() != "bad_extras") return refused;
    const auto definition = definition_of(about, form->form);
    std::string zh, en;
    for (const auto& f : list_at(definition, "fields")) {
        const auto& label = at_or_null(f, "label");
        const bool required = flag_at(f, "required");
        zh += fmt::format("{}{}（{}{}）", zh.empty() ? "" : "、", text_at(f, "name"), text_at(label, "zh"), required ? "，必填" : "");
        en += fmt::format("{}{} ({}{})", en.empty() ? "" : ", ", text_at(f, "name"), text_at(label, "en"), required ? ", required" : "");
    }
    if (zh.empty()) return refused;
    return {refused.kind(), fmt::format("{}；附加字段：{}，用 --field 名称=内容 给出", refused.in(language::zh), zh),
            fmt::format("{}; its added fields: {}; give them with --field NAME=TEXT", refused.in(language::en), en)};
}

void fill_in(context& about, std::string_view command, const std::string& target, json& data) {
    if (command == "member.join") none_if_absent(data, "roles");
    if (command == "member.join" || command == "member.set_department" || command == "member.set_roles" || command == "task.assign") name_codes(about, data);
    if (command == "channel.create" && !data.contains("visibility")) data["visibility"] = "everyone";
    if (command == "request.draft" || command == "request.revise") fill_in_request(data["form"]);
    if (command == "project.accept") none_if_absent(data["report"], "conditions");
    if (command == "project.summarise") none_if_absent(data["summary"], "departments");
    if (command == "project.file_record") {
        if (!data["record"].contains("text")) data["record"]["text"] = "";
        none_if_absent(data["record"], "attachments");
    }
    if (command == "analysis.plan" || command == "analysis.change") none_if_absent(data["form"], "concerned");
    if (command == "analysis.report" || command == "analysis.correct") {
        auto& finding = data["finding"];
        if (!finding.contains("priority")) finding["priority"] = "normal";
        none_if_absent(finding, "figures");
    }
    if (command == "strategy.draft" || command == "strategy.revise") fill_in_grounds(data["form"]);
    if (const auto* described = schema::built_in().command(command); described && !is_by_hand(kind_in(command))) fill_in_lists(described->fields, data);
    if (command == "definitions.amend_flow")
        for (const char* list : {"rows", "limits"}) none_if_absent(data, list);
    if (command == "calendar.publish_year")
        for (const char* list : {"off", "work"}) none_if_absent(data, list);
    if (const auto c = form_of(command)) {
        auto& carrying = data[std::string(c->key)];
        if (carrying.is_null() || carrying.is_object()) fill_in_extras(about, c->form, target, carrying);
    }
}

std::string form_to_fill_in(context& about, std::string_view form, json fields) {
    try {
        const auto definition = definition_of(about, form);
        json added = json::array();
        for (const auto& f : list_at(definition, "fields")) added.push_back({{"name", text_at(f, "name")}, {"text", ""}});
        fields["extras"] = {{"form", number_at(definition, "version").value_or(1)}, {"fields", added}, {"attachments", json::array()}};
    } catch (const failure& no) {
        // Whoever is not logged in yet fills it in all the same: the rest is added when it is sent.
        if (no.kind() != exit_code::unauthenticated && no.kind() != exit_code::unavailable) throw;
    }
    return as_text(fields, 2) + "\n";
}

}  // namespace cli
