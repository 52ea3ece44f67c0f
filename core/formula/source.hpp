#pragma once
// Where the aggregates of a formula come from, when it is not from rows in memory: a database answers these, and all that is calculated
// with them is calculated here, so that both come to the same. Brings the exact numbers with it.

#include "core/formula/fold.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace core::formula {

class source {
public:
    virtual ~source() = default;
    /// As in rows: nothing where there are none.
    virtual std::optional<std::pair<date, date>> covered(std::string_view set) const = 0;
    virtual bool has_dimension(std::string_view set, std::string_view code) const = 0;
    /// As fold() does, over days that are covered. `of` is one of those in the formula that is evaluated.
    virtual value aggregated(const aggregate& of, date from, date until, const std::vector<test>& only, bool missing_is_zero) const = 0;
};

/// All aggregates are asked for, whether or not one before has no value.
answer evaluate(const checked& metric, const source& from, const question& asked, unsigned digits);

}  // namespace core::formula
