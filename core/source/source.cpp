#include "core/source/source.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"

namespace core {

using s = source_status;
using r = source_rejection;
namespace happened = events::source;

namespace {
using enum flow::step;
}

// clang-format off
constexpr std::array<source::row, 6> source::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step
    {"source.register", flow::from(s::absent), analyst | manager, 0, s::registered, "S4.1.1", r::not_registrar, {}, r::already_exists},
    {"source.change", in_use, owner | analyst | manager, 0, {}, "S4.1.1", r::not_keeper, {}, r::closed, decides},
    {"source.connect", flow::from(s::registered, s::disconnected), owner | analyst, 0, s::connected, "S4.1.1", r::not_keeper, {}, r::connected_already, awaited},
    {"source.disconnect", flow::from(s::connected), owner | analyst, 0, s::disconnected, "S4.1.1", r::not_keeper, {}, r::not_connected},
    {"source.retire", in_use, manager, 0, s::retired, "S4.1.1", r::not_manager, {}, r::closed, decides},
    {"source.hand_over", in_use, 0, 0, {}, "S1.3.4", r::not_manager, {}, r::closed},
}};
// clang-format on

namespace {

using state = source::state;
using check = std::optional<r>;
using outcome = decision<source>;
using decided_events = decided<source::event>;

using text::said;

bool in_effect(const state&, const auto&) { return false; }
bool in_effect(const state& now, const source::connect& c) { return now.is == s::connected && now.said == said(c.type, c.note); }
bool in_effect(const state& now, const source::disconnect& c) { return now.is == s::disconnected && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const source::retire& c) { return now.is == s::retired && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const source::hand_over& c) { return now.owner != c.from; }

/// Two of a name in one department would be taken for each other.
bool is_taken(const std::string& name, const events::department& of, const context& by) {
    const auto highest = by.others->highest(source::category);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* other = by.others->find<source>(n);
        if (other && (source::in_use & flow::from(other->is)) && other->department == of && other->name == name) return true;
    }
    return false;
}

// What it is called already, it may go on being called.
check form_at_fault(const source::form& f, const events::department& of, const state& now, const context& by, std::uint32_t begun = 0) {
    if (f.name != now.name && is_taken(f.name, of, by)) return r::name_taken;
    return forms::are_extras("source", f.extras, by, begun) ? check{} : r::bad_extras;
}

check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const source::change& c, const state& now, const context& by) { return form_at_fault(c.form, now.department, now, by, now.form_version); }

source::event event_of(const source::change& c) { return happened::changed{c.form, c.reason}; }
source::event event_of(const source::connect& c) { return happened::connected{c.note}; }
source::event event_of(const source::disconnect& c) { return happened::disconnected{c.reason}; }
source::event event_of(const source::retire& c) { return happened::retired{c.reason}; }
source::event event_of(const source::hand_over& c) { return happened::handed_over{c.from, c.to}; }

outcome decide_one(const state& now, const source::enter& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    const auto& row = flow::row_of<source, source::enter>();
    if (const auto no = flow::who_refuses<source>(row, now, by)) return *no;
    const auto own = by.actor ? by.actor->department : events::department{};
    if (const auto no = form_at_fault(c.form, own, now, by)) return *no;
    decided_events all;
    all.push_back(happened::registered{own, c.form, by.flows ? by.flows->newest("source") : 1});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<source, Command>(now, by, [&] { return in_effect(now, c); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c); });
}

void take_form(state& of, const source::form& f) {
    of.kind = f.kind;
    of.name = f.name;
    of.holds = f.holds;
    of.owner = f.owner;
    of.form_version = f.extras.form;
}

void fold(state& of, const happened::registered& e) {
    of.is = s::registered;
    of.flow = e.flow;
    of.department = e.department;
    take_form(of, e.form);
}
void fold(state& of, const happened::changed& e) { take_form(of, e.form); }
void fold(state& of, const happened::connected& e) {
    of.is = s::connected;
    of.said = said(source::connect::type, e.note);
}
void fold(state& of, const happened::disconnected& e) {
    of.is = s::disconnected;
    of.said = said(source::disconnect::type, e.reason);
}
void fold(state& of, const happened::retired& e) {
    of.is = s::retired;
    of.said = said(source::retire::type, e.reason);
}
void fold(state& of, const happened::handed_over& e) {
    if (of.owner == e.from) of.owner = e.to;
}

}  // namespace

decision<source> source::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void source::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations source::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto& who = *by.actor;
    const bool absent = now.is == s::absent;
    if (who.has("DA") && (absent || who.department == now.department)) are |= analyst;
    if (absent ? who.has("OM") : manages(who, now.department, by)) are |= manager;
    if (who.has("SL")) are |= leader;
    if (!absent && who.id == now.owner) are |= owner;
    return are;
}

}  // namespace core
