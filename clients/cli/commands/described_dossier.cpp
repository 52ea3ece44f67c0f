// Lists and dossiers of what the schema describes: columns, facts, and its sections, each event with what it says.

#include "clients/cli/commands/described.hpp"
#include "clients/cli/commands/form_views.hpp"
#include "clients/cli/commands/special/special.hpp"
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

/// Those who have done something, and who all are to do it.
struct awaited {
    const char* done;
    const char* of;
    text yet;
};
constexpr awaited from_many[] = {{"acknowledged", "concerned", {"未确认", "yet to acknowledge"}},
                                 {"acknowledged", "recipients", {"未确认", "yet to acknowledge"}},
                                 {"assessed", "assessors", {"未发表意见", "yet to give an opinion"}}};

const awaited* awaited_of(const described_kind& kind, const std::string& done) {
    const auto found = std::find_if(std::begin(from_many), std::end(from_many), [&](const auto& one) { return done == one.done && kind.field(one.of); });
    return found == std::end(from_many) ? nullptr : found;
}

/// What is worth a column: of whom, until when, how it stands.
bool is_for_a_list(const described_field& f) {
    switch (f.is) {
        case shape::choice:
        case shape::person:
        case shape::day:
        case shape::percent:
        case shape::hundredths:
        case shape::role: return f.required;  // what only some have is in their dossiers
        default: return false;
    }
}

class dossier_reader {
public:
    dossier_reader(context& about, const described_kind& kind, const json& dossier)
        : about_(about), by_(reader_of(about)), kind_(kind), special_(special_of(kind.name)), dossier_(dossier) {}

    std::string read() {
        std::string out;
        const auto& forms = at_or_null(dossier_, "forms");
        for (const auto& section : kind_.sections)
            if (const auto& said = at_or_null(forms, section.name.c_str()); !said.is_null())
                out += shown(section.label.in(by_.lang), section.name == special_.newest_of_each ? newest_of_each(said) : said);
        // A newer server may have more of them.
        if (forms.is_object())
            for (const auto& [name, said] : forms.items())
                if (std::none_of(kind_.sections.begin(), kind_.sections.end(), [&](const auto& s) { return s.name == name; })) out += shown(name, said);
        return out;
    }

private:
    static json newest_of_each(const json& events) {
        auto out = json::array();
        for (const auto& e : events) {
            const auto before = std::find_if(out.begin(), out.end(), [&](const json& o) { return at_or_null(o, "actor") == at_or_null(e, "actor"); });
            if (before == out.end()) out.push_back(e);
            else *before = e;
        }
        return out;
    }

    bool is_hash_of_it(const json& value) const {
        return std::any_of(kind_.fields.begin(), kind_.fields.end(), [&](const auto& f) { return f.is == shape::hash && at_or_null(dossier_, f.name.c_str()) == value; });
    }

    std::string deed_in(const json& event) {
        const auto type = text_at(event, "type");
        const auto* described = schema::built_in().event(type);
        return described ? deed_of(by_, *described, at_or_null(event, "data")) : type;
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

    shown_facts facts_of(const json& event) {
        shown_facts out;
        const auto* described = schema::built_in().event(text_at(event, "type"));
        const auto& data = at_or_null(event, "data");
        if (!described) {
            if (data.is_object())
                for (const auto& [key, value] : data.items()) out.emplace_back(key, cell{raw(value)});
            return out;
        }
        const auto said = deed_in(event);
        for (const auto& f : described->fields) {
            const auto& value = at_or_null(data, f.name.c_str());
            // Who did it, and what the line above says, is not said again.
            if (f.is == shape::person && value == at_or_null(event, "actor")) continue;
            if (said != described->label.in(by_.lang) && described->detail.in(by_.lang).find("{" + f.name + "}") != std::string::npos) continue;
            add(f, value, data, true, out);
        }
        return out;
    }

    void add(const described_field& f, const json& value, const json& data, bool outermost, shown_facts& out) {
        // What the head of the dossier says is not said again, nor by which version of its flow it goes.
        if (value.is_null() || f.name == "flow" || at_or_null(dossier_, f.name.c_str()) == value || (f.is == shape::hash && is_hash_of_it(value))) return;
        if (special_.part && special_.part(about_, f, value, dossier_, out)) return;
        if (f.is == shape::extras) return add_fact(f, added_to_form(about_, data), out);
        // A form is laid out; a part of it is a line.
        if (f.is != shape::group || !outermost || !value.is_object() || !personal_text(value, by_.lang).empty()) return add_fact(f, said_in_full(f, value), out);
        for (const auto& inner : f.fields) add(inner, at_or_null(value, inner.name.c_str()), value, false, out);
    }

    std::string said_in_full(const described_field& f, const json& value) {
        if (f.is == shape::group)
            if (auto sealed = personal_text(value, by_.lang); !sealed.empty()) return sealed;
        return said_of(by_, f, value);
    }

    void add_fact(const described_field& f, const std::string& said, shown_facts& out) const {
        if (!said.empty()) out.emplace_back(f.label.in(by_.lang), cell{said});
    }

    context& about_;
    reader by_;
    const described_kind& kind_;
    const special_view& special_;
    const json& dossier_;
};

/// Of these whoever is not among those.
json without(const json& these, const json& those) {
    json out = json::array();
    for (const auto& one : these)
        if (std::find(those.begin(), those.end(), one) == those.end()) out.push_back(one);
    return out;
}

}  // namespace

std::vector<shown_column> described_columns(context& about, const described_kind& kind) {
    std::vector<shown_column> out;
    const auto by = reader_of(about);
    const auto head = [](const described_field& f) { return kept({f.label.zh, in_capitals(f.label.en)}); };
    for (const auto& f : kind.fields) {
        if (const auto* all = awaited_of(kind, f.name))
            out.push_back({head(f), f.name.c_str(),
                           [&f, all](const json& r) {
                               return cell{r.contains(f.name) ? fmt::format("{}/{}", list_at(r, f.name.c_str()).size(), list_at(r, all->of).size()) : std::string()};
                           },
                           true, false});
        if (is_everywhere(f.name) || !is_for_a_list(f)) continue;
        const bool counts = f.is == shape::percent || f.is == shape::hundredths;
        out.push_back({head(f), f.name.c_str(),
                       [by, &f](const json& r) {
                           const auto& value = at_or_null(r, f.name.c_str());
                           const auto option = std::find_if(f.options.begin(), f.options.end(), [&](const auto& o) { return value == o.name; });
                           return cell{said_of(by, f, value), option == f.options.end() ? paint::plain : option->as};
                       },
                       counts, f.is == shape::person});
    }
    if (const auto more = special_of(kind.name).columns)
        for (auto& one : more(about)) out.push_back(std::move(one));
    return out;
}

std::vector<shown_fact> described_facts(context& about, const described_kind& kind, const json& dossier) {
    std::vector<shown_fact> out;
    const auto by = reader_of(about);
    for (const auto& f : kind.fields) {
        const auto& value = at_or_null(dossier, f.name.c_str());
        if (is_everywhere(f.name) || value.is_null()) continue;
        // None of them.
        if (value == 0 && (f.is == shape::reference || f.is == shape::person)) continue;
        shown_facts special;
        if (special_of(kind.name).part && special_of(kind.name).part(about, f, value, dossier, special)) {
            for (auto& [label, said] : special) out.push_back({kept({label, within_a_line(label)}), said});
            continue;
        }
        const auto option = std::find_if(f.options.begin(), f.options.end(), [&](const auto& o) { return value == o.name; });
        out.push_back({kept({f.label.zh, within_a_line(f.label.en)}), {said_of(by, f, value), option == f.options.end() ? paint::plain : option->as}});
        if (const auto* all = awaited_of(kind, f.name); all && dossier.contains(all->of)) {
            static const described_field people{.name = "yet", .is = shape::people};
            out.push_back({all->yet, {said_of(by, people, without(list_at(dossier, all->of), value)), paint::yellow}});
        }
    }
    if (const auto more = special_of(kind.name).facts)
        for (auto& one : more(about, dossier)) out.push_back(std::move(one));
    return out;
}

std::string described_forms(context& about, const described_kind& kind, const json& dossier) { return dossier_reader(about, kind, dossier).read(); }

}  // namespace cli
