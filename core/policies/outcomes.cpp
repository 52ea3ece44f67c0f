#include "core/policies/outcomes.hpp"

#include "core/access/entities.hpp"
#include "core/definitions/definitions.hpp"
#include "core/kernel/forms.hpp"

namespace core::policies {
namespace {

using members = std::vector<member_id>;

template <class Event, class... Decisions>
constexpr bool is_one_of = (std::is_same_v<Event, Decisions> || ...);

void add(members& who, const members& more) { who.insert(who.end(), more.begin(), more.end()); }

void add_all(members& who, const context& by, auto is) {
    by.people->each_active([&](const person& p) {
        if (is(p)) who.push_back(p.id);
        return true;
    });
}

// A kind that says nothing here tells nobody; nor does an event that is not named.
template <class Event>
void concerned(const Event&, const auto&, const context&, members&) {}

template <class Event>
void concerned(const Event&, const request::state& of, const context&, members& who) {
    using namespace events::request;
    if constexpr (is_one_of<Event, passed, returned, rejected>) who.push_back(of.requester);
    if constexpr (is_one_of<Event, withdrawn>) add(who, of.assessors);
    if constexpr (is_one_of<Event, assessment_extended>)
        for (const auto m : of.assessors)
            if (!forms::contains(of.assessed, m)) who.push_back(m);
}

member_id requester_of(const project::state& of, const context& by) {
    const auto* q = of.request ? by.others->find<request>(of.request.value) : nullptr;
    return q ? q->requester : member_id{};
}

template <class Event>
void concerned(const Event& e, const project::state& of, const context& by, members& who) {
    using namespace events::project;
    // Who asked for it hears what becomes of it.
    if constexpr (is_one_of<Event, charter_approved, charter_rejected, accepted, cancelled>) who.push_back(requester_of(of, by));
    if constexpr (is_one_of<Event, charter_returned, charter_rejected, archive_returned, archived>) who.push_back(of.submitter);
    if constexpr (is_one_of<Event, charter_approved, charter_returned, charter_rejected, lead_changed, accepted, acceptance_failed, archive_returned, archived,
                            suspended, resumed, cancelled>)
        who.push_back(of.lead);
    if constexpr (is_one_of<Event, charter_approved, lead_changed, accepted, suspended, resumed, cancelled>) add(who, of.team);
    if constexpr (is_one_of<Event, member_added, member_removed>) who.push_back(e.member);
    if constexpr (is_one_of<Event, acceptance_extended>) {
        who.push_back(of.lead);
        for (const auto m : of.panel)
            if (!forms::contains(of.signed_by, m)) who.push_back(m);
    }
}

// Whose it was before it was given to somebody else: they had a hand in it as its assignee then.
member_id had_before(const task::state& of) {
    const auto& all = of.hands.all;
    const auto last = std::find_if(all.rbegin(), all.rend(), [&](const flow::hand& h) { return (h.parts & task::assignee) && h.who != of.to; });
    return last == all.rend() ? member_id{} : last->who;
}

template <class Event>
void concerned(const Event&, const task::state& of, const context&, members& who) {
    using namespace events::task;
    if constexpr (is_one_of<Event, reassigned, rescheduled, accepted, returned, cancelled>) who.push_back(of.to);
    if constexpr (is_one_of<Event, reassigned>) who.push_back(had_before(of));
}

template <class Event>
void concerned(const Event& e, const appraisal::state& of, const context&, members& who) {
    using namespace events::appraisal;
    if constexpr (is_one_of<Event, self_returned, finalised, appeal_upheld, appeal_rejected, reopened, applied, cancelled, extended, appeal_extended,
                            evaluator_changed>)
        who.push_back(of.employee);
    if constexpr (is_one_of<Event, talk_returned, appeal_upheld, appeal_rejected, reopened, cancelled, extended>) who.push_back(of.evaluator);
    if constexpr (is_one_of<Event, evaluator_changed>) add(who, {e.from, e.to});
}

template <class Event>
void concerned(const Event&, const incentive::state& of, const context&, members& who) {
    using namespace events::incentive;
    if constexpr (is_one_of<Event, approved, returned, rejected, withdrawn>) who.push_back(of.proposer);
    if constexpr (is_one_of<Event, approved, took_effect>) who.push_back(of.member);
}

// Before a schedule is moved by itself, whoever counts on it is told.
template <class Event>
void concerned(const Event&, const cycle::state&, const context& by, members& who) {
    if constexpr (is_one_of<Event, events::cycle::rescheduled, events::cycle::cancelled>) add_all(who, by, [](const person& p) { return p.has("HR"); });
}

template <class Event>
void concerned(const Event&, const election::state& of, const context&, members& who) {
    using namespace events::election;
    if constexpr (is_one_of<Event, announced>) add(who, of.nominees);
    if constexpr (is_one_of<Event, cancelled>) add(who, of.voters);
}

// Whoever is judged by them.
template <class Event>
void concerned(const Event&, const indicators::state& of, const context& by, members& who) {
    using namespace events::indicators;
    if constexpr (is_one_of<Event, published, revised, retired>) add_all(who, by, [&](const person& p) { return p.has(of.role.code); });
}

template <class Event>
void concerned(const Event&, const analysis::state& of, const context&, members& who) {
    using namespace events::analysis;
    if constexpr (is_one_of<Event, changed, handled, ended>) who.push_back(of.owner);
}

// To those concerned it is conveyed; that it holds no more they have to hear, unless the next one is conveyed to them.
template <class Event>
void concerned(const Event& e, const strategy::state& of, const context& by, members& who) {
    using namespace events::strategy;
    if constexpr (is_one_of<Event, returned, published, checked, superseded, ended, discarded>) who.push_back(of.author);
    if constexpr (is_one_of<Event, ended>) add(who, of.concerned);
    if constexpr (is_one_of<Event, superseded>) {
        const auto* next = by.others->find<strategy>(e.by.value);
        for (const auto m : of.concerned)
            if (!next || !forms::contains(next->concerned, m)) who.push_back(m);
    }
}

template <class Event>
void concerned(const Event&, const proposal::state& of, const context&, members& who) {
    using namespace events::proposal;
    if constexpr (is_one_of<Event, adopted, returned, rejected, withdrawn, carried_out, dropped>) {
        who.push_back(of.proposer);
        add(who, of.with);
    }
}

// What was confirmed is told as what it is, to whom it is about; to who proposed it, that it was confirmed. A declined one is not
// known any more: who proposed it is among those who set people up.
template <class Event>
void concerned(const Event& e, const member::state& of, const context& by, members& who) {
    using namespace events::member;
    if constexpr (is_one_of<Event, roles_changed, department_changed, superior_set, delegated, delegation_ended, change_declined>) who.push_back(of.id);
    if constexpr (is_one_of<Event, superior_set>) who.push_back(e.superior);
    if constexpr (is_one_of<Event, delegated, delegation_ended, handed_over>) who.push_back(e.to);
    if constexpr (is_one_of<Event, change_confirmed>) who.push_back(e.proposed_by);
    if constexpr (is_one_of<Event, change_declined>) add_all(who, by, [](const person& p) { return p.has("AD") || p.has("HR"); });
}

// Who settles them, and answers for them together.
template <class Event>
void concerned(const Event&, const org::state&, const context& by, members& who) {
    if constexpr (is_one_of<Event, events::org::configured>) add_all(who, by, [](const person& p) { return p.has("HR") || p.has("SL"); });
}

// Who can confirm what is proposed (D12). Of what holds, or was declined, all who amend flows and forms: who proposed it is one
// of them.
template <class Event>
void concerned(const Event&, const definitions_of_flows::state& of, const context& by, members& who) {
    using namespace events::definitions;
    if constexpr (is_one_of<Event, flow_proposed>)
        if (!of.pending.empty()) add_all(who, by, [&](const person& p) { return may_confirm(p, of.pending.back(), by); });
    if constexpr (is_one_of<Event, flow_amended, form_amended, flow_declined>) add_all(who, by, [](const person& p) { return p.has("OM") || p.has("SL"); });
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
        add_all(who, by, [&](const person& p) { return is_in_electorate(p, of); });
    }
}

// A result can be appealed against until a day, more time is until one, work is due on one; of everything else it is when it was
// decided.
date until(const events::appraisal::finalised& e, const context&) { return e.appeal_until; }
date until(const events::appraisal::appeal_extended& e, const context&) { return e.until; }
date until(const events::request::assessment_extended& e, const context&) { return e.until; }
date until(const events::project::acceptance_extended& e, const context&) { return e.on; }
date until(const events::task::rescheduled& e, const context&) { return e.due; }
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

}  // namespace

void tell_of(const events::recorded& happened, const context& by, follow_ups& all) {
    std::visit([&](const auto& group) {
        using A = boost::mp11::mp_at<aggregate_list, boost::mp11::mp_find<events::groups, std::decay_t<decltype(group)>>>;
        tell<A>(happened, group, by, all);
    }, happened.event);
}

}  // namespace core::policies
