#include "core/recommendation/recommendation.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/seen.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"
#include "core/metric/metric.hpp"
#include "core/report/faults.hpp"
#include "core/report/report.hpp"
#include "core/task/task.hpp"

#include <algorithm>

namespace core {

using s = recommendation_status;
using r = recommendation_rejection;
namespace happened = events::recommendation;

namespace {
using enum flow::step;
}  // namespace

// clang-format off
constexpr std::array<recommendation::row, 7> recommendation::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard, whose_turn
    {"recommendation.propose", flow::from(s::absent), analyst | specialist | manager, 0, s::proposed, "S4.3.1", r::not_proposer, {}, r::already_exists},
    {"recommendation.adopt", flow::from(s::proposed), manager, proposer, s::adopted, "S4.3.3", r::not_manager, r::own_recommendation, r::decided_already, awaited},
    {"recommendation.decline", flow::from(s::proposed), manager, proposer, s::declined, "S4.3.3", r::not_manager, r::own_recommendation, r::decided_already},
    {"recommendation.start", flow::from(s::adopted), 0, 0, s::in_execution, "S4.3.3", r::not_keeper, {}, r::not_adopted},
    {"recommendation.execute", flow::from(s::in_execution), 0, 0, s::executed, "S4.3.3", r::not_keeper, {}, r::not_executing},
    {"recommendation.verify", flow::from(s::executed), analyst, doer, s::verified, "S4.3.3", r::not_analyst, r::own_work, r::not_executed, awaited},
    {"recommendation.close", flow::from(s::in_execution), 0, 0, s::closed, "S4.3.3", r::not_keeper, {}, r::not_executing},
}};
// clang-format on

namespace {

using state = recommendation::state;
using outcome = decision<recommendation>;
using decided_events = decided<recommendation::event>;
using check = std::optional<r>;

using text::said;

bool in_effect(const state&, const auto&) { return false; }
bool in_effect(const state& now, const recommendation::adopt& c) {
    return (now.is == s::adopted || now.is == s::in_execution) && now.assignee == c.assignee && now.due == c.due && now.standard == c.standard;
}
bool in_effect(const state& now, const recommendation::decline& c) { return now.is == s::declined && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const recommendation::start& c) { return now.is == s::in_execution && now.task == c.task; }
bool in_effect(const state& now, const recommendation::execute&) { return now.is == s::executed; }
bool in_effect(const state& now, const recommendation::verify& c) {
    return now.is == s::verified && now.effect == c.finding.effect && now.said == said(c.type, c.finding.note);
}
bool in_effect(const state& now, const recommendation::close& c) { return now.is == s::closed && now.said == said(c.type, c.reason); }

check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const recommendation::adopt& c, const state&, const context& by) { return forms::is_day_to_come(c.due, by) ? check{} : r::bad_due; }
// It is the one that was made for it, in the same batch.
check at_fault(const recommendation::start& c, const state& now, const context& by) {
    const auto* t = by.others->find<task>(c.task.value);
    return t && t->is == task_status::assigned && t->to == now.assignee && t->due == now.due ? check{} : r::bad_task;
}
check at_fault(const recommendation::verify& c, const state& now, const context& by) {
    const auto& cited = c.finding.figures;
    for (const auto m : cited) {
        const auto* one = access::find_seen<metric>(m.value, by);
        if (!one || one->versions.empty()) return r::no_such_metric;
    }
    const bool needs = now.advice.metric && std::find(cited.begin(), cited.end(), *now.advice.metric) == cited.end();
    return needs ? r::uncited : check{};
}

recommendation::event event_of(const recommendation::adopt& c, const state& now, const context& by) {
    return happened::adopted{by.who(), c.assignee, c.due, c.standard, c.baseline, c.target ? c.target : now.advice.target};
}
recommendation::event event_of(const recommendation::decline& c, const state&, const context&) { return happened::declined{c.reason}; }
recommendation::event event_of(const recommendation::start& c, const state&, const context&) { return happened::started{c.task}; }
recommendation::event event_of(const recommendation::execute&, const state&, const context&) { return happened::executed{}; }
recommendation::event event_of(const recommendation::verify& c, const state&, const context&) { return happened::verified{c.finding}; }
recommendation::event event_of(const recommendation::close& c, const state&, const context&) { return happened::closed{c.reason}; }

outcome decide_one(const state& now, const recommendation::propose& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<recommendation>(flow::row_of<recommendation, recommendation::propose>(), now, by)) return *no;
    const auto* from = access::find_seen<report>(c.report.value, by);
    if (!from || from->is != report_status::published) return r::no_such_report;
    if (c.advice.metric && !reporting::figure_of(*from, *c.advice.metric)) return r::no_such_figure;
    // Only the system says whose it is.
    const bool itself = by.by_system();
    decided_events all;
    all.push_back(happened::proposed{itself ? c.by.value_or(from->author) : by.who(), c.report, itself ? c.number.value_or(0) : 0, from->department, c.advice,
                                     by.flows ? by.flows->newest("recommendation") : 1});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<recommendation, Command>(now, by, [&] { return in_effect(now, c); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void fold(state& of, const happened::proposed& e) {
    of.is = s::proposed;
    of.flow = e.flow;
    of.report = e.report;
    of.number = e.number;
    of.department = e.department;
    of.proposer = e.by;
    of.advice = e.advice;
}
void fold(state& of, const happened::adopted& e) {
    of.is = s::adopted;
    of.adopter = e.by;
    of.assignee = e.assignee;
    of.due = e.due;
    of.standard = e.standard;
    of.baseline = e.baseline;
    of.target = e.target;
}
void fold(state& of, const happened::declined& e) {
    of.is = s::declined;
    of.said = said(recommendation::decline::type, e.reason);
}
void fold(state& of, const happened::started& e) {
    of.is = s::in_execution;
    of.task = e.task;
}
void fold(state& of, const happened::executed&) { of.is = s::executed; }
void fold(state& of, const happened::verified& e) {
    of.is = s::verified;
    of.effect = e.finding.effect;
    of.said = said(recommendation::verify::type, e.finding.note);
}
void fold(state& of, const happened::closed& e) {
    of.is = s::closed;
    of.said = said(recommendation::close::type, e.reason);
}

}  // namespace

decision<recommendation> recommendation::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void recommendation::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations recommendation::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto& who = *by.actor;
    const bool absent = now.is == s::absent;
    if (who.has("DA") && (absent || who.department == now.department)) are |= analyst;
    if (who.has("SP")) are |= specialist;
    if (absent ? who.has("OM") : manages(who, now.department, by)) are |= manager;
    if (who.has("SL")) are |= leader;
    if (absent) return are;
    if (who.id == now.proposer) are |= proposer;
    // Whoever the task went to since, and whoever had it before.
    const auto* t = now.task ? by.others->find<task>(now.task.value) : nullptr;
    if (who.id == now.assignee || (t && (t->to == who.id || (t->hands.of(who.id) & task::assignee)))) are |= doer;
    return are;
}

flow::relations recommendation::hand_in(const event& happened) { return std::holds_alternative<events::recommendation::proposed>(happened) ? proposer : 0; }

recommendation::rejection recommendation::wrong_state(const row& asked, status at) {
    return at == s::declined || at == s::closed || at == s::verified ? rejection::closed : asked.not_now;
}

}  // namespace core
