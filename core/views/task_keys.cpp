#include "core/views/task_keys.hpp"

#include "core/access/access.hpp"
#include "core/kernel/verify.hpp"
#include "core/views/task_board.hpp"
#include "core/views/task_search.hpp"

#include <algorithm>
#include <limits>

namespace core::views {
namespace {

std::uint32_t narrow(std::uint64_t n) {
    verify(n <= std::numeric_limits<std::uint32_t>::max(), "numbers of members, projects, strategies and tasks have 32 bits in the keys of tasks");
    return static_cast<std::uint32_t>(n);
}

}  // namespace

std::optional<std::uint32_t> task_keys::value_of(dimension d, const key& k) const {
    switch (d) {
        case department: return k.department;
        case to: return k.to;
        case by: return k.by;
        case project: return k.project ? std::optional(k.project) : std::nullopt;
        case strategy: return k.strategy ? std::optional(k.strategy) : std::nullopt;
        case priority: return k.priority;
        case self: return k.to == k.by ? std::optional(k.to) : std::nullopt;
        case dimensions: break;
    }
    return std::nullopt;
}

std::uint32_t task_keys::group_of(dimension d, std::uint32_t value, std::uint32_t in) {
    auto& all = by_value_[named(d, value)];
    for (const auto g : all)
        if (groups_[g].department == in) return g;
    const auto made = static_cast<std::uint32_t>(groups_.size());
    groups_.emplace_back().department = in;
    if (d == department) departments_.push_back(made);
    all.push_back(made);
    return made;
}

void task_keys::enter(std::uint32_t at, which_groups which) {
    const auto& k = keys_[at];
    for (std::size_t d = 0; d < dimensions; ++d) {
        const auto value = value_of(static_cast<dimension>(d), k);
        if (!value) continue;
        auto& s = seats_[at][d];
        if (which == other_groups || d == priority) s.group = group_of(static_cast<dimension>(d), *value, k.department);
        auto& g = groups_[s.group];
        s.at = static_cast<std::uint32_t>(g.of[k.status].size());
        g.of[k.status].push_back(at);
        ++g.count[k.status][k.priority];
    }
}

void task_keys::leave(std::uint32_t at) {
    const auto& k = keys_[at];
    for (std::size_t d = 0; d < dimensions; ++d) {
        if (!value_of(static_cast<dimension>(d), k)) continue;
        const auto s = seats_[at][d];
        auto& g = groups_[s.group];
        auto& all = g.of[k.status];
        // The last one takes its seat.
        all[s.at] = all.back();
        seats_[all[s.at]][d].at = s.at;
        all.pop_back();
        --g.count[k.status][k.priority];
    }
}

void task_keys::set(const task_row& row) {
    const auto n = narrow(row.id.value);
    const auto at = n - 1;
    if (keys_.size() < n) {
        keys_.resize(n);
        seats_.resize(n);
    }
    const auto old = keys_[at];
    key k{row.changed.value,
          narrow(row.to.value),
          narrow(row.by.value),
          narrow(row.project.value),
          narrow(row.strategy.value),
          static_cast<std::int32_t>(std::chrono::sys_days(row.due).time_since_epoch().count()),
          codes_.intern(row.department.code),
          static_cast<std::uint8_t>(row.status),
          static_cast<std::uint8_t>(row.priority),
          core::is_open(row.status),
          bool(row.improvement),
          old.settled};
    verify(k.status != 0 && k.status < statuses && k.priority < priorities, "a task that is listed has a status and a priority");
    const bool known = old.status != 0;
    const auto which = known && old.to == k.to && old.by == k.by && old.project == k.project && old.strategy == k.strategy && old.department == k.department
                           ? same_groups : other_groups;
    const bool regroups = which == other_groups || old.status != k.status || old.priority != k.priority;
    const bool reorders = old.settled && (old.due != k.due || old.open != k.open);
    // What it leaves, it leaves as it was.
    if (reorders) due_[old.open].erase(at, sooner());
    if (known && regroups && !old.plan) leave(at);
    if (known) order_.leave(changes_[old.open]);
    keys_[at] = k;
    order_.change(n, k.changed);
    order_.enter(changes_[k.open], n);
    if (regroups && !k.plan) enter(at, which);
    if (reorders) due_[k.open].insert(at, sooner());
    if (known) return;
    fresh_.push_back(at);
    if (k.plan) plans_.push_back(at);
}

void task_keys::settle(const title_of& title) {
    if (fresh_.empty()) return;
    std::array<std::vector<std::uint32_t>, 2> due;
    for (const auto at : fresh_) {
        keys_[at].settled = true;
        due[keys_[at].open].push_back(at);
    }
    for (std::size_t half = 0; half < due.size(); ++half) due_[half].insert_all(due[half], sooner());
    by_title_.insert_all(fresh_, [&](std::uint32_t a, std::uint32_t b) {
        const auto order = title(a + 1).compare(title(b + 1));
        return order != 0 ? order < 0 : a < b;
    });
    fresh_.clear();
}

std::uint64_t task_keys::order_of(task_sort sort, std::uint32_t place) const {
    const auto& k = keys_[place];
    switch (sort) {
        case task_sort::changed: return k.changed;
        case task_sort::due: return static_cast<std::uint64_t>(std::int64_t{k.due} - std::numeric_limits<std::int32_t>::min());
        case task_sort::priority: return k.priority;
        case task_sort::status: return k.status;
        case task_sort::id:
        case task_sort::title: break;
    }
    return 0;
}

task_keys::found task_keys::find(const asked& q) const {
    verify(fresh_.empty(), "tasks are listed once they are settled");
    if (!q.reader.active) return {};
    return search(*this, q).run();
}

}  // namespace core::views
