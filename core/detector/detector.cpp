#include "core/detector/detector.hpp"

#include <algorithm>
#include <cmath>

namespace core::detector {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t points_to_choose = 4;
constexpr std::chrono::minutes shortest_day = 20h, shortest_hour = 45min, longest_hour = 90min;

// Of the deviations, the share that the time of day accounts for. Series of a department have 0.66 to 0.9, others 0 to 0.25.
constexpr double goes_by_day = 0.5, no_longer = 0.35;

}  // namespace

// By the shortest time between two points: a gap says nothing of the grain.
void detector::choose_way() {
    auto shortest = std::chrono::microseconds::max();
    for (std::size_t i = 1; i < first_.size(); ++i)
        if (const auto apart = first_[i].at - first_[i - 1].at; apart > 0us) shortest = std::min(shortest, apart);
    way_ = shortest == shortest.max() || shortest < shortest_hour ? way::often
           : shortest >= shortest_day                             ? way::days
           : shortest <= longest_hour                             ? way::hours
                                                                  : way::often;
    seasonal_ = seasonal(way_ == way::hours ? grain::hour : grain::day);
}

finding detector::watch(const point& p, const working_calendar& calendar) {
    const auto local = p.at + zone_offset_;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    finding f;
    if (way_ == way::often) return stream_.next(p.at, local, p.value);
    const auto period = way_ == way::days ? std::chrono::floor<std::chrono::hours>(day) : std::chrono::floor<std::chrono::hours>(local);
    if (seasonal_.has_begun() && period <= seasonal_.last_period()) {
        f.on = footing::repeated;
        f.observed = p.value;
        return f;
    }
    f = seasonal_.next(p.at, date(day), static_cast<unsigned>((period - day) / 1h), p.value, calendar);
    if (way_ == way::days) return f;
    by_calendar_ = seasonal_.by_time_of_day() >= (by_calendar_ ? no_longer : goes_by_day);
    if (!by_calendar_) {
        auto often = stream_.next(p.at, local, p.value);
        // Before its first weekend a series that goes by the week looks as if it did not.
        if (!seasonal_.knows_time_of_day()) often.unsettle();
        return often;
    }
    // What it had learned is not needed any more; should the series change its ways, it learns anew.
    stream_ = {};
    return f;
}

finding detector::next(instant at, std::optional<double> value, const working_calendar& calendar) {
    finding f;
    if (!value || !(std::fabs(*value) < largest_value)) return f;
    const point p{at, *value};
    if (way_ != way::unknown) return watch(p, calendar);
    f.on = footing::too_short;
    f.observed = *value;
    first_.push_back(p);
    if (first_.size() < points_to_choose) return f;
    choose_way();
    for (const auto& each : first_) f = watch(each, calendar);
    first_ = {};
    return f;
}

std::size_t detector::bytes() const {
    return sizeof *this - sizeof stream_ - sizeof seasonal_ + first_.capacity() * sizeof(point) + stream_.bytes() + seasonal_.bytes();
}

void detector::save(archive::writer& to) const {
    write(to, zone_offset_.count());
    write(to, way_);
    write(to, first_);
    write(to, by_calendar_);
    stream_.save(to);
    seasonal_.save(to);
}

bool detector::load(archive::reader& from) {
    std::int64_t offset = 0;
    read(from, offset);
    zone_offset_ = std::chrono::minutes(offset);
    read(from, way_);
    read(from, first_);
    read(from, by_calendar_);
    const bool in_time = std::all_of(first_.begin(), first_.end(), [](const point& p) { return is_possible(p.at); });
    return -24 * 60 <= offset && offset <= 24 * 60 && in_time && first_.size() < points_to_choose && stream_.load(from) && seasonal_.load(from) && from.ok();
}

}  // namespace core::detector
