// What follows by itself in cycles.

#include "core/calendar/calendar.hpp"
#include "core/cycle/cycle.hpp"
#include "core/follow_up.hpp"
#include "core/kernel/lost_time.hpp"
#include "core/kernel/wrong_clock.hpp"
#include "events/catalog/any.hpp"

#include <array>
#include <span>

namespace core {

// Schedules are made again by what is known now.
void cycle::follow(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto* what = happened.event.get_if<events::calendar::any>();
    if (!what) return;
    const auto& published = std::get<events::calendar::year_published>(*what);
    auto before = *by.others->find<calendar>(1);
    std::erase_if(before.years, [&](const auto& y) { return y.number == published.year; });
    const auto year = std::to_string(published.year);
    const auto reason = year + " 年日历已公布 / the calendar of " + year + " was published";
    for (std::uint64_t n = 1; n <= by.others->highest(category); ++n) {
        const auto* one = by.others->find<cycle>(n);
        if (const auto moved = one ? moved_schedule(*one, before.days(), by) : std::nullopt)
            all.push_back({command(reschedule{*moved, reason}), stream_of(cycle_id{n})});
    }
}

std::vector<cycle::command> made_up(const cycle::state& of, const lost_time& lost) {
    using window = lost_time::window;
    if (!(cycle::under_way & flow::from(of.is))) return {};
    auto s = of.schedule;
    const auto taken = static_cast<std::size_t>(of.is) - static_cast<std::size_t>(cycle_status::planned);
    const date evaluation_opens = std::chrono::sys_days(s.self_closes) + std::chrono::days(1);
    // Self-appraisal, evaluation, calibration: what is open, and what is to come.
    std::array<window, 3> windows{window{&s.opens, &s.self_closes, {}, false}, window{nullptr, &s.evaluation_closes, {}, false},
                                  window{&s.calibrates, &s.closes, {}, false}};
    if (taken == 1) windows[0] = {nullptr, &s.self_closes, s.opens, true};
    if (taken == 2) windows[1] = {nullptr, &s.evaluation_closes, evaluation_opens, true};
    if (taken == 4) windows[2] = {nullptr, &s.closes, s.calibrates, true};
    const std::size_t over = taken < 2 ? 0 : taken == 2 ? 1 : 2;
    if (!lost.lengthen(std::span(windows).subspan(over))) return {};
    return {cycle::reschedule{s, lost.reason()}};
}

std::vector<cycle::command> set_right(const cycle::state& of, const wrong_clock& wrong, const context&) {
    if (!(cycle::under_way & flow::from(of.is))) return {};
    auto s = of.schedule;
    const std::array<date*, 5> steps{&s.opens, &s.self_closes, &s.evaluation_closes, &s.calibrates, &s.closes};
    const auto taken = static_cast<std::size_t>(of.is) - static_cast<std::size_t>(cycle_status::planned);
    if (!wrong.bring_back(steps, taken)) return {};
    return {cycle::reschedule{s, wrong_clock::reason()}};
}

}  // namespace core
