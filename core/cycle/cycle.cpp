#include "core/cycle/cycle.hpp"

#include "core/appraisal/left_out.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/text.hpp"

#include <span>

namespace core {

using s = cycle_status;
using r = cycle_rejection;
namespace happened = events::cycle;

// clang-format off
constexpr std::array<cycle::row, 9> cycle::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now
    {"cycle.plan", flow::from(s::absent), manager | personnel, 0, s::planned, "S6.2", r::not_organiser, {}, r::already_exists},
    {"cycle.reschedule", under_way, manager | personnel, 0, {}, "S6.2", r::not_organiser, {}, r::over, flow::step::decides},
    {"cycle.open", flow::from(s::planned), manager | personnel, 0, s::open, "S6.2", r::not_organiser, {}, r::not_planned, flow::step::decides},
    {"cycle.close_self", flow::from(s::open), manager | personnel, 0, s::self_closed, "S6.2", r::not_organiser, {}, r::not_open, flow::step::decides},
    {"cycle.close_evaluation", flow::from(s::self_closed), manager | personnel, 0, s::evaluation_closed, "S6.2", r::not_organiser, {},
     r::not_self_closed, flow::step::decides},
    {"cycle.begin_calibration", flow::from(s::evaluation_closed), manager | personnel, 0, s::calibration, "S6.2", r::not_organiser, {},
     r::not_evaluation_closed, flow::step::decides},
    {"cycle.close", flow::from(s::calibration), manager | personnel, 0, s::closed, "S6.2", r::not_organiser, {}, r::not_calibrating, flow::step::decides},
    {"cycle.cancel", flow::from(s::planned), manager | personnel, 0, s::cancelled, "S6.2", r::not_organiser, {}, r::not_planned, flow::step::decides},
    {"cycle.excuse", under_way, personnel, 0, {}, "S1.2", r::not_organiser, {}, r::over},
}};
// clang-format on

namespace {

using outcome = decision<cycle>;
using check = std::optional<cycle_rejection>;

std::array<date, 5> days_of(const cycle::schedule& s) { return {s.opens, s.self_closes, s.evaluation_closes, s.calibrates, s.closes}; }

/// In whose morning each step is taken: what closes on a day is open all that day (D15).
std::array<date, 5> mornings_of(const cycle::schedule& s) {
    return {s.opens, day_after(s.self_closes), day_after(s.evaluation_closes), s.calibrates, day_after(s.closes)};
}

/// How many steps were taken.
std::size_t steps_taken(s is) { return is < s::planned ? 0 : static_cast<std::size_t>(is) - static_cast<std::size_t>(s::planned); }

// F6 and F7 have a day at least; calibration may take none. Steps yet to come are not put into the past.
bool is_schedule(const cycle::schedule& of, s at, const context& by) {
    const auto days = days_of(of);
    if (!std::all_of(days.begin(), days.end(), [](date d) { return d.year() <= std::chrono::year{9999}; })) return false;
    if (!(days[0] < days[1] && days[1] < days[2] && days[2] <= days[3] && days[3] <= days[4])) return false;
    const auto to_come = std::span(days).subspan(steps_taken(at));
    return std::all_of(to_come.begin(), to_come.end(), [&](date d) { return d >= by.today; });
}

bool is_planned(const cycle::plan& c, const context& by) {
    const auto highest = by.others->highest(events::category::cycle);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<cycle>(n);
        if (one && one->is != s::absent && one->is != s::cancelled && one->kind == c.kind && one->year == c.year && one->quarter == c.quarter.value_or(0))
            return true;
    }
    return false;
}

bool is_period(const cycle::plan& c) { return (c.kind == cycle::kind::quarter) == c.quarter.has_value(); }

check at_fault(const cycle::reschedule& c, const cycle::state& now, const context& by) {
    return is_schedule(c.schedule, now.is, by) ? check{} : r::bad_schedule;
}
check at_fault(const cycle::excuse& c, const cycle::state& now, const context& by) {
    // Nobody excuses themselves.
    const auto all = left_out_of(now, by);
    const bool is_out = std::any_of(all.begin(), all.end(), [&](const left_out& one) { return one.member == c.member; });
    return is_out && c.member != by.who() ? check{} : r::not_left_out;
}
check at_fault(const cycle::cancel&, const cycle::state&, const context&) { return {}; }

// The system keeps to the day. A person may take another, and says why.
template <class Step>
check at_fault(const Step& c, const cycle::state& now, const context& by) {
    const auto day = mornings_of(now.schedule)[steps_taken(now.is)];
    if (by.by_system()) return by.today < day ? r::not_due : check{};
    return by.today == day || (c.reason && !text::blank(*c.reason)) ? check{} : r::bad_reason;
}

bool in_effect(const cycle::state& now, const cycle::reschedule& c) { return now.schedule == c.schedule; }
bool in_effect(const cycle::state& now, const cycle::open&) { return now.is == s::open; }
bool in_effect(const cycle::state& now, const cycle::close_self&) { return now.is == s::self_closed; }
bool in_effect(const cycle::state& now, const cycle::close_evaluation&) { return now.is == s::evaluation_closed; }
bool in_effect(const cycle::state& now, const cycle::begin_calibration&) { return now.is == s::calibration; }
bool in_effect(const cycle::state& now, const cycle::close&) { return now.is == s::closed; }
bool in_effect(const cycle::state& now, const cycle::cancel&) { return now.is == s::cancelled; }

bool in_effect(const cycle::state& now, const cycle::excuse& c) { return forms::contains(now.excused, c.member); }

cycle::event event_of(const cycle::excuse& c) { return happened::excused{c.member, c.reason}; }
cycle::event event_of(const cycle::reschedule& c) { return happened::rescheduled{c.schedule, c.reason}; }
cycle::event event_of(const cycle::open& c) { return happened::opened{c.reason.value_or("")}; }
cycle::event event_of(const cycle::close_self& c) { return happened::self_closed{c.reason.value_or("")}; }
cycle::event event_of(const cycle::close_evaluation& c) { return happened::evaluation_closed{c.reason.value_or("")}; }
cycle::event event_of(const cycle::begin_calibration& c) { return happened::calibration_begun{c.reason.value_or("")}; }
cycle::event event_of(const cycle::close& c) { return happened::closed{c.reason.value_or("")}; }
cycle::event event_of(const cycle::cancel& c) { return happened::cancelled{c.reason}; }

outcome decide_one(const cycle::state& now, const cycle::plan& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<cycle>(flow::row_of<cycle, cycle::plan>(), now, by)) return *no;
    if (!is_period(c)) return r::bad_period;
    if (is_planned(c, by)) return r::already_planned;
    const auto quarter = c.quarter.value_or(0);
    const auto days = c.schedule ? *c.schedule : default_schedule(period_of(c.kind, c.year, quarter), by);
    if (!is_schedule(days, now.is, by)) return r::bad_schedule;
    decided<cycle::event> all;
    all.push_back(happened::planned{c.kind, c.year, quarter, days, by.flows ? by.flows->newest("cycle") : 1});
    return all;
}

template <class Command>
outcome decide_one(const cycle::state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    const auto& row = flow::row_of<cycle, Command>();
    if (const auto no = flow::who_refuses<cycle>(row, now, by)) return *no;
    decided<cycle::event> all;
    if (in_effect(now, c)) return all;
    if (const auto no = flow::state_refuses<cycle>(row, now, by)) return *no;
    if (const auto no = at_fault(c, now, by)) return *no;
    all.push_back(event_of(c));
    return all;
}

void fold(cycle::state& c, const happened::planned& e) { c = {s::planned, e.flow, e.kind, e.year, e.quarter, e.schedule, {}}; }
void fold(cycle::state& c, const happened::rescheduled& e) { c.schedule = e.schedule; }
void fold(cycle::state& c, const happened::opened&) { c.is = s::open; }
void fold(cycle::state& c, const happened::self_closed&) { c.is = s::self_closed; }
void fold(cycle::state& c, const happened::evaluation_closed&) { c.is = s::evaluation_closed; }
void fold(cycle::state& c, const happened::calibration_begun&) { c.is = s::calibration; }
void fold(cycle::state& c, const happened::closed&) { c.is = s::closed; }
void fold(cycle::state& c, const happened::cancelled&) { c.is = s::cancelled; }
void fold(cycle::state& c, const happened::excused& e) { c.excused.push_back(e.member); }

}  // namespace

period period_of(events::cycle::kind kind, std::uint16_t year, std::uint8_t quarter) {
    using namespace std::chrono;
    const std::chrono::year y{year};
    if (kind == events::cycle::kind::annual) return {y / January / 1, y / December / 31};
    const month last{quarter * 3u};
    return {y / month{quarter * 3u - 2} / 1, date(y / last / std::chrono::last)};
}

cycle::schedule default_schedule(const period& of, const context& by) {
    const date next_day = std::chrono::sys_days(of.last) + std::chrono::days(1);
    cycle::schedule days{};
    days.opens = by.calendar->after(std::max(next_day, by.today), 0);
    days.self_closes = by.calendar->after(days.opens, by.how->self_days);
    days.evaluation_closes = by.calendar->after(days.self_closes, by.how->evaluation_days);
    days.calibrates = by.calendar->after(days.evaluation_closes, 1);
    days.closes = by.calendar->after(days.evaluation_closes, std::max<unsigned>(by.how->calibration_days, 1));
    return days;
}

std::optional<cycle::schedule> moved_schedule(const cycle::state& of, const working_calendar& before, const context& by) {
    if (!(cycle::under_way & flow::from(of.is))) return std::nullopt;
    auto then = by;
    then.calendar = &before;
    const auto period = period_of(of.kind, of.year, of.quarter);
    auto moved = of.schedule;
    if (of.is == s::planned && of.schedule == default_schedule(period, then)) moved = default_schedule(period, by);
    else {
        date* const days[]{&moved.opens, &moved.self_closes, &moved.evaluation_closes, &moved.calibrates, &moved.closes};
        constexpr std::size_t last_of_own_day = 2;  // what comes later may share a day
        for (auto i = steps_taken(of.is); i < std::size(days); ++i) {
            *days[i] = by.calendar->after(*days[i], 0);
            if (i > 0) *days[i] = std::max(*days[i], i <= last_of_own_day ? by.calendar->after(*days[i - 1], 1) : *days[i - 1]);
        }
    }
    return moved == of.schedule ? std::nullopt : std::optional(moved);
}

std::vector<cycle::command> due_commands(const cycle::state& now, const context& by) {
    const std::array<cycle::command, 5> steps{cycle::open{}, cycle::close_self{}, cycle::close_evaluation{}, cycle::begin_calibration{}, cycle::close{}};
    std::vector<cycle::command> all;
    if (!(cycle::under_way & flow::from(now.is))) return all;
    const auto mornings = mornings_of(now.schedule);
    for (auto i = steps_taken(now.is); i < steps.size() && mornings[i] <= by.today; ++i) all.push_back(steps[i]);
    return all;
}

decision<cycle> cycle::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void cycle::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations cycle::relations_of(const state&, const context& by) {
    return (manages_all(*by.actor, by) ? manager : 0) | (by.actor->has("HR") ? personnel : 0) | (by.actor->has("SL") ? leader : 0);
}

cycle::rejection cycle::wrong_state(const row& asked, status at) {
    return at == s::closed || at == s::cancelled ? rejection::over : asked.not_now;
}

}  // namespace core
