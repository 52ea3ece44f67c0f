#pragma once
// Every task as it stands: the board, a member's work, what waits on whom. Lists come newest changed first.
//
// A board of the past may be a light one: it has the rows of what was open at some event, and of what has changed since then. All
// else was closed by then, and is as it was: its rows are those of the board of the present.
//
// Not synchronised: one thread applies, and readers are kept off meanwhile. Pointers to rows hold until the next
// event.

#include "core/kernel/archive.hpp"
#include "core/kernel/context.hpp"
#include "core/task/task.hpp"
#include "core/views/recency.hpp"
#include "core/views/step_log.hpp"
#include "core/views/task_keys.hpp"
#include "events/catalog/any.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace core::views {

/// Whose it was, until the event that gave it to somebody else.
struct earlier_assignee {
    member_id who;
    events::position until;
    bool operator==(const earlier_assignee&) const = default;
};
BOOST_DESCRIBE_STRUCT(earlier_assignee, (), (who, until))

struct task_row {
    task_id id;
    std::string title;
    std::string content;
    std::string standard;
    date due{};
    member_id to;
    member_id by;  ///< who assigned it; 0: the system
    events::department department;
    events::priority priority = events::priority::normal;
    std::vector<std::string> checklist;
    task_status status = task_status::absent;
    std::uint8_t percent = 0;
    member_id blocked_on;  ///< while blocked; 0: nobody in particular
    std::string reason;    ///< why it is blocked, returned or cancelled; else empty
    std::string result;    ///< what was submitted last
    project_id project;         ///< 0: none
    std::uint16_t milestone = 0;
    appraisal_id improvement;   ///< whose improvement plan it carries out; 0: none
    std::uint16_t action = 0;   ///< of that plan, which has the words; 0: they are here
    strategy_id strategy;       ///< that it carries out; 0: none
    std::uint32_t flow = 1;
    instant assigned_at;
    instant changed_at;
    events::version version;
    events::position changed;  ///< the event that changed it last
    step_log steps;
    std::vector<earlier_assignee> earlier;  ///< oldest first
    flow::hands hands;          ///< who did what is its assignee's to do

    /// What the rules of tasks see of it.
    task::state state() const {
        task::state s;
        s.is = status;
        s.percent = percent;
        s.due = due;
        s.to = to;
        s.department = department;
        s.project = project;
        s.improvement = improvement;
        s.strategy = strategy;
        s.flow = flow;
        s.hands = hands;
        return s;
    }
    /// Derived, never stored: still open on a day after it was due.
    bool overdue(date today) const { return is_open(status) && due < today; }
    /// Whom that event took it from; 0: nobody.
    member_id taken_from(events::position event) const {
        for (const auto& e : earlier)
            if (e.until == event) return e.who;
        return {};
    }
    bool operator==(const task_row&) const = default;
};
BOOST_DESCRIBE_STRUCT(task_row, (), (id, title, content, standard, due, to, by, department, priority, checklist, status, percent,
                                     blocked_on, reason, result, project, milestone, improvement, action, strategy, flow, assigned_at, changed_at, version, changed, steps, earlier, hands))

/// What is left out narrows nothing.
struct task_filter {
    std::optional<task_status> status;
    std::optional<member_id> assignee;
    std::optional<events::department> department;
    std::optional<date> overdue_on;  ///< only what is overdue on this day
    std::optional<bool> open;        ///< only what is open, or only what is not
};

struct task_page {
    std::vector<const task_row*> rows;
    events::position next;  ///< hand it in as `before` for what comes after this page; 0: nothing does
};

/// Where a list goes on that has what is open before what is not.
struct task_place {
    bool open = true;         ///< among what is open
    events::position before;  ///< 0: from the first of it
    bool operator==(const task_place&) const = default;
};

struct open_first_page {
    std::vector<const task_row*> rows;
    std::optional<task_place> next;  ///< nothing: nothing comes after this page
};

class task_board {
public:
    /// Events of other categories are passed over. Once all are in, settle().
    void apply(const events::recorded& event);
    void settle();
    /// None of it was later than that: a wrong clock had dated it.
    void not_after(instant t);

    /// Null where there is no such task, or a light board does not have it. Whether the asker may see it is for access to say.
    const task_row* row(task_id id) const;
    std::size_t size() const { return size_; }
    std::size_t open_tasks_of(project_id of) const {
        const auto found = open_of_project_.find(of.value);
        return found == open_of_project_.end() ? 0 : found->second;
    }

    /// What `by.actor` may see of it, newest changed first: at most `limit` rows that changed before `before` (0: all).
    task_page page(const task_filter& wanted, const context& by, events::position before, std::size_t limit) const;

    /// The same, but what is open comes first, however long ago it changed.
    open_first_page open_first(const task_filter& wanted, const context& by, task_place from, std::size_t limit) const;

    /// Filtered and sorted otherwise, settled: the rows after `after`, and how many there are in all.
    struct sorted_page {
        std::vector<const task_row*> rows;
        std::size_t total = 0;
        std::optional<task_cursor> next;  ///< where it ends, if more come
    };
    /// Of the past: the board of the present, and whether the present lets `by.actor` see a task too.
    struct present {
        const task_board& board;
        std::function<bool(task_id)> sees;
    };
    sorted_page sorted(const task_query& wanted, const context& by, const std::optional<task_cursor>& after, std::size_t limit,
                       const present* now = nullptr) const;

    // A light board.

    /// What it stands on: 0 where it has every row.
    events::position stands_on() const { return stands_on_; }
    /// A row of it, or of what was closed before and is in the present. Null where there is none.
    const task_row* row(task_id id, const task_board& now) const;
    /// Lets go of what is closed, and stands on `at`, up to which all is in. The rows of `needed` can still be looked up.
    void lighten(events::position at, const std::set<std::uint64_t>& needed);
    /// Whether the present has it in its lists. Before it changes, it is put_back() as it was.
    bool lacks(task_id id) const { return id.value <= size_ && !keys_.contains(static_cast<std::uint32_t>(id.value)); }
    void put_back(task_row row);
    /// What it lacks, as it was, to be looked up by its number alone: the present goes on to have it in its lists.
    void know(task_row row);
    /// Calls `visit(task_id)` with what it would look up in the present, but has changed there since.
    template <class Visit>
    void each_outdated(const task_board& now, Visit visit) const {
        for (std::uint32_t n = 1; n <= size_ && stands_on_; ++n)
            if (lacks({n}) && (!now.keys_.contains(n) || now.keys_.changed(n) > stands_on_.value)) visit(task_id{n});
    }
    void save_light(archive::writer& to, const std::set<std::uint64_t>& needed) const;
    /// False, and empty, where the bytes are no good.
    bool load_light(archive::reader& from, events::position at);

    /// Folds one event of a task into its row, as apply() does. For a row on its own: a task as it was.
    static void fold_into(task_row& row, const events::task::any& happened, const events::envelope& about);

    /// Calls `visit(const task_row&) -> bool` with the open tasks of `assignee`, until false.
    template <class Visit>
    void for_open_of(member_id assignee, Visit visit) const {
        if (const auto found = by_assignee_.find(assignee.value); found != by_assignee_.end())
            order_.newest(found->second, [&](auto n) { return visit(at(n)); });
    }
    /// Calls `visit(const task_row&) -> bool` with the tasks in `status`, until false.
    template <class Visit>
    void for_status(task_status status, Visit visit) const {
        order_.newest(by_status_[static_cast<std::size_t>(status)], [&](auto n) { return visit(at(n)); });
    }

    /// Calls `visit(const task_row&)` with every task that it has of an improvement plan: there are few.
    template <class Visit>
    void for_plans(Visit visit) const {
        for (const auto n : plans_) visit(at(n));
    }

    void save(archive::writer& to) const;
    /// False, and empty, where the bytes are no good.
    bool load(archive::reader& from);

    bool operator==(const task_board& other) const { return rows_ == other.rows_ && stands_on_ == other.stands_on_; }

private:
    struct fold;

    task_row& at(std::uint64_t number) { return rows_[stands_on_ ? where_.find(number)->second : number - 1]; }
    const task_row& at(std::uint64_t number) const { return rows_[stands_on_ ? where_.find(number)->second : number - 1]; }
    task_row& make(std::uint64_t number);
    void enter_all(std::vector<task_row> rows);
    template <class Visit>
    void for_lists(const task_row& row, Visit visit);
    void enter(const task_row& row);
    void leave(const task_row& row);

    std::vector<task_row> rows_;  // task n is at n - 1; of a light board, where where_ says
    std::size_t size_ = 0;
    events::position stands_on_;
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> where_;  // of a light board alone
    std::set<std::uint64_t> back_;                                   // the same: what was put back
    // What follows is made from the rows.
    recency order_;
    std::vector<std::uint64_t> plans_;  // that carry out improvement plans, oldest first
    task_keys keys_;
    std::array<recency::list, 8> by_status_;
    boost::unordered_flat_map<std::uint64_t, recency::list> by_assignee_;  // what is open
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> open_of_project_;
};

}  // namespace core::views
