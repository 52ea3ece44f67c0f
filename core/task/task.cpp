#include "core/task/task.hpp"

#include "core/appraisal/people.hpp"
#include "core/appraisal/visibility.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/seen.hpp"
#include "core/kernel/text.hpp"
#include "core/org/org.hpp"
#include "core/project/project.hpp"
#include "core/strategy/strategy.hpp"

namespace core {

using s = task_status;
using r = task_rejection;

namespace {
using enum flow::step;
}

// clang-format off
constexpr std::array<task::row, 11> task::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now
    {"task.assign", flow::from(s::absent), manager | leader | lead, 0, s::assigned, "S3.2.1", r::not_manager, {}, r::already_exists},
    {"task.reassign", open, manager | leader | lead, assignee, s::assigned, "S3.2.1", r::not_manager, r::own_task, r::closed, decides},
    {"task.reschedule", open, manager | leader | lead, assignee, {}, "S3.2.1", r::not_manager, r::own_task, r::closed, decides},
    {"task.start", flow::from(s::assigned, s::returned), assignee, 0, s::in_progress, "S3.2.2", r::not_assignee, {},
     r::already_started, awaited},
    {"task.block", flow::from(s::in_progress), assignee, 0, s::blocked, "S3.2.2", r::not_assignee, {}, r::not_in_progress},
    {"task.unblock", flow::from(s::blocked), assignee, 0, s::in_progress, "S3.2.2", r::not_assignee, {}, r::not_blocked,
     awaited},
    {"task.report_progress", open, assignee, 0, {}, "S3.2.2", r::not_assignee, {}, r::closed},
    {"task.submit", flow::from(s::in_progress), assignee, 0, s::submitted, "S3.2.2", r::not_assignee, {},
     r::not_in_progress, awaited | writes},
    {"task.accept", flow::from(s::submitted), manager | leader, assignee, s::done, "S3.2.2", r::not_manager, r::own_work,
     r::not_submitted, awaited},
    {"task.return", flow::from(s::submitted), manager | leader, assignee, s::returned, "S3.2.2", r::not_manager, r::own_work,
     r::not_submitted},
    {"task.cancel", open, manager | leader | lead, assignee, s::cancelled, "S3.2.1", r::not_manager, r::own_task, r::closed, decides},
}};
// clang-format on

namespace {

using answer = decision<task>;
using decided_events = decided<task::event>;
using check = std::optional<task_rejection>;

answer happens(task::event e) {
    decided_events all;
    all.push_back(std::move(e));
    return all;
}

using text::said;

std::string_view words(const std::optional<std::string>& maybe) { return maybe ? std::string_view(*maybe) : std::string_view(); }

flow::relations relations_in(const events::department& board, project_id within, const context& by) {
    flow::relations are = task::anyone;
    const auto* p = within ? by.others->find<project>(within.value) : nullptr;
    if (p && p->lead == by.actor->id) are |= task::lead;
    if (by.actor->has("SL")) are |= task::leader;
    if (by.actor->department == board && by.actor->has("OM")) are |= task::manager;
    return are;
}

// An improvement plan is between two people and who reviews them (D5): nobody else has a part in it, whatever their role.
flow::relations relations_in_plan(appraisal_id plan, const context& by) {
    const auto* a = by.others->find<appraisal>(plan.value);
    if (!a) return task::anyone;
    flow::relations are = task::anyone;
    if (a->evaluator == by.actor->id) are |= task::manager;
    if (appraisal_people::reviews(*by.actor, *a, by)) are |= task::leader;
    return are;
}

// Whether the command has already taken effect.
bool in_effect(const task::state&, const auto&) { return false; }
bool in_effect(const task::state& now, const task::start&) { return now.is == s::in_progress; }
bool in_effect(const task::state& now, const task::reassign& c) { return is_open(now.is) && now.to == c.to; }
bool in_effect(const task::state& now, const task::reschedule& c) { return is_open(now.is) && now.due == c.due; }
bool in_effect(const task::state& now, const task::block& c) {
    return now.is == s::blocked && now.said == said(c.type, c.reason, c.on.value_or(member_id{}).value);
}
bool in_effect(const task::state& now, const task::unblock& c) {
    return now.is == s::in_progress && now.said == said(c.type, words(c.note));
}
bool in_effect(const task::state& now, const task::submit& c) {
    return now.is == s::submitted && now.said == said(c.type, c.result);
}
bool in_effect(const task::state& now, const task::accept& c) {
    return now.is == s::done && now.said == said(c.type, words(c.comment));
}
bool in_effect(const task::state& now, const task::return_work& c) {
    return now.is == s::returned && now.said == said(c.type, c.reason);
}
bool in_effect(const task::state& now, const task::cancel& c) {
    return now.is == s::cancelled && now.said == said(c.type, c.reason);
}

/// Whoever has to do with the task of an improvement plan is one of those who may read that.
bool is_let_into_plan(member_id who, const task::state& now, const context& by) {
    const auto* plan = now.improvement ? by.others->find<appraisal>(now.improvement.value) : nullptr;
    const auto* p = by.people->find(who);
    return !plan || (p && may_see_appraisal(*plan, *p, by));
}

// What is wrong with the command's fields beyond their bounds.
check at_fault(const auto&, const task::state&, const context&) { return {}; }
check at_fault(const task::reassign& c, const task::state& now, const context& by) {
    return is_let_into_plan(c.to, now, by) ? check{} : r::not_of_the_plan;
}
check at_fault(const task::reschedule& c, const task::state&, const context& by) {
    return forms::is_day_to_come(c.due, by) ? check{} : r::bad_due;
}
check at_fault(const task::block& c, const task::state& now, const context& by) {
    if (!c.on) return {};
    if (*c.on == now.to) return r::blocked_on_self;
    return is_let_into_plan(*c.on, now, by) ? check{} : r::blocker_not_of_the_plan;
}

check project_at_fault(const task::assign& c, const context& by) {
    if (!c.project) return c.milestone ? r::no_such_milestone : check{};
    const auto* p = access::find_seen<project>(c.project->value, by);
    if (!p) return r::no_such_project;
    if (p->is != project_status::active && p->is != project_status::acceptance_requested) return r::project_not_open;
    if (c.milestone && (*c.milestone < 1 || *c.milestone > p->milestones.size())) return r::no_such_milestone;
    return {};
}

check at_fault(const task::assign& c, const events::department& board, const context& by) {
    if (!forms::is_day_to_come(c.due, by)) return r::bad_due;
    // Named, it is one that there is; left out, it is where the person is.
    if (!text::is_code(board.code, events::code_bytes_max) || (c.department && !by.by_system() && !is_known(*c.department, by))) return r::bad_department;
    // What is to be carried out has to hold. Who may not see it is not told that it is there.
    const auto* plan = c.strategy ? access::find_seen<strategy>(c.strategy->value, by) : nullptr;
    if (c.strategy && !(plan && is_in_force(*plan))) return r::no_such_strategy;
    return project_at_fault(c, by);
}

/// What is said of an improvement plan's task is theirs whom the plan is for (D5). Of whom was erased nothing is kept: it is its
/// writer's then.
events::words say(std::string said, const task::state& now, const context& by) {
    const auto* plan = now.improvement ? by.others->find<appraisal>(now.improvement.value) : nullptr;
    if (!plan) return said;
    const auto* of = by.people->find(plan->employee);
    return {of && of->erased ? by.who() : plan->employee, std::move(said)};
}

task::event event_of(const task::start&, const task::state&, const context&) { return events::task::started{}; }
task::event event_of(const task::reassign& c, const task::state& now, const context& by) {
    return events::task::reassigned{c.to, say(c.reason, now, by)};
}
task::event event_of(const task::reschedule& c, const task::state& now, const context& by) {
    return events::task::rescheduled{c.due, say(c.reason, now, by)};
}
task::event event_of(const task::block& c, const task::state& now, const context& by) {
    return events::task::blocked{say(c.reason, now, by), c.on.value_or(member_id{})};
}
task::event event_of(const task::unblock& c, const task::state& now, const context& by) {
    return events::task::unblocked{say(c.note.value_or(""), now, by)};
}
task::event event_of(const task::report_progress& c, const task::state& now, const context& by) {
    return events::task::progress_reported{c.percent, say(c.note.value_or(""), now, by)};
}
task::event event_of(const task::submit& c, const task::state& now, const context& by) {
    return events::task::submitted{say(c.result, now, by)};
}
task::event event_of(const task::accept& c, const task::state& now, const context& by) {
    return events::task::accepted{say(c.comment.value_or(""), now, by)};
}
task::event event_of(const task::return_work& c, const task::state& now, const context& by) {
    return events::task::returned{say(c.reason, now, by)};
}
task::event event_of(const task::cancel& c, const task::state& now, const context& by) {
    return events::task::cancelled{say(c.reason, now, by)};
}

events::department board_of(const task::assign& c, const context& by) {
    return c.department ? *c.department : by.by_system() ? events::department{} : by.actor->department;
}

answer decide_one(const task::state& now, const task::assign& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (!by.by_system() && !by.actor->active) return r::inactive;
    const auto board = board_of(c, by);
    const auto& row = flow::row_of<task, task::assign>();
    if (const auto no = flow::who_refuses<task>(row, task::as_if(now, c, by), by)) return *no;
    if (const auto no = at_fault(c, board, by)) return *no;
    return happens(events::task::assigned{c.title, c.content.value_or(""), c.standard, c.due, c.to, board,
                                          c.priority.value_or(events::priority::normal),
                                          c.checklist.value_or(std::vector<std::string>{}), c.project.value_or(project_id{}),
                                          c.milestone.value_or(0), c.improvement.value_or(appraisal_id{}),
                                          c.action.value_or(0), by.flows ? by.flows->newest("task") : 1, c.strategy.value_or(strategy_id{})});
}

template <class Command>
answer decide_one(const task::state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    const auto& row = flow::row_of<task, Command>();
    if (const auto no = flow::who_refuses<task>(row, now, by)) return *no;
    if (in_effect(now, c)) return decided_events{};
    if (const auto no = flow::state_refuses<task>(row, now, by)) return *no;
    if (const auto no = at_fault(c, now, by)) return *no;
    return happens(event_of(c, now, by));
}

namespace happened = events::task;

// Of what is sealed not even a digest is kept.
std::uint64_t said_of(const task::state& t, std::string_view step, const events::words& words, member_id about = {}) {
    return t.improvement ? 0 : said(step, words.text, about.value);
}

void fold(task::state& t, const happened::assigned& e) {
    t.is = s::assigned;
    t.due = e.due;
    t.to = e.to;
    t.department = e.department;
    t.project = e.project;
    t.improvement = e.improvement;
    t.strategy = e.strategy;
    t.flow = e.flow;
}
void fold(task::state& t, const happened::reassigned& e) {
    t.is = s::assigned;
    t.to = e.to;
    t.said = said_of(t, task::reassign::type, e.reason);
}
void fold(task::state& t, const happened::rescheduled& e) { t.due = e.due; }
void fold(task::state& t, const happened::started&) {
    t.is = s::in_progress;
    t.said = said(task::start::type, {});
}
void fold(task::state& t, const happened::blocked& e) {
    t.is = s::blocked;
    t.said = said_of(t, task::block::type, e.reason, e.on);
}
void fold(task::state& t, const happened::unblocked& e) {
    t.is = s::in_progress;
    t.said = said_of(t, task::unblock::type, e.note);
}
void fold(task::state& t, const happened::progress_reported& e) { t.percent = e.percent; }
void fold(task::state& t, const happened::submitted& e) {
    t.is = s::submitted;
    t.said = said_of(t, task::submit::type, e.result);
}
void fold(task::state& t, const happened::accepted& e) {
    t.is = s::done;
    t.said = said_of(t, task::accept::type, e.comment);
}
void fold(task::state& t, const happened::returned& e) {
    t.is = s::returned;
    t.said = said_of(t, task::return_work::type, e.reason);
}
void fold(task::state& t, const happened::cancelled& e) {
    t.is = s::cancelled;
    t.said = said_of(t, task::cancel::type, e.reason);
}

// What is done of a task is its assignee's part.
flow::relations hand_in(const auto&) { return 0; }
flow::relations hand_in(const happened::started&) { return task::assignee; }
flow::relations hand_in(const happened::blocked&) { return task::assignee; }
flow::relations hand_in(const happened::unblocked&) { return task::assignee; }
flow::relations hand_in(const happened::progress_reported&) { return task::assignee; }
flow::relations hand_in(const happened::submitted&) { return task::assignee; }

}  // namespace

decision<task> task::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void task::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations task::relations_of(const state& now, const context& by) {
    const auto in = now.improvement ? relations_in_plan(now.improvement, by) : relations_in(now.department, now.project, by);
    return in | (by.actor->id == now.to ? assignee : 0);
}

task::state task::as_if(const state& now, const command& asked, const context& by) {
    const auto* c = std::get_if<assign>(&asked);
    if (!c) return now;
    auto made = now;
    made.department = board_of(*c, by);
    made.project = c->project.value_or(project_id{});
    return made;
}

flow::holders task::holders(const state& now) { return {{now.to, assignee}}; }
flow::relations task::hand_in(const event& happened) {
    return std::visit([](const auto& e) { return core::hand_in(e); }, happened);
}
flow::relations task::settled_by(const event&) { return 0; }

task::rejection task::wrong_state(const row& asked, status at) {
    return at == s::done || at == s::cancelled ? rejection::closed : asked.not_now;
}

}  // namespace core
