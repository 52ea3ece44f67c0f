// Numbers of more than 18 digits: a set's columns are narrow until one comes, and nothing is lost on the way.

#include "tests/data_worker/support.hpp"

#include <catch2/catch.hpp>

using namespace support;

namespace {

const std::string headings = "日期,订单号,渠道,金额\n";

json plan_of(unsigned places) {
    auto p = orders_plan();
    p["columns"][3]["places"] = places;
    return p;
}

void deliver(data_room& room, const std::string& rows, unsigned places, const std::string& delivery) {
    const auto seen = room.check(headings + rows, plan_of(places));
    CAPTURE(seen.dump());
    REQUIRE(seen.contains("prepared"));
    const auto loaded = room.load(seen["prepared"], delivery, std::stoi(delivery));
    CAPTURE(loaded.dump());
    REQUIRE(loaded.contains("rows"));
}

std::string amounts(data_room& room) {
    std::string all;
    const auto said = room.ok("rows", {{"set", "orders"}});
    for (const auto& row : said["rows"]) all += row["values"]["amount"].get<std::string>() + " ";
    return all;
}

}  // namespace

TEST_CASE("data: a number of more than 18 digits widens its column, in its first delivery and in a later one", "[data][S4.1.3]") {
    for (const bool first : {true, false}) {
        data_room room;
        const std::string usual = "2026-11-30,A1,天猫,1.10\n2026-11-30,A2,天猫,-9999999999999999.99\n", wide = "2026-11-30,B1,天猫,2.20\n2026-11-30,B2,天猫,-123456789012345678901234.56\n2026-11-30,B3,天猫,10000000000000000.00\n";
        deliver(room, first ? wide : usual, 2, "1");
        deliver(room, first ? usual : wide, 2, "2");
        const std::string of_usual = "1.10 -9999999999999999.99 ", of_wide = "2.20 -123456789012345678901234.56 10000000000000000.00 ";
        CHECK(amounts(room) == (first ? of_wide + of_usual : of_usual + of_wide));
    }
}

TEST_CASE("data: places and digits that grow together keep every number", "[data][S4.1.3]") {
    data_room room;
    deliver(room, "2026-11-30,A1,天猫,1234567890123456.78\n", 2, "1");
    deliver(room, "2026-11-30,A2,天猫,0.123456\n", 6, "2");  // 12 digits before the point are left, were it narrow
    deliver(room, "2026-11-30,A3,天猫,9999999999999999.99\n", 2, "3");
    CHECK(amounts(room) == "1234567890123456.780000 0.123456 9999999999999999.990000 ");
    data_room other;
    deliver(other, "2026-11-30,A1,天猫,0.123456\n", 6, "1");
    deliver(other, "2026-11-30,A2,天猫,999999999999.99\n", 2, "2");
    deliver(other, "2026-11-30,A3,天猫,1000000000000.00\n", 2, "3");
    CHECK(amounts(other) == "0.123456 999999999999.990000 1000000000000.000000 ");
}

TEST_CASE("data: rejected rows and doubles are the same where a file is read twice", "[data][S4.1.2]") {
    data_room room;
    const std::string rows = "2026-11-30,A1,天猫,abc\n2026-11-30,A2,天猫,1.00\n2026-11-30,A2,天猫,2.00\n";
    const auto narrow = room.check(headings + rows + "2026-11-30,A3,天猫,3.00\n"), wide = room.check(headings + rows + "2026-11-30,A3,天猫,99999999999999999999.00\n");
    for (const char* key : {"rows", "taken", "rejected", "faults", "results", "verdict"}) CHECK(narrow[key] == wide[key]);
    CHECK(wide["taken"] == 2);
    // Also where the double row is the long one.
    const auto doubled = room.check(headings + "2026-11-30,A2,天猫,1.00\n2026-11-30,A2,天猫,99999999999999999999.00\n");
    CHECK(doubled["taken"] == 1);
}
