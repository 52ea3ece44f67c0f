#include "core/policies/outcomes.hpp"

#include "core/access/entities.hpp"
#include "core/definitions/definitions.hpp"
#include "core/kernel/forms.hpp"

namespace core::policies {
namespace {

using members = std::vector<member_id>;

template <class Event, class... Decisions>
constexpr bool is_one_of = (std::is_same_v<Event, Decisions> || ...);

// A kind that says nothing here tells nobody; nor does an event that is not named.
template <class Event>
void concerned(const Event&, const auto&, const context&, members&) {}

template <class Event>
void concerned(const Event&, const request::state& of, const context&, members& who) {
    using namespace events::request;
    if constexpr (is_one_of<Event, passed, returned, rejected>) who.push_back(of.requester);
    if constexpr (is_one_of<Event, assessment_extended>)
        for (const auto m : of.assessors)
            if (!forms::contains(of.assessed, m)) who.push_back(m);
}

template <class Event>
void concerned(const Event&, const project::state& of, const context&, members& who) {
    using namespace events::project;
    if constexpr (is_one_of<Event, charter_returned, charter_rejected, archive_returned>) who.push_back(of.submitter);
    if constexpr (is_one_of<Event, charter_approved, charter_returned, charter_rejected, accepted, acceptance_failed, archive_returned, suspended, resumed,
                            cancelled>)
        who.push_back(of.lead);
    if constexpr (is_one_of<Event, charter_approved, accepted, suspended, resumed, cancelled>) who.insert(who.end(), of.team.begin(), of.team.end());
    if constexpr (is_one_of<Event, acceptance_extended>) {
        who.push_back(of.lead);
        for (const auto m : of.panel)
            if (!forms::contains(of.signed_by, m)) who.push_back(m);
    }
}

template <class Event>
void concerned(const Event&, const task::state& of, const context&, members& who) {
    if constexpr (is_one_of<Event, events::task::cancelled>) who.push_back(of.to);
}

template <class Event>
void concerned(const Event&, const appraisal::state& of, const context&, members& who) {
    using namespace events::appraisal;
    if constexpr (is_one_of<Event, finalised, appeal_upheld, appeal_rejected, reopened, applied, cancelled, extended, appeal_extended>) who.push_back(of.employee);
    if constexpr (is_one_of<Event, appeal_upheld, appeal_rejected, reopened, cancelled, extended>) who.push_back(of.evaluator);
}

template <class Event>
void concerned(const Event&, const incentive::state& of, const context&, members& who) {
    using namespace events::incentive;
    if constexpr (is_one_of<Event, approved, returned, rejected>) who.push_back(of.proposer);
    if constexpr (is_one_of<Event, approved, took_effect>) who.push_back(of.member);
}

// Before a schedule is moved by itself, whoever counts on it is told.
template <class Event>
void concerned(const Event&, const cycle::state&, const context& by, members& who) {
    if constexpr (is_one_of<Event, events::cycle::rescheduled, events::cycle::cancelled>)
        by.people->each_active([&](const person& p) {
            if (p.has("HR")) who.push_back(p.id);
            return true;
        });
}

template <class Event>
void concerned(const Event&, const election::state& of, const context&, members& who) {
    using namespace events::election;
    if constexpr (is_one_of<Event, announced>) who.insert(who.end(), of.nominees.begin(), of.nominees.end());
    if constexpr (is_one_of<Event, cancelled>) who.insert(who.end(), of.voters.begin(), of.voters.end());
}

// Whoever counts on a day that is moved by itself; where a person moves it, they tell people as they see fit.
template <class Event>
void counting_on(const Event&, const auto&, std::uint64_t, const context&, members&) {}

template <class Event>
void counting_on(const Event&, const cycle::state&, std::uint64_t number, const context& by, members& who) {
    if constexpr (is_one_of<Event, events::cycle::rescheduled>)
        for (std::uint64_t n = 1; n <= by.others->highest(events::category::appraisal); ++n) {
            const auto* one = by.others->find<appraisal>(n);
            if (!one || one->cycle.value != number || !(appraisal::pending & flow::from(one->is))) continue;
            who.push_back(one->employee);
            who.push_back(one->evaluator);
        }
}

template <class Event>
void counting_on(const Event&, const election::state& of, std::uint64_t, const context& by, members& who) {
    if constexpr (is_one_of<Event, events::election::rescheduled>) {
        who.push_back(of.organiser);
        by.people->each_active([&](const person& p) {
            if (is_in_electorate(p, of)) who.push_back(p.id);
            return true;
        });
    }
}

template <class Event>
void concerned(const Event&, const strategy::state& of, const context&, members& who) {
    if constexpr (is_one_of<Event, events::strategy::returned>) who.push_back(of.author);
}

template <class Event>
void concerned(const Event&, const proposal::state& of, const context&, members& who) {
    using namespace events::proposal;
    if constexpr (is_one_of<Event, adopted, returned, rejected, carried_out, dropped>) {
        who.push_back(of.proposer);
        who.insert(who.end(), of.with.begin(), of.with.end());
    }
}

// Who can confirm a change of a flow that judges people (D12), and then who proposed it.
void tell(const events::recorded& e, const events::definitions::any& what, const context& by, follow_ups& all) {
    using namespace events::definitions;
    const auto* state = by.others->find<definitions_of_flows>(e.envelope.stream.number);
    const auto* proposed = std::get_if<flow_proposed>(&what);
    if (!state || !proposed || state->pending.empty()) return;
    const auto& about = e.envelope;
    by.people->each_active([&](const person& p) {
        if (!may_confirm(p, state->pending.back(), by)) return true;
        desk::notice n{0, desk::kind::decided, about.stream, std::string(flow_proposed::type), about.position, by.today, about.actor};
        all.push_back({desk::command(desk::tell{std::move(n)}), events::stream_id{events::category::desk, p.id.value}});
        return true;
    });
}

// A result can be appealed against until a day, more time is until one; of everything else it is when it was decided.
date until(const events::appraisal::finalised& e, const context&) { return e.appeal_until; }
date until(const events::appraisal::appeal_extended& e, const context&) { return e.until; }
date until(const events::request::assessment_extended& e, const context&) { return e.until; }
date until(const events::project::acceptance_extended& e, const context&) { return e.on; }
date until(const auto&, const context& by) { return by.today; }

template <class A, class Group>
void tell(const events::recorded& happened, const Group& group, const context& by, follow_ups& all) {
    const auto* state = by.others->find<A>(happened.envelope.stream.number);
    if (!state) return;
    members who;
    date due{};
    std::visit([&](const auto& e) {
        concerned(e, *state, by, who);
        if (happened.envelope.actor == events::the_system) counting_on(e, *state, happened.envelope.stream.number, by, who);
        due = until(e, by);
    }, group);
    std::sort(who.begin(), who.end());
    who.erase(std::unique(who.begin(), who.end()), who.end());
    const auto& about = happened.envelope;
    for (const auto m : who) {
        const auto* p = by.people->find(m);
        if (m == about.actor || !p || !p->active || !access::may_see(about.stream, by.as(*p))) continue;
        desk::notice n{0, desk::kind::decided, about.stream, std::string(events::type_of(happened.event)), about.position, due, about.actor};
        all.push_back({desk::command(desk::tell{std::move(n)}), events::stream_id{events::category::desk, m.value}});
    }
}

void tell(const events::recorded& e, const events::request::any& what, const context& by, follow_ups& all) { tell<request>(e, what, by, all); }
void tell(const events::recorded& e, const events::project::any& what, const context& by, follow_ups& all) { tell<project>(e, what, by, all); }
void tell(const events::recorded& e, const events::task::any& what, const context& by, follow_ups& all) {
    if (std::holds_alternative<events::task::cancelled>(what)) tell<task>(e, what, by, all);  // there are many, and few decide anything
}
void tell(const events::recorded& e, const events::appraisal::any& what, const context& by, follow_ups& all) { tell<appraisal>(e, what, by, all); }
void tell(const events::recorded& e, const events::incentive::any& what, const context& by, follow_ups& all) { tell<incentive>(e, what, by, all); }
void tell(const events::recorded& e, const events::cycle::any& what, const context& by, follow_ups& all) { tell<cycle>(e, what, by, all); }
void tell(const events::recorded& e, const events::election::any& what, const context& by, follow_ups& all) { tell<election>(e, what, by, all); }
void tell(const events::recorded& e, const events::strategy::any& what, const context& by, follow_ups& all) { tell<strategy>(e, what, by, all); }
void tell(const events::recorded& e, const events::proposal::any& what, const context& by, follow_ups& all) { tell<proposal>(e, what, by, all); }
void tell(const events::recorded&, const auto&, const context&, follow_ups&) {}

}  // namespace

void tell_of(const events::recorded& happened, const context& by, follow_ups& all) {
    std::visit([&](const auto& group) { tell(happened, group, by, all); }, happened.event);
}

}  // namespace core::policies
