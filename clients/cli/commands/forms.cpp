#include "clients/cli/commands/forms.hpp"

#include "clients/cli/chart.hpp"
#include "clients/cli/commands/typed_as.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/when.hpp"

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

std::optional<carried> form_of(std::string_view command) {
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
    if (!described) return std::nullopt;
    try {
        const auto dossier = about.server().get(fmt::format("{}/{}", described->path, target.substr(slash + 1)));
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

bool holds_departments(const described_field& f) { return f.is == shape::department || f.is == shape::departments; }
bool holds_roles(const described_field& f) { return f.is == shape::role || f.is == shape::roles; }

/// Departments and roles may be named as people call them. What is not known the server refuses, and says what there is.
void name_codes(context& about, const std::vector<described_field>& fields, json& data) {
    const auto is_code = [](const std::string& s, char from, char to) {
        return std::all_of(s.begin(), s.end(), [&](char c) { return (c >= from && c <= to) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
    };
    std::optional<chart> known;
    const auto name = [&](const described_field& f, json& value) {
        if (!value.is_string() || is_code(value.get<std::string>(), holds_roles(f) ? 'A' : 'a', holds_roles(f) ? 'Z' : 'z')) return;
        if (!known) known.emplace(about.server().get("/api/v1/org"));
        const auto typed = value.get<std::string>();
        const auto code = holds_roles(f) ? known->role(typed) : known->department(typed);
        if (code) value = *code;
        else if (!holds_roles(f))
            throw failure(exit_code::invalid, fmt::format("没有部门“{}”：可用 {}", typed, known->departments(language::zh)),
                          fmt::format("there is no department “{}”: use {}", typed, known->departments(language::en)));
    };
    for (const auto& f : fields) {
        if (!(holds_departments(f) || holds_roles(f)) || !data.contains(f.name)) continue;
        if (auto& value = data[f.name]; value.is_array())
            for (auto& one : value) name(f, one);
        else name(f, value);
    }
}

/// What is sent where nothing was typed; null where that is nothing.
json left_out(const described_field& f) {
    if (f.is_many()) return json::array();
    if (const auto otherwise = f.required ? default_of(f) : std::nullopt) return *otherwise;
    if (!f.may_be_empty) return nullptr;
    switch (f.is) {
        case shape::line:
        case shape::prose:
        case shape::code: return "";
        default: return 0;
    }
}

/// What the wire wants and a person need not type. A list may be left out, and one of its parts may be nothing but what it says first.
void fill_in_fields(const std::vector<described_field>& fields, json& data) {
    for (const auto& f : fields) {
        if (f.is == shape::extras) continue;
        if (f.is == shape::group) {
            if (!f.required && !data.contains(f.name)) continue;
            auto& part = data[f.name];
            if (part.is_null()) part = json::object();
            if (part.is_object()) fill_in_fields(f.fields, part);
            continue;
        }
        if (!data.contains(f.name))
            if (auto value = left_out(f); !value.is_null()) data[f.name] = std::move(value);
        if (f.is != shape::list || f.fields.empty() || !data.contains(f.name) || !data[f.name].is_array()) continue;
        for (auto& one : data[f.name]) {
            if (one.is_string()) one = json{{f.fields.front().name, raw(one)}};
            if (one.is_object()) fill_in_fields(f.fields, one);
        }
    }
}

/// Whether it was checked is said by what was found.
void fill_in_check(json& form) {
    if (!form.is_object() || !form.contains("compliance") || !form["compliance"].is_object()) return;
    auto& check = form["compliance"];
    if (!check.contains("checked")) check["checked"] = !text_at(check, "findings").empty();
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
    const auto* described = schema::built_in().command(command);
    if (!described) return;
    name_codes(about, described->fields, data);
    fill_in_fields(described->fields, data);
    const auto c = form_of(command);
    if (!c) return;
    auto& carrying = data[std::string(c->key)];
    fill_in_check(carrying);
    if (carrying.is_null() || carrying.is_object()) fill_in_extras(about, c->form, target, carrying);
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
