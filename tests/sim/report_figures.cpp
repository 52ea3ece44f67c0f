// The figures of reports (S4.3.1, S4.1.3), made of what the data worker says: what it is asked, and what comes of its answers.

#include "core/metric/row_sets.hpp"
#include "server/warehouse/reports.hpp"
#include "server/warehouse/worker.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sim::report_figures_tests {

using namespace server::warehouse;
using core::metric;
using core::report;
using events::report::attainment;
using events::report::finality;
using events::report::no_value;
using json = nlohmann::json;
using namespace std::chrono_literals;

namespace {

const events::department operations{"operations"};

core::row_set orders() {
    return {"orders", "单", {{"amount", "金额", core::formula::field_type::number, "元", core::formula::nature::flow}}, {{"channel", "渠道", {}}}};
}
metric::state called(std::uint64_t id, const char* code, const char* formula, const char* unit) {
    metric::state m;
    m.id = {id};
    m.is = core::metric_status::published;
    m.department = operations;
    m.code = code;
    m.name = {std::string(code) + "名", code};
    m.unit = unit;
    m.formula = formula;
    m.versions = {{1, {}, formula, unit, 0, false, {}, ""}};
    return m;
}

/// Sales, which add up, and a mean, which does not; the week that ended yesterday.
report_round round_of(std::vector<metric::state> metrics = {called(1, "sales", "sum(orders.amount)", "元"), called(2, "mean", "avg(orders.amount)", "元")}) {
    std::vector<core::named_metric> named;
    for (const auto& m : metrics) named.push_back({m.id, as_named(m), m.name});
    const std::vector sets{orders()};
    events::collection::schedule daily{events::collection::rhythm::daily, {}, {}, 600, 120, 2};
    return {{core::metric_catalogue(sets, std::move(named)), sets, std::move(metrics), 2026y / 11 / 23}, {}, {{"orders", daily}}, {}, true};
}
report_job draft() {
    report_job job;
    job.number = 4;
    job.state.id = {4};
    job.state.is = core::report_status::draft;
    job.state.kind = report::kind::week;
    job.state.from = 2026y / 11 / 16;
    job.state.until = 2026y / 11 / 22;
    job.state.department = operations;
    job.known.position = 90;
    job.known.deliveries = 7;
    return job;
}

/// A worker that knows these values: by metric, member ("" for the whole) and period.
class told {
public:
    using key = std::pair<std::string, std::string>;
    std::map<key, std::map<std::string, std::string>> values;  ///< by metric and member
    std::vector<json> asked;
    std::string refuses;  ///< this metric

    asking ask() {
        return [this](json what) {
            asked.push_back(what);
            const auto code = what.at("metric").at("parts").back().at("code").get<std::string>();
            if (code == refuses) throw worker_refused("limit", "太多", "too much");
            auto all = json::array();
            const bool split = what.contains("by");
            for (const auto& [which, by_period] : values) {
                if (which.first != code || which.second.empty() == split) continue;
                for (const auto& [period, value] : by_period) {
                    json one{{"period", period}, {"shown", value}, {"exact", value}};
                    if (value.empty()) one = {{"period", period}, {"shown", nullptr}, {"why", "partial"}};
                    if (split) one["member"] = which.second;
                    all.push_back(std::move(one));
                }
            }
            return json{{"values", std::move(all)}, {"position", 1}};
        };
    }
};
told usual() {
    told w;
    w.values[{"sales", ""}] = {{"2026-W47", "1200"}, {"2026-W46", "1000"}, {"2025-W47", "900"}};
    w.values[{"sales", "app"}] = {{"2026-W47", "800"}, {"2026-W46", "500"}};
    w.values[{"sales", "web"}] = {{"2026-W47", "400"}, {"2026-W46", "500"}};
    w.values[{"mean", ""}] = {{"2026-W47", "40"}, {"2026-W46", "38"}};
    return w;
}

}  // namespace

TEST_CASE("report figures: each metric of the department, with the period before and a year ago beside it", "[sim][report][S4.3.1]") {
    auto metrics = round_of().of.metrics;
    metrics[0].targets = {{events::metric::period::week, 2026y / 1 / 1, {}, std::string("1100"), {}, {}}};
    auto elsewhere = called(3, "others", "sum(orders.amount)", "元");
    elsewhere.department = {"finance"};
    metrics.push_back(elsewhere);
    auto w = usual();
    const auto made = snapshot_of(draft(), round_of(metrics), w.ask());
    REQUIRE(made.figures.size() == 2);
    const auto& f = made.figures[0];
    CHECK(f.metric == events::metric_id{1});
    CHECK(f.period == "2026-W47");
    CHECK(f.value == "1200");
    CHECK(f.previous == "1000");
    CHECK(f.year_ago == "900");
    CHECK(f.change == "20.0");
    CHECK(f.target == "1100");
    CHECK(f.attainment == attainment::met);
    CHECK(f.version == 1);
    CHECK(f.state == finality::settling);  // its data may come for two working days more
    CHECK(!made.figures[1].year_ago);
    CHECK(made.figures[1].attainment == attainment::none);
    // What the views know of it stays.
    CHECK(made.position == 90);
    CHECK(made.deliveries == 7);
}

TEST_CASE("report figures: what changed comes from the members of a dimension, where the metric adds up", "[sim][report][S4.3.1]") {
    auto w = usual();
    const auto made = snapshot_of(draft(), round_of(), w.ask());
    REQUIRE(made.movers.size() == 2);
    CHECK(made.movers[0].member == "app");
    CHECK(made.movers[0].before == "500");
    CHECK(made.movers[0].after == "800");
    CHECK(made.movers[0].contribution == "300");
    CHECK(made.movers[1].contribution == "-100");  // together the change of the whole
    for (const auto& q : w.asked)
        if (q.contains("by")) CHECK(q.at("metric").at("parts").back().at("code") == "sales");  // of a mean no part adds up to it
    // Where nothing has changed there is nothing to take apart.
    auto same = usual();
    same.values[{"sales", ""}]["2026-W46"] = "1200";
    CHECK(snapshot_of(draft(), round_of(), same.ask()).movers.empty());
    // Of many the five that weigh most.
    auto many = usual();
    for (int i = 0; i < 9; ++i) many.values[{"sales", "m" + std::to_string(i)}] = {{"2026-W47", std::to_string(10 * i)}};
    const auto five = snapshot_of(draft(), round_of(), many.ask());
    REQUIRE(five.movers.size() == 5);
    CHECK(five.movers[0].member == "app");
    CHECK(five.movers[2].member == "m8");
    CHECK(!five.movers[2].before);
}

TEST_CASE("report figures: a figure that is not there says why, and keeps the others from nothing", "[sim][report][S4.3.1]") {
    auto w = usual();
    w.values[{"sales", ""}]["2026-W47"] = "";
    w.refuses = "mean";
    const auto made = snapshot_of(draft(), round_of(), w.ask());
    CHECK(!made.figures[0].value);
    CHECK(made.figures[0].why == no_value::partial);
    CHECK(!made.figures[0].change);
    CHECK(made.figures[1].why == no_value::broken_formula);
    auto broken = round_of({called(1, "sales", "sum(orders.gone)", "元")});
    auto any = usual();
    CHECK(snapshot_of(draft(), broken, any.ask()).figures[0].why == no_value::broken_formula);
    CHECK(any.asked.empty());
    told nothing;
    CHECK(snapshot_of(draft(), round_of(), nothing.ask()).figures[0].why == no_value::no_data);
}

TEST_CASE("report figures: they are final once data can't come late any more", "[sim][report][S4.1.3]") {
    auto w = usual();
    auto later = round_of();
    later.of.today = 2026y / 12 / 7;
    CHECK(snapshot_of(draft(), later, w.ask()).figures[0].state == finality::closed);
    auto within = round_of();
    within.of.today = 2026y / 11 / 22;
    CHECK(snapshot_of(draft(), within, w.ask()).figures[0].state == finality::open);
}

TEST_CASE("report figures: a published one is held against what is so now", "[sim][report][S4.1.3]") {
    auto w = usual();
    auto out = draft();
    out.state.figures = snapshot_of(draft(), round_of(), w.ask());
    out.state.is = core::report_status::published;
    w.asked.clear();
    CHECK(differences_of(out, round_of(), w.ask()).empty());
    for (const auto& q : w.asked) CHECK(!q.contains("by"));
    w.values[{"sales", ""}]["2026-W47"] = "1200.00";  // the same number
    CHECK(differences_of(out, round_of(), w.ask()).empty());
    w.values[{"sales", ""}]["2026-W47"] = "1180";
    w.values[{"sales", ""}]["2026-W46"] = "7";  // of that the report of that week says it
    const auto found = differences_of(out, round_of(), w.ask());
    REQUIRE(found.size() == 1);
    CHECK(found[0] == report::difference{{1}, "2026-W47", std::string("1200"), std::string("1180")});
    w.values[{"sales", ""}]["2026-W47"] = "";
    CHECK(differences_of(out, round_of(), w.ask()).at(0).after == std::nullopt);
    // What can't be calculated any more has not changed; nor what never was calculated here.
    w.refuses = "sales";
    CHECK(differences_of(out, round_of(), w.ask()).empty());
    w.refuses.clear();
    CHECK(differences_of(out, round_of({called(2, "mean", "avg(orders.amount)", "元")}), w.ask()).empty());
    out.state.figures->figures[0].version = 0;
    CHECK(differences_of(out, round_of(), w.ask()).empty());
}

}  // namespace sim::report_figures_tests
