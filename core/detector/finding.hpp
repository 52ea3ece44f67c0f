#pragma once
// What the detector says of a point. Words are made elsewhere; these are the parts of the sentence.

#include "events/catalog/value.hpp"

#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace core::detector {

using events::instant;

/// Of damaged bytes a time could be any; the difference of two of these is still one.
inline bool is_possible(instant at) {
    constexpr std::int64_t most = std::int64_t{1} << 61;
    return -most < at.time_since_epoch().count() && at.time_since_epoch().count() < most;
}

/// How much can be said yet.
enum class footing : std::uint8_t {
    missing,    ///< no value, or none that is a number: nothing was judged, and that is no anomaly
    repeated,   ///< a period that was judged before, or an earlier one: it was not judged again
    too_short,  ///< nothing to compare it with yet: no alarm, or only for what is far beyond all there was
    settled,
};
BOOST_DESCRIBE_ENUM(footing, missing, repeated, too_short, settled)

/// Why a point stands out. What each compares with what is said beside it.
enum class reason : std::uint8_t {
    none,
    beyond_usual_range,   ///< the value with the middle of all values kept
    unlike_this_hour,     ///< the value with the mean of this time of day
    hour_after_hour,      ///< twelve points on the whole with the means of their times of day
    level_moved,          ///< the mean of twelve points with that of the forty-eight before
    unlike_any_stretch,   ///< the course of twelve points with every earlier one; `expected` is the most similar one's last value
    unlike_this_day,      ///< the value with days of the same kind
    level_shift,          ///< several values in a row with days of the same kind, all on one side
    beyond_all_so_far,    ///< the value with the extremes so far, as more is not known yet
};
BOOST_DESCRIBE_ENUM(reason, none, beyond_usual_range, unlike_this_hour, hour_after_hour, level_moved, unlike_any_stretch, unlike_this_day, level_shift,
                    beyond_all_so_far)

enum class direction : std::uint8_t { none, up, down };
BOOST_DESCRIBE_ENUM(direction, none, up, down)

/// What a working calendar has to do with it.
enum class day_kind : std::uint8_t { working, weekend, make_up, holiday, long_holiday, unpublished };
BOOST_DESCRIBE_ENUM(day_kind, working, weekend, make_up, holiday, long_holiday, unpublished)

struct finding {
    double score = 0;  ///< 0 to 1; from 0.5 it is an alarm. Comparable between series
    bool alarm = false;
    footing on = footing::missing;
    reason why = reason::none;
    direction to = direction::none;
    std::uint32_t rows = 0;  ///< points in a row that it is about, the last of them this one
    double observed = 0;     ///< what is compared: the value, or the mean of `rows` values
    double expected = 0;
    double low = 0, high = 0;      ///< `observed` stays between them but for about one point in three hundred
    std::vector<instant> from;     ///< the points that `expected` is made of, latest first, eight at most
    std::optional<instant> since;  ///< it is made of all points since then, at the same time of day where `why` says so
    std::uint32_t points = 0;      ///< how many points `expected` is made of
    std::optional<day_kind> day;   ///< where days are compared

    /// Too little is known for it to be an alarm.
    void unsettle() {
        on = footing::too_short;
        alarm = false;
        why = reason::none;
        score = score < no_alarm ? score : no_alarm;
    }
    static constexpr double no_alarm = 0.49;  ///< the highest score that is none

    bool operator==(const finding&) const = default;
};

}  // namespace core::detector
