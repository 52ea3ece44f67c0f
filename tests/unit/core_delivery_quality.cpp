// Completeness, timeliness and accuracy, worked out by hand.

#include "core/delivery/quality.hpp"
#include "tests/support/collected.hpp"

using namespace opsroom_test;
using namespace core::delivering;
using core::delivery;
using verdict = events::delivery::verdict;
namespace happened = events::delivery;

namespace {

constexpr core::date monday{2026y / 11 / 16};

/// A delivery of the day before `day`, due on it at 10:00 with two hours of grace.
happened::expected due_on(core::date day) {
    const core::instant due = std::chrono::sys_days(day) + 10h - core::shanghai;
    const core::date covers = std::chrono::sys_days(day) - std::chrono::days(1);
    return {{{1}, "每日订单", {"operations"}, wei.id, covers, covers}, {due, due + 2h}, 1};
}
happened::received at(core::date day, std::chrono::minutes of_day) { return {{}, std::chrono::sys_days(day) + of_day - core::shanghai, na.id, {}}; }
happened::checked checked(verdict v, std::uint64_t rows, std::uint64_t faulty) { return {v, rows, rows - faulty, faulty, faulty, 0, {}, {}, {}, {}, {}, "x"}; }

core::date plus(core::date day, int n) { return std::chrono::sys_days(day) + std::chrono::days(n); }

template <class... Events>
void put(world& w, std::uint64_t number, const Events&... events) {
    auto state = given<delivery>(events...).state();
    state.id = {number};
    w.put<delivery>(number, state);
}

}  // namespace

TEST_CASE("quality: completeness, timeliness and accuracy of a week", "[core][delivery][S2.3.5][D17]") {
    auto w = collecting();
    const auto tuesday = plus(monday, 1), wednesday = plus(monday, 2), thursday = plus(monday, 3), friday = plus(monday, 4);
    put(w, 1, due_on(monday), at(monday, 9h), checked(verdict::accepted, 100, 0));                    // in time
    put(w, 2, due_on(tuesday), at(tuesday, 11h + 30min), checked(verdict::warned, 100, 4));           // within the grace
    put(w, 3, due_on(wednesday), happened::missed{}, at(wednesday, 15h), checked(verdict::accepted, 100, 0));  // 4 working hours late
    put(w, 4, due_on(thursday), happened::missed{}, happened::waived{"down", true});                  // missing
    put(w, 5, due_on(friday), at(friday, 9h), checked(verdict::quarantined, 50, 10));                 // there, and not loaded
    const auto all = quality_by_week(monday, monday, within(w));
    REQUIRE(all.size() == 1);
    CHECK(all[0].line == core::collection_id{1});
    CHECK(all[0].monday == monday);
    const auto& q = all[0].quality;
    CHECK(q.completeness == share{3, 5});
    CHECK(q.timeliness == share{3, 5});
    CHECK(q.accuracy == share{336, 350});
    CHECK(q.accuracy.shown() == 9600);
    CHECK(q.late == std::vector{240min});
    CHECK(q.behind.size() == 5);
}

TEST_CASE("quality: absent is not zero", "[core][delivery][S2.3.5][D2]") {
    auto w = collecting();
    CHECK(quality_by_week(monday, monday, within(w)).empty());
    CHECK(share{}.shown() == std::nullopt);
    CHECK(in_all({}).completeness.shown() == std::nullopt);
    CHECK(quality{}.late_at(50) == std::nullopt);
    // What is not over yet is left out; so is what was never to be expected.
    put(w, 1, due_on(tomorrow));
    put(w, 2, due_on(monday), happened::waived{"the plan was retired", false});
    CHECK(quality_by_week(monday, tomorrow, within(w)).empty());
    // Once it is over, it counts.
    auto later = within(w);
    later.now = std::chrono::sys_days(plus(tomorrow, 1));
    const auto all = quality_by_week(monday, tomorrow, later);
    REQUIRE(all.size() == 1);
    CHECK(all[0].quality.completeness == share{0, 1});
    CHECK(all[0].quality.completeness.shown() == 0);
    CHECK(all[0].quality.accuracy.shown() == std::nullopt);
}

TEST_CASE("quality: what is corrected later was not right, and is complete all the same", "[core][delivery][S2.3.5][S4.1.3]") {
    auto w = collecting();
    put(w, 1, due_on(monday), at(monday, 9h), checked(verdict::accepted, 100, 2), happened::superseded{{2}, 8});
    happened::entered correction{due_on(monday).of, {}, core::delivery_id{1}, at(plus(monday, 8), 9h), 1};
    put(w, 2, correction, checked(verdict::accepted, 100, 0));
    const auto all = quality_by_week(monday, monday, within(w));
    REQUIRE(all.size() == 1);
    CHECK(all[0].quality.completeness == share{1, 1});
    CHECK(all[0].quality.timeliness == share{1, 1});
    CHECK(all[0].quality.accuracy == share{190, 200});
    // More corrected than there were rows: none of them was right.
    put(w, 1, due_on(monday), at(monday, 9h), checked(verdict::accepted, 5, 2), happened::superseded{{2}, 800});
    CHECK(quality_by_week(monday, monday, within(w))[0].quality.accuracy == share{100, 105});
}

TEST_CASE("quality: a file that was refused did not come, and a share is rounded once, half up", "[core][delivery][S2.3.5][D17]") {
    auto w = collecting();
    put(w, 1, due_on(monday), at(monday, 9h), checked(verdict::refused, 0, 0));
    happened::entered again{due_on(monday).of, {}, core::delivery_id{1}, at(monday, 17h), 1};
    put(w, 2, again, checked(verdict::accepted, 10, 0));
    const auto q = quality_by_week(monday, monday, within(w))[0].quality;
    CHECK(q.completeness == share{1, 1});
    CHECK(q.timeliness == share{0, 1});
    CHECK(q.late == std::vector{360min});
    CHECK(share{2, 3}.shown() == 6667);
    CHECK(share{1, 3}.shown() == 3333);
    CHECK(share{1, 16}.shown() == 625);
    CHECK(share{1, 20'000}.shown() == 1);  // 0.5 of a hundredth
    CHECK(share{1, 20'001}.shown() == 0);
    CHECK(share{~0ull, ~0ull}.shown() == 10'000);
}

TEST_CASE("quality: median and 90th percentile of lateness, over all plans", "[core][delivery][S2.3.5]") {
    std::vector<week_quality> all;
    for (int n = 1; n <= 10; ++n) {
        week_quality one;
        one.quality.late = {std::chrono::minutes(n * 10)};
        one.quality.timeliness = {0, 1};
        all.push_back(one);
    }
    const auto sum = in_all(all);
    CHECK(sum.timeliness == share{0, 10});
    CHECK(sum.late_at(50) == 50min);
    CHECK(sum.late_at(90) == 90min);
    CHECK(sum.late_at(100) == 100min);
    CHECK(sum.late_at(0) == 10min);
}

TEST_CASE("quality: it is of a line of plans, whichever version it came by, and each week by itself", "[core][delivery][S2.3.5][S4.1.2]") {
    auto w = collecting();
    auto next = *w.find<core::collection>(1);
    next.id = {2};
    next.replaces = {1};
    w.put<core::collection>(2, next);
    put(w, 1, due_on(monday), at(monday, 9h), checked(verdict::accepted, 10, 0));
    auto by_next = due_on(plus(monday, -7));
    by_next.of.collection = {2};
    put(w, 2, by_next, at(plus(monday, -7), 9h), checked(verdict::accepted, 10, 0));
    const auto all = quality_by_week(plus(monday, -7), monday, within(w));
    REQUIRE(all.size() == 2);
    CHECK(all[0].line == core::collection_id{1});
    CHECK(all[1].line == core::collection_id{1});
    CHECK(all[0].monday == plus(monday, -7));
    CHECK(quality_by_week(monday, monday, within(w)).size() == 1);
}
