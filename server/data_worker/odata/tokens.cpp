#include "server/data_worker/odata/tokens.hpp"

#include "server/data_worker/cast.hpp"
#include "server/data_worker/days.hpp"
#include "server/data_worker/odata/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace data_worker::odata {
namespace {

// Together with the places of any column they fit into the 38 digits that the engine compares.
constexpr std::size_t whole_digits_max = 28, places_max = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Letters of any script: what is none of ASCII is taken as one, and names are then looked up.
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0; }

class reader {
public:
    reader(std::string_view text, const std::string& option) : text_(text), option_(option) {}

    std::vector<token> all() {
        if (text_.size() > text_bytes_max) wrong(option_, fmt::format("{} 超过 {} 字节：请缩短条件", option_, text_bytes_max), fmt::format("{} is longer than {} bytes: shorten the condition", option_, text_bytes_max));
        for (;;) {
            made_.push_back({});
            if (!next(made_.back())) return std::move(made_);
        }
    }

private:
    /// Which one the next byte is of.
    std::size_t character() {
        for (; counted_ < at_; ++counted_) characters_ += (text_[counted_] & 0xC0) != 0x80;
        return characters_ + 1;
    }
    std::string_view while_is(auto is) {
        const auto from = at_;
        while (at_ < text_.size() && is(text_[at_])) ++at_;
        return text_.substr(from, at_ - from);
    }

    bool next(token& t) {
        while_is([](char c) { return c == ' ' || c == '\t'; });
        t.at = character();
        if (at_ == text_.size()) return false;
        const char c = text_[at_];
        using enum token::what;
        for (const auto& [sign, is] : {std::pair('(', open), {')', close}, {',', comma}, {'=', equals}, {'/', slash}})
            if (c == sign) {
                t.is = is;
                ++at_;
                return true;
            }
        if (c == '\'') {
            t.is = value;
            t.value.text = quoted(t.at);
        } else if (is_digit(c) || c == '-') {
            const auto word = while_is([](char x) { return is_digit(x) || is_letter(x) || x == '-' || x == '.' || x == ':' || x == '+'; });
            t.is = value;
            const bool is_time = word.size() >= 10 && word[0] != '-' && word[4] == '-';
            t.value = is_time ? time_literal(word, option_, t.at) : number_literal(word, option_, t.at);
        } else if (is_letter(c)) {
            t.is = name;
            t.name = while_is([](char x) { return is_letter(x) || is_digit(x); });
        } else {
            wrong_at(option_, t.at, fmt::format("不应有 {}", shown(c)), fmt::format("{} is not expected", shown(c)));
        }
        return true;
    }

    static std::string shown(char c) { return c > ' ' && c < 0x7F ? std::string(1, c) : fmt::format("U+{:04X}", static_cast<unsigned char>(c)); }

    std::string quoted(std::size_t begins) {
        std::string out;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] != '\'') {
                out += text_[at_];
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '\'') {
                out += text_[at_++];
            } else {
                ++at_;
                return out;
            }
        }
        wrong_at(option_, begins, "文字没有结束的引号（文字中的 ' 写作 ''）", "the text has no closing quote (a ' in a text is written '')");
    }

    std::string_view text_;
    const std::string& option_;
    std::size_t at_ = 0, counted_ = 0, characters_ = 0;
    std::vector<token> made_;
};

}  // namespace

void wrong_at(const std::string& option, std::size_t at, const std::string& zh, const std::string& en) {
    wrong(option, fmt::format("{} 第 {} 个字符处：{}", option, at, zh), fmt::format("{}, at character {}: {}", option, at, en));
}

literal number_literal(std::string_view text, const std::string& option, std::size_t at) {
    const bool below = text.starts_with('-');
    auto t = text.substr(below ? 1 : 0);
    const auto point = t.find('.');
    auto whole = t.substr(0, point), after = point == t.npos ? std::string_view() : t.substr(point + 1);
    if (whole.empty() || (point != t.npos && after.empty()) || !std::all_of(whole.begin(), whole.end(), is_digit) || !std::all_of(after.begin(), after.end(), is_digit))
        wrong_at(option, at, "不是数：应如 -1234.5，日期如 2026-11-30，文字加引号", "this is no number: as in -1234.5; a day as in 2026-11-30, a text in quotes");
    while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
    while (!after.empty() && after.back() == '0') after.remove_suffix(1);
    if (whole.size() > whole_digits_max || after.size() > places_max)
        wrong_at(option, at, fmt::format("数最多有 {} 位整数、{} 位小数", whole_digits_max, places_max), fmt::format("a number has at most {} digits before the point and {} behind it", whole_digits_max, places_max));
    literal made{kind::decimal, false, (below ? "-" : "") + std::string(whole), static_cast<unsigned>(after.size())};
    if (!after.empty()) made.text += "." + std::string(after);
    return made;
}

literal time_literal(std::string_view text, const std::string& option, std::size_t at) {
    constexpr std::size_t day_size = 10, moment_max = 40;
    if (text.size() == day_size) {
        const auto day = cast_day(text);
        if (!day.value) wrong_at(option, at, "没有这一天：日期应如 2026-11-30", "there is no such day: a day is as in 2026-11-30");
        return {kind::day, false, day_text(*day.value), 0};
    }
    const auto rest = text.substr(std::min(text.size(), day_size));
    const bool zoned = rest.ends_with('Z') || rest.find_first_of("+-") != rest.npos;
    const auto moment = text.size() <= moment_max && rest.starts_with('T') && zoned ? cast_moment(text) : cast<std::int64_t>{};
    if (!moment.value)
        wrong_at(option, at, "不是时刻：应如 2026-11-30T08:30:00Z 或 2026-11-30T08:30:00+08:00（网址中 + 写作 %2B）", "this is no moment: as in 2026-11-30T08:30:00Z or 2026-11-30T08:30:00+08:00 (in an address + is %2B)");
    return {kind::moment, false, moment_text(*moment.value), 0};
}

std::vector<token> tokens_of(std::string_view text, const std::string& option) { return reader(text, option).all(); }

}  // namespace data_worker::odata
