#include "clients/cli/when.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>

namespace cli {
namespace {

using namespace std::chrono;

/// Exactly `digits` digits from `at` on.
std::optional<int> number(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return std::nullopt;
    int out = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        out = out * 10 + (text[i] - '0');
    }
    return out;
}

std::optional<year_month_day> parse_iso_day(std::string_view text) {
    const auto y = number(text, 0, 4);
    const auto m = number(text, 5, 2);
    const auto d = number(text, 8, 2);
    if (!y || !m || !d || text[4] != '-' || text[7] != '-') return std::nullopt;
    const year_month_day day{year(*y), month(static_cast<unsigned>(*m)), std::chrono::day(static_cast<unsigned>(*d))};
    return day.ok() ? std::optional(day) : std::nullopt;
}

/// "Z", "+08:00" or "-03:30" as what has to be taken off to get UTC.
std::optional<minutes> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return minutes(0);
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    const auto h = number(text, 1, 2);
    const auto m = number(text, 4, 2);
    if (!h || !m || *h > 23 || *m > 59) return std::nullopt;
    const auto out = hours(*h) + minutes(*m);
    return text[0] == '+' ? out : -out;
}

}  // namespace

std::optional<year_month_day> parse_day(std::string_view typed, year_month_day today) {
    const auto from_today = [&](int n) { return year_month_day(sys_days(today) + days(n)); };
    if (typed == "today" || typed == "今天") return today;
    if (typed == "tomorrow" || typed == "明天") return from_today(1);
    if (typed == "后天") return from_today(2);
    if (typed.size() >= 3 && typed.front() == '+') {
        int n = 0;
        const auto last = typed.data() + typed.size() - 1;
        const auto [end, error] = std::from_chars(typed.data() + 1, last, n);
        const auto unit = typed.back();
        if (error != std::errc() || end != last || n < 0 || n > 5000 || (unit != 'd' && unit != 'w')) return std::nullopt;
        return from_today(unit == 'd' ? n : 7 * n);
    }
    return typed.size() == 10 ? parse_iso_day(typed) : std::nullopt;
}

std::string plain_day(std::string_view typed) {
    std::string out(typed.substr(0, typed.find(' ')));
    for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"年", "-"}, {"月", "-"}, {"日", ""}, {"/", "-"}, {".", "-"}})
        for (std::size_t at; (at = out.find(from)) != out.npos;) out.replace(at, from.size(), to);
    // Months and days of one digit.
    std::string padded;
    for (std::size_t at = 0; at < out.size();) {
        const auto end = std::min(out.find('-', at), out.size());
        const auto part = out.substr(at, end - at);
        padded += (padded.empty() ? "" : "-") + (part.size() == 1 && !padded.empty() ? "0" + part : part);
        at = end + 1;
    }
    return padded;
}

bool is_counted_from_today(std::string_view typed) {
    constexpr auto one = 2000y / 1 / 1, other = 2000y / 1 / 2;
    const auto day = parse_day(typed, one);
    return day && day != parse_day(typed, other);
}

std::string written(year_month_day day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

std::optional<instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':') return std::nullopt;
    const auto day = parse_iso_day(text.substr(0, 10));
    const auto h = number(text, 11, 2);
    const auto m = number(text, 14, 2);
    const auto s = number(text, 17, 2);
    if (!day || !h || !m || !s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
    std::size_t at = 19;
    int fraction = 0;
    if (text[at] == '.') {
        const auto first = ++at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
            if (at - first < 6) fraction = fraction * 10 + (text[at] - '0');
        if (at == first || at - first > 9) return std::nullopt;
        for (auto i = at - first; i < 6; ++i) fraction *= 10;
    }
    const auto offset = parse_offset(text.substr(at));
    if (!offset) return std::nullopt;
    return instant(sys_days(*day)) + hours(*h) + minutes(*m) + seconds(*s) + microseconds(fraction) - *offset;
}

std::string written(instant at) {
    const auto day = floor<days>(at);
    const hh_mm_ss clock(at - day);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", written(year_month_day(day)), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count(), clock.subseconds().count());
}

std::string shown_time(std::string_view wire_time) {
    const auto at = parse_instant(wire_time);
    if (!at) return std::string(wire_time);
    const auto seconds_since = static_cast<std::time_t>(floor<seconds>(*at).time_since_epoch().count());
    std::tm local{};
    localtime_r(&seconds_since, &local);
    const auto now = std::time(nullptr);
    std::tm present{};
    localtime_r(&now, &present);
    const bool this_year = local.tm_year == present.tm_year;
    const auto rest = fmt::format("{:02}-{:02} {:02}:{:02}", local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min);
    return this_year ? rest : fmt::format("{:04}-{}", local.tm_year + 1900, rest);
}

}  // namespace cli
