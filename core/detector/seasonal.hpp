#pragma once
// Figures of days, or of hours of days, that go by the week and the working calendar. What is expected is
//
//     level x profile        (level + spread x profile, where values are below zero)
//
// where the level is a trimmed mean of the latest ten ordinary days, each divided by its profile: it follows growth and the seasons
// of the year, and needs no year to learn them. The profile of a weekday (and hour) is a trimmed mean of its latest eight ordinary
// days, each divided by the level then. Holidays and make-up days are none of these: they are compared with what such days were like
// before, or, as long as there were too few, with the whole range from a weekend to a working day.
//
// What is left over, over its usual size at that hour, is summed over several windows; each sum is compared with its own past
// (tail.hpp), so that noise which is heavy or lasts raises what it takes by itself.
//
// Owner: detector (detector.hpp). One thread at a time. About 16 KB for hours, 6 for days.

#include "core/detector/days.hpp"
#include "core/detector/finding.hpp"
#include "core/detector/tail.hpp"
#include "core/kernel/archive.hpp"

#include <span>

namespace core::detector {

enum class grain : std::uint8_t { day, hour };
BOOST_DESCRIBE_ENUM(grain, day, hour)

class seasonal {
public:
    explicit seasonal(grain of = grain::day);

    /// A later period than all before: `hour` of `day`, which is 0 for days. `at` is the moment of it that findings cite.
    finding next(instant at, date day, unsigned hour, double value, const working_calendar& calendar);

    bool has_begun() const { return first_.has_value(); }
    /// The latest that came, on the department's clock.
    std::chrono::sys_time<std::chrono::hours> last_period() const { return std::chrono::sys_days(*today_) + std::chrono::hours(hour_); }

    /// Share of the deviations from the mean that the time of day accounts for, on days that are worked and on others, by their absolute
    /// sizes; 0 before a week, and for days.
    double by_time_of_day() const;

    std::size_t bytes() const;
    void save(archive::writer& to) const;
    bool load(archive::reader& from);

private:
    static constexpr std::size_t same_days = 8, level_days = 10, windows_most = 4, longest_window = 24;
    /// The latest of a weekday's hour, oldest first.
    struct profile {
        std::span<const float> ratios;
        std::span<const std::uint16_t> days;  ///< since the first
    };
    struct size {
        double mean = 0;
        std::uint32_t seen = 0;
        bool operator==(const size&) const = default;
        BOOST_DESCRIBE_CLASS(size, (), (mean, seen), (), ())
    };
    /// What days of a kind were like, over what was expected of a weekend (holidays) or a working day (make-up days).
    struct effects {
        std::vector<float> ratios;
        std::vector<std::uint16_t> days;
        bool operator==(const effects&) const = default;
        BOOST_DESCRIBE_CLASS(effects, (), (ratios, days), (), ())
    };
    struct expectation {
        bool known = false;  ///< otherwise there is nothing to say
        double low = 0, high = 0;
        double unit = 0;  ///< what deviations are counted in, of the value's unit
        std::vector<std::uint16_t> from;
    };
    struct sum {
        std::uint8_t window = 0;
        float size = 0;
        std::uint32_t row = 0;
        bool operator==(const sum&) const = default;
        BOOST_DESCRIBE_CLASS(sum, (), (window, size, row), (), ())
    };
    struct verdict {
        double strength = 0;  ///< 1 is an alarm
        unsigned window = 1;
        double sum = 0;
    };

    profile profile_of(std::chrono::weekday day, unsigned hour) const;
    void add_to_profile(std::chrono::weekday day, unsigned hour, double ratio, std::uint16_t number);
    double value_of(double ratio) const;
    double ratio_of(double value) const;
    std::optional<double> profile_mean(std::chrono::weekday first, std::chrono::weekday last, unsigned hour) const;
    expectation expect(date day, unsigned hour, day_kind kind, const working_calendar& calendar) const;
    expectation expect_other(unsigned hour, day_kind kind) const;
    effects like(day_kind kind) const;
    double sigma(unsigned hour, bool working) const;
    template <class Self, class Each>
    static void each_part(Self& self, Each each);
    void learn_sums();
    verdict judge(double deviation);
    void learn_size(double ratio, unsigned hour, bool working);
    void learn_time_of_day(unsigned hour, bool working, double value);
    void end_day();
    void learn_day(double day_ratio);
    void start_profiles();
    finding too_short(finding f, double value);

    grain grain_ = grain::day;
    std::optional<date> first_, today_;
    std::uint8_t hour_ = 0;
    day_kind kind_ = day_kind::working;
    std::vector<double> values_;  ///< today's by hour; not a number where there is none
    std::vector<float> ratios_;  ///< eight a weekday and hour, of which so many are there
    std::vector<std::uint16_t> ratio_days_;
    std::vector<std::uint8_t> counts_;
    std::vector<float> levels_;  ///< of the latest ordinary days, oldest first
    double level_ = 1, spread_ = 1;
    bool additive_ = false;
    std::uint32_t ordinary_days_ = 0;
    std::vector<size> sizes_;  ///< by hour; of working days, then of days off
    std::vector<effects> effects_;  ///< make-up days, holidays, long holidays
    std::vector<double> recent_;  ///< deviations that were judged, latest last
    std::vector<tail> tails_;         ///< by window
    std::vector<sum> pending_;        ///< to be learned
    bool in_episode_ = false, shifted_ = false;
    double episode_strength_ = 0;
    std::uint32_t quiet_ = 0;  ///< periods within the episode that were as usual
    double lowest_ = 0, highest_ = 0;
    std::uint32_t seen_ = 0;
    std::vector<size> hour_means_;
    double off_hour_ = 0, off_mean_ = 0;
    size all_mean_;
};

}  // namespace core::detector
