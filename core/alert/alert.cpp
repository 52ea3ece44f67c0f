#include "core/alert/alert.hpp"

#include "core/alert_rule/alert_rule.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"
#include "core/metric/metric.hpp"

#include <algorithm>

namespace core {

using s = alert_status;
using r = alert_rejection;
namespace happened = events::alert;

namespace {

using state = alert::state;
using check = std::optional<r>;
using enum flow::step;

}  // namespace

// clang-format off
constexpr std::array<alert::row, 9> alert::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard, whose_turn
    {"alert.notice", flow::from(s::absent), 0, 0, s::pending, "S2.3.4", r::not_concerned, {}, r::already_exists},
    {"alert.fire", flow::from(s::pending), 0, 0, s::firing, "S2.3.4", r::not_concerned, {}, r::not_pending},
    {"alert.tell", raised, 0, 0, {}, "S2.3.4", r::not_concerned, {}, r::not_open},
    {"alert.pass", flow::from(s::pending), 0, 0, s::passed, "S2.3.4", r::not_concerned, {}, r::not_pending},
    {"alert.acknowledge", flow::from(s::firing), owner | told | manager, 0, s::acknowledged, "S2.3.4", r::not_concerned, {}, r::not_firing, awaited, nullptr, owner},
    {"alert.settle", raised, 0, 0, s::resolved, "S2.3.4", r::not_concerned, {}, r::not_open},
    {"alert.close", raised, owner | manager, 0, s::resolved, "S2.3.4", r::not_concerned, {}, r::not_open, decides},
    {"alert.rate", flow::from(s::resolved, s::rated), owner | told | analyst | manager, 0, s::rated, "S2.3.4", r::not_concerned, {}, r::not_over, awaited, nullptr, rater},
    {"alert.hand_over", open | flow::from(s::resolved), 0, 0, {}, "S1.3.4", r::not_concerned, {}, r::not_open},
}};
// clang-format on

namespace {

using outcome = decision<alert>;
using decided_events = decided<alert::event>;

using text::said;

std::uint64_t said_rate(member_id who, alert::worth worth, const std::optional<std::string>& note) {
    return said(alert::rate::type, note.value_or(""), who.value * 4 + static_cast<std::uint64_t>(worth));
}

bool in_effect(const state&, const auto&, const context&) { return false; }
bool in_effect(const state& now, const alert::fire&, const context&) { return (alert::raised & flow::from(now.is)) != 0; }
bool in_effect(const state& now, const alert::tell& c, const context&) { return now.quietly == c.quietly && now.under == c.under.value_or(alert_id{}); }
bool in_effect(const state& now, const alert::pass&, const context&) { return now.is == s::passed; }
bool in_effect(const state& now, const alert::acknowledge& c, const context& by) { return now.is == s::acknowledged && now.acknowledged_by == by.who() && now.said == said(c.type, c.note); }
bool in_effect(const state& now, const alert::settle& c, const context&) { return (alert::over & flow::from(now.is)) && now.how == c.how; }
bool in_effect(const state& now, const alert::close& c, const context&) { return (alert::over & flow::from(now.is)) && now.said == said(c.type, c.note); }
bool in_effect(const state& now, const alert::rate& c, const context& by) { return now.is == s::rated && now.said == said_rate(by.who(), c.worth, c.note); }
bool in_effect(const state& now, const alert::hand_over& c, const context&) {
    return now.owner != c.from && std::find(now.concerned.begin(), now.concerned.end(), c.from) == now.concerned.end();
}

/// It is listed in one that was told by itself.
check under_at_fault(const std::optional<alert_id>& under, const context& by) {
    if (!under) return {};
    const auto* other = by.others->find<alert>(under->value);
    return other && other->fired_at && !other->under ? check{} : r::bad_under;
}

check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const alert::fire& c, const state&, const context& by) { return under_at_fault(c.under, by); }
check at_fault(const alert::tell& c, const state&, const context& by) { return under_at_fault(c.under, by); }
check at_fault(const alert::acknowledge& c, const state&, const context& by) { return !c.seen_to_by || (c.seen_to_by->ok() && *c.seen_to_by >= by.today) ? check{} : r::bad_until; }

alert::event event_of(const alert::fire& c, const state&, const context& by) { return happened::fired{c.last, c.quietly, c.under.value_or(alert_id{}), by.now}; }
alert::event event_of(const alert::tell& c, const state&, const context& by) { return happened::told_later{c.quietly, c.under.value_or(alert_id{}), by.now}; }
alert::event event_of(const alert::pass&, const state&, const context&) { return happened::passed{}; }
alert::event event_of(const alert::acknowledge& c, const state&, const context& by) { return happened::acknowledged{by.who(), c.note, c.seen_to_by}; }
alert::event event_of(const alert::settle& c, const state&, const context& by) { return happened::resolved{c.how, {}, {}, by.now}; }
alert::event event_of(const alert::close& c, const state&, const context& by) { return happened::resolved{alert::ending::closed, by.who(), c.note, by.now}; }
alert::event event_of(const alert::rate& c, const state&, const context& by) { return happened::rated{by.who(), c.worth, c.note}; }
alert::event event_of(const alert::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

/// There is one of the same rule for the same period already, and what it is about has not come up again since.
bool is_known(const alert::notice& c, const context& by) {
    for (auto n = by.others->highest(alert::category); n >= 1; --n) {
        const auto* one = by.others->find<alert>(n);
        if (one && one->rule == c.rule && one->member == c.member && one->from == c.first.from && alert::is_settled(*one)) return true;
    }
    return false;
}

outcome decide_one(const state& now, const alert::notice& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<alert>(flow::row_of<alert, alert::notice>(), now, by)) return *no;
    const auto* rule = by.others->find<alert_rule>(c.rule.value);
    const auto* m = rule && (alert_rule::on & flow::from(rule->is)) ? by.others->find<metric>(rule->metric.value) : nullptr;
    if (!m) return r::not_watched;
    if (is_known(c, by)) return r::known_already;
    if (const auto no = under_at_fault(c.under, by)) return *no;
    // Whose the metric is explains what becomes of it.
    auto told = rule->concerned;
    if (m->owner != rule->owner && by.people->is_active(m->owner) && std::find(told.begin(), told.end(), m->owner) == told.end()) told.push_back(m->owner);
    const auto optional_text = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
    decided_events all;
    all.push_back(happened::noticed{{c.rule, rule->name, rule->metric, m->name, rule->period, optional_text(rule->by), c.member, rule->severity, rule->department, rule->owner,
                                     std::move(told), optional_text(rule->runbook)}, c.first, by.today, by.flows ? by.flows->newest("alert") : 1});
    if (c.fires) all.push_back(happened::fired{c.first, c.quietly, c.under.value_or(alert_id{}), by.now});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<alert, Command>(now, by, [&] { return in_effect(now, c, by); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void see(state& of, const alert::sighting& what) {
    of.until = what.until;
    of.value = what.value;
    of.usual = what.usual;
    of.low = what.low;
    of.high = what.high;
    of.why = what.why;
}

void fold(state& of, const happened::noticed& e) {
    of.is = s::pending;
    of.flow = e.flow;
    of.rule = e.of.rule;
    of.name = e.of.name;
    of.metric = e.of.metric;
    of.called = e.of.called;
    of.period = e.of.period;
    of.by = e.of.by.value_or("");
    of.member = e.of.member;
    of.severity = e.of.severity;
    of.department = e.of.department;
    of.owner = e.of.owner;
    of.concerned = e.of.concerned;
    of.from = e.first.from;
    of.noticed_on = e.on;
    see(of, e.first);
}
void fold(state& of, const happened::fired& e) {
    of.is = s::firing;
    of.quietly = e.quietly;
    of.under = e.under;
    of.fired_at = e.at;
    see(of, e.last);
}
void fold(state& of, const happened::told_later& e) {
    of.quietly = e.quietly;
    of.under = e.under;
}
void fold(state& of, const happened::passed&) { of.is = s::passed; }
void fold(state& of, const happened::acknowledged& e) {
    of.is = s::acknowledged;
    of.acknowledged_by = e.by;
    of.seen_to_by = e.seen_to_by;
    of.said = said(alert::acknowledge::type, e.note);
}
void fold(state& of, const happened::resolved& e) {
    // What nobody was told of by itself, nobody is asked about.
    of.is = of.quietly ? s::rated : s::resolved;
    of.how = e.how;
    of.over_at = e.at;
    of.said = e.how == alert::ending::closed ? said(alert::close::type, e.note.value_or("")) : 0;
}
void fold(state& of, const happened::rated& e) {
    of.is = s::rated;
    of.worth = e.worth;
    of.said = said_rate(e.by, e.worth, e.note);
}
void fold(state& of, const happened::handed_over& e) {
    if (of.owner == e.from) of.owner = e.to;
    std::erase(of.concerned, e.from);
}

}  // namespace

decision<alert> alert::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void alert::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations alert::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    if (now.is == s::absent) return are;
    const auto& who = *by.actor;
    if (who.id == now.owner) are |= owner | (now.is == s::resolved ? rater : 0);
    if (std::find(now.concerned.begin(), now.concerned.end(), who.id) != now.concerned.end()) are |= told;
    if (who.has("DA") && who.department == now.department) are |= analyst;
    if (manages(who, now.department, by)) are |= manager;
    if (who.has("SL")) are |= leader;
    return are;
}

// Once somebody has said whether it was of use, nobody is missing; nor where nobody is asked.
bool alert::waits_in_vain(const row& step, const state& now) { return step.command != rate::type || now.is == s::resolved; }

alert::rejection alert::wrong_state(const row& asked, status) { return asked.not_now; }

}  // namespace core
