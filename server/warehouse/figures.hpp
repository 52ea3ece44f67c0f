#pragma once
// Which figures are published with the data, for those who read them all at once: each metric by day, week, month, quarter and year, and by its
// dimensions. The worker calculates again what has changed.

#include "core/metric/catalogue.hpp"
#include "core/metric/metric.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace server::warehouse {

struct published_metrics {
    core::metric_catalogue known;
    std::vector<core::row_set> sets;
    std::vector<core::metric::state> metrics;
    events::date today;
};

/// Within a reading, which is left before the rest is done.
published_metrics metrics_in(const core::context& by);

/// What the worker's `publish` takes: `figures`, and `row_units`.
nlohmann::json figures_wanted(const published_metrics& of);

}  // namespace server::warehouse
