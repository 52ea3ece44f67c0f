// What waits on somebody in the flows: their own turns, and those of whom they stand in for.

#include "core/policies/step_due.hpp"
#include "core/views/entity_names.hpp"
#include "core/views/views.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <tuple>

namespace core::views {
namespace {

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
    w.due = policies::step_due<A>(row.state, step.command, w.since, by);
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
