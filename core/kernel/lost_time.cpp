#include "core/kernel/lost_time.hpp"

#include <algorithm>
#include <cstdio>

namespace core {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

date next_day(date d) { return sys_days(d) + days(1); }

std::string text_of(date day) {
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

}  // namespace

std::string lost_time::reason() const {
    const auto n = std::to_string(working_days()), first = text_of(from_), last = text_of(today_);
    return "服务器自 " + first + " 至 " + last + " 停顿，失去 " + n + " 个工作日，期限相应顺延 / the server stood still from " + first + " to " + last + ": " + n +
           " working days were lost, and what people had until then is moved accordingly";
}

lost_time::lost_time(instant since, const context& by)
    : calendar_(*by.calendar), how_(*by.how), zone_(by.zone_offset), from_(date_in(since, by.zone_offset)), today_(by.today) {
    if (!(from_ < today_)) return;  // who was there in the morning, or is in the evening, has had the day
    for (auto day = from_; day <= today_; day = next_day(day))
        if (is_lost(day, since, by.now)) (calendar_.is_working_day(day) ? working_ : others_).push_back(day);
}

/// At least half of its working hours; of a day off, half of it.
bool lost_time::is_lost(date day, instant since, instant until) const {
    const instant begins = sys_days(day) - zone_, ends = begins + days(1);
    const auto first = std::max(begins, since), last = std::min(ends, until);
    if (last <= first) return false;
    if (!calendar_.is_working_day(day)) return 2 * (last - first) >= ends - begins;
    return 2 * calendar_.working_time(first, last, how_.hours, zone_) >= calendar_.working_time(begins, ends, how_.hours, zone_);
}

std::size_t lost_time::lost_between(std::optional<date> first, date last, bool working) const {
    const auto within = [&](date d) { return (!first || *first <= d) && d <= last; };
    const auto lost = static_cast<std::size_t>(std::count_if(working_.begin(), working_.end(), within));
    return working ? lost : lost + static_cast<std::size_t>(std::count_if(others_.begin(), others_.end(), within));
}

date lost_time::lengthened(std::optional<date> opens, date closes, date resumes) const {
    bool working = !opens;
    for (auto day = opens.value_or(closes); day <= closes && !working; day = next_day(day)) working = calendar_.is_working_day(day);
    auto left = lost_between(opens, closes, working);
    if (left == 0 && resumes <= today_) return closes;
    const auto is_lost_day = [&](date d) {
        return std::binary_search(working_.begin(), working_.end(), d) || (!working && std::binary_search(others_.begin(), others_.end(), d));
    };
    // Those that were still to come anyway.
    for (auto day = std::max(today_, opens.value_or(today_)); day <= closes; day = next_day(day)) left += counts(day, working) && !is_lost_day(day);
    auto until = resumes;
    for (auto day = resumes; left > 0; day = next_day(day))
        if (counts(day, working) && !is_lost_day(day)) {
            until = day;
            --left;
        }
    return std::max(until, closes);
}

bool lost_time::lengthen(std::span<const window> all) const {
    std::vector<date> were;
    for (const auto& w : all) were.insert(were.end(), {w.opens ? *w.opens : date{}, *w.closes});
    if (!lengthen(all, false)) return false;
    // A schedule that is moved has nothing to come that lies in the past: what was due and is late comes today.
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].opens) *all[i].opens = were[2 * i];
        *all[i].closes = were[2 * i + 1];
    }
    return lengthen(all, true);
}

bool lost_time::lengthen(std::span<const window> all, bool late_is_today) const {
    bool changed = false;
    std::optional<std::pair<date, date>> before;  // when the window before closes: as it was, and as it is now
    for (const auto& w : all) {
        const auto closes = *w.closes;
        const auto opens = w.opens ? std::optional(*w.opens) : w.is_open ? w.since : before ? std::optional(next_day(before->first)) : std::nullopt;
        const bool pushed = before && before->second > before->first;
        auto resumes = today_;
        if (pushed) {
            // As far behind the one before it as it was.
            const auto by = calendar_.working_days(before->first, before->second, 100'000);
            if (w.opens) *w.opens = std::max(calendar_.after(*w.opens, by), before->second);
            resumes = std::max(today_, w.opens ? *w.opens : next_day(before->second));
            if (opens && *opens > today_) *w.closes = std::max({closes, calendar_.after(closes, by), resumes});
        }
        if (!opens || *opens <= today_) *w.closes = lengthened(opens, closes, resumes);
        if (w.opens && *w.opens < today_ && *w.closes != closes) *w.opens = today_;
        if (late_is_today) *w.closes = std::max(*w.closes, today_);
        if (late_is_today && w.opens) *w.opens = std::max(*w.opens, today_);
        // A window has a day at least behind the one that it opens on.
        if (w.opens && *w.closes <= *w.opens && closes > *opens) *w.closes = calendar_.after(*w.opens, 1);
        changed = changed || *w.closes != closes || (w.opens && opens && *w.opens != *opens);
        before = {closes, *w.closes};
    }
    return changed;
}

}  // namespace core
