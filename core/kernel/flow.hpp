#pragma once
// A flow is a table of rows. A row says from which states a command may be given, by whom, by whom never, where it
// leads and which clause it carries out. The same rows decide, and answer "what may I do now; if not, why".
//
// An aggregate that has a flow gives:
//   status                          an enum of at most 32 values
//   flow                            a constexpr array of rows, in the order of the command variant
//   status_of(state)                where it is now
//   relations_of(state, context)    what the asker is to it, as bits that the aggregate names
//   wrong_state(row, status)        what to answer a command that is not for this status
//   rejection::inactive             what to answer somebody who has left

#include "core/kernel/context.hpp"
#include "core/kernel/refusal.hpp"

#include <boost/mp11/algorithm.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace core::flow {

/// Bits: what a person is to an entity. Each aggregate names its own.
using relations = std::uint32_t;

/// Bits: a set of statuses.
using statuses = std::uint32_t;

template <class... Status>
constexpr statuses from(Status... s) {
    return (statuses{0} | ... | (statuses{1} << static_cast<unsigned>(s)));
}

template <class Status, class Rejection>
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
};

/// The row of the command `Asked`.
template <class A, class Asked>
constexpr const auto& row_of() {
    constexpr auto index = boost::mp11::mp_find<typename A::command, Asked>::value;
    static_assert(A::flow[index].command == Asked::type, "rows are in the order of the commands");
    return A::flow[index];
}

/// Why the person may not; nothing where they may. The system may always.
template <class A, class Row>
std::optional<typename A::rejection> who_refuses(const Row& row, const typename A::state& now, const context& by) {
    if (by.by_system()) return std::nullopt;
    if (!by.actor->active) return A::rejection::inactive;
    const relations are = A::relations_of(now, by);
    if (are & row.never) return row.never_yours;
    if (!(are & row.may)) return row.not_yours;
    return std::nullopt;
}

/// Why it may not be done now; nothing where it may.
template <class A, class Row>
std::optional<typename A::rejection> state_refuses(const Row& row, const typename A::state& now) {
    const auto at = A::status_of(now);
    if (row.in & from(at)) return std::nullopt;
    return A::wrong_state(row, at);
}

/// One thing that might be done.
struct action {
    std::string_view command;
    std::string_view clause;
    std::optional<refusal> refused;  ///< nothing: it may be done now
};

/// What `by` may do with an entity that exists, one action for each command that doesn't create.
template <class A>
std::vector<action> actions(const typename A::state& now, const context& by) {
    std::vector<action> all;
    for (const auto& row : A::flow) {
        if (row.in == from(typename A::status{})) continue;  // creates: nothing to do with an entity that exists
        auto no = who_refuses<A>(row, now, by);
        if (!no) no = state_refuses<A>(row, now);
        all.push_back({row.command, row.clause, no ? std::optional(A::explain(*no)) : std::nullopt});
    }
    return all;
}

}  // namespace core::flow
