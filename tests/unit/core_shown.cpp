// What a kind shows is described, or it does not compile (core/kernel/shown.hpp).

#include "core/analysis/shown.hpp"
#include "core/appraisal/shown.hpp"
#include "core/cycle/shown.hpp"
#include "core/election/shown.hpp"
#include "core/incentive/shown.hpp"
#include "core/indicators/shown.hpp"
#include "core/project/shown.hpp"
#include "core/proposal/shown.hpp"
#include "core/request/shown.hpp"
#include "core/source/shown.hpp"
#include "core/strategy/shown.hpp"
#include "tests/support/each_kind.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>

namespace core {
namespace {

template <class T>
consteval bool row_takes(std::string_view key) {
    return is_described<T, election::state, shown_as<election>::also>(key);
}

// What is worked out, and what the state describes, with their types.
static_assert(row_takes<bool>("voted"));
static_assert(row_takes<std::size_t>("ballots"), "a count is a count");
static_assert(row_takes<std::string>("title"));
static_assert(row_takes<std::optional<events::department>>("electorate"));
// Neither what is hidden, nor what there is not, nor with another type.
static_assert(!row_takes<std::vector<member_id>>("voters"));
static_assert(!row_takes<std::vector<election::nomination>>("nominations"));
static_assert(!row_takes<bool>("vote"));
static_assert(!row_takes<bool>("ballots"));
static_assert(!row_takes<std::string>("voted"));
static_assert(!row_takes<std::vector<std::uint64_t>>("nominees"));

// By the key that it has in JSON, and not by its name.
static_assert(is_described<std::vector<member_id>, project::state>("signed"));
static_assert(!is_described<std::vector<member_id>, project::state>("signed_by"));

// A part is shown whole: unless it is written line by line, nothing in it may be hidden.
struct part {
    std::uint32_t told;
    std::uint32_t kept;
};
OPSROOM_DESCRIBE(part, (told, events::describe::number("所示", "Told")), (kept, hidden()))
struct holds_parts {
    part one;
    std::vector<part> many;
};
OPSROOM_DESCRIBE(holds_parts, (one, group("其一", "One")), (many, list("其余", "Many")))
static_assert(!is_described<part, holds_parts>("one"));
static_assert(!is_described<std::vector<part>, holds_parts>("many"));
static_assert(is_described<std::vector<part>, holds_parts>("many", true));
static_assert(is_described<std::uint32_t, part>("told"));
static_assert(!is_described<std::uint32_t, part>("kept"));

template <class T>
void add_keys(std::multiset<std::string_view>& all) {
    for (const auto& f : events::fields<T>)
        if (!f.hidden) all.insert(f.key());
}

}  // namespace

TEST_CASE("shown: nothing is described twice", "[core]") {
    std::size_t kinds = 0;
    opsroom_test::each_aggregate([&]<class A>(boost::mp11::mp_identity<A>) {
        if constexpr (requires { sizeof(shown_as<A>); }) {
            ++kinds;
            std::multiset<std::string_view> keys;
            add_keys<typename A::state>(keys);
            add_keys<typename shown_as<A>::also>(keys);
            add_keys<typename shown_as<A>::more>(keys);
            for (const auto key : keys) {
                INFO(events::name_of(A::category) << " " << key);
                CHECK(keys.count(key) == 1);
            }
        }
    });
    CHECK(kinds >= 11);
}

TEST_CASE("shown: appraisals of a cycle are counted by each status that there is", "[core]") {
    std::set<std::string_view> counted;
    for (const auto& f : events::fields<appraisals_by_status>) {
        counted.insert(f.name);
        for (const auto& c : events::choices<appraisal_status>)
            if (c.name == f.name) CHECK(f.label == c.label);
    }
    for (const auto& c : events::choices<appraisal_status>)
        if (c.name != "absent") CHECK(counted.contains(c.name));
}

}  // namespace core
