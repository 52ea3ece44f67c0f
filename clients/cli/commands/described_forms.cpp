// Forms to fill in, by how the schema describes them.

#include "clients/cli/commands/described.hpp"
#include "clients/cli/commands/forms.hpp"
#include "clients/cli/commands/special/special.hpp"
#include "clients/cli/commands/typed_as.hpp"

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
    if (f.may_be_empty) return 0;
    if (!f.required) return nullptr;
    if (const auto otherwise = default_of(f)) return *otherwise;
    switch (f.is) {
        case shape::person: return "@login";
        case shape::day: return f.example.empty() ? "+3d" : f.example.en;
        case shape::code: return f.example.en;
        case shape::yes_no: return false;
        case shape::choice: return f.options.empty() ? json("") : json(f.options.front().name);
        case shape::number:
        case shape::percent:
        case shape::reference:
        case shape::event: return f.least;
        case shape::hundredths:
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
    std::string first;  ///< the command, or already the number
    std::string second;
};

bool is_number(const described_kind& kind, const std::string& typed) { return parse_id(typed, kind.name + "/").has_value(); }

/// Where the forms of several commands are one, it goes by its own name as well ("finding"), and by the last word of theirs ("evaluation").
std::vector<std::string> names_of(const described_command& command) {
    std::vector<std::string> out{command.verb()};
    const auto last = command.type.rfind('_');
    if (const auto* form = form_in(command); form->name != "form") out.push_back(form->name);
    if (last != command.type.npos) out.push_back(command.type.substr(last + 1));
    return out;
}

const described_command& command_with(const described_kind& kind, const std::string& called) {
    std::string all;
    for (const auto& c : kind.commands) {
        if (!form_in(c)) continue;
        const auto names = names_of(c);
        if (called.empty() || std::find(names.begin(), names.end(), called) != names.end()) return c;
        all += (all.empty() ? "" : ", ") + c.verb();
    }
    throw failure(exit_code::usage, fmt::format("没有“{}”的表单：可用 {}", called, all), fmt::format("there is no form of “{}”: use {}", called, all));
}

/// What was said last in such a form.
json said_last(const described_kind& kind, const json& dossier, const described_field& form) {
    const auto same = [&](const described_field& f) {
        return f.is == shape::group && std::equal(f.fields.begin(), f.fields.end(), form.fields.begin(), form.fields.end(), [](const auto& a, const auto& b) { return a.name == b.name; });
    };
    json newest;
    std::uint64_t at = 0;
    for (const auto& e : kind.events) {
        const auto part = std::find_if(e.fields.begin(), e.fields.end(), same);
        if (e.section.empty() || part == e.fields.end()) continue;
        const auto& said = at_or_null(at_or_null(dossier, "forms"), e.section.c_str());
        for (const auto& event : said.is_array() ? said : json::array({said})) {
            const auto& filled = at_or_null(at_or_null(event, "data"), part->name.c_str());
            const auto position = number_at(event, "position").value_or(0);
            if (!filled.is_object() || position < at) continue;
            newest = filled;
            at = position;
        }
    }
    return newest;
}

/// As it holds now, to be changed: what came to be otherwise since stands in the dossier itself.
json filled_in(const described_kind& kind, const json& dossier, const described_field& form) {
    auto filled = said_last(kind, dossier, form);
    if (!filled.is_object()) throw failure(exit_code::not_found, "还没有填写过这张表", "nobody has filled in this form yet");
    for (const auto& f : form.fields) {
        if (f.fields.empty() && dossier.contains(f.name) && filled.contains(f.name) && kind.field(f.name)) filled[f.name] = at_or_null(dossier, f.name.c_str());
        // Events have 0 for none.
        if (f.is == shape::reference && !f.required && !f.may_be_empty && at_or_null(filled, f.name.c_str()) == 0) filled[f.name] = nullptr;
    }
    return filled;
}

void print_form(context& about, const described_kind& kind, const asked_form& asked) {
    const bool number_first = is_number(kind, asked.first);
    const auto& which = number_first ? asked.first : asked.second;
    const auto& command = command_with(kind, number_first ? asked.second : asked.first);
    const auto& form = *form_in(command);
    const auto name = form_carried_by(command.type);
    auto fields = form_to_fill_in(form.fields);
    bool begun = false;
    if (!which.empty()) {
        const auto dossier = about.server().get(fmt::format("{}/{}", kind.path, names::number(kind.name, which)));
        const auto fill = special_of(kind.name).form;
        begun = !fill || !fill(command, dossier, fields);
        if (begun) fields = filled_in(kind, dossier, form);
    }
    if (begun || name.empty()) about.out << as_text(fields, 2) << '\n';
    else about.out << form_to_fill_in(about, name, std::move(fields));
    if (!about.with.quiet) explain(about, form.fields, {});
}

}  // namespace

bool is_filled_in(const described_field& f) {
    const bool adds = std::any_of(f.fields.begin(), f.fields.end(), [](const auto& one) { return one.is == shape::extras; });
    return f.is == shape::group && (adds || f.fields.size() > 2);
}

const described_field* form_in(const described_command& command) {
    if (command.by_system) return nullptr;
    const auto found = std::find_if(command.fields.begin(), command.fields.end(), is_filled_in);
    return found == command.fields.end() ? nullptr : &*found;
}

json form_to_fill_in(const std::vector<described_field>& fields) {
    auto out = json::object();
    for (const auto& f : fields)
        if (f.is != shape::extras) out[f.name] = empty_one(f);
    return out;
}

void add_described_template(tree& t, CLI::App* noun, const described_kind& kind) {
    std::vector<std::string> offered;
    std::string examples;
    for (const auto& c : kind.commands) {
        if (!form_in(c)) continue;
        for (auto& called : names_of(c))
            if (std::find(offered.begin(), offered.end(), called) == offered.end()) offered.push_back(std::move(called));
        if (!examples.empty()) examples += "\n";
        examples += fmt::format("opsroom {0} template {1}{2} > {0}.json", kind.name, c.verb(), c.creates ? "" : " 3");
    }
    if (offered.empty()) return;
    auto asked = std::make_shared<asked_form>();
    auto* print = t.verb(noun, "template",
                         {"样张；加编号则为其现有内容。人员可写编号、“@登录名”或姓名，日期可写 +3d",
                          "a form to fill in; with a number, what it says there. People are numbers, \"@login\" or names, days may be +3d"},
                         examples, [asked, &kind](context& about) { print_form(about, kind, *asked); });
    t.offer(t.option(print, "COMMAND", asked->first, "", {"哪个命令的表单（不给则为第一个）", "of which command (the first)"}), offered);
    t.option(print, "ID", asked->second, "", {"编号；也可写在前面", "its number; it may also stand first"});
}

}  // namespace cli
