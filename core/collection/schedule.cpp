#include "core/collection/schedule.hpp"

#include <algorithm>

namespace core::collecting {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using events::date;
using events::collection::rhythm;
using events::collection::schedule;

// As far as a day that moved to the next working day can have come: no run of days off is as long.
constexpr days moved_most{31};

struct asked {
    const schedule& by;
    date first, last;
    const working_calendar& calendar;
    std::chrono::minutes zone_offset;
    std::vector<due_delivery> all;

    void add(date from, date until, date on) {
        if (on < first || on > last) return;
        const events::instant due = sys_days(on) + std::chrono::minutes(by.due_minutes) - zone_offset;
        all.push_back({from, until, on, due, due + std::chrono::minutes(by.grace_minutes)});
    }
};

void each_day(asked& a) {
    for (auto on = sys_days(a.first); on <= sys_days(a.last); on += days(1)) a.add(on - days(1), on - days(1), on);
}

// Each has what came together since the working day before.
void each_working_day(asked& a) {
    for (auto on = sys_days(a.first); on <= sys_days(a.last); on += days(1)) {
        if (!a.calendar.is_working_day(on)) continue;
        auto from = on - days(1);
        while (from > on - moved_most && !a.calendar.is_working_day(from)) from -= days(1);
        a.add(from, on - days(1), on);
    }
}

sys_days monday_of(date d) { return sys_days(d) - days(std::chrono::weekday(sys_days(d)).iso_encoding() - 1); }

void each_week(asked& a) {
    const days after_monday{std::clamp<unsigned>(a.by.weekday.value_or(1), 1, 7) - 1};
    for (auto week = monday_of(sys_days(a.first) - moved_most - days(7)); week <= sys_days(a.last); week += days(7))
        a.add(week, week + days(6), a.calendar.after(week + days(7) + after_monday, 0));
}

void each_month(asked& a) {
    const auto wanted = std::clamp<unsigned>(a.by.day_of_month.value_or(1), 1, 31);
    const auto month_of = [](date d) { return d.year() / d.month(); };
    for (auto month = month_of(sys_days(a.first) - moved_most) - months(1); month <= month_of(a.last); month += months(1)) {
        const auto next = month + months(1);
        const date end = next / std::chrono::last;
        a.add(month / 1, date(month / std::chrono::last), a.calendar.after(std::min<date>(next / std::chrono::day(wanted), end), 0));
    }
}

}  // namespace

std::vector<due_delivery> due_between(const schedule& by, date first, date last, const working_calendar& calendar, std::chrono::minutes zone_offset) {
    asked a{by, first, last, calendar, zone_offset, {}};
    switch (by.rhythm) {
        case rhythm::daily: each_day(a); break;
        case rhythm::working_days: each_working_day(a); break;
        case rhythm::weekly: each_week(a); break;
        case rhythm::monthly: each_month(a); break;
    }
    return std::move(a.all);
}

std::optional<due_delivery> due_for(const schedule& by, date from, date until, const working_calendar& calendar, std::chrono::minutes zone_offset) {
    // It is due after what it covers, and within a month of days off and the month that it is made in.
    for (const auto& one : due_between(by, until, sys_days(until) + moved_most + moved_most + days(7), calendar, zone_offset))
        if (one.from == from && one.until == until) return one;
    return std::nullopt;
}

date settled_on(const schedule& by, date until, const working_calendar& calendar) {
    constexpr std::chrono::days due_within{70};  // what is due by the month, and a holiday
    const auto settled = calendar.after(until, by.settling_days);
    // What is not due yet may come.
    for (const auto& one : due_between(by, until, std::chrono::sys_days(until) + due_within, calendar, std::chrono::minutes(0)))
        if (one.from <= until && until <= one.until) return std::max<date>(settled, std::chrono::sys_days(one.on) + std::chrono::days(1));
    return settled;
}

std::chrono::minutes lateness(events::instant due, events::instant came, const working_calendar& calendar, const events::org::working_hours& hours,
                              std::chrono::minutes zone_offset) {
    return calendar.working_time(due, came, hours, zone_offset);
}

}  // namespace core::collecting
