#pragma once
// Whether what was left over in the last periods, over its usual size, is more than noise: its sums over several windows, each compared
// with a floor and with its own past (tail.hpp), so that noise which is heavy or lasts raises what it takes by itself.
//
// Owner: seasonal (seasonal.hpp).

#include "core/detector/finding.hpp"
#include "core/detector/tail.hpp"
#include "core/kernel/archive_real.hpp"

#include <vector>

namespace core::detector {

enum class grain : std::uint8_t { day, hour };
BOOST_DESCRIBE_ENUM(grain, day, hour)

class sums {
public:
    explicit sums(grain of = grain::day);

    struct verdict {
        double strength = 0;      ///< from 1 on it is an alarm
        std::uint32_t rows = 1;   ///< periods of the window
        double sum = 0;           ///< in standard deviations, as if they were independent
        bool is_shift = false;    ///< long enough to be a level of its own
    };
    /// `deviation`: what is left over of the latest period, in standard deviations. What comes of it is learned unless `unusual`.
    verdict next(double deviation, bool unusual);
    /// What was summed up so far is over; what was not learned of it will not be.
    void forget();

    std::size_t bytes() const;
    void save(archive::writer& to) const;
    bool load(archive::reader& from);

private:
    struct past_sum {
        std::uint8_t window = 0;
        float size = 0;
        std::uint32_t row = 0;
        BOOST_DESCRIBE_CLASS(past_sum, (), (window, size, row), (), ())
    };
    template <class Self, class Each>
    static void each_part(Self& self, Each each);
    void learn();

    grain grain_;
    std::uint32_t seen_ = 0;
    std::vector<double> recent_;     ///< latest last, no more than the longest window
    std::vector<tail> tails_;        ///< by window
    std::vector<past_sum> pending_;  ///< to be learned, oldest first
};

}  // namespace core::detector
