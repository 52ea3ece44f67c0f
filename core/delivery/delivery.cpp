#include "core/delivery/delivery.hpp"

#include "core/collection/collection.hpp"
#include "core/delivery/faults.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"

namespace core {

using s = delivery_status;
using r = delivery_rejection;
namespace happened = events::delivery;

namespace {

using state = delivery::state;
using check = std::optional<r>;

check not_over(const state& now, const context& by) { return now.late_from && *now.late_from > by.now ? r::not_yet : check{}; }
constexpr flow::guard<state, r> is_over{"is_over", not_over};
using enum flow::step;

}  // namespace

// clang-format off
constexpr std::array<delivery::row, 12> delivery::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard, whose_turn
    {"delivery.expect", flow::from(s::absent), 0, 0, s::expected, "S4.1.2", r::not_keeper, {}, r::already_exists},
    {"delivery.receive", flow::from(s::absent), owner | analyst, 0, s::received, "S4.1.2", r::not_receiver, {}, r::already_exists},
    {"delivery.fill", awaited, owner | analyst, 0, s::received, "S4.1.2", r::not_receiver, {}, r::not_awaited, flow::step::awaited, nullptr, late_owner},
    {"delivery.miss", flow::from(s::expected), 0, 0, s::overdue, "S4.1.2", r::not_keeper, {}, r::not_awaited, optional, &is_over},
    {"delivery.escalate", flow::from(s::overdue), 0, 0, {}, "S4.1.2", r::not_keeper, {}, r::not_awaited},
    {"delivery.check", flow::from(s::received), 0, 0, {}, "S4.1.3", r::not_keeper, {}, r::not_received},
    {"delivery.release", flow::from(s::quarantined), owner | manager, receiver, s::warned, "S2.3.5", r::not_keeper, r::own_delivery, r::not_quarantined,
     flow::step::awaited | decides, nullptr, owner},
    {"delivery.reject", flow::from(s::quarantined), owner | manager, 0, s::refused, "S2.3.5", r::not_keeper, {}, r::not_quarantined, decides},
    {"delivery.supersede", settled, 0, 0, s::superseded, "S4.1.3", r::not_keeper, {}, r::not_loaded},
    {"delivery.explain", awaited | settled | flow::from(s::received), owner, 0, {}, "S4.1.2", r::not_owner, {}, r::closed},
    {"delivery.waive", awaited, owner | manager, 0, s::waived, "S4.1.2", r::not_keeper, {}, r::not_awaited, decides},
    {"delivery.hand_over", open, 0, 0, {}, "S1.3.4", r::not_keeper, {}, r::closed},
}};
// clang-format on

namespace {

using outcome = decision<delivery>;
using decided_events = decided<delivery::event>;

using text::said;

std::uint64_t said_check(const happened::checked& e) { return said(delivery::check::type, e.rows_sha256.value_or(""), static_cast<std::uint64_t>(e.verdict)); }

bool in_effect(const state&, const auto&) { return false; }
bool in_effect(const state& now, const delivery::fill& c) { return now.is == s::received && now.files == c.files; }
bool in_effect(const state& now, const delivery::miss&) { return now.is == s::overdue; }
bool in_effect(const state& now, const delivery::escalate&) { return now.escalated; }
bool in_effect(const state& now, const delivery::check& c) { return (delivery::settled & flow::from(now.is)) && now.said == said_check(c.report); }
bool in_effect(const state& now, const delivery::release& c) { return now.is == s::warned && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const delivery::reject& c) { return now.is == s::refused && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const delivery::supersede& c) { return now.is == s::superseded && now.superseded_by == c.by; }
bool in_effect(const state& now, const delivery::explain_late& c) { return now.explained && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const delivery::waive& c) { return now.is == s::waived && now.said == said(c.type, c.reason); }
bool in_effect(const state& now, const delivery::hand_over& c) { return now.owner != c.from; }

check at_fault(const auto&, const state&, const context&) { return {}; }
check at_fault(const delivery::fill& c, const state&, const context& by) { return delivering::files_at_fault(c.files, by); }
check at_fault(const delivery::check& c, const state& now, const context& by) { return delivering::report_at_fault(c.report, now, by); }
check at_fault(const delivery::supersede& c, const state& now, const context& by) {
    const auto* next = by.others->find<delivery>(c.by.value);
    return next && next->replaces == now.id && (delivery::loaded & flow::from(next->is)) ? check{} : r::bad_replaces;
}

happened::received received_of(const std::vector<events::attachment>& files, const std::optional<std::string>& note, const context& by) {
    return {files, by.now, by.who(), note};
}

delivery::event event_of(const delivery::fill& c, const state&, const context& by) { return received_of(c.files, c.note, by); }
delivery::event event_of(const delivery::miss&, const state& now, const context& by) { return happened::missed{now.late_from.value_or(by.now)}; }
delivery::event event_of(const delivery::escalate&, const state&, const context&) { return happened::escalated{}; }
delivery::event event_of(const delivery::check& c, const state&, const context&) { return c.report; }
delivery::event event_of(const delivery::release& c, const state&, const context&) { return happened::released{c.reason}; }
delivery::event event_of(const delivery::reject& c, const state&, const context&) { return happened::rejected{c.reason}; }
delivery::event event_of(const delivery::supersede& c, const state&, const context& by) {
    return happened::superseded{c.by, by.others->find<delivery>(c.by.value)->restated};
}
delivery::event event_of(const delivery::explain_late& c, const state&, const context&) { return happened::explained{c.reason}; }
// Only the system knows of one that was never to be expected.
delivery::event event_of(const delivery::waive& c, const state&, const context& by) { return happened::waived{c.reason, !(c.uncounted.value_or(false) && by.by_system())}; }
delivery::event event_of(const delivery::hand_over& c, const state&, const context&) { return happened::handed_over{c.from, c.to}; }

happened::delivered delivered_by(const collection::state& plan, collection_id number, date from, date until) {
    return {number, plan.name, plan.department, plan.owner, from, until};
}
std::uint32_t newest_flow(const context& by) { return by.flows ? by.flows->newest("delivery") : 1; }

outcome decide_one(const state& now, const delivery::expect& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<delivery>(flow::row_of<delivery, delivery::expect>(), now, by)) return *no;
    const auto* plan = by.others->find<collection>(c.collection.value);
    if (!plan || plan->is != collection_status::active) return r::no_such_plan;
    const auto promise = delivering::promise_of(*plan, c.from, c.until, by);
    if (!promise) return r::bad_period;
    if (delivering::is_known(c.collection, c.from, c.until, by)) return r::already_expected;
    decided_events all;
    all.push_back(happened::expected{delivered_by(*plan, c.collection, c.from, c.until), *promise, newest_flow(by)});
    return all;
}

outcome decide_one(const state& now, const delivery::enter& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (const auto no = flow::who_refuses<delivery>(flow::row_of<delivery, delivery::enter>(), delivery::as_if(now, c, by), by)) return *no;
    if (const auto no = delivering::entry_at_fault(c, by)) return *no;
    const auto& plan = *by.others->find<collection>(c.collection.value);
    decided_events all;
    all.push_back(happened::entered{delivered_by(plan, c.collection, c.from, c.until), c.replaces ? std::nullopt : delivering::promise_of(plan, c.from, c.until, by), c.replaces,
                                    received_of(c.files, c.note, by), newest_flow(by)});
    return all;
}

template <class Command>
outcome decide_one(const state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<delivery, Command>(now, by, [&] { return in_effect(now, c); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void take(state& of, const happened::delivered& d) {
    of.collection = d.collection;
    of.name = d.name;
    of.department = d.department;
    of.owner = d.owner;
    of.from = d.from;
    of.until = d.until;
}
void take(state& of, const happened::promise& p) {
    of.due = p.due;
    of.late_from = p.late_from;
}

void fold(state& of, const happened::expected& e) {
    of.is = s::expected;
    of.flow = e.flow;
    take(of, e.of);
    take(of, e.promise);
}
void fold(state& of, const happened::received& e) {
    of.is = s::received;
    of.files = e.files;
    of.received_at = e.at;
    of.by = e.by;
    of.said = 0;
}
void fold(state& of, const happened::entered& e) {
    of.flow = e.flow;
    take(of, e.of);
    if (e.promise) take(of, *e.promise);
    of.replaces = e.replaces.value_or(delivery_id{});
    fold(of, e.received);
}
void fold(state& of, const happened::missed&) { of.is = s::overdue; }
void fold(state& of, const happened::escalated&) { of.escalated = true; }
void fold(state& of, const happened::checked& e) {
    using verdict = delivery::verdict;
    of.is = e.verdict == verdict::accepted ? s::accepted : e.verdict == verdict::warned ? s::warned : e.verdict == verdict::quarantined ? s::quarantined : s::refused;
    of.verdict = e.verdict;
    of.rows = e.rows;
    of.taken = e.taken;
    of.rejected = e.rejected;
    of.faulty = e.faulty;
    of.restated = e.restated;
    of.failed.clear();
    for (const auto& one : e.results)
        if (!one.passed) of.failed.push_back(one.check);
    of.schema_sha256 = e.schema_sha256.value_or("");
    of.rows_sha256 = e.rows_sha256.value_or("");
    of.said = said_check(e);
}
void fold(state& of, const happened::released& e) {
    of.is = s::warned;
    of.said = said(delivery::release::type, e.reason);
}
void fold(state& of, const happened::rejected& e) {
    of.is = s::refused;
    of.said = said(delivery::reject::type, e.reason);
}
void fold(state& of, const happened::superseded& e) {
    of.is = s::superseded;
    of.superseded_by = e.by;
    of.corrected = e.restated;
}
void fold(state& of, const happened::explained& e) {
    of.explained = true;
    of.said = said(delivery::explain_late::type, e.reason);
}
void fold(state& of, const happened::waived& e) {
    of.is = s::waived;
    of.counts = e.counts;
    of.said = said(delivery::waive::type, e.reason);
}
void fold(state& of, const happened::handed_over& e) {
    if (of.owner == e.from) of.owner = e.to;
}

flow::relations hand_in(const auto&) { return 0; }
flow::relations hand_in(const happened::received&) { return delivery::receiver; }
flow::relations hand_in(const happened::entered&) { return delivery::receiver; }

}  // namespace

decision<delivery> delivery::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void delivery::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

// Of one that is not there yet: what its plan makes them. Whatever plan it may be by, an analyst may have one.
flow::relations delivery::relations_of(const state& now, const context& by) {
    flow::relations are = 0;
    const auto& who = *by.actor;
    const bool unknown = now.department.code.empty();
    if (who.has("DA") && (unknown || who.department == now.department)) are |= analyst;
    if (!unknown && manages(who, now.department, by)) are |= manager;
    if (who.has("SL")) are |= leader;
    if (who.id == now.owner) are |= owner | (now.is == s::overdue ? late_owner : 0);
    if (who.id == now.by) are |= receiver;
    return are;
}

delivery::state delivery::as_if(const state& now, const command& asked, const context& by) {
    const auto* c = std::get_if<enter>(&asked);
    const auto* plan = c ? by.others->find<core::collection>(c->collection.value) : nullptr;
    if (!plan) return now;
    auto made = now;
    made.department = plan->department;
    made.owner = plan->owner;
    return made;
}

flow::relations delivery::hand_in(const event& happened) {
    return std::visit([](const auto& e) { return core::hand_in(e); }, happened);
}

// What is expected waits for nobody before it is overdue: most of it comes by itself.
bool delivery::waits_in_vain(const row& step, const state& now) { return step.command != fill::type || now.is == s::overdue; }

delivery::rejection delivery::wrong_state(const row& asked, status at) { return at == s::superseded || at == s::waived ? rejection::closed : asked.not_now; }

}  // namespace core
