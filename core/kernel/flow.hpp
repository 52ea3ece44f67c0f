#pragma once
// A flow is a table of rows. A row says from which states a command may be given, by whom, by whom never, on what
// condition, where it leads and which clause it carries out. The same rows decide, and answer "what may I do now; if
// not, why, and whose turn is it".
//
// An aggregate that has a flow gives:
//   status                          an enum of at most 32 values
//   flow                            a constexpr array of rows, in the order of the command variant
//   relation_names                  what each bit of `relations` is called
//   status_of(state)                where it is now
//   relations_of(state, context)    what the asker is to it, as bits that the aggregate names
//   wrong_state(row, status)        what to answer a command that is not for this status
//   rejection::inactive             what to answer somebody who has left
// and, where its definition can change while it runs (core/definitions):
//   flow_version(state)             the version that it began with
// and, where others can do what is left to them while somebody is away:
//   delegable                       true
//   overseen, overseer              relations: who is of the second may whatever those of the first may, out of turn (D16)
//   waits_in_vain(row, state)       where it is the turn of nobody, whether somebody is missing; without it: somebody is
//   clause_at(row, state)           the clause that a row carries out, where it depends on what is there
//   as_if(state, command, context)  the state whose relations say who may create: what the command would make
//
// Nobody decides on what they submitted (D1): `never` bars whoever is one of these relations, and whoever had a hand in it
// as one of them (core/kernel/hands.hpp). Where everybody whose turn it would be is barred, it is the turn of their
// superior, and where there is none, of the superior leaders. Who stands in for somebody may do what they may
// (`delegable`), unless either of the two is barred.

#include "core/kernel/amendments.hpp"
#include "core/kernel/context.hpp"
#include "core/kernel/hands.hpp"
#include "core/kernel/refusal.hpp"

#include <boost/mp11/algorithm.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace core::flow {

template <class... Status>
constexpr statuses from(Status... s) {
    return (statuses{0} | ... | (statuses{1} << static_cast<unsigned>(s)));
}

/// A condition beyond state and person. Named, so that the table can be read without its code.
template <class State, class Rejection>
struct guard {
    std::string_view name;
    std::optional<Rejection> (*refuses)(const State&, const context&);
};

/// What a row is to its flow; several at once.
enum class step : std::uint8_t {
    optional = 0,  ///< may be taken
    awaited = 1,   ///< its statuses wait for it: it is on somebody's desk, and its time is measured
    each = 2,      ///< awaited of each whose turn it is: once all have taken it, nobody is missing
    decides = 4,   ///< it decides, or takes effect (D12): who may, and when, is not opened. So does every row with `never`
    own_word = 8,  ///< what somebody says for themselves: nobody else does
    writes = 16,   ///< it writes what is decided on: not at other times than the flow has it
    again = 32,    ///< who has taken it may take it again, and it counts anew; with `each`
};
constexpr step operator|(step a, step b) { return static_cast<step>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b)); }
constexpr bool has(step all, step one) { return (static_cast<std::uint8_t>(all) & static_cast<std::uint8_t>(one)) != 0; }

template <class Status, class Rejection, class State = std::monostate>
struct row {
    std::string_view command;      ///< the command's type: "task.start"
    statuses in;                   ///< where it may be given
    relations may;                 ///< who may: any one of these is enough
    relations never;               ///< who never may, whatever else they are
    std::optional<Status> next;    ///< where it leads; nothing: it stays
    std::string_view clause;       ///< that it carries out
    Rejection not_yours;           ///< said to who is none of `may`
    Rejection never_yours;         ///< said to who is one of `never`
    Rejection not_now;             ///< said in a status that is not in `in`, unless the aggregate knows better
    step is = step::optional;
    const guard<State, Rejection>* when = nullptr;  ///< null: always
    relations whose_turn = 0;                       ///< where it is the turn of fewer than may; 0: of all who may

    constexpr bool is_awaited() const { return has(is, step::awaited); }
    constexpr bool is_decision() const { return never != 0 || has(is, step::decides); }
};

/// The row of the command `Asked`.
template <class A, class Asked>
constexpr const auto& row_of() {
    constexpr auto index = boost::mp11::mp_find<typename A::command, Asked>::value;
    static_assert(A::flow[index].command == Asked::type, "rows are in the order of the commands");
    return A::flow[index];
}

/// A row as it holds for one instance: as written, or as amended since.
struct ruling {
    statuses in;
    relations may;
    relations never;
    std::span<const role> roles;  ///< who hold one of these may as well
    relations turn;               ///< whose turn it is
};

/// What is somebody's work can be left to whoever stands in for them; what they say of themselves can not.
template <class A>
inline constexpr bool is_delegable = requires { requires A::delegable; };

/// There is one, from the beginning; it is in one status for ever.
template <class A>
inline constexpr bool is_singleton = requires { requires A::singleton; };

template <class A>
std::uint32_t version_of(const typename A::state& now) {
    if constexpr (requires { A::flow_version(now); }) return A::flow_version(now);
    else return 1;
}

/// Who may, with those who oversee them.
template <class A>
constexpr relations with_overseers(relations may) {
    if constexpr (requires { A::overseer; }) return may & A::overseen ? may | A::overseer : may;
    else return may;
}

template <class A, class Row>
ruling ruling_of(const Row& row, const typename A::state& now, const context& by) {
    const auto of = [&](statuses in, relations may, relations never, std::span<const role> roles) {
        return ruling{in, with_overseers<A>(may), never, roles, row.whose_turn ? row.whose_turn : may};
    };
    if (by.flows)
        if (const auto* changed = by.flows->row(events::name_of(A::category), version_of<A>(now), row.command))
            return of(changed->in, changed->may, row.never | changed->never, changed->roles);
    return of(row.in, row.may, row.never, {});
}

namespace detail {

/// What the asker is to the entity, and whether that lets them.
enum class standing : std::uint8_t { none, may, never };

template <class A>
standing standing_of(const ruling& r, const typename A::state& now, const context& by) {
    const relations are = A::relations_of(now, by);
    if ((are | hands_of(now, by.actor->id)) & r.never) return standing::never;
    const bool holds = std::any_of(r.roles.begin(), r.roles.end(), [&](const role& one) { return by.actor->has(one.code); });
    return (are & r.may) || holds ? standing::may : standing::none;
}

/// The first superior who is not barred; where there is none, the superior leaders.
template <class A>
void pass_up(member_id barred, const ruling& r, const typename A::state& now, const context& by, std::vector<member_id>& to) {
    constexpr int levels_max = 32;
    const person* at = by.people->find(barred);
    for (int level = 0; at && at->superior && level < levels_max; ++level) {
        at = by.people->find(at->superior);
        if (at && at->active && standing_of<A>(r, now, by.as(*at)) != standing::never) {
            to.push_back(at->id);
            return;
        }
    }
    by.people->each_active([&](const person& p) {
        if (p.has("SL") && standing_of<A>(r, now, by.as(p)) != standing::never) to.push_back(p.id);
        return true;
    });
}

}  // namespace detail

/// Whose turn a row is.
struct turn {
    std::vector<member_id> who;  ///< by id, without those who stand in for them
    bool passed_up = false;      ///< the ones it would be may not (D1)
    bool includes(member_id m) const { return std::find(who.begin(), who.end(), m) != who.end(); }
};

template <class A, class Row>
turn turn_of(const Row& row, const typename A::state& now, const context& by) {
    const auto r = ruling_of<A>(row, now, by);
    turn t;
    std::vector<member_id> barred;
    by.people->each_active([&](const person& p) {
        const auto as_they_are = by.as(p);
        const relations are = A::relations_of(now, as_they_are);
        const bool holds = !row.whose_turn && std::any_of(r.roles.begin(), r.roles.end(), [&](const role& one) { return p.has(one.code); });
        if ((are & r.turn) || holds) ((are | hands_of(now, p.id)) & r.never ? barred : t.who).push_back(p.id);
        return true;
    });
    if (!t.who.empty() || barred.empty()) return t;
    t.passed_up = true;
    for (const auto m : barred) detail::pass_up<A>(m, r, now, by, t.who);
    std::sort(t.who.begin(), t.who.end());
    t.who.erase(std::unique(t.who.begin(), t.who.end()), t.who.end());
    return t;
}

/// Whether the asker may take a row, and in whose place.
template <class A>
struct leave {
    std::optional<typename A::rejection> refused;
    member_id in_place_of;  ///< 0: in their own
};

/// Calls `visit(person)` with those for whom the asker acts today, and who are here, until true. Whether it was.
template <class Visit>
bool any_principal(const context& by, Visit visit) {
    return std::any_of(by.actor->acts_for.begin(), by.actor->acts_for.end(), [&](const delegation& d) {
        const person* p = d.holds(by.today) ? by.people->find(d.of) : nullptr;
        return p && p->active && visit(*p);
    });
}

/// The system may always.
template <class A, class Row>
leave<A> leave_of(const Row& row, const typename A::state& now, const context& by) {
    using detail::standing;
    if (by.by_system()) return {};
    if (!by.actor->active) return {A::rejection::inactive, {}};
    const auto r = ruling_of<A>(row, now, by);
    const auto own = detail::standing_of<A>(r, now, by);
    if (own == standing::never) return {row.never_yours, {}};
    leave<A> found;
    const auto stands_in = [&](auto lets) {
        if constexpr (is_delegable<A>)
            return any_principal(by, [&](const person& p) {
                if (!lets(p)) return false;
                found.in_place_of = p.id;
                return true;
            });
        else return false;
    };
    const auto may = [&](const person& p) { return detail::standing_of<A>(r, now, by.as(p)) == standing::may; };
    const auto is_turn_of = [&](const person& p) { return (A::relations_of(now, by.as(p)) & row.whose_turn) != 0; };
    if (own == standing::may) {
        // Who has done their own part does that of whom they stand in for.
        const bool of_each = row.whose_turn != 0 && !is_turn_of(*by.actor);
        if (of_each) stands_in([&](const person& p) { return is_turn_of(p) && may(p); });
        return found;
    }
    if (stands_in(may)) return found;
    if (r.never != 0) {
        const auto t = turn_of<A>(row, now, by);
        if (t.passed_up && (t.includes(by.who()) || stands_in([&](const person& p) { return t.includes(p.id); }))) return found;
    }
    return {row.not_yours, {}};
}

/// Why the person may not; nothing where they may.
template <class A, class Row>
std::optional<typename A::rejection> who_refuses(const Row& row, const typename A::state& now, const context& by) {
    return leave_of<A>(row, now, by).refused;
}

/// Whose doing it is: the asker's own, or that of somebody they stand in for.
template <class A, class Row>
member_id in_place_of(const Row& row, const typename A::state& now, const context& by) {
    const auto found = leave_of<A>(row, now, by).in_place_of;
    return found ? found : by.who();
}

/// Whom the asker stands in for with this command; 0: nobody.
template <class A>
member_id stands_in_for(const typename A::command& asked, const typename A::state& now, const context& by) {
    if constexpr (is_delegable<A>) {
        if (by.by_system() || by.actor->acts_for.empty()) return {};
        const auto& row = A::flow[asked.index()];
        if constexpr (requires { A::as_if(now, asked, by); }) return leave_of<A>(row, A::as_if(now, asked, by), by).in_place_of;
        else return leave_of<A>(row, now, by).in_place_of;
    } else {
        return {};
    }
}

/// Why it may not be done now; nothing where it may.
template <class A, class Row>
std::optional<typename A::rejection> state_refuses(const Row& row, const typename A::state& now, const context& by) {
    const auto at = A::status_of(now);
    if (!(ruling_of<A>(row, now, by).in & from(at))) return A::wrong_state(row, at);
    if constexpr (requires { row.when->refuses(now, by); })
        if (row.when) return row.when->refuses(now, by);
    return std::nullopt;
}

/// Where the row as it is written would be taken, and as it was amended it is not.
template <class A, class Row>
bool is_amended_away(const Row& row, const typename A::state& now, const context& by) {
    const auto here = from(A::status_of(now));
    return (row.in & here) && !(ruling_of<A>(row, now, by).in & here);
}

inline constexpr refusal amended_away{"amended_away", "D12", "流程经修改后，这一步不再在当前状态进行。它在哪些状态进行，见该流程的说明。",
                                      "Since the flow was amended this step is not taken in this status any more. The flow says in which it is.", obstacle::status};

inline constexpr refusal by_itself{"by_itself", "S1.3.3", "这一步由系统自动进行，任何人都不能自行办理。", "This step is taken by the system, when its time has come: nobody takes it by hand.", obstacle::who};

/// What is said to who is refused by the rule `no`.
template <class A, class Row>
refusal explained(typename A::rejection no, const Row& row, const typename A::state& now, const context& by) {
    if (row.may == 0 && no == row.not_yours && !by.by_system()) return by_itself;
    return is_amended_away<A>(row, now, by) && no == A::wrong_state(row, A::status_of(now)) ? amended_away : A::explain(no);
}

/// The clause that a row carries out, here.
template <class A, class Row>
std::string_view clause_of(const Row& row, const typename A::state& now) {
    if constexpr (requires { A::clause_at(row, now); }) return A::clause_at(row, now);
    else return row.clause;
}

/// One thing that might be done.
struct action {
    std::string_view command;
    std::string_view clause;
    std::optional<refusal> refused;  ///< nothing: it may be done now
    turn whose;                      ///< where the state allows it, and not the asker
    particulars more = {};           ///< with what refuses it
};

/// What is told of this very case with the refusal `no`. `asked`: null where nobody has asked yet.
template <class A>
particulars particulars_of(typename A::rejection no, const typename A::state& now, const typename A::command* asked, const context& by) {
    if constexpr (requires { A::particulars_of(no, now, asked, by); }) return A::particulars_of(no, now, asked, by);
    else return {};
}

inline constexpr refusal taken_already{"taken_already", "", "您已完成这一步，无需再做。", "You have done this already: there is nothing left to do.", obstacle::status};

/// Whether a step that each takes once is none that the asker has left to take, for themselves or for whom they stand in for.
/// Sent again it changes nothing and is acknowledged, so no rule refuses it; it is only not offered.
template <class A, class Row>
bool is_taken(const Row& row, const typename A::state& now, const context& by) {
    if (!has(row.is, step::each) || has(row.is, step::again) || by.by_system()) return false;
    const auto is_turn_of = [&](const person& p) { return (A::relations_of(now, by.as(p)) & row.whose_turn) != 0; };
    if (is_turn_of(*by.actor)) return false;
    if constexpr (is_delegable<A>) return !any_principal(by, is_turn_of);
    else return true;
}

/// Whether a row is one that people take on something that exists: neither the system's alone, nor one that creates.
template <class A, class Row>
constexpr bool is_offered(const Row& row) {
    return row.may != 0 && (is_singleton<A> || row.in != from(typename A::status{}));
}

/// What `by` may do with an entity that exists, one action for each row that is offered.
template <class A>
std::vector<action> actions(const typename A::state& now, const context& by) {
    std::vector<action> all;
    for (const auto& row : A::flow) {
        if (!is_offered<A>(row)) continue;
        const auto who = who_refuses<A>(row, now, by);
        const auto state = state_refuses<A>(row, now, by);
        const auto no = who ? who : state;
        auto refused = no ? std::optional(explained<A>(*no, row, now, by)) : std::nullopt;
        if (!no && is_taken<A>(row, now, by)) refused = taken_already;
        all.push_back({row.command, clause_of<A>(row, now), refused, refused && !state ? turn_of<A>(row, now, by) : turn{},
                       no ? particulars_of<A>(*no, now, nullptr, by) : particulars{}});
    }
    return all;
}

/// Whether everybody whose turn it was has taken it, or it is nobody's. Else nobody is left means that somebody is missing: it
/// waits on nobody, and says so.
template <class A, class Row>
bool is_through(const Row& row, const typename A::state& now, const turn& whose) {
    if (!whose.who.empty()) return false;
    if (has(row.is, step::each)) return true;
    if constexpr (requires { A::waits_in_vain(row, now); }) return !A::waits_in_vain(row, now);
    else return false;
}

/// A step that an entity waits for, and on whom.
struct wait {
    std::string_view command;
    std::string_view clause;
    turn on;
};

template <class A>
std::vector<wait> waits(const typename A::state& now, const context& by) {
    std::vector<wait> all;
    for (const auto& row : A::flow) {
        if (!row.is_awaited() || state_refuses<A>(row, now, by)) continue;
        auto turn = turn_of<A>(row, now, by);
        if (!is_through<A>(row, now, turn)) all.push_back({row.command, clause_of<A>(row, now), std::move(turn)});
    }
    return all;
}

/// The same, whatever the day: what a guard holds up until then as well.
template <class A>
std::vector<wait> waits_on_any_day(const typename A::state& now, const context& by) {
    std::vector<wait> all;
    for (const auto& row : A::flow) {
        if (!row.is_awaited() || !(ruling_of<A>(row, now, by).in & from(A::status_of(now)))) continue;
        auto turn = turn_of<A>(row, now, by);
        if (!is_through<A>(row, now, turn)) all.push_back({row.command, clause_of<A>(row, now), std::move(turn)});
    }
    return all;
}

}  // namespace core::flow
