#include "core/analysis/analysis.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/seen.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"
#include "core/project/project.hpp"

namespace core {

using s = analysis_status;
using r = analysis_rejection;
namespace happened = events::analysis;

namespace {

using state = analysis::state;
using check = std::optional<r>;

check nothing_found(const state& now, const context&) { return now.found ? check{} : r::nothing_found; }
constexpr flow::guard<state, r> something_found{"something_found", nothing_found};
using enum flow::step;

}  // namespace

// clang-format off
constexpr std::array<analysis::row, 9> analysis::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard, whose_turn
    {"analysis.plan", flow::from(s::absent), manager | analyst, 0, s::running, "S3.2.3", r::not_planner, {}, r::already_exists},
    {"analysis.change", open, manager | owner, 0, {}, "S3.2.3", r::not_keeper, {}, r::closed, decides},
    {"analysis.report", open, owner, 0, s::reported, "S3.2.3", r::not_owner, {}, r::closed, awaited | writes},
    {"analysis.find_steady", open, owner, 0, {}, "S3.2.3", r::not_owner, {}, r::closed, writes},
    {"analysis.correct", flow::from(s::reported), owner, 0, {}, "S3.2.3", r::not_owner, {}, r::not_reported, writes},
    {"analysis.acknowledge", open, concerned, 0, {}, "S3.2.3", r::not_concerned, {}, r::closed, awaited | each | own_word, &something_found, pending},
    {"analysis.handle", flow::from(s::reported), manager, owner, s::running, "S3.2.3", r::not_manager, r::own_finding, r::not_reported, awaited},
    {"analysis.end", flow::from(s::running), manager, 0, s::ended, "S3.2.3", r::not_manager, {}, r::still_open, decides},
    {"analysis.hand_over", open, 0, 0, {}, "S1.3.4", r::not_manager, {}, r::closed},
}};
// clang-format on

namespace {

using outcome = decision<analysis>;
using decided_events = decided<analysis::event>;

using text::said;
// Of a look: week after week may read the same.
std::uint64_t looked(std::string_view step, date from, date until, std::string_view words) {
    const auto day = [](date d) { return static_cast<std::uint64_t>(std::chrono::sys_days(d).time_since_epoch().count()); };
    return text::digest(words, said(step, {}) + day(from) * 100'003 + day(until));
}

// An optional minus, digits, and a point between digits: exact, so that nothing is lost in between.
bool is_decimal(const std::string& d) {
    if (d.empty()) return false;
    const std::size_t first = d[0] == '-' ? 1 : 0;
    const auto digit = [&](std::size_t i) { return i < d.size() && d[i] >= '0' && d[i] <= '9'; };
    bool point = false;
    for (std::size_t i = first; i < d.size(); ++i) {
        if (digit(i)) continue;
        if (d[i] != '.' || point || i == first || !digit(i + 1)) return false;
        point = true;
    }
    return d.size() > first;
}

bool is_figure(const events::analysis::figure& f) { return is_decimal(f.now) && (!f.before || is_decimal(*f.before)); }

bool in_effect(const state&, const auto&, const context&) { return false; }
bool in_effect(const state& now, const analysis::acknowledge&, const context& by) {
    return now.found && forms::contains(now.acknowledged, flow::in_place_of<analysis>(flow::row_of<analysis, analysis::acknowledge>(), now, by));
}
bool in_effect(const state& now, const analysis::report& c, const context&) {
    return now.is == s::reported && now.said == looked(c.type, c.finding.from, c.finding.until, c.finding.observed);
}
bool in_effect(const state& now, const analysis::find_steady& c, const context&) {
    return now.said == looked(c.type, c.from, c.until, c.note);
}
bool in_effect(const state& now, const analysis::handle& c, const context&) {
    return now.is == s::running && now.said == said(c.type, c.reason);
}
bool in_effect(const state& now, const analysis::end&, const context&) { return now.is == s::ended; }
bool in_effect(const state& now, const analysis::hand_over& c, const context&) {
    return now.owner != c.from && !forms::contains(now.concerned, c.from);
}

check form_at_fault(const analysis::form& f, const context& by) {
    const auto* owner = by.people->find(f.owner);
    if (!owner || !owner->has("DA")) return r::bad_owner;
    if (!forms::is_day_to_come(f.next_on, by)) return r::bad_next;
    if (forms::contains(f.concerned, f.owner)) return r::bad_concerned;
    return !f.project || access::find_seen<project>(f.project->value, by) ? check{} : r::no_such_project;
}

// What was looked at is over, and not so long ago that nobody could have meant it.
bool is_period(date from, date until, const context& by) {
    constexpr std::chrono::days longest{3'700};
    return from <= until && until <= by.today && std::chrono::sys_days(by.today) - std::chrono::sys_days(from) <= longest;
}

check finding_at_fault(const analysis::finding& f, const context& by, std::uint32_t begun = 0) {
    if (!is_period(f.from, f.until, by)) return r::bad_period;
    if (!std::all_of(f.figures.begin(), f.figures.end(), is_figure)) return r::bad_figures;
    return forms::are_extras("finding", f.extras, by, begun) ? check{} : r::bad_extras;
}

check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const analysis::change& c, const state&, const context& by) { return form_at_fault(c.form, by); }
check at_fault(const analysis::report& c, const state&, const context& by) { return finding_at_fault(c.finding, by); }
check at_fault(const analysis::find_steady& c, const state&, const context& by) { return is_period(c.from, c.until, by) ? check{} : r::bad_period; }
check at_fault(const analysis::correct& c, const state& now, const context& by) { return finding_at_fault(c.finding, by, now.form_version); }

happened::plan as_plan(const analysis::form& f) {
    return {f.title, f.subject, f.sources, f.method, f.owner, f.every, f.next_on, f.concerned, f.project.value_or(project_id{})};
}

date next_look(const state& now, const context& by) { return by.calendar->after(by.today, now.every); }

analysis::event event_of(const analysis::change& c, const state&, const context&) { return happened::changed{as_plan(c.form), c.reason}; }
analysis::event event_of(const analysis::report& c, const state& now, const context& by) {
    return happened::reported{now.looks + 1, c.finding, next_look(now, by)};
}
analysis::event event_of(const analysis::find_steady& c, const state& now, const context& by) {
    return happened::found_steady{now.looks + 1, c.from, c.until, c.note, next_look(now, by)};
}
analysis::event event_of(const analysis::correct& c, const state& now, const context&) {
    return happened::corrected{now.found, c.finding, c.reason};
}
analysis::event event_of(const analysis::acknowledge&, const state& now, const context& by) {
    return happened::acknowledged{now.found, flow::in_place_of<analysis>(flow::row_of<analysis, analysis::acknowledge>(), now, by)};
}
analysis::event event_of(const analysis::handle& c, const state& now, const context&) { return happened::handled{now.found, c.outcome, c.reason}; }
analysis::event event_of(const analysis::end& c, const state&, const context&) { return happened::ended{c.reason}; }
analysis::event event_of(const analysis::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

outcome decide_one(const state& now, const analysis::plan& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    const auto& row = flow::row_of<analysis, analysis::plan>();
    if (const auto no = flow::who_refuses<analysis>(row, now, by)) return *no;
    if (const auto no = form_at_fault(c.form, by)) return *no;
    decided_events all;
    all.push_back(happened::planned{by.who(), by.actor ? by.actor->department : events::department{}, as_plan(c.form),
                                    by.flows ? by.flows->newest("analysis") : 1});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<analysis, Command>(now, by, [&] { return in_effect(now, c, by); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void take_plan(state& a, const happened::plan& p) {
    a.title = p.title;
    a.owner = p.owner;
    a.every = p.every;
    a.next_on = p.next_on;
    a.concerned = p.concerned;
    a.project = p.project;
}

void fold(state& a, const happened::planned& e) {
    a.is = s::running;
    a.flow = e.flow;
    a.department = e.department;
    take_plan(a, e.plan);
}
void fold(state& a, const happened::changed& e) { take_plan(a, e.plan); }
void fold(state& a, const happened::reported& e) {
    a.is = s::reported;
    a.looks = e.look;
    a.found = e.look;
    a.priority = e.finding.priority;
    a.form_version = e.finding.extras.form;
    a.next_on = e.next_on;
    a.acknowledged.clear();
    a.said = looked(analysis::report::type, e.finding.from, e.finding.until, e.finding.observed);
}
void fold(state& a, const happened::found_steady& e) {
    a.looks = e.look;
    a.next_on = e.next_on;
    a.said = looked(analysis::find_steady::type, e.from, e.until, e.note);
}
void fold(state& a, const happened::corrected& e) {
    a.priority = e.finding.priority;
    a.form_version = e.finding.extras.form;
    a.acknowledged.clear();
    a.said = 0;
}
void fold(state& a, const happened::acknowledged& e) {
    if (!forms::contains(a.acknowledged, e.member)) a.acknowledged.push_back(e.member);
}
void fold(state& a, const happened::handled& e) {
    a.is = s::running;
    a.said = said(analysis::handle::type, e.reason);
}
void fold(state& a, const happened::ended&) { a.is = s::ended; }
void fold(state& a, const happened::handed_over& e) {
    if (a.owner == e.from) a.owner = e.to;
    if (a.owner == e.to) std::erase(a.concerned, e.from);  // nobody is told of what they found
    else forms::replace(a.concerned, e.from, e.to);
    std::erase(a.concerned, a.owner);
}

}  // namespace

decision<analysis> analysis::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void analysis::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations analysis::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto who = by.actor->id;
    if (now.is == s::absent ? by.actor->has("OM") : manages(*by.actor, now.department, by)) are |= manager;
    if (by.actor->has("DA")) are |= analyst;
    if (by.actor->has("SL")) are |= leader;
    if (who == now.owner) are |= owner;
    if (forms::contains(now.concerned, who)) are |= concerned | (now.found && !forms::contains(now.acknowledged, who) ? pending : 0);
    return are;
}

flow::holders analysis::holders(const state& now) { return {{now.owner, owner}}; }
flow::relations analysis::hand_in(const event& happened) {
    namespace e = events::analysis;
    const bool looked = std::holds_alternative<e::reported>(happened) || std::holds_alternative<e::corrected>(happened) || std::holds_alternative<e::found_steady>(happened);
    return looked ? owner : 0;
}
// The next finding is another one.
flow::relations analysis::settled_by(const event& happened) { return std::holds_alternative<events::analysis::handled>(happened) ? owner : 0; }

analysis::rejection analysis::wrong_state(const row& asked, status at) { return at == s::ended ? rejection::closed : asked.not_now; }

}  // namespace core
