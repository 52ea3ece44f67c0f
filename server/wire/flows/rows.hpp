#pragma once
// What the rows and dossiers of all flows have in common.

#include "core/kernel/step_due.hpp"
#include "server/wire/flows/dossier.hpp"
#include "server/wire/json_object.hpp"

namespace server::wire {

/// Until when the first of the steps that an entity waits for is to be taken.
template <class A>
std::optional<events::date> step_due(const core::views::entity_row<A>& row, const core::views::views& v, const core::context& by) {
    std::optional<events::date> first;
    const auto* steps = v.waiting().of({A::category, row.number});
    if (!steps) return first;
    for (const auto& one : *steps) {
        const auto due = core::step_due<A>(row.state, one.command, row.steps.last().since, by);
        if (due && (!first || *due < *first)) first = due;
    }
    return first;
}

template <class A>
bool is_late(const core::views::entity_row<A>& row, const core::views::views& v, const core::context& by) {
    const auto due = step_due(row, v, by);
    return due && by.today > *due;
}

/// Fields of every row.
template <class A>
void put_common(json_object& o, const core::views::entity_row<A>& row, const core::views::views& v, const core::context& by) {
    o.put("id", row.number).put("status", row.status()).put("since", row.steps.last().since);
    if (const auto due = step_due(row, v, by)) o.put("step_due", *due).put("late", by.today > *due);
    if (const auto* steps = v.waiting().of({A::category, row.number})) {
        auto& list = o.name("waits");
        list += '[';
        for (const auto& one : *steps) {
            if (list.back() != '[') list += ',';
            json_object(list).put("command", one.command).put("on", shown_turn(one.command, one.on, by.who())).put("passed_up", one.passed_up)
                .put_if(one.on.empty(), "nobody", true);
        }
        list += ']';
    }
    o.put("created_at", row.created_at).put("created_by", row.created_by).put("changed_at", row.changed_at).put("version", row.version);
}

/// All of a dossier but the entity's own fields.
template <class A>
void write_dossier(json_object& o, std::uint64_t number, const folded<A>& f, const sorted_history& told, events::language language,
                   const std::optional<moment>& as_of, const core::context& by) {
    o.put("id", number).put("status", A::status_of(f.state)).put("version", f.version);
    o.put("created_at", f.created_at).put("created_by", f.created_by).put("changed_at", f.changed_at);
    o.put("flow_version", core::flow::version_of<A>(f.state));
    const bool over = core::flow::waits<A>(f.state, by).empty();
    if (as_of) {
        // The past can be looked at and not changed.
        auto& past = o.name("as_of");
        json_object(past).put("position", as_of->position).put("time", as_of->time).put("read_only", true);
        o.name("actions") += "[]";
    } else {
        auto actions = core::flow::actions<A>(f.state, by);
        for (auto& one : actions) one.whose.who = shown_turn(one.command, std::move(one.whose.who), by.who());
        write_actions(o.name("actions"), actions, language);
    }
    auto waits = core::flow::waits<A>(f.state, by);
    for (auto& one : waits) one.on.who = shown_turn(one.command, std::move(one.on.who), by.who());
    write_waits(o.name("waits"), waits);
    auto steps = show_steps(A::category, f.steps, core::flow::version_of<A>(f.state), !over, by);
    // Who reads the outcome alone is not shown the way to it either.
    if constexpr (requires { sees_outcome_alone(f.state, *by.actor); })
        if (sees_outcome_alone(f.state, *by.actor)) steps.erase(steps.begin(), std::prev(steps.end(), steps.empty() ? 0 : 1));
    write_steps(o.name("steps"), steps);
    write_forms(o.name("forms"), told);
    write_list(o.name("history"), told.history);
}

}  // namespace server::wire
