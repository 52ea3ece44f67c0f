#include "core/policies/made_up.hpp"

#include "core/appraisal/appraisal.hpp"
#include "core/cycle/cycle.hpp"
#include "core/election/election.hpp"
#include "core/policies/lost_time.hpp"
#include "core/project/project.hpp"
#include "core/request/request.hpp"

#include <array>
#include <cstdio>
#include <span>
#include <string>

namespace core::policies {
namespace {

using window = lost_time::window;

std::string text_of(date day) {
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

std::string reason_of(const lost_time& lost) {
    const auto n = std::to_string(lost.working_days());
    return "服务器自 " + text_of(lost.from()) + " 至 " + text_of(lost.today()) + " 停顿，失去 " + n + " 个工作日，期限相应顺延 / the server stood still from " +
           text_of(lost.from()) + " to " + text_of(lost.today()) + ": " + n + " working days were lost, and what people had until then is moved accordingly";
}

void make_up(const election::state& of, std::uint64_t number, const lost_time& lost, follow_ups& all) {
    auto s = of.schedule;
    const window nominations{nullptr, &s.nominations_close, {}, true}, voting{&s.voting_opens, &s.voting_closes, {}, false},
        begun{nullptr, &s.voting_closes, s.voting_opens, true};
    bool moved = false;
    if (of.is == election_status::opened) moved = lost.lengthen(std::array{nominations, voting});
    if (of.is == election_status::nominated) moved = lost.lengthen(std::array{voting});
    if (of.is == election_status::voting) moved = lost.lengthen(std::array{begun});
    if (moved) all.push_back({election::command(election::reschedule{s, reason_of(lost)}), events::stream_id{events::category::election, number}});
}

void make_up(const cycle::state& of, std::uint64_t number, const lost_time& lost, follow_ups& all) {
    if (!(cycle::under_way & flow::from(of.is))) return;
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
    if (lost.lengthen(std::span(windows).subspan(over)))
        all.push_back({cycle::command(cycle::reschedule{s, reason_of(lost)}), events::stream_id{events::category::cycle, number}});
}

/// F6 and F7 of whoever was given more time, and an appeal against a result.
void make_up(const appraisal::state& of, std::uint64_t number, const lost_time& lost, follow_ups& all) {
    const auto into = stream_of(appraisal_id{number});
    constexpr auto before_evaluation = flow::from(appraisal_status::opened, appraisal_status::self_draft, appraisal_status::self_submitted, appraisal_status::reopened);
    if (of.extended_until && (before_evaluation & flow::from(of.is)))
        if (const auto until = lost.lengthened({}, *of.extended_until); until != *of.extended_until)
            all.push_back({appraisal::command(appraisal::extend{until, reason_of(lost)}), into});
    if (of.is == appraisal_status::finalised && of.appeal_until && !of.appealed)
        if (const auto until = lost.lengthened({}, *of.appeal_until); until != *of.appeal_until)
            all.push_back({appraisal::command(appraisal::extend_appeal{until, reason_of(lost)}), into});
}

/// From the day after on it is decided without those who have not said what they think.
void make_up(const request::state& of, std::uint64_t number, const lost_time& lost, follow_ups& all) {
    const bool waits = of.is == request_status::in_assessment || of.is == request_status::clarifying;
    if (!waits || of.assessed.size() >= of.assessors.size()) return;
    if (const auto until = lost.lengthened({}, of.until); until != of.until)
        all.push_back({request::command(request::extend_assessment{until, reason_of(lost)}), events::stream_id{events::category::request, number}});
}
void make_up(const project::state& of, std::uint64_t number, const lost_time& lost, follow_ups& all) {
    using s = project_status;
    const bool waits = of.is == s::in_acceptance || (of.is == s::clarifying && of.before == s::in_acceptance) ||
                       (of.is == s::suspended && of.suspended_from == s::in_acceptance);
    if (!waits || of.signed_by.size() >= of.panel.size()) return;
    if (const auto on = lost.lengthened({}, of.panel_on); on != of.panel_on)
        all.push_back({project::command(project::extend_acceptance{on, reason_of(lost)}), events::stream_id{events::category::project, number}});
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
    const lost_time lost(since, by);
    if (lost.is_nothing()) return all;
    make_up_all<cycle>(by, lost, all);
    make_up_all<election>(by, lost, all);
    make_up_all<appraisal>(by, lost, all);
    make_up_all<request>(by, lost, all);
    make_up_all<project>(by, lost, all);
    return all;
}

}  // namespace core::policies
