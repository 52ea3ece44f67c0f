// What a cell says (S4.1.3): as people and systems write numbers, days and moments.

#include "server/data_worker/cast.hpp"
#include "server/data_worker/days.hpp"
#include "server/data_worker/reading/xlsx.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace data_worker;

namespace {

std::string number(std::string_view text, unsigned places = 2, bool percent = false) {
    const auto made = cast_decimal(text, places, percent);
    return made.value ? decimal_text(*made.value, places) : made.why ? "!" : "";
}
std::string day(std::string_view text) {
    const auto made = cast_day(text);
    return made.value ? day_text(*made.value) : made.why ? "!" : "";
}
std::string moment(std::string_view text) {
    const auto made = cast_moment(text);
    return made.value ? moment_text(*made.value) : made.why ? "!" : "";
}

}  // namespace

TEST_CASE("data: numbers are read as they are written, and never nearly", "[data][S4.1.3]") {
    struct row {
        const char *text, *is;
    };
    for (const auto& [text, is] : {row{"1234.5", "1234.50"}, {"1,234.50", "1234.50"}, {"￥1,234.50", "1234.50"}, {"¥ 20", "20.00"}, {"$1,000,000", "1000000.00"}, {"(200.00)", "-200.00"}, {"（200）", "-200.00"}, {"-0.01", "-0.01"},
                                   {"+5", "5.00"}, {"−7", "-7.00"}, {"-￥3", "-3.00"}, {"１２３４．５", "1234.50"}, {" 12\t", "12.00"}, {"　12　", "12.00"}, {"12元", "12.00"}, {".5", "0.50"}, {"5.", "5.00"}, {"1.500000", "1.50"}, {"007", "7.00"},
                                   {"", ""}, {"-", ""}, {"—", ""}, {"N/A", ""}, {"null", ""},
                                   {"x", "!"}, {"1.234", "!"}, {"1,23", "!"}, {"1,2345", "!"}, {",123", "!"}, {"1.2.3", "!"}, {"1e5", "!"}, {"12.5%", "!"}, {"--5", "!"}, {"(-5)", "!"}, {"5-", "!"}, {"￥￥5", "!"}, {"()", "!"}, {"1 2", "!"}, {"NaN", "!"}, {"5)", "!"}}) {
        CAPTURE(text);
        CHECK(number(text) == is);
    }
    CHECK(number("12.5%", 1, true) == "12.5");
    CHECK(number("12.5", 1, true) == "12.5");
    CHECK(number("３０％", 1, true) == "30.0");
    CHECK(number("999999999999999999999999", 6) == "999999999999999999999999.000000");
    CHECK(number("1999999999999999999999999", 6) == "!");
    CHECK(number(std::string(5000, '1')) == "!");
}

TEST_CASE("data: every decimal comes back as it went in", "[data][S4.1.3]") {
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        const auto places = static_cast<unsigned>(random() % 7);
        const auto units = static_cast<std::int64_t>(random() >> (random() % 60)) * (random() % 2 ? 1 : -1);
        const auto text = decimal_text(units, places);
        const auto made = cast_decimal(text, places);
        REQUIRE(made.value);
        REQUIRE(*made.value == units);
    }
}

TEST_CASE("data: days and moments in the ways that they are written", "[data][S4.1.3]") {
    for (const auto* text : {"2026-11-30", "2026/11/30", "2026.11.30", "20261130", "2026年11月30日", "２０２６－１１－３０", "2026-11-30 00:00:00", "2026-11-30T00:00"}) {
        CAPTURE(text);
        CHECK(day(text) == "2026-11-30");
    }
    CHECK(day("2026/1/5") == "2026-01-05");
    CHECK(day("2026年1月5日") == "2026-01-05");
    CHECK(day("") == "");
    for (const auto* text : {"2026-02-29", "2026-13-01", "30/11/2026", "2026-11", "2026-11-30x", "2026-11-30 08:00", "2026-11/30", "20261131", "202611301", "45000", "2026年11月30"}) {
        CAPTURE(text);
        CHECK(day(text) == "!");
    }
    CHECK(moment("2026-11-30 08:30") == "2026-11-30 08:30:00");
    CHECK(moment("2026/11/30 8:30:15.25") == "2026-11-30 08:30:15.250000");
    CHECK(moment("2026-11-30T08:30:00Z") == "2026-11-30 16:30:00");
    CHECK(moment("2026-11-30 23:30:00+08:00") == "2026-11-30 23:30:00");
    CHECK(moment("2026-11-30T00:30:00+0900") == "2026-11-29 23:30:00");
    CHECK(moment("2026-11-30") == "2026-11-30 00:00:00");
    CHECK(moment("2026-11-30 24:00") == "!");
    CHECK(moment("2026-11-30 08:30 PM") == "!");
    CHECK(*cast_yes_no("是").value == "yes");
    CHECK(*cast_yes_no("N").value == "no");
    CHECK(cast_yes_no("也许").why);
}

TEST_CASE("data: a workbook's numbers are the decimals that a spreadsheet shows", "[data][S4.1.3]") {
    CHECK(*spreadsheet_number("0.30000000000000004") == "0.3");
    CHECK(*spreadsheet_number("1234.5599999999999") == "1234.56");
    CHECK(*spreadsheet_number("1.5E-3") == "0.0015");
    CHECK(*spreadsheet_number("1.25E+2") == "125");
    CHECK(*spreadsheet_number("0.125", 2) == "12.5");
    CHECK(*spreadsheet_number("-0") == "0");
    CHECK(*spreadsheet_number("999999999999999.9") == "1000000000000000");
    CHECK(!spreadsheet_number("1E999"));
    CHECK(!spreadsheet_number("abc"));
    CHECK(moment_text(*moment_of_serial("46356", false).value) == "2026-11-30 00:00:00");
    CHECK(moment_text(*moment_of_serial("46356.354166666664", false).value) == "2026-11-30 08:30:00");
    CHECK(moment_text(*moment_of_serial("44894", true).value) == "2026-11-30 00:00:00");
    CHECK(moment_of_serial("60", false).why);
    CHECK(look_of("yyyy\"年\"m\"月\"d\"日\"") == number_look::day);
    CHECK(look_of("0.00%") == number_look::percent);
    CHECK(look_of("#,##0.00\"days\"") == number_look::plain);
    CHECK(look_of("[Red]#,##0;(#,##0)") == number_look::plain);
    CHECK(look_of("[h]:mm") == number_look::day);
    CHECK(look_of("General") == number_look::plain);
}
