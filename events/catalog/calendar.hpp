#pragma once
// Public holidays and the working days that make up for them (D6). One stream: calendar/1.

#include "events/catalog/describe.hpp"

#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace events::calendar {

struct special_day {
    date day;
    bilingual name;
    bool operator==(const special_day&) const = default;
};
OPSROOM_DESCRIBE(special_day, (day, day("日期", "Day").code("bad_days")), (name, bilingual("名称", "Name").most(80).code("bad_days")))

/// The year's exceptions, in place of whatever was known of that year: days off that the week would have us work,
/// and days of work that the week would have us rest.
struct year_published_v1 {
    static constexpr std::string_view type = "calendar.year_published.v1";
    static constexpr std::string_view clause = "D6";
    std::uint16_t year;
    std::string source;
    std::vector<special_day> off;
    std::vector<special_day> work;
    bool operator==(const year_published_v1&) const = default;
};
BOOST_DESCRIBE_STRUCT(year_published_v1, (), (year, source, off, work))

struct year_published {
    static constexpr std::string_view type = "calendar.year_published.v2";
    static constexpr std::string_view clause = "D6";
    static constexpr event_words says{{"公布了日历", "published the calendar"}, {"公布了 {year} 年日历", "published the calendar of {year}"}};
    std::uint16_t year;
    std::string source;  ///< the official notice
    std::vector<special_day> off;
    std::vector<special_day> work;
    std::string reason;  ///< why it takes days away that were published before; empty: it does not
    bool operator==(const year_published&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(year_published,
    (year, number("年份", "Year")),
    (source, line("依据", "Source").most(512)),
    (off, list("放假日期", "Days off")),
    (work, list("调休上班日期", "Make-up working days")),
    (reason, reason()))
// clang-format on
inline year_published upcast(year_published_v1&& old) {
    return {old.year, std::move(old.source), std::move(old.off), std::move(old.work), {}};
}

using any = std::variant<year_published>;

/// Old shapes that a log may still hold, oldest first.
std::tuple<year_published_v1> retired_shapes(const any*);

}  // namespace events::calendar
