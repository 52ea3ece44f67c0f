// What a formula comes to over rows (S2.3.2): given rows, when it is asked for a period, then the exact value, or why there is none.

#include "core/formula/evaluate.hpp"
#include "tests/support/formula_data.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <catch2/catch.hpp>

using namespace core::formula;
using support::exactly;
using support::shop;
using namespace std::chrono;

namespace {

const cell none;

/// Orders of October and November 2026, delivered up to the 20th; an inventory of two warehouses; visits of two days.
support::data_in_memory given() {
    support::data_in_memory d;
    auto& orders = d.sets["order"];
    orders.columns = {{"金额", "元"}, {"件数", "件"}, {"折扣", "%"}, {"order.buyer", "人"}, {"渠道", ""}, {"status", ""}};
    orders.covers = std::pair(2026y / October / 1, 2026y / November / 20);
    const auto sold = [&](date day, std::string amount, std::string pieces, std::string discount, cell buyer, cell channel, std::string status) {
        orders.all.push_back({day, {amount.empty() ? none : exactly(amount), exactly(pieces), exactly(discount), std::move(buyer), std::move(channel), std::move(status)}});
    };
    sold(2026y / October / 5, "100.00", "1", "5", "a", "天猫", "paid");
    sold(2026y / October / 6, "50.50", "2", "12.5", "b", "抖音", "paid");
    sold(2026y / November / 2, "10.00", "1", "0", "a", "天猫", "paid");
    sold(2026y / November / 2, "20.00", "3", "0", "b", "天猫", "refunded");
    sold(2026y / November / 3, "0.01", "1", "10", "c", none, "paid");
    sold(2026y / November / 4, "", "4", "20", none, "app", "paid");
    auto& visits = d.sets["visit"];
    visits.columns = {{"visit.visitor", "人"}, {"时长", "秒"}, {"渠道", ""}};
    visits.covers = std::pair(2026y / November / 1, 2026y / November / 20);
    for (const auto* who : {"a", "b", "c", "d", "e", "f", "g"}) visits.all.push_back({2026y / November / 2, {who, exactly("30"), "天猫"}});
    auto& stock = d.sets["stock"];
    stock.columns = {{"库存", "件"}, {"仓库", ""}};
    stock.covers = std::pair(2026y / October / 1, 2026y / November / 20);
    stock.all = {{2026y / November / 2, {exactly("7"), "东"}}, {2026y / November / 2, {exactly("5"), "西"}}, {2026y / November / 3, {exactly("6"), "东"}}, {2026y / November / 4, {none, "西"}}};
    return d;
}

answer when(const std::string& text, period of, unsigned digits = 2, const std::string& unit = "", bool to_date = true, const std::vector<test>& only = {}) {
    const auto known = shop();
    const auto made = check({"新指标", text, unit, false}, known);
    INFO(text);
    REQUIRE(made.has_value());
    return evaluate(*made, given(), {of, only, to_date}, digits);
}

const auto november = period::of(grain::month, 2026y / November / 15);
const auto october = november.moved(-1);
period on(unsigned n) { return period::of(grain::day, 2026y / November / n); }

std::string shown(const std::string& text, period of = november, unsigned digits = 2, const std::string& unit = "") {
    const auto a = when(text, of, digits, unit);
    return a.shown ? *a.shown : std::string(boost::describe::enum_to_string(*a.why, "?"));
}

test only(std::string dimension, std::string value) { return {std::move(dimension), relation::equal, {std::move(value)}, {}, {}}; }

}  // namespace

TEST_CASE("formula: every aggregate is of what was recorded", "[core][formula][S2.3.2]") {
    const std::vector<std::pair<std::string, std::string>> all{
        {"sum(金额)", "30.01"}, {"count(order.buyer)", "3.00"}, {"count(金额)", "3.00"}, {"sum(金额) / count()", "7.50"}, {"avg(金额)", "10.00"}, {"min(金额)", "0.01"}, {"max(金额)", "20.00"},
        {"median(金额)", "10.00"}, {"median(件数)", "2.00"}, {"quantile(金额, 0.25)", "5.01"}, {"quantile(金额, 0)", "0.01"}, {"quantile(金额, 1)", "20.00"}, {"count_distinct(order.buyer)", "3.00"},
        {"count_distinct(件数)", "3.00"}, {"last(库存)", "6.00"}, {"last(库存) where 仓库 = \"东\"", "6.00"}, {"last(库存) where 仓库 = \"西\"", "no_data"},
        {"sum(金额) where status in (\"paid\")", "10.01"}, {"sum(金额) where 渠道 != \"天猫\"", "0.01"}, {"sum(金额) where 渠道 is missing", "0.01"},
        {"sum(金额) where 渠道 not in (\"天猫\", \"抖音\")", "0.01"}, {"sum(金额) where 渠道 = \"app\"", "no_data"}, {"count(金额) where 渠道 = \"app\"", "0.00"},
        {"sum(金额) where 渠道 = \"天猫\" and status = \"paid\" or 渠道 is missing", "10.01"}, {"max(折扣)", "0.20"}, {"max(折扣) * 1", "0.20"},
    };
    for (const auto& [text, value] : all) {
        CAPTURE(text);
        CHECK(shown(text) == value);
    }
    // Asked of a part, the parts of an inventory add up to the whole: all are of one day.
    CHECK(when("last(库存)", on(2)).shown == "12.00");
    CHECK(when("last(库存)", on(2), 0, "", true, {only("仓库", "西")}).shown == "5");
    CHECK(when("last(库存)", november, 0, "", true, {only("仓库", "西")}).why == no_value::no_data);
    CHECK(when("last(库存)", on(4)).why == no_value::no_data);
}

TEST_CASE("formula: a ratio is one of sums, and shown as the metric is", "[core][formula][S2.3.2]") {
    // Two who bought, of seven who came; not a mean of what it is each day.
    CHECK(when("转化率", november, 2, "%").shown == "28.57");
    CHECK(when("转化率", november, 2, "%").exact == "2/7");
    CHECK(when("转化率", november, 4).shown == "0.2857");
    CHECK(when("1 - 转化率", november, 1, "%").shown == "71.4");
    CHECK(when("1 - 转化率", november, 1, "‰").shown == "714.3");
    CHECK(when("sum(金额) / sum(件数)", november, 3, "元/件").shown == "3.334");
    // Nothing is rounded before the end: 1/3 three times is 1.
    CHECK(when("1 / 3 + 1 / 3 + 1 / 3", november, 2).exact == "1");
}

TEST_CASE("formula: what is shown is rounded once, half up", "[core][formula][S2.3.2][D17]") {
    CHECK(shown("0.125", november, 2) == "0.13");
    CHECK(shown("-0.125", november, 2) == "-0.13");
    CHECK(shown("0.1249", november, 2) == "0.12");
    CHECK(shown("2.5", november, 0) == "3");
    CHECK(shown("-0.004", november, 2) == "0.00");
    CHECK(shown("0.5", november, 0) == "1");
    CHECK(shown("-1 / 3", november, 4) == "-0.3333");
    CHECK(shown("2 / 3", november, 30) == "0.666666667");
    CHECK(shown("999999999999999999.999999999 * 999999999999999999.999999999", november, 0) == "999999999999999999999999998000000000");
    CHECK(when("0.10 + 0.20", november, 1).exact == "3/10");
}

TEST_CASE("formula: where one is missing there is no value, and it is told why", "[core][formula][S2.3.2]") {
    const auto december = november.moved(1);
    CHECK(shown("1 / (sum(金额) - sum(金额)) * sum(金额)") == "zero_denominator");
    CHECK(shown("sum(金额) / sum(件数)", on(5)) == "no_data");
    CHECK(shown("sum(金额) + sum(金额) where 渠道 = \"抖音\"") == "no_data");
    CHECK(shown("sum(金额) - sum(金额) where 渠道 = \"抖音\"") == "no_data");
    CHECK(shown("count(金额) where 渠道 = \"抖音\" / count(金额) where 渠道 = \"抖音\"") == "zero_denominator");
    CHECK(shown("sum(金额)", december) == "not_yet");
    CHECK(shown("count(金额)", december) == "not_yet");
    CHECK(shown("sum(金额)", november.moved(-2)) == "no_data");
    CHECK(when("sum(金额)", november, 2, "", false).why == no_value::partial);
    CHECK(when("sum(金额)", october, 2, "", false).shown == "150.50");
    CHECK(shown("sum(金额)", period::of(grain::quarter, 2026y / November / 1)) == "180.51");
    CHECK(shown("sum(金额)", period::of(grain::year, 2026y / November / 1)) == "partial");
    // The gravest reason, whichever is first.
    CHECK(shown("sum(金额) / 2 + previous(sum(金额)) / 2", october) == "no_data");
    CHECK(shown("rolling(sum(金额), 3) + sum(金额) where 渠道 = \"抖音\"") == "partial");
    CHECK(shown("sum(金额) where 渠道 = \"抖音\" + rolling(sum(金额), 3)") == "partial");
    const auto known = shop();
    CHECK(evaluate(*check({"x", "sum(金额)", "", false}, known), support::data_in_memory(), {november, {}, true}, 2).why == no_value::no_data);
    // Rows that have no such dimension have nothing to say of it.
    CHECK(when("last(库存)", on(2), 0, "", true, {only("渠道", "天猫")}).why == no_value::no_data);
}

TEST_CASE("formula: missing is zero only where the metric says so, and only of what adds up", "[core][formula][S2.3.2]") {
    auto known = shop();
    const auto of = [&](const std::string& text, bool zero) { return evaluate(*check({"x", text, "", zero}, known), given(), {on(5), {}, true}, 0); };
    CHECK(of("sum(金额)", false).why == no_value::no_data);
    CHECK(of("sum(金额)", true).shown == "0");
    CHECK(of("last(库存)", true).shown == "0");
    CHECK(of("avg(金额)", true).why == no_value::no_data);
    CHECK(of("max(金额)", true).why == no_value::no_data);
    CHECK(of("sum(金额) / sum(件数)", true).why == no_value::zero_denominator);
    // Of a metric that it refers to that one says it.
    CHECK(of("销售额", true).why == no_value::no_data);
    known.metrics[1].missing_is_zero = true;
    CHECK(of("销售额", false).shown == "0");
    CHECK(evaluate(*check({"x", "sum(金额)", "", true}, known), given(), {november.moved(1), {}, true}, 0).why == no_value::not_yet);
}

TEST_CASE("formula: other periods are looked at as they were", "[core][formula][S2.3.2]") {
    CHECK(shown("previous(sum(金额))") == "150.50");
    CHECK(shown("sum(金额) - previous(sum(金额))") == "-120.49");
    CHECK(shown("previous(sum(金额), 2)", on(4)) == "30.00");
    CHECK(shown("previous(previous(sum(金额)))", on(4)) == "30.00");
    CHECK(shown("rolling(sum(金额), 3)", on(4)) == "30.01");
    CHECK(shown("rolling(previous(sum(金额)), 2)", on(4)) == "30.01");
    CHECK(shown("previous(rolling(sum(金额), 2))", on(4)) == "30.01");
    CHECK(shown("rolling(sum(金额) / sum(件数), 2)", on(3)) == "6.00");  // 30.01 / 5
    CHECK(shown("rolling(last(库存), 3)", on(4)) == "6.00");
    CHECK(shown("year_ago(sum(金额))") == "no_data");
    CHECK(shown("rolling(销售额, 2) / previous(订单数)") == "80.26");  // 160.51 / 2
}

TEST_CASE("formula: periods are days, ISO weeks, months, quarters and years", "[core][formula][S2.3.2]") {
    const auto label = [](grain g, date d) { return period::of(g, d).label(); };
    CHECK(label(grain::day, 2026y / November / 3) == "2026-11-03");
    CHECK(label(grain::week, 2026y / November / 29) == "2026-W48");
    CHECK(label(grain::week, 2026y / November / 30) == "2026-W49");
    CHECK(label(grain::week, 2027y / January / 3) == "2026-W53");
    CHECK(label(grain::week, 2024y / December / 30) == "2025-W01");
    CHECK(label(grain::month, 2026y / November / 30) == "2026-11");
    CHECK(label(grain::quarter, 2026y / November / 30) == "2026-Q4");
    CHECK(label(grain::year, 2026y / November / 30) == "2026");
    CHECK(period::of(grain::week, 2026y / November / 29).first() == 2026y / November / 23);
    CHECK(period::of(grain::week, 2026y / November / 29).last() == 2026y / November / 29);
    CHECK(period::of(grain::month, 2024y / February / 3).last() == 2024y / February / 29);
    CHECK(period::of(grain::quarter, 2026y / May / 3).first() == 2026y / April / 1);
    CHECK(period::of(grain::quarter, 2026y / May / 3).last() == 2026y / June / 30);
    CHECK(period::of(grain::month, 2026y / January / 31).moved(1).label() == "2026-02");
    CHECK(period::of(grain::quarter, 2026y / January / 31).moved(-1).label() == "2025-Q4");
    CHECK(period::of(grain::year, 2026y / January / 31).moved(-30).label() == "1996");
    CHECK(period::of(grain::week, 2026y / January / 1).moved(-1).label() == "2025-W52");
    CHECK(period::of(grain::day, 2024y / February / 29).years_before(1).first() == 2023y / February / 28);
    CHECK(period::of(grain::day, 2024y / February / 29).years_before(4).first() == 2020y / February / 29);
    CHECK(period::of(grain::week, 2026y / November / 23).years_before(1).label() == "2025-W48");
    CHECK(period::of(grain::week, 2027y / January / 1).years_before(1).label() == "2025-W52");
    CHECK(period::of(grain::week, 2026y / December / 31).years_before(6).label() == "2020-W53");
    CHECK(period::of(grain::month, 2026y / November / 1).years_before(2).label() == "2024-11");
    CHECK(period::of(grain::day, 1y / January / 1).moved(-5).first() == 1y / January / 1);
    CHECK(period::of(grain::month, 9999y / December / 1).moved(366).label() == "9999-12");
}

TEST_CASE("formula: a metric that many refer to is calculated once for each period", "[core][formula][S2.3.2]") {
    auto known = shop();
    known.metrics = {{"m0", "sum(金额)", "", false}};
    for (int i = 1; i <= 7; ++i) {
        const auto before = "m" + std::to_string(i - 1);
        std::string text = "previous(" + before + ") * 0 + " + before;
        for (int n = 0; n < 100; ++n) text += " + " + before + " - " + before;
        known.metrics.push_back({"m" + std::to_string(i), text, "", true});
    }
    known.metrics[0].missing_is_zero = true;
    const auto made = check({"x", "m7", "", true}, known);
    REQUIRE(made.has_value());
    CHECK(evaluate(*made, given(), {period::of(grain::day, 2026y / November / 3), {}, true}, 2).shown == "0.01");
}
