#include "clients/cli/commands/form_views.hpp"

#include "clients/cli/bulk/plan.hpp"
#include "clients/cli/commands/entity_views.hpp"
#include "clients/cli/commands/form_words.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/when.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cli {
namespace {

using facts = std::vector<std::pair<std::string, cell>>;

void add_line(std::string& to, const std::string& line) {
    if (!line.empty()) to += (to.empty() ? "" : "\n") + line;
}

std::string join(const std::string& one, std::string_view between, const std::string& other) {
    if (one.empty() || other.empty()) return one + other;
    return one + std::string(between) + other;
}

std::string two_places(std::uint64_t hundredths) { return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100); }

class form_reader {
public:
    form_reader(context& about, const json& dossier) : about_(about), l_(about.with.language), dossier_(dossier) {}

    std::string read() {
        std::vector<std::string> codes;
        const auto& forms = at_or_null(dossier_, "forms");
        if (!forms.is_object()) return {};
        for (const auto& [code, said] : forms.items()) codes.push_back(code);
        std::stable_sort(codes.begin(), codes.end(), [](const auto& a, const auto& b) { return rank_of_section(a) < rank_of_section(b); });
        std::string out;
        for (const auto& code : codes) out += section(code, forms[code]);
        return out;
    }

    std::string added(const json& form) {
        facts lines;
        add_extras(at_or_null(form, "extras"), lines);
        std::string out;
        for (const auto& [label, value] : lines) add_line(out, label + colon() + value.text);
        return out;
    }

private:
    std::string colon() const { return about_.say({"：", ": "}); }

    std::string label_of(std::string_view parent, const std::string& key) const {
        const auto* f = field_of_form(parent, key);
        return f ? std::string(f->label.in(l_)) : key;
    }

    // --- What one field says.

    std::string code(const json& value) const {
        const auto text = raw(value);
        const auto known = code_of(l_, text);
        return known == text ? label(l_, text) : std::string(known);
    }

    std::string person(const json& value) {
        const auto id = value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
        return id ? about_.names().name_of(id) : std::string();
    }

    static std::string money(const json& value) {
        const auto cents = number_at(value, "cents");
        if (!cents) return {};
        return join(amount(*cents) + " " + text_at(value, "currency"), " · ", text_at(value, "use"));
    }

    std::string check(const json& value) const { return flag_at(value, "checked") ? text_at(value, "findings") : about_.say({"未检查", "not checked"}); }

    std::string rating(const json& value) const {
        const auto points = number_at(value, "points").value_or(0);
        return join(about_.say({fmt::format("{} 分", points), fmt::format("{} of 5", points)}), " · ", text_at(value, "why"));
    }

    std::string objective(const json& value) const {
        const auto n = value.is_number_unsigned() ? value.get<std::size_t>() : 0;
        const auto& charter = at_or_null(at_or_null(at_or_null(at_or_null(dossier_, "forms"), "F2"), "data"), "charter");
        const auto& all = list_at(charter, "objectives");
        return join(fmt::format("{}.", n), " ", n > 0 && n <= all.size() ? raw(all[n - 1]) : std::string());
    }

    std::string indicator(const std::string& code) const {
        for (const auto& one : list_at(dossier_, "indicators"))
            if (text_at(one, "code") == code) return bilingual(at_or_null(one, "name"));
        return code;
    }

    std::string bilingual(const json& name) const { return name.is_object() ? text_at(name, l_ == language::zh ? "zh" : "en") : raw(name); }

    std::string sources(const json& value) const {
        std::string out;
        for (const auto& one : value) out = join(out, about_.say({"、", ", "}), bulk::evidence_in_words(l_, raw(one)));
        return out;
    }

    std::string said(std::string_view parent, const std::string& key, const json& value) {
        if (value.is_null()) return {};
        const auto* f = field_of_form(parent, key);
        switch (f ? f->is : holds::words) {
            case holds::nothing:
            case holds::form: return {};
            case holds::person: return person(value);
            case holds::people: return people_of(about_, value.is_array() ? value : json::array());
            case holds::code: return code(value);
            case holds::percent: return raw(value) + " %";
            case holds::money: return money(value);
            case holds::check: return check(value);
            case holds::rating: return rating(value);
            case holds::yes_no: return value == true ? about_.say({"是", "yes"}) : about_.say({"否", "no"});
            case holds::agreement: return value == true ? about_.say({"同意", "agrees"}) : about_.say({"不同意", "objects"});
            case holds::objective: return objective(value);
            case holds::indicator: return indicator(raw(value));
            case holds::sources: return sources(value);
            case holds::reference: return value == 0 ? std::string() : fmt::format("{}/{}", key, raw(value));
            case holds::hundredths: return value.is_number_unsigned() ? two_places(value.get<std::uint64_t>()) : std::string();
            case holds::words: break;
        }
        if (value.is_array()) return rows(key, value);
        if (!value.is_object()) return raw(value);
        if (const auto text = personal_text(value, l_); !text.empty()) return text;
        if (value.contains("zh") && value.contains("en")) return bilingual(value);
        return one_line(key, value, false);
    }

    /// A line for each; of things that have fields, what they are comes first.
    std::string rows(const std::string& key, const json& all) {
        std::string out;
        for (const auto& one : all) {
            const auto line = key == "attachments" ? file(one) : one.is_object() ? one_line(key, one, true) : raw(one);
            if (!line.empty()) add_line(out, "· " + line);
        }
        return out;
    }

    std::string file(const json& one) const {
        const auto bytes = number_at(one, "bytes").value_or(0);
        const auto& name = at_or_null(one, "name");
        return fmt::format("{} · {} · {}", name.is_string() ? raw(name) : personal_text(name, l_),
                           bytes < 1024 ? fmt::format("{} B", bytes) : fmt::format("{} KiB", (bytes + 512) / 1024), text_at(one, "sha256").substr(0, 12));
    }

    std::string one_line(std::string_view parent, const json& thing, bool first_says_what) {
        std::string out;
        for (const auto& [key, value] : thing.items()) {
            const auto text = said(parent, key, value);
            if (text.empty()) continue;
            const bool what = first_says_what && out.empty();
            out = join(out, " · ", what ? text : label_of(parent, key) + colon() + text);
        }
        return out;
    }

    // --- A form.

    /// F6 and F7: by indicator.
    void add_lines(const json& lines, facts& out) {
        for (const auto& line : lines) {
            const auto& score = at_or_null(line, "score");
            const auto& words = line.contains("text") ? at_or_null(line, "text") : at_or_null(line, "comment");
            auto text = join(score.is_null() ? about_.say({"缺", "missing"}) : raw(score), " · ", words.is_string() ? raw(words) : personal_text(words, l_));
            for (const auto& e : list_at(line, "evidence"))
                add_line(text, fmt::format("#{}{}{}", number_at(e, "at").value_or(0), colon(), said("evidence", "note", at_or_null(e, "note"))));
            out.emplace_back(indicator(text_at(line, "indicator")), cell{text});
        }
    }

    /// "92.65 = Department performance 91.00 × 40.00 % + …"
    std::string mean(const json& of) {
        const auto score = number_at(of, "score");
        if (!score) return {};
        std::string parts;
        for (const auto& p : list_at(of, "parts"))
            if (const auto s = number_at(p, "score")) {
                const auto name = text_at(p, "code");
                const auto known = code_of(l_, name);
                parts = join(parts, " + ", fmt::format("{} {} × {} %", known == name ? indicator(name) : std::string(known), two_places(*s), two_places(number_at(p, "used").value_or(0))));
            }
        return join(two_places(*score), " = ", parts);
    }

    void add_result(const json& of, facts& out) {
        out.emplace_back(label_of("result", "score"), cell{join(said("result", "score", at_or_null(of, "score")), " ", text_at(of, "grade")), paint::bold});
        for (const char* part : {"self", "superior", "evaluation", "quarters", "year"})
            if (const auto text = mean(at_or_null(of, part)); !text.empty()) out.emplace_back(std::string(code_of(l_, part)), cell{text});
    }

    void add_extras(const json& extras, facts& out) {
        for (const auto& f : list_at(extras, "fields")) {
            const auto& text = at_or_null(f, "text");
            out.emplace_back(name_of_added(text_at(f, "name")), cell{text.is_string() ? raw(text) : personal_text(text, l_)});
        }
        if (const auto& files = list_at(extras, "attachments"); !files.empty()) out.emplace_back(label_of("extras", "attachments"), cell{rows("attachments", files)});
    }

    /// By whichever form has it now; its name where none has.
    std::string name_of_added(const std::string& name) {
        for (const auto& form : about_.forms())
            for (const auto& f : list_at(form, "fields"))
                if (text_at(f, "name") == name) return bilingual(at_or_null(f, "label"));
        return name;
    }

    void add_fields(const std::string& section, const json& data, facts& out) {
        for (const auto& [key, value] : data.items()) {
            const auto* f = field_of_form(section, key);
            if (f && f->is == holds::form && value.is_object()) add_fields_of(section, value, out);
            else add_field(section, key, value, out);
        }
    }

    void add_fields_of(const std::string& section, const json& form, facts& out) {
        for (const auto& [key, value] : form.items()) add_field(section, key, value, out);
    }

    void add_field(const std::string& section, const std::string& key, const json& value, facts& out) {
        if (key == "lines") return add_lines(value, out);
        if (key == "extras") return add_extras(value, out);
        if (key == "result" && value.is_object() && value.contains("evaluation")) return add_result(value, out);
        if (const auto text = said(section, key, value); !text.empty()) out.emplace_back(label_of(section, key), cell{text});
    }

    // --- A section.

    std::string who_and_when(const json& event) { return cli::who_and_when(about_, event); }

    std::string heading(const std::string& code, const std::string& rest) {
        const auto* s = section_of_forms(code);
        return section_heading(about_, s ? std::string(s->title.in(l_)) : code, rest);
    }

    std::string section(const std::string& code, const json& said_of_it) {
        if (!said_of_it.is_array()) {
            facts lines;
            add_fields(code, at_or_null(said_of_it, "data"), lines);
            return heading(code, join(who_and_when(said_of_it), " · ", verdict(code, said_of_it))) + indented(render_facts(lines, about_.with.color), 2);
        }
        if (said_of_it.empty()) return {};
        auto out = heading(code, {});
        const auto* known = section_of_forms(code);
        for (const auto* event : code == "F1a" ? newest_of_each(said_of_it) : every(said_of_it)) {
            const auto& data = at_or_null(*event, "data");
            if (known && known->in_lines) {
                out += "  " + on_one_line(join(who_and_when(*event), " · ", one_line(code, data, false))) + "\n";
                continue;
            }
            facts lines;
            add_fields(code, data, lines);
            out += "  " + painted(on_one_line(who_and_when(*event)), paint::bold, about_.with.color) + "\n" + indented(render_facts(lines, about_.with.color), 4);
        }
        return out;
    }

    /// Which one it was.
    std::string verdict(const std::string& code, const json& event) const {
        return code.ends_with("verdict") || code == "F17" ? deed(l_, text_at(event, "type")) : std::string();
    }

    static std::vector<const json*> every(const json& events) {
        std::vector<const json*> out;
        for (const auto& e : events) out.push_back(&e);
        return out;
    }

    /// Of the same person what was said last takes the place of what was said before.
    static std::vector<const json*> newest_of_each(const json& events) {
        std::vector<const json*> out;
        for (const auto& e : events) {
            const auto who = number_at(at_or_null(e, "data"), "assessor");
            const auto before = std::find_if(out.begin(), out.end(), [&](const auto* o) { return number_at(at_or_null(*o, "data"), "assessor") == who; });
            if (before == out.end()) out.push_back(&e);
            else *before = &e;
        }
        return out;
    }

    context& about_;
    language l_;
    const json& dossier_;
};

}  // namespace

std::string forms_of(context& about, const json& dossier) { return form_reader(about, dossier).read(); }

std::string added_to_form(context& about, const json& form) { return form_reader(about, {}).added(form); }

std::string section_heading(const context& about, const std::string& title, const std::string& rest) {
    return "\n" + painted(on_one_line(title), paint::bold, about.with.color) +
           (rest.empty() ? "" : painted(on_one_line(" · " + rest), paint::dim, about.with.color)) + "\n";
}

std::string indented(const std::string& lines, int by) {
    std::string out;
    for (std::size_t from = 0; from < lines.size();) {
        const auto end = std::min(lines.find('\n', from), lines.size());
        out += std::string(static_cast<std::size_t>(by), ' ') + lines.substr(from, end - from) + "\n";
        from = end + 1;
    }
    return out;
}

std::string who_and_when(context& about, const json& event) { return doer_of(about, event) + " · " + shown_time(text_at(event, "time")); }

}  // namespace cli
