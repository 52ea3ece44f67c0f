#include "core/views/task_board.hpp"

#include "core/access/access.hpp"
#include "core/kernel/verify.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace core::views {

struct task_board::fold {
    task_row& row;
    const events::envelope& about;

    void move(task_status to) {
        row.status = to;
        row.blocked_on = {};
        row.reason.clear();
    }
    /// What is said of a plan's task is sealed, and not the board's to know.
    void say(std::string& what, const events::words& said) {
        if (!row.improvement) what = said.text;
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
        say(row.reason, e.reason);
    }
    void operator()(const events::task::unblocked&) { move(task_status::in_progress); }
    void operator()(const events::task::progress_reported& e) { row.percent = e.percent; }
    void operator()(const events::task::submitted& e) {
        move(task_status::submitted);
        say(row.result, e.result);
    }
    void operator()(const events::task::accepted&) { move(task_status::done); }
    void operator()(const events::task::returned& e) {
        move(task_status::returned);
        say(row.reason, e.reason);
    }
    void operator()(const events::task::cancelled& e) {
        move(task_status::cancelled);
        say(row.reason, e.reason);
    }
};

void task_board::apply(const events::recorded& event) {
    const auto* happened = events::get_if<events::task::any>(&event.event);
    if (!happened) return;
    const auto& about = event.envelope;
    const auto number = about.stream.number;
    verify(number != 0 && number <= size_ + 1, "tasks are numbered without gaps");
    verify(!lacks({number}), "a light board is given back what it let go of before it changes");
    auto& row = number > size_ ? make(number) : at(number);
    leave(row);
    fold_into(row, *happened, about);
    enter(row);
}

void task_board::settle() {
    keys_.settle([this](std::uint32_t n) -> const std::string& { return at(n).title; });
}

void task_board::not_after(instant t) {
    for (auto& row : rows_) {
        row.assigned_at = std::min(row.assigned_at, t);
        row.changed_at = std::min(row.changed_at, t);
        row.steps.not_after(t);
    }
}

task_row& task_board::make(std::uint64_t number) {
    if (stands_on_) where_[number] = static_cast<std::uint32_t>(rows_.size());
    size_ = std::max<std::size_t>(size_, number);
    auto& row = rows_.emplace_back();
    row.id = {number};
    return row;
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
                                           std::size_t limit, const present* now) const {
    const auto* rest = now && stands_on_ ? &now->board : nullptr;
    const auto row_of = [&](std::uint32_t n) { return rest ? row({n}, *rest) : row({n}); };
    task_keys::asked q{wanted, *by.actor, {}, [&](std::uint32_t n) -> const std::string& { return row_of(n)->title; }, {}};
    flow::any_principal(by, [&](const person& p) {
        q.principals.push_back(&p);
        return false;
    });
    q.sees_plan = [&](std::uint32_t n) { return access::may_see_task(*row_of(n), by) && (!now || now->sees({n})); };
    if (now) q.still_sees = [&](std::uint32_t n) { return now->sees({n}); };
    q.after = after;
    q.limit = limit;
    if (after && wanted.by == task_sort::title) {
        const auto* last = row_of(after->number);
        if (last) q.after_title = last->title;
        else q.limit = 0;  // a place that nothing ends at
    }
    auto found = keys_.find(q);
    sorted_page page;
    page.total = found.total;
    bool more = found.more;
    if (rest && wanted.open.value_or(false) == false && !wanted.overdue_on) {
        auto closed = wanted;
        closed.open = false;
        const task_keys::asked others{closed, q.reader, q.principals, q.title, q.sees_plan, q.still_sees, q.after, q.after_title, q.limit, stands_on_.value};
        const auto before = rest->keys_.find(others);
        page.total += before.total;
        const auto middle = static_cast<std::ptrdiff_t>(found.rows.size());
        found.rows.insert(found.rows.end(), before.rows.begin(), before.rows.end());
        std::inplace_merge(found.rows.begin(), found.rows.begin() + middle, found.rows.end(), [&](const auto& a, const auto& b) {
            const auto& [x, y] = wanted.descending ? std::tie(b, a) : std::tie(a, b);
            if (wanted.by != task_sort::title) return std::tie(x.key, x.task) < std::tie(y.key, y.task);
            return std::tie(q.title(x.task), x.task) < std::tie(q.title(y.task), y.task);
        });
        more = more || before.more || found.rows.size() > limit;
        if (found.rows.size() > limit) found.rows.resize(limit);
    }
    for (const auto& one : found.rows) page.rows.push_back(row_of(one.task));
    if (more && !found.rows.empty()) page.next = task_cursor{found.rows.back().key, found.rows.back().task};
    return page;
}

template <class Visit>
void task_board::for_lists(const task_row& row, Visit visit) {
    visit(by_status_[static_cast<std::size_t>(row.status)]);
    if (is_open(row.status)) visit(by_assignee_[row.to.value]);
}

void task_board::enter(const task_row& row) {
    const auto n = static_cast<std::uint32_t>(row.id.value);
    order_.change(n, row.changed.value);
    for_lists(row, [&](recency::list& l) { order_.enter(l, n); });
    if (row.project && is_open(row.status)) ++open_of_project_[row.project.value];
    if (row.improvement && !keys_.contains(n)) plans_.insert(std::upper_bound(plans_.begin(), plans_.end(), n), n);
    keys_.set(row);
}

void task_board::leave(const task_row& row) {
    if (row.status == task_status::absent) return;  // wasn't there before
    for_lists(row, [&](recency::list& l) { order_.leave(l); });
    if (row.project && is_open(row.status)) --open_of_project_[row.project.value];
}

const task_row* task_board::row(task_id id) const {
    if (id.value == 0 || id.value > size_) return nullptr;
    if (!stands_on_) return &rows_[id.value - 1];
    const auto found = where_.find(id.value);
    return found == where_.end() ? nullptr : &rows_[found->second];
}

const task_row* task_board::row(task_id id, const task_board& now) const {
    const auto* own = row(id);
    if (own || !stands_on_ || id.value > size_) return own;
    const auto* closed = now.row(id);
    return closed && closed->changed <= stands_on_ ? closed : nullptr;
}

task_page task_board::page(const task_filter& wanted, const context& by, events::position before, std::size_t limit) const {
    task_query q;
    if (wanted.status) q.status = static_cast<std::uint8_t>(*wanted.status);
    q.open = wanted.open;
    q.assignee = wanted.assignee;
    q.department = wanted.department;
    q.overdue_on = wanted.overdue_on;
    q.descending = true;
    const auto found = sorted(q, by, before ? std::optional(task_cursor{before.value, 0}) : std::nullopt, limit);
    return {found.rows, found.next ? events::position{found.next->key} : events::position{}};
}

open_first_page task_board::open_first(const task_filter& wanted, const context& by, task_place from, std::size_t limit) const {
    open_first_page all;
    auto half = wanted;
    if (from.open) {
        half.open = true;
        auto open = page(half, by, from.before, limit);
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
    const auto closed = page(half, by, before, std::max<std::size_t>(room, 1));
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
    for (std::size_t i = 0; i < rows.size() && from.ok(); ++i)
        if (rows[i].id.value != i + 1 || rows[i].status == task_status::absent) from.fail();
    if (!from.ok()) return false;
    size_ = rows.size();
    enter_all(std::move(rows));
    return true;
}

void task_board::enter_all(std::vector<task_row> rows) {
    std::vector<std::uint32_t> by_change(rows.size());
    std::iota(by_change.begin(), by_change.end(), 0u);
    std::sort(by_change.begin(), by_change.end(), [&](auto a, auto b) { return rows[a].changed < rows[b].changed; });
    rows_ = std::move(rows);
    keys_.expect(size_);
    if (stands_on_)
        for (std::uint32_t i = 0; i < rows_.size(); ++i) where_[rows_[i].id.value] = i;
    for (const auto i : by_change) {
        const auto& row = rows_[i];
        if (!stands_on_ || is_open(row.status) || row.changed > stands_on_ || back_.contains(row.id.value)) enter(row);
    }
    settle();
}

void task_board::lighten(events::position at, const std::set<std::uint64_t>& needed) {
    auto rows = std::move(rows_);
    std::erase_if(rows, [&](const task_row& row) { return !is_open(row.status) && !needed.contains(row.id.value); });
    const auto size = size_;
    *this = {};
    size_ = size;
    stands_on_ = at;
    enter_all(std::move(rows));
}

void task_board::know(task_row row) {
    verify(stands_on_ && lacks(row.id) && !where_.contains(row.id.value), "what is not known yet");
    where_.emplace(row.id.value, rows_.size());
    rows_.push_back(std::move(row));
}

void task_board::put_back(task_row row) {
    verify(stands_on_ && lacks(row.id), "what is put back was let go of");
    // It changed before all that has a row, so everything is entered anew: this is as rare as a closed task that changes.
    auto back = std::move(back_);
    back.insert(row.id.value);
    auto rows = std::move(rows_);
    std::erase_if(rows, [&](const task_row& one) { return one.id == row.id; });
    rows.push_back(std::move(row));
    const auto size = size_;
    const auto at = stands_on_;
    *this = {};
    size_ = size;
    stands_on_ = at;
    back_ = std::move(back);
    enter_all(std::move(rows));
}

void task_board::save_light(archive::writer& to, const std::set<std::uint64_t>& needed) const {
    to.number(size_);
    std::vector<const task_row*> kept;
    for (const auto& row : rows_)
        if (is_open(row.status) || needed.contains(row.id.value)) kept.push_back(&row);
    std::sort(kept.begin(), kept.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    to.number(kept.size());
    for (const auto* row : kept) write(to, *row);
}

bool task_board::load_light(archive::reader& from, events::position at) {
    *this = {};
    const auto size = from.number();
    std::vector<task_row> rows;
    read(from, rows);
    for (std::size_t i = 0; i < rows.size() && from.ok(); ++i)
        if (rows[i].id.value > size || rows[i].status == task_status::absent || rows[i].changed > at || (i > 0 ? rows[i - 1].id >= rows[i].id : !rows[i].id)) from.fail();
    if (!from.ok() || size > at.value || !at) return false;
    size_ = size;
    stands_on_ = at;
    enter_all(std::move(rows));
    return true;
}

}  // namespace core::views
