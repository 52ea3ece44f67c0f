#pragma once
// Every (status, command, person) of a flow: what the handbook's own table allows passes, and all else is refused with a
// clause. The table is given once more by each test, independently of the rows.

#include "tests/support/given.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <functional>
#include <string_view>
#include <vector>

namespace opsroom_test {

inline const std::vector<const core::person*> everybody{&lin, &mei, &wei, &na, &zhou, &ada, &aud, &tech_manager, &requester, &gone, &forgotten};

/// The OM of the operations department, and the superior leaders, who oversee everyone (D16).
inline bool manages(const core::person& who) { return who.active && ((who.has("OM") && who.department.code == "operations") || who.has("SL")); }

template <class A>
std::string_view name_of(const typename A::command& c) {
    return std::visit([](const auto& x) { return std::decay_t<decltype(x)>::type; }, c);
}

template <class A>
void check_cites_a_clause(typename A::rejection no) {
    const auto why = A::explain(no);
    INFO(why.code);
    CHECK(!why.clause.empty());
    CHECK(!why.zh.empty());
    CHECK(!why.en.empty());
}

/// Who is asked about, and what they know.
struct cast {
    std::vector<const core::person*> people = everybody;
    std::function<core::context(const core::person&)> asking = as;
};

/// `situations`: at least one for each status. `commands`: one of each that does not create, with good fields.
/// `allows(situation's state, command, person)`: what the handbook says. How many pairs were tried.
template <class A>
std::size_t check_every_pair(const std::vector<situation<A>>& situations, const std::vector<typename A::command>& commands,
                             const std::function<bool(const typename A::state&, std::string_view, const core::person&)>& allows,
                             const cast& of = {}) {
    std::size_t tried = 0;
    for (const auto& at : situations)
        for (const auto& asked : commands)
            for (const auto* who : of.people) {
                const auto by = of.asking(*who);
                const auto name = name_of<A>(asked);
                INFO(name << " in " << boost::describe::enum_to_string(A::status_of(at.state()), "?") << " by " << who->id.value);
                const auto answer = at.when(asked, by);
                CHECK(answer.passed() == allows(at.state(), name, *who));
                CHECK(!answer.fault);
                if (!answer.passed()) check_cites_a_clause<A>(answer.decided.error());
                ++tried;
            }
    return tried;
}

/// What each does once is offered while it changes something, and not after that.
template <class A>
void check_taken_once(const typename A::row& row, bool changed, const typename A::state& after, const core::context& by) {
    using core::flow::step;
    if (!has(row.is, step::each) || has(row.is, step::again)) return;
    CHECK(changed);
    for (const auto& left : core::flow::actions<A>(after, by))
        if (left.command == row.command) CHECK(left.refused.has_value());
}

/// The rows answer what may be done as they decide; a row's next status and clause are those of what happens.
template <class A>
void check_rows_agree(const std::vector<situation<A>>& situations, const std::vector<typename A::command>& commands, const cast& of = {}) {
    for (const auto& at : situations)
        for (const auto* who : of.people) {
            const auto by = of.asking(*who);
            const auto answers = core::flow::actions<A>(at.state(), by);
            for (const auto& asked : commands) {
                const auto name = name_of<A>(asked);
                const auto found = std::find_if(answers.begin(), answers.end(), [&](const auto& a) { return a.command == name; });
                if (found == answers.end()) continue;  // the system's alone
                const auto decided = at.when(asked, by);
                INFO(name << " in " << boost::describe::enum_to_string(A::status_of(at.state()), "?") << " by " << who->id.value);
                if (found->refused) {
                    // Where it is already so, nothing happens and it succeeds.
                    CHECK((!decided.passed() || decided.happened().empty()));
                    continue;
                }
                if (!decided.passed()) {
                    // The person and the state allow it; what this very command says does not fit (a vote for oneself).
                    CHECK(A::explain(decided.decided.error()).is == core::obstacle::field);
                    continue;
                }
                auto after = at.state();
                const auto& row = *std::find_if(A::flow.begin(), A::flow.end(), [&](const auto& r) { return r.command == name; });
                for (const auto& e : decided.happened()) {
                    A::evolve(after, e);
                    CHECK(std::visit([](const auto& x) { return std::decay_t<decltype(x)>::clause; }, e) == row.clause);
                }
                if (row.next && !decided.happened().empty()) CHECK(A::status_of(after) == *row.next);
                check_taken_once<A>(row, !decided.happened().empty(), after, by);
            }
        }
}

}  // namespace opsroom_test
