#include "core/appraisal/appraisal.hpp"
#include "core/appraisal/people.hpp"
#include "core/appraisal/visibility.hpp"
#include "core/cycle/cycle.hpp"

namespace core {

bool may_see(const appraisal::state& of, const context& by) { return may_see_appraisal(of, *by.actor, by); }
/// While its cycle calibrates, that is more of it than its dossier.
bool is_listed(const appraisal::state& of, const context& by) { return may_see_scores(of, *by.actor, by); }
bool may_read(const appraisal::event& happened, const appraisal::state& of, const context& by) { return may_read(happened, of, *by.actor, by); }

std::string name_of(const appraisal::state& of) { return period_name(of.year, of.quarter); }
member_id about(const appraisal::state& of) { return of.employee; }

bool is_work_of(const appraisal::state& of, member_id who) {
    return of.evaluator == who && ((appraisal::pending | flow::from(appraisal_status::appealed)) & flow::from(of.is)) != 0;
}

// Who takes over can't evaluate themselves: that goes higher.
appraisal::command handed_over(const appraisal::state& of, member_id from, member_id to, const context& by) {
    if (to != of.employee) return appraisal::hand_over{from, to};
    const auto* leaving = by.people->find(from);
    const auto above = leaving ? leaving->superior : member_id{};
    const bool can = above && above != of.employee && by.people->is_active(above);
    return appraisal::hand_over{from, can ? above : appraisal_people::evaluator_for(of.employee, by)};
}

std::optional<date> said_due(const appraisal::state& of, std::string_view command, const context& by) {
    const auto* in = by.others->find<cycle>(of.cycle.value);
    const bool self = command == appraisal::submit_self::type;
    if (!in || !(self || command == appraisal::evaluate::type)) return std::nullopt;
    if (of.extended_until) return of.extended_until;
    if (of.anew) return std::nullopt;
    return self ? in->schedule.self_closes : in->schedule.evaluation_closes;
}

concerned concerned_by(const appraisal::event& happened, const appraisal::state& of, const events::envelope&, const context&) {
    using namespace events::appraisal;
    concerned all;
    std::visit([&]<class Event>(const Event& e) {
        if constexpr (is_one_of<Event, self_returned, finalised, appeal_upheld, appeal_rejected, reopened, applied, cancelled, extended, appeal_extended,
                                evaluator_changed>)
            all.add(of.employee);
        if constexpr (is_one_of<Event, talk_returned, appeal_upheld, appeal_rejected, reopened, cancelled, extended>) all.add(of.evaluator);
        if constexpr (is_one_of<Event, evaluator_changed>) all.add({e.from, e.to});
        // A result can be appealed against until a day.
        if constexpr (is_one_of<Event, finalised>) all.until = e.appeal_until;
        if constexpr (is_one_of<Event, appeal_extended>) all.until = e.until;
    }, happened);
    return all;
}

bool is_own(const appraisal::state& of, member_id who) { return of.employee == who || of.evaluator == who; }
date due_of(const appraisal::state& of) { return period_of(of.kind, of.year, of.quarter).last; }

/// What is sealed now is sealed in the past: of the other side's form, not even a number (D4).
void seal_as_now(appraisal::state& then, const appraisal::state& now, member_id reader) {
    if (is_unsealed(now) || !is_unsealed(then)) return;
    if (reader != now.employee) std::fill(then.self.begin(), then.self.end(), std::nullopt);
    if (reader != now.evaluator) {
        std::fill(then.superior.begin(), then.superior.end(), std::nullopt);
        std::fill(then.calibrated.begin(), then.calibrated.end(), std::nullopt);
    }
    std::erase_if(then.evidence, [&](const appraisal::piece& p) { return !may_see_piece(p, now, reader); });
    then.result.reset();
    then.grade.reset();
    then.breakdown.reset();
}

section appraisal::section_of(const event& happened) {
    namespace a = events::appraisal;
    if (std::holds_alternative<a::opened>(happened)) return {"opening"};
    if (std::holds_alternative<a::self_drafted>(happened)) return {"F6_draft"};
    if (std::holds_alternative<a::self_submitted>(happened)) return {"F6"};
    if (std::holds_alternative<a::evaluation_drafted>(happened)) return {"F7_draft"};
    if (std::holds_alternative<a::evaluated>(happened)) return {"F7"};
    if (std::holds_alternative<a::talk_recorded>(happened) || std::holds_alternative<a::talk_revised>(happened)) return {"F8"};
    if (std::holds_alternative<a::calibrated>(happened)) return {"calibrations", true};
    if (std::holds_alternative<a::finalised>(happened)) return {"result"};
    if (std::holds_alternative<a::appealed>(happened)) return {"appeal"};
    if (std::holds_alternative<a::appeal_upheld>(happened) || std::holds_alternative<a::appeal_rejected>(happened)) return {"appeal_verdict"};
    return {};
}

// To another evaluator, and with it the sight of its improvement plan's tasks.
sight_change appraisal::changes_sight(const event& happened) {
    namespace a = events::appraisal;
    const bool moved = std::visit([]<class Event>(const Event&) { return is_one_of<Event, a::handed_over, a::evaluator_changed, a::appeal_upheld, a::reopened>; }, happened);
    return {.own = moved, .others = moved};
}

}  // namespace core
