#include "core/request/request.hpp"

#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/step.hpp"
#include "core/kernel/text.hpp"

namespace core {

using s = request_status;
using r = request_rejection;
namespace happened = events::request;

namespace {

// A verdict waits for every opinion, or for the day by which they were due.
std::optional<r> opinions_missing(const request::state& now, const context& by) {
    const bool all = now.assessed.size() >= now.assessors.size();
    return all || by.today > now.until ? std::nullopt : std::optional(r::opinions_missing);
}
constexpr flow::guard<request::state, r> opinions_in{"opinions_in", opinions_missing};

std::optional<r> still_unchecked(const request::state& now, const context&) {
    return now.compliance_checked ? std::nullopt : std::optional(r::unchecked);
}
constexpr flow::guard<request::state, r> compliance_checked{"compliance_checked", still_unchecked};

using enum flow::step;

}  // namespace

// clang-format off
constexpr std::array<request::row, 13> request::flow{{
    // command, in, may, never, next, clause, not_yours, never_yours, not_now, step, guard
    {"request.draft", flow::from(s::absent), anyone, 0, s::draft, "S3.1.1", {}, {}, r::already_exists},
    {"request.revise", flow::from(s::draft), requester, 0, {}, "S3.1.1", r::not_requester, {}, r::not_draft, writes},
    {"request.submit", flow::from(s::draft), requester, 0, s::submitted, "S3.1.1", r::not_requester, {}, r::not_draft, awaited | writes,
     &compliance_checked},
    {"request.convene", flow::from(s::submitted), manager, requester, s::in_assessment, "S3.1.2", r::not_manager, r::own_request,
     r::not_submitted, awaited},
    {"request.assess", flow::from(s::in_assessment), assessor, requester, {}, "S3.1.2", r::not_assessor, r::own_request,
     r::not_in_assessment, awaited | each | again, nullptr, pending_assessor},
    {"request.pass", flow::from(s::in_assessment), manager, requester, s::approved, "S3.1.2", r::not_manager, r::own_request,
     r::not_in_assessment, awaited, &opinions_in},
    {"request.return", flow::from(s::in_assessment), manager, requester, s::draft, "S3.1.2", r::not_manager, r::own_request,
     r::not_in_assessment},
    {"request.clarify", flow::from(s::in_assessment), manager, requester, s::clarifying, "S3.1.2", r::not_manager, r::own_request,
     r::not_in_assessment},
    {"request.reject", flow::from(s::in_assessment), manager, requester, s::rejected, "S3.1.2", r::not_manager, r::own_request,
     r::not_in_assessment, flow::step::optional, &opinions_in},
    {"request.answer", flow::from(s::clarifying), requester, 0, s::in_assessment, "S3.1.2", r::not_requester, {}, r::not_clarifying,
     awaited | writes},
    {"request.withdraw", open, requester, 0, s::withdrawn, "S3.1.1", r::not_requester, {}, r::closed},
    {"request.hand_over", open, 0, 0, {}, "S1.3.4", r::not_manager, {}, r::closed},
    {"request.extend_assessment", flow::from(s::in_assessment, s::clarifying), 0, 0, {}, "S3.1.2", r::not_manager, {}, r::not_in_assessment},
}};
// clang-format on

namespace {

using outcome = decision<request>;
using decided_events = decided<request::event>;
using check = std::optional<request_rejection>;

using text::said;

bool in_effect(const request::state&, const auto&) { return false; }
bool in_effect(const request::state& now, const request::submit&) { return now.is == s::submitted; }
bool in_effect(const request::state& now, const request::convene& c) {
    return now.is == s::in_assessment && now.assessors == c.assessors && now.until == c.until;
}
bool in_effect(const request::state& now, const request::pass&) { return now.is == s::approved; }
bool in_effect(const request::state& now, const request::send_back& c) { return now.is == s::draft && now.said == said(c.type, c.reason); }
bool in_effect(const request::state& now, const request::clarify& c) {
    return now.is == s::clarifying && now.said == said(c.type, c.question);
}
bool in_effect(const request::state& now, const request::reject& c) {
    return now.is == s::rejected && now.said == said(c.type, c.reason);
}
bool in_effect(const request::state& now, const request::answer& c) {
    return now.is == s::in_assessment && now.said == said(c.type, c.answer);
}
bool in_effect(const request::state& now, const request::extend_assessment& c) { return now.until == c.until; }
bool in_effect(const request::state& now, const request::withdraw& c) {
    return now.is == s::withdrawn && now.said == said(c.type, c.reason);
}

check form_at_fault(const request::form& f, const request::state& now, const context& by) {
    if (!forms::is_day_to_come(f.required_by, by)) return r::bad_required_by;
    if (f.compliance.checked && !forms::is_remark(f.compliance.findings)) return r::bad_compliance;
    return forms::are_extras("F1", f.extras, by, now.form) ? check{} : r::bad_extras;
}

check at_fault(const auto&, const request::state&, const context&) { return {}; }
check at_fault(const request::revise& c, const request::state& now, const context& by) { return form_at_fault(c.form, now, by); }
check at_fault(const request::submit&, const request::state& now, const context& by) {
    return now.required_by >= by.today ? check{} : r::bad_required_by;
}
check at_fault(const request::convene& c, const request::state& now, const context& by) {
    const auto wrote = [&](member_id m) { return m == now.requester || (now.hands.of(m) & request::requester); };
    if (std::any_of(c.assessors.begin(), c.assessors.end(), wrote)) return r::assessor_is_requester;
    return forms::is_day_to_come(c.until, by) ? check{} : r::bad_until;
}
check at_fault(const request::assess& c, const request::state&, const context& by) {
    return forms::are_extras("F1a", c.opinion.extras, by) ? check{} : r::bad_extras;
}
check at_fault(const request::extend_assessment& c, const request::state&, const context& by) {
    return forms::is_day_to_come(c.until, by) ? check{} : r::bad_until;
}

request::event event_of(const request::revise& c, const request::state&, const context&) { return happened::revised{c.form}; }
request::event event_of(const request::submit&, const request::state&, const context&) { return happened::submitted{}; }
request::event event_of(const request::convene& c, const request::state&, const context&) { return happened::convened{c.assessors, c.until}; }

request::event event_of(const request::assess& c, const request::state& now, const context& by) {
    return happened::assessed{flow::in_place_of<request>(flow::row_of<request, request::assess>(), now, by), c.opinion};
}
request::event event_of(const request::pass& c, const request::state&, const context&) { return happened::passed{c.reason.value_or("")}; }
request::event event_of(const request::send_back& c, const request::state&, const context&) { return happened::returned{c.reason}; }
request::event event_of(const request::clarify& c, const request::state&, const context&) { return happened::clarification_asked{c.question}; }
request::event event_of(const request::reject& c, const request::state&, const context&) { return happened::rejected{c.reason}; }
request::event event_of(const request::answer& c, const request::state&, const context&) { return happened::clarified{c.answer}; }
request::event event_of(const request::withdraw& c, const request::state&, const context&) { return happened::withdrawn{c.reason}; }
request::event event_of(const request::hand_over& c, const request::state&, const context&) { return happened::handed_over{c.from, c.to}; }
request::event event_of(const request::extend_assessment& c, const request::state&, const context&) {
    return happened::assessment_extended{c.until, c.reason};
}

outcome decide_one(const request::state& now, const request::draft& c, const context& by) {
    if (now.is != s::absent) return r::already_exists;
    if (by.by_system()) return r::not_requester;  // a request is somebody's (S1.3.1)
    if (!by.actor->active) return r::inactive;
    if (const auto no = form_at_fault(c.form, now, by)) return *no;
    if (c.to && !has_manager(*c.to, by)) return r::bad_addressee;
    const auto to = c.to ? *c.to : addressee(by.actor->department, by);
    decided_events all;
    all.push_back(happened::drafted{by.who(), by.actor->department, c.form, by.flows ? by.flows->newest("request") : 1, to});
    return all;
}

template <class Command>
outcome decide_one(const request::state& now, const Command& c, const context& by) {
    if (now.is == s::absent) return r::not_found;
    return flow::decide_step<request, Command>(now, by, [&] { return in_effect(now, c); }, [&] { return at_fault(c, now, by); }, [&] { return event_of(c, now, by); });
}

void take_form(request::state& q, const request::form& f) {
    q.title = f.title;
    q.required_by = f.required_by;
    q.priority = f.priority;
    q.compliance_checked = f.compliance.checked;
    q.form = f.extras.form;
}

void fold(request::state& q, const happened::drafted& e) {
    q.is = s::draft;
    q.flow = e.flow;
    q.requester = e.requester;
    q.department = e.department;
    q.to = e.to;
    take_form(q, e.form);
}
void fold(request::state& q, const happened::revised& e) { take_form(q, e.form); }
void fold(request::state& q, const happened::submitted&) {
    q.is = s::submitted;
    q.said = 0;
}
void fold(request::state& q, const happened::convened& e) {
    q.is = s::in_assessment;
    q.assessors = e.assessors;
    q.assessed.clear();
    q.until = e.until;
}
void fold(request::state& q, const happened::assessment_extended& e) { q.until = e.until; }
void fold(request::state& q, const happened::assessed& e) {
    // An amended flow may let others give an opinion as well: it is not the one that is waited for.
    if (forms::contains(q.assessors, e.assessor) && !forms::contains(q.assessed, e.assessor)) q.assessed.push_back(e.assessor);
}
void fold(request::state& q, const happened::passed&) { q.is = s::approved; }
void fold(request::state& q, const happened::returned& e) {
    q.is = s::draft;
    q.assessors.clear();
    q.assessed.clear();
    q.said = said(request::send_back::type, e.reason);
}
void fold(request::state& q, const happened::clarification_asked& e) {
    q.is = s::clarifying;
    q.said = said(request::clarify::type, e.question);
}
void fold(request::state& q, const happened::clarified& e) {
    q.is = s::in_assessment;
    q.said = said(request::answer::type, e.answer);
}
void fold(request::state& q, const happened::rejected& e) {
    q.is = s::rejected;
    q.said = said(request::reject::type, e.reason);
}
void fold(request::state& q, const happened::withdrawn& e) {
    q.is = s::withdrawn;
    q.said = said(request::withdraw::type, e.reason);
}
void fold(request::state& q, const happened::handed_over& e) {
    if (q.requester == e.from) q.requester = e.to;
    if (q.requester == e.to) std::erase(q.assessors, e.from);  // nobody assesses what is theirs
    else forms::replace(q.assessors, e.from, e.to);
    std::erase_if(q.assessed, [&](member_id m) { return !forms::contains(q.assessors, m); });
}

// What it says is the requester's.
flow::relations hand_in(const auto&) { return 0; }
flow::relations hand_in(const happened::drafted&) { return request::requester; }
flow::relations hand_in(const happened::revised&) { return request::requester; }
flow::relations hand_in(const happened::submitted&) { return request::requester; }
flow::relations hand_in(const happened::clarified&) { return request::requester; }

}  // namespace

decision<request> request::decide(const state& now, const command& asked, const context& by) {
    return std::visit([&](const auto& c) { return decide_one(now, c, by); }, asked);
}

void request::evolve(state& now, const event& happened) {
    std::visit([&](const auto& e) { fold(now, e); }, happened);
}

flow::relations request::relations_of(const state& now, const context& by) {
    flow::relations are = anyone;
    const auto who = by.actor->id;
    if (who == now.requester) are |= requester;
    if (manages(*by.actor, now.to ? *now.to : now.department, by)) are |= manager;
    if (by.actor->has("SL")) are |= leader;
    if (forms::contains(now.assessors, who)) are |= assessor | (forms::contains(now.assessed, who) ? 0 : pending_assessor);
    return are;
}

flow::holders request::holders(const state& now) { return {{now.requester, requester}}; }
flow::relations request::hand_in(const event& happened) {
    return std::visit([](const auto& e) { return core::hand_in(e); }, happened);
}
flow::relations request::settled_by(const event&) { return 0; }

request::rejection request::wrong_state(const row& asked, status at) {
    return at == s::approved || at == s::rejected || at == s::withdrawn ? rejection::closed : asked.not_now;
}

}  // namespace core
