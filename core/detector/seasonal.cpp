#include "core/detector/seasonal.hpp"

#include <algorithm>
#include <cmath>

namespace core::detector {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr unsigned hours_a_day = 24;
constexpr std::size_t cited_days = 8;
constexpr double worse = 1.5;           // than the episode's last alarm: another
constexpr double usual = 2;             // standard deviations: a period that is as usual
constexpr std::uint32_t quiet_days = 2, quiet_hours = 12;  // of these end an episode
constexpr double shown = 3;             // standard deviations: the interval that is shown
constexpr double beyond_ranges = 2;     // the range of all that was seen so far, past its ends
constexpr std::uint32_t fewest_days = 14, fewest_hours = 72;  // before anything is beyond it
constexpr std::uint32_t time_of_day_least = 168;
constexpr double time_of_day_memory = 14;  // days

}  // namespace

seasonal::seasonal(grain of)
    : grain_(of), week_(of == grain::hour ? hours_a_day : 1), sums_(of), hour_means_(of == grain::hour ? 2 * hours_a_day : 0) {}

void seasonal::learn_time_of_day(unsigned hour, double value) {
    const bool works = week_.kind() == day_kind::working || week_.kind() == day_kind::make_up;
    auto& h = hour_means_[(works ? 0 : hours_a_day) + hour];
    const double most = time_of_day_memory * hours_a_day;
    if (h.seen >= 2) {
        const double share = 1 / std::min<double>(all_mean_.seen, most);
        off_hour_ += (std::fabs(value - h.value) - off_hour_) * share;
        off_mean_ += (std::fabs(value - all_mean_.value) - off_mean_) * share;
    }
    h.value += (value - h.value) / std::min<double>(++h.seen, time_of_day_memory);
    all_mean_.value += (value - all_mean_.value) / std::min<double>(++all_mean_.seen, most);
}

bool seasonal::knows_time_of_day() const { return all_mean_.seen >= time_of_day_least; }
double seasonal::by_time_of_day() const { return !knows_time_of_day() || off_mean_ <= 0 ? 0 : 1 - off_hour_ / off_mean_; }

finding seasonal::too_short(double value) const {
    finding f;
    f.on = footing::too_short;
    const double range = highest_ - lowest_;
    f.expected = (lowest_ + highest_) / 2;
    f.low = lowest_ - beyond_ranges * range;
    f.high = highest_ + beyond_ranges * range;
    f.points = seen_;
    if (seen_ < (grain_ == grain::day ? fewest_days : fewest_hours) || range <= 0 || (value >= f.low && value <= f.high)) return f;
    f.score = 0.5;
    f.alarm = true;
    f.why = reason::beyond_all_so_far;
    f.to = value > f.high ? direction::up : direction::down;
    return f;
}

finding seasonal::judge(double value, const week::expectation& expected) {
    const double off = value > expected.high ? value - expected.high : value < expected.low ? value - expected.low : 0, deviation = off / expected.unit;
    const auto v = sums_.next(deviation, in_episode_);
    finding f;
    f.on = footing::settled;
    f.expected = (expected.low + expected.high) / 2;
    f.low = expected.low - shown * expected.unit;
    f.high = expected.high + shown * expected.unit;
    f.to = v.sum > 0 ? direction::up : v.sum < 0 ? direction::down : direction::none;
    f.rows = v.rows;
    f.score = v.strength / (1 + v.strength);
    if (v.strength >= 1) {
        f.alarm = !in_episode_ || v.strength >= worse * episode_strength_;
        if (f.alarm) episode_strength_ = v.strength;
        in_episode_ = true;
        quiet_ = 0;
        if (v.is_shift) week_.shift();
    } else if (in_episode_ && std::fabs(deviation) < usual && ++quiet_ >= (grain_ == grain::day ? quiet_days : quiet_hours)) {
        in_episode_ = false;
        sums_.forget();
    }
    if (f.alarm) f.why = v.rows > 1 ? reason::level_shift : reason::unlike_this_day;
    else f.score = std::min(f.score, finding::no_alarm);
    return f;
}

finding seasonal::next(instant at, date day, unsigned hour, double value, const working_calendar& calendar) {
    if (!has_begun()) lowest_ = highest_ = value;
    if (week_.begin_day(day, calendar)) sums_.forget();
    const auto expected = week_.expect(hour, calendar);
    auto f = expected.known ? judge(value, expected) : too_short(value);
    f.observed = value;
    f.day = week_.kind();
    if (f.rows == 0) f.rows = 1;
    if (expected.known) {
        for (auto d = expected.from.rbegin(); d != expected.from.rend() && f.from.size() < cited_days; ++d) f.from.push_back(at - (sys_days(day) - sys_days(*d)));
        f.points = static_cast<std::uint32_t>(expected.from.size());
    }
    week_.add(hour, value, expected);
    hour_ = static_cast<std::uint8_t>(hour);
    lowest_ = std::min(lowest_, value);
    highest_ = std::max(highest_, value);
    ++seen_;
    if (grain_ == grain::hour) learn_time_of_day(hour, value);
    return f;
}

std::size_t seasonal::bytes() const {
    return sizeof *this - sizeof week_ - sizeof sums_ + week_.bytes() + sums_.bytes() + hour_means_.capacity() * sizeof(mean);
}

template <class Self, class Each>
void seasonal::each_part(Self& s, Each each) {
    each(s.hour_), each(s.in_episode_), each(s.episode_strength_), each(s.quiet_), each(s.seen_), each(s.lowest_), each(s.highest_), each(s.hour_means_);
    each(s.all_mean_), each(s.off_hour_), each(s.off_mean_);
}

void seasonal::save(archive::writer& to) const {
    write(to, grain_);
    week_.save(to);
    sums_.save(to);
    each_part(*this, [&](const auto& part) { write(to, part); });
}

bool seasonal::load(archive::reader& from) {
    grain of = grain::day;
    read(from, of);
    *this = seasonal(of);
    const auto means = hour_means_.size();
    if (!week_.load(from) || !sums_.load(from)) return false;
    each_part(*this, [&](auto& part) { read(from, part); });
    return from.ok() && hour_means_.size() == means && hour_ < week_.periods();
}

}  // namespace core::detector
