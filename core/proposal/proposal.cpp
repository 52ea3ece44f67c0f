#include "core/proposal/proposal.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"

namespace core {

using s = proposal_status;
using r = proposal_rejection;
namespace happened = events::proposal;

namespace {
using enum flow::step;
}

// clang-format off
constexpr std::array<proposal::row, 11> proposal::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step
    {"proposal.file", flow::from(s::absent), anyone, 0, s::filed, "S1.3.5", {}, {}, r::already_exists},
    {"proposal.revise", flow::from(s::returned), proposer, 0, s::filed, "S1.3.5", r::not_proposer, {}, r::not_returned, awaited | writes},
    {"proposal.adopt", flow::from(s::filed), manager, inventor, s::adopted, "S1.3.5", r::not_manager, r::own_proposal, r::not_filed, awaited},
    {"proposal.return", flow::from(s::filed), manager, inventor, s::returned, "S1.3.5", r::not_manager, r::own_proposal, r::not_filed},
    {"proposal.clarify", flow::from(s::filed), manager, inventor, s::clarifying, "S1.3.5", r::not_manager, r::own_proposal, r::not_filed},
    {"proposal.answer", flow::from(s::clarifying), proposer, 0, s::filed, "S1.3.5", r::not_proposer, {}, r::not_clarifying, awaited | writes},
    {"proposal.reject", flow::from(s::filed), manager, inventor, s::rejected, "S1.3.5", r::not_manager, r::own_proposal, r::not_filed},
    {"proposal.withdraw", undecided, proposer, 0, s::withdrawn, "S1.3.5", r::not_proposer, {}, r::decided_already},
    {"proposal.carry_out", flow::from(s::adopted), manager, inventor, s::carried_out, "S1.3.5", r::not_manager, r::own_proposal, r::not_adopted,
     awaited},
    {"proposal.drop", flow::from(s::adopted), manager, inventor, s::dropped, "S1.3.5", r::not_manager, r::own_proposal, r::not_adopted},
    {"proposal.hand_over", undecided, 0, 0, {}, "S1.3.4", r::not_manager, {}, r::decided_already},
}};
// clang-format on

namespace {

using state = proposal::state;
using check = std::optional<r>;
using outcome = decision<proposal>;
using decided_events = decided<proposal::event>;

using text::said;

bool in_effect(const state&, const auto&) { return false; }
bool in_effect(const state& now, const proposal::adopt& c) { return now.is == s::adopted && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const proposal::send_back& c) { return now.is == s::returned && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const proposal::clarify& c) { return now.is == s::clarifying && now.said == said(c.type, c.question); }
bool in_effect(const state& now, const proposal::answer& c) { return now.is == s::filed && now.said == said(c.type, c.answer); }
bool in_effect(const state& now, const proposal::reject& c) { return now.is == s::rejected && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const proposal::withdraw& c) { return now.is == s::withdrawn && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const proposal::carry_out& c) { return now.is == s::carried_out && now.said == said(c.type, c.effect); }
bool in_effect(const state& now, const proposal::drop& c) { return now.is == s::dropped && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const proposal::hand_over& c) { return now.proposer != c.from; }

check form_at_fault(const proposal::form& f, member_id proposer, const context& by, std::uint32_t begun = 0) {
    if (forms::contains(f.with, proposer)) return r::bad_with;
    return forms::are_extras("proposal", f.extras, by, begun) ? check{} : r::bad_extras;
}

check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const proposal::revise& c, const state& now, const context& by) { return form_at_fault(c.form, now.proposer, by, now.form); }

proposal::event event_of(const proposal::revise& c, const state&) { return happened::revised{c.form}; }
proposal::event event_of(const proposal::adopt& c, const state& now) {
    std::vector<member_id> credited{now.proposer};
    credited.insert(credited.end(), now.with.begin(), now.with.end());
    return happened::adopted{c.reason, std::move(credited)};
}
proposal::event event_of(const proposal::send_back& c, const state&) { return happened::returned{c.reason}; }
proposal::event event_of(const proposal::clarify& c, const state&) { return happened::clarification_asked{c.question}; }
proposal::event event_of(const proposal::answer& c, const state&) { return happened::clarified{c.answer}; }
proposal::event event_of(const proposal::reject& c, const state&) { return happened::rejected{c.reason}; }
proposal::event event_of(const proposal::withdraw& c, const state&) { return happened::withdrawn{c.reason}; }
proposal::event event_of(const proposal::carry_out& c, const state&) { return happened::carried_out{c.effect}; }
proposal::event event_of(const proposal::drop& c, const state&) { return happened::dropped{c.reason}; }
proposal::event event_of(const proposal::hand_over& c, const state&) { return happened::handed_over{c.from, c.to}; }

outcome decide_one(const state& now, const proposal::file& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    const auto& row = flow::row_of<proposal, proposal::file>();
    if (const auto no = flow::who_refuses<proposal>(row, now, by)) return *no;
    if (const auto no = form_at_fault(c.form, by.who(), by)) return *no;
    const auto own = by.actor ? by.actor->department : events::department{};
    if (c.to && !has_manager(*c.to, by)) return r::bad_addressee;
    const auto to = c.to ? *c.to : addressee(own, by);
    decided_events all;
    all.push_back(happened::filed{by.who(), own, c.form, by.flows ? by.flows->newest("proposal") : 1, to});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<proposal, Command>(now, by, [&] { return in_effect(now, c); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c, now); });
}

void take_form(state& p, const proposal::form& f) {
    p.kind = f.kind;
    p.title = f.title;
    p.with = f.with;
    p.form = f.extras.form;
}

void fold(state& p, const happened::filed& e) {
    p.is = s::filed;
    p.flow = e.flow;
    p.proposer = e.proposer;
    p.department = e.department;
    p.to = e.to;
    take_form(p, e.form);
}
void fold(state& p, const happened::revised& e) {
    p.is = s::filed;
    p.said = 0;
    take_form(p, e.form);
}
void fold(state& p, const happened::adopted& e) {
    p.is = s::adopted;
    p.credited = e.credited;
    p.said = said(proposal::adopt::type, e.reason);
}
void fold(state& p, const happened::returned& e) {
    p.is = s::returned;
    p.said = said(proposal::send_back::type, e.reason);
}
void fold(state& p, const happened::clarification_asked& e) {
    p.is = s::clarifying;
    p.said = said(proposal::clarify::type, e.question);
}
void fold(state& p, const happened::clarified& e) {
    p.is = s::filed;
    p.said = said(proposal::answer::type, e.answer);
}
void fold(state& p, const happened::rejected& e) {
    p.is = s::rejected;
    p.said = said(proposal::reject::type, e.reason);
}
void fold(state& p, const happened::withdrawn& e) {
    p.is = s::withdrawn;
    p.said = said(proposal::withdraw::type, e.reason);
}
void fold(state& p, const happened::carried_out& e) {
    p.is = s::carried_out;
    p.said = said(proposal::carry_out::type, e.effect);
}
void fold(state& p, const happened::dropped& e) {
    p.is = s::dropped;
    p.said = said(proposal::drop::type, e.reason);
}
// Whose idea it was keeps the credit: who takes over answers for it.
void fold(state& p, const happened::handed_over& e) {
    if (p.proposer != e.from) return;
    p.proposer = e.to;
    std::erase(p.with, e.to);
    if (!forms::contains(p.with, e.from)) p.with.push_back(e.from);
}

}  // namespace

decision<proposal> proposal::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void proposal::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations proposal::relations_of(const state& now, const context& by) {
    flow::relations are = anyone;
    const auto who = by.actor->id;
    if (now.is == s::absent ? by.actor->has("OM") : manages(*by.actor, now.to ? *now.to : now.department, by)) are |= manager;
    if (by.actor->has("SL")) are |= leader;
    if (now.is == s::absent) return are;
    if (who == now.proposer) are |= proposer | inventor;
    if (forms::contains(now.with, who)) are |= inventor;
    return are;
}

flow::holders proposal::holders(const state& now) {
    flow::holders all{{now.proposer, proposer | inventor}};
    for (const auto who : now.with) all.push_back({who, inventor});
    return all;
}
flow::relations proposal::hand_in(const event& happened) {
    namespace e = events::proposal;
    const bool wrote = std::holds_alternative<e::filed>(happened) || std::holds_alternative<e::revised>(happened) || std::holds_alternative<e::clarified>(happened);
    return wrote ? inventor : 0;
}
flow::relations proposal::settled_by(const event&) { return 0; }

proposal::rejection proposal::wrong_state(const row& asked, status at) {
    return undecided & flow::from(at) || at == s::adopted ? asked.not_now : rejection::closed;
}

}  // namespace core
