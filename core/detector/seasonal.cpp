#include "core/detector/seasonal.hpp"

#include "core/detector/numbers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace core::detector {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;

constexpr unsigned hours_a_day = 24;
constexpr std::size_t profile_least = 3;  // same days, before anything is said of one
constexpr unsigned size_least = 10;       // deviations of an hour, before anything is said of it
constexpr std::size_t effects_least = 3, effects_most = 32;
constexpr double size_memory = 60;   // deviations that their usual size forgets over
constexpr double size_floor = 0.01;  // of the value: less than a hundredth is never unusual
constexpr double unit_floor = 0.05;  // of the level: what is expected of the quietest hour is not counted in its own share
constexpr double size_clip = 3;      // usual sizes: one deviation tells no more than that of what is usual
constexpr double sd_of_mean = 1.2533141373155;  // the standard deviation of normal noise by its mean absolute deviation: sqrt(pi/2)
constexpr double less_known = 1.3;   // deviations on days that are not ordinary, or beside those

// What was never seen of holidays and make-up days lies between a weekend and a working day, or this far outside.
constexpr double holiday_low = 0.4, holiday_high = 1.8, unpublished_low = 0.6, unpublished_high = 1.4, learned_margin = 0.1;
// What was seen of them is taken to spread no less than this, and by more the fewer they were.
constexpr double learned_least = 0.03, few_effects = 1.5, whole_width = 2;
constexpr int same_season_days = 25, just_now = 3;

// Sums over windows: from how large a sum (in standard deviations of independent noise) and how rare a one it is an alarm.
struct window {
    unsigned periods;
    double floor;
};
constexpr window day_windows[]{{1, 4.5}, {2, 3.5}, {3, 3.8}};
constexpr window hour_windows[]{{1, 5.5}, {2, 4.5}, {6, 4.8}, {24, 5.5}};
constexpr double rare_day = 2.8, rare_hour = 4.0;
constexpr std::uint32_t day_age = 3, hour_age = 48;  // periods, before sums are learned
constexpr double sum_clip = 4;       // of one period in a sum of several: a single one is not a shift
constexpr double untested = 1.4;     // more is taken while there is no past of such sums
constexpr double worse = 1.5;        // than what an episode began with: another alarm
constexpr double usual_deviation = 3;  // standard deviations: the interval that is shown
constexpr double beyond_ranges = 2;  // all that was seen so far, past its ends
constexpr std::size_t time_of_day_least = 168;

std::span<const window> windows_of(grain g) { return g == grain::day ? std::span<const window>(day_windows) : std::span<const window>(hour_windows); }

// Without the smallest and the largest, where there are four: one odd day among them plays no part.
double trimmed(std::span<const float> all) {
    double sum = 0, low = INFINITY, high = -INFINITY;
    for (const double x : all) {
        sum += x;
        low = std::min(low, x);
        high = std::max(high, x);
    }
    return all.size() < 4 ? sum / static_cast<double>(all.size()) : (sum - low - high) / static_cast<double>(all.size() - 2);
}

template <class T>
void push(std::vector<T>& to, T value, std::size_t most) {
    if (to.size() >= most) to.erase(to.begin());
    to.push_back(value);
}

std::size_t slot(day_kind kind) { return kind == day_kind::make_up ? 0 : kind == day_kind::holiday ? 1 : 2; }
bool is_ordinary(day_kind kind) { return kind == day_kind::working || kind == day_kind::weekend; }

}  // namespace

seasonal::seasonal(grain of) : grain_(of) {
    const std::size_t per_day = of == grain::hour ? hours_a_day : 1;
    values_.assign(per_day, std::numeric_limits<double>::quiet_NaN());
    ratios_.resize(7 * per_day * same_days);
    ratio_days_.resize(7 * per_day * same_days);
    counts_.resize(7 * per_day);
    sizes_.resize(2 * per_day);
    hour_means_.resize(2 * per_day);
    effects_.resize(3);
    tails_.resize(windows_of(of).size());
}

seasonal::profile seasonal::profile_of(weekday day, unsigned hour) const {
    const auto at = day.c_encoding() * values_.size() + hour;
    return {{ratios_.data() + at * same_days, counts_[at]}, {ratio_days_.data() + at * same_days, counts_[at]}};
}

void seasonal::add_to_profile(weekday day, unsigned hour, double ratio, std::uint16_t number) {
    const auto at = day.c_encoding() * values_.size() + hour;
    auto* ratios = ratios_.data() + at * same_days;
    auto* numbers = ratio_days_.data() + at * same_days;
    if (counts_[at] == same_days) {
        std::copy(ratios + 1, ratios + same_days, ratios);
        std::copy(numbers + 1, numbers + same_days, numbers);
        --counts_[at];
    }
    ratios[counts_[at]] = static_cast<float>(ratio);
    numbers[counts_[at]++] = number;
}
double seasonal::value_of(double ratio) const { return additive_ ? level_ + spread_ * ratio : level_ * ratio; }
double seasonal::ratio_of(double value) const { return additive_ ? (value - level_) / spread_ : value / level_; }

std::optional<double> seasonal::profile_mean(weekday first, weekday last, unsigned hour) const {
    double sum = 0;
    unsigned count = 0;
    for (auto d = first;; ++d) {
        if (const auto p = profile_of(d, hour); !p.ratios.empty()) {
            sum += trimmed(p.ratios);
            ++count;
        }
        if (d == last) break;
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

double seasonal::sigma(unsigned hour, bool working) const {
    const auto& s = sizes_[(working ? 0 : values_.size()) + hour];
    return std::max(s.mean * sd_of_mean, size_floor);
}

seasonal::expectation seasonal::expect_other(unsigned hour, day_kind kind) const {
    const auto worked = profile_mean(std::chrono::Monday, std::chrono::Friday, hour), off = profile_mean(std::chrono::Saturday, std::chrono::Sunday, hour);
    expectation e;
    if (!worked || !off) return e;
    e.known = true;
    const auto [least, most] = std::minmax(*worked, *off);
    const auto scaled = [&](double ratio, double by) { return additive_ ? ratio + by - 1 : ratio * by; };
    if (kind == day_kind::unpublished) {
        e.low = scaled(least, unpublished_low);
        e.high = scaled(most, unpublished_high);
        return e;
    }
    const auto all = like(kind);
    if (all.ratios.size() < effects_least) {
        e.low = scaled(least, kind == day_kind::make_up ? 1 - learned_margin : holiday_low);
        e.high = scaled(most, kind == day_kind::make_up ? 1 + learned_margin : holiday_high);
    } else {
        e.low = e.high = scaled(kind == day_kind::make_up ? *worked : *off, trimmed(all.ratios));
        double squares = 0;
        for (const float r : all.ratios) squares += (r - trimmed(all.ratios)) * (r - trimmed(all.ratios));
        const auto count = static_cast<double>(all.ratios.size());
        e.unit = std::max(std::sqrt(squares / (count - 1)), learned_least) * (1 + few_effects / count) * (kind == day_kind::make_up ? *worked : *off);
    }
    e.from = all.days;
    return e;
}

// Those of the same season where there are enough: the same holiday a year ago says more than another.
seasonal::effects seasonal::like(day_kind kind) const {
    const auto& all = effects_[slot(kind)];
    const auto today = (sys_days(*today_) - sys_days(*first_)).count();
    effects same;
    for (std::size_t i = 0; i < all.days.size(); ++i) {
        const auto apart = (today - all.days[i]) % 365;
        if (today - all.days[i] < just_now || std::min(apart, 365 - apart) > same_season_days) continue;
        same.ratios.push_back(all.ratios[i]);
        same.days.push_back(all.days[i]);
    }
    return same.ratios.size() >= effects_least ? same : all;
}

// In ratios first, in values at the end.
seasonal::expectation seasonal::expect(date day, unsigned hour, day_kind kind, const working_calendar& calendar) const {
    expectation e;
    if (levels_.empty()) return e;
    const bool working = kind == day_kind::working || kind == day_kind::make_up || kind == day_kind::unpublished;
    if (sizes_[(working ? 0 : values_.size()) + hour].seen < size_least / (working ? 1 : 2)) return e;
    double wider = less_known;
    if (is_ordinary(kind)) {
        const auto p = profile_of(weekday(sys_days(day)), hour);
        if (p.ratios.size() < profile_least) return e;
        e.known = true;
        e.low = e.high = trimmed(p.ratios);
        e.from.assign(p.days.begin(), p.days.end());
        if (!is_beside_holiday(day, calendar)) wider = 1;
    } else {
        e = expect_other(hour, kind);
        if (!e.known) return e;
    }
    e.low = value_of(e.low);
    e.high = value_of(e.high);
    const double middle = (e.low + e.high) / 2;
    const double usual = (additive_ ? spread_ : std::max(std::fabs(middle), unit_floor * level_)) * sigma(hour, working);
    // What is known of the day as a whole, and of the hour in it.
    const double whole = e.unit * (additive_ ? spread_ : level_);
    if (grain_ == grain::hour) {
        // Its hours are all off by the same: they do not tell more together, as their noise does.
        e.low -= whole_width * whole;
        e.high += whole_width * whole;
        e.unit = usual * wider;
    } else {
        e.unit = whole > 0 ? std::sqrt(usual * usual + whole * whole) : usual * wider;
    }
    return e;
}

// Only once it is clear that no alarm came of them: the beginnings of a shift would make it look usual.
void seasonal::learn_sums() {
    const std::uint32_t age = grain_ == grain::day ? day_age : hour_age;
    std::size_t old = 0;
    for (; old < pending_.size() && seen_ - pending_[old].row >= age; ++old) tails_[pending_[old].window].add(pending_[old].size);
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(old));
}

seasonal::verdict seasonal::judge(double deviation) {
    push(recent_, deviation, longest_window);
    learn_sums();
    verdict worst{0, 1, deviation};
    const auto all = windows_of(grain_);
    for (std::size_t w = 0; w < all.size(); ++w) {
        const auto periods = all[w].periods;
        if (recent_.size() < periods) break;
        double sum = periods == 1 ? deviation : 0;
        if (periods > 1)
            for (std::size_t i = recent_.size() - periods; i < recent_.size(); ++i) sum += std::clamp(recent_[i], -sum_clip, sum_clip);
        sum /= std::sqrt(static_cast<double>(periods));
        const double large = std::fabs(sum) / all[w].floor;
        const double rare = tails_[w].seen < tail::enough ? large / untested : tails_[w].rarity(std::fabs(sum)) / (grain_ == grain::day ? rare_day : rare_hour);
        const double strength = std::min(large, rare);
        if (strength < 1 && !in_episode_) pending_.push_back({static_cast<std::uint8_t>(w), static_cast<float>(std::fabs(sum)), seen_});
        if (strength > worst.strength) worst = {strength, periods, sum};
    }
    return worst;
}

void seasonal::learn_size(double ratio, unsigned hour, bool working) {
    auto& s = sizes_[(working ? 0 : values_.size()) + hour];
    ++s.seen;
    double off = std::fabs(ratio);
    if (s.seen > size_least) off = std::min(off, size_clip * sd_of_mean * std::max(s.mean, size_floor));
    s.mean += (off - s.mean) / std::min<double>(s.seen, size_memory);
}

void seasonal::learn_time_of_day(unsigned hour, bool working, double value) {
    auto& h = hour_means_[(working ? 0 : values_.size()) + hour];
    constexpr double memory = 14;  // days
    if (h.seen >= 2) {
        const double share = 1 / std::min<double>(all_mean_.seen, memory * hours_a_day);
        off_hour_ += (std::fabs(value - h.mean) - off_hour_) * share;
        off_mean_ += (std::fabs(value - all_mean_.mean) - off_mean_) * share;
    }
    h.mean += (value - h.mean) / std::min<double>(++h.seen, memory);
    all_mean_.mean += (value - all_mean_.mean) / std::min<double>(++all_mean_.seen, memory * hours_a_day);
}

double seasonal::by_time_of_day() const { return all_mean_.seen < time_of_day_least || off_mean_ <= 0 ? 0 : 1 - off_hour_ / off_mean_; }

// What was kept of the first week as it came is divided by its mean.
void seasonal::start_profiles() {
    double sum = 0, off = 0;
    std::size_t count = 0;
    const auto each = [&](auto visit) {
        for (std::size_t at = 0; at < counts_.size(); ++at)
            for (std::size_t i = 0; i < counts_[at]; ++i) visit(ratios_[at * same_days + i]);
    };
    each([&](float value) { sum += value, ++count; });
    if (count == 0) return;
    const double mean = sum / static_cast<double>(count);
    each([&](float value) { off += std::fabs(value - mean); });
    additive_ = lowest_ < 0 || mean <= 0;
    level_ = mean;
    spread_ = std::max(off / static_cast<double>(count), std::fabs(mean) * size_floor);
    if (spread_ <= 0) spread_ = 1;
    each([&](float& value) { value = static_cast<float>(ratio_of(value)); });
    levels_.push_back(static_cast<float>(level_));
}

void seasonal::learn_day(double day_level) {
    push(levels_, static_cast<float>(day_level), level_days);
    if (std::exchange(shifted_, false)) {
        const std::size_t stays = grain_ == grain::day ? 2 : 1;
        if (levels_.size() > stays) levels_.erase(levels_.begin(), levels_.end() - static_cast<std::ptrdiff_t>(stays));
        recent_.clear();
    }
    const double level = trimmed(levels_);
    // A level that is not above zero has no shares: from here on it is differences, and learned anew.
    if (additive_ || level > 0) level_ = level;
}

void seasonal::end_day() {
    const auto per_day = values_.size();
    const weekday on{sys_days(*today_)};
    const auto number = static_cast<std::uint16_t>((sys_days(*today_) - sys_days(*first_)).count());
    double sum = 0, expected = 0, differences = 0;
    unsigned count = 0;
    for (unsigned h = 0; h < per_day; ++h) {
        if (std::isnan(values_[h])) continue;
        std::optional<double> p;
        if (is_ordinary(kind_)) {
            if (const auto own = profile_of(on, h); !own.ratios.empty()) p = trimmed(own.ratios);
        } else {
            p = kind_ == day_kind::make_up ? profile_mean(std::chrono::Monday, std::chrono::Friday, h) : profile_mean(std::chrono::Saturday, std::chrono::Sunday, h);
        }
        if (!p) continue;
        sum += values_[h];
        expected += *p;
        differences += values_[h] - spread_ * *p;
        ++count;
    }
    if (!levels_.empty() && count > per_day / 2 && (additive_ || expected > 0)) {
        const double day_level = additive_ ? differences / count : sum / expected;
        if (is_ordinary(kind_)) {
            learn_day(day_level);
        } else if (kind_ != day_kind::unpublished) {
            auto& e = effects_[slot(kind_)];
            push(e.ratios, static_cast<float>(additive_ ? 1 + (day_level - level_) / spread_ : day_level / level_), effects_most);
            push(e.days, number, effects_most);
        }
    }
    if (is_ordinary(kind_)) {
        ++ordinary_days_;
        for (unsigned h = 0; h < per_day; ++h) {
            if (std::isnan(values_[h])) continue;
            add_to_profile(on, h, levels_.empty() ? values_[h] : ratio_of(values_[h]), number);
        }
    }
    if (levels_.empty() && ordinary_days_ >= 5 && number >= 6) start_profiles();
    std::fill(values_.begin(), values_.end(), std::numeric_limits<double>::quiet_NaN());
}

finding seasonal::too_short(finding f, double value) {
    f.on = footing::too_short;
    const double range = highest_ - lowest_;
    f.low = lowest_ - beyond_ranges * range;
    f.high = highest_ + beyond_ranges * range;
    f.expected = (lowest_ + highest_) / 2;
    f.points = seen_;
    if (seen_ >= (grain_ == grain::day ? 14u : 72u) && range > 0 && (value < f.low || value > f.high)) {
        f.score = 0.5;
        f.alarm = true;
        f.why = reason::beyond_all_so_far;
        f.to = value > f.high ? direction::up : direction::down;
    }
    return f;
}

finding seasonal::next(instant at, date day, unsigned hour, double value, const working_calendar& calendar) {
    if (!first_) {
        first_ = today_ = day;
        kind_ = kind_of(day, calendar);
        lowest_ = highest_ = value;
    }
    if (day != *today_) {
        end_day();
        today_ = day;
        kind_ = kind_of(day, calendar);
    }
    if (grain_ == grain::day) hour = 0;
    finding f;
    f.rows = 1;
    f.observed = value;
    f.day = kind_;
    const auto e = expect(day, hour, kind_, calendar);
    const bool working = kind_ == day_kind::working;
    if (!e.known) {
        f = too_short(std::move(f), value);
        if (const auto p = profile_of(weekday(sys_days(day)), hour); is_ordinary(kind_) && !levels_.empty() && !p.ratios.empty()) {
            const double expected = value_of(trimmed(p.ratios));
            learn_size((value - expected) / (additive_ ? spread_ : std::max(std::fabs(expected), unit_floor * level_)), hour, working);
        }
    } else {
        f.on = footing::settled;
        const double deviation = value > e.high ? (value - e.high) / e.unit : value < e.low ? (value - e.low) / e.unit : 0;
        const auto v = judge(deviation);
        if (is_ordinary(kind_)) learn_size(deviation * e.unit / (additive_ ? spread_ : std::max(std::fabs((e.low + e.high) / 2), unit_floor * level_)), hour, working);
        f.expected = (e.low + e.high) / 2;
        f.low = e.low - usual_deviation * e.unit;
        f.high = e.high + usual_deviation * e.unit;
        f.to = v.sum > 0 ? direction::up : v.sum < 0 ? direction::down : direction::none;
        f.rows = v.window;
        const auto today = (sys_days(day) - sys_days(*first_)).count();
        for (auto d = e.from.rbegin(); d != e.from.rend() && f.from.size() < same_days; ++d) f.from.push_back(at - days(today - *d));
        f.points = static_cast<std::uint32_t>(f.from.size());
        f.score = v.strength / (1 + v.strength);
        if (v.strength >= 1) {
            f.why = v.window > 1 ? reason::level_shift : reason::unlike_this_day;
            f.alarm = !in_episode_ || v.strength >= worse * episode_strength_;
            if (f.alarm) episode_strength_ = v.strength;
            in_episode_ = true;
            quiet_ = 0;
            pending_.clear();
            if (v.window == (grain_ == grain::day ? 2u : 24u) || v.window == 3) shifted_ = true;
        } else if (in_episode_ && std::fabs(deviation) < 2 && ++quiet_ >= (grain_ == grain::day ? 2u : 12u)) {
            in_episode_ = false;
            recent_.clear();
        }
        if (!f.alarm) f.score = std::min(f.score, 0.49);
    }
    values_[hour] = value;
    hour_ = static_cast<std::uint8_t>(hour);
    lowest_ = std::min(lowest_, value);
    highest_ = std::max(highest_, value);
    ++seen_;
    if (grain_ == grain::hour) learn_time_of_day(hour, kind_ == day_kind::working || kind_ == day_kind::make_up, value);
    return f;
}

std::size_t seasonal::bytes() const {
    std::size_t all = sizeof *this + values_.capacity() * sizeof(double) + levels_.capacity() * sizeof(float) + recent_.capacity() * sizeof(double) +
                      (sizes_.capacity() + hour_means_.capacity()) * sizeof(size);
    all += ratios_.capacity() * sizeof(float) + ratio_days_.capacity() * sizeof(std::uint16_t) + counts_.capacity() + pending_.capacity() * sizeof(sum);
    for (const auto& e : effects_) all += e.ratios.capacity() * sizeof(float) + e.days.capacity() * sizeof(std::uint16_t);
    for (const auto& t : tails_) all += sizeof t + t.counts.capacity() * sizeof(std::uint32_t);
    return all;
}

template <class Self, class Each>
void seasonal::each_part(Self& s, Each each) {
    each(s.grain_), each(s.first_), each(s.today_), each(s.hour_), each(s.kind_), each(s.values_), each(s.ratios_), each(s.ratio_days_), each(s.counts_);
    each(s.levels_), each(s.level_), each(s.spread_), each(s.additive_), each(s.ordinary_days_), each(s.sizes_), each(s.effects_), each(s.recent_);
    each(s.tails_), each(s.pending_), each(s.in_episode_), each(s.shifted_), each(s.episode_strength_), each(s.quiet_), each(s.lowest_), each(s.highest_);
    each(s.seen_), each(s.hour_means_), each(s.off_hour_), each(s.off_mean_), each(s.all_mean_);
}

void seasonal::save(archive::writer& to) const {
    each_part(*this, [&](const auto& part) { write(to, part); });
}

bool seasonal::load(archive::reader& from) {
    each_part(*this, [&](auto& part) { read(from, part); });
    const seasonal blank(grain_);
    const auto as_many = [](const auto& here, const auto& there) { return here.size() == there.size(); };
    return from.ok() && as_many(values_, blank.values_) && as_many(ratios_, blank.ratios_) && as_many(ratio_days_, blank.ratio_days_) &&
           as_many(counts_, blank.counts_) && as_many(sizes_, blank.sizes_) && as_many(effects_, blank.effects_) && as_many(tails_, blank.tails_) &&
           as_many(hour_means_, blank.hour_means_) && levels_.size() <= level_days && recent_.size() <= longest_window && hour_ < values_.size() &&
           first_.has_value() == today_.has_value() && std::all_of(counts_.begin(), counts_.end(), [](auto n) { return n <= same_days; }) &&
           std::all_of(tails_.begin(), tails_.end(), [](const tail& t) { return t.is_sound(); }) &&
           std::all_of(pending_.begin(), pending_.end(), [&](const sum& s) { return s.window < tails_.size(); }) &&
           std::all_of(effects_.begin(), effects_.end(), [](const effects& e) { return e.ratios.size() == e.days.size(); });
}

}  // namespace core::detector
