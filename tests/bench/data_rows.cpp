#include "tests/bench/data_rows.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <map>
#include <random>
#include <stdexcept>
#include <tuple>

namespace bench {
namespace {

using nlohmann::json;

constexpr std::array channels{"天猫", "京东", "抖音", "拼多多", "小红书", "线下门店"};
constexpr std::array regions{"华东", "华南", "华北", "华中", "西南", "西北", "东北"};
constexpr std::size_t year_days = 365, next_day_rows = order_rows / year_days;

std::string day_text(std::size_t n) {
    const std::chrono::year_month_day day(std::chrono::sys_days(std::chrono::year(2025) / 12 / 1) + std::chrono::days(n));
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

std::string money(std::int64_t cents) {
    const auto after = std::to_string(cents % 100);
    return std::to_string(cents / 100) + (after.size() < 2 ? ".0" : ".") + after;
}

/// A number of order: no two are the same, and they come in no order.
std::string order_number(std::size_t n) {
    constexpr std::uint64_t of = 1'000'000'000, step = 618'033'989;  // without a common factor
    const auto text = std::to_string(n * step % of);
    return "A" + std::string(9 - text.size(), '0') + text;
}

class file {
public:
    explicit file(const std::filesystem::path& path) : path_(path), to_(path, std::ios::binary | std::ios::trunc) {}
    ~file() = default;
    void line(const std::string& text) {
        block_ += text;
        block_ += "\r\n";
        if (block_.size() > (1u << 20)) flush();
    }
    void close() {
        flush();
        to_.close();
        if (!to_) throw std::runtime_error("cannot write " + path_.string());
    }

private:
    void flush() {
        to_.write(block_.data(), static_cast<std::streamsize>(block_.size()));
        block_.clear();
    }
    std::filesystem::path path_;
    std::ofstream to_;
    std::string block_;
};

json column(const char* name, const char* code, const char* type, const char* role, json more = json::object()) {
    json c{{"name", name}, {"code", code}, {"type", type}, {"role", role}};
    c.update(more);
    return c;
}

json check(const char* which, const char* severity, const char* against = "") { return {{"check", which}, {"severity", severity}, {"against", against}}; }

json plan(const char* set, json columns, json checks) {
    return {{"name", set}, {"set", set}, {"row_unit", "单"}, {"reading", {{"type", "csv"}, {"encoding", "utf8"}, {"separator", "comma"}, {"skip", 0}, {"skip_end", 0}}},
            {"columns", std::move(columns)}, {"schedule", {{"rhythm", "daily"}, {"grace_minutes", 120}}}, {"checks", std::move(checks)}};
}

json metric(const std::string& code, const std::string& formula) {
    return {{"parts", json::array({{{"code", code}, {"formula", formula}, {"unit", ""}, {"missing_is_zero", false}}})}, {"unit", ""}, {"digits", 2}};
}

std::vector<std::string> formulas() {
    std::vector<std::string> all{"sum(orders.amount)", "count()", "sum(orders.amount) / count()", "max(orders.amount)", "min(orders.amount)"};
    for (const char* c : channels) all.push_back(std::string("sum(orders.amount) where channel = \"") + c + "\"");
    for (const char* r : regions) all.push_back(std::string("count() where region = \"") + r + "\"");
    all.push_back("sum(orders.amount) / previous(sum(orders.amount)) - 1");
    all.push_back("rolling(sum(orders.amount), 7)");
    if (all.size() != published_metrics) throw std::logic_error("so many metrics are said to be published");
    return all;
}

}  // namespace

order_files write_orders(const std::filesystem::path& folder) {
    const order_files made{folder / "orders.csv", folder / "ledger.csv", folder / "next-day.csv"};
    std::mt19937 random(7);
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, std::int64_t> totals;
    const auto write = [&](const std::filesystem::path& path, std::size_t first, std::size_t rows) {
        file to(path);
        to.line("日期,订单号,渠道,地区,金额");
        for (std::size_t n = first; n < first + rows; ++n) {
            const auto day = n * year_days / order_rows, channel = random() % channels.size(), region = random() % regions.size();
            const auto cents = static_cast<std::int64_t>(100 + random() % 1'000'000);
            totals[{day, channel, region}] += cents;
            to.line(day_text(day) + "," + order_number(n) + "," + channels[channel] + "," + regions[region] + "," + money(cents));
        }
        to.close();
    };
    write(made.orders, 0, order_rows);
    file ledger(made.ledger);
    ledger.line("日期,渠道,地区,金额");
    for (const auto& [of, cents] : totals) ledger.line(day_text(std::get<0>(of)) + "," + channels[std::get<1>(of)] + "," + regions[std::get<2>(of)] + "," + money(cents));
    ledger.close();
    write(made.next_day, order_rows, next_day_rows);
    return made;
}

json orders_plan() {
    return plan("orders",
                json::array({column("日期", "day", "day", "day", {{"required", true}}), column("订单号", "no", "text", "label", {{"key", true}, {"required", true}}),
                             column("渠道", "channel", "text", "dimension", {{"required", true}, {"values", channels}}), column("地区", "region", "text", "dimension"),
                             column("金额", "amount", "decimal", "field", {{"unit", "元"}, {"places", 2}, {"required", true}, {"least", "0"}, {"most", "20000"}, {"hard_least", "0"}, {"hard_most", "1000000"}})}),
                json::array({check("freshness", "warn"), check("references", "warn", "ledger"), check("reconciliation", "warn", "ledger")}));
}

json ledger_plan() {
    return plan("ledger",
                json::array({column("日期", "day", "day", "day"), column("渠道", "channel", "text", "dimension"), column("地区", "region", "text", "dimension"),
                             column("金额", "amount", "decimal", "field", {{"unit", "元"}, {"places", 2}})}),
                json::array());
}

json known_of_orders() {
    json volumes = json::array();
    for (unsigned weekday = 1; weekday <= 7; ++weekday) volumes.push_back({{"weekday", weekday}, {"rows", order_rows + weekday * 1000}});
    return {{"from", orders_from}, {"until", orders_until}, {"late_minutes", 5}, {"previous", json::array({std::string(64, '0')})}, {"volumes", std::move(volumes)}};
}

std::string columns_for_the_engine() { return "{'日期': 'DATE', '订单号': 'VARCHAR', '渠道': 'VARCHAR', '地区': 'VARCHAR', '金额': 'DECIMAL(18,2)'}"; }

json amount_by_day() {
    return {{"grain", "day"}, {"from", orders_from}, {"until", orders_until}, {"only", json::array()}, {"version", 1}, {"row_units", {{"orders", "单"}}}, {"metric", metric("gmv", "sum(orders.amount)")}};
}

json figures_of_metrics() {
    // As far back as the server asks, of a metric that has two dimensions.
    struct how_far {
        const char* grain;
        const char* from;
        const char* by_from;  ///< split by each dimension; empty: not at all
    };
    constexpr std::array<how_far, 5> all{{{"day", "2025-10-27", "2026-08-31"}, {"week", "2024-08-12", "2025-11-24"}, {"month", "2021-12-01", "2023-12-01"}, {"quarter", "2016-10-01", ""}, {"year", "2016-01-01", ""}}};
    json figures = json::array();
    for (const auto& formula : formulas()) {
        const auto code = "metric_" + std::to_string(figures.size() + 1);
        json asks = json::array();
        for (const auto& far : all) {
            json ask{{"grain", far.grain}, {"from", far.from}, {"until", day_after}, {"only", json::array()}, {"version", 1}, {"metric", metric(code, formula)}};
            asks.push_back(ask);
            if (!*far.by_from) continue;
            ask["from"] = far.by_from;
            for (const char* by : {"channel", "region"}) {
                ask["by"] = by;
                asks.push_back(ask);
            }
        }
        figures.push_back({{"metric", code}, {"unit", ""}, {"sets", {"orders"}}, {"asks", std::move(asks)}});
    }
    return {{"figures", std::move(figures)}, {"row_units", {{"orders", "单"}, {"ledger", "行"}}}};
}

}  // namespace bench
