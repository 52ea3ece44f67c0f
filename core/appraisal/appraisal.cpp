#include "core/appraisal/appraisal.hpp"

#include "core/appraisal/faults.hpp"
#include "core/appraisal/happenings.hpp"
#include "core/appraisal/people.hpp"
#include "core/appraisal/score.hpp"
#include "core/cycle/cycle.hpp"
#include "core/incentive/incentive.hpp"
#include "core/kernel/text.hpp"

namespace core {

using s = appraisal_status;
using r = appraisal_rejection;

namespace {

using state = appraisal::state;
using check = std::optional<r>;

cycle_status cycle_at(const state& now, const context& by) {
    const auto* in = by.others->find<cycle>(now.cycle.value);
    return in ? in->is : cycle_status::absent;
}
bool is_extended(const state& now, const context& by) { return now.extended_until && by.today <= *now.extended_until; }

check self_closed(const state& now, const context& by) {
    return cycle_at(now, by) == cycle_status::open || is_extended(now, by) ? check{} : r::self_is_closed;
}
check evaluation_closed(const state& now, const context& by) {
    const auto at = cycle_at(now, by);
    const bool open = at == cycle_status::open || at == cycle_status::self_closed;
    return open || now.anew || is_extended(now, by) ? check{} : r::evaluation_is_closed;
}
// F7 waits for F6 as long as that may come.
check not_evaluable(const state& now, const context& by) {
    if (const auto no = evaluation_closed(now, by)) return no;
    const bool waits = (now.is == s::opened || now.is == s::self_draft) && !self_closed(now, by);
    return waits ? r::self_is_out : check{};
}
check not_calibrating(const state& now, const context& by) {
    return cycle_at(now, by) == cycle_status::calibration ? check{} : r::not_calibrating;
}
// A result is fixed once calibration has begun, and a year's once its quarters are.
check not_finalisable(const state& now, const context& by) {
    const auto at = cycle_at(now, by);
    if (at != cycle_status::calibration && at != cycle_status::closed) return r::not_calibrated;
    const bool waits = now.kind == events::cycle::kind::annual && scores::has_pending_quarter(now.employee, now.year, by);
    return waits ? r::quarters_pending : check{};
}
check not_appealable(const state& now, const context& by) {
    if (now.appealed) return r::appealed_before;
    return now.appeal_until && by.today <= *now.appeal_until ? check{} : r::appeal_is_late;
}
// Nothing is made of a result that can still be appealed, nor before all that was proposed is decided.
check not_applicable(const state& now, const context& by) {
    if (!not_appealable(now, by)) return r::appeal_still_possible;
    const auto highest = by.others->highest(events::category::incentive);
    for (std::uint64_t n = 1; n <= highest; ++n) {
        const auto* one = by.others->find<incentive>(n);
        if (one && one->appraisal == now.id && (incentive::undecided & flow::from(one->is))) return r::incentives_pending;
    }
    return {};
}

constexpr flow::guard<state, r> self_open{"self_open", self_closed};
constexpr flow::guard<state, r> evaluation_open{"evaluation_open", evaluation_closed};
constexpr flow::guard<state, r> evaluable{"self_in_or_closed", not_evaluable};
constexpr flow::guard<state, r> calibrating{"cycle_calibrates", not_calibrating};
constexpr flow::guard<state, r> finalisable{"cycle_calibrated_and_quarters_final", not_finalisable};
constexpr flow::guard<state, r> appealable{"within_appeal_days", not_appealable};
constexpr flow::guard<state, r> applicable{"appeal_days_over_and_incentives_decided", not_applicable};

using enum flow::step;
constexpr auto before_evaluation = flow::from(s::opened, s::self_draft, s::self_submitted, s::reopened);
constexpr auto calibratable = flow::from(s::evaluated, s::talk_recorded, s::talk_held);

}  // namespace

// clang-format off
constexpr std::array<appraisal::row, 25> appraisal::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard
    {"appraisal.open", flow::from(s::absent), personnel, 0, s::opened, "S6.2", r::not_personnel, {}, r::already_exists},
    {"appraisal.draft_self", flow::from(s::opened, s::self_draft), employee, 0, s::self_draft, "S6.3.1", r::not_employee, {}, r::self_is_in,
     own_word, &self_open},
    {"appraisal.submit_self", flow::from(s::opened, s::self_draft), employee, 0, s::self_submitted, "S6.3.1", r::not_employee, {},
     r::self_is_in, awaited | own_word, &self_open},
    {"appraisal.return_self", flow::from(s::self_submitted, s::evaluated, s::reopened), evaluator, employee, s::self_draft, "S6.3.1",
     r::not_evaluator, r::own_appraisal, r::self_is_out},
    {"appraisal.draft_evaluation", before_evaluation, evaluator, employee, {}, "S6.3.2", r::not_evaluator, r::own_appraisal,
     r::evaluation_is_in, optional, &evaluation_open},
    {"appraisal.evaluate", before_evaluation, evaluator, employee, s::evaluated, "S6.3.2", r::not_evaluator, r::own_appraisal,
     r::evaluation_is_in, awaited, &evaluable},
    {"appraisal.extend", before_evaluation, reviewer, employee | evaluator, {}, "S6.2", r::not_reviewer, r::own_appraisal,
     r::evaluation_is_in},
    {"appraisal.suggest_evidence", pending, 0, 0, {}, "S6.3.2", r::not_party, {}, r::already_final},
    {"appraisal.add_evidence", pending, employee | evaluator, 0, {}, "S6.3.2", r::not_party, {}, r::already_final, own_word},
    {"appraisal.remove_evidence", pending, employee | evaluator, 0, {}, "S6.3.2", r::not_party, {}, r::already_final, own_word},
    {"appraisal.record_talk", flow::from(s::evaluated), evaluator, employee, s::talk_recorded, "S6.3.3", r::not_evaluator, r::own_appraisal,
     r::not_evaluated, awaited},
    {"appraisal.revise_talk", flow::from(s::talk_recorded), evaluator, employee, {}, "S6.3.3", r::not_evaluator, r::own_appraisal,
     r::not_recorded},
    {"appraisal.confirm_talk", flow::from(s::talk_recorded), employee | evaluator, 0, {}, "S6.3.3", r::not_party, {}, r::not_recorded,
     awaited | each | own_word, nullptr, unconfirmed},
    {"appraisal.return_talk", flow::from(s::talk_recorded), employee, 0, s::evaluated, "S6.3.3", r::not_employee, {}, r::not_recorded, own_word},
    {"appraisal.calibrate", calibratable, personnel | leader, employee | evaluator, {}, "D2", r::not_calibrator, r::own_evaluation,
     r::not_evaluated, optional, &calibrating},
    {"appraisal.finalise", flow::from(s::talk_held), reviewer, employee | evaluator, s::finalised, "D2", r::not_reviewer, r::own_evaluation,
     r::talk_not_held, awaited, &finalisable},
    {"appraisal.appeal", flow::from(s::finalised), employee, 0, s::appealed, "S6.3.4", r::not_employee, {}, r::not_final, own_word,
     &appealable},
    {"appraisal.uphold_appeal", flow::from(s::appealed), hearer, employee | evaluator | judge, s::reopened, "S6.3.4", r::not_arbiter,
     r::own_evaluation, r::not_appealed, awaited},
    {"appraisal.reject_appeal", flow::from(s::appealed), hearer, employee | evaluator | judge, s::finalised, "S6.3.4", r::not_arbiter,
     r::own_evaluation, r::not_appealed},
    {"appraisal.reopen", flow::from(s::finalised, s::applied), arbiter, employee | evaluator, s::reopened, "S6.3.4", r::not_arbiter,
     r::own_evaluation, r::not_final},
    {"appraisal.apply", flow::from(s::finalised), leader, employee, s::applied, "S6.3.4", r::not_leader, r::own_appraisal, r::not_final,
     awaited, &applicable},
    {"appraisal.cancel", pending, reviewer, employee, s::cancelled, "S6.2", r::not_reviewer, r::own_appraisal, r::already_final},
    {"appraisal.hand_over", pending | flow::from(s::appealed), 0, 0, {}, "S1.3.4", r::not_party, {}, r::closed},
    {"appraisal.change_evaluator", pending, reviewer | personnel, employee, {}, "S6.3.2", r::not_reviewer, r::own_appraisal, r::already_final},
    {"appraisal.extend_appeal", flow::from(s::finalised), 0, 0, {}, "S6.3.4", r::not_reviewer, {}, r::not_final},
}};
// clang-format on

namespace {

using outcome = decision<appraisal>;
using decided_events = decided<appraisal::event>;

bool in_effect(const state&, const auto&, const context&) { return false; }
bool in_effect(const state& now, const appraisal::extend& c, const context&) { return now.extended_until == c.until; }
bool in_effect(const state& now, const appraisal::extend_appeal& c, const context&) { return now.appeal_until == c.until; }
bool in_effect(const state& now, const appraisal::add_evidence& c, const context&) {
    const auto place = now.find(c.indicator);
    return place && std::any_of(now.evidence.begin(), now.evidence.end(),
                                [&](const auto& p) { return p.indicator == *place && p.at == c.evidence.at && !p.removed; });
}
bool in_effect(const state& now, const appraisal::confirm_talk&, const context& by) {
    if (!(flow::from(s::talk_recorded, s::talk_held) & flow::from(now.is))) return false;
    return by.who() == now.employee ? now.employee_confirmed : now.evaluator_confirmed;
}
bool in_effect(const state& now, const appraisal::apply&, const context&) { return now.is == s::applied; }
bool in_effect(const state& now, const appraisal::cancel&, const context&) { return now.is == s::cancelled; }
bool in_effect(const state& now, const appraisal::change_evaluator& c, const context&) { return now.evaluator == c.to; }
bool in_effect(const state& now, const appraisal::hand_over& c, const context&) { return now.evaluator != c.from; }

outcome decide_one(const state& now, const appraisal::open& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<appraisal>(flow::row_of<appraisal, appraisal::open>(), now, by)) return *no;
    if (const auto no = appraisal_faults::at_fault(c, by)) return *no;
    decided_events all;
    all.push_back(appraisal_happenings::event_of(c, by));
    return all;
}

// What the sources found and is new; what was removed is not suggested again.
outcome decide_one(const state& now, const appraisal::suggest_evidence& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    const auto& row = flow::row_of<appraisal, appraisal::suggest_evidence>();
    if (!by.by_system()) return row.not_yours;
    if (const auto no = flow::state_refuses<appraisal>(row, now, by)) return *no;
    decided_events all;
    auto fresh = appraisal_happenings::news(c, now);
    if (!fresh.found.empty()) all.push_back(std::move(fresh));
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    const auto& row = flow::row_of<appraisal, Command>();
    // What one of the two says is said by a person (S1.3.1).
    const bool of_the_two = row.may != 0 && !(row.may & ~(appraisal::employee | appraisal::evaluator));
    if (by.by_system() && of_the_two) return row.not_yours;
    if (const auto no = flow::who_refuses<appraisal>(row, now, by)) return *no;
    if (in_effect(now, c, by)) return decided_events{};
    if (const auto no = flow::state_refuses<appraisal>(row, now, by)) return *no;
    if (const auto no = appraisal_faults::at_fault(c, now, by)) return *no;
    decided_events all;
    all.push_back(appraisal_happenings::event_of(c, now, by));
    return all;
}

}  // namespace

std::optional<std::size_t> appraisal::state::find(std::string_view code) const {
    const auto at = std::find_if(indicators.begin(), indicators.end(), [&](const auto& one) { return one.code == code; });
    return at == indicators.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - indicators.begin()));
}

decision<appraisal> appraisal::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

flow::relations appraisal::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto& who = *by.actor;
    if (who.id == now.employee) are |= employee | (now.employee_confirmed ? 0 : unconfirmed);
    if (who.id == now.evaluator) are |= evaluator | (now.evaluator_confirmed ? 0 : unconfirmed);
    if (appraisal_people::reviews(who, now, by)) are |= reviewer;
    if (appraisal_people::arbitrates(who, now, by)) are |= arbiter;
    if (appraisal_people::hears(who, now, by)) are |= hearer;
    if (who.has("SL")) are |= leader;
    if (who.has("HR")) are |= personnel;
    return are;
}

// Who has evaluated has, whoever evaluates now; and who has finalised it does not say whether that was right.
flow::relations appraisal::hand_in(const event& happened) {
    namespace e = events::appraisal;
    const auto is = [&]<class... One>(std::type_identity<One>...) { return (std::holds_alternative<One>(happened) || ...); };
    if (is(std::type_identity<e::evaluation_drafted>{}, std::type_identity<e::evaluated>{}, std::type_identity<e::self_returned>{},
           std::type_identity<e::talk_recorded>{}, std::type_identity<e::talk_revised>{}))
        return evaluator;
    return is(std::type_identity<e::finalised>{}) ? judge : 0;
}
flow::holders appraisal::holders(const state&) { return {}; }
flow::relations appraisal::settled_by(const event&) { return 0; }

appraisal::rejection appraisal::wrong_state(const row& asked, status at) {
    if (at == s::cancelled) return rejection::closed;
    return (flow::from(at) & final) && !(asked.in & final) ? rejection::already_final : asked.not_now;
}

}  // namespace core
