#pragma once
// What is read of the views for reports: which of them are to be looked at, and what their figures are calculated from. Nothing of it is
// asked of the warehouse.

#include "core/kernel/calendar.hpp"
#include "core/report/report.hpp"
#include "events/catalog/collection.hpp"
#include "server/warehouse/figures.hpp"
#include "server/wire/documents.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace server::warehouse {

inline constexpr std::size_t reports_a_round = 20;
inline constexpr std::size_t report_figures_most = 500;
inline constexpr std::chrono::days reports_compared{200};  ///< what was published before stays as it is

struct report_job {
    std::uint64_t number = 0;
    std::uint64_t version = 0;
    std::size_t rests_on = 0;       ///< hash of all that its figures depend on, as far as the views know
    core::report::state state;
    core::report::snapshot known{};  ///< of a draft: all of its snapshot but figures and movers
};

struct report_round {
    published_metrics of;
    core::working_calendar days;
    std::vector<std::pair<std::string, events::collection::schedule>> schedules;  ///< by set
    std::vector<report_job> reports;  ///< at most reports_a_round
    bool is_all = true;               ///< there are no others
};

/// Drafts, and what was published lately, of which `wanted(number, rests_on)`; `published` tells one publication of the data from another.
report_round report_round_of(const wire::documents& read, std::size_t published, const std::function<bool(std::uint64_t number, std::size_t rests_on)>& wanted);

}  // namespace server::warehouse
