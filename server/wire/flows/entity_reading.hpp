#pragma once
// Lists and dossiers of the entities of a flow, whichever it is. How an aggregate is shown is said by a specialisation of
// shown_as beside the functions that read it.

#include "core/access/entities.hpp"
#include "core/views/entity_names.hpp"
#include "server/engine/past_moment.hpp"
#include "server/wire/flows/listing.hpp"
#include "server/wire/flows/rows.hpp"

#include <set>
#include <tuple>

namespace server::wire {

/// Gives at least:
///   static section section_of(const A::event&)                            where the form in an event belongs
///   static void put_own(json_object&, const A::state&, const context&)    its own fields
template <class A>
struct shown_as;

/// What most are content with.
struct shown_plainly {
    /// What its dossier has beyond its row, of the entity with this number.
    static void put_more(json_object&, const auto&, std::uint64_t, const core::context&) {}
    /// Whether that is of today, and not of the moment that is looked at: it is left out of the past.
    static constexpr bool more_is_of_today = false;
    /// Takes out of what was what the present seals.
    static void seal_as_now(auto& /*then*/, const auto& /*now*/, events::member_id) {}
    /// Whose it is.
    static bool is_of(const auto&, events::member_id) { return false; }
    /// The day that a list can be ordered by.
    static events::date due_of(const auto&) { return {}; }
};

template <class A>
bool waits_on(const core::views::entity_row<A>& row, events::member_id who, const core::views::views& v, events::member_id reader) {
    const auto* steps = v.waiting().of({A::category, row.number});
    return steps && std::any_of(steps->begin(), steps->end(), [&](const auto& one) {
        const auto on = shown_turn(one.command, one.on, reader);
        return std::find(on.begin(), on.end(), who) != on.end();
    });
}

template <class A>
bool is_wanted(const core::views::entity_row<A>& row, const flow_query& q, const core::views::views& v, const core::context& by) {
    const auto& s = row.state;
    if (q.status && *q.status != boost::describe::enum_to_string(row.status(), "?")) return false;
    if constexpr (requires { s.department; })
        if (q.department && s.department != *q.department) return false;
    if constexpr (requires { s.cycle; })
        if (q.cycle && s.cycle != *q.cycle) return false;
    if (q.person && !shown_as<A>::is_of(s, *q.person)) return false;
    if (!q.text.empty() && !mentions(core::views::name_of(s), q.text)) return false;
    if (!is_listed(s, by)) return false;
    if (q.waits_on && !waits_on(row, *q.waits_on, v, by.who())) return false;
    return !q.late || *q.late == is_late(row, v, by);
}

/// By what a list is ordered, of one row; by name: nothing.
template <class A>
std::uint64_t key_in(std::string_view field, const core::views::entity_row<A>& row) {
    if (field == "id" || field == "name") return 0;
    if (field == "due") {
        constexpr std::int64_t before_any_day = 1 << 30;
        return static_cast<std::uint64_t>(std::chrono::sys_days(shown_as<A>::due_of(row.state)).time_since_epoch().count() + before_any_day);
    }
    if (field == "status") return static_cast<std::uint64_t>(row.status());
    if (field == "since") return static_cast<std::uint64_t>(row.steps.last().since.time_since_epoch().count());
    return row.changed.value;
}

/// Calls `visit(row)` with all that the query can want: what is late or waits on somebody is among what waits, and all else that
/// there ever was need not be gone through for it.
template <class A, class Visit>
void each_candidate(const core::views::entity_list<A>& list, const flow_query& q, const core::views::views& v, Visit visit) {
    if (!q.waits_on && q.late != std::optional(true)) {
        for (const auto& row : list.rows()) visit(row);
        return;
    }
    std::uint64_t last = 0;  // the steps of one come one after the other
    v.waiting().each([&](events::stream_id what, const core::views::awaited_step&) {
        if (what.kind == A::category && what.number != last) visit(*list.row(last = what.number));
        return true;
    });
}

template <class A>
void write_entity_row(std::string& out, const core::views::entity_row<A>& row, const core::views::views& v, const core::context& by,
                      const core::views::entity_row<A>* now = nullptr) {
    json_object o(out);
    put_common(o, row, v, by);
    if (!now) return shown_as<A>::put_own(o, row.state, by);
    auto then = row.state;
    shown_as<A>::seal_as_now(then, now->state, by.who());
    shown_as<A>::put_own(o, then, by);
}

template <class A>
reading read_list(const documents& from, events::member_id who, const flow_query& q, const core::views::entity_list<A> core::views::views::*list) {
    return from.with_reader(who, [&](const core::views::views& v, events::position at, const core::context& by) -> reading {
        std::vector<const core::views::entity_row<A>*> found;
        each_candidate(v.*list, q, v, [&](const core::views::entity_row<A>& row) {
            if (is_wanted(row, q, v, by) && from.still_lets_see({A::category, row.number}, who)) found.push_back(&row);
        });
        const auto total = found.size();
        const std::string_view field = std::string_view(q.sort).substr(q.sort.starts_with('-'));
        std::string next;
        const auto page = field == "name" ? sorted_page(found, q, [&](const auto& row) { return list_place{0, core::views::name_of(row.state), row.number}; }, next)
                                          : numbered_page(found, q, [&](const auto& row) { return key_in<A>(field, row); }, next);
        document d{{}, at};
        for (const auto* row : page) d.rows.push_back(row->number);
        {
            json_object o(d.body);
            o.put("position", at).put("total", total);
            auto& items = o.name("items");
            items += '[';
            for (const auto* row : page) {
                if (items.back() != '[') items += ',';
                const auto* present = from.present_views();
                write_entity_row(items, *row, v, by, present ? (present->*list).row(row->number) : nullptr);
            }
            items += ']';
            if (!next.empty()) o.put("next", next);
            else o.name("next") += "null";
        }
        return d;
    });
}

template <class A>
reading read_one(const documents& from, const reader& by, std::uint64_t number, const std::optional<moment>& as_of,
                 const core::views::entity_list<A> core::views::views::*list) {
    // Who may not see it as it is may not see it as it was, nor read of it what they can't read now.
    std::optional<events::position> at;
    typename A::state as_it_is;
    from.views().read([&](const core::views::views& v, events::position now) {
        const auto* row = (v.*list).row(number);
        const auto* who = v.directory.find(by.who);
        if (!row || !who || !who->active) return;
        v.with_context(who, from.now(), from.utc_offset(), [&](const core::context& c) {
            if (core::access::may_see(row->state, c)) at = now;
        });
        as_it_is = row->state;
    });
    if (!at) return make(404, problems::not_found);
    auto folded = fold_stream<A>(from, number, as_of ? std::min(as_of->position, *at) : *at, shown_as<A>::section_of);
    if (folded.version.value == 0) return make(404, problems::not_found);  // not yet, then
    const auto write = [&](const core::context& then, auto may_read) -> reading {
        if (!core::access::may_see(folded.state, then)) return make(404, problems::not_found);
        const auto told = sort_history(folded, [&](const auto& e) { return core::access::may_read(e, folded.state, then) && may_read(e); });
        document d{{}, *at};
        {
            json_object o(d.body);
            o.put("position", as_of ? as_of->position : *at);
            write_dossier(o, number, folded, told, by.language, as_of, then);
            shown_as<A>::put_own(o, folded.state, then);
            if (!as_of || !shown_as<A>::more_is_of_today) shown_as<A>::put_more(o, folded.state, number, then);
        }
        d.moves = !as_of;  // the time that it has been in its step
        return d;
    };
    if (!as_of)
        return from.with_reader(by.who, [&](const core::views::views&, events::position, const core::context& now) {
            return write(now, [](const auto&) { return true; });
        });
    // What they may read of it today; then, with the views let go, all that it rests on as it was at the same position.
    core::person who;
    std::set<const void*> readable;
    const auto today = from.with_reader(by.who, [&](const core::views::views&, events::position, const core::context& now) -> reading {
        if (!core::access::may_see(folded.state, now)) return make(404, problems::not_found);
        for (const auto& one : folded.history)
            if (core::access::may_read(one.what, as_it_is, now)) readable.insert(&one.what);
        who = *now.actor;
        return document{};
    });
    if (std::holds_alternative<problem>(today)) return today;
    shown_as<A>::seal_as_now(folded.state, as_it_is, by.who);
    const engine::past_moment past(from.log(), from.keys(), as_of->position);
    return past.with_context(&who, as_of->time, from.utc_offset(), [&](const core::context& then) {
        return write(then, [&](const auto& e) { return readable.contains(&e); });
    });
}

}  // namespace server::wire
