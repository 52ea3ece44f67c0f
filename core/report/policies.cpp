// What follows by itself in reports: they begin on the day that they are due, and what nobody has worked on is not kept for ever.

#include "core/follow_up.hpp"
#include "core/kernel/wrong_clock.hpp"
#include "core/metric/metric.hpp"
#include "core/report/faults.hpp"
#include "core/report/periods.hpp"
#include "core/report/report.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace core {
namespace {

// After a long stop so much is made up for: what is older nobody has waited for.
constexpr std::chrono::days caught_up_most{35};
constexpr std::chrono::days kept_untouched{60};
constexpr std::array kinds{report::kind::week, report::kind::month, report::kind::quarter, report::kind::year};

/// Who writes for which department: the analyst who has been here longest, where there is a metric to write of.
std::map<events::department, member_id> authors(const context& by) {
    std::map<events::department, member_id> analysts, all;
    by.people->each_active([&](const person& p) {
        if (p.has("DA")) analysts.emplace(p.department, p.id);
        return true;
    });
    if (analysts.empty()) return all;
    const auto highest = by.others->highest(metric::category);
    for (std::uint64_t n = 1; n <= highest && all.size() < analysts.size(); ++n) {
        const auto* m = by.others->find<metric>(n);
        if (!m || !(metric::in_use & flow::from(m->is))) continue;
        if (const auto found = analysts.find(m->department); found != analysts.end()) all.insert(*found);
    }
    return all;
}

/// The newest of each sort that there is, or was discarded: its first day.
using newest = std::map<std::pair<events::department, report::kind>, date>;
newest newest_of_each(const context& by) {
    newest all;
    for (std::uint64_t n = 1; n <= by.others->highest(report::category); ++n) {
        const auto* one = by.others->find<report>(n);
        if (!one || one->is == report_status::absent || (one->is == report_status::discarded && !one->counts)) continue;
        auto& last = all.emplace(std::pair(one->department, one->kind), one->from).first->second;
        last = std::max(last, one->from);
    }
    return all;
}

/// The periods whose report is due and not there: those after the newest; of a department that has none of the sort yet, that of today alone.
std::vector<formula::period> due_periods(report::kind of, std::optional<date> last, const context& by) {
    std::vector<formula::period> all;
    const date since = std::chrono::sys_days(by.today) - caught_up_most;
    for (auto p = reporting::period_of(of, by.today).moved(-1); day_after(p.last()) >= since && (!last || p.first() > *last); p = p.moved(-1)) {
        const auto on = reporting::begins_on(p, *by.calendar);
        if (on == by.today || (last && on < by.today)) all.push_back(p);
        if (p.moved(-1) == p) break;  // the first that there is
    }
    std::reverse(all.begin(), all.end());
    return all;
}

}  // namespace

void report::open_due(const context& by, follow_ups& all) {
    const auto writers = authors(by);
    if (writers.empty()) return;
    const auto there = newest_of_each(by);
    for (const auto& [department, author] : writers)
        for (const auto of : kinds) {
            const auto last = there.find({department, of});
            for (const auto& p : due_periods(of, last == there.end() ? std::nullopt : std::optional(last->second), by))
                all.push_back({command(open{of, p.first(), department, author}), std::nullopt});
        }
}

std::vector<report::command> due_commands(const report::state& now, const context& by) {
    const bool is_over = now.is == report_status::draft && !now.written && by.today > date(std::chrono::sys_days(now.publish_by) + kept_untouched);
    if (!is_over) return {};
    return {report::discard{"逾期 60 天无人撰写 / nobody had worked on it for 60 days"}};
}

// What a wrong clock had begun before its time begins anew when that comes.
std::vector<report::command> set_right(const report::state& of, const wrong_clock& wrong, const context& by) {
    if (of.is != report_status::draft || of.until < by.today) return {};
    return {report::discard{wrong.reason()}};
}

}  // namespace core
