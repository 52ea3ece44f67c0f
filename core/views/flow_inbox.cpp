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

/// As much of a wait as says where it stands among the others.
struct candidate {
    events::stream_id what;
    const awaited_step* step;
    member_id in_place_of;
    instant since;
    std::optional<date> due;

    auto key() const { return std::tuple(!due, due.value_or(date{}), since, what, step->command, in_place_of); }
};

template <class A>
void add(std::vector<candidate>& all, const entity_row<A>& row, const awaited_step& step, member_id in_place_of, const context& by) {
    if (in_place_of != by.who() && !flow::is_delegable<A>) return;  // theirs alone, whoever stands in for them
    if (!is_now<A>(row.state, step.command, by)) return;            // a guard still holds it up
    const auto since = row.steps.last().since;
    all.push_back({{A::category, row.number}, &step, in_place_of, since, policies::step_due<A>(row.state, step.command, since, by)});
}

template <class A>
flow_wait shown(const candidate& c, const entity_row<A>& row, const context& by) {
    flow_wait w{};
    w.what = c.what;
    w.name = name_of(row.state);
    w.about = about(row.state);
    w.status = boost::describe::enum_to_string(row.status(), "?");
    w.command = c.step->command;
    w.clause = c.step->clause;
    w.since = c.since;
    w.due = c.due;
    w.late = w.due && by.today > *w.due;
    w.passed_up = c.step->passed_up;
    w.in_place_of = c.in_place_of;
    for (const auto& action : flow::actions<A>(row.state, by))
        if (!action.refused) w.commands.push_back(action.command);
    return w;
}

}  // namespace

flow_waits views::flow_inbox(const context& by, std::size_t from, std::size_t limit) const {
    std::vector<candidate> all;
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

    flow_waits page{{}, all.size()};
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(std::min(from, all.size()));
    const auto last = first + static_cast<std::ptrdiff_t>(std::min<std::size_t>(limit, static_cast<std::size_t>(all.end() - first)));
    std::partial_sort(all.begin(), last, all.end(), [](const auto& a, const auto& b) { return a.key() < b.key(); });
    // What each offers is looked at for those alone that are shown: it costs more than all else.
    for (auto c = first; c != last; ++c)
        each_flow([&](const auto& list) {
            if (list.category == c->what.kind) page.items.push_back(shown(*c, *list.row(c->what.number), by));
        });
    return page;
}

}  // namespace core::views
