#include "core/incentive/incentive.hpp"

#include "core/incentive/faults.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/fingerprints.hpp"
#include "core/kernel/sealed.hpp"
#include "core/kernel/step.hpp"

namespace core {

using s = incentive_status;
using r = incentive_rejection;
namespace happened = events::incentive;

namespace {

using state = incentive::state;
using check = std::optional<r>;

check result_open(const state& now, const context& by) { return incentive_faults::ground_at_fault(now, by); }
check not_due(const state& now, const context& by) { return by.today < now.effective ? r::not_due : check{}; }

constexpr flow::guard<state, r> ground_stands{"result_stands", result_open};
constexpr flow::guard<state, r> is_due{"day_has_come", not_due};
using enum flow::step;

}  // namespace

// clang-format off
constexpr std::array<incentive::row, 10> incentive::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard
    {"incentive.propose", flow::from(s::absent), manager | personnel, beneficiary, s::proposed, "S6.3.4", r::not_proposer, r::own_incentive,
     r::already_exists},
    {"incentive.revise", flow::from(s::returned), keeper, beneficiary, s::proposed, "S6.3.4", r::not_proposer, r::own_incentive,
     r::not_returned, awaited},
    {"incentive.approve", flow::from(s::proposed), leader, proposer | beneficiary, s::approved, "D8", r::not_leader, r::own_proposal,
     r::not_pending, awaited, &ground_stands},
    {"incentive.return", flow::from(s::proposed), leader, proposer | beneficiary, s::returned, "D8", r::not_leader, r::own_proposal,
     r::not_pending},
    {"incentive.clarify", flow::from(s::proposed), leader, proposer | beneficiary, s::clarifying, "D8", r::not_leader, r::own_proposal,
     r::not_pending},
    {"incentive.answer", flow::from(s::clarifying), keeper, beneficiary, s::proposed, "D8", r::not_proposer, r::own_incentive,
     r::not_clarifying, awaited},
    {"incentive.reject", flow::from(s::proposed), leader, proposer | beneficiary, s::rejected, "D8", r::not_leader, r::own_proposal,
     r::not_pending},
    {"incentive.withdraw", undecided, keeper | personnel, beneficiary, s::withdrawn, "S6.3.4", r::not_proposer, r::own_incentive,
     r::decided_already},
    {"incentive.take_effect", flow::from(s::approved), personnel, beneficiary, s::effective, "S6.3.4", r::not_personnel, r::own_incentive,
     r::not_approved, optional, &is_due},
    {"incentive.hand_over", undecided, 0, 0, {}, "S1.3.4", r::not_proposer, {}, r::decided_already},
}};
// clang-format on

namespace {

using outcome = decision<incentive>;
using decided_events = decided<incentive::event>;

happened::proposal sealed(const incentive::form& f) {
    return {f.kind, f.member, f.appraisal.value_or(appraisal_id{}), f.election.value_or(election_id{}), f.amount, f.effective,
            about(f.member, f.terms), about(f.member, f.reason), about(f.member, f.extras)};
}

// Without a print nothing can be approved.
std::string print_of(const happened::proposal& p, const context& by) { return by.prints ? by.prints->of(p) : std::string(); }

bool in_effect(const state&, const auto&, const context&) { return false; }
bool in_effect(const state& now, const incentive::revise& c, const context& by) {
    return now.is == s::proposed && !now.sha256.empty() && now.sha256 == print_of(sealed(c.form), by);
}
bool in_effect(const state& now, const incentive::approve& c, const context&) {
    return (now.is == s::approved || now.is == s::effective) && now.sha256 == c.sha256;
}
bool in_effect(const state& now, const incentive::take_effect&, const context&) { return now.is == s::effective; }
bool in_effect(const state& now, const incentive::hand_over& c, const context&) { return now.proposer != c.from; }

incentive::event event_of(const incentive::revise& c, const state&, const context& by) {
    auto proposal = sealed(c.form);
    auto print = print_of(proposal, by);
    return happened::revised{by.who(), std::move(proposal), std::move(print)};
}
incentive::event event_of(const incentive::approve& c, const state& now, const context&) {
    return happened::approved{c.sha256, about(now.member, c.comment)};
}
incentive::event event_of(const incentive::send_back& c, const state& now, const context&) { return happened::returned{about(now.member, c.reason)}; }
incentive::event event_of(const incentive::clarify& c, const state& now, const context&) {
    return happened::clarification_asked{about(now.member, c.question)};
}
incentive::event event_of(const incentive::answer& c, const state& now, const context&) { return happened::clarified{about(now.member, c.answer)}; }
incentive::event event_of(const incentive::reject& c, const state& now, const context&) { return happened::rejected{about(now.member, c.reason)}; }
incentive::event event_of(const incentive::withdraw& c, const state& now, const context&) { return happened::withdrawn{about(now.member, c.reason)}; }
incentive::event event_of(const incentive::take_effect&, const state& now, const context&) { return happened::took_effect{now.sha256}; }
incentive::event event_of(const incentive::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

outcome decide_one(const state& now, const incentive::propose& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<incentive>(flow::row_of<incentive, incentive::propose>(), incentive::as_if(now, c, by), by)) return *no;
    if (const auto no = incentive_faults::form_at_fault(c.form, by)) return *no;
    auto proposal = sealed(c.form);
    auto print = print_of(proposal, by);
    decided_events all;
    all.push_back(happened::proposed{by.who(), std::move(proposal), std::move(print), by.flows ? by.flows->newest("incentive") : 1});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<incentive, Command>(now, by, [&] { return in_effect(now, c, by); }, [&] { return incentive_faults::at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void take(state& i, const happened::proposal& p, const std::string& sha256) {
    i.is = s::proposed;
    i.kind = p.kind;
    i.member = p.member;
    i.appraisal = p.appraisal;
    i.election = p.election;
    i.effective = p.effective;
    i.sha256 = sha256;
    i.form_version = p.extras.form;
}

void fold(state& i, const happened::proposed& e) {
    take(i, e.proposal, e.sha256);
    i.flow = e.flow;
    i.proposer = e.by;
}
void fold(state& i, const happened::revised& e) {
    take(i, e.proposal, e.sha256);
    i.proposer = e.by;
}
void fold(state& i, const happened::approved&) { i.is = s::approved; }
void fold(state& i, const happened::returned&) { i.is = s::returned; }
void fold(state& i, const happened::clarification_asked&) { i.is = s::clarifying; }
void fold(state& i, const happened::clarified&) { i.is = s::proposed; }
void fold(state& i, const happened::rejected&) { i.is = s::rejected; }
void fold(state& i, const happened::withdrawn&) { i.is = s::withdrawn; }
void fold(state& i, const happened::took_effect&) { i.is = s::effective; }
void fold(state& i, const happened::handed_over& e) {
    if (i.proposer == e.from) i.proposer = e.to;
}

flow::relations hand_in(const auto&) { return 0; }
flow::relations hand_in(const happened::proposed&) { return incentive::proposer; }
flow::relations hand_in(const happened::revised&) { return incentive::proposer; }
flow::relations hand_in(const happened::clarified&) { return incentive::proposer; }

}  // namespace

bool may_see_incentive(const incentive::state& of, const person& reader) {
    if (!reader.active || of.is == s::absent) return false;
    const bool released = of.is == s::approved || of.is == s::effective;
    if (reader.id == of.member) return released;  // not before, whatever else they are
    return reader.id == of.proposer || reader.has("SL") || reader.has("HR") || (!of.proposer && reader.has("OM"));
}

bool sees_outcome_alone(const incentive::state& of, const person& reader) { return reader.id == of.member; }

namespace {

/// Belongs to what was granted.
struct is_of_outcome {
    const incentive::state& of;
    bool operator()(const happened::proposed& e) const { return e.sha256 == of.sha256; }
    bool operator()(const happened::revised& e) const { return e.sha256 == of.sha256; }
    bool operator()(const happened::approved&) const { return true; }
    bool operator()(const happened::took_effect&) const { return true; }
    bool operator()(const auto&) const { return false; }
};

}  // namespace

bool may_read(const events::incentive::any& what, const incentive::state& of, const person& reader) {
    return may_see_incentive(of, reader) && (!sees_outcome_alone(of, reader) || std::visit(is_of_outcome{of}, what));
}

std::vector<incentive::command> due_commands(const incentive::state& now, const context& by) {
    if (now.is != s::approved || by.today < now.effective) return {};
    return {incentive::take_effect{}};
}

decision<incentive> incentive::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void incentive::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations incentive::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto& who = *by.actor;
    const auto* whom = by.people->find(now.member);
    const bool of_theirs = who.has("OM") && (!whom || manages(who, whom->department, by));
    if (of_theirs) are |= manager;
    if (who.has("HR")) are |= personnel;
    if (who.has("SL")) are |= leader;
    // What the system proposed from an election is looked after by those who could have.
    const bool of_the_house = now.is != s::absent && !now.proposer && (of_theirs || who.has("HR"));
    if (now.proposer && who.id == now.proposer) are |= proposer | keeper;
    if (of_the_house) are |= keeper;
    if (who.id == now.member) are |= beneficiary;
    return are;
}

// Who may depends on who is to get it.
incentive::state incentive::as_if(const state& now, const command& asked, const context&) {
    auto made = now;
    if (const auto* c = std::get_if<propose>(&asked)) made.member = c->form.member;
    return made;
}

flow::holders incentive::holders(const state& now) { return {{now.proposer, proposer}}; }
flow::relations incentive::hand_in(const event& happened) {
    return std::visit([](const auto& e) { return core::hand_in(e); }, happened);
}
flow::relations incentive::settled_by(const event&) { return 0; }

incentive::rejection incentive::wrong_state(const row& asked, status at) {
    return at == s::rejected || at == s::withdrawn || at == s::effective ? rejection::closed : asked.not_now;
}

}  // namespace core
