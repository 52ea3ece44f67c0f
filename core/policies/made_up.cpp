#include "core/policies/made_up.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <string>

namespace core::policies {
namespace {

constexpr std::chrono::hours lost_least{4};

struct lost_time {
    date from;  ///< the day on which the room went
    date today;
    std::chrono::days days;
};

std::string text_of(date day) {
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

std::string reason_of(const lost_time& lost) {
    const auto n = std::to_string(lost.days.count());
    return "服务器自 " + text_of(lost.from) + " 至 " + text_of(lost.today) + " 停顿，期间应走的步骤顺延 " + n + " 天 / the server stood still from " +
           text_of(lost.from) + " to " + text_of(lost.today) + ": what was to come meanwhile is moved by " + n + " days";
}

/// Moves the days that are still to come, where one of them has passed meanwhile. False where there is nothing to move.
bool move(std::span<date* const> to_come, const lost_time& lost) {
    const auto missed = [&](const date* d) { return *d >= lost.from && *d <= lost.today; };
    if (std::none_of(to_come.begin(), to_come.end(), missed)) return false;
    // What was late before waits for somebody, and comes no sooner than today.
    for (auto* d : to_come) *d = *d < lost.from ? lost.today : date(std::chrono::sys_days(*d) + lost.days);
    return true;
}

void make_up(const election::state& of, std::uint64_t number, const lost_time& lost, follow_ups& all) {
    auto schedule = of.schedule;
    const std::array<date*, 3> days{&schedule.nominations_close, &schedule.voting_opens, &schedule.voting_closes};
    using s = election_status;
    if (of.is != s::opened && of.is != s::nominated && of.is != s::voting) return;
    const std::size_t taken = of.is == s::opened ? 0 : of.is == s::nominated ? 1 : 2;
    if (move(std::span(days).subspan(taken), lost))
        all.push_back({election::command(election::reschedule{schedule, reason_of(lost)}), events::stream_id{events::category::election, number}});
}

void make_up(const cycle::state& of, std::uint64_t number, const lost_time& lost, follow_ups& all) {
    if (!(cycle::under_way & flow::from(of.is))) return;
    auto schedule = of.schedule;
    const std::array<date*, 5> days{&schedule.opens, &schedule.self_closes, &schedule.evaluation_closes, &schedule.calibrates, &schedule.closes};
    const auto taken = static_cast<std::size_t>(of.is) - static_cast<std::size_t>(cycle_status::planned);
    if (move(std::span(days).subspan(taken), lost))
        all.push_back({cycle::command(cycle::reschedule{schedule, reason_of(lost)}), events::stream_id{events::category::cycle, number}});
}

template <class A>
void make_up_all(const context& by, const lost_time& lost, follow_ups& all) {
    const auto highest = by.others->highest(A::category);
    for (std::uint64_t n = 1; n <= highest; ++n)
        if (const auto* one = by.others->find<A>(n)) make_up(*one, n, lost, all);
}

}  // namespace

follow_ups made_up(const context& by, instant since) {
    follow_ups all;
    const auto from = date_in(since, by.zone_offset);
    const lost_time lost{from, by.today, std::chrono::sys_days(by.today) - std::chrono::sys_days(from)};
    if (lost.days.count() < 1 || by.calendar->working_time(since, by.now, by.how->hours, by.zone_offset) < lost_least) return all;
    make_up_all<cycle>(by, lost, all);
    make_up_all<election>(by, lost, all);
    return all;
}

}  // namespace core::policies
