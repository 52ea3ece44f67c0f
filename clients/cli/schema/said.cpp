#include "clients/cli/schema/said.hpp"

#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace cli {
namespace {

void add(std::string& to, std::string_view between, const std::string& more) {
    if (!more.empty()) to += (to.empty() ? std::string() : std::string(between)) + more;
}

std::string between(language l) { return l == language::zh ? "、" : ", "; }

std::string person(const reader& by, const json& value) {
    const auto id = value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
    return id ? by.name_of(id) : std::string();
}

/// Whether what it holds says what it is, without labels: points with a reason, an amount with its currency.
bool is_short(const described_field& f) {
    std::set<shape> all;
    for (const auto& inner : f.fields) all.insert(inner.is);
    return f.fields.size() <= 3 && all.size() == f.fields.size();
}

/// A label before each field; of what is one of a list, not before what it is. A choice stands within the line.
std::string group(const reader& by, const described_field& f, const json& value, bool in_a_list) {
    std::string out;
    const bool has_a_name = std::any_of(f.fields.begin(), f.fields.end(), [](const auto& inner) { return inner.is == shape::bilingual; });
    const bool labels = in_a_list || !is_short(f);
    bool amount_before = false;
    for (const auto& inner : f.fields) {
        // What has a name is not known by its code.
        if (in_a_list && has_a_name && inner.is == shape::code) continue;
        auto text = said_of(by, inner, at_or_null(value, inner.name.c_str()));
        if (text.empty()) continue;
        if (inner.is == shape::choice) text = within_a_line(text);
        const bool bare = !labels || (in_a_list && out.empty());
        add(out, amount_before && inner.is == shape::code ? " " : " · ", bare ? text : inner.label.in(by.lang) + (by.lang == language::zh ? "：" : ": ") + text);
        amount_before = inner.is == shape::money;
    }
    return out;
}

std::string file(const reader& by, const json& one) {
    const auto bytes = number_at(one, "bytes").value_or(0);
    return fmt::format("{} · {} · {}", personal_text(at_or_null(one, "name"), by.lang), bytes < 1024 ? fmt::format("{} B", bytes) : fmt::format("{} KiB", (bytes + 512) / 1024),
                       text_at(one, "sha256").substr(0, 12));
}

/// "4 of 5": of few steps, how many there are.
std::string number(const reader& by, const described_field& f, const json& value) {
    constexpr std::uint64_t few = 10;
    if (f.unit.empty()) return raw(value);
    if (by.lang == language::en && f.least > 0 && f.most > f.least && f.most <= few) return fmt::format("{} of {}", raw(value), f.most);
    return raw(value) + " " + f.unit.in(by.lang);
}

std::string each_of(const reader& by, const described_field& f, const json& value) {
    std::string out;
    for (const auto& one : value) {
        const auto id = one.is_number_unsigned() ? one.get<std::uint64_t>() : 0;
        switch (f.is) {
            case shape::people: add(out, between(by.lang), person(by, one)); break;
            case shape::references: add(out, between(by.lang), f.of.empty() ? raw(one) : fmt::format("{}/{}", f.of, id)); break;
            case shape::choices: add(out, between(by.lang), f.option(by.lang, raw(one))); break;
            case shape::lines:
            case shape::remarks:
            case shape::list:
                if (const auto line = one.is_object() ? group(by, f, one, true) : raw(one); !line.empty()) add(out, "\n", "· " + line);
                break;
            case shape::files: add(out, "\n", one.is_object() ? "· " + file(by, one) : raw(one)); break;
            default: add(out, between(by.lang), raw(one));
        }
    }
    return out;
}

/// Of `text` what stands at {names}; nothing where one of them says nothing.
std::optional<std::string> filled_in(const reader& by, const described_event& e, const json& data, const std::string& text) {
    std::string out;
    for (std::size_t from = 0; from < text.size();) {
        const auto open = text.find('{', from);
        const auto close = open == text.npos ? text.npos : text.find('}', open);
        if (close == text.npos) return out + text.substr(from);
        out += text.substr(from, open - from);
        const auto name = text.substr(open + 1, close - open - 1);
        const auto* f = field_of(e.fields, name);
        const auto said = f ? said_of(by, *f, at_or_null(data, name.c_str())) : std::string();
        if (said.empty()) return std::nullopt;
        out += f->is == shape::choice ? within_a_line(said) : said;
        from = close + 1;
    }
    return out;
}

bool is_words(const described_field& f) { return f.is == shape::line || f.is == shape::prose; }

}  // namespace

std::string said_of(const reader& by, const described_field& f, const json& value) {
    if (value.is_null()) return {};
    if (value.is_array()) return each_of(by, f, value);
    switch (f.is) {
        case shape::person: return person(by, value);
        case shape::choice: return value.is_string() ? f.option(by.lang, raw(value)) : raw(value);
        case shape::number: return number(by, f, value);
        case shape::percent: return raw(value) + " %";
        case shape::hundredths: return (value.is_number_unsigned() ? two_places(value.get<std::uint64_t>()) : raw(value)) + (f.unit.empty() ? "" : " " + f.unit.in(by.lang));
        case shape::money: return value.is_number_unsigned() ? amount(value.get<std::uint64_t>()) : raw(value);
        case shape::event: return value == 0 ? std::string() : "#" + raw(value);
        case shape::bilingual: return text_at(value, by.lang == language::zh ? "zh" : "en");
        case shape::reference: return value == 0 ? std::string() : f.of.empty() ? raw(value) : fmt::format("{}/{}", f.of, raw(value));
        case shape::yes_no:
            if (!value.is_boolean()) return raw(value);
            return by.lang == language::zh ? (value == true ? "是" : "否") : (value == true ? "yes" : "no");
        case shape::group: return group(by, f, value, false);
        case shape::extras: return {};
        default: break;
    }
    return value.is_object() ? personal_text(value, by.lang) : raw(value);
}

std::string deed_of(const reader& by, const described_event& e, const json& data) {
    if (const auto whole = e.detail.empty() ? std::nullopt : filled_in(by, e, data, e.detail.in(by.lang))) return *whole;
    return e.label.in(by.lang);
}

std::string own_words_of(const reader& by, const described_event& e, const json& data) {
    std::string out;
    for (const auto& f : e.fields) {
        const auto& value = at_or_null(data, f.name.c_str());
        if (is_words(f) && e.detail.in(by.lang).find("{" + f.name + "}") == std::string::npos) add(out, " · ", said_of(by, f, value));
        // Of a form what it is called, or what it says first.
        if (f.is != shape::group) continue;
        for (const auto& inner : f.fields) {
            if (!is_words(inner)) continue;
            add(out, " · ", said_of(by, inner, at_or_null(value, inner.name.c_str())));
            break;
        }
    }
    return out;
}

}  // namespace cli
