// What formulas may name (S2.3.2): row sets by set and field, dimensions that sets share, metrics by code and name.

#include "core/formula/check.hpp"
#include "core/formula/print.hpp"
#include "core/metric/catalogue.hpp"

#include <catch2/catch.hpp>

namespace formula = core::formula;
using core::metric_catalogue;
using core::named_metric;
using formula::nature;
using number = core::row_field;

namespace {

std::vector<core::row_set> sets() {
    using enum formula::field_type;
    using texts = std::vector<std::string>;
    return {{"orders", "单",
             {{"amount", "金额", formula::field_type::number, "元", nature::flow}, {"buyer", "买家", text, "人", nature::flow}},
             {{"channel", "渠道", texts{"天猫", "app"}}, {"region", "地区", std::nullopt}}},
            {"visits", "次",
             {{"visitor", "访客", text, "人", nature::flow}, {"duration", "时长", formula::field_type::number, "秒", nature::flow}},
             {{"channel", "渠道", texts{"app", "小程序"}}}},
            {"refunds", "单", {{"amount", "金额", formula::field_type::number, "元", nature::flow}}, {{"kind", "地区", std::nullopt}}}};
}
named_metric named(std::uint64_t id, const char* code, const char* text, const char* unit, events::bilingual name) { return {{id}, {code, text, unit, false}, std::move(name)}; }
metric_catalogue shop() {
    return {sets(), {named(1, "sales", "sum(orders.amount)", "元", {"销售额", "Sales"}), named(2, "buyers", "count_distinct(orders.buyer)", "人", {"买家数", "Buyers"})}};
}

std::string made(const std::string& text, const std::string& unit = "", const metric_catalogue& known = shop()) {
    const auto found = formula::check({"new", text, unit, false}, known);
    return found.has_error() ? found.error().front().zh : formula::print(found->parts.back().formula);
}

}  // namespace

TEST_CASE("metric catalogue: a field is its set's, and is called without it where no other set has one so called", "[core][metric][S2.3.2]") {
    const auto known = shop();
    for (const char* name : {"orders.buyer", "buyer", "买家", "orders.买家"}) {
        INFO(name);
        REQUIRE(known.find_field(name));
        CHECK(*known.find_field(name) == formula::field{"orders.buyer", "orders", formula::field_type::text, "人", nature::flow});
    }
    // Two sets have an amount.
    CHECK(!known.find_field("amount"));
    CHECK(!known.find_field("金额"));
    CHECK(known.find_field("refunds.金额")->set == "refunds");
    CHECK(made("sum(金额)").find("没有字段「金额」") != std::string::npos);
    CHECK(made("sum(orders.金额) / count_distinct(买家)") == "sum(orders.amount) / count_distinct(orders.buyer)");
    CHECK(made("count(orders.amount)", "单") == "count(orders.amount)");
    CHECK(known.find_set("orders")->unit == "单");
    CHECK(!known.find_set("order"));
}

TEST_CASE("metric catalogue: a dimension is shared by the sets that have it", "[core][metric][S2.3.2]") {
    const auto known = shop();
    const auto* channel = known.find_dimension("渠道");
    REQUIRE(channel);
    CHECK(channel == known.find_dimension("channel"));
    CHECK(channel->sets == std::vector<std::string>{"orders", "visits"});
    CHECK(*channel->values == std::vector<std::string>{"天猫", "app", "小程序"});
    CHECK(!known.find_dimension("地区"));  // of two
    CHECK(!known.find_dimension("region")->values);
    CHECK(made("count_distinct(buyer) where 渠道 = \"app\"") == "count_distinct(orders.buyer) where channel = \"app\"");
    CHECK(made("count_distinct(buyer) where channel = \"京东\"").find("没有值「京东」") != std::string::npos);
    CHECK(made("sum(refunds.amount) where channel = \"app\"").find("没有维度「channel」") != std::string::npos);
}

TEST_CASE("metric catalogue: metrics go by code, and by name in either language", "[core][metric][S2.3.2]") {
    const auto known = shop();
    for (const char* name : {"sales", "销售额", "Sales"}) CHECK(known.find_metric(name)->code == "sales");
    CHECK(known.id_of("buyers") == core::metric_id{2});
    CHECK(!known.id_of("Buyers"));
    CHECK(made("销售额 / Buyers", "元/人") == "销售额 / Buyers");
    CHECK(made("销售客").find("是否为「销售额」") != std::string::npos);
    // Another in its place: what would hold.
    const auto then = known.with(named(1, "sales", "sum(orders.amount) / 2", "美元", {"销售额", "Sales"}));
    CHECK(then.find_metric("sales")->unit == "美元");
    CHECK(then.metrics().size() == 2);
    CHECK(known.with(named(3, "rate", "1", "", {"率", "Rate"})).find_metric("率")->code == "rate");
    CHECK(known.find_metric("sales")->unit == "元");
}

TEST_CASE("metric catalogue: what is published by codes stays what it was when another set comes", "[core][metric][S2.3.2]") {
    const auto before = made("sum(时长)");
    auto more = sets();
    more.push_back({"calls", "通", {{"duration", "时长", formula::field_type::number, "秒", nature::flow}}, {}});
    CHECK(made(before, "秒", {more, {}}) == "sum(visits.duration)");
    CHECK(made("sum(时长)", "秒", {more, {}}).find("没有字段") != std::string::npos);
}
