#pragma once
// Lists and dossiers of the entities of one kind. How they are shown is said where the kind lives, in core/KIND/shown.hpp; beside each
// of those files the build has one that makes a kind_reading of it.

#include "core/kernel/seen.hpp"
#include "core/kernel/shown.hpp"
#include "server/engine/past_entities.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "server/wire/flows/listing.hpp"
#include "server/wire/flows/rows.hpp"
#include "server/wire/flows/shown_object.hpp"
#include "server/wire/list_json.hpp"
#include "server/wire/schema/fields.hpp"

#include <set>
#include <tuple>

namespace server::wire {

template <class A>
bool waits_on(const core::views::entity_row<A>& row, events::member_id who, const core::views::views& v, events::member_id reader) {
    const auto* steps = v.waiting().of({A::category, row.number});
    return steps && std::any_of(steps->begin(), steps->end(), [&](const auto& one) {
        const auto on = shown_turn(one.command, one.on, reader);
        return std::find(on.begin(), on.end(), who) != on.end();
    });
}

bool is_own_of(const auto& state, events::member_id who) {
    if constexpr (requires { is_own(state, who); }) return is_own(state, who);
    else return false;
}

template <class A>
bool is_wanted(const core::views::entity_row<A>& row, const flow_query& q, const core::views::views& v, const core::context& by) {
    const auto& s = row.state;
    if (q.status && *q.status != boost::describe::enum_to_string(row.status(), "?")) return false;
    if constexpr (requires { s.department; })
        if (q.department && s.department != *q.department) return false;
    if constexpr (requires { s.cycle; })
        if (q.cycle && s.cycle != *q.cycle) return false;
    if (q.person && !is_own_of(s, *q.person)) return false;
    if (!q.text.empty() && !mentions(name_of(s), q.text)) return false;
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
        events::date due{};
        if constexpr (requires { due_of(row.state); }) due = due_of(row.state);
        return static_cast<std::uint64_t>(std::chrono::sys_days(due).time_since_epoch().count() + before_any_day);
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

/// Takes out of what was what the present seals.
template <class A>
void seal(typename A::state& then, const typename A::state& now, events::member_id reader) {
    if constexpr (requires { seal_as_now(then, now, reader); }) seal_as_now(then, now, reader);
}

template <class A>
void write_entity_row(std::string& out, const core::views::entity_row<A>& row, const core::views::views& v, const core::context& by,
                      const core::views::entity_row<A>* now = nullptr) {
    json_object o(out);
    put_common(o, row, v, by);
    shown_row<A> own(o);
    if (!now) return core::shown_as<A>::put_own(own, row.state, by);
    auto then = row.state;
    seal<A>(then, now->state, by.who());
    core::shown_as<A>::put_own(own, then, by);
}

template <class A>
reading read_list(const documents& from, events::member_id who, const flow_query& q) {
    return from.with_reader(who, [&](const core::views::views& v, events::position at, const core::context& by) -> reading {
        std::vector<const core::views::entity_row<A>*> found;
        each_candidate(v.of<A>(), q, v, [&](const core::views::entity_row<A>& row) {
            if (is_wanted(row, q, v, by) && from.still_lets_see({A::category, row.number}, who)) found.push_back(&row);
        });
        const auto total = found.size();
        const std::string_view field = std::string_view(q.sort).substr(q.sort.starts_with('-'));
        std::string next;
        const auto page = field == "name" ? sorted_page(found, q, [&](const auto& row) { return list_place{0, name_of(row.state), row.number}; }, next)
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
                write_entity_row(items, *row, v, by, present ? present->of<A>().row(row->number) : nullptr);
            }
            items += ']';
            if (!next.empty()) o.put("next", next);
            else o.name("next") += "null";
        }
        return d;
    });
}

/// Of who may see the entity, who may read one of its events.
template <class A>
bool reads(const typename A::event& what, const typename A::state& of, const core::context& by) {
    if constexpr (requires { may_read(what, of, by); }) return may_read(what, of, by);
    else return may_see(of, by);
}

template <class A>
reading read_one(const documents& from, const reader& by, std::uint64_t number, const std::optional<moment>& as_of) {
    // Who may not see it as it is may not see it as it was, nor read of it what they can't read now.
    std::optional<events::position> at;
    typename A::state as_it_is;
    from.views().read([&](const core::views::views& v, events::position now) {
        const auto* row = v.of<A>().row(number);
        const auto* who = v.directory.find(by.who);
        if (!row || !who || !who->active) return;
        v.with_context(who, from.now(), from.utc_offset(), [&](const core::context& c) {
            if (may_see(row->state, c)) at = now;
        });
        as_it_is = row->state;
    });
    if (!at) return make(404, problems::not_found);
    auto folded = fold_stream<A>(from, number, as_of ? std::min(as_of->position, *at) : *at);
    if (folded.version.value == 0) return make(404, problems::not_found);  // not yet, then
    const auto write = [&](const core::context& then, auto today_too) -> reading {
        if (!may_see(folded.state, then)) return make(404, problems::not_found);
        const auto told = sort_history(folded, [&](const auto& e) { return reads<A>(e, folded.state, then) && today_too(e); });
        document d{{}, *at};
        {
            json_object o(d.body);
            o.put("position", as_of ? as_of->position : *at);
            write_dossier(o, number, folded, told, by.language, as_of, then);
            shown_row<A> own(o);
            core::shown_as<A>::put_own(own, folded.state, then);
            shown_more<A> more(o);
            if (!as_of || !core::shown_as<A>::more_is_of_today) core::shown_as<A>::put_more(more, folded.state, number, then);
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
        if (!may_see(folded.state, now)) return make(404, problems::not_found);
        for (const auto& one : folded.history)
            if (reads<A>(one.what, as_it_is, now)) readable.insert(&one.what);
        who = *now.actor;
        return document{};
    });
    if (std::holds_alternative<problem>(today)) return today;
    seal<A>(folded.state, as_it_is, by.who);
    const engine::past_entities past(from.log(), from.keys(), as_of->position);
    return past.with_context(&who, as_of->time, from.utc_offset(), [&](const core::context& then) {
        return write(then, [&](const auto& e) { return readable.contains(&e); });
    });
}

template <class A>
class kind_reading_for final : public kind_reading {
public:
    events::category category() const override { return A::category; }
    reading list(const documents& from, events::member_id who, const flow_query& q) const override { return read_list<A>(from, who, q); }
    reading one(const documents& from, const reader& by, std::uint64_t number, const std::optional<moment>& as_of) const override {
        return read_one<A>(from, by, number, as_of);
    }
    bool write_row(std::string& out, std::uint64_t number, const core::views::views& v, const core::context& by) const override {
        const auto* row = v.of<A>().row(number);
        if (!row || !is_listed(row->state, by)) return false;
        comma(out);
        write_entity_row(out, *row, v, by);
        return true;
    }
    void write_row_fields(std::string& out) const override { write_fields<typename core::shown_as<A>::also>(out); }
    void write_dossier_fields(std::string& out) const override { write_fields<typename core::shown_as<A>::more>(out); }
    core::section section_of(const events::any& what) const override { return A::section_of(events::get<typename A::event>(what)); }
};

}  // namespace server::wire
