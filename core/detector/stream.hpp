#pragma once
// Points that come often: minutes apart, or hours apart without a week's pattern. No model of the series is fitted. Each point is
// measured in several ways, each measure is compared with all that were seen of it (tail.hpp), and what is rarer than one in thirty
// adds up. A sum that was reached before counts less, the more often that was lately.
//
// Owner: detector (detector.hpp). One thread at a time. About 40 KB at most.

#include "core/detector/finding.hpp"
#include "core/detector/tail.hpp"
#include "core/kernel/archive_real.hpp"

#include <array>
#include <chrono>

namespace core::detector {

class stream {
public:
    /// `at` is when, `local` the same on the department's clock; `value` is a number.
    finding next(instant at, std::chrono::sys_time<std::chrono::microseconds> local, double value);

    std::size_t bytes() const;
    void save(archive::writer& to) const;
    bool load(archive::reader& from);

private:
    enum measure : std::size_t { by_hour, by_half_hour, by_hour_for_long, above, below, moved, unlike, measures };
    struct mean {
        double value = 0;
        std::uint32_t points = 0;
        bool operator==(const mean&) const = default;
        BOOST_DESCRIBE_CLASS(mean, (), (value, points), (), ())
    };
    struct peak {
        instant at;
        double excess = 0;
        bool operator==(const peak&) const = default;
        BOOST_DESCRIBE_CLASS(peak, (), (at, excess), (), ())
    };
    struct measured {
        double size = 0;
        double expected = 0, observed = 0;
        double rarity = 0;
    };
    using all_measures = std::array<measured, measures>;

    all_measures measure_all(double value, std::chrono::minutes of_day);
    double distance_to_nearest(std::size_t& where) const;
    double middle() const;
    void keep(instant at, double value);
    double tired(instant at, double excess);
    template <class Self, class Each>
    static void each_part(Self& self, Each each);
    void explain(finding& f, const all_measures& all) const;

    std::uint32_t seen_ = 0;
    instant first_, last_;
    double origin_ = 0;           ///< the first value: what is kept are differences from it, as those lose less in a float
    std::vector<float> values_;   ///< the latest 2,048
    std::vector<std::uint32_t> times_;  ///< theirs, seconds since the first of all
    std::vector<float> sorted_;   ///< the same by size
    std::vector<double> beside_;  ///< the latest 12 differences from their hours' means
    std::vector<mean> hours_, half_hours_;
    std::vector<tail> tails_;
    peak held_;                ///< what the next hours have to exceed
    std::vector<peak> peaks_;  ///< of the last thirty days, 256 at most
};

}  // namespace core::detector
