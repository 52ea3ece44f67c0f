#pragma once
// How good the data is, as numbers per week (S2.3.5): complete, in time, right. They are counted from the deliveries alone, so each opens
// those that it is of. Absent is not zero (D2): a week in which nothing was due has none, and what is not over yet is left out.

#include "core/delivery/delivery.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace core::delivering {

/// So many of so many, exactly; of none there is no share.
struct share {
    std::uint64_t part = 0;
    std::uint64_t whole = 0;

    /// In hundredths of a percent, rounded half up once it is shown (D17).
    std::optional<std::uint32_t> shown() const;
    share& operator+=(const share& more);
    bool operator==(const share&) const = default;
};

struct quality {
    share completeness;  ///< days whose data is loaded, of the days that were due
    share timeliness;    ///< deliveries that came before their grace was over, of those that were due
    share accuracy;      ///< rows with no fault that were not corrected later, of all that were checked
    std::vector<std::chrono::minutes> late;  ///< by how much working time each late one was, sorted
    std::vector<delivery_id> behind;         ///< which deliveries it is of

    /// The least lateness that so many percent of the late ones do not exceed; nothing where none was late.
    std::optional<std::chrono::minutes> late_at(unsigned percent) const;
    quality& operator+=(const quality& more);
    bool operator==(const quality&) const = default;
};

struct week_quality {
    collection_id line;  ///< the first version of the plan
    date monday;         ///< of the week in which it was due; in which it came, where it was not promised
    delivering::quality quality;
    bool operator==(const week_quality&) const = default;
};

/// Of the weeks from that of `first` to that of `last`, by plan and by week.
std::vector<week_quality> quality_by_week(date first, date last, const context& by);

/// Of all of them together.
quality in_all(const std::vector<week_quality>& all);

}  // namespace core::delivering
