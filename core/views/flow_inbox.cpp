// What waits on somebody in the flows: their own turns, and those of whom they stand in for.

#include "core/views/entity_names.hpp"
#include "core/views/views.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <tuple>

namespace core::views {
namespace {

// The day by which a step is to be taken: said by somebody, or the limit of the step.
std::optional<date> said_due(const request::state& s, std::string_view command, const context&) {
    return command == request::assess::type ? std::optional(s.until) : std::nullopt;
}
std::optional<date> said_due(const project::state& s, std::string_view command, const context&) {
    if (command == project::sign_acceptance::type || command == project::accept::type) return s.panel_on;
    return command == project::request_acceptance::type ? std::optional(s.ends) : std::nullopt;
}
// A cycle's steps come in the morning of their day, so its forms are due on the day before.
std::optional<date> said_due(const appraisal::state& s, std::string_view command, const context& by) {
    const auto* in = by.others->find<cycle>(s.cycle.value);
    const bool self = command == appraisal::submit_self::type;
    if (!in || !(self || command == appraisal::evaluate::type)) return std::nullopt;
    if (s.extended_until) return s.extended_until;
    if (s.anew) return std::nullopt;
    return date(std::chrono::sys_days(self ? in->schedule.self_closes : in->schedule.evaluation_closes) - std::chrono::days(1));
}
std::optional<date> said_due(const election::state& s, std::string_view command, const context&) {
    if (command != election::cast::type) return std::nullopt;
    return date(std::chrono::sys_days(s.schedule.voting_closes) - std::chrono::days(1));
}
std::optional<date> said_due(const auto&, std::string_view, const context&) { return std::nullopt; }

template <class A>
bool is_now(const typename A::state& s, std::string_view command, const context& by) {
    return std::any_of(A::flow.begin(), A::flow.end(), [&](const auto& row) { return row.command == command && !flow::state_refuses<A>(row, s, by); });
}

template <class A>
void add(std::vector<flow_wait>& all, const entity_row<A>& row, const awaited_step& step, member_id in_place_of, const context& by) {
    if (in_place_of != by.who() && !flow::is_delegable<A>) return;  // theirs alone, whoever stands in for them
    if (!is_now<A>(row.state, step.command, by)) return;            // a guard still holds it up
    flow_wait w{};
    w.what = {A::category, row.number};
    w.name = name_of(row.state);
    w.about = about(row.state);
    w.status = boost::describe::enum_to_string(row.status(), "?");
    w.command = step.command;
    w.clause = step.clause;
    w.since = row.steps.last().since;
    w.due = said_due(row.state, step.command, by);
    if (!w.due && by.flows)
        if (const auto days = by.flows->limit(events::name_of(A::category), flow::version_of<A>(row.state), w.status))
            w.due = by.calendar->after(date_in(w.since, by.zone_offset), days);
    w.late = w.due && by.today > *w.due;
    w.passed_up = step.passed_up;
    w.in_place_of = in_place_of;
    for (const auto& action : flow::actions<A>(row.state, by))
        if (!action.refused) w.commands.push_back(action.command);
    all.push_back(std::move(w));
}

}  // namespace

std::vector<flow_wait> views::flow_inbox(const context& by) const {
    std::vector<flow_wait> all;
    const auto take = [&](member_id in_place_of) {
        waiting_.each(in_place_of, [&](events::stream_id what, const awaited_step& step) {
            each_flow([&](const auto& list) {
                if (list.category == what.kind) add(all, *list.row(what.number), step, in_place_of, by);
            });
            return true;
        });
    };
    take(by.who());
    for (const auto& d : by.actor->acts_for)
        if (d.holds(by.today) && by.people->is_active(d.of)) take(d.of);
    const auto key = [](const flow_wait& w) { return std::tuple(!w.due, w.due.value_or(date{}), w.since, w.what, w.command); };
    std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    return all;
}

}  // namespace core::views
