#include "core/evidence.hpp"
#include "core/kernel/audience.hpp"
#include "core/kernel/forms.hpp"
#include "core/kernel/lost_time.hpp"
#include "core/request/request.hpp"

namespace core {

bool may_see_request(const request::state& of, const person& reader) {
    if (!reader.active || of.is == request_status::absent) return false;
    return of.requester == reader.id || access::is_of(of.department, reader) || reader.has("OM") || access::may_see_every_task(reader) ||
           forms::contains(of.assessors, reader.id);
}

bool may_see(const request::state& of, const context& by) {
    return access::self_or_stood_in_for(by, [&](const person& p) { return may_see_request(of, p); });
}

std::string name_of(const request::state& of) { return of.title; }

bool is_work_of(const request::state& of, member_id who) {
    const bool open = (request::open & flow::from(of.is)) != 0;
    return open && (of.requester == who || (forms::contains(of.assessors, who) && !forms::contains(of.assessed, who)));
}

std::optional<date> said_due(const request::state& of, std::string_view command, const context&) {
    return command == request::assess::type ? std::optional(of.until) : std::nullopt;
}

concerned concerned_by(const request::event& happened, const request::state& of, const events::envelope&, const context&) {
    using namespace events::request;
    concerned all;
    std::visit([&]<class Event>(const Event& e) {
        if constexpr (is_one_of<Event, passed, returned, rejected>) all.add(of.requester);
        if constexpr (is_one_of<Event, withdrawn>) all.add(of.assessors);
        if constexpr (is_one_of<Event, assessment_extended>) {
            all.until = e.until;
            for (const auto m : of.assessors)
                if (!forms::contains(of.assessed, m)) all.add(m);
        }
    }, happened);
    return all;
}

bool is_own(const request::state& of, member_id who) { return of.requester == who; }
date due_of(const request::state& of) { return of.required_by; }

section request::section_of(const event& happened) {
    namespace q = events::request;
    if (std::holds_alternative<q::drafted>(happened) || std::holds_alternative<q::revised>(happened)) return {"F1"};
    if (std::holds_alternative<q::assessed>(happened)) return {"F1a", true};
    if (std::holds_alternative<q::passed>(happened) || std::holds_alternative<q::returned>(happened) || std::holds_alternative<q::rejected>(happened))
        return {"verdict"};
    if (std::holds_alternative<q::clarification_asked>(happened) || std::holds_alternative<q::clarified>(happened)) return {"clarifications", true};
    return {};
}

std::string request::text_of(const event& happened) {
    namespace q = events::request;
    if (const auto* a = std::get_if<q::assessed>(&happened)) return "F1a " + std::to_string(a->assessor.value);
    return std::holds_alternative<q::drafted>(happened) || std::holds_alternative<q::revised>(happened) ? "F1" : "";
}

std::vector<request::command> made_up(const request::state& of, const lost_time& lost) {
    const bool waits = of.is == request_status::in_assessment || of.is == request_status::clarifying;
    if (!waits || of.assessed.size() >= of.assessors.size()) return {};
    const auto until = lost.lengthened({}, of.until);
    if (until == of.until) return {};
    return {request::extend_assessment{until, lost.reason()}};
}

void request::find_evidence(const event& what, const events::envelope& at, const entities&, date on, evidence_ledger& to) {
    using source = evidence_ledger::source;
    if (const auto* opinion = std::get_if<events::request::assessed>(&what))
        to.findings.push_back({opinion->assessor, source::requests_assessed, at.position, on});
    const bool verdict = std::holds_alternative<events::request::passed>(what) || std::holds_alternative<events::request::rejected>(what);
    if (verdict && at.actor) to.findings.push_back({at.actor, source::requests_decided, at.position, on});
}

}  // namespace core
