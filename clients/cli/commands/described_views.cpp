#include "clients/cli/commands/described.hpp"
#include "clients/cli/commands/entity_views.hpp"
#include "clients/cli/commands/form_views.hpp"
#include "clients/cli/commands/rows.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/schema/said.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace cli {
namespace {

std::string in_capitals(std::string words) {
    for (auto& c : words) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return words;
}

reader reader_of(context& about) {
    return {about.with.language, [&about](std::uint64_t member) { return about.names().name_of(member); }};
}

/// What every list and every dossier begins with.
bool is_everywhere(std::string_view field) { return field == "department" || field == "title" || field == "name"; }

/// "requests: draft, submit, pass": what leads through it where all goes well.
text about_noun(const described_kind& kind) {
    auto zh = kind.plural.zh;
    auto en = within_a_line(kind.plural.en);
    bool first = true;
    for (const auto& command : kind.commands) {
        if (std::find(kind.usual_commands.begin(), kind.usual_commands.end(), command.type) == kind.usual_commands.end()) continue;
        zh += (first ? "：" : "、") + command.label.zh;
        en += (first ? ": " : ", ") + within_a_line(command.label.en);
        first = false;
    }
    return kept({zh, en});
}

std::string examples_of_noun(const described_kind& kind, language l) {
    auto out = fmt::format("opsroom {} list --waits-on me", kind.name);
    for (const auto* row : every_row()) {
        if (std::find(kind.usual_commands.begin(), kind.usual_commands.end(), row->type) == kind.usual_commands.end()) continue;
        const auto& all = l == language::zh ? row->examples.zh : row->examples.en;
        out += "\n" + all.substr(0, all.find('\n'));
    }
    return out;
}

// --- A dossier.

class dossier_reader {
public:
    dossier_reader(context& about, const described_kind& kind, const json& dossier)
        : about_(about), by_(reader_of(about)), kind_(kind), dossier_(dossier) {}

    std::string read() {
        std::string out;
        const auto& forms = at_or_null(dossier_, "forms");
        for (const auto& section : kind_.sections)
            if (const auto& said = at_or_null(forms, section.name.c_str()); !said.is_null()) out += shown(section.label.in(by_.lang), said);
        // A newer server may have more of them.
        if (forms.is_object())
            for (const auto& [name, said] : forms.items())
                if (std::none_of(kind_.sections.begin(), kind_.sections.end(), [&](const auto& s) { return s.name == name; })) out += shown(name, said);
        return out;
    }

private:
    using facts = std::vector<std::pair<std::string, cell>>;

    std::string deed_in(const json& event) {
        const auto type = text_at(event, "type");
        const auto* described = schema::built_in().event(type);
        return described ? deed_of(by_, *described, at_or_null(event, "data")) : deed(by_.lang, type);
    }

    std::string heading_of(const json& event) { return who_and_when(about_, event) + " · " + deed_in(event); }

    std::string shown(const std::string& title, const json& said) {
        if (!said.is_array()) return section_heading(about_, title, heading_of(said)) + indented(render_facts(facts_of(said), about_.with.color), 2);
        if (said.empty()) return {};
        auto out = section_heading(about_, title, {});
        for (const auto& event : said)
            out += "  " + painted(on_one_line(heading_of(event)), paint::bold, about_.with.color) + "\n" + indented(render_facts(facts_of(event), about_.with.color), 4);
        return out;
    }

    facts facts_of(const json& event) {
        facts out;
        const auto* described = schema::built_in().event(text_at(event, "type"));
        const auto& data = at_or_null(event, "data");
        if (described) add(described->fields, data, out);
        else if (data.is_object())
            for (const auto& [key, value] : data.items()) out.emplace_back(key, cell{raw(value)});
        return out;
    }

    void add(const std::vector<described_field>& fields, const json& data, facts& out) {
        for (const auto& f : fields) {
            const auto& value = at_or_null(data, f.name.c_str());
            // What the head of the dossier says is not said again, nor by which version of its flow it goes.
            if (value.is_null() || f.name == "flow" || at_or_null(dossier_, f.name.c_str()) == value) continue;
            if (f.is == shape::group) add(f.fields, value, out);
            else if (f.is == shape::extras) add_fact(f, added_to_form(about_, data), out);
            else add_fact(f, said_of(by_, f, value), out);
        }
    }

    void add_fact(const described_field& f, const std::string& said, facts& out) const {
        if (!said.empty()) out.emplace_back(f.label.in(by_.lang), cell{said});
    }

    context& about_;
    reader by_;
    const described_kind& kind_;
    const json& dossier_;
};

}  // namespace

std::vector<shown_column> described_columns(context& about, const described_kind& kind) {
    std::vector<shown_column> out;
    const auto by = reader_of(about);
    for (const auto& f : kind.fields) {
        // What only some have is in their dossiers.
        if (!f.required || is_everywhere(f.name)) continue;
        const bool counts = f.is == shape::number || f.is == shape::percent;
        out.push_back({kept({f.label.zh, in_capitals(f.label.en)}), f.name.c_str(),
                       [by, &f](const json& r) {
                           const auto& value = at_or_null(r, f.name.c_str());
                           const auto option = std::find_if(f.options.begin(), f.options.end(), [&](const auto& o) { return value == o.name; });
                           return cell{said_of(by, f, value), option == f.options.end() ? paint::plain : option->as};
                       },
                       counts, f.is != shape::choice && f.is != shape::day && !counts});
    }
    return out;
}

std::vector<shown_fact> described_facts(context& about, const described_kind& kind, const json& dossier) {
    std::vector<shown_fact> out;
    const auto by = reader_of(about);
    for (const auto& f : kind.fields)
        if (!is_everywhere(f.name)) out.push_back({kept({f.label.zh, within_a_line(f.label.en)}), {said_of(by, f, at_or_null(dossier, f.name.c_str()))}});
    return out;
}

std::string described_forms(context& about, const described_kind& kind, const json& dossier) { return dossier_reader(about, kind, dossier).read(); }

void add_described_nouns(tree& t, nouns& n) {
    for (const auto& kind : schema::built_in().kinds())
        if (!is_by_hand(kind.name)) n[kind.name] = t.noun(kind.name, about_noun(kind), examples_of_noun(kind, t.lang()));
}

void add_described_views(tree& t, const nouns& n) {
    for (const auto& kind : schema::built_in().kinds()) {
        if (is_by_hand(kind.name)) continue;
        entity_kind shown{kind.name.c_str(), kind.path.c_str() + (kind.path.size() - kind.list_feed().size()), kind.field("name") ? "name" : "title", {}};
        for (const auto& s : kind.statuses) shown.statuses.push_back(s.name);
        shown.described = &kind;
        add_list(t, n.at(kind.name), shown, kept({kind.plural.zh + "列表", "the " + within_a_line(kind.plural.en)}));
        add_show(t, n.at(kind.name), shown, kept({"一份" + kind.label.zh + "：表单、用时、等待谁、可做什么", "one " + within_a_line(kind.label.en) + ": forms, time in step, on whom it waits, what may be done"}));
        add_described_template(t, n.at(kind.name), kind);
    }
}

}  // namespace cli
