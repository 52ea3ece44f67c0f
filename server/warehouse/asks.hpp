#pragma once
// What the data worker is asked for the figures of a metric, version by version of its formula.

#include "core/formula/period.hpp"
#include "core/metric/catalogue.hpp"
#include "core/metric/metric.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server::warehouse {

std::optional<core::formula::grain> grain_named(std::string_view name);
std::string_view name_of(core::formula::grain g);

/// What a row of each set is: units of counts.
nlohmann::json row_units(const std::vector<core::row_set>& sets);

/// Of which data, from when until when, and by what.
struct figures_of {
    core::formula::period first, last;  ///< of one grain
    nlohmann::json only = nlohmann::json::array();
    std::optional<std::string> by;
};

struct metric_asks {
    std::vector<nlohmann::json> asks;  ///< one a version that a period is calculated by; each has its number as `version`
    std::map<std::string, unsigned> versions;  ///< by which a period is calculated, by its label
    std::set<std::string> sets;
    std::set<std::string> dimensions;  ///< that all sets of the newest version have
};

/// Nothing where a formula does not work out any more.
std::optional<metric_asks> asks_of(const core::metric::state& of, const figures_of& which, const core::metric_catalogue& known, const std::vector<core::row_set>& sets);

}  // namespace server::warehouse
