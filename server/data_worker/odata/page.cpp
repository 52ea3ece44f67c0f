#include "server/data_worker/odata/page.hpp"

#include "server/data_worker/odata/condition.hpp"
#include "server/data_worker/odata/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace data_worker::odata {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

[[noreturn]] void no_mark() { wrong("$skiptoken", "$skiptoken 不是本服务给出的：请从第一页重新开始", "this $skiptoken was not given out here: begin again with the first page"); }

}  // namespace

void add_text(std::string& to, std::string_view text) {
    const auto is_plain = [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '"' && c != '\\'; };
    to += '"';
    while (!text.empty()) {
        const auto plain = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
        to.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        const char c = text.front();
        if (c == '"' || c == '\\') to += '\\', to += c;
        else fmt::format_to(std::back_inserter(to), "\\u{:04x}", static_cast<unsigned>(c));
        text.remove_prefix(1);
    }
    to += '"';
}

std::string encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') out += c;
        else fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

bool is_number_text(std::string_view t) {
    if (t.starts_with('-')) t.remove_prefix(1);
    const auto whole = t.substr(0, t.find('.'));
    const auto after = t.substr(std::min(whole.size() + 1, t.size()));
    return !whole.empty() && (whole.size() == 1 || whole[0] != '0') && std::all_of(whole.begin(), whole.end(), is_digit) && (whole.size() == t.size() || !after.empty()) && std::all_of(after.begin(), after.end(), is_digit);
}

std::vector<std::string> writing::expressions() const {
    std::vector<std::string> made;
    for (const auto* p : properties) {
        made.push_back(p->is == kind::moment ? as_given(p->sql) : p->sql);
        if (!p->as_shown.empty()) made.push_back(p->as_shown);
    }
    return made;
}

void writing::row(std::string& to, const text_row& fields) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < properties.size(); ++i) {
        const auto& p = *properties[i];
        if (i > 0) to += ',';
        add_text(to, p.name);
        to += ':';
        const auto& exact = fields[at++];
        const field_text* value = &exact;
        if (!p.as_shown.empty())
            if (const auto& shown = fields[at++]; exact && shown && is_number_text(*shown)) value = &shown;
        if (!*value) {
            to += "null";
        } else if (p.is == kind::decimal || p.is == kind::whole) {
            if (numbers_as_text) to += '"';
            to += **value;
            if (numbers_as_text) to += '"';
        } else if (p.is == kind::moment) {
            auto moment = **value;
            std::replace(moment.begin(), moment.end(), ' ', 'T');
            add_text(to, moment + "Z");
        } else {
            add_text(to, **value);
        }
    }
}

std::string mark_of(const std::vector<field_text>& values) {
    std::string text = "[";
    for (const auto& v : values) {
        if (text.size() > 1) text += ',';
        if (v) add_text(text, *v);
        else text += "null";
    }
    text += ']';
    std::string out;
    unsigned held = 0, bits = 0;
    for (const char c : text) {
        held = (held << 8 | static_cast<unsigned char>(c)) & 0xFFFF;
        for (bits += 8; bits >= 6; bits -= 6) out += letters[held >> (bits - 6) & 63];
    }
    if (bits > 0) out += letters[held << (6 - bits) & 63];
    return out;
}

std::vector<field_text> values_in(const std::string& mark) {
    std::string text;
    unsigned held = 0, bits = 0;
    for (const char c : mark) {
        const auto n = letters.find(c);
        if (n == letters.npos) no_mark();
        held = (held << 6 | static_cast<unsigned>(n)) & 0xFFFF;
        bits += 6;
        if (bits >= 8) text += static_cast<char>(held >> (bits -= 8) & 0xFF);
    }
    const auto read = json::parse(text, nullptr, false);
    if (!read.is_array() || read.empty()) no_mark();
    std::vector<field_text> made;
    for (const auto& v : read) {
        if (!v.is_string() && !v.is_null()) no_mark();
        made.push_back(v.is_null() ? field_text() : field_text(v.get<std::string>()));
    }
    return made;
}

}  // namespace data_worker::odata
