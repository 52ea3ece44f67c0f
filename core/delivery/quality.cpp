#include "core/delivery/quality.hpp"

#include "core/collection/collection.hpp"
#include "core/collection/schedule.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace core::delivering {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

struct numbered {
    delivery_id id;
    const delivery::state* of;
};
/// Deliveries of the same days by one line of plans: the one that was expected, and what corrected it.
using group = std::vector<numbered>;

date monday_of_week(date d) { return sys_days(d) - days(std::chrono::weekday(sys_days(d)).iso_encoding() - 1); }

std::optional<events::delivery::promise> promise_in(const group& all) {
    for (const auto& one : all)
        if (one.of->due && one.of->late_from && (one.of->is != delivery_status::waived || one.of->counts)) return events::delivery::promise{*one.of->due, *one.of->late_from};
    return std::nullopt;
}

/// When the first came that was not refused.
std::optional<instant> came_in(const group& all) {
    std::optional<instant> first;
    for (const auto& one : all)
        if (one.of->received_at && one.of->is != delivery_status::refused && (!first || *one.of->received_at < *first)) first = one.of->received_at;
    return first;
}

std::optional<date> week_of(const group& all, const context& by) {
    const auto promise = promise_in(all);
    if (promise) return monday_of_week(date_in(promise->due, by.zone_offset));
    const auto came = came_in(all);
    return came ? std::optional(monday_of_week(date_in(*came, by.zone_offset))) : std::nullopt;
}

void count_promise(const group& all, quality& to, const context& by) {
    const auto promise = promise_in(all);
    const auto came = came_in(all);
    if (!promise || (!came && by.now < promise->late_from)) return;
    const auto& one = *all.front().of;
    const auto covers = static_cast<std::uint64_t>((sys_days(one.until) - sys_days(one.from)).count() + 1);
    const bool is_loaded = std::any_of(all.begin(), all.end(), [](const numbered& n) { return (delivery::loaded & flow::from(n.of->is)) != 0; });
    to.completeness += {is_loaded ? covers : 0, covers};
    const bool in_time = came && *came <= promise->late_from;
    to.timeliness += {in_time ? 1u : 0u, 1};
    if (came && !in_time) to.late.push_back(collecting::lateness(promise->due, *came, *by.calendar, by.how->hours, by.zone_offset));
}

void count_rows(const group& all, quality& to) {
    for (const auto& [id, d] : all) {
        if (!d->verdict) continue;
        const auto wrong = std::min(d->rows, d->faulty + std::min(d->corrected, d->rows));
        to.accuracy += {d->rows - wrong, d->rows};
    }
}

}  // namespace

std::optional<std::uint32_t> share::shown() const {
    if (whole == 0) return std::nullopt;
    constexpr std::uint64_t all = 100'00;
    // Above that, the last digits of what is counted are beyond what is shown.
    auto of = whole, p = std::min(part, whole);
    while (of > (std::uint64_t{1} << 48)) of >>= 1, p >>= 1;
    return static_cast<std::uint32_t>((p * all * 2 + of) / (of * 2));
}

share& share::operator+=(const share& more) {
    part += more.part;
    whole += more.whole;
    return *this;
}

std::optional<std::chrono::minutes> quality::late_at(unsigned percent) const {
    if (late.empty()) return std::nullopt;
    const auto rank = (late.size() * std::min(percent, 100u) + 99) / 100;
    return late[rank == 0 ? 0 : rank - 1];
}

quality& quality::operator+=(const quality& more) {
    completeness += more.completeness;
    timeliness += more.timeliness;
    accuracy += more.accuracy;
    late.insert(late.end(), more.late.begin(), more.late.end());
    std::sort(late.begin(), late.end());
    behind.insert(behind.end(), more.behind.begin(), more.behind.end());
    return *this;
}

std::vector<week_quality> quality_by_week(date first, date last, const context& by) {
    std::map<std::tuple<std::uint64_t, date, date>, group> groups;
    std::map<std::uint64_t, std::uint64_t> lines;
    const auto highest = by.others->highest(delivery::category);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<delivery>(n);
        if (!one || one->is == delivery_status::absent || (one->is == delivery_status::waived && !one->counts)) continue;
        auto& line = lines[one->collection.value];
        if (!line) line = line_of(one->collection, by).value;
        groups[{line, one->from, one->until}].push_back({{n}, one});
    }
    const date from = monday_of_week(first), until = monday_of_week(last);
    std::map<std::pair<std::uint64_t, date>, quality> weeks;
    for (const auto& [key, all] : groups) {
        const auto week = week_of(all, by);
        if (!week || *week < from || *week > until) continue;
        auto& to = weeks[{std::get<0>(key), *week}];
        count_promise(all, to, by);
        count_rows(all, to);
        for (const auto& one : all) to.behind.push_back(one.id);
    }
    std::vector<week_quality> found;
    for (auto& [key, of] : weeks) {
        if (of.completeness.whole == 0 && of.accuracy.whole == 0) continue;
        std::sort(of.late.begin(), of.late.end());
        found.push_back({{key.first}, key.second, std::move(of)});
    }
    return found;
}

quality in_all(const std::vector<week_quality>& all) {
    quality sum;
    for (const auto& one : all) sum += one.quality;
    return sum;
}

}  // namespace core::delivering
