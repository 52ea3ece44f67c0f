#include "core/detector/week.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace core::detector {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::weekday;

constexpr std::size_t profile_least = 3;  // same days, before anything is said of one
constexpr std::uint32_t size_least = 10;  // left-overs of an hour on working days, half of that on others, before anything is said of it
constexpr double size_memory = 60;        // left-overs that their usual size forgets over
constexpr double size_floor = 0.01;       // of the value: less than a hundredth is never unusual
constexpr double size_clip = 3;           // usual sizes: one left-over tells no more than that of what is usual
constexpr double share_floor = 0.05;      // of the level: the quietest hour's are not counted in shares of its own value
constexpr double sd_of_mean = 1.2533141373155;  // the standard deviation of normal noise by its mean absolute deviation: sqrt(pi/2)
constexpr std::uint32_t first_days = 5, first_number = 6;  // ordinary days, and days since the first, that make the first level

// Days beside a holiday, and those that are not ordinary, vary more than others.
constexpr double less_known = 1.3;
// What was never seen of holidays and make-up days lies between a weekend and a working day, or this far outside.
constexpr double holiday_low = 0.4, holiday_high = 1.8, make_up_low = 0.9, make_up_high = 1.1, unpublished_low = 0.6, unpublished_high = 1.4;
// What was seen of them is taken to spread no less than this, and by more the fewer they were.
constexpr std::size_t effects_least = 3, effects_most = 32;
constexpr double spread_least = 0.03, few_effects = 1.5;
constexpr double whole_width = 2;  // spreads of whole days, that all hours of one may be off together
constexpr int same_season = 25;    // days of the year apart
constexpr int just_now = 3;        // days: what may be a shift itself says nothing of what is usual

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

// Of what is to come, as far as it is like these: more than they spread themselves, the fewer they are.
double spread_of(std::span<const float> all) {
    const double middle = trimmed(all);
    double squares = 0;
    for (const float x : all) squares += (x - middle) * (x - middle);
    const auto count = static_cast<double>(all.size());
    return std::max(std::sqrt(squares / (count - 1)), spread_least) * (1 + few_effects / count);
}

template <class T>
void push(std::vector<T>& to, T value, std::size_t most) {
    if (to.size() >= most) to.erase(to.begin());
    to.push_back(value);
}

bool is_ordinary(day_kind kind) { return kind == day_kind::working || kind == day_kind::weekend; }
std::size_t slot(day_kind kind) { return kind == day_kind::make_up ? 0 : kind == day_kind::holiday ? 1 : 2; }

}  // namespace

week::week(std::size_t periods_a_day)
    : values_(periods_a_day, std::numeric_limits<double>::quiet_NaN()),
      ratios_(7 * periods_a_day * same_days),
      ratio_days_(7 * periods_a_day * same_days),
      counts_(7 * periods_a_day),
      sizes_(2 * periods_a_day),
      effects_(3) {}

std::uint16_t week::number_of(date day) const { return static_cast<std::uint16_t>((sys_days(day) - sys_days(*first_)).count()); }

week::profile week::profile_of(weekday day, unsigned hour) const {
    const auto at = day.c_encoding() * values_.size() + hour;
    return {{ratios_.data() + at * same_days, counts_[at]}, {ratio_days_.data() + at * same_days, counts_[at]}};
}

void week::add_to_profile(weekday day, unsigned hour, double ratio) {
    const auto at = day.c_encoding() * values_.size() + hour;
    auto* ratios = ratios_.data() + at * same_days;
    auto* numbers = ratio_days_.data() + at * same_days;
    if (counts_[at] == same_days) {
        std::copy(ratios + 1, ratios + same_days, ratios);
        std::copy(numbers + 1, numbers + same_days, numbers);
        --counts_[at];
    }
    ratios[counts_[at]] = static_cast<float>(ratio);
    numbers[counts_[at]++] = number_of(*today_);
}

std::optional<double> week::profile_mean(weekday first, weekday last, unsigned hour) const {
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

double week::share_of(double expected) const { return additive_ ? spread_ : std::max(std::fabs(expected), share_floor * level_); }

// What today is compared with where it is not ordinary.
std::optional<double> week::base_of(unsigned hour) const {
    return is_working() ? profile_mean(std::chrono::Monday, std::chrono::Friday, hour) : profile_mean(std::chrono::Saturday, std::chrono::Sunday, hour);
}

// Those of the same season, or all, whichever agree more: the same holiday a year ago, or what holidays have in common.
week::effects week::like_today() const {
    const auto& all = effects_[slot(kind_)];
    effects same, any;
    for (std::size_t i = 0; i < all.days.size(); ++i) {
        const auto ago = number_of(*today_) - all.days[i];
        if (ago < just_now) continue;
        const auto take = [&](effects& into) {
            into.ratios.push_back(all.ratios[i]);
            into.days.push_back(all.days[i]);
        };
        take(any);
        if (std::min(ago % 365, 365 - ago % 365) <= same_season) take(same);
    }
    return same.ratios.size() >= effects_least && spread_of(same.ratios) < spread_of(any.ratios) ? same : any;
}

week::expectation week::ordinary(unsigned hour, const working_calendar& calendar) const {
    expectation e;
    const auto p = profile_of(weekday(sys_days(*today_)), hour);
    if (p.ratios.empty()) return e;
    e.low = e.high = value_of(trimmed(p.ratios));
    e.share = share_of(e.low);
    e.unit = e.share * std::max(size_at(hour).mean * sd_of_mean, size_floor) * (is_beside_holiday(*today_, calendar) ? less_known : 1);
    e.known = p.ratios.size() >= profile_least;
    for (const auto d : p.days) e.from.push_back(sys_days(*first_) + days(d));
    return e;
}

week::expectation week::other(unsigned hour) const {
    expectation e;
    const auto worked = profile_mean(std::chrono::Monday, std::chrono::Friday, hour), off = profile_mean(std::chrono::Saturday, std::chrono::Sunday, hour);
    if (!worked || !off) return e;
    const auto times = [&](double ratio, double by) { return value_of(additive_ ? ratio + by - 1 : ratio * by); };
    const auto all = kind_ == day_kind::unpublished ? effects{} : like_today();
    double spread = 0;
    if (all.ratios.size() < effects_least) {
        const auto [least, most] = std::minmax(*worked, *off);
        e.low = times(least, kind_ == day_kind::unpublished ? unpublished_low : kind_ == day_kind::make_up ? make_up_low : holiday_low);
        e.high = times(most, kind_ == day_kind::unpublished ? unpublished_high : kind_ == day_kind::make_up ? make_up_high : holiday_high);
    } else {
        const double base = kind_ == day_kind::make_up ? *worked : *off;
        e.low = e.high = times(base, trimmed(all.ratios));
        spread = spread_of(all.ratios) * (additive_ ? spread_ : std::fabs(base) * level_);
    }
    e.share = share_of((e.low + e.high) / 2);
    e.unit = e.share * std::max(size_at(hour).mean * sd_of_mean, size_floor);
    if (values_.size() == 1 && spread > 0) {
        e.unit = std::sqrt(e.unit * e.unit + spread * spread);
    } else {
        // The hours of a day are off by the same: they do not tell more together, as their noise does.
        e.low -= whole_width * spread;
        e.high += whole_width * spread;
        e.unit *= less_known;
    }
    e.known = true;
    for (const auto d : all.days) e.from.push_back(sys_days(*first_) + days(d));
    return e;
}

week::expectation week::expect(unsigned hour, const working_calendar& calendar) const {
    if (levels_.empty()) return {};
    auto e = is_ordinary(kind_) ? ordinary(hour, calendar) : other(hour);
    e.known = e.known && size_at(hour).seen >= (is_working() ? size_least : size_least / 2);
    return e;
}

void week::learn_size(unsigned hour, double share) {
    auto& s = sizes_[(is_working() ? 0 : values_.size()) + hour];
    ++s.seen;
    if (s.seen > size_least) share = std::min(share, size_clip * sd_of_mean * std::max(s.mean, size_floor));
    s.mean += (share - s.mean) / std::min<double>(s.seen, size_memory);
}

void week::add(unsigned hour, double value, const expectation& expected) {
    values_[hour] = value;
    below_zero_ = below_zero_ || value < 0;
    if (is_ordinary(kind_) && expected.unit > 0) learn_size(hour, std::fabs(value - expected.low) / expected.share);
}

// What was kept of the first week as it came is divided by its mean.
void week::start() {
    double sum = 0, off = 0;
    std::size_t count = 0;
    const auto each = [&](auto visit) {
        for (std::size_t at = 0; at < counts_.size(); ++at)
            for (std::size_t i = 0; i < counts_[at]; ++i) visit(ratios_[at * same_days + i]);
    };
    each([&](float value) { sum += value, ++count; });
    if (count == 0) return;
    level_ = sum / static_cast<double>(count);
    each([&](float value) { off += std::fabs(value - level_); });
    // A level that is not above zero has no shares.
    additive_ = below_zero_ || level_ <= 0;
    spread_ = std::max(off / static_cast<double>(count), std::fabs(level_) * size_floor);
    if (spread_ <= 0) spread_ = 1;
    each([&](float& value) { value = static_cast<float>(ratio_of(value)); });
    levels_.push_back(static_cast<float>(level_));
}

bool week::learn_level(double of_day) {
    push(levels_, static_cast<float>(of_day), level_days);
    const bool anew = std::exchange(shifted_, false);
    if (const std::size_t stay = values_.size() == 1 ? 2 : 1; anew && levels_.size() > stay) levels_.erase(levels_.begin(), levels_.end() - static_cast<std::ptrdiff_t>(stay));
    const double level = trimmed(levels_);
    if (additive_ || level > 0) level_ = level;
    return anew;
}

bool week::end_day() {
    const weekday on{sys_days(*today_)};
    double sum = 0, expected = 0, left = 0;
    unsigned count = 0;
    for (unsigned h = 0; h < values_.size(); ++h) {
        if (std::isnan(values_[h])) continue;
        std::optional<double> p;
        if (const auto own = profile_of(on, h); !is_ordinary(kind_)) p = base_of(h);
        else if (!own.ratios.empty()) p = trimmed(own.ratios);
        if (!p) continue;
        sum += values_[h];
        expected += *p;
        left += values_[h] - spread_ * *p;
        ++count;
    }
    bool anew = false;
    if (!levels_.empty() && count > values_.size() / 2 && (additive_ || expected > 0)) {
        const double of_day = additive_ ? left / count : sum / expected;
        if (is_ordinary(kind_)) {
            anew = learn_level(of_day);
        } else if (kind_ != day_kind::unpublished) {
            auto& e = effects_[slot(kind_)];
            push(e.ratios, static_cast<float>(additive_ ? 1 + (of_day - level_) / spread_ : of_day / level_), effects_most);
            push(e.days, number_of(*today_), effects_most);
        }
    }
    if (is_ordinary(kind_)) {
        ++ordinary_days_;
        for (unsigned h = 0; h < values_.size(); ++h)
            if (!std::isnan(values_[h])) add_to_profile(on, h, levels_.empty() ? values_[h] : ratio_of(values_[h]));
    }
    if (levels_.empty() && ordinary_days_ >= first_days && number_of(*today_) >= first_number) start();
    std::fill(values_.begin(), values_.end(), std::numeric_limits<double>::quiet_NaN());
    return anew;
}

bool week::begin_day(date day, const working_calendar& calendar) {
    if (today_ == day) return false;
    const bool anew = today_ && end_day();
    if (!first_) first_ = day;
    today_ = day;
    kind_ = kind_of(day, calendar);
    return anew;
}

std::size_t week::bytes() const {
    std::size_t all = sizeof *this + values_.capacity() * sizeof(double) + (ratios_.capacity() + levels_.capacity()) * sizeof(float) +
                      ratio_days_.capacity() * sizeof(std::uint16_t) + counts_.capacity() + sizes_.capacity() * sizeof(size) + effects_.capacity() * sizeof(effects);
    for (const auto& e : effects_) all += e.ratios.capacity() * sizeof(float) + e.days.capacity() * sizeof(std::uint16_t);
    return all;
}

template <class Self, class Each>
void week::each_part(Self& w, Each each) {
    each(w.first_), each(w.today_), each(w.kind_), each(w.values_), each(w.ratios_), each(w.ratio_days_), each(w.counts_), each(w.levels_), each(w.level_);
    each(w.spread_), each(w.additive_), each(w.shifted_), each(w.below_zero_), each(w.ordinary_days_), each(w.sizes_), each(w.effects_);
}

void week::save(archive::writer& to) const {
    each_part(*this, [&](const auto& part) { write(to, part); });
}

bool week::load(archive::reader& from) {
    const week blank(values_.size());
    each_part(*this, [&](auto& part) { read(from, part); });
    const auto as_many = [](const auto& here, const auto& there) { return here.size() == there.size(); };
    return from.ok() && as_many(values_, blank.values_) && as_many(ratios_, blank.ratios_) && as_many(ratio_days_, blank.ratio_days_) &&
           as_many(counts_, blank.counts_) && as_many(sizes_, blank.sizes_) && as_many(effects_, blank.effects_) && levels_.size() <= level_days &&
           first_.has_value() == today_.has_value() && std::all_of(counts_.begin(), counts_.end(), [](auto n) { return n <= same_days; }) &&
           std::all_of(effects_.begin(), effects_.end(), [](const effects& e) { return e.ratios.size() == e.days.size(); });
}

}  // namespace core::detector
