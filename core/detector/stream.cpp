#include "core/detector/stream.hpp"

#include "core/detector/numbers.hpp"

#include <algorithm>
#include <cmath>

namespace core::detector {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::size_t kept = 2048;
constexpr std::size_t stretch = 12;     // points: an hour of five minutes each
constexpr std::size_t before = 48;      // points that its level is compared with
constexpr std::size_t first_like = 200; // points, before a stretch is compared with earlier ones
constexpr std::uint32_t learning = 100; // points, and a day, before anything is an alarm
constexpr double hour_memory = 200, half_hour_memory = 100;  // points that a mean forgets over

// Rarer than one in thirty adds to the sum. What an alarm takes was set where NAB's series have two false alarms in thirty days.
constexpr double adds_from = 1.5;
constexpr double alarm_excess = 3.68;
constexpr auto episode = hours(3);  // one alarm, as long as it gets no worse
constexpr auto remembered = hours(24 * 30);
constexpr std::size_t peaks_most = 256;
constexpr double as_high = 0.9;  // of a sum: what was reached before
constexpr double tires = 0.5;    // taken off for each doubling of how often it was
constexpr double usual = 2.5;    // one in 316: the interval that is shown

double mean_of(const float* first, std::size_t count) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += first[i];
    return sum / static_cast<double>(count);
}

template <class Mean>
double moved_mean(Mean& m, double value, double memory) {
    const double off = m.points > 0 ? value - m.value : 0;
    if (m.points == 0) m.value = value;
    ++m.points;
    m.value += off / std::min<double>(m.points, memory);
    return off;
}

}  // namespace

double stream::middle() const { return origin_ + sorted_[sorted_.size() / 2]; }

// To the second nearest of the stretches before this one: one that came only once before is as new as the first time.
double stream::distance_to_nearest(std::size_t& where) const {
    const auto* v = values_.data();
    const auto last = values_.size() - 1;
    float nearest = INFINITY, second = INFINITY;
    for (std::size_t j = stretch; j + 2 * stretch <= last; ++j) {
        float sum = 0;
        for (std::size_t i = 0; i < stretch && sum < second; ++i) {
            const float off = v[last - i] - v[j - i];
            sum += off * off;
        }
        if (sum < nearest) {
            second = nearest;
            nearest = sum;
            where = j;
        } else if (sum < second) {
            second = sum;
        }
    }
    return std::isfinite(second) ? std::sqrt(static_cast<double>(second) / stretch) : 0;
}

stream::all_measures stream::measure_all(double value, minutes of_day) {
    all_measures all;
    const auto set = [&](measure m, double off, double expected, double observed) { all[m] = {off, expected, observed, 0}; };
    auto& hour = hours_[static_cast<std::size_t>(of_day / hours(1))];
    auto& half = half_hours_[static_cast<std::size_t>(of_day / minutes(30))];
    const double of_hour = hour.value, of_half = half.value;
    const double off = moved_mean(hour, value, hour_memory), half_off = moved_mean(half, value, half_hour_memory);
    set(by_hour, std::fabs(off), of_hour, value);
    set(by_half_hour, std::fabs(half_off), of_half, value);
    if (beside_.size() == stretch) beside_.erase(beside_.begin());
    beside_.push_back(off);

    if (sorted_.size() > 1) {
        const auto m = middle();
        set(above, std::max(0.0, value - m), m, value);
        set(below, std::max(0.0, m - value), m, value);
    }
    const auto* end = values_.data() + values_.size();
    if (seen_ >= 2 * stretch) {
        double sum = 0;
        for (const double b : beside_) sum += b;
        const double recent = origin_ + mean_of(end - stretch, stretch);
        set(by_hour_for_long, std::fabs(sum) / stretch, recent - sum / stretch, recent);
    }
    if (values_.size() >= stretch + before) {
        const double recent = origin_ + mean_of(end - stretch, stretch), earlier = origin_ + mean_of(end - stretch - before, before);
        set(moved, std::fabs(recent - earlier), earlier, recent);
    }
    if (seen_ >= first_like) {
        std::size_t where = 0;
        const double distance = distance_to_nearest(where);
        set(unlike, distance, origin_ + values_[where], value);
    }
    for (std::size_t m = 0; m < measures; ++m) {
        all[m].rarity = tails_[m].rarity(all[m].size);
        tails_[m].add(all[m].size);
    }
    return all;
}

void stream::keep(instant at, double value) {
    const auto small = static_cast<float>(value - origin_);
    if (values_.size() == kept) {
        sorted_.erase(std::lower_bound(sorted_.begin(), sorted_.end(), values_.front()));
        values_.erase(values_.begin());
        times_.erase(times_.begin());
    }
    values_.push_back(small);
    times_.push_back(static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(at - first_).count()));
    sorted_.insert(std::lower_bound(sorted_.begin(), sorted_.end(), small), small);
}

// What is left of a sum of rarities: nothing within an episode that it does not worsen, and less the more often it was reached lately.
double stream::tired(instant at, double excess) {
    if (excess <= 0) return 0;
    if (held_.excess > 0 && at - held_.at < episode && excess <= held_.excess) return 0;
    held_ = {at, excess};
    std::erase_if(peaks_, [&](const peak& p) { return at - p.at >= remembered; });
    const auto often = std::count_if(peaks_.begin(), peaks_.end(), [&](const peak& p) { return p.excess >= as_high * excess; });
    if (peaks_.size() == peaks_most) peaks_.erase(peaks_.begin());
    peaks_.push_back(held_);
    return std::max(0.0, excess - tires * log2_of(1.0 + static_cast<double>(often)));
}

finding stream::next(instant at, std::chrono::sys_time<std::chrono::microseconds> local, double value) {
    if (seen_ == 0) {
        first_ = last_ = at;
        origin_ = value;
        hours_.resize(24);
        half_hours_.resize(48);
        tails_.resize(measures);
        values_.reserve(kept);
        times_.reserve(kept);
        sorted_.reserve(kept);
    }
    // A clock that was set back does not make time run backwards.
    at = last_ = std::max(last_, at);
    keep(at, value);
    const auto of_day = std::chrono::floor<minutes>(local - std::chrono::floor<std::chrono::days>(local));
    const auto all = measure_all(value, of_day);
    ++seen_;

    double excess = 0;
    for (const auto& m : all) excess += std::max(0.0, m.rarity - adds_from);
    const double left = tired(at, excess);
    finding f;
    f.score = left / (left + alarm_excess);
    f.on = seen_ < learning || at - first_ < hours(24) ? footing::too_short : footing::settled;
    if (f.on == footing::too_short) f.score = std::min(f.score, finding::no_alarm);
    f.alarm = f.score >= 0.5;
    f.observed = value;
    explain(f, all);
    return f;
}

void stream::explain(finding& f, const all_measures& all) const {
    std::size_t most = by_hour;
    for (std::size_t m = 0; m < measures; ++m)
        if (all[m].rarity > all[most].rarity) most = m;
    const auto& is = all[most];
    const double usually = tails_[most].size_at(usual);
    f.rows = 1;
    f.observed = is.observed;
    f.expected = is.expected;
    f.low = is.expected - usually;
    f.high = is.expected + usually;
    f.to = is.observed > is.expected ? direction::up : is.observed < is.expected ? direction::down : direction::none;
    f.since = first_;
    f.points = seen_ - 1;
    if (!f.alarm) return;
    static constexpr reason reasons[measures]{reason::unlike_this_hour,   reason::unlike_this_hour, reason::hour_after_hour,     reason::beyond_usual_range,
                                              reason::beyond_usual_range, reason::level_moved,      reason::unlike_any_stretch};
    f.why = reasons[most];
    const auto time_of = [&](std::size_t row) { return first_ + std::chrono::seconds(times_[row]); };
    if (f.why == reason::hour_after_hour || f.why == reason::level_moved || f.why == reason::unlike_any_stretch) f.rows = stretch;
    if (f.why == reason::level_moved) {
        f.points = before;
        f.since = time_of(times_.size() - stretch - before);
    } else if (f.why == reason::beyond_usual_range) {
        f.points = static_cast<std::uint32_t>(sorted_.size());
        f.since = time_of(0);
    } else if (f.why == reason::unlike_any_stretch) {
        std::size_t where = 0;
        distance_to_nearest(where);
        f.from.push_back(time_of(where));
        f.points = stretch;
        f.since.reset();
    }
}

std::size_t stream::bytes() const {
    std::size_t all = sizeof *this + values_.capacity() * sizeof(float) + times_.capacity() * sizeof(std::uint32_t) + sorted_.capacity() * sizeof(float) +
                      beside_.capacity() * sizeof(double) + (hours_.capacity() + half_hours_.capacity()) * sizeof(mean) + peaks_.capacity() * sizeof(peak);
    for (const auto& t : tails_) all += sizeof t + t.counts.capacity() * sizeof(std::uint32_t);
    return all;
}

template <class Self, class Each>
void stream::each_part(Self& s, Each each) {
    each(s.seen_), each(s.first_), each(s.last_), each(s.origin_), each(s.values_), each(s.times_), each(s.beside_), each(s.hours_), each(s.half_hours_);
    each(s.tails_), each(s.held_), each(s.peaks_);
}

void stream::save(archive::writer& to) const {
    each_part(*this, [&](const auto& part) { write(to, part); });
}

bool stream::load(archive::reader& from) {
    each_part(*this, [&](auto& part) { read(from, part); });
    sorted_ = values_;
    std::sort(sorted_.begin(), sorted_.end());
    const bool begun = seen_ > 0;
    const auto in_time = [&](const peak& p) { return first_ <= p.at && p.at <= last_; };
    return from.ok() && values_.size() == std::min<std::size_t>(seen_, kept) && times_.size() == values_.size() && beside_.size() == std::min<std::size_t>(seen_, stretch) &&
           hours_.size() == (begun ? 24u : 0u) && half_hours_.size() == (begun ? 48u : 0u) && tails_.size() == (begun ? std::size_t{measures} : 0) && peaks_.size() <= peaks_most &&
           is_possible(first_) && is_possible(last_) && first_ <= last_ && (held_.excess == 0 || in_time(held_)) && std::all_of(peaks_.begin(), peaks_.end(), in_time) &&
           std::none_of(values_.begin(), values_.end(), [](float v) { return std::isnan(v); }) &&
           std::all_of(tails_.begin(), tails_.end(), [](const tail& t) { return t.is_sound(); });
}

}  // namespace core::detector
