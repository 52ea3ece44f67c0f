// What waits on somebody in the flows: their own turns, and those of whom they stand in for.

#include "core/kernel/allowed.hpp"
#include "core/member/second_person.hpp"
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
    w.commands = flow::allowed<A>(row.state, by);
    return w;
}

/// What is proposed of members and waits for the reader as the second person (D11).
std::vector<flow_wait> changes_to_confirm(const directory& people, const context& by) {
    std::vector<flow_wait> all;
    people.each_changing([&](const member_row& row) {
        for (const auto& w : row.changes) {
            if (!second_person::may_confirm(w.what, row.who.id, by)) continue;
            flow_wait one{};
            one.what = events::stream_of(row.who.id);
            one.name = row.name.value_or(std::string());
            one.about = row.who.id;
            one.status = boost::describe::enum_to_string(row.status, "?");
            one.command = member::confirm_change::type;
            one.clause = events::member::change_proposed::clause;
            one.since = w.since;
            one.in_place_of = by.who();
            one.commands = {member::confirm_change::type, member::decline_change::type};
            one.change = w.what;
            all.push_back(std::move(one));
        }
    });
    return all;
}

/// Cycles that leave somebody out: human resources see to them, or excuse them (S1.2).
std::vector<flow_wait> cycles_with_left_out(const entity_list<cycle>& cycles, const context& by) {
    std::vector<flow_wait> all;
    if (!by.actor->active || !by.actor->has("HR")) return all;
    using s = cycle_status;
    constexpr auto counts = flow::from(s::open, s::self_closed, s::evaluation_closed, s::calibration);
    for (const auto& row : cycles.rows()) {
        if (!(counts & flow::from(row.status()))) continue;
        auto left_out = left_out_of(row.state, by);
        if (left_out.empty()) continue;
        flow_wait one{};
        one.what = {cycle::category, row.number};
        one.name = name_of(row.state);
        one.status = boost::describe::enum_to_string(row.status(), "?");
        one.command = cycle::excuse::type;
        one.clause = events::cycle::excused::clause;
        one.since = row.steps.last().since;
        one.in_place_of = by.who();
        one.commands = {cycle::excuse::type};
        one.left_out = std::move(left_out);
        all.push_back(std::move(one));
    }
    return all;
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

    // What has no day comes after what has.
    auto changes = changes_to_confirm(directory, by);
    for (auto& one : cycles_with_left_out(cycles, by)) changes.push_back(std::move(one));
    flow_waits page{{}, all.size() + changes.size()};
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(std::min(from, all.size()));
    const auto last = first + static_cast<std::ptrdiff_t>(std::min<std::size_t>(limit, static_cast<std::size_t>(all.end() - first)));
    std::partial_sort(all.begin(), last, all.end(), [](const auto& a, const auto& b) { return a.key() < b.key(); });
    // What each offers is looked at for those alone that are shown: it costs more than all else.
    for (auto c = first; c != last; ++c)
        each_flow([&](const auto& list) {
            if (list.category == c->what.kind) page.items.push_back(shown(*c, *list.row(c->what.number), by));
        });
    for (auto n = from - std::min(from, all.size()); n < changes.size() && page.items.size() < limit; ++n) page.items.push_back(std::move(changes[n]));
    return page;
}

}  // namespace core::views
