// The demo year, played through the engine: every state of every flow is there at the end, the same seed plays the same
// year, and cycles take their steps on the right working days.

#include "tests/sim/played_year.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <map>
#include <set>

namespace sim::year_tests {

namespace {

template <class Status, class Rows>
std::set<std::string> statuses_in(const Rows& rows) {
    std::set<std::string> found;
    for (const auto& row : rows) found.insert(boost::describe::enum_to_string(row.status(), "?"));
    return found;
}

template <class Status>
std::set<std::string> all_statuses() {
    std::set<std::string> all;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Status>>([&](auto d) { all.insert(d.name); });
    all.erase("absent");
    return all;
}

}  // namespace

TEST_CASE("year: it leaves something in every state of every flow", "[sim][year][S3.1.1][S3.1.2][S3.2.1][S3.2.3][S3.2.4][S1.3.5][S3.3.1][S3.3.3][S6.2][S6.3.4][S6.4.3]") {
    const played y(year::script{});
    const auto v = views_of(y.room);
    CHECK(statuses_in<core::request_status>(v.of<core::request>().rows()) == all_statuses<core::request_status>());
    CHECK(statuses_in<core::project_status>(v.of<core::project>().rows()) == all_statuses<core::project_status>());
    CHECK(statuses_in<core::appraisal_status>(v.of<core::appraisal>().rows()) == all_statuses<core::appraisal_status>());
    CHECK(statuses_in<core::incentive_status>(v.of<core::incentive>().rows()) == all_statuses<core::incentive_status>());
    CHECK(statuses_in<core::election_status>(v.of<core::election>().rows()) == all_statuses<core::election_status>());
    CHECK(statuses_in<core::analysis_status>(v.of<core::analysis>().rows()) == all_statuses<core::analysis_status>());
    CHECK(statuses_in<core::strategy_status>(v.of<core::strategy>().rows()) == all_statuses<core::strategy_status>());
    CHECK(statuses_in<core::proposal_status>(v.of<core::proposal>().rows()) == all_statuses<core::proposal_status>());
    CHECK(statuses_in<core::source_status>(v.of<core::source>().rows()) == all_statuses<core::source_status>());
    CHECK(statuses_in<core::collection_status>(v.of<core::collection>().rows()) == all_statuses<core::collection_status>());
    CHECK(statuses_in<core::delivery_status>(v.of<core::delivery>().rows()) == all_statuses<core::delivery_status>());
    CHECK(statuses_in<core::metric_status>(v.of<core::metric>().rows()) == all_statuses<core::metric_status>());
    CHECK(statuses_in<core::alert_rule_status>(v.of<core::alert_rule>().rows()) == all_statuses<core::alert_rule_status>());
    CHECK(statuses_in<core::alert_status>(v.of<core::alert>().rows()) == all_statuses<core::alert_status>());
    CHECK(statuses_in<core::report_status>(v.of<core::report>().rows()) == all_statuses<core::report_status>());
    // One that was adopted is under way within the same batch.
    auto rests = all_statuses<core::recommendation_status>();
    rests.erase("adopted");
    CHECK(statuses_in<core::recommendation_status>(v.of<core::recommendation>().rows()) == rests);
    for (const auto status : {core::task_status::assigned, core::task_status::in_progress, core::task_status::blocked, core::task_status::submitted,
                              core::task_status::returned, core::task_status::done, core::task_status::cancelled}) {
        bool found = false;
        v.board.for_status(status, [&](const core::views::task_row&) {
            found = true;
            return false;
        });
        INFO(boost::describe::enum_to_string(status, "?"));
        CHECK(found);
    }
    CHECK(v.of<core::project>().rows().size() == 40);
    CHECK(v.of<core::appraisal>().rows().size() == 45);
    CHECK(y.log.highest(events::category::member) == 12);
    CHECK(y.log.highest(events::category::task) >= 2'000);
    std::size_t messages = 0, closed = 0;
    y.log.read_all({1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        messages += bytes.find("\"type\":\"channel.posted.v1\"") != bytes.npos;
        return true;
    });
    CHECK(messages == 30'000);
    for (const auto& row : v.of<core::cycle>().rows()) closed += row.status() == core::cycle_status::closed;
    CHECK(closed == 5);
}

TEST_CASE("year: the same seed plays the same year, another one another", "[sim][year]") {
    const auto one = played(small(7)).root_in_the_clear();
    CHECK(played(small(7)).root_in_the_clear() == one);
    CHECK(played(small(8)).root_in_the_clear() != one);
}

TEST_CASE("year: whatever the seed, nobody asks for what is refused", "[sim][year]") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        INFO("seed " << seed);
        CHECK_NOTHROW(played(small(seed)));
    }
}

TEST_CASE("year: cycles take their steps on the working days of the calendar", "[sim][year][S6.2][D6][D15]") {
    const played y(small(1));
    const auto v = views_of(y.room);
    // When each opens and its steps close, by the official calendar: the days off around each quarter's end are passed over, a Sunday that is worked is not.
    const std::map<std::pair<events::cycle::kind, int>, std::vector<events::date>> expected{
        {{events::cycle::kind::quarter, 1}, {std::chrono::year(2025) / 4 / 1, std::chrono::year(2025) / 4 / 9, std::chrono::year(2025) / 4 / 16, std::chrono::year(2025) / 4 / 21}},
        {{events::cycle::kind::quarter, 2}, {std::chrono::year(2025) / 7 / 1, std::chrono::year(2025) / 7 / 8, std::chrono::year(2025) / 7 / 15, std::chrono::year(2025) / 7 / 18}},
        {{events::cycle::kind::quarter, 3}, {std::chrono::year(2025) / 10 / 9, std::chrono::year(2025) / 10 / 15, std::chrono::year(2025) / 10 / 22, std::chrono::year(2025) / 10 / 27}},
        {{events::cycle::kind::quarter, 4}, {std::chrono::year(2026) / 1 / 4, std::chrono::year(2026) / 1 / 9, std::chrono::year(2026) / 1 / 16, std::chrono::year(2026) / 1 / 21}},
        {{events::cycle::kind::annual, 0}, {std::chrono::year(2026) / 1 / 4, std::chrono::year(2026) / 1 / 9, std::chrono::year(2026) / 1 / 16, std::chrono::year(2026) / 1 / 21}}};
    std::size_t seen = 0;
    for (const auto& row : v.of<core::cycle>().rows()) {
        if (row.state.year != 2025) continue;
        const auto& days = expected.at({row.state.kind, row.state.quarter});
        const auto day_of = [&](core::cycle_status s) {
            for (const auto& step : row.steps.all())
                if (step.status == static_cast<std::uint8_t>(s)) return core::date_in(step.since, core::shanghai);
            return events::date{};
        };
        INFO("quarter " << int(row.state.quarter));
        CHECK(day_of(core::cycle_status::open) == days[0]);
        // What closes on a day is open all that day (D15).
        CHECK(day_of(core::cycle_status::self_closed) == core::day_after(days[1]));
        CHECK(day_of(core::cycle_status::evaluation_closed) == core::day_after(days[2]));
        CHECK(day_of(core::cycle_status::calibration) == v.days().after(days[2], 1));
        CHECK(day_of(core::cycle_status::closed) == core::day_after(days[3]));
        ++seen;
    }
    CHECK(seen == 5);
}

}  // namespace sim::year_tests
