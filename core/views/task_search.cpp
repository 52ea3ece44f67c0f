#include "core/views/task_search.hpp"

#include "core/access/access.hpp"
#include "core/views/task_board.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace core::views {
namespace {

// So many are quicker gathered and sorted than found along an order.
constexpr std::size_t few = 2'048;
constexpr auto none = std::numeric_limits<std::uint32_t>::max();  // no department that any task has

}  // namespace

task_keys::search::search(const task_keys& all, const asked& what) : in(all), q(what) {
    every = false;
    const auto look_as = [&](const person& p) {
        every = every || access::may_see_every_task(p);
        us.push_back(static_cast<std::uint32_t>(p.id.value));
        const auto home = in.codes_.find(p.department.code);
        if (home && access::is_of(p.department, p) && !contains(homes, *home)) homes.push_back(*home);
    };
    look_as(q.reader);
    for (const auto* p : q.principals) look_as(*p);
    wanted_department = q.wanted.department ? in.codes_.find(q.wanted.department->code).value_or(none) : 0;
    if (q.wanted.overdue_on) overdue = static_cast<std::int32_t>(std::chrono::sys_days(*q.wanted.overdue_on).time_since_epoch().count());
    const auto name = [&](dimension d, const auto& id) {
        if (!id) return;
        nothing = nothing || id->value > std::numeric_limits<std::uint32_t>::max();
        if (!*id) uncounted = true;  // of none, for which there is no group
        else filters.emplace_back(d, static_cast<std::uint32_t>(id->value));
    };
    name(to, q.wanted.assignee);
    name(by, q.wanted.assigned_by);
    name(project, q.wanted.project);
    name(strategy, q.wanted.strategy);
    // As access::may_see_task() says. A task's department and who assigned it stay as they are; whose it is to do does not, so
    // that is all that the past has to ask the present about.
    if (every) scopes.emplace_back();
    else scopes.push_back({scope::at_home});
    if (!every)
        for (const auto one : us) {
            scopes.push_back({scope::elsewhere, by, one});
            scopes.push_back({scope::elsewhere, to, one, true, bool(q.still_sees)});
        }
}

bool task_keys::search::is_wanted(const key& k) const {
    const auto& w = q.wanted;
    return (!w.status || k.status == *w.status) && (!w.open || bool(k.open) == *w.open) && (!w.assignee || k.to == w.assignee->value) &&
           (!w.assigned_by || k.by == w.assigned_by->value) && (!w.department || k.department == wanted_department) &&
           (!w.project || k.project == w.project->value) && (!w.strategy || k.strategy == w.strategy->value) && (!w.priority || k.priority == *w.priority) &&
           (!w.overdue_on || (k.open && k.due < overdue)) && k.changed <= q.changed_until;
}

bool task_keys::search::is_visible(std::uint32_t at) const {
    const auto& k = in.keys_[at];
    return every || contains(homes, k.department) || contains(us, k.by) || (contains(us, k.to) && (!q.still_sees || q.still_sees(at + 1)));
}

bool task_keys::search::comes_after(std::uint32_t at) const {
    if (!q.after) return true;
    if (q.wanted.by == task_sort::title) {
        const auto order = std::string_view(q.title(at + 1)).compare(q.after_title);
        const auto here = std::tuple(order, at + 1), there = std::tuple(0, q.after->number);
        return q.wanted.descending ? here < there : there < here;
    }
    const auto here = std::tuple(in.order_of(q.wanted.by, at), at + 1), there = std::tuple(q.after->key, q.after->number);
    return q.wanted.descending ? here < there : there < here;
}

bool task_keys::search::comes_before(std::uint32_t a, std::uint32_t b) const {
    if (q.wanted.descending) std::swap(a, b);
    if (q.wanted.by == task_sort::title) {
        const auto order = q.title(a + 1).compare(q.title(b + 1));
        return order != 0 ? order < 0 : a < b;
    }
    return std::tuple(in.order_of(q.wanted.by, a), a) < std::tuple(in.order_of(q.wanted.by, b), b);
}

template <class Visit>
void task_keys::search::each_group(const scope& s, dimension of, std::optional<std::uint32_t> value, Visit visit) const {
    const auto visit_all = [&](const std::vector<std::uint32_t>& all) {
        for (const auto g : all)
            if (admits(s, in.groups_[g].department)) visit(in.groups_[g]);
    };
    if (!value) return visit_all(in.departments_);
    if (const auto found = in.by_value_.find(named(of, *value)); found != in.by_value_.end()) visit_all(found->second);
}

auto task_keys::search::named_in(const scope& s) const -> std::optional<std::vector<std::pair<dimension, std::uint32_t>>> {
    auto all = filters;
    if (!s.mine) return all;
    for (const auto& [d, value] : all)
        if (d == *s.mine) return value == s.whose ? std::optional(all) : std::nullopt;
    all.emplace_back(*s.mine, s.whose);
    return all;
}

/// The group that has fewest of all that is looked for in the scope.
auto task_keys::search::smallest(const scope& s, statuses_mask of) const -> part {
    const auto size_of = [&](dimension d, std::optional<std::uint32_t> value) {
        std::size_t n = 0;
        each_group(s, d, value, [&](const group& g) {
            for (std::size_t status = 1; status < statuses; ++status)
                if (of >> status & 1) n += g.of[status].size();
        });
        return n;
    };
    const auto conditions = named_in(s);
    if (!conditions) return {department, none, 0};
    part best{department, std::nullopt, size_of(department, std::nullopt)};
    const auto consider = [&](dimension d, std::uint32_t value) {
        if (const auto n = size_of(d, value); n < best.size) best = {d, value, n};
    };
    for (const auto& [d, value] : *conditions) consider(d, value);
    if (q.wanted.priority) consider(priority, *q.wanted.priority);
    return best;
}

/// How many there are, where the groups have counted them.
std::optional<std::size_t> task_keys::search::count(const scope& s, statuses_mask of) const {
    const auto conditions = named_in(s);
    if (!conditions) return 0;
    if (conditions->size() > 1 || uncounted || s.doubted || (s.unless_by_us && us.size() > 1) || q.wanted.overdue_on || q.changed_until != no_bound) return std::nullopt;
    const auto counted = [&](dimension d, std::optional<std::uint32_t> value) {
        std::size_t n = 0;
        each_group(s, d, value, [&](const group& g) {
            for (std::size_t status = 1; status < statuses; ++status)
                for (std::size_t p = 0; p < priorities; ++p)
                    if (of >> status & 1 && (!q.wanted.priority || *q.wanted.priority == p)) n += g.count[status][p];
        });
        return n;
    };
    if (conditions->empty()) return counted(department, std::nullopt);
    const auto [d, value] = conditions->front();
    return counted(d, value) - (s.unless_by_us ? counted(self, s.whose) : 0);
}

template <class Visit>
void task_keys::search::each(const scope& s, statuses_mask of, Visit visit) const {
    const auto from = smallest(s, of);
    each_group(s, from.of, from.value, [&](const group& g) {
        for (std::size_t status = 1; status < statuses; ++status) {
            if (!(of >> status & 1)) continue;
            for (const auto at : g.of[status]) {
                const auto& k = in.keys_[at];
                if (!is_wanted(k) || (s.mine && (*s.mine == to ? k.to : k.by) != s.whose) || (s.unless_by_us && contains(us, k.by))) continue;
                if (!s.doubted || q.still_sees(at + 1)) visit(at);
            }
        }
    });
}

/// Calls `visit(at) -> bool` with tasks in the order that is asked for, from the cursor on, until false: all that are of the half
/// and the statuses, and maybe others.
template <class Visit>
void task_keys::search::along(bool open, statuses_mask of, Visit visit) const {
    const bool down = q.wanted.descending;
    const auto in_order = [&](const ordered_numbers& all) {
        if (down) all.downwards([&](std::uint32_t at) { return comes_after(at); }, visit);
        else all.upwards([&](std::uint32_t at) { return !comes_after(at); }, visit);
    };
    // False once the visitor has enough.
    const auto by_number = [&](std::uint64_t after, auto good) {
        bool on = true;
        const auto size = in.keys_.size();
        if (down)
            for (auto at = std::min<std::uint64_t>(after ? after - 1 : size, size); on && at-- > 0;) on = !good(in.keys_[at]) || visit(static_cast<std::uint32_t>(at));
        else
            for (auto at = after; on && at < size; ++at) on = !good(in.keys_[at]) || visit(static_cast<std::uint32_t>(at));
        return on;
    };
    // One value after the other, each by number.
    const auto by_value = [&](unsigned count, auto is_there, auto value_of_key) {
        for (unsigned i = 0; i < count; ++i) {
            const auto value = down ? count - 1 - i : i;
            if (std::none_of(in.departments_.begin(), in.departments_.end(), [&](std::uint32_t g) { return is_there(in.groups_[g], value); })) continue;
            if (q.after && (down ? value > q.after->key : value < q.after->key)) continue;
            const bool here = q.after && value == q.after->key;
            if (!by_number(here ? q.after->number : 0, [&](const key& k) { return value_of_key(k) == value; })) return;
        }
    };
    switch (q.wanted.by) {
        case task_sort::changed: {
            const auto visit_number = [&](std::uint32_t n) { return visit(n - 1); };
            if (down) in.order_.newest(in.changes_[open], q.after ? q.after->key : no_bound, visit_number);
            else in.order_.oldest(in.changes_[open], q.after ? q.after->key : 0, visit_number);
            return;
        }
        case task_sort::due: return in_order(in.due_[open]);
        case task_sort::title: return in_order(in.by_title_);
        case task_sort::id:
            by_number(q.after ? q.after->number : 0, [](const key&) { return true; });
            return;
        case task_sort::status:
            return by_value(statuses, [&](const group& g, unsigned status) { return of >> status & 1 && !g.of[status].empty(); },
                            [](const key& k) { return unsigned{k.status}; });
        case task_sort::priority: {
            const auto is_there = [&](const group& g, unsigned p) {
                for (std::size_t status = 1; status < statuses; ++status)
                    if (of >> status & 1 && g.count[status][p]) return true;
                return false;
            };
            return by_value(priorities, is_there, [](const key& k) { return unsigned{k.priority}; });
        }
    }
}

/// False, and nothing taken, where the page was not full after so many steps and the order went on.
bool task_keys::search::walk(bool open, statuses_mask of, std::size_t steps) {
    const auto before = rows.size();
    bool in_time = true;
    along(open, of, [&](std::uint32_t at) {
        if (steps-- == 0) return in_time = false;
        const auto& k = in.keys_[at];
        if (!k.plan && of >> k.status & 1 && is_wanted(k) && is_visible(at)) rows.push_back(at);
        return rows.size() - before <= q.limit;
    });
    if (!in_time) rows.resize(before);
    return in_time;
}

void task_keys::search::look_in(bool open, statuses_mask of) {
    if (!of) return;
    std::size_t candidates = 0, matches = 0;
    for (const auto& s : scopes) candidates += smallest(s, of).size;
    bool known = candidates > few && q.changed_until == no_bound;
    for (const auto& s : scopes) {
        if (!known) break;
        if (const auto n = count(s, of)) matches += *n;
        else if (smallest(s, of).size <= few) each(s, of, [&](std::uint32_t) { ++matches; });
        else known = false;
    }
    // Where few are wanted of many, an order would be gone through for them.
    const bool dense = known && matches > q.limit && in.keys_.size() / matches * (q.limit + 1) < candidates;
    if (dense && walk(open, of, candidates)) {
        total += matches;
        return;
    }
    for (const auto& s : scopes)
        each(s, of, [&](std::uint32_t at) {
            ++total;
            if (comes_after(at)) rows.push_back(at);
        });
}

task_keys::found task_keys::search::run() {
    found page;
    if (nothing) return page;
    const auto asked_for = [&](std::size_t status) {
        const bool open = core::is_open(static_cast<task_status>(status));
        return (!q.wanted.status || *q.wanted.status == status) && (!q.wanted.open || *q.wanted.open == open) && (!q.wanted.overdue_on || open);
    };
    std::array<statuses_mask, 2> halves{};
    for (std::size_t status = 1; status < statuses; ++status)
        if (asked_for(status)) halves[core::is_open(static_cast<task_status>(status))] |= 1u << status;
    look_in(false, halves[0]);
    look_in(true, halves[1]);
    for (const auto at : in.plans_) {
        const auto& k = in.keys_[at];
        if (!((halves[0] | halves[1]) >> k.status & 1) || !is_wanted(k) || !q.sees_plan(at + 1)) continue;
        ++total;
        if (comes_after(at)) rows.push_back(at);
    }
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), q.limit));
    std::partial_sort(rows.begin(), end, rows.end(), [&](std::uint32_t a, std::uint32_t b) { return comes_before(a, b); });
    page.more = end != rows.end();
    for (auto at = rows.begin(); at != end; ++at) page.rows.push_back({in.order_of(q.wanted.by, *at), *at + 1});
    page.total = total;
    return page;
}

}  // namespace core::views
