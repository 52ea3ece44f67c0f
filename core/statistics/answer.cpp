#include "core/statistics/answer.hpp"

#include <cmath>
#include <cstdio>

namespace core::statistics {

std::string shown(double x) {
    char as[32];
    std::snprintf(as, sizeof as, "%.4g", x == 0 ? 0 : x);
    return as;
}

std::string shown_p(double p) {
    if (p < 0.001) return "p < 0.001";
    char as[32];
    std::snprintf(as, sizeof as, "p = %.3f", p);
    return as;
}

std::optional<refused> why_no_table(const std::vector<column>& all) {
    if (all.empty()) return refused{reason::too_few_distinct, {"没有列：请至少选择一个指标。", "There is no column: choose one metric at least."}, {}};
    if (all.size() > columns_max)
        return refused{reason::too_many_columns, {"最多 " + std::to_string(columns_max) + " 列，这里有 " + std::to_string(all.size()) + " 列：请去掉一些。",
                                                  "At most " + std::to_string(columns_max) + " columns are taken, and here are " + std::to_string(all.size()) + ": leave some out."}, {}};
    for (const auto& c : all) {
        if (c.values.size() != all.front().values.size())
            return refused{reason::lengths_differ, {"列「" + c.name + "」与「" + all.front().name + "」的行数不同：请按同一周期取数。",
                                                    "The columns \"" + c.name + "\" and \"" + all.front().name + "\" differ in length: take both by the same period."}, {all.front().name, c.name}};
        for (std::size_t i = 0; i < c.values.size(); ++i)
            if (std::isinf(c.values[i]) || std::abs(c.values[i]) > 1e100)
                return refused{reason::not_finite, {"列「" + c.name + "」第 " + std::to_string(i + 1) + " 行不是可计算的数：请更正或留空。",
                                                    "Row " + std::to_string(i + 1) + " of the column \"" + c.name + "\" is no number to calculate with: correct it, or leave it empty."}, {c.name}};
    }
    if (all.front().values.size() > rows_max)
        return refused{reason::too_many_rows, {"最多 " + std::to_string(rows_max) + " 行：请缩短时段或换用更长的周期。", "At most " + std::to_string(rows_max) + " rows are taken: choose a shorter time, or longer periods."}, {}};
    return std::nullopt;
}

std::vector<std::size_t> complete_rows(const std::vector<column>& all) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < all.front().values.size(); ++i) {
        bool complete = true;
        for (const auto& c : all) complete = complete && !std::isnan(c.values[i]);
        if (complete) rows.push_back(i);
    }
    return rows;
}

std::vector<double> only(const std::vector<double>& values, const std::vector<std::size_t>& rows) {
    std::vector<double> made;
    made.reserve(rows.size());
    for (const auto i : rows) made.push_back(values[i]);
    return made;
}

void tell_left_out(answer& a, std::size_t n, std::size_t left_out) {
    a.n = n;
    a.left_out = left_out;
    const auto rows = std::to_string(left_out);
    if (left_out == 0) a.done_with_missing = {"没有缺失。", "Nothing was missing."};
    else a.done_with_missing = {"有缺失的 " + rows + " 行未计入，也未填补。", "Rows in which something was missing (" + rows + ") were left out, and nothing was filled in."};
    if (left_out * 5 > n + left_out)
        a.warnings.push_back({"超过五分之一的行有缺失，结论可能有偏差。", "More than a fifth of the rows had something missing: what is left may not speak for all."});
}

}  // namespace core::statistics
