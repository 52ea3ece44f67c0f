#include "core/access/access.hpp"
#include "core/evidence.hpp"
#include "core/task/task.hpp"

namespace core {
namespace {

// Whose it was before it was given to somebody else: they had a hand in it as its assignee then.
member_id had_before(const task::state& of) {
    const auto& all = of.hands.all;
    const auto last = std::find_if(all.rbegin(), all.rend(), [&](const flow::hand& h) { return (h.parts & task::assignee) && h.who != of.to; });
    return last == all.rend() ? member_id{} : last->who;
}

}  // namespace

bool may_see(const task::state& of, const context& by) {
    return of.is != task_status::absent && access::may_see_task({of.department, of.to, {}, of.improvement}, by);
}

bool is_work_of(const task::state& of, member_id who) { return is_open(of.is) && of.to == who; }

// An improvement plan is theirs, and ends with them.
task::command handed_over(const task::state& of, member_id, member_id to, const context&) {
    if (of.improvement) return task::cancel{"本人已离职 / has left"};
    return task::reassign{to, "前任离职移交 / handed over by who left"};
}

// The work itself is due on its day; to begin it and to judge it there are limits.
std::optional<date> said_due(const task::state& of, std::string_view command, const context&) {
    const bool again = command == task::start::type && of.is == task_status::returned;
    return again || command == task::submit::type || command == task::unblock::type ? std::optional(of.due) : std::nullopt;
}

concerned concerned_by(const task::event& happened, const task::state& of, const events::envelope&, const context&) {
    using namespace events::task;
    concerned all;
    std::visit([&]<class Event>(const Event& e) {
        if constexpr (is_one_of<Event, reassigned, rescheduled, accepted, returned, cancelled>) all.add(of.to);
        if constexpr (is_one_of<Event, reassigned>) all.add(had_before(of));
        if constexpr (is_one_of<Event, rescheduled>) all.until = e.due;
    }, happened);
    return all;
}

section task::section_of(const event&) { return {}; }
std::string task::text_of(const event&) { return {}; }

// What carries out an improvement plan is not searched for, as little as the plan is (D5).
bool task::is_kept_from_search(const event& happened) {
    const auto* assigned = std::get_if<events::task::assigned>(&happened);
    return assigned && assigned->improvement;
}

std::vector<task::state> task::about_to_be(const context& by, project_id within) {
    state one;
    one.department = by.actor->department;
    one.project = within;
    return {one};
}

void task::find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to) {
    using source = evidence_ledger::source;
    const auto* t = after.find<task>(at.stream.number);
    if (!t) return;
    const auto find = [&](member_id who, source from) { to.findings.push_back({who, from, at.position, on}); };
    const auto waiting = std::find_if(to.submitted.begin(), to.submitted.end(), [&](const auto& h) { return h.task.value == at.stream.number; });
    if (std::holds_alternative<events::task::progress_reported>(what)) find(t->to, source::progress_reported);
    if (std::holds_alternative<events::task::submitted>(what)) {
        if (waiting != to.submitted.end()) waiting->on = on;
        else to.submitted.push_back({{at.stream.number}, on});
    }
    if (std::holds_alternative<events::task::returned>(what)) find(t->to, source::tasks_returned);
    if (std::holds_alternative<events::task::accepted>(what)) {
        const auto in = waiting == to.submitted.end() ? on : waiting->on;
        find(t->to, in <= t->due ? source::tasks_on_time : source::tasks_late);
        if (t->improvement) find(t->to, source::improvements_done);
        if (at.actor) find(at.actor, source::tasks_accepted);
    }
    if (!is_open(t->is) && waiting != to.submitted.end()) to.submitted.erase(waiting);
}

}  // namespace core
