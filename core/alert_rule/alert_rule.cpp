#include "core/alert_rule/alert_rule.hpp"

#include "core/alert_rule/faults.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"

#include <algorithm>

namespace core {

using s = alert_rule_status;
using r = alert_rule_rejection;
namespace happened = events::alert_rule;

namespace {

using state = alert_rule::state;
using check = std::optional<r>;
using enum flow::step;

check without_past(const state& now, const context&) { return !now.backtest || !now.backtest->from ? check(r::no_past) : check{}; }
constexpr flow::guard<state, r> has_past{"has_past", without_past};

check not_muted(const state& now, const context& by) { return now.muted_until && *now.muted_until >= by.today ? check{} : check(r::not_muted); }
constexpr flow::guard<state, r> is_muted{"is_muted", not_muted};

}  // namespace

// clang-format off
constexpr std::array<alert_rule::row, 14> alert_rule::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard, whose_turn
    {"alert_rule.draft", flow::from(s::absent), analyst | specialist | manager, 0, s::draft, "S2.3.4", r::not_drafter, {}, r::already_exists},
    {"alert_rule.revise", unenabled | flow::from(s::paused), owner | author | manager, 0, s::draft, "S2.3.4", r::not_keeper, {}, r::is_on, writes},
    {"alert_rule.try", unenabled, 0, 0, s::tried, "S2.3.4", r::not_keeper, {}, r::not_draft},
    {"alert_rule.enable", flow::from(s::tried, s::paused), owner | author | manager, 0, s::watching, "S2.3.4", r::not_keeper, {}, r::not_tried, awaited | decides, &has_past, author},
    {"alert_rule.pause", on, owner | author | manager, 0, s::paused, "S2.3.4", r::not_keeper, {}, r::not_on, decides},
    {"alert_rule.mute", on, owner | author | manager, 0, {}, "S2.3.4", r::not_keeper, {}, r::not_on, decides},
    {"alert_rule.unmute", on, owner | author | manager, 0, {}, "S2.3.4", r::not_keeper, {}, r::not_on, decides, &is_muted},
    {"alert_rule.miss_data", on, 0, 0, s::no_data, "S2.3.4", r::not_keeper, {}, r::not_on},
    {"alert_rule.fail", on, 0, 0, s::error, "S2.3.4", r::not_keeper, {}, r::not_on},
    {"alert_rule.recover", on, 0, 0, s::watching, "S2.3.4", r::not_keeper, {}, r::not_on},
    {"alert_rule.doubt", on | flow::from(s::paused), 0, 0, {}, "S2.3.4", r::not_keeper, {}, r::not_on},
    {"alert_rule.retire", on | flow::from(s::paused), owner | manager, 0, s::retired, "S2.3.4", r::not_keeper, {}, r::not_on, decides},
    {"alert_rule.discard", unenabled, author | manager, 0, s::discarded, "S2.3.4", r::not_keeper, {}, r::is_on, decides},
    {"alert_rule.hand_over", live, 0, 0, {}, "S1.3.4", r::not_keeper, {}, r::closed},
}};
// clang-format on

namespace {

using outcome = decision<alert_rule>;
using decided_events = decided<alert_rule::event>;

using text::said;

constexpr int muted_most = 92;  ///< days: what is longer is paused

/// As it would have to be filled in to be what it is.
bool is_as_filled_in(const state& now, const alert_rule::form& f) {
    return now.name == f.name && now.metric == f.metric && now.period == f.period && now.by == f.by.value_or("") && now.condition == f.condition && now.lasts == f.lasts &&
           now.over_after == f.over_after && now.severity == f.severity && now.owner == f.owner && now.concerned == f.concerned && now.runbook == f.runbook.value_or("");
}

std::uint64_t said_mute(const alert_rule::mute& c) { return said(c.type, c.reason, static_cast<std::uint64_t>(std::chrono::sys_days(c.until).time_since_epoch().count())); }

bool in_effect(const state&, const auto&) { return false; }
// What is added to the form beside these may have changed.
bool in_effect(const state& now, const alert_rule::revise& c) { return now.is == s::draft && c.form.extras.fields.empty() && c.form.extras.attachments.empty() && is_as_filled_in(now, c.form); }
bool in_effect(const state& now, const alert_rule::try_out& c) { return now.is == s::tried && now.backtest == c.result; }
bool in_effect(const state& now, const alert_rule::enable& c) { return now.is == s::watching && now.said == said(c.type, c.note.value_or("")); }
bool in_effect(const state& now, const alert_rule::pause& c) { return now.is == s::paused && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const alert_rule::mute& c) { return now.muted_until == c.until && now.said == said_mute(c); }
bool in_effect(const state& now, const alert_rule::miss_data&) { return now.is == s::no_data; }
bool in_effect(const state& now, const alert_rule::fail&) { return now.is == s::error; }
bool in_effect(const state& now, const alert_rule::recover&) { return now.is == s::watching; }
bool in_effect(const state& now, const alert_rule::retire& c) { return now.is == s::retired && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const alert_rule::discard& c) { return now.is == s::discarded && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const alert_rule::hand_over& c) {
    return now.owner != c.from && now.author != c.from && std::find(now.concerned.begin(), now.concerned.end(), c.from) == now.concerned.end();
}

check at_fault(const auto&, const state&, const context&) { return {}; }
check refused_by(const std::optional<alerting::objection>& no) { return no ? check(no->no) : check{}; }
check at_fault(const alert_rule::draft& c, const state&, const context& by) { return refused_by(alerting::form_at_fault(c.form, {by.fresh}, by, 0)); }
check at_fault(const alert_rule::revise& c, const state& now, const context& by) { return refused_by(alerting::form_at_fault(c.form, now.id, by, now.form_version)); }
check at_fault(const alert_rule::enable& c, const state& now, const context& by) {
    if (!alerting::is_watchable(now.metric, by)) return r::bad_metric;
    return now.backtest->a_week > alert_rule::often && !c.often.value_or(false) ? check(r::too_noisy) : check{};
}
check at_fault(const alert_rule::mute& c, const state&, const context& by) {
    const auto last = date(std::chrono::sys_days(by.today) + std::chrono::days(muted_most));
    return c.until.ok() && c.until >= by.today && c.until <= last ? check{} : r::bad_until;
}

/// What was out of the ordinary within the last week, or the period before this one, is news still when it is switched on: figures settle late.
date watched_from(alert_rule::period p, date today) {
    const std::chrono::sys_days day(today);
    if (p == alert_rule::period::week) return day - std::chrono::days(7 + std::chrono::weekday(day).iso_encoding() - 1);
    if (p == alert_rule::period::month) return date(today.year(), today.month(), std::chrono::day(1)) - std::chrono::months(1);
    return day - std::chrono::days(7);
}

alert_rule::event event_of(const alert_rule::revise& c, const state&, const context&) { return happened::revised{c.form}; }
alert_rule::event event_of(const alert_rule::try_out& c, const state&, const context&) { return happened::tried{c.result}; }
alert_rule::event event_of(const alert_rule::enable& c, const state& now, const context& by) { return happened::enabled{watched_from(now.period, by.today), c.note}; }
alert_rule::event event_of(const alert_rule::pause& c, const state&, const context&) { return happened::paused{c.reason}; }
alert_rule::event event_of(const alert_rule::mute& c, const state&, const context&) { return happened::muted{c.until, c.reason}; }
alert_rule::event event_of(const alert_rule::unmute&, const state&, const context&) { return happened::unmuted{}; }
alert_rule::event event_of(const alert_rule::miss_data& c, const state&, const context&) { return happened::data_missing{c.period}; }
alert_rule::event event_of(const alert_rule::fail& c, const state&, const context&) { return happened::failed{c.why}; }
alert_rule::event event_of(const alert_rule::recover&, const state&, const context&) { return happened::recovered{}; }
alert_rule::event event_of(const alert_rule::doubt& c, const state&, const context&) { return happened::doubted{c.noise, c.of}; }
alert_rule::event event_of(const alert_rule::retire& c, const state&, const context&) { return happened::retired{c.reason}; }
alert_rule::event event_of(const alert_rule::discard& c, const state&, const context&) { return happened::discarded{c.reason}; }
alert_rule::event event_of(const alert_rule::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

outcome decide_one(const state& now, const alert_rule::draft& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<alert_rule>(flow::row_of<alert_rule, alert_rule::draft>(), now, by)) return *no;
    if (const auto no = at_fault(c, now, by)) return *no;
    decided_events all;
    all.push_back(happened::drafted{by.who(), by.actor ? by.actor->department : events::department{}, c.form, by.flows ? by.flows->newest("alert_rule") : 1});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<alert_rule, Command>(now, by, [&] { return in_effect(now, c); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void take_form(state& of, const alert_rule::form& f) {
    of.is = s::draft;
    of.form_version = f.extras.form;
    of.name = f.name;
    of.metric = f.metric;
    of.period = f.period;
    of.by = f.by.value_or("");
    of.condition = f.condition;
    of.lasts = f.lasts;
    of.over_after = f.over_after;
    of.severity = f.severity;
    of.owner = f.owner;
    of.concerned = f.concerned;
    of.runbook = f.runbook.value_or("");
    of.backtest.reset();
    of.from.reset();
    of.muted_until.reset();
    of.doubts = 0;
    of.said = 0;
}

void fold(state& of, const happened::drafted& e) {
    of.flow = e.flow;
    of.author = e.by;
    of.department = e.department;
    take_form(of, e.form);
}
void fold(state& of, const happened::revised& e) { take_form(of, e.form); }
void fold(state& of, const happened::tried& e) {
    of.is = s::tried;
    of.backtest = e.result;
}
void fold(state& of, const happened::enabled& e) {
    of.is = s::watching;
    of.from = e.from;
    of.said = said(alert_rule::enable::type, e.note.value_or(""));
}
void fold(state& of, const happened::paused& e) {
    of.is = s::paused;
    of.muted_until.reset();
    of.said = said(alert_rule::pause::type, e.reason);
}
void fold(state& of, const happened::muted& e) {
    of.muted_until = e.until;
    of.said = said_mute({e.until, e.reason});
}
void fold(state& of, const happened::unmuted&) { of.muted_until.reset(); }
void fold(state& of, const happened::data_missing&) { of.is = s::no_data; }
void fold(state& of, const happened::failed&) { of.is = s::error; }
void fold(state& of, const happened::recovered&) { of.is = s::watching; }
void fold(state& of, const happened::doubted&) { ++of.doubts; }
void fold(state& of, const happened::retired& e) {
    of.is = s::retired;
    of.said = said(alert_rule::retire::type, e.reason);
}
void fold(state& of, const happened::discarded& e) {
    of.is = s::discarded;
    of.said = said(alert_rule::discard::type, e.reason);
}
void fold(state& of, const happened::handed_over& e) {
    for (auto* one : {&of.owner, &of.author})
        if (*one == e.from) *one = e.to;
    std::erase(of.concerned, e.from);
}

}  // namespace

decision<alert_rule> alert_rule::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void alert_rule::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations alert_rule::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto& who = *by.actor;
    const bool absent = now.is == s::absent, here = absent || who.department == now.department;
    if (who.has("DA") && here) are |= analyst;
    if (who.has("SP") && here) are |= specialist;
    if (absent ? who.has("OM") : manages(who, now.department, by)) are |= manager;
    if (who.has("SL")) are |= leader;
    if (!absent && who.id == now.owner) are |= owner;
    if (!absent && who.id == now.author) are |= author;
    return are;
}

alert_rule::rejection alert_rule::wrong_state(const row& asked, status at) {
    if (at == s::retired || at == s::discarded) return rejection::closed;
    // What waits for its trial can't be switched on, and what is on can't be any more.
    return asked.not_now == rejection::not_tried && (on & flow::from(at)) ? rejection::is_on : asked.not_now;
}

particulars alert_rule::particulars_of(rejection no, const state& now, const command* asked, const context& by) {
    if (no != rejection::bad_condition || !asked) return {};
    const auto* form = std::holds_alternative<draft>(*asked) ? &std::get<draft>(*asked).form : std::holds_alternative<revise>(*asked) ? &std::get<revise>(*asked).form : nullptr;
    if (!form) return {};
    const auto found = alerting::form_at_fault(*form, now.is == s::absent ? alert_rule_id{by.fresh} : now.id, by, now.form_version);
    return found && found->no == no ? found->more : particulars{};
}

}  // namespace core
