#include "core/views/inbox.hpp"

namespace core::views {
namespace {

waiting of_mine(task_status status) {
    if (status == task_status::returned) return waiting::returned;
    return status == task_status::assigned ? waiting::to_start : waiting::in_progress;
}

bool is_mine_to_do(task_status status) {
    return status == task_status::assigned || status == task_status::returned || status == task_status::in_progress;
}

}  // namespace

bool waits_for_verdict_of(const task_row& task, const person& reader, const directory& people) {
    if (task.status != task_status::submitted || task.to == reader.id) return false;
    if (reader.has("OM") && reader.department == task.department) return true;
    return reader.has("SL") && (task.by == reader.id || !people.has_manager(task.department, task.to));
}

std::vector<inbox_item> inbox_of(const person& reader, const directory& people, const task_board& board,
                                 const timeline& channels, std::size_t limit) {
    std::vector<inbox_item> items;
    if (!reader.active || limit == 0) return items;
    const auto add = [&](waiting why, auto about) {
        items.push_back({why, about});
        return items.size() < limit;
    };
    board.for_status(task_status::blocked, [&](const task_row& t) {
        return t.blocked_on != reader.id || add(waiting::blocked_on_me, &t);
    });
    if (items.size() < limit && (reader.has("OM") || reader.has("SL")))
        board.for_status(task_status::submitted, [&](const task_row& t) {
            return !waits_for_verdict_of(t, reader, people) || add(waiting::to_accept, &t);
        });
    for (const auto status : {task_status::returned, task_status::assigned, task_status::in_progress}) {
        if (items.size() >= limit) return items;
        board.for_open_of(reader.id, [&](const task_row& t) {
            return t.status != status || !is_mine_to_do(t.status) || add(of_mine(t.status), &t);
        });
    }
    for (const auto id : channels.channels_of(reader.id)) {
        if (items.size() >= limit) return items;
        const auto* row = channels.row(id);
        if (!row->archived && row->unread(reader.id) > 0) add(waiting::unread, row);
    }
    return items;
}

}  // namespace core::views
