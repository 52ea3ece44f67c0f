// What may be begun is what deciding says, for every command that creates and everybody.

#include "core/creating.hpp"
#include "tests/support/appraised.hpp"
#include "tests/support/every_kind.hpp"
#include "tests/support/flow_table.hpp"

namespace core_creating_tests {

using namespace opsroom_test;

namespace {

template <class A>
const auto& row_named(std::string_view command) {
    const auto found = std::find_if(A::flow.begin(), A::flow.end(), [&](const auto& row) { return row.command == command; });
    REQUIRE(found != A::flow.end());
    return *found;
}

/// With as little in it as decides on who may; of what hangs on whose it is one for each.
template <class C>
std::vector<C> least() {
    if constexpr (std::is_same_v<C, core::indicators::publish>) {
        std::vector<C> all(3);
        all[0].role = {"SP"};
        all[1].role = {"DA"};
        all[2].role = {"OM"};
        return all;
    } else {
        return std::vector<C>(1);
    }
}

/// Whether deciding lets them, as far as who they are: what else is wrong with so empty a command is another matter.
template <class A, class C>
bool is_for(const core::context& by) {
    const auto all = least<C>();
    return std::any_of(all.begin(), all.end(), [&](const C& asked) {
        const auto decided = A::decide(typename A::state{}, typename A::command(asked), by);
        return decided || A::explain(decided.error()).is != core::obstacle::who;
    });
}

const core::flow::action* find(const std::vector<core::flow::action>& all, std::string_view command) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& a) { return a.command == command; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("creating: each command that makes something is offered to whom deciding lets, and to nobody else", "[core][creating]") {
    const world empty;
    std::size_t tried = 0;
    for (const auto* who : everybody) {
        const auto by = in_office(*who, empty);
        const auto offered = core::creating(by);
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::aggregate_list>>([&](auto a) {
            using A = typename decltype(a)::type;
            if constexpr (!core::flow::is_singleton<A>)
                boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename A::command>>([&](auto c) {
                    using C = typename decltype(c)::type;
                    if constexpr (core::creates<C>) {
                        const auto* action = find(offered, C::type);
                        INFO(C::type << " by " << who->id.value);
                        if (row_named<A>(C::type).may == 0) {
                            CHECK(!action);
                            return;
                        }
                        REQUIRE(action);
                        CHECK(!action->refused == is_for<A, C>(by));
                        if (action->refused) CHECK(!action->refused->zh.empty());
                        ++tried;
                    }
                });
        });
        CHECK(std::all_of(offered.begin(), offered.end(), [](const auto& a) { return !a.clause.empty(); }));
    }
    CHECK(tried >= 10 * everybody.size());
}

TEST_CASE("creating: tasks by who leads the department, or the project", "[core][creating][S3.2.1]") {
    const world empty;
    const auto may = [&](const core::person& who) { return !find(core::creating(in_office(who, empty)), "task.assign")->refused; };
    CHECK(may(lin));
    CHECK(may(zhou));
    CHECK(!may(wei));
    CHECK(!may(requester));
    CHECK(!may(ada));
    CHECK(!may(gone));
}

}  // namespace core_creating_tests
