#pragma once
// What formulas may name: the fields and dimensions of the sets of rows that are collected, and other metrics. Whoever keeps these
// gives them through this interface; formulas are checked against it, and change nothing.

#include "core/formula/unit.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::formula {

enum class field_type : std::uint8_t { number, text };

/// What may be made of a field's values over rows.
enum class nature : std::uint8_t {
    flow,   ///< of the time: an amount, a number of people who came. Adds up over time and dimensions
    stock,  ///< at a moment: an inventory, members. Adds up over dimensions, and never over time
    ratio,  ///< calculated already: a rate, a price, a mean. Never adds up, and has no honest mean
};

struct field {
    std::string code;
    std::string set;   ///< whose rows have it
    field_type type = field_type::number;
    std::string unit;  ///< of a number what it is in; of a text what one of them is: "人"
    formula::nature nature = nature::flow;
    bool operator==(const field&) const = default;
};

struct dimension {
    std::string code;
    std::vector<std::string> sets;                   ///< whose rows have it
    std::optional<std::vector<std::string>> values;  ///< where they are known, all that there are
    bool operator==(const dimension&) const = default;
};

/// A set of rows, each of one day.
struct row_set {
    std::string code;
    std::string unit;  ///< of a row: "单"
    bool operator==(const row_set&) const = default;
};

struct metric {
    std::string code;
    std::string formula;
    std::string unit;              ///< that it is shown in: "元/人", "%"
    bool missing_is_zero = false;  ///< where nothing was recorded there was none: of sum() and last() in its formula
    bool operator==(const metric&) const = default;
};

/// Things are found by code or by name, in whichever language; null where there is none. What is found lives as long as the catalogue.
class catalogue {
public:
    virtual ~catalogue() = default;

    virtual const field* find_field(std::string_view name) const = 0;
    virtual const dimension* find_dimension(std::string_view name) const = 0;
    virtual const metric* find_metric(std::string_view name) const = 0;
    virtual const row_set* find_set(std::string_view code) const = 0;

    /// All that they can be called, in a fixed order: of these the nearest is suggested.
    virtual std::vector<std::string> field_names() const = 0;
    virtual std::vector<std::string> dimension_names() const = 0;
    virtual std::vector<std::string> metric_names() const = 0;
    virtual std::vector<std::string> set_codes() const = 0;

    virtual bool is_currency(std::string_view unit) const { return is_known_currency(unit); }
};

}  // namespace core::formula
