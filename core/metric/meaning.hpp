#pragma once
// What a metric is made of, for people: the rows, fields and metrics that its formula comes down to, its unit as it comes out, and what its
// values may be added up over (S4.1.3: lineage).

#include "core/metric/metric.hpp"

#include <string>
#include <vector>

namespace core {

/// core::formula::additivity, in words.
OPSROOM_DEFINE_ENUM(adds_up, (constant, "常数", "A constant"), (nowhere, "不可相加，须重新计算", "Nowhere: calculated anew for the whole"),
                    (across_dimensions, "可按维度相加，不可跨时间", "Over dimensions, not over time"), (everywhere, "可按时间和维度相加", "Over time and dimensions"))

struct metric_meaning {
    std::vector<std::string> sets;    ///< of rows, by code
    std::vector<std::string> fields;  ///< "orders.amount"
    std::vector<std::string> dimensions;  ///< that it is filtered by
    std::vector<metric_id> metrics;   ///< that it names, and those that they name
    std::string unit;                 ///< as it comes out of the formula
    adds_up adds = adds_up::nowhere;
    particulars faults;               ///< why it does not work out now; else empty, and the rest is filled in
};

/// Of a formula by the catalogue as it is: while it is a draft, drafts count as well.
metric_meaning meaning_of(const metric::state& of, const context& by);

}  // namespace core
