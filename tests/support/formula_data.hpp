#pragma once
// What formulas are tried on: a catalogue and rows in memory.

#include "core/formula/check.hpp"
#include "core/formula/evaluate.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace support {

namespace formula = core::formula;

/// Known by their code alone, but for fields and dimensions that have a second name.
class catalogue_in_memory : public formula::catalogue {
public:
    std::vector<formula::field> fields;
    std::vector<formula::dimension> dimensions;
    std::vector<formula::metric> metrics;
    std::vector<formula::row_set> sets;
    std::map<std::string, std::string, std::less<>> also;  ///< second name to code

    const formula::field* find_field(std::string_view name) const override { return among(fields, name); }
    const formula::dimension* find_dimension(std::string_view name) const override { return among(dimensions, name); }
    const formula::metric* find_metric(std::string_view name) const override { return among(metrics, name); }
    const formula::row_set* find_set(std::string_view code) const override { return among(sets, code); }
    std::vector<std::string> field_names() const override { return names(fields); }
    std::vector<std::string> dimension_names() const override { return names(dimensions); }
    std::vector<std::string> metric_names() const override { return names(metrics); }
    std::vector<std::string> set_codes() const override { return names(sets); }

private:
    template <class T>
    const T* among(const std::vector<T>& all, std::string_view name) const {
        const auto second = also.find(name);
        const std::string_view code = second == also.end() ? name : std::string_view(second->second);
        const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.code == code; });
        return found == all.end() ? nullptr : &*found;
    }
    template <class T>
    static std::vector<std::string> names(const std::vector<T>& all) {
        std::vector<std::string> made;
        for (const auto& one : all) made.push_back(one.code);
        return made;
    }
};

class rows_in_memory : public formula::rows {
public:
    struct column_of {
        std::string code, unit;
    };
    struct row {
        formula::date day;
        std::vector<formula::cell> cells;
    };
    std::vector<column_of> columns;
    std::vector<row> all;
    std::optional<std::pair<formula::date, formula::date>> covers;

    std::size_t size() const override { return all.size(); }
    formula::date day(std::size_t n) const override { return all[n].day; }
    std::optional<std::size_t> column(std::string_view code) const override {
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columns[i].code == code) return i;
        return std::nullopt;
    }
    formula::cell at(std::size_t n, std::size_t c) const override { return all[n].cells[c]; }
    std::optional<std::pair<formula::date, formula::date>> covered() const override { return covers; }
    std::string_view unit(std::size_t c) const override { return columns[c].unit; }
};

class data_in_memory : public formula::data {
public:
    std::map<std::string, rows_in_memory, std::less<>> sets;
    const formula::rows* find(std::string_view set) const override {
        const auto found = sets.find(set);
        return found == sets.end() ? nullptr : &found->second;
    }
};

/// "12.50" as it is in a file.
inline formula::cell exactly(std::string text) {
    const auto point = text.find('.');
    const auto places = point == text.npos ? 0 : text.size() - point - 1;
    if (point != text.npos) text.erase(point, 1);
    return formula::decimal{std::stoll(text), static_cast<std::uint8_t>(places)};
}

/// Orders, visits and an inventory, and metrics of them.
inline catalogue_in_memory shop() {
    using enum formula::nature;
    using formula::field_type;
    catalogue_in_memory c;
    c.sets = {{"order", "单"}, {"visit", "次"}, {"stock", ""}};
    c.fields = {{"金额", "order", field_type::number, "元", flow},       {"order.buyer", "order", field_type::text, "人", flow},
                {"件数", "order", field_type::number, "件", flow},       {"单价", "order", field_type::number, "元/件", ratio},
                {"美元金额", "order", field_type::number, "美元", flow}, {"汇率", "order", field_type::number, "元/美元", ratio},
                {"折扣", "order", field_type::number, "%", ratio},       {"visit.visitor", "visit", field_type::text, "人", flow},
                {"时长", "visit", field_type::number, "秒", flow},       {"库存", "stock", field_type::number, "件", stock}};
    c.dimensions = {{"渠道", {"order", "visit"}, std::vector<std::string>{"天猫", "抖音", "app"}},
                    {"status", {"order"}, std::vector<std::string>{"paid", "refunded"}},
                    {"仓库", {"stock"}, std::nullopt}};
    c.metrics = {{"订单数", "count(金额)", "单"},
                 {"销售额", "sum(金额) where status in (\"paid\")", "元"},
                 {"客单价", "销售额 / 订单数", "元/单"},
                 {"转化率", "count_distinct(order.buyer) where status in (\"paid\") / count_distinct(visit.visitor)", "%"},
                 {"期末库存", "last(库存)", "件"},
                 {"月均", "rolling(销售额, 30) / 30", "元"}};
    c.also = {{"amount", "金额"}, {"channel", "渠道"}};
    return c;
}

}  // namespace support
