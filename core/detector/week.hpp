#pragma once
// What a day, or an hour of one, is expected to bring:
//
//     level x profile        (level + spread x profile, where values are below zero)
//
// The level is a trimmed mean of the latest ten ordinary days, each divided by its profile: it follows growth and the seasons of the
// year, and needs no year to learn them. The profile of a weekday (and hour) is a trimmed mean of its latest eight ordinary days, each
// divided by the level then. Holidays and make-up days are none of these: they are compared with what such days were like before,
// those of the same season first, or, as long as there were too few, with the whole range from a weekend to a working day.
//
// Owner: seasonal (seasonal.hpp).

#include "core/detector/days.hpp"
#include "core/kernel/archive_real.hpp"

#include <optional>
#include <span>
#include <vector>

namespace core::detector {

class week {
public:
    /// One period a day, or 24.
    explicit week(std::size_t periods_a_day = 1);

    struct expectation {
        bool known = false;          ///< otherwise there is nothing to say
        double low = 0, high = 0;    ///< the same where it is one value
        double unit = 0;             ///< the usual size of what is left over, a standard deviation, in the value's unit
        double share = 1;            ///< what sizes are shares of, in the value's unit
        std::vector<date> from;      ///< oldest first
    };

    bool has_begun() const { return first_.has_value(); }
    date today() const { return *today_; }
    day_kind kind() const { return kind_; }
    std::size_t periods() const { return values_.size(); }

    /// True where a level of the last days alone took the place of the one before.
    bool begin_day(date day, const working_calendar& calendar);
    expectation expect(unsigned hour, const working_calendar& calendar) const;
    /// What is left over of it, as far as something is expected, is learned with it.
    void add(unsigned hour, double value, const expectation& expected);
    /// What was expected is over: from the next day on the level is that of the latest days alone.
    void shift() { shifted_ = true; }

    std::size_t bytes() const;
    void save(archive::writer& to) const;
    bool load(archive::reader& from);

private:
    static constexpr std::size_t same_days = 8, level_days = 10;
    /// The latest of a weekday's hour, oldest first; days since the first.
    struct profile {
        std::span<const float> ratios;
        std::span<const std::uint16_t> days;
    };
    struct size {
        double mean = 0;
        std::uint32_t seen = 0;
        BOOST_DESCRIBE_CLASS(size, (), (mean, seen), (), ())
    };
    /// What days of a kind were like, over what was expected of a weekend (holidays) or a working day (make-up days).
    struct effects {
        std::vector<float> ratios;
        std::vector<std::uint16_t> days;
        BOOST_DESCRIBE_CLASS(effects, (), (ratios, days), (), ())
    };

    bool is_working() const { return kind_ != day_kind::weekend && kind_ != day_kind::holiday && kind_ != day_kind::long_holiday; }
    std::uint16_t number_of(date day) const;
    profile profile_of(std::chrono::weekday day, unsigned hour) const;
    void add_to_profile(std::chrono::weekday day, unsigned hour, double ratio);
    std::optional<double> profile_mean(std::chrono::weekday first, std::chrono::weekday last, unsigned hour) const;
    double value_of(double ratio) const { return additive_ ? level_ + spread_ * ratio : level_ * ratio; }
    double ratio_of(double value) const { return additive_ ? (value - level_) / spread_ : value / level_; }
    double share_of(double expected) const;
    const size& size_at(unsigned hour) const { return sizes_[(is_working() ? 0 : values_.size()) + hour]; }
    effects like_today() const;
    expectation ordinary(unsigned hour, const working_calendar& calendar) const;
    expectation other(unsigned hour) const;
    std::optional<double> base_of(unsigned hour) const;
    void learn_size(unsigned hour, double share);
    bool end_day();
    bool learn_level(double of_day);
    void start();
    template <class Self, class Each>
    static void each_part(Self& self, Each each);

    std::optional<date> first_, today_;
    day_kind kind_ = day_kind::working;
    std::vector<double> values_;  ///< today's by hour; not a number where there is none
    std::vector<float> ratios_;   ///< eight a weekday and hour, of which so many are there
    std::vector<std::uint16_t> ratio_days_;
    std::vector<std::uint8_t> counts_;
    std::vector<float> levels_;  ///< of the latest ordinary days, oldest first; none in the first week
    double level_ = 1, spread_ = 1;
    bool additive_ = false, shifted_ = false, below_zero_ = false;
    std::uint32_t ordinary_days_ = 0;
    std::vector<size> sizes_;       ///< by hour, as shares; of days that are worked, then of others
    std::vector<effects> effects_;  ///< make-up days, holidays, long holidays
};

}  // namespace core::detector
