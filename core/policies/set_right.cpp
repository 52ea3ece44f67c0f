#include "core/policies/set_right.hpp"

#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/election/election.hpp"

#include <array>
#include <span>

namespace core::policies {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::string_view reason = "服务器时钟曾经有误，现已拨回 / the server's clock had been wrong, and was set back";

// Nobody plans so far ahead: what lies further off than half of it was dated by the wrong clock.
constexpr days years{2 * 366};

struct wrong_time {
    days ahead;
    date middle;
    bool is_of_it(date d) const { return d > middle; }
};

void set_right(const appraisal::state& of, std::uint64_t number, const wrong_time& wrong, const context& by, follow_ups& all) {
    const auto appeal = by.calendar->after(by.today, by.how->appeal_days), forms = by.calendar->after(by.today, by.how->self_days);
    const auto is_too_late = [&](const std::optional<date>& until, date latest) { return until && *until > latest && wrong.is_of_it(*until); };
    if (of.is == appraisal_status::finalised && is_too_late(of.appeal_until, appeal))
        all.push_back({appraisal::command(appraisal::extend_appeal{appeal, std::string(reason)}), stream_of(appraisal_id{number})});
    if ((appraisal::pending & flow::from(of.is)) && is_too_late(of.extended_until, forms))
        all.push_back({appraisal::command(appraisal::extend{forms, std::string(reason)}), stream_of(appraisal_id{number})});
}

/// Those after the first `taken`. False where the next of them is of the right time.
bool bring_back(std::span<date* const> steps, std::size_t taken, const wrong_time& wrong, date today) {
    if (taken >= steps.size() || wrong.ahead < years || !wrong.is_of_it(*steps[taken])) return false;
    for (auto* d : steps.subspan(taken)) *d = std::max(date(sys_days(*d) - wrong.ahead), today);
    // What was taken by the wrong clock lies before what is to come.
    for (auto i = taken; i-- > 0;) *steps[i] = std::min(*steps[i], date(sys_days(*steps[i + 1]) - days(1)));
    return true;
}

void set_right(const election::state& of, std::uint64_t number, const wrong_time& wrong, const context& by, follow_ups& all) {
    auto s = of.schedule;
    const std::array<date*, 3> steps{&s.nominations_close, &s.voting_opens, &s.voting_closes};
    using is = election_status;
    if (of.is != is::opened && of.is != is::nominated && of.is != is::voting) return;
    const std::size_t taken = of.is == is::opened ? 0 : of.is == is::nominated ? 1 : 2;
    if (!bring_back(steps, taken, wrong, by.today)) return;
    all.push_back({election::command(election::reschedule{s, std::string(reason)}), events::stream_id{events::category::election, number}});
}

void set_right(const cycle::state& of, std::uint64_t number, const wrong_time& wrong, const context& by, follow_ups& all) {
    if (!(cycle::under_way & flow::from(of.is))) return;
    auto s = of.schedule;
    const std::array<date*, 5> steps{&s.opens, &s.self_closes, &s.evaluation_closes, &s.calibrates, &s.closes};
    const auto taken = static_cast<std::size_t>(of.is) - static_cast<std::size_t>(cycle_status::planned);
    if (!bring_back(steps, taken, wrong, by.today)) return;
    all.push_back({cycle::command(cycle::reschedule{s, std::string(reason)}), events::stream_id{events::category::cycle, number}});
}

template <class A>
void set_all_right(const wrong_time& wrong, const context& by, follow_ups& all) {
    const auto highest = by.others->highest(A::category);
    for (std::uint64_t n = 1; n <= highest; ++n)
        if (const auto* one = by.others->find<A>(n)) set_right(*one, n, wrong, by, all);
}

}  // namespace

void set_right(const events::org::clock_set_back& back, const context& by, follow_ups& all) {
    const auto from = sys_days(date_in(back.from, by.zone_offset)), to = sys_days(date_in(back.to, by.zone_offset));
    const wrong_time wrong{from - to, to + (from - to) / 2};
    set_all_right<appraisal>(wrong, by, all);
    set_all_right<election>(wrong, by, all);
    set_all_right<cycle>(wrong, by, all);
}

}  // namespace core::policies
