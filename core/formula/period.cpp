#include "core/formula/period.hpp"

#include <cstdio>

namespace core::formula {
namespace {

using namespace std::chrono;
using g = formula::grain;

constexpr year first_year{1}, last_year{9999};

sys_days monday_of(sys_days day) { return day - days((weekday(day).iso_encoding()) - 1); }

/// The Monday of the ISO year's first week: that of 4 January.
sys_days first_monday(year y) { return monday_of(sys_days(y / January / 4)); }

/// The ISO year that a week belongs to is that of its Thursday.
year iso_year(sys_days monday) { return year_month_day(monday + days(3)).year(); }
unsigned iso_week(sys_days monday) { return static_cast<unsigned>((monday - first_monday(iso_year(monday))).count() / 7) + 1; }

unsigned months_in(g of) { return of == g::month ? 1 : of == g::quarter ? 3 : 12; }

sys_days within(sys_days day) { return std::clamp(day, sys_days(first_year / January / 1), sys_days(last_year / December / 31)); }

std::string printed(const char* as, int a, unsigned b = 0, unsigned c = 0) {
    char text[32];
    std::snprintf(text, sizeof text, as, a, b, c);
    return text;
}

}  // namespace

period period::of(formula::grain grain, date day) {
    const auto at = within(sys_days(day));
    const year_month_day in(at);
    switch (grain) {
        case g::day: return {grain, at};
        case g::week: return {grain, monday_of(at)};
        case g::month: return {grain, in.year() / in.month() / 1};
        case g::quarter: return {grain, in.year() / month((static_cast<unsigned>(in.month()) - 1) / 3 * 3 + 1) / 1};
        case g::year: return {grain, in.year() / January / 1};
    }
    return {grain, at};
}

date period::last() const {
    if (grain_ == g::day) return first();
    if (grain_ == g::week) return first_ + days(6);
    return sys_days(first() + months(months_in(grain_))) - days(1);
}

period period::moved(int by) const {
    if (grain_ == g::day || grain_ == g::week) return of(grain_, within(first_ + days(grain_ == g::day ? by : by * 7)));
    return of(grain_, first() + months(static_cast<int>(months_in(grain_)) * by));
}

period period::years_before(unsigned by) const {
    const years back(static_cast<int>(by));
    if (grain_ == g::week) {
        const auto monday = first_monday(iso_year(first_) - back) + days(7 * (iso_week(first_) - 1));
        return {grain_, iso_year(monday) == iso_year(first_) - back ? monday : monday - days(7)};
    }
    const auto same = first() - back;
    return of(grain_, same.ok() ? same : same.year() / same.month() / std::chrono::last);
}

std::string period::label() const {
    const auto in = first();
    const int y = static_cast<int>(in.year());
    const auto m = static_cast<unsigned>(in.month());
    switch (grain_) {
        case g::day: return printed("%04d-%02u-%02u", y, m, static_cast<unsigned>(in.day()));
        case g::week: return printed("%04d-W%02u", static_cast<int>(iso_year(first_)), iso_week(first_));
        case g::month: return printed("%04d-%02u", y, m);
        case g::quarter: return printed("%04d-Q%u", y, (m - 1) / 3 + 1);
        case g::year: return printed("%04d", y);
    }
    return {};
}

}  // namespace core::formula
