#include "core/collection/collection.hpp"

#include "core/collection/faults.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/fingerprints.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"
#include "core/source/source.hpp"

namespace core {

using s = collection_status;
using r = collection_rejection;
namespace happened = events::collection;

namespace {

using state = collection::state;
using check = std::optional<r>;

// Since it was drafted another version, another plan or the source may have changed.
check not_ready(const state& now, const context& by) {
    const auto* before = now.replaces ? by.others->find<collection>(now.replaces.value) : nullptr;
    if (now.replaces && (!before || !(collection::in_force & flow::from(before->is)))) return r::not_current;
    if (collecting::is_set_in_use(now.set, now.id, now.replaces, by)) return r::set_in_use;
    const auto* from = by.others->find<source>(now.source.value);
    return from && from->is == source_status::connected ? check{} : r::source_not_connected;
}
constexpr flow::guard<state, r> is_ready{"is_ready", not_ready};
using enum flow::step;

}  // namespace

// clang-format off
constexpr std::array<collection::row, 11> collection::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard, whose_turn
    {"collection.draft", flow::from(s::absent), analyst | manager, 0, s::draft, "S4.1.2", r::not_drafter, {}, r::already_exists},
    {"collection.revise", flow::from(s::draft), author | manager, 0, {}, "S4.1.2", r::not_author, {}, r::not_draft, writes},
    {"collection.submit", flow::from(s::draft), author, 0, s::submitted, "S4.1.2", r::not_author, {}, r::not_draft, awaited | writes},
    {"collection.return", flow::from(s::submitted), manager, author, s::draft, "S4.1.2", r::not_manager, r::own_plan, r::not_submitted, decides},
    {"collection.activate", flow::from(s::submitted), manager, author, s::active, "S4.1.2", r::not_manager, r::own_plan, r::not_submitted, awaited | decides, &is_ready},
    {"collection.pause", flow::from(s::active), owner | manager, 0, s::paused, "S4.1.2", r::not_keeper, {}, r::not_active, decides},
    {"collection.resume", flow::from(s::paused), owner | manager, 0, s::active, "S4.1.2", r::not_keeper, {}, r::not_paused, decides},
    {"collection.supersede", in_force, 0, 0, s::superseded, "S4.1.2", r::not_manager, {}, r::not_in_force},
    {"collection.retire", in_force, owner | manager, 0, s::retired, "S4.1.2", r::not_keeper, {}, r::not_in_force, decides},
    {"collection.discard", unactivated, author | manager, 0, s::discarded, "S4.1.2", r::not_author, {}, r::not_unactivated, decides},
    {"collection.hand_over", live, 0, 0, {}, "S1.3.4", r::not_manager, {}, r::closed},
}};
// clang-format on

namespace {

using outcome = decision<collection>;
using decided_events = decided<collection::event>;

using text::said;

// Without a print nothing can be activated.
std::string print_of(const collection::form& f, const context& by) { return by.prints ? by.prints->of(f) : std::string(); }

bool in_effect(const state&, const auto&, const context&) { return false; }
bool in_effect(const state& now, const collection::revise& c, const context& by) {
    return now.is == s::draft && !now.sha256.empty() && now.sha256 == print_of(c.form, by);
}
bool in_effect(const state& now, const collection::submit&, const context&) { return now.is == s::submitted; }
bool in_effect(const state& now, const collection::send_back& c, const context&) { return now.is == s::draft && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const collection::activate& c, const context&) { return now.is == s::active && now.sha256 == c.sha256 && now.said == said(c.type, c.note.value_or("")); }
bool in_effect(const state& now, const collection::pause& c, const context&) { return now.is == s::paused && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const collection::resume& c, const context&) { return now.is == s::active && now.said == said(c.type, c.note); }
bool in_effect(const state& now, const collection::supersede& c, const context&) { return now.is == s::superseded && now.superseded_by == c.by; }
bool in_effect(const state& now, const collection::retire& c, const context&) { return now.is == s::retired && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const collection::discard& c, const context&) { return now.is == s::discarded && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const collection::hand_over& c, const context&) { return now.owner != c.from && now.author != c.from; }

check form_at_fault(const collection::form& f, collection_id own, const context& by, std::uint32_t begun = 0) {
    if (const auto no = collecting::form_at_fault(f)) return no;
    if (const auto no = collecting::surroundings_at_fault(f, own, by)) return no;
    return forms::are_extras("F14", f.extras, by, begun) ? check{} : r::bad_extras;
}

check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const collection::revise& c, const state& now, const context& by) { return form_at_fault(c.form, now.id, by, now.form_version); }
check at_fault(const collection::activate& c, const state& now, const context&) {
    return !now.sha256.empty() && c.sha256 == now.sha256 ? check{} : r::other_form;
}
check at_fault(const collection::supersede& c, const state& now, const context& by) {
    const auto* next = by.others->find<collection>(c.by.value);
    const auto* before = next && next->is == s::active ? by.others->find<collection>(next->replaces.value) : nullptr;
    return before && *before == now ? check{} : r::bad_replaces;
}

collection::event event_of(const collection::revise& c, const state&, const context& by) { return happened::revised{c.form, print_of(c.form, by)}; }
collection::event event_of(const collection::submit&, const state&, const context&) { return happened::submitted{}; }
collection::event event_of(const collection::send_back& c, const state&, const context&) { return happened::returned{c.reason}; }
// What is due today was not asked for this morning; but the version before has asked for it, or would have.
collection::event event_of(const collection::activate& c, const state& now, const context& by) {
    const auto* before = now.replaces ? by.others->find<collection>(now.replaces.value) : nullptr;
    return happened::activated{c.sha256, before ? before->number + 1 : 1, before && before->is == s::active ? by.today : day_after(by.today), c.note};
}
collection::event event_of(const collection::pause& c, const state&, const context&) { return happened::paused{c.reason}; }
collection::event event_of(const collection::resume& c, const state&, const context& by) { return happened::resumed{c.note, day_after(by.today)}; }
collection::event event_of(const collection::supersede& c, const state&, const context&) { return happened::superseded{c.by}; }
collection::event event_of(const collection::retire& c, const state&, const context&) { return happened::retired{c.reason}; }
collection::event event_of(const collection::discard& c, const state&, const context&) { return happened::discarded{c.reason}; }
collection::event event_of(const collection::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

outcome decide_one(const state& now, const collection::draft& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    const auto& row = flow::row_of<collection, collection::draft>();
    if (const auto no = flow::who_refuses<collection>(row, now, by)) return *no;
    if (const auto no = form_at_fault(c.form, {}, by)) return *no;
    decided_events all;
    all.push_back(happened::drafted{by.who(), by.actor ? by.actor->department : events::department{}, c.form, print_of(c.form, by),
                                    by.flows ? by.flows->newest("collection") : 1});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<collection, Command>(now, by, [&] { return in_effect(now, c, by); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void take_form(state& of, const collection::form& f, const std::string& sha256) {
    of.name = f.name;
    of.source = f.source;
    of.holds = f.holds;
    of.set = f.set;
    of.rhythm = f.schedule.rhythm;
    of.owner = f.owner;
    of.replaces = f.replaces.value_or(collection_id{});
    of.sha256 = sha256;
    of.form_version = f.extras.form;
    of.plan = f;
}

void fold(state& of, const happened::drafted& e) {
    of.is = s::draft;
    of.flow = e.flow;
    of.author = e.by;
    of.department = e.department;
    take_form(of, e.form, e.sha256);
}
void fold(state& of, const happened::revised& e) {
    take_form(of, e.form, e.sha256);
    of.said = 0;
}
void fold(state& of, const happened::submitted&) { of.is = s::submitted; }
void fold(state& of, const happened::returned& e) {
    of.is = s::draft;
    of.said = said(collection::send_back::type, e.reason);
}
void fold(state& of, const happened::activated& e) {
    of.is = s::active;
    of.number = e.number;
    of.from = e.from;
    of.said = said(collection::activate::type, e.note.value_or(""));
}
void fold(state& of, const happened::paused& e) {
    of.is = s::paused;
    of.said = said(collection::pause::type, e.reason);
}
void fold(state& of, const happened::resumed& e) {
    of.is = s::active;
    of.from = e.from;
    of.said = said(collection::resume::type, e.note);
}
void fold(state& of, const happened::retired& e) {
    of.is = s::retired;
    of.said = said(collection::retire::type, e.reason);
}
void fold(state& of, const happened::superseded& e) {
    of.is = s::superseded;
    of.superseded_by = e.by;
}
void fold(state& of, const happened::discarded& e) {
    of.is = s::discarded;
    of.said = said(collection::discard::type, e.reason);
}
void fold(state& of, const happened::handed_over& e) {
    if (of.owner == e.from) of.owner = e.to;
    if (of.author == e.from) of.author = e.to;
}

flow::relations hand_in(const auto&) { return 0; }
flow::relations hand_in(const happened::drafted&) { return collection::author; }
flow::relations hand_in(const happened::revised&) { return collection::author; }
flow::relations hand_in(const happened::submitted&) { return collection::author; }

}  // namespace

decision<collection> collection::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void collection::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations collection::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto& who = *by.actor;
    const bool absent = now.is == s::absent;
    if (who.has("DA") && (absent || who.department == now.department)) are |= analyst;
    if (absent ? who.has("OM") : manages(who, now.department, by)) are |= manager;
    if (who.has("SL")) are |= leader;
    if (!absent && who.id == now.owner) are |= owner;
    if (!absent && who.id == now.author) are |= author;
    return are;
}

flow::relations collection::hand_in(const event& happened) {
    return std::visit([](const auto& e) { return core::hand_in(e); }, happened);
}

collection::rejection collection::wrong_state(const row& asked, status at) {
    return at == s::retired || at == s::superseded || at == s::discarded ? rejection::closed : asked.not_now;
}

collection_id line_of(collection_id of, const context& by) {
    constexpr int versions_most = 10'000;
    for (int n = 0; n < versions_most; ++n) {
        const auto* one = by.others->find<collection>(of.value);
        if (!one || !one->replaces) break;
        of = one->replaces;
    }
    return of;
}

}  // namespace core
