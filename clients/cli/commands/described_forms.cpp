// Forms to fill in, by how the schema describes them.

#include "clients/cli/commands/described.hpp"
#include "clients/cli/commands/forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>

namespace cli {
namespace {

/// What is to be written, and nothing (null) for what may be left out and is no text.
json empty_one(const described_field& f) {
    if (f.is_many()) return f.fields.empty() ? json::array() : json::array({form_to_fill_in(f.fields)});
    switch (f.is) {
        case shape::bilingual: return {{"zh", ""}, {"en", ""}};
        case shape::group: return form_to_fill_in(f.fields);
        case shape::line:
        case shape::prose: return "";
        default: break;
    }
    if (!f.required) return nullptr;
    switch (f.is) {
        case shape::person: return "@login";
        case shape::day: return "+3d";
        case shape::yes_no: return false;
        case shape::choice: return f.options.empty() ? json("") : json(f.options.front().name);
        case shape::number:
        case shape::percent:
        case shape::reference:
        case shape::event: return f.least;
        case shape::money: return "0.00";
        default: return "";
    }
}

/// On standard error, as the form itself may go into a file: what each of its fields is.
void explain(const context& about, const std::vector<described_field>& fields, const std::string& within) {
    const auto l = about.with.language;
    for (const auto& f : fields) {
        if (f.is == shape::extras) continue;
        const auto name = within + f.name;
        std::string line = fmt::format("{}  {}", name, f.label.in(l));
        if (f.required) line += about.say({"（必填）", " (required)"});
        std::string holds;
        for (const auto& o : f.options) {
            holds += (holds.empty() ? "" : about.say({"、", ", "})) + o.name;
            if (within_a_line(o.label.in(l)) != o.name) holds += " " + o.label.in(l);
        }
        if (holds.empty()) holds = f.needs.in(l);
        if (!holds.empty()) line += about.say({"：", ": "}) + holds;
        if (f.fields.empty()) std::cerr << line << '\n';
        else explain(about, f.fields, name + ".");
    }
}

struct asked_form {
    std::string verb;
    std::string which;
};

/// What the form says now, to be changed.
json filled_in(context& about, const described_kind& kind, const std::string& name, const described_field& form, const std::string& which) {
    const auto dossier = about.server().get(fmt::format("{}/{}", kind.path, names::number(kind.name, which)));
    const auto& said = at_or_null(at_or_null(dossier, "forms"), name.c_str());
    const auto& newest = said.is_array() && !said.empty() ? said.back() : said;
    const auto& filled = at_or_null(at_or_null(newest, "data"), form.name.c_str());
    if (!filled.is_object()) throw failure(exit_code::not_found, "还没有填写过这张表", "nobody has filled in this form yet");
    return filled;
}

void print_form(context& about, const described_kind& kind, const asked_form& asked) {
    const auto command = std::find_if(kind.commands.begin(), kind.commands.end(), [&](const auto& c) { return form_in(c) && (asked.verb.empty() || c.verb() == asked.verb); });
    const auto& form = *form_in(*command);
    const auto name = form_carried_by(command->type);
    if (!asked.which.empty()) about.out << as_text(filled_in(about, kind, name, form, asked.which), 2) << '\n';
    else if (name.empty()) about.out << as_text(form_to_fill_in(form.fields), 2) << '\n';
    else about.out << form_to_fill_in(about, name, form_to_fill_in(form.fields));
    if (!about.with.quiet) explain(about, form.fields, {});
}

}  // namespace

const described_field* form_in(const described_command& command) {
    if (command.by_system) return nullptr;
    const auto found = std::find_if(command.fields.begin(), command.fields.end(), [](const auto& f) { return f.is == shape::group; });
    return found == command.fields.end() ? nullptr : &*found;
}

json form_to_fill_in(const std::vector<described_field>& fields) {
    auto out = json::object();
    for (const auto& f : fields)
        if (f.is != shape::extras) out[f.name] = empty_one(f);
    return out;
}

void add_described_template(tree& t, CLI::App* noun, const described_kind& kind) {
    std::vector<std::string> verbs;
    std::string examples;
    for (const auto& c : kind.commands) {
        if (!form_in(c)) continue;
        verbs.push_back(c.verb());
        const auto of = c.creates ? "" : " 3";
        if (!examples.empty()) examples += "\n";
        examples += fmt::format("opsroom {0} template {1}{2} > {0}.json", kind.name, c.verb(), of);
    }
    if (verbs.empty()) return;
    auto asked = std::make_shared<asked_form>();
    auto* print = t.verb(noun, "template",
                         {"样张；加编号则为其现有内容。人员可写编号、“@登录名”或姓名，日期可写 +3d",
                          "a form to fill in; with a number, what it says there. People are numbers, \"@login\" or names, days may be +3d"},
                         examples, [asked, &kind](context& about) { print_form(about, kind, *asked); });
    t.only(t.option(print, "COMMAND", asked->verb, "", {"哪个命令的表单（不给则为第一个）", "of which command (the first)"}), verbs);
    t.option(print, "ID", asked->which, "", {"编号", "its number"});
}

}  // namespace cli
