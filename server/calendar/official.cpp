#include "server/calendar/official.hpp"

#include "events/codec/json_read.hpp"
#include "server/demo/runner.hpp"

#include <charconv>
#include <stdexcept>

// Made from cn.txt when the program is built.
extern const std::string_view opsroom_calendar_cn;

namespace server::calendar {
namespace {

std::string_view cut(std::string_view& from, std::string_view at) {
    const auto end = from.find(at);
    const auto part = from.substr(0, end);
    from = end == from.npos ? std::string_view() : from.substr(end + at.size());
    return part;
}

[[noreturn]] void bad(std::size_t line) {
    throw std::runtime_error("calendar, line " + std::to_string(line) + ": expected “year YEAR NOTICE” or “DATE off|work 中文 | English”");
}

void add_year(std::vector<core::calendar::publish_year>& years, std::string_view rest, std::size_t line) {
    std::uint16_t number = 0;
    const auto text = cut(rest, " ");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || rest.empty()) bad(line);
    years.push_back({number, std::string(rest), {}, {}});
}

void add_day(core::calendar::publish_year& into, std::string_view text, std::size_t line) {
    events::calendar::special_day day;
    if (!events::codec::parse_date(cut(text, " "), day.day)) bad(line);
    const auto kind = cut(text, " ");
    const auto zh = cut(text, " | ");
    if (zh.empty() || text.empty() || (kind != "off" && kind != "work")) bad(line);
    day.name = {std::string(zh), std::string(text)};
    (kind == "off" ? into.off : into.work).push_back(std::move(day));
}

}  // namespace

std::vector<core::calendar::publish_year> read_years(std::string_view text) {
    std::vector<core::calendar::publish_year> years;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto line = cut(text, "\n");
        if (line.empty() || line.front() == '#') continue;
        if (line.starts_with("year ")) add_year(years, line.substr(5), number);
        else if (years.empty()) bad(number);
        else add_day(years.back(), line, number);
    }
    return years;
}

std::vector<core::calendar::publish_year> official_years() { return read_years(opsroom_calendar_cn); }

void publish_missing(engine::engine& room) {
    constexpr std::uint8_t series = 1;
    for (auto& year : official_years()) {
        const bool known = room.views().read([&](const core::views::views& v, events::position) {
            const auto* row = v.of<core::calendar>().row(1);
            return row && std::any_of(row->state.years.begin(), row->state.years.end(), [&](const auto& y) { return y.number == year.year; });
        });
        const std::uint64_t number = year.year;
        if (!known) demo::runner(room, series, number).run<core::calendar>(events::the_system, std::nullopt, std::move(year));
    }
}

}  // namespace server::calendar
