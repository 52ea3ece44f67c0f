#include "events/codec/json_read.hpp"

namespace events::codec {
namespace {

/// `digits` decimal digits at `at`, or -1.
int number_at(const char* at, int digits) {
    int n = 0;
    for (int i = 0; i < digits; ++i) {
        if (at[i] < '0' || at[i] > '9') return -1;
        n = n * 10 + (at[i] - '0');
    }
    return n;
}

}  // namespace

fault fault::in(std::string_view key) && {
    std::string escaped = "/";
    for (const char c : key) {
        if (c == '~') escaped += "~0";
        else if (c == '/') escaped += "~1";
        else escaped += c;
    }
    pointer.insert(0, escaped);
    return std::move(*this);
}

bool parse_date(std::string_view text, date& out) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const int y = number_at(text.data(), 4);
    const int m = number_at(text.data() + 5, 2);
    const int d = number_at(text.data() + 8, 2);
    if (y < 0 || m < 0 || d < 0) return false;
    out = std::chrono::year(y) / m / d;
    return out.ok();
}

bool parse_instant(std::string_view text, instant& out) {
    if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z') return false;
    date day;
    if (!parse_date(text.substr(0, 10), day)) return false;
    const int h = number_at(text.data() + 11, 2);
    const int m = number_at(text.data() + 14, 2);
    const int s = number_at(text.data() + 17, 2);
    if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59) return false;
    int micros = 0;
    if (text.size() > 20) {
        const auto digits = text.substr(20, text.size() - 21);
        if (text[19] != '.' || digits.empty() || digits.size() > 6) return false;
        micros = number_at(digits.data(), static_cast<int>(digits.size()));
        if (micros < 0) return false;
        for (auto i = digits.size(); i < 6; ++i) micros *= 10;
    }
    out = std::chrono::sys_days(day) + std::chrono::hours(h) + std::chrono::minutes(m) + std::chrono::seconds(s) +
          std::chrono::microseconds(micros);
    return true;
}

fault read_string(element e, std::string& out) {
    std::string_view text;
    if (e.get(text) != simdjson::SUCCESS) return {fault_kind::wrong_type, "", "string"};
    out.assign(text);
    return {};
}

fault read_unsigned(element e, std::uint64_t& out, std::uint64_t at_most) {
    if (e.get(out) != simdjson::SUCCESS) {
        const bool number = e.is_int64() || e.is_double();
        return {number ? fault_kind::out_of_range : fault_kind::wrong_type, "", number ? "0 – " + std::to_string(at_most) : "number"};
    }
    if (out > at_most) return {fault_kind::out_of_range, "", "0 – " + std::to_string(at_most)};
    return {};
}

fault read_personal(element e, personal& out) {
    simdjson::dom::object object;
    if (e.get(object) != simdjson::SUCCESS) return {fault_kind::wrong_type, "", "object"};
    bool of = false;
    bool text = false;
    for (const auto field : object) {
        fault wrong;
        if (field.key == "of") {
            of = true;
            wrong = read_unsigned(field.value, out.of.value, std::numeric_limits<std::int64_t>::max());
        } else if (field.key == "sealed") {
            text = true;
            wrong = read_string(field.value, out.text);
        } else {
            wrong = fault{fault_kind::unknown, "", ""};
        }
        if (wrong) return std::move(wrong).in(field.key);
    }
    if (!of || !text) return {fault_kind::missing, "", "of, sealed"};
    out.is = personal::form::sealed;
    return {};
}

fault read_words(element e, words& out) {
    if (e.is_object()) return read_personal(e, out);
    out = words();
    return read_string(e, out.text);
}

}  // namespace events::codec
