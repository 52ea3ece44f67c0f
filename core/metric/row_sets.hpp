#pragma once
// What rows there are to calculate metrics from: the sets that the collection plans in force fill (F14, S4.1.2).

#include "core/formula/catalogue.hpp"
#include "core/kernel/context.hpp"

#include <optional>
#include <string>
#include <vector>

namespace core {

/// A column that may be aggregated.
struct row_field {
    std::string code;
    std::string name;  ///< the heading that people know it by
    formula::field_type type = formula::field_type::number;
    std::string unit;
    formula::nature nature = formula::nature::flow;
    bool operator==(const row_field&) const = default;
};

/// A column that rows are told apart by.
struct row_dimension {
    std::string code;
    std::string name;
    std::optional<std::vector<std::string>> values;  ///< where they are agreed on, all that there are
    bool operator==(const row_dimension&) const = default;
};

struct row_set {
    std::string code;
    std::string unit;  ///< of a row: "单"
    std::vector<row_field> fields;
    std::vector<row_dimension> dimensions;
    bool operator==(const row_set&) const = default;
};

/// By the plans that are in force, in the order of their numbers; of one set the newest plan counts.
std::vector<row_set> row_sets_in(const context& by);

}  // namespace core
