#pragma once
// What tasks are found and ordered by, packed so that all of them can be looked at in a millisecond: one page of a hundred
// thousand, filtered and sorted, without an index for each order. Made from the rows.

#include "core/kernel/context.hpp"
#include "core/kernel/interner.hpp"

#include <cstdint>
#include <functional>
#include <optional>
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
    /// After each change of a row. Once all are in, settle().
    void set(const task_row& row);
    /// Puts new titles into their order: a title never changes, and comparing them is what takes long.
    void settle(const std::vector<task_row>& rows);

    /// The numbers of the tasks that `query` asks for and `reader` may see, in its order: those after `after`, at most `limit`;
    /// `total` is how many there are in all, `next` where the page ends if more come. Whether they may see one of an improvement plan says `sees(number)`. Settled.
    struct found {
        std::vector<std::uint32_t> numbers;
        std::size_t total = 0;
        std::optional<task_cursor> next;
    };
    found find(const task_query& query, const person& reader, const std::function<bool(std::uint32_t)>& sees,
               const std::optional<task_cursor>& after, std::size_t limit) const;

private:
    struct key {
        std::uint64_t changed = 0;
        std::uint32_t to = 0, by = 0, project = 0, strategy = 0;
        std::int32_t due = 0;     ///< days since 1970
        std::uint32_t department = 0;
        std::uint8_t status = 0, priority = 0, open = 0, plan = 0;
    };
    std::vector<key> keys_;  // of task n at n - 1
    std::vector<std::uint32_t> by_title_;  // places in keys_, those with a title that is in order
    std::vector<std::uint32_t> fresh_;     // and those that are still to be put there
    std::uint64_t order_of(task_sort by, std::uint32_t place) const;
    interner departments_;
};

}  // namespace core::views
