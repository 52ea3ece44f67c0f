#pragma once
// What judged figures come to: from when until when something was out of the ordinary, whether it lasted as long as the rule says, and what
// the rule would have done on the past. Pure.

#include "core/alert_rule/judging.hpp"
#include "events/catalog/alert.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace core::alerting {

/// Places of figures in their series.
struct episode {
    std::size_t first;                 ///< that is out of the ordinary
    std::size_t last;                  ///< the newest that is
    std::optional<std::size_t> fires;  ///< where it had lasted long enough
    bool over = false;                 ///< it was well again for long enough, or did not last
};

/// In their order; only the newest can go on. A period of which nothing can be said (it has no value, or too little before it)
/// neither ends one nor makes it last.
std::vector<episode> episodes_of(std::span<const judgement> judged, std::uint32_t lasts, std::uint32_t over_after);

events::alert::sighting sighting_of(const figure& of, const judgement& judged, std::uint32_t digits);

/// An alert that people have said was of use, or not.
struct rated_alert {
    std::string member;
    date from{};
    date until{};
    events::alert::worth worth{};
};

/// Of the last quarter's figures, or of all that there are; what is before is what they are held against.
alert_rule::backtest backtest_of(const alert_rule::state& rule, const measure& what, const std::vector<series>& all, const std::vector<rated_alert>& known, const working_calendar& calendar,
                                 std::chrono::minutes zone_offset);

}  // namespace core::alerting
