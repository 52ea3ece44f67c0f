#include "core/views/task_board.hpp"

#include "core/access/access.hpp"
#include "core/kernel/verify.hpp"

#include <limits>
#include <numeric>

namespace core::views {

struct task_board::fold {
    task_row& row;
    const events::envelope& about;

    void move(task_status to) {
        row.status = to;
        row.blocked_on = {};
        row.reason.clear();
    }
    void operator()(const events::task::assigned& e) {
        row.title = e.title;
        row.content = e.content;
        row.standard = e.standard;
        row.due = e.due;
        row.to = e.to;
        row.by = about.actor;
        row.department = e.department;
        row.priority = e.priority;
        row.checklist = e.checklist;
        row.project = e.project;
        row.milestone = e.milestone;
        row.improvement = e.improvement;
        row.action = e.action;
        row.strategy = e.strategy;
        row.flow = e.flow;
        row.assigned_at = about.time;
        move(task_status::assigned);
    }
    void operator()(const events::task::reassigned& e) {
        if (row.to != e.to) row.earlier.push_back({row.to, about.position});
        row.to = e.to;
        move(task_status::assigned);
    }
    void operator()(const events::task::rescheduled& e) { row.due = e.due; }
    void operator()(const events::task::started&) { move(task_status::in_progress); }
    void operator()(const events::task::blocked& e) {
        move(task_status::blocked);
        row.blocked_on = e.on;
        row.reason = e.reason;
    }
    void operator()(const events::task::unblocked&) { move(task_status::in_progress); }
    void operator()(const events::task::progress_reported& e) { row.percent = e.percent; }
    void operator()(const events::task::submitted& e) {
        move(task_status::submitted);
        row.result = e.result;
    }
    void operator()(const events::task::accepted&) { move(task_status::done); }
    void operator()(const events::task::returned& e) {
        move(task_status::returned);
        row.reason = e.reason;
    }
    void operator()(const events::task::cancelled& e) {
        move(task_status::cancelled);
        row.reason = e.reason;
    }
};

void task_board::apply(const events::recorded& event) {
    const auto* happened = std::get_if<events::task::any>(&event.event);
    if (!happened) return;
    const auto& about = event.envelope;
    const auto number = about.stream.number;
    verify(number != 0 && number <= rows_.size() + 1, "tasks are numbered without gaps");
    if (number > rows_.size()) rows_.emplace_back().id = {number};
    auto& row = rows_[number - 1];
    leave(row);
    fold_into(row, *happened, about);
    enter(row);
}

void task_board::fold_into(task_row& row, const events::task::any& happened, const events::envelope& about) {
    row.id = {about.stream.number};
    const flow::holders before{{row.to, task::assignee}};
    std::visit(fold{row, about}, happened);
    flow::note<task>(row.hands, before, {{row.to, task::assignee}}, happened, about);
    row.version = about.version;
    row.changed = about.position;
    row.changed_at = about.time;
    row.steps.enter(static_cast<std::uint8_t>(row.status), about);
}

task_board::sorted_page task_board::sorted(const task_query& wanted, const context& by, const std::optional<task_cursor>& after,
                                           std::size_t limit) const {
    const auto found = keys_.find(wanted, *by.actor, [&](std::uint32_t n) { return access::may_see_task(rows_[n - 1], by); }, after, limit);
    sorted_page page;
    page.total = found.total;
    page.next = found.next;
    for (const auto n : found.numbers) page.rows.push_back(&rows_[n - 1]);
    return page;
}

template <class Visit>
void task_board::for_lists(const task_row& row, Visit visit) {
    visit(by_status_[static_cast<std::size_t>(row.status)]);
    visit(by_assignee_[row.to.value][half_of(row)]);
    visit(by_department_[row.department.code][half_of(row)]);
}

void task_board::enter(const task_row& row) {
    const auto n = static_cast<std::uint32_t>(row.id.value);
    order_.change(n, row.changed.value);
    for_lists(row, [&](recency::list& l) { order_.enter(l, n); });
    if (row.project && is_open(row.status)) ++open_of_project_[row.project.value];
    if (due_.size() < n) due_.resize(n);
    due_[n - 1] = due_while_open(row);
    if (row.improvement && (plans_.empty() || plans_.back() < n)) plans_.push_back(n);
    keys_.set(row);
}

void task_board::leave(const task_row& row) {
    if (row.status == task_status::absent) return;  // wasn't there before
    for_lists(row, [&](recency::list& l) { order_.leave(l); });
    if (row.project && is_open(row.status)) --open_of_project_[row.project.value];
}

std::int32_t task_board::due_while_open(const task_row& row) {
    if (!is_open(row.status)) return std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>(std::chrono::sys_days(row.due).time_since_epoch().count());
}

const task_row* task_board::row(task_id id) const {
    return id.value == 0 || id.value > rows_.size() ? nullptr : &rows_[id.value - 1];
}

// The shortest way through: the lists of the assignee, of the department or of the statuses that are asked for.
recency::walk task_board::start(const task_filter& wanted, std::uint64_t before) const {
    const bool open = wanted.open.value_or(true) && (wanted.overdue_on || !wanted.status || is_open(*wanted.status));
    const bool closed = !wanted.open.value_or(false) && !wanted.overdue_on && (!wanted.status || !is_open(*wanted.status));
    const auto length = [&](const halves& h) {
        return (open ? h[open_half].live : 0) + (closed ? h[closed_half].live : 0);
    };
    static const halves nothing;
    const halves* best = nullptr;
    if (wanted.assignee) {
        const auto found = by_assignee_.find(wanted.assignee->value);
        best = found == by_assignee_.end() ? &nothing : &found->second;
    }
    if (wanted.department) {
        const auto found = by_department_.find(wanted.department->code);
        const halves* other = found == by_department_.end() ? &nothing : &found->second;
        if (!best || length(*other) < length(*best)) best = other;
    }
    recency::walk walk(order_);
    if (!open && !closed) return walk;
    const auto& of_status = by_status_[static_cast<std::size_t>(wanted.status.value_or(task_status::absent))];
    if (wanted.status && (!best || of_status.live < length(*best))) {
        walk.add(of_status, before);
    } else if (best) {
        if (open) walk.add((*best)[open_half], before);
        if (closed) walk.add((*best)[closed_half], before);
    } else {
        for (std::size_t s = 1; s < by_status_.size(); ++s)
            if (is_open(static_cast<task_status>(s)) ? open : closed) walk.add(by_status_[s], before);
    }
    return walk;
}

// Few are overdue: then it is quicker to look at every due date than to walk the lists. False where there are many.
bool task_board::overdue_rows(date today, std::vector<const task_row*>& found) const {
    constexpr std::size_t few = 4'096;
    const auto day = static_cast<std::int32_t>(std::chrono::sys_days(today).time_since_epoch().count());
    if (static_cast<std::size_t>(std::count_if(due_.begin(), due_.end(), [&](auto d) { return d < day; })) > few) return false;
    for (std::size_t i = 0; i < due_.size(); ++i)
        if (due_[i] < day) found.push_back(&rows_[i]);
    std::sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->changed > b->changed; });
    return true;
}

task_page task_board::page(const task_filter& wanted, const context& by, events::position before, std::size_t limit,
                           std::size_t looks) const {
    task_page page;
    events::position last;
    // Takes the row where it is wanted; false once the page is full, or it was looked for long enough.
    const auto take = [&](const task_row& row) {
        if (looks-- == 0) {
            page.next = last;
            return false;
        }
        last = row.changed;
        if (wanted.status && row.status != *wanted.status) return true;
        if (wanted.open && is_open(row.status) != *wanted.open) return true;
        if (wanted.assignee && row.to != *wanted.assignee) return true;
        if (wanted.department && row.department != *wanted.department) return true;
        if (wanted.overdue_on && !row.overdue(*wanted.overdue_on)) return true;
        if (!access::may_see_task(row, by)) return true;
        if (page.rows.size() == limit) {
            page.next = limit ? page.rows.back()->changed : events::position{};
            return false;
        }
        page.rows.push_back(&row);
        return true;
    };
    std::vector<const task_row*> overdue;
    if (wanted.overdue_on && overdue_rows(*wanted.overdue_on, overdue)) {
        for (const auto* row : overdue)
            if ((!before || row->changed < before) && !take(*row)) break;
        return page;
    }
    auto walk = start(wanted, before ? before.value : std::numeric_limits<std::uint64_t>::max());
    while (const auto n = walk.next())
        if (!take(rows_[n - 1])) break;
    return page;
}

open_first_page task_board::open_first(const task_filter& wanted, const context& by, task_place from, std::size_t limit,
                                       std::size_t looks) const {
    open_first_page all;
    auto half = wanted;
    if (from.open) {
        half.open = true;
        auto open = page(half, by, from.before, limit, looks);
        all.rows = std::move(open.rows);
        if (open.next) {
            all.next = task_place{true, open.next};
            return all;
        }
    }
    half.open = false;
    const auto before = from.open ? events::position{} : from.before;
    // One row more than there is room for, where there is none, tells whether to go on.
    const auto room = limit - all.rows.size();
    const auto closed = page(half, by, before, std::max<std::size_t>(room, 1), looks);
    if (closed.next) all.next = task_place{false, closed.next};
    if (room > 0) all.rows.insert(all.rows.end(), closed.rows.begin(), closed.rows.end());
    else if (!closed.rows.empty()) all.next = task_place{false, before};
    return all;
}

void task_board::save(archive::writer& to) const { write(to, rows_); }

bool task_board::load(archive::reader& from) {
    *this = {};
    std::vector<task_row> rows;
    read(from, rows);
    std::vector<std::uint32_t> by_change(rows.size());
    std::iota(by_change.begin(), by_change.end(), 0u);
    std::sort(by_change.begin(), by_change.end(), [&](auto a, auto b) { return rows[a].changed < rows[b].changed; });
    for (std::size_t i = 0; i < rows.size() && from.ok(); ++i)
        if (rows[i].id.value != i + 1 || rows[i].status == task_status::absent) from.fail();
    if (!from.ok()) return false;
    rows_ = std::move(rows);
    for (const auto i : by_change) enter(rows_[i]);
    settle();
    return true;
}

}  // namespace core::views
