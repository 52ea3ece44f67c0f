// What waits on somebody in the flows: their own turns, and those of whom they stand in for.

#include "core/member/second_person.hpp"
#include "core/views/views.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <tuple>

namespace core::views {
namespace {

/// As much of a wait as says where it stands among the others.
struct candidate {
    events::stream_id what;
    const awaited_step* step;
    member_id in_place_of;
    instant since;
    std::optional<date> due;

    auto key() const { return std::tuple(!due, due.value_or(date{}), since, what, step->command, in_place_of); }
};

void add(std::vector<candidate>& all, const any_list& list, std::uint64_t number, const awaited_step& step, member_id in_place_of, const context& by) {
    if (in_place_of != by.who() && !list.kind().is_delegable()) return;  // theirs alone, whoever stands in for them
    const auto of = list.at(number);
    if (!of.state_allows(step.command, by)) return;                      // a guard still holds it up
    const auto since = list.head(number)->steps.last().since;
    all.push_back({{list.kind().category(), number}, &step, in_place_of, since, of.step_due(step.command, since, by)});
}

flow_wait shown(const candidate& c, const entity& of, const context& by) {
    flow_wait w{};
    w.what = c.what;
    w.name = of.name();
    w.about = of.about();
    w.status = of.status();
    w.command = c.step->command;
    w.clause = c.step->clause;
    w.since = c.since;
    w.due = c.due;
    w.late = w.due && by.today > *w.due;
    w.passed_up = c.step->passed_up;
    w.in_place_of = c.in_place_of;
    w.commands = of.allowed(by);
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
            add(all, *lists.find(what.kind), what.number, step, in_place_of, by);
            return true;
        });
    };
    take(by.who());
    for (const auto& d : by.actor->acts_for)
        if (d.holds(by.today) && by.people->is_active(d.of)) take(d.of);

    // What has no day comes after what has.
    auto changes = changes_to_confirm(directory, by);
    for (auto& one : cycles_with_left_out(of<cycle>(), by)) changes.push_back(std::move(one));
    flow_waits page{{}, all.size() + changes.size()};
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(std::min(from, all.size()));
    const auto last = first + static_cast<std::ptrdiff_t>(std::min<std::size_t>(limit, static_cast<std::size_t>(all.end() - first)));
    std::partial_sort(all.begin(), last, all.end(), [](const auto& a, const auto& b) { return a.key() < b.key(); });
    // What each offers is looked at for those alone that are shown: it costs more than all else.
    for (auto c = first; c != last; ++c) page.items.push_back(shown(*c, lists.find(c->what.kind)->at(c->what.number), by));
    for (auto n = from - std::min(from, all.size()); n < changes.size() && page.items.size() < limit; ++n) page.items.push_back(std::move(changes[n]));
    return page;
}

}  // namespace core::views
