#pragma once
// What tasks are found and ordered by, packed and indexed, so that a page of a list costs what is on it and what is open, and
// not all that was ever done. Made from the rows.
//
// Tasks lie in groups (of one assignee, one project, … in one department) by their status, which also count them: so a total is
// a sum. What is few enough is gathered from the smallest group and sorted; of what is many a page is looked for along an order
// that is kept: by change, due day, title, number. Neither goes through what is closed to find what is open.

#include "core/kernel/context.hpp"
#include "core/kernel/interner.hpp"
#include "core/views/ordered_numbers.hpp"
#include "core/views/recency.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::views {

struct task_row;

/// By what a list of tasks is ordered. Equal ones are ordered by number.
enum class task_sort : std::uint8_t { changed, due, priority, status, title, id };

/// What is left out narrows nothing.
struct task_query {
    std::optional<std::uint8_t> status;  ///< a task_status
    std::optional<bool> open;
    std::optional<member_id> assignee;
    std::optional<member_id> assigned_by;
    std::optional<events::department> department;
    std::optional<project_id> project;
    std::optional<strategy_id> strategy;
    std::optional<std::uint8_t> priority;
    std::optional<date> overdue_on;
    task_sort by = task_sort::changed;
    bool descending = false;
};

/// Where a page ended: what its last row was ordered by, and which it was. What comes after it is found however the list has
/// changed meanwhile.
struct task_cursor {
    std::uint64_t key = 0;  ///< by title: none, as that never changes
    std::uint32_t number = 0;
    bool operator==(const task_cursor&) const = default;
};

class task_keys {
public:
    using number = std::uint32_t;
    using title_of = std::function<const std::string&(number)>;

    /// So many are about to come.
    void expect(std::size_t tasks) {
        keys_.reserve(tasks);
        seats_.reserve(tasks);
    }
    /// After each change of a row. Once all are in, settle().
    void set(const task_row& row);
    /// Puts what is new into the orders that are kept: a title never changes, and comparing them is what takes long.
    void settle(const title_of& title);

    static constexpr std::uint64_t no_bound = std::numeric_limits<std::uint64_t>::max();

    /// What is asked for, and what has to be looked up elsewhere for it.
    struct asked {
        const task_query& wanted;
        const person& reader;
        std::vector<const person*> principals;  ///< for whom they act today: they see what those do (D13)
        title_of title;
        /// Whether they may see task n, of an improvement plan.
        std::function<bool(number)> sees_plan;
        /// Of the past: whether the present lets them see task n too. Null: this is the present. It is asked where nothing else
        /// than being its assignee lets them see it, as that alone changes.
        std::function<bool(number)> still_sees = {};
        std::optional<task_cursor> after = {};
        std::string_view after_title = {};  ///< by title: that of after->number
        std::size_t limit = 0;
        std::uint64_t changed_until = no_bound;  ///< only what has not changed since that event
    };
    struct place {
        std::uint64_t key = 0;  ///< as in task_cursor
        number task = 0;
    };
    struct found {
        std::vector<place> rows;  ///< in the order asked for, at most `limit`
        std::size_t total = 0;    ///< how many there are in all
        bool more = false;        ///< come after them
    };
    /// Settled.
    found find(const asked& q) const;

    bool contains(number n) const { return n > 0 && n <= keys_.size() && keys_[n - 1].status != 0; }
    std::uint64_t changed(number n) const { return keys_[n - 1].changed; }
    bool is_open(number n) const { return keys_[n - 1].open; }

private:
    struct search;
    struct key {
        std::uint64_t changed = 0;
        std::uint32_t to = 0, by = 0, project = 0, strategy = 0;
        std::int32_t due = 0;     ///< days since 1970
        std::uint32_t department = 0;
        std::uint8_t status = 0, priority = 0, open = 0, plan = 0;
        bool settled = false;     ///< it is in the orders
    };
    static constexpr std::size_t statuses = 8, priorities = 4;
    /// By what tasks lie together, besides the department. `self`: who assigned it to themselves.
    enum dimension : std::uint8_t { department, to, by, project, strategy, priority, self, dimensions };
    struct group {
        std::uint32_t department = 0;
        std::array<std::vector<std::uint32_t>, statuses> of;  // places in keys_, in no order
        std::array<std::array<std::uint32_t, priorities>, statuses> count{};
    };
    /// Where in which group.
    struct seat {
        std::uint32_t group = 0, at = 0;
    };

    static std::uint64_t named(dimension d, std::uint32_t value) { return std::uint64_t{d} << 32 | value; }
    std::optional<std::uint32_t> value_of(dimension d, const key& k) const;
    std::uint32_t group_of(dimension d, std::uint32_t value, std::uint32_t in);
    enum which_groups { same_groups, other_groups };  // those that it was in before, or it has to be looked for which
    void enter(std::uint32_t at, which_groups which);
    void leave(std::uint32_t at);
    auto sooner() const {
        return [this](std::uint32_t a, std::uint32_t b) { return keys_[a].due != keys_[b].due ? keys_[a].due < keys_[b].due : a < b; };
    }
    std::uint64_t order_of(task_sort by, std::uint32_t place) const;

    std::vector<key> keys_;  // of task n at n - 1
    std::vector<std::array<seat, dimensions>> seats_;
    std::vector<group> groups_;
    std::vector<std::uint32_t> departments_;  // the groups of whole departments
    boost::unordered_flat_map<std::uint64_t, std::vector<std::uint32_t>> by_value_;  // groups, by what they have in common: one a department
    std::vector<std::uint32_t> plans_;        // places of those of improvement plans, which are in no group: there are few
    recency order_;
    std::array<recency::list, 2> changes_;    // of what is closed, of what is open
    std::array<ordered_numbers, 2> due_;      // the same
    ordered_numbers by_title_;
    std::vector<std::uint32_t> fresh_;        // are still to be put into the orders
    interner codes_;                          // of departments
};

}  // namespace core::views
