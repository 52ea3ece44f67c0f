// What every log promises of its proofs: RFC 9162, from the first event on.
#include "tests/support/log_batch.hpp"
#include "tests/support/log_kinds.hpp"
#include "tests/support/log_naive_tree.hpp"

#include <catch2/catch.hpp>

using namespace events;
using namespace testing;
using namespace std::chrono_literals;

TEMPLATE_TEST_CASE("log: its proofs are those of RFC 9162", "[events][log][S1.3.1]", EVERY_LOG) {
    TestType kind;
    fill(kind.log(), channel_no(1), 300, 1, 13);
    kind.reopen();
    fill(kind.log(), task_no(1), 370, 1000, 41);

    std::vector<proof::hash> leaves;
    for (const auto& [p, bytes] : all_of(kind.log())) leaves.push_back(proof::leaf_hash(bytes));
    const hashes all(leaves);

    for (int round = 0; round < 2; ++round) {
        const auto& log = kind.log();
        REQUIRE(log.wait_indexed({670}, 10s));
        REQUIRE(log.tree_size() == 670);
        for (std::size_t n = 0; n <= 670; n += n < 20 || n > 655 ? 1 : 29) {
            CAPTURE(n);
            CHECK(log.root(n) == naive_root(all.first(n)));
            for (std::size_t m = 0; m < n; m += 1 + n / 5) {
                CHECK(log.inclusion({m + 1}, n) == naive_path(m, all.first(n)));
                if (m > 0) CHECK(log.consistency(m, n) == naive_subproof(m, all.first(n), true));
            }
        }
        CHECK_THROWS_AS(log.root(671), std::out_of_range);
        CHECK_THROWS_AS(log.inclusion({671}, 670), std::out_of_range);
        CHECK_THROWS_AS(log.inclusion({0}, 670), std::out_of_range);
        CHECK_THROWS_AS(log.inclusion({1}, 671), std::out_of_range);
        CHECK_THROWS_AS(log.consistency(1, 671), std::out_of_range);
        CHECK_THROWS_AS(log.consistency(3, 2), std::out_of_range);
        kind.reopen();
    }
}
