#include "server/data_worker/cast.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace data_worker {
namespace {

constexpr std::size_t digits_max = 24;
constexpr std::size_t text_max = 128;

/// Wide characters (U+FF01–FF5E) as the ASCII that they stand for, and signs of money and minus by their own letters: '$' and '-'. What
/// is in `kept` stays. Empty where it is too long to be a number or a day.
std::string narrowed(std::string_view text) {
    std::string out;
    if (text.size() > text_max) return out;
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        const auto byte = [&](std::size_t n) { return static_cast<unsigned char>(rest[n]); };
        if (rest.size() >= 3 && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD)) {
            const unsigned code = (byte(1) == 0xBC ? 0xFF00u : 0xFF40u) + (byte(2) & 0x3F);
            if (code >= 0xFF01 && code <= 0xFF5E) {
                out += static_cast<char>(code - 0xFF01 + '!');
                at += 3;
                continue;
            }
        }
        static constexpr struct {
            std::string_view from;
            char to;
        } signs[] = {{"￥", '$'}, {"¥", '$'}, {"€", '$'}, {"£", '$'}, {"−", '-'}, {"\xC2\xA0", ' '}, {"\xE3\x80\x80", ' '}};
        const auto* found = std::find_if(std::begin(signs), std::end(signs), [&](const auto& s) { return rest.starts_with(s.from); });
        out += found == std::end(signs) ? rest[0] : found->to;
        at += found == std::end(signs) ? 1 : found->from.size();
    }
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <class T>
cast<T> wrong(std::string zh, std::string en) {
    return {std::nullopt, said{std::move(zh), std::move(en)}};
}

/// Digits with commas between thousands, or without any.
bool grouped_well(std::string_view whole) {
    const auto first = whole.find(',');
    if (first == whole.npos) return true;
    if (first == 0 || first > 3) return false;
    for (auto at = first; at < whole.size(); at += 4) {
        if (whole[at] != ',' || whole.size() - at < 4) return false;
        if (!std::all_of(whole.begin() + static_cast<std::ptrdiff_t>(at) + 1, whole.begin() + static_cast<std::ptrdiff_t>(at) + 4, is_digit)) return false;
    }
    return true;
}

std::string_view without_front(std::string_view t, std::string_view any) {
    while (!t.empty() && any.find(t.front()) != any.npos) t.remove_prefix(1);
    return t;
}

/// As programs write numbers, "-1234.50", which most are; nothing where it has to be looked at again.
std::optional<int128> plain_decimal(std::string_view t, unsigned places) {
    const bool below = t.starts_with('-');
    const auto digits = t.substr(below ? 1 : 0);
    constexpr std::size_t few = 16;
    if (digits.empty() || digits.size() > few || !is_digit(digits.front()) || !is_digit(digits.back())) return std::nullopt;
    std::int64_t units = 0;
    std::size_t after = 0;
    bool point = false;
    for (const char c : digits) {
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (!is_digit(c)) return std::nullopt;
        units = units * 10 + (c - '0');
        after += point;
    }
    if (after > places) return std::nullopt;
    int128 made = units;
    for (; after < places; ++after) made *= 10;
    return below ? -made : made;
}

/// What is taken off a number: brackets and signs before it.
struct signs {
    bool below = false;
    bool good = true;
};
signs take_signs(std::string_view& t) {
    signs s;
    if (t.size() > 2 && t.front() == '(' && t.back() == ')') {
        s.below = true;
        t = t.substr(1, t.size() - 2);
    }
    bool money = false, sign = s.below;
    for (;; t.remove_prefix(1)) {
        t = without_front(t, " ");
        if (t.empty()) break;
        if (t[0] == '$') s.good = s.good && !money, money = true;
        else if (t[0] == '-' || t[0] == '+') s.good = s.good && !sign, sign = true, s.below = s.below || t[0] == '-';
        else break;
    }
    return s;
}

constexpr std::int64_t a_second = 1'000'000, a_day = 86'400 * a_second;

std::optional<std::int32_t> day_of(unsigned y, unsigned m, unsigned d) {
    const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(y)), std::chrono::month(m), std::chrono::day(d)};
    if (!day.ok() || y < 1000 || y > 9999) return std::nullopt;
    return std::chrono::sys_days(day).time_since_epoch().count();
}

/// So many digits at the front, taken off.
std::optional<unsigned> take_number(std::string_view& t, std::size_t least, std::size_t most) {
    std::size_t n = 0;
    while (n < t.size() && n < most && is_digit(t[n])) ++n;
    if (n < least || (n < t.size() && is_digit(t[n]))) return std::nullopt;
    unsigned value = 0;
    std::from_chars(t.data(), t.data() + n, value);
    t.remove_prefix(n);
    return value;
}
bool take(std::string_view& t, std::string_view what) {
    if (!t.starts_with(what)) return false;
    t.remove_prefix(what.size());
    return true;
}

/// The day at the front, taken off.
std::optional<std::int32_t> take_day(std::string_view& t) {
    if (t.size() >= 8 && std::all_of(t.begin(), t.begin() + 8, is_digit)) {
        if (t.size() > 8 && is_digit(t[8])) return std::nullopt;
        const auto part = [&](std::size_t from, std::size_t size) {
            auto of = t.substr(from, size);
            return *take_number(of, size, size);
        };
        const auto day = day_of(part(0, 4), part(4, 2), part(6, 2));
        t.remove_prefix(8);
        return day;
    }
    const auto y = take_number(t, 4, 4);
    if (!y || t.empty()) return std::nullopt;
    const bool chinese = take(t, "年");
    const char between = chinese ? '\0' : t.front();
    if (!chinese && between != '-' && between != '/' && between != '.') return std::nullopt;
    if (!chinese) t.remove_prefix(1);
    const auto m = take_number(t, 1, 2);
    if (!m || !(chinese ? take(t, "月") : take(t, std::string_view(&between, 1)))) return std::nullopt;
    const auto d = take_number(t, 1, 2);
    if (!d || (chinese && !take(t, "日"))) return std::nullopt;
    return day_of(*y, *m, *d);
}

/// The time at the front, taken off: microseconds of the day.
std::optional<std::int64_t> take_time(std::string_view& t) {
    const auto h = take_number(t, 1, 2);
    if (!h || *h > 23 || !take(t, ":")) return std::nullopt;
    const auto m = take_number(t, 2, 2);
    if (!m || *m > 59) return std::nullopt;
    unsigned s = 0;
    std::int64_t fraction = 0;
    if (take(t, ":")) {
        const auto given = take_number(t, 2, 2);
        if (!given || *given > 59) return std::nullopt;
        s = *given;
        if (take(t, ".")) {
            std::int64_t unit = a_second;
            if (t.empty() || !is_digit(t[0])) return std::nullopt;
            for (; !t.empty() && is_digit(t[0]); t.remove_prefix(1)) fraction += (unit /= 10) * (t[0] - '0');
        }
    }
    return ((*h * 60 + *m) * 60 + s) * a_second + fraction;
}

/// How far the zone that is said at the front is from the department's, in microseconds; nothing said: it is the department's.
std::optional<std::int64_t> take_zone(std::string_view& t) {
    constexpr std::int64_t an_hour = 3600 * a_second, department = 8 * an_hour;
    t = without_front(t, " ");
    if (take(t, "Z") || take(t, "z")) return department;
    if (t.empty() || (t[0] != '+' && t[0] != '-')) return 0;
    const bool west = t[0] == '-';
    t.remove_prefix(1);
    const auto h = take_number(t, 2, t.size() == 4 ? 4 : 2);
    if (!h) return std::nullopt;
    const auto hours = *h > 99 ? *h / 100 : *h;
    unsigned minutes = *h > 99 ? *h % 100 : 0;
    if (take(t, ":")) {
        const auto m = take_number(t, 2, 2);
        if (!m) return std::nullopt;
        minutes = *m;
    }
    if (hours > 14 || minutes > 59) return std::nullopt;
    const auto offset = static_cast<std::int64_t>(hours * 60 + minutes) * 60 * a_second;
    return department - (west ? -offset : offset);
}

}  // namespace

std::string_view trimmed(std::string_view t) {
    // Most cells begin and end with what is seen.
    const auto seen = [](char c) { return c > ' ' && c < '\x7f'; };
    if (t.empty() || (seen(t.front()) && seen(t.back()))) return t;
    static constexpr std::string_view wide[] = {"\xE3\x80\x80", "\xC2\xA0"};
    for (bool again = true; again;) {
        again = false;
        while (!t.empty() && (t.front() == ' ' || (t.front() >= '\t' && t.front() <= '\r'))) t.remove_prefix(1);
        while (!t.empty() && (t.back() == ' ' || (t.back() >= '\t' && t.back() <= '\r'))) t.remove_suffix(1);
        for (const auto w : wide) {
            if (t.starts_with(w)) t.remove_prefix(w.size()), again = true;
            if (t.ends_with(w)) t.remove_suffix(w.size()), again = true;
        }
    }
    return t;
}

bool says_missing(std::string_view t) {
    if (t.empty() || t == "-" || t == "--" || t == "—" || t == "——" || t == "–") return true;
    if (t.size() > 4) return false;
    std::string upper(t);
    for (auto& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return upper == "N/A" || upper == "NULL";
}

cast<int128> cast_decimal(std::string_view given, unsigned places, bool percent) {
    const auto text = trimmed(given);
    if (const auto units = plain_decimal(text, places)) return {*units, std::nullopt};
    if (says_missing(text)) return {};
    const auto narrow = narrowed(text);
    std::string_view t = trimmed(narrow);
    const auto none = [] { return wrong<int128>("不是数字", "this is no number"); };
    const bool bracketed = t.size() > 2 && t.front() == '(' && t.back() == ')';
    auto s = take_signs(t);
    t = trimmed(t);
    if (take(t, "元")) return none();
    if (t.ends_with("元")) t = trimmed(t.substr(0, t.size() - std::string_view("元").size()));
    if (t.ends_with('%')) {
        if (!percent) return wrong<int128>("有百分号，而这一列不是百分比", "there is a per cent sign, and this column is no percentage");
        t = trimmed(t.substr(0, t.size() - 1));
    }
    if (t.ends_with(')') && !bracketed) return none();
    if (!s.good || t.empty()) return none();
    const auto point = t.find('.');
    const auto whole = t.substr(0, point);
    auto after = point == t.npos ? std::string_view() : t.substr(point + 1);
    if ((whole.empty() && after.empty()) || !std::all_of(after.begin(), after.end(), is_digit) || !std::all_of(whole.begin(), whole.end(), [](char c) { return is_digit(c) || c == ','; })) return none();
    if (!grouped_well(whole)) return wrong<int128>("逗号的位置不是千分位", "the commas do not part thousands");
    while (!after.empty() && after.back() == '0') after.remove_suffix(1);
    if (after.size() > places)
        return wrong<int128>(places == 0 ? "应为整数" : "小数多于 " + std::to_string(places) + " 位", places == 0 ? "a whole number is expected" : "more than " + std::to_string(places) + " places after the point");
    int128 units = 0;
    std::size_t digits = 0;
    for (const char c : whole) {
        if (c == ',' || (c == '0' && digits == 0)) continue;
        if (++digits > digits_max) return wrong<int128>("整数部分超过 24 位", "more than 24 digits before the point");
        units = units * 10 + (c - '0');
    }
    for (unsigned n = 0; n < places; ++n) units = units * 10 + (n < after.size() ? after[n] - '0' : 0);
    return {s.below ? -units : units, std::nullopt};
}

cast<std::int32_t> cast_day(std::string_view given) {
    const auto text = trimmed(given);
    constexpr std::size_t plain = 10;
    if (text.size() == plain && text[4] == '-') {
        auto t = text;
        if (const auto day = take_day(t); day && t.empty()) return {*day, std::nullopt};
    }
    if (says_missing(text)) return {};
    const auto narrow = narrowed(text);
    std::string_view t = narrow;
    const auto day = take_day(t);
    if (!day) return wrong<std::int32_t>("不是日期：应如 2026-11-30", "this is no day: as in 2026-11-30");
    if (t.empty()) return {*day, std::nullopt};
    if (!take(t, " ") && !take(t, "T")) return wrong<std::int32_t>("日期后有多余的文字", "there is more behind the day");
    const auto time = take_time(t = without_front(t, " "));
    if (!time || !t.empty()) return wrong<std::int32_t>("日期后有多余的文字", "there is more behind the day");
    if (*time != 0) return wrong<std::int32_t>("这一列只应有日期，这里还有时刻", "this column has days alone, and here is a time as well");
    return {*day, std::nullopt};
}

cast<std::int64_t> cast_moment(std::string_view given) {
    const auto text = trimmed(given);
    if (says_missing(text)) return {};
    const auto narrow = narrowed(text);
    std::string_view t = narrow;
    const auto none = [] { return wrong<std::int64_t>("不是时刻：应如 2026-11-30 08:30:00", "this is no moment: as in 2026-11-30 08:30:00"); };
    const auto day = take_day(t);
    if (!day) return none();
    std::int64_t at = *day * a_day;
    if (t.empty()) return {at, std::nullopt};
    if (!take(t, " ") && !take(t, "T") && !take(t, "t")) return none();
    t = without_front(t, " ");
    const auto time = take_time(t);
    if (!time) return none();
    const auto zone = take_zone(t);
    if (!zone || !t.empty()) return none();
    at += *time + *zone;
    return {at, std::nullopt};
}

cast<std::string_view> cast_yes_no(std::string_view given) {
    const auto text = trimmed(given);
    if (says_missing(text)) return {};
    auto t = narrowed(text);
    for (auto& c : t) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    for (const std::string_view yes : {"是", "yes", "y", "true", "1"})
        if (t == yes) return {"yes", std::nullopt};
    for (const std::string_view no : {"否", "no", "n", "false", "0"})
        if (t == no) return {"no", std::nullopt};
    return wrong<std::string_view>("应为 是 或 否", "yes or no is expected");
}

cast<std::int64_t> moment_of_serial(std::string_view serial, bool from_1904) {
    const auto none = [] { return wrong<std::int64_t>("这个数字不是日期", "this number is no day"); };
    const auto point = serial.find('.');
    std::int64_t whole = 0;
    const auto days = serial.substr(0, point);
    const auto [end, error] = std::from_chars(days.data(), days.data() + days.size(), whole);
    constexpr std::int64_t last = 2'958'465;  // 9999-12-31
    if (error != std::errc() || end != days.data() + days.size() || whole < 0 || whole > last || (!from_1904 && whole == 60)) return none();
    // Of the day so many 10^-12: what a spreadsheet keeps of a time is less exact, so it is rounded to a millisecond.
    std::int64_t part = 0, unit = 1'000'000'000'000;
    if (point != serial.npos)
        for (const char c : serial.substr(point + 1)) {
            if (!is_digit(c)) return none();
            part += (unit /= 10) * (c - '0');
        }
    constexpr std::int64_t a_millisecond = 1000, in_a_day = 86'400'000;
    const auto milliseconds = static_cast<std::int64_t>((static_cast<int128>(part) * in_a_day + 500'000'000'000) / 1'000'000'000'000);
    const auto first = from_1904 ? *day_of(1904, 1, 1) : *day_of(1899, 12, 31);
    const auto day = first + (from_1904 || whole < 60 ? whole : whole - 1);
    return {day * a_day + milliseconds * a_millisecond, std::nullopt};
}

std::optional<std::string> spreadsheet_number(std::string_view t, int shift) {
    constexpr std::size_t kept = 15;
    const bool below = take(t, "-");
    std::string digits;
    int point = 0;
    bool after = false, any = false;
    for (; !t.empty() && (is_digit(t[0]) || (t[0] == '.' && !after)); t.remove_prefix(1)) {
        if (t[0] == '.') {
            after = true;
            continue;
        }
        any = true;
        if (digits.empty() && t[0] == '0') {
            point -= after;
            continue;
        }
        digits += t[0];
        point += !after;
        if (digits.size() > 400) return std::nullopt;
    }
    if (!any) return std::nullopt;
    if (take(t, "E") || take(t, "e")) {
        int exponent = 0;
        take(t, "+");
        const auto [end, error] = std::from_chars(t.data(), t.data() + t.size(), exponent);
        if (error != std::errc() || exponent > 400 || exponent < -400) return std::nullopt;
        t.remove_prefix(static_cast<std::size_t>(end - t.data()));
        point += exponent;
    }
    if (!t.empty()) return std::nullopt;
    if (digits.size() > kept) { // half up, in decimal
        const bool up = digits[kept] >= '5';
        digits.resize(kept);
        std::size_t at = kept;
        while (up && at > 0 && digits[at - 1] == '9') digits[--at] = '0';
        if (up && at > 0) ++digits[at - 1];
        if (up && at == 0) digits.insert(digits.begin(), '1'), ++point;
    }
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
    if (digits.empty()) return "0";
    point += shift;
    if (point > 40 || point < -40) return std::nullopt;
    std::string out = below ? "-" : "";
    if (point <= 0) return out + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    const auto whole = static_cast<std::size_t>(point);
    if (digits.size() <= whole) return out + digits + std::string(whole - digits.size(), '0');
    return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace data_worker
