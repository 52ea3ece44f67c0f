#include "core/strategy/strategy.hpp"

#include "core/analysis/analysis.hpp"
#include "core/kernel/fingerprints.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/seen.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"
#include "core/project/project.hpp"

namespace core {

using s = strategy_status;
using r = strategy_rejection;
namespace happened = events::strategy;

namespace {

using state = strategy::state;
using check = std::optional<r>;

// What it is to take the place of may have been replaced meanwhile: one version of a line holds at a time.
check not_current(const state& now, const context& by) {
    const auto* before = now.replaces ? by.others->find<strategy>(now.replaces.value) : nullptr;
    return !now.replaces || (before && before->is == s::published) ? check{} : r::not_current;
}
constexpr flow::guard<state, r> replaces_what_holds{"replaces_what_holds", not_current};
using enum flow::step;

}  // namespace

// clang-format off
constexpr std::array<strategy::row, 12> strategy::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard, whose_turn
    {"strategy.draft", flow::from(s::absent), manager | specialist, 0, s::draft, "S3.2.4", r::not_drafter, {}, r::already_exists},
    {"strategy.revise", flow::from(s::draft), author | manager, 0, {}, "S3.2.4", r::not_author, {}, r::not_draft, writes},
    {"strategy.submit", flow::from(s::draft), author, 0, s::submitted, "S2.2.2", r::not_author, {}, r::not_draft, awaited | writes, nullptr, writer},
    {"strategy.return", flow::from(s::submitted), manager, writer, s::draft, "S2.2.2", r::not_manager, r::own_strategy, r::not_submitted, decides},
    {"strategy.publish", unpublished, manager, writer, s::published, "S3.2.4", r::not_manager, r::own_strategy, r::not_unpublished, awaited | decides,
     &replaces_what_holds, publisher},
    {"strategy.acknowledge", flow::from(s::published), concerned, 0, {}, "S3.2.4", r::not_concerned, {}, r::not_published, awaited | each | own_word, nullptr,
     pending},
    {"strategy.convey", flow::from(s::published), manager | author, 0, {}, "S3.2.4", r::not_author, {}, r::not_published},
    {"strategy.check", flow::from(s::published), manager | leader, writer, {}, "S3.2.4", r::not_checker, r::own_strategy, r::not_published, awaited | decides, nullptr,
     manager},
    {"strategy.supersede", flow::from(s::published), 0, 0, s::superseded, "S3.2.4", r::not_manager, {}, r::not_published},
    {"strategy.end", flow::from(s::published), manager | leader, writer, s::ended, "S3.2.4", r::not_checker, r::own_strategy, r::not_published, decides},
    {"strategy.discard", unpublished, author | manager, 0, s::discarded, "S3.2.4", r::not_author, {}, r::not_unpublished, decides},
    {"strategy.hand_over", live, 0, 0, {}, "S1.3.4", r::not_manager, {}, r::closed},
}};
// clang-format on

namespace {

using outcome = decision<strategy>;
using decided_events = decided<strategy::event>;

constexpr std::size_t concerned_max = 256;

using text::said;

// Without a print nothing can be published.
std::string print_of(const happened::form& f, const context& by) { return by.prints ? by.prints->of(f) : std::string(); }

happened::form as_form(const strategy::form& f) {
    return {f.title, f.kind, f.grounds, f.adjustment, f.content, f.expected, f.effective, f.acknowledge_by, f.check_on, f.concerned,
            f.replaces.value_or(strategy_id{}), f.project.value_or(project_id{}), f.extras};
}

member_id acknowledging(const state& now, const context& by) {
    return flow::in_place_of<strategy>(flow::row_of<strategy, strategy::acknowledge>(), now, by);
}

bool in_effect(const state&, const auto&, const context&) { return false; }
bool in_effect(const state& now, const strategy::revise& c, const context& by) {
    return now.is == s::draft && !now.sha256.empty() && now.sha256 == print_of(as_form(c.form), by);
}
bool in_effect(const state& now, const strategy::submit&, const context&) { return now.is == s::submitted; }
bool in_effect(const state& now, const strategy::send_back& c, const context&) { return now.is == s::draft && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const strategy::publish& c, const context&) { return now.is == s::published && now.sha256 == c.sha256; }
bool in_effect(const state& now, const strategy::acknowledge&, const context& by) {
    return now.is == s::published && forms::contains(now.acknowledged, acknowledging(now, by));
}
bool in_effect(const state& now, const strategy::convey& c, const context&) {
    return now.is == s::published && !c.members.empty() && now.acknowledge_by == c.acknowledge_by &&
           std::all_of(c.members.begin(), c.members.end(), [&](member_id m) { return forms::contains(now.concerned, m); });
}
bool in_effect(const state& now, const strategy::check& c, const context&) {
    return now.is == s::published && now.check_on == c.check.next_on && now.said == said(c.type, c.check.found);
}
bool in_effect(const state& now, const strategy::supersede& c, const context&) { return now.is == s::superseded && now.superseded_by == c.by; }
bool in_effect(const state& now, const strategy::end& c, const context&) { return now.is == s::ended && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const strategy::discard& c, const context&) {
    return now.is == s::discarded && now.said == said(c.type, c.reason);
}
bool in_effect(const state& now, const strategy::hand_over& c, const context&) {
    return now.author != c.from && !forms::contains(now.concerned, c.from);
}

check ground_at_fault(const strategy::ground& g, const context& by) {
    if (!g.analysis) return g.look ? r::no_such_finding : check{};
    const auto* a = access::find_seen<analysis>(g.analysis.value, by);
    const bool there = a && g.look >= 1 && g.look <= a->looks;
    return there ? check{} : r::no_such_finding;
}

check replaced_at_fault(const strategy::form& f, const context& by) {
    if (!f.replaces) return {};
    const auto* before = access::find_seen<strategy>(f.replaces->value, by);
    return before && before->is == s::published && before->kind == f.kind ? check{} : r::bad_replaces;
}

check form_at_fault(const strategy::form& f, const context& by, std::uint32_t begun = 0) {
    for (const auto& g : f.grounds)
        if (const auto no = ground_at_fault(g, by)) return no;
    if (!forms::is_day_to_come(f.effective, by)) return r::bad_effective;
    if (!forms::is_day_to_come(f.acknowledge_by, by)) return r::bad_acknowledge_by;
    if (f.check_on < f.effective || f.check_on.year() > std::chrono::year{9999}) return r::bad_check_on;
    if (const auto no = replaced_at_fault(f, by)) return no;
    if (f.project && !access::find_seen<project>(f.project->value, by)) return r::no_such_project;
    return forms::are_extras("F19", f.extras, by, begun) ? check{} : r::bad_extras;
}

check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const strategy::revise& c, const state& now, const context& by) { return form_at_fault(c.form, by, now.form_version); }
check at_fault(const strategy::submit&, const state& now, const context& by) { return now.effective >= by.today ? check{} : r::bad_effective; }
check at_fault(const strategy::publish& c, const state& now, const context& by) {
    if (now.sha256.empty() || c.sha256 != now.sha256) return r::other_form;
    if (now.effective < by.today) return r::bad_effective;
    if (now.acknowledge_by < by.today) return r::bad_acknowledge_by;
    return forms::all_active(now.concerned, by) ? check{} : r::bad_concerned;
}
check at_fault(const strategy::convey& c, const state& now, const context& by) {
    if (!forms::is_day_to_come(c.acknowledge_by, by)) return r::bad_acknowledge_by;
    return now.concerned.size() + c.members.size() <= concerned_max ? check{} : r::bad_members;
}
check at_fault(const strategy::check& c, const state&, const context& by) {
    const bool needs = c.check.standing == strategy::standing::behind || c.check.standing == strategy::standing::off_track;
    if (needs && (!c.check.measures || text::blank(*c.check.measures))) return r::bad_measures;
    if (!forms::is_day_to_come(c.check.next_on, by) || c.check.next_on == by.today) return r::bad_next;
    return forms::are_extras("F19a", c.check.extras, by) ? check{} : r::bad_extras;
}
check at_fault(const strategy::supersede& c, const state& now, const context& by) {
    const auto* next = by.others->find<strategy>(c.by.value);
    const auto* before = next && next->is == s::published ? by.others->find<strategy>(next->replaces.value) : nullptr;
    return before && *before == now ? check{} : r::bad_replaces;
}

strategy::event event_of(const strategy::revise& c, const state&, const context& by) {
    auto form = as_form(c.form);
    auto print = print_of(form, by);
    return happened::revised{std::move(form), std::move(print)};
}
strategy::event event_of(const strategy::submit&, const state&, const context&) { return happened::submitted{}; }
strategy::event event_of(const strategy::send_back& c, const state&, const context&) { return happened::returned{c.reason}; }
strategy::event event_of(const strategy::publish& c, const state& now, const context& by) {
    const auto* before = now.replaces ? by.others->find<strategy>(now.replaces.value) : nullptr;
    return happened::published{c.sha256, before ? before->number + 1 : 1};
}
strategy::event event_of(const strategy::acknowledge&, const state& now, const context& by) { return happened::acknowledged{acknowledging(now, by)}; }
strategy::event event_of(const strategy::convey& c, const state& now, const context&) {
    happened::conveyed e{{}, c.acknowledge_by};  // nobody new: until another day
    for (const auto m : c.members)
        if (!forms::contains(now.concerned, m)) e.members.push_back(m);
    return e;
}
strategy::event event_of(const strategy::check& c, const state& now, const context&) { return happened::checked{now.checks + 1, c.check}; }
strategy::event event_of(const strategy::supersede& c, const state&, const context&) { return happened::superseded{c.by}; }
strategy::event event_of(const strategy::end& c, const state&, const context&) { return happened::ended{c.reason}; }
strategy::event event_of(const strategy::discard& c, const state&, const context&) { return happened::discarded{c.reason}; }
strategy::event event_of(const strategy::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

outcome decide_one(const state& now, const strategy::draft& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    const auto& row = flow::row_of<strategy, strategy::draft>();
    if (const auto no = flow::who_refuses<strategy>(row, now, by)) return *no;
    if (const auto no = form_at_fault(c.form, by)) return *no;
    auto form = as_form(c.form);
    auto print = print_of(form, by);
    decided_events all;
    all.push_back(happened::drafted{by.who(), by.actor ? by.actor->department : events::department{}, std::move(form), std::move(print),
                                    by.flows ? by.flows->newest("strategy") : 1});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<strategy, Command>(now, by, [&] { return in_effect(now, c, by); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void take_form(state& v, const happened::form& f, const std::string& sha256) {
    v.kind = f.kind;
    v.title = f.title;
    v.effective = f.effective;
    v.acknowledge_by = f.acknowledge_by;
    v.check_on = f.check_on;
    v.concerned = f.concerned;
    v.cites.clear();
    for (const auto& g : f.grounds)
        if (g.analysis) v.cites.push_back({g.analysis, g.look});
    v.replaces = f.replaces;
    v.project = f.project;
    v.sha256 = sha256;
    v.form_version = f.extras.form;
}

void fold(state& v, const happened::drafted& e) {
    v.is = s::draft;
    v.flow = e.flow;
    v.author = e.by;
    v.department = e.department;
    take_form(v, e.form, e.sha256);
}
void fold(state& v, const happened::revised& e) {
    take_form(v, e.form, e.sha256);
    v.said = 0;
}
void fold(state& v, const happened::submitted&) { v.is = s::submitted; }
void fold(state& v, const happened::returned& e) {
    v.is = s::draft;
    v.said = said(strategy::send_back::type, e.reason);
}
void fold(state& v, const happened::published& e) {
    v.is = s::published;
    v.number = e.number;
    v.said = 0;
}
void fold(state& v, const happened::acknowledged& e) {
    if (!forms::contains(v.acknowledged, e.member)) v.acknowledged.push_back(e.member);
}
void fold(state& v, const happened::conveyed& e) {
    v.acknowledge_by = e.acknowledge_by;
    for (const auto m : e.members)
        if (!forms::contains(v.concerned, m)) v.concerned.push_back(m);
}
void fold(state& v, const happened::checked& e) {
    v.checks = e.number;
    v.standing = e.check.standing;
    v.check_on = e.check.next_on;
    v.said = said(strategy::check::type, e.check.found);
}
void fold(state& v, const happened::superseded& e) {
    v.is = s::superseded;
    v.superseded_by = e.by;
}
void fold(state& v, const happened::ended& e) {
    v.is = s::ended;
    v.said = said(strategy::end::type, e.reason);
}
void fold(state& v, const happened::discarded& e) {
    v.is = s::discarded;
    v.said = said(strategy::discard::type, e.reason);
}
void fold(state& v, const happened::handed_over& e) {
    if (v.author == e.from) v.author = e.to;
    if (!forms::contains(v.acknowledged, e.from)) forms::replace(v.concerned, e.from, e.to);
}

}  // namespace

decision<strategy> strategy::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void strategy::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations strategy::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto who = by.actor->id;
    const bool is_manager = now.is == s::absent ? by.actor->has("OM") : manages(*by.actor, now.department, by);
    if (is_manager) are |= manager;
    if (by.actor->has("SP")) are |= specialist;
    if (by.actor->has("SL")) are |= leader;
    if (who == now.author && now.is != s::absent) are |= author | (is_manager ? 0 : writer);
    if (is_manager && (now.is == s::submitted || who == now.author)) are |= publisher;
    if (forms::contains(now.concerned, who)) are |= concerned | (forms::contains(now.acknowledged, who) ? 0 : pending);
    return are;
}

// A draft is submitted by an author who does not publish it, and published by one who does: only one of the two waits.
bool strategy::waits_in_vain(const row& step, const state& now) { return now.is != s::draft || (step.command != submit::type && step.command != publish::type); }

strategy::rejection strategy::wrong_state(const row& asked, status at) {
    return at == s::superseded || at == s::ended || at == s::discarded ? rejection::closed : asked.not_now;
}

}  // namespace core
