#pragma once
// Early warning (S2.3.4): says of each point of a series, as it comes, whether it stands out, from what, and by how much. One default for
// all series: nothing is set by series or by name, and nothing is known of what has not come yet.
//
// Which of two ways a series is watched follows from its points alone:
//   days, and hours that go by the time of day    seasonal.hpp: the working calendar, the week, growth, the seasons of the year
//   everything else                               stream.hpp: what is rare among all that was measured so far
//
// The same points always give the same findings, to the bit: no clock, no randomness, and arithmetic that rounds the same everywhere
// (numbers.hpp). What is saved goes on as if it had never stopped, so that an alarm can be replayed from the log.
//
// Owner: whoever watches the series. One thread at a time. At most 64 KB a series; a point takes tens of microseconds.

#include "core/detector/seasonal.hpp"
#include "core/detector/stream.hpp"

#include <string>

namespace core::detector {

/// From this size on a value counts as none.
inline constexpr double largest_value = 1e30;

class detector {
public:
    /// The department's clock is `zone_offset` ahead of UTC.
    explicit detector(std::chrono::minutes zone_offset = shanghai) : zone_offset_(zone_offset) {}

    /// `value` is that of the settled period that begins at `at`. Nothing, or no number: footing::missing. In days and hours, a period
    /// that is not later than the last: footing::repeated; what is corrected afterwards takes a replay from before it.
    finding next(instant at, std::optional<double> value, const working_calendar& calendar);

    /// Of memory, with all that it owns.
    std::size_t bytes() const;
    void save(archive::writer& to) const;
    /// False where the bytes are no saved detector; it must not be used then.
    bool load(archive::reader& from);

private:
    enum class way : std::uint8_t { unknown, often, hours, days };
    BOOST_DESCRIBE_NESTED_ENUM(way, unknown, often, hours, days)
    struct point {
        instant at;
        double value = 0;
        bool operator==(const point&) const = default;
        BOOST_DESCRIBE_CLASS(point, (), (at, value), (), ())
    };

    void choose_way();
    finding watch(const point& p, const working_calendar& calendar);

    std::chrono::minutes zone_offset_;
    way way_ = way::unknown;
    std::vector<point> first_;  ///< the first four, until the way is known
    bool by_calendar_ = false;  ///< hours: they go by the time of day
    stream stream_;
    seasonal seasonal_;
};

}  // namespace core::detector
