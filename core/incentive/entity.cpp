#include "core/incentive/incentive.hpp"
#include "core/kernel/audience.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace core {

// Not before it is released what is for themselves, whomever they stand in for.
bool may_see(const incentive::state& of, const context& by) {
    if (of.member == by.actor->id) return may_see_incentive(of, *by.actor);
    return access::self_or_stood_in_for(by, [&](const person& p) { return p.id != of.member && may_see_incentive(of, p); });
}

bool may_read(const incentive::event& happened, const incentive::state& of, const context& by) {
    return of.member == by.actor->id ? may_read(happened, of, *by.actor) : may_see(of, by);
}

/// "bonus"
std::string name_of(const incentive::state& of) { return boost::describe::enum_to_string(of.kind, "?"); }
member_id about(const incentive::state& of) { return of.member; }

bool is_work_of(const incentive::state& of, member_id who) { return of.proposer == who && (incentive::undecided & flow::from(of.is)) != 0; }

// Who takes over can't look after what is for them: that goes higher.
incentive::command handed_over(const incentive::state& of, member_id from, member_id to, const context& by) {
    const auto* leaving = by.people->find(from);
    return incentive::hand_over{from, to != of.member ? to : leaving ? leaving->superior : member_id{}};
}

concerned concerned_by(const incentive::event& happened, const incentive::state& of, const events::envelope&, const context&) {
    using namespace events::incentive;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, approved, returned, rejected, withdrawn>) all.add(of.proposer);
        if constexpr (is_one_of<Event, approved, took_effect>) all.add(of.member);
    }, happened);
    return all;
}

bool is_own(const incentive::state& of, member_id who) { return of.member == who || of.proposer == who; }
date due_of(const incentive::state& of) { return of.effective; }

section incentive::section_of(const event& happened) {
    namespace i = events::incentive;
    if (std::holds_alternative<i::proposed>(happened) || std::holds_alternative<i::revised>(happened)) return {"F16"};
    if (std::holds_alternative<i::approved>(happened) || std::holds_alternative<i::returned>(happened) || std::holds_alternative<i::rejected>(happened))
        return {"verdict"};
    if (std::holds_alternative<i::clarification_asked>(happened) || std::holds_alternative<i::clarified>(happened)) return {"clarifications", true};
    return {};
}

}  // namespace core
