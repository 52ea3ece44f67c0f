#include "core/alert_rule/judging.hpp"

#include "core/detector/detector.hpp"
#include "core/formula/period.hpp"
#include "core/metric/decimals.hpp"

#include <algorithm>
#include <cmath>

namespace core::alerting {
namespace {

using method = alert_rule::method;
using against = alert_rule::against;
using value = std::optional<std::int64_t>;
using direction = events::metric::direction;
__extension__ using wide = __int128;  // a value of 18 digits times a percentage

constexpr std::size_t such_days = 8, such_days_least = 4;
constexpr unsigned deviations_usual = 4;
constexpr double mad_to_deviation = 1.4826;  // of a normal distribution: 1 / Φ⁻¹(3/4)
constexpr double deviation_least = 0.01;     // of the median: figures that hardly ever move are not alarming where they do by a hair

struct judge_of {
    const alert_rule::condition& condition;
    alert_rule::period period;
    const measure& what;
    std::span<const figure> all;
    const working_calendar& calendar;
    std::chrono::minutes zone_offset;

    std::string text(std::int64_t units) const { return metrics::decimal_text(units, what.digits); }
    value units(const std::optional<std::string>& of) const { return of ? metrics::decimal_of(*of, what.digits) : std::nullopt; }
    /// Rounded to a whole unit of the last place.
    static std::int64_t rounded(double of) { return std::llround(std::clamp(of, -9.0e17, 9.0e17)); }
    double shown(std::int64_t of) const { return static_cast<double>(of) / std::pow(10.0, what.digits); }
    std::int64_t from_shown(double of) const { return rounded(of * std::pow(10.0, what.digits)); }
};

judgement outside(const judge_of& j, std::int64_t v, value low, value high) {
    judgement of{standing::ordinary, {}, low, high, {}};
    if (low && v < *low) of = {standing::out, {}, low, high, {"低于 " + j.text(*low), "below " + j.text(*low)}};
    else if (high && v > *high) of = {standing::out, {}, low, high, {"高于 " + j.text(*high), "above " + j.text(*high)}};
    return of;
}

// Thresholds.

judgement by_limits(const judge_of& j, std::size_t i) { return outside(j, *j.all[i].value, j.units(j.condition.least), j.units(j.condition.most)); }

// Changes.

formula::grain grain_of(alert_rule::period p) { return static_cast<formula::grain>(p); }
static_assert(static_cast<int>(alert_rule::period::year) == static_cast<int>(formula::grain::year), "both in the order of their length");

const figure* compared_with(const judge_of& j, std::size_t i) {
    const auto own = formula::period::of(grain_of(j.period), j.all[i].from);
    const auto from = *j.condition.from;
    const auto first = (from == against::previous ? own.moved(-1) : from == against::week_before ? own.moved(-7) : own.years_before(1)).first();
    const auto found = std::lower_bound(j.all.begin(), j.all.begin() + static_cast<std::ptrdiff_t>(i), first, [](const figure& f, date day) { return f.from < day; });
    return found != j.all.begin() + static_cast<std::ptrdiff_t>(i) && found->from == first && found->value ? &*found : nullptr;
}

/// "37%", of a change in percent of what was before; rounded down, as it is compared.
std::string percent_of(wide change, wide before) {
    const auto share = change * 100 / before;
    return std::to_string(static_cast<std::int64_t>(std::min<wide>(share, 1'000'000))) + "%";
}

judgement by_change(const judge_of& j, std::size_t i) {
    const auto* before = compared_with(j, i);
    if (!before) return {standing::too_short, {}, {}, {}, {}};
    judgement of{standing::ordinary, before->value, {}, {}, {}};
    const wide was = *before->value, is = *j.all[i].value, size = was < 0 ? -was : was;
    // From nothing there is no percentage.
    if (size == 0) return of;
    const auto& c = j.condition;
    if (c.fall && (was - is) * 100 >= size * *c.fall) {
        of.is = standing::out;
        of.why = {"较" + before->label + "下降 " + percent_of(was - is, size), percent_of(was - is, size) + " down from " + before->label};
    } else if (c.rise && (is - was) * 100 >= size * *c.rise) {
        of.is = standing::out;
        of.why = {"较" + before->label + "上升 " + percent_of(is - was, size), percent_of(is - was, size) + " up from " + before->label};
    }
    return of;
}

// Targets.

/// So many percent of its size below, or above, it.
std::int64_t apart(std::int64_t target, std::uint32_t percent, int side) {
    const wide size = target < 0 ? -wide(target) : wide(target);
    return static_cast<std::int64_t>(wide(target) + side * (size * percent / 100));
}

judgement by_target(const judge_of& j, std::size_t i) {
    const auto& f = j.all[i];
    const auto tolerance = j.condition.tolerance.value_or(0);
    for (const auto& t : j.what.targets) {
        if (t.period != j.period || f.from < t.from || (t.until && f.from > *t.until)) continue;
        value low, high;
        if (j.what.direction == direction::within) {
            if (const auto least = j.units(t.least)) low = apart(*least, tolerance, -1);
            if (const auto most = j.units(t.most)) high = apart(*most, tolerance, 1);
        } else if (const auto to_reach = j.units(t.value)) {
            (j.what.direction == direction::up ? low : high) = apart(*to_reach, tolerance, j.what.direction == direction::up ? -1 : 1);
        }
        auto of = outside(j, *f.value, low, high);
        of.usual = j.units(t.value);
        if (of.is == standing::out && of.usual) of.why = {"未达到目标 " + j.text(*of.usual), "misses the target " + j.text(*of.usual)};
        return of;
    }
    return {standing::ordinary, {}, {}, {}, {}};  // there is no target for it
}

// Such days: the same weekday, of the same kind by the calendar; days off apart from their weekday.

double median_of(std::vector<double>& all) {
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::nth_element(all.begin(), middle, all.end());
    if (all.size() % 2) return *middle;
    return (*middle + *std::max_element(all.begin(), middle)) / 2;
}

/// What a day is compared by: days with the same are such days.
struct sort_of_day {
    detector::day_kind kind;
    std::optional<std::chrono::weekday> weekday;  ///< of days off the kind alone
    bool operator==(const sort_of_day&) const = default;
};

std::vector<sort_of_day> sorts_of(const judge_of& j) {
    using detector::day_kind;
    std::vector<sort_of_day> all;
    all.reserve(j.all.size());
    for (const auto& f : j.all) {
        const auto kind = detector::kind_of(f.from, j.calendar);
        const bool by_weekday = kind == day_kind::working || kind == day_kind::weekend;
        all.push_back({kind, by_weekday ? std::optional(std::chrono::weekday(std::chrono::sys_days(f.from))) : std::nullopt});
    }
    return all;
}

judgement by_such_days(const judge_of& j, const std::vector<sort_of_day>& sorts, std::size_t i) {
    std::vector<double> such;
    for (auto n = i; n-- > 0 && such.size() < such_days;) {
        const auto& f = j.all[n];
        if (f.value && sorts[n] == sorts[i]) such.push_back(static_cast<double>(*f.value));
    }
    if (such.size() < such_days_least) return {standing::too_short, {}, {}, {}, {}};
    const auto count = std::to_string(such.size());
    const double middle = median_of(such);
    for (auto& one : such) one = std::fabs(one - middle);
    const double deviation = std::max({mad_to_deviation * median_of(such), deviation_least * std::fabs(middle), 1.0});
    const double far = j.condition.deviations.value_or(deviations_usual) * deviation;
    const auto low = judge_of::rounded(middle - far), high = judge_of::rounded(middle + far);
    auto of = outside(j, *j.all[i].value, low, high);
    of.usual = judge_of::rounded(middle);
    if (of.is == standing::out) {
        of.why.zh += "：前 " + count + " 个同类日多为 " + j.text(*of.usual);
        of.why.en += ": the " + count + " such days before had about " + j.text(*of.usual);
    }
    return of;
}

// Detected.

events::bilingual why_of(const detector::finding& f) {
    using detector::reason;
    const bool up = f.to == detector::direction::up;
    const std::string side_zh = up ? "偏高" : "偏低", side_en = up ? "high" : "low";
    const auto rows = std::to_string(f.rows);
    switch (f.why) {
        case reason::level_shift: return {"连续 " + rows + " 期整体" + side_zh, side_en + " for " + rows + " periods in a row"};
        case reason::level_moved: return {"近 " + rows + " 期的水平" + side_zh, "the level of the last " + rows + " periods is " + side_en};
        case reason::unlike_this_day: return {"与同类日相比" + side_zh, side_en + " for such a day"};
        case reason::unlike_this_hour:
        case reason::hour_after_hour: return {"与同一时段相比" + side_zh, side_en + " for this time of day"};
        case reason::unlike_any_stretch: return {"走势与以往都不同", "its course is unlike any before"};
        case reason::beyond_all_so_far: return {"超出以往所有数值", "beyond all values so far"};
        case reason::beyond_usual_range:
        case reason::none: break;
    }
    return {"超出通常范围，" + side_zh, side_en + ", beyond its usual range"};
}

std::vector<judgement> by_detector(const judge_of& j) {
    std::vector<judgement> said;
    said.reserve(j.all.size());
    detector::detector watches(j.zone_offset);
    for (const auto& f : j.all) {
        const auto at = std::chrono::time_point_cast<events::instant::duration>(std::chrono::sys_days(f.from)) - j.zone_offset;
        const auto found = watches.next(events::instant(at), f.value ? std::optional(j.shown(*f.value)) : std::nullopt, j.calendar);
        judgement of;
        if (!f.value) of.is = standing::missing;
        else if (found.alarm) of.is = standing::out;
        else of.is = found.on == detector::footing::too_short ? standing::too_short : standing::ordinary;
        if (of.is == standing::out || of.is == standing::ordinary) {
            of.usual = j.from_shown(found.expected);
            if (found.low < found.high) of.low = j.from_shown(found.low), of.high = j.from_shown(found.high);
        }
        if (of.is == standing::out) of.why = why_of(found);
        said.push_back(std::move(of));
    }
    return said;
}

}  // namespace

std::vector<judgement> judge(const alert_rule::condition& by, alert_rule::period of, const measure& what, std::span<const figure> figures, const working_calendar& calendar,
                             std::chrono::minutes zone_offset) {
    const judge_of j{by, of, what, figures, calendar, zone_offset};
    if (by.method == method::detector) return by_detector(j);
    const auto sorts = by.method == method::seasonal ? sorts_of(j) : std::vector<sort_of_day>();
    std::vector<judgement> all(figures.size());
    for (std::size_t i = 0; i < figures.size(); ++i) {
        if (!figures[i].value) continue;
        switch (by.method) {
            case method::threshold: all[i] = by_limits(j, i); break;
            case method::change: all[i] = by_change(j, i); break;
            case method::target: all[i] = by_target(j, i); break;
            case method::seasonal: all[i] = by_such_days(j, sorts, i); break;
            case method::detector: break;
        }
    }
    return all;
}

}  // namespace core::alerting
