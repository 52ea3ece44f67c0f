#include "core/views/task_keys.hpp"

#include "core/access/access.hpp"
#include "core/kernel/verify.hpp"
#include "core/views/task_board.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace core::views {
namespace {

std::int32_t days(date d) { return static_cast<std::int32_t>(std::chrono::sys_days(d).time_since_epoch().count()); }

std::uint32_t narrow(std::uint64_t n) {
    verify(n <= std::numeric_limits<std::uint32_t>::max(), "numbers of members, projects, strategies and tasks have 32 bits in the keys of tasks");
    return static_cast<std::uint32_t>(n);
}

}  // namespace

void task_keys::set(const task_row& row) {
    const auto n = narrow(row.id.value);
    for (; keys_.size() < n; keys_.emplace_back()) fresh_.push_back(static_cast<std::uint32_t>(keys_.size()));
    keys_[n - 1] = {row.changed.value,
                    narrow(row.to.value),
                    narrow(row.by.value),
                    narrow(row.project.value),
                    narrow(row.strategy.value),
                    days(row.due),
                    departments_.intern(row.department.code),
                    static_cast<std::uint8_t>(row.status),
                    static_cast<std::uint8_t>(row.priority),
                    is_open(row.status),
                    bool(row.improvement)};
}

void task_keys::settle(const std::vector<task_row>& rows) {
    if (fresh_.empty()) return;
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        const auto order = rows[a].title.compare(rows[b].title);
        return order != 0 ? order < 0 : a < b;
    };
    std::sort(fresh_.begin(), fresh_.end(), before);
    const auto middle = static_cast<std::ptrdiff_t>(by_title_.size());
    by_title_.insert(by_title_.end(), fresh_.begin(), fresh_.end());
    std::inplace_merge(by_title_.begin(), by_title_.begin() + middle, by_title_.end(), before);
    fresh_.clear();
}

task_keys::found task_keys::find(const task_query& q, const person& reader, const std::function<bool(std::uint32_t)>& sees,
                                const std::optional<task_cursor>& after, std::size_t limit) const {
    verify(fresh_.empty(), "tasks are listed once they are settled");
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();  // no department that any task has
    found page;
    if (!reader.active) return page;
    const bool every = access::may_see_every_task(reader);
    const auto own = departments_.find(reader.department.code).value_or(none);
    const auto wanted_department = q.department ? departments_.find(q.department->code).value_or(none) : 0;
    const auto me = static_cast<std::uint32_t>(reader.id.value);
    const auto overdue = q.overdue_on ? days(*q.overdue_on) : 0;
    const auto is_wanted = [&](const key& k) {
        if (q.status && k.status != *q.status) return false;
        if (q.open && bool(k.open) != *q.open) return false;
        if (q.assignee && k.to != q.assignee->value) return false;
        if (q.assigned_by && k.by != q.assigned_by->value) return false;
        if (q.department && k.department != wanted_department) return false;
        if (q.project && k.project != q.project->value) return false;
        if (q.strategy && k.strategy != q.strategy->value) return false;
        if (q.priority && k.priority != *q.priority) return false;
        if (q.overdue_on && !(k.open && k.due < overdue)) return false;
        // As access::may_see_task says of a row.
        if (k.plan) return sees(static_cast<std::uint32_t>(&k - keys_.data()) + 1);
        return every || k.department == own || k.to == me || k.by == me;
    };
    std::vector<std::uint32_t> all;  // after `after`
    if (q.by == task_sort::title) {
        bool beyond = !after;
        const auto look = [&](std::uint32_t i) {
            if (is_wanted(keys_[i])) {
                ++page.total;
                if (beyond) all.push_back(i);
            }
            beyond = beyond || i + 1 == after->number;
        };
        if (q.descending) std::for_each(by_title_.rbegin(), by_title_.rend(), look);
        else std::for_each(by_title_.begin(), by_title_.end(), look);
    } else {
        const auto order = [&](std::uint32_t i) { return std::tuple(order_of(q.by, i), i); };
        const auto last = after ? std::tuple(after->key, after->number - 1) : std::tuple(std::uint64_t{0}, std::uint32_t{0});
        for (std::uint32_t i = 0; i < keys_.size(); ++i) {
            if (!is_wanted(keys_[i])) continue;
            ++page.total;
            if (!after || (q.descending ? order(i) < last : last < order(i))) all.push_back(i);
        }
        // Only the page is put in order.
        const auto to = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), limit));
        const auto in_order = [&](std::uint32_t a, std::uint32_t b) { return q.descending ? order(b) < order(a) : order(a) < order(b); };
        std::partial_sort(all.begin(), to, all.end(), in_order);
    }
    const bool more = all.size() > limit;
    if (more) all.resize(limit);
    for (const auto i : all) page.numbers.push_back(i + 1);
    if (more && !all.empty()) page.next = task_cursor{order_of(q.by, all.back()), all.back() + 1};
    return page;
}

std::uint64_t task_keys::order_of(task_sort by, std::uint32_t place) const {
    const auto& k = keys_[place];
    switch (by) {
        case task_sort::changed: return k.changed;
        case task_sort::due: return static_cast<std::uint64_t>(std::int64_t{k.due} - std::numeric_limits<std::int32_t>::min());
        case task_sort::priority: return k.priority;
        case task_sort::status: return k.status;
        case task_sort::id:
        case task_sort::title: break;
    }
    return 0;
}

}  // namespace core::views
