#include "clients/cli/schema/said.hpp"

#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"

#include <fmt/format.h>

#include <optional>

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

/// A label before each field; of what is one of a list, not before what it is.
std::string group(const reader& by, const described_field& f, const json& value, bool first_says_what) {
    std::string out;
    for (const auto& inner : f.fields) {
        const auto text = said_of(by, inner, at_or_null(value, inner.name.c_str()));
        if (text.empty()) continue;
        const bool bare = first_says_what && out.empty();
        add(out, " · ", bare ? text : inner.label.in(by.lang) + (by.lang == language::zh ? "：" : ": ") + text);
    }
    return out;
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
            case shape::list:
                if (const auto line = one.is_object() ? group(by, f, one, true) : raw(one); !line.empty()) add(out, "\n", "· " + line);
                break;
            case shape::files: add(out, between(by.lang), one.is_object() ? personal_text(at_or_null(one, "name"), by.lang) : raw(one)); break;
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
        out += said;
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
        case shape::number: return f.unit.empty() ? raw(value) : raw(value) + " " + f.unit.in(by.lang);
        case shape::percent: return raw(value) + " %";
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
