// What is published: readers find what was there then, whatever is being loaded meanwhile; and the figures of metrics beside the rows.

#include "tests/data_worker/support.hpp"

#include "server/data_worker/engine/database.hpp"

#include <catch2/catch.hpp>

using namespace support;

namespace {

data_worker::worker_options reader_of(const data_room& room) {
    auto how = room.options();
    how.snapshots = room.folder.path().string();
    how.reads = true;
    return how;
}

json ask(data_worker::worker& whom, const std::string& what, json more = json::object()) {
    more["id"] = 1;
    more["do"] = what;
    return whom.answer(more);
}

/// A metric as the server asks for it: the sum of amounts, by day, and by channel.
json amount_by_day(const std::string& formula = "sum(amount)") {
    const json metric{{"parts", json::array({{{"code", "gmv"}, {"formula", formula}, {"unit", "元"}, {"missing_is_zero", false}}})}, {"unit", "元"}, {"digits", 1}};
    const json total{{"grain", "day"}, {"from", "2026-11-01"}, {"until", "2026-12-31"}, {"only", json::array()}, {"version", 1}, {"metric", metric}};
    auto split = total;
    split["by"] = "channel";
    return {{"figures", json::array({{{"metric", "gmv"}, {"unit", "元"}, {"sets", json::array({"orders"})}, {"asks", {total, split}}}})}, {"row_units", {{"orders", "单"}}}};
}

json figures(data_room& room, const std::string& what) {
    return room.ok("sql", {{"sql", "SELECT " + what + " FROM figures ORDER BY ALL"}, {"sets", json::array({"figures"})}})["rows"];
}

}  // namespace

TEST_CASE("data: a reader answers from what was published last, and writes nothing", "[data][S4.1.3]") {
    data_room room;
    data_worker::worker reader(reader_of(room));
    CHECK(ask(reader, "sets")["error"]["code"] == "not_published");
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-30,A1,天猫,1.10\n")["prepared"], "d1", 7);
    room.ok("publish");
    CHECK(ask(reader, "hello")["ok"]["deliveries"] == 1);
    CHECK(ask(reader, "sets")["ok"]["sets"][0]["rows"] == 1);
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-30,A2,抖音,2.20\n")["prepared"], "d2", 8);
    CHECK(ask(reader, "sets")["ok"]["sets"][0]["rows"] == 1);
    room.ok("publish");
    CHECK(ask(reader, "sets")["ok"]["sets"][0]["rows"] == 2);
    CHECK(ask(reader, "rows", {{"set", "orders"}})["ok"]["rows"].size() == 2);
    for (const char* what : {"load", "check", "unload", "publish", "loaded"}) CHECK(ask(reader, what, {{"delivery", "d1"}})["error"]["code"] == "bad_request");
    // The one before is gone, and the writer goes on.
    std::size_t snapshots = 0;
    for (const auto& one : std::filesystem::directory_iterator(room.folder.path())) snapshots += one.path().filename().string().starts_with("snapshot-");
    CHECK(snapshots == 1);
    CHECK(room.ok("hello")["deliveries"] == 2);
    room.restart();
    CHECK(room.ok("hello")["deliveries"] == 2);
}

TEST_CASE("data: rows that were corrected are not among what is published", "[data][S4.1.3]") {
    data_room room;
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-30,A1,天猫,1.10\n2026-11-30,A2,天猫,5.00\n")["prepared"], "d1", 7);
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-30,A1,天猫,1.30\n", orders_plan(), {{"replaces", "d1"}})["prepared"], "d2", 9, {{"replaces", "d1"}});
    room.ok("publish");
    CHECK(room.ok("sql", {{"sql", "SELECT no, amount, _delivery, _line FROM orders"}, {"sets", json::array({"orders"})}})["rows"] == json::array({{"A1", "1.30", "d2", "2"}}));
}

TEST_CASE("data: figures are published, and calculated again only where something has changed", "[data][S2.3.2]") {
    data_room room;
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-29,A1,天猫,1.10\n2026-11-30,A2,抖音,2.26\n", orders_plan(), {{"from", "2026-11-29"}, {"until", "2026-11-30"}})["prepared"], "d1", 7, {{"from", "2026-11-29"}, {"until", "2026-11-30"}});
    const auto made = room.ok("publish", amount_by_day());
    CAPTURE(made.dump());
    CHECK(made["calculated"] == 1);
    CHECK(figures(room, "metric, period, \"from\", until, dimension, member, shown, why, unit, version") ==
          json::array({{"gmv", "2026-11-29", "2026-11-29", "2026-11-29", "", "", "1.1", nullptr, "元", "1"},
                       {"gmv", "2026-11-29", "2026-11-29", "2026-11-29", "channel", "天猫", "1.1", nullptr, "元", "1"},
                       {"gmv", "2026-11-29", "2026-11-29", "2026-11-29", "channel", "抖音", nullptr, "no_data", "元", "1"},
                       {"gmv", "2026-11-30", "2026-11-30", "2026-11-30", "", "", "2.3", nullptr, "元", "1"},
                       {"gmv", "2026-11-30", "2026-11-30", "2026-11-30", "channel", "天猫", nullptr, "no_data", "元", "1"},
                       {"gmv", "2026-11-30", "2026-11-30", "2026-11-30", "channel", "抖音", "2.3", nullptr, "元", "1"}}));
    CHECK(room.ok("publish", amount_by_day())["calculated"] == 0);
    // Another formula, another delivery, a metric less.
    CHECK(room.ok("publish", amount_by_day("sum(amount) * 2"))["calculated"] == 1);
    CHECK(figures(room, "shown")[0][0] == "2.2");
    room.load(room.check("日期,订单号,渠道,金额\n2026-12-01,A3,天猫,4.00\n", orders_plan(), {{"from", "2026-12-01"}, {"until", "2026-12-01"}})["prepared"], "d2", 9, {{"from", "2026-12-01"}, {"until", "2026-12-01"}});
    CHECK(room.ok("publish", amount_by_day("sum(amount) * 2"))["calculated"] == 1);
    CHECK(figures(room, "max(value)")[0][0] == "8.000000000");
    room.ok("publish", {{"figures", json::array()}});
    CHECK(figures(room, "count(*)")[0][0] == "0");
    // One whose column nothing was delivered for has none, and keeps no other from being published.
    auto both = amount_by_day();
    both["figures"].push_back(both["figures"][0]);
    both["figures"][1]["metric"] = "broken";
    for (auto& a : both["figures"][1]["asks"]) a["metric"]["parts"][0]["formula"] = "sum(weight)";
    room.ok("publish", both);
    CHECK(figures(room, "DISTINCT metric") == json::array({json::array({"gmv"})}));
}

TEST_CASE("data: the figures of many metrics at once, each period in its order", "[data][S2.3.4]") {
    data_room room;
    data_worker::worker reader(reader_of(room));
    const json wanted{{"wanted", json::array({{{"metric", "gmv"}, {"grain", "day"}}, {{"metric", "gmv"}, {"grain", "day"}, {"by", "channel"}}, {{"metric", "none"}, {"grain", "day"}}})}};
    room.load(room.check("日期,订单号,渠道,金额\n2026-11-29,A1,天猫,1.10\n2026-11-30,A2,抖音,2.26\n", orders_plan(), {{"from", "2026-11-29"}, {"until", "2026-11-30"}})["prepared"], "d1", 7, {{"from", "2026-11-29"}, {"until", "2026-11-30"}});
    room.ok("publish");
    CHECK(ask(reader, "series", wanted)["ok"]["series"][0]["members"].empty());
    room.ok("publish", amount_by_day());
    const auto said = ask(reader, "series", wanted)["ok"]["series"];
    REQUIRE(said.size() == 3);
    CHECK(said[0]["members"] == json::array({{{"member", ""}, {"values", {{"2026-11-29", "2026-11-29", "2026-11-29", "1.1"}, {"2026-11-30", "2026-11-30", "2026-11-30", "2.3"}}}}}));
    REQUIRE(said[1]["members"].size() == 2);
    for (const auto& one : said[1]["members"]) CHECK(one["values"].size() == 2);
    CHECK(said[1]["members"][0]["member"] != said[1]["members"][1]["member"]);
    CHECK(said[2]["members"].empty());
    CHECK(ask(reader, "series", {{"wanted", json::array({1})}})["error"]["code"] == "bad_request");
    CHECK(ask(reader, "series", {{"wanted", json(std::vector<json>(201, json{{"metric", "gmv"}, {"grain", "day"}}))}})["error"]["code"] == "bad_request");
}
