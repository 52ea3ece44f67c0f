// Formulas against the catalogue (S2.3.2): names, units, what does not add up, circles, and how much one value may take.

#include "core/formula/print.hpp"
#include "tests/support/formula_data.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace core::formula;
using support::shop;

namespace {

found<checked> tried(const std::string& text, const std::string& unit = "", const catalogue& known = shop()) { return check({"新指标", text, unit, false}, known); }

std::string unit_of(const std::string& text) {
    const auto made = tried(text);
    return made.has_value() ? made->unit.text(events::language::zh) : made.error().front().zh;
}

additivity adds(const std::string& text) {
    const auto made = tried(text);
    INFO(text);
    REQUIRE(made.has_value());
    return made->adds;
}

}  // namespace

TEST_CASE("formula: names are those of the catalogue, in either language", "[core][formula][S2.3.2]") {
    const auto known = shop();
    const auto made = tried("sum(amount) where channel = \"天猫\" / 订单数", "", known);
    REQUIRE(made.has_value());
    REQUIRE(made->parts.size() == 2);
    CHECK(made->parts[0].code == "订单数");
    CHECK(made->parts[1].code == "新指标");
    CHECK(print(made->parts[1].formula) == "sum(金额) where 渠道 = \"天猫\" / 订单数");
    each(made->parts[1].formula, [](const expression& e) {
        if (const auto* a = std::get_if<aggregate>(&e.is)) CHECK(a->set == "order");
        if (const auto* r = std::get_if<reference>(&e.is)) CHECK(r->part == 0);
    });
}

TEST_CASE("formula: a fault against the catalogue says where it is and what would cure it", "[core][formula][S2.3.2]") {
    struct row {
        std::string typed, unit;
        problem is;
        std::uint32_t at;
        std::string zh, en;
    };
    const std::vector<row> all{
        {"sum(金额) where 渠到 = \"天猫\"", "", problem::no_such_dimension, 15, "第 15 字：没有维度「渠到」，是否为「渠道」？", "Character 15: there is no dimension \"渠到\"; did you mean \"渠道\"?"},
        {"sum(金额) where 颜色 = \"红\"", "", problem::no_such_dimension, 15, "没有维度「颜色」。", "there is no dimension \"颜色\"."},
        {"sum(金而)", "", problem::no_such_field, 5, "没有字段「金而」，是否为「金额」？", "did you mean \"金额\"?"},
        {"1 + 订单书", "", problem::no_such_metric, 5, "没有指标「订单书」，是否为「订单数」？", "there is no metric"},
        {"金额 / 2", "", problem::no_such_metric, 1, "「金额」是字段，须写明怎样汇总，如 sum(金额)", "say how it is aggregated, as in sum(金额)"},
        {"库存", "", problem::no_such_metric, 1, "如 last(库存)", "as in last(库存)"},
        {"order.buyer", "", problem::no_such_metric, 1, "如 count_distinct(order.buyer)", "as in count_distinct"},
        {"sum(金额) where 渠道 = \"天喵\"", "", problem::no_such_value, 20, "维度「渠道」没有值「天喵」，是否为「天猫」？", "has no value \"天喵\"; did you mean \"天猫\"?"},
        {"sum(金额) where 渠道 in (\"天猫\", \"京东\")", "", problem::no_such_value, 28, "没有值「京东」。", "no value"},
        {"last(库存) where 渠道 = \"天猫\"", "", problem::not_of_this_set, 16, "数据「stock」没有维度「渠道」", "have no dimension"},
        {"count()", "", problem::which_set, 1, "请写明字段：count(字段)", "Name a field of theirs"},
        {"sum(金额) / count() / avg(时长)", "", problem::which_set, 11, "哪份数据", "of which rows"},
        {"sum(order.buyer)", "", problem::wrong_type, 5, "「order.buyer」是文字，不能用 sum：请写 count_distinct(order.buyer)", "write count_distinct"},
        {"max(order.buyer)", "", problem::wrong_type, 5, "是文字，不能用 max", "is text"},
        {"sum(金额) + count_distinct(order.buyer)", "", problem::different_units, 11, "不能相加：元 + 人；两边的单位须相同", "can't be added: 元 + 人"},
        {"sum(金额) - 1", "", problem::different_units, 11, "不能相减：元 − 无单位", "元 − no unit"},
        {"sum(金额) + sum(美元金额)", "", problem::mixed_currencies, 11, "不能相加：元 + 美元；请先换算为同一货币", "convert them into one currency"},
        {"sum(金额) / sum(美元金额)", "", problem::mixed_currencies, 11, "货币只能与同种货币相除，结果不能是 元/美元：请先换算", "convert first"},
        {"sum(金额) * sum(金额)", "", problem::mixed_currencies, 11, "结果不能是 元·元", "not to 元·元"},
        {"sum(金额) / count_distinct(order.buyer)", "%", problem::not_the_metrics_unit, 0, "公式的单位是「元/人」，与指标的单位「%」不同", "the formula is in \"元/人\""},
        {"sum(金额)", "元/", problem::not_the_metrics_unit, 0, "单位「元/」写法有误", "not written well"},
        {"sum(库存)", "", problem::not_additive, 5, "「库存」是时点数，不能跨天相加：请写 last(库存)", "write last(库存)"},
        {"sum(单价)", "", problem::not_additive, 5, "「单价」是比率或单价，不能相加或平均", "neither adds up nor has a mean"},
        {"avg(折扣)", "", problem::not_additive, 5, "请用分子与分母，如 sum(甲) / sum(乙)", "as in sum(a) / sum(b)"},
        {"last(单价)", "", problem::not_additive, 6, "不能相加或平均", "neither"},
        {"avg(转化率)", "", problem::not_additive, 5, "「转化率」是比率、平均或去重数，不能再汇总：请直接写 转化率", "write 转化率"},
        {"sum(订单数)", "", problem::not_additive, 5, "「订单数」是指标，已经汇总过：请直接写 订单数", "aggregated already"},
        {"rolling(rolling(销售额, 2), 7)", "", problem::rolls_twice, 1, "rolling 里不能再有 rolling", "a rolling within a rolling"},
        {"rolling(previous(月均), 7)", "", problem::rolls_twice, 1, "rolling 里不能再有 rolling", "a rolling within a rolling"},
        {"sum(金额) / 0.00", "", problem::zero_divisor, 11, "除数不能是 0", "divided by 0"},
        {"1 - 新指标", "", problem::circle, 5, "新指标 → 新指标 互相引用", "新指标 → 新指标 refer to one another"},
    };
    for (const auto& [typed, unit, is, at, zh, en] : all) {
        CAPTURE(typed);
        const auto made = tried(typed, unit);
        REQUIRE(made.has_error());
        const auto f = made.error().front();
        CHECK(f.is == is);
        CHECK(f.at == at);
        CHECK_THAT(f.zh, Catch::Contains(zh));
        CHECK_THAT(f.en, Catch::Contains(en));
    }
}

TEST_CASE("formula: all faults are told, in the order of their places", "[core][formula][S2.3.2]") {
    const auto made = tried("sum(金而) where 渠到 = \"天猫\" / count(时常) + 订单书");
    REQUIRE(made.has_error());
    const auto& all = made.error();
    REQUIRE(all.size() == 4);
    CHECK(all[0].is == problem::no_such_field);
    CHECK(all[1].is == problem::no_such_dimension);
    CHECK(all[2].is == problem::no_such_field);
    CHECK(all[3].is == problem::no_such_metric);
    CHECK(std::is_sorted(all.begin(), all.end(), [](const fault& a, const fault& b) { return a.at < b.at; }));
}

TEST_CASE("formula: units come out of the calculation", "[core][formula][S2.3.2]") {
    const std::vector<std::pair<std::string, std::string>> all{
        {"sum(金额)", "元"}, {"sum(金额) * 2", "元"}, {"-sum(金额)", "元"}, {"sum(金额) / count()", "元/单"}, {"sum(金额) / sum(件数)", "元/件"}, {"avg(金额)", "元"},
        {"count_distinct(order.buyer) / count_distinct(visit.visitor)", "无单位"}, {"1 - 转化率", "无单位"}, {"订单数 / sum(金额)", "单/元"},
        {"sum(金额) / sum(件数) * sum(件数)", "元"}, {"previous(客单价) - 客单价", "元/单"}, {"rolling(销售额, 7)", "元"}, {"median(单价)", "元/件"}, {"sum(美元金额) * max(汇率)", "元"},
        {"max(汇率) * 2", "元/美元"}, {"sum(时长) * sum(件数)", "件·秒"}, {"1 / sum(时长)", "1/秒"}, {"count_distinct(金额)", "无单位"}, {"count(visit.visitor)", "次"}, {"last(库存)", "件"},
    };
    for (const auto& [typed, unit] : all) {
        CAPTURE(typed);
        CHECK_THAT(unit_of(typed), Catch::Contains(unit));
    }
    CHECK(unit_of("sum(金额)") == "元");
    CHECK(tried("count_distinct(order.buyer) / count_distinct(visit.visitor)", "%")->shown_per == 100);
    CHECK(tried("sum(金额) / count_distinct(order.buyer)", "元/人").has_value());
    CHECK(tried("100", "人")->unit.text(events::language::zh) == "人");
    CHECK(unit::parse("元/人·天") == unit::parse("元")->over(*unit::parse("人")).over(*unit::parse("天")));
    for (const auto& no : {"/", "元/", "/人", "元//人", "·"}) CHECK_FALSE(unit::parse(no));
}

TEST_CASE("formula: what adds up over what is known of every metric", "[core][formula][S2.3.2]") {
    using enum additivity;
    CHECK(adds("sum(金额)") == everywhere);
    CHECK(adds("count(金额) * 2") == everywhere);
    CHECK(adds("2 * (销售额 - sum(金额)) / 3") == everywhere);
    CHECK(adds("last(库存)") == across_dimensions);
    CHECK(adds("期末库存 - previous(期末库存)") == across_dimensions);
    CHECK(adds("previous(销售额)") == across_dimensions);
    CHECK(adds("rolling(销售额, 7)") == across_dimensions);
    CHECK(adds("sum(金额) / count()") == nowhere);
    CHECK(adds("2 / sum(金额)") == nowhere);
    CHECK(adds("avg(金额)") == nowhere);
    CHECK(adds("max(金额)") == nowhere);
    CHECK(adds("count_distinct(order.buyer)") == nowhere);
    CHECK(adds("1 + 转化率") == nowhere);
    CHECK(adds("1 + 2") == constant);

    CHECK_FALSE(why_not_added_up(*tried("sum(金额)"), over::time));
    CHECK_FALSE(why_not_added_up(*tried("last(库存)"), over::dimension));
    CHECK(why_not_added_up(*tried("last(库存)"), over::time)->zh == "时点数和回看其他时期的值不能跨时间相加：请按更长的周期重新计算。");
    CHECK(why_not_added_up(*tried("转化率"), over::dimension)->is == problem::not_additive);
    CHECK(why_not_added_up(*tried("转化率"), over::time)->en == "ratios, means and counts of different ones do not add up: calculate them for the whole.");
}

TEST_CASE("formula: a circle is told as the way round", "[core][formula][S2.3.2]") {
    auto known = shop();
    known.metrics = {{"甲", "乙 + 1", "", false}, {"乙", "丙 * 2", "", false}, {"丙", "甲 - 1", "", false}};
    const auto made = check({"丙", "1 + 甲", "", false}, known);
    REQUIRE(made.has_error());
    CHECK(made.error().front().zh == "第 5 字：丙 → 甲 → 乙 → 丙 互相引用：请去掉其中一处。");
    CHECK(made.error().front().en == "Character 5: 丙 → 甲 → 乙 → 丙 refer to one another: take one of these out.");
    // Of a circle that it is not in itself.
    CHECK(tried("2 * 乙", "", known).error().front().zh == "第 5 字：乙 → 丙 → 甲 → 乙 互相引用：请去掉其中一处。");
    // By the name that it would have for the first time.
    known.metrics = {{"甲", "新指标", "", false}};
    CHECK(tried("甲", "", known).error().front().zh == "第 1 字：新指标 → 甲 → 新指标 互相引用：请去掉其中一处。");
    known.metrics = {{"甲", "1 / 2", "", false}};
    CHECK(tried("甲 + 甲", "", known).has_value());
}

TEST_CASE("formula: metrics refer to metrics eight deep", "[core][formula][S2.3.2]") {
    auto known = shop();
    known.metrics = {{"m0", "sum(金额)", "", false}};
    for (int i = 1; i <= 8; ++i) known.metrics.push_back({"m" + std::to_string(i), "m" + std::to_string(i - 1) + " * 2", "", false});
    CHECK(tried("m7 + m0", "", known).has_value());
    const auto made = tried("1 * m8", "", known);
    REQUIRE(made.has_error());
    CHECK(made.error().front().is == problem::refers_too_deep);
    CHECK(made.error().front().at == 5);
    // However it is come upon.
    CHECK(tried("m5 + m8", "", known).error().front().is == problem::refers_too_deep);
}

TEST_CASE("formula: what is wrong with a metric that is referred to is told where that is", "[core][formula][S2.3.2]") {
    auto known = shop();
    known.metrics.push_back({"坏", "sum(金而)", "", false});
    known.metrics.push_back({"更坏", "坏 + 1", "", false});
    const auto made = tried("1 + 更坏", "", known);
    REQUIRE(made.has_error());
    CHECK(made.error().front().is == problem::faulty_metric);
    CHECK(made.error().front().at == 5);
    CHECK_THAT(made.error().front().zh, Catch::Contains("指标「更坏」的公式有误，请先更正它（第 1 字：指标「坏」的公式有误，请先更正它（第 5 字：没有字段「金而」，是否为「金额」？"));
}

TEST_CASE("formula: a value takes no more than it may, and neither does the check", "[core][formula][S2.3.2]") {
    const auto began = std::chrono::steady_clock::now();
    auto known = shop();
    // Each doubles what it takes to write it out: without keeping what is known, 2^k of them.
    const auto chain = [&](const std::string& first, const std::string& joined, int times) {
        known.metrics = {{"m0", first, "", false}};
        for (int i = 1; i <= 7; ++i) {
            const auto before = "m" + std::to_string(i - 1);
            std::string text = before;
            for (int n = 1; n < times; ++n) text += joined + before;
            known.metrics.push_back({"m" + std::to_string(i), text, "", false});
        }
    };
    chain("sum(金额)", " + ", 800);
    CHECK(tried("m7", "", known).has_value());
    chain("sum(金而)", " + ", 800);
    CHECK(tried("m7", "", known).error().front().is == problem::faulty_metric);
    // Eight levels, each of which asks for many periods before.
    std::string many = "previous(m0)";
    for (int i = 2; i <= 200; ++i) many += " + previous(m0, " + std::to_string(i) + ")";
    known.metrics = {{"m0", "sum(金额)", "", false}};
    CHECK(tried(many, "", known).has_value());
    for (int i = 1; i <= 7; ++i) {
        auto text = many;
        for (std::size_t at = 0; (at = text.find("m0", at)) != text.npos; at += 2) text.replace(at, 2, "m" + std::to_string(i - 1));
        known.metrics.push_back({"m" + std::to_string(i), text, "", false});
    }
    CHECK(tried("m7", "", known).error().front().is == problem::asks_too_much);
    // More aggregates than one formula may have, in two.
    std::string half = "count(金额)";
    for (int i = 1; i < 17; ++i) half += " + count(金额)";
    known.metrics = {{"m0", half, "", false}};
    CHECK(tried("m0 + count(金额)", "", known).has_value());
    const auto made = tried(half + " + m0", "", known);
    REQUIRE(made.has_error());
    CHECK(made.error().front().zh == "连同所引用的指标共有 34 个聚合，最多 32 个：请少引用一些。");
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(30));
}
