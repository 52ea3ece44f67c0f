#include "core/views/inbox.hpp"

#include "core/access/access.hpp"
#include "core/appraisal/appraisal.hpp"
#include "core/kernel/flow.hpp"

#include <algorithm>

namespace core::views {
namespace {

waiting of_mine(task_status status) {
    if (status == task_status::returned) return waiting::returned;
    return status == task_status::assigned ? waiting::to_start : waiting::in_progress;
}

bool had_no_hand_in(const task_row& task, member_id who) { return who != task.to && !(task.hands.of(who) & core::task::assignee); }

bool is_mine_to_do(task_status status) {
    return status == task_status::assigned || status == task_status::returned || status == task_status::in_progress;
}

/// Calls take(why, task, whose) for each that waits for `by.actor` or for one whom they stand in for, in the order of the inbox,
/// until it says false. False where it did. What carries out an improvement plan is left to nobody (D5).
template <class Take>
bool each_task(const context& by, const directory& people, const task_board& board, Take take) {
    const auto& reader = *by.actor;
    std::vector<const person*> all{&reader};
    flow::any_principal(by, [&](const person& p) {
        all.push_back(&p);
        return false;
    });
    bool on = true;
    board.for_status(task_status::blocked, [&](const task_row& t) {
        for (const auto* p : all) {
            if (t.blocked_on != p->id || (t.improvement && (p != &reader || !access::may_see_task(t, by)))) continue;
            return on = take(waiting::blocked_on_me, t, p->id);
        }
        return true;
    });
    board.for_plans([&](const task_row& t) {
        if (on && waits_for_verdict_of(t, reader, people, by)) on = take(waiting::to_accept, t, reader.id);
    });
    const bool decide = std::any_of(all.begin(), all.end(), [](const person* p) { return p->has("OM") || p->has("SL"); });
    if (on && decide)
        board.for_status(task_status::submitted, [&](const task_row& t) {
            if (t.improvement || !had_no_hand_in(t, reader.id)) return true;
            for (const auto* p : all)
                if (waits_for_verdict_of(t, *p, people, by)) return on = take(waiting::to_accept, t, p->id);
            return true;
        });
    for (const auto status : {task_status::returned, task_status::assigned, task_status::in_progress})
        for (const auto* p : all) {
            if (!on) break;
            board.for_open_of(p->id, [&](const task_row& t) {
                const bool is_theirs = t.status == status && is_mine_to_do(t.status) && (p == &reader || !t.improvement);
                return on = !is_theirs || take(of_mine(t.status), t, p->id);
            });
        }
    return on;
}

}  // namespace

bool waits_for_verdict_of(const task_row& task, const person& reader, const directory& people, const context& by) {
    const auto may = [&](member_id m) { return had_no_hand_in(task, m); };
    if (task.status != task_status::submitted || !may(reader.id)) return false;
    if (task.improvement) {
        const auto are = core::task::relations_of(task.state(), by.as(reader));
        const auto* plan = by.others->find<appraisal>(task.improvement.value);
        return (are & core::task::manager) || ((are & core::task::leader) && plan && !may(plan->evaluator));
    }
    if (reader.has("OM") && reader.department == task.department) return true;
    return reader.has("SL") && (task.by == reader.id || !people.has_manager(task.department, may));
}

std::vector<inbox_item> inbox_of(const context& by, const directory& people, const task_board& board, const timeline& channels,
                                 std::size_t limit) {
    const auto& reader = *by.actor;
    std::vector<inbox_item> items;
    if (!reader.active || limit == 0) return items;
    const auto add = [&](waiting why, auto about, member_id whose) {
        items.push_back({why, about, whose});
        return items.size() < limit;
    };
    if (!each_task(by, people, board, [&](waiting why, const task_row& t, member_id whose) { return add(why, &t, whose); })) return items;
    for (const auto id : channels.channels_of(reader.id)) {
        if (items.size() >= limit) return items;
        const auto* row = channels.row(id);
        if (!row->archived && row->unread(reader.id) > 0) add(waiting::unread, row, reader.id);
    }
    return items;
}

std::size_t tasks_waiting_for(const context& by, const directory& people, const task_board& board) {
    std::size_t n = 0;
    if (by.actor->active) each_task(by, people, board, [&](waiting, const task_row&, member_id) { return ++n != 0; });
    return n;
}

}  // namespace core::views
