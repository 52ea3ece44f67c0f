#pragma once
// Figures of days, or of hours of days, that go by the week and the working calendar: what is expected of each (week.hpp), and whether
// what is left over is more than noise (sums.hpp). One alarm an episode, and another where it gets much worse; where it lasts, the
// level is learned anew.
//
// Owner: detector (detector.hpp). One thread at a time. About 20 KB for hours, 6 for days.

#include "core/detector/sums.hpp"
#include "core/detector/week.hpp"

namespace core::detector {

class seasonal {
public:
    explicit seasonal(grain of = grain::day);

    /// A later period than all before: `hour` of `day`, which is 0 for days. `at` is the moment of it that findings cite.
    finding next(instant at, date day, unsigned hour, double value, const working_calendar& calendar);

    bool has_begun() const { return week_.has_begun(); }
    /// The latest that came, on the department's clock.
    std::chrono::sys_time<std::chrono::hours> last_period() const { return std::chrono::sys_days(week_.today()) + std::chrono::hours(hour_); }
    /// Share of the deviations from the mean that the time of day accounts for, on days that are worked and on others, by their absolute
    /// sizes; 0 before a week, and for days.
    double by_time_of_day() const;
    /// A week has come, so that it can be said.
    bool knows_time_of_day() const;

    std::size_t bytes() const;
    void save(archive::writer& to) const;
    bool load(archive::reader& from);

private:
    struct mean {
        double value = 0;
        std::uint32_t seen = 0;
        BOOST_DESCRIBE_CLASS(mean, (), (value, seen), (), ())
    };

    finding too_short(double value) const;
    finding judge(double value, const week::expectation& expected);
    void learn_time_of_day(unsigned hour, double value);
    template <class Self, class Each>
    static void each_part(Self& self, Each each);

    grain grain_;
    week week_;
    sums sums_;
    std::uint8_t hour_ = 0;
    bool in_episode_ = false;
    double episode_strength_ = 0;  ///< of its last alarm
    std::uint32_t quiet_ = 0;      ///< periods within the episode that were as usual
    std::uint32_t seen_ = 0;
    double lowest_ = 0, highest_ = 0;
    std::vector<mean> hour_means_;  ///< of days that are worked, then of others
    mean all_mean_;
    double off_hour_ = 0, off_mean_ = 0;  ///< mean sizes of the deviations from either
};

}  // namespace core::detector
