#include "core/evidence.hpp"
#include "core/kernel/audience.hpp"
#include "core/kernel/forms.hpp"
#include "core/project/project.hpp"
#include "core/request/request.hpp"

namespace core {
namespace {

const request::state* request_of(const project::state& of, const entities& others) {
    return of.request ? others.find<request>(of.request.value) : nullptr;
}

}  // namespace

bool may_see_project(const project::state& of, const person& reader, const entities& others) {
    if (!reader.active || of.is == project_status::absent) return false;
    if (access::is_of(of.department, reader) || reader.has("OM") || access::may_see_every_task(reader)) return true;
    if (of.lead == reader.id || forms::contains(of.team, reader.id) || forms::contains(of.panel, reader.id) || forms::contains(of.recipients, reader.id))
        return true;
    const auto* q = request_of(of, others);
    return q && may_see_request(*q, reader);
}

bool may_see(const project::state& of, const context& by) {
    return access::self_or_stood_in_for(by, [&](const person& p) { return may_see_project(of, p, *by.others); });
}

std::string name_of(const project::state& of) { return of.name; }

bool is_work_of(const project::state& of, member_id who) {
    using s = project_status;
    if (of.is == s::absent || of.is == s::rejected || of.is == s::archived || of.is == s::cancelled) return false;
    return of.lead == who || of.submitter == who || forms::contains(of.team, who) ||
           (forms::contains(of.panel, who) && !forms::contains(of.signed_by, who)) ||
           (forms::contains(of.recipients, who) && !forms::contains(of.acknowledged, who));
}

std::optional<date> said_due(const project::state& of, std::string_view command, const context&) {
    if (command == project::sign_acceptance::type || command == project::accept::type) return of.panel_on;
    return command == project::request_acceptance::type ? std::optional(of.ends) : std::nullopt;
}

concerned concerned_by(const project::event& happened, const project::state& of, const events::envelope&, const context& by) {
    using namespace events::project;
    concerned all;
    std::visit([&]<class Event>(const Event& e) {
        // Who asked for it hears what becomes of it.
        if constexpr (is_one_of<Event, charter_approved, charter_rejected, accepted, cancelled>)
            if (const auto* q = request_of(of, *by.others)) all.add(q->requester);
        if constexpr (is_one_of<Event, charter_approved, charter_returned, charter_rejected, archive_returned, archived>) all.add({of.submitter, of.decided_for});
        if constexpr (is_one_of<Event, charter_approved, charter_returned, charter_rejected, lead_changed, accepted, acceptance_failed, archive_returned, archived,
                                suspended, resumed, cancelled>)
            all.add(of.lead);
        if constexpr (is_one_of<Event, charter_approved, lead_changed, accepted, suspended, resumed, cancelled>) all.add(of.team);
        if constexpr (is_one_of<Event, member_added, member_removed>) all.add(e.member);
        if constexpr (is_one_of<Event, acceptance_extended>) {
            all.until = e.on;
            all.add(of.lead);
            for (const auto m : of.panel)
                if (!forms::contains(of.signed_by, m)) all.add(m);
        }
    }, happened);
    return all;
}

bool is_own(const project::state& of, member_id who) { return of.lead == who || forms::contains(of.team, who); }
date due_of(const project::state& of) { return of.ends; }

section project::section_of(const event& happened) {
    namespace p = events::project;
    if (std::holds_alternative<p::charter_drafted>(happened) || std::holds_alternative<p::charter_submitted>(happened)) return {"F2"};
    if (std::holds_alternative<p::charter_approved>(happened) || std::holds_alternative<p::charter_rejected>(happened) ||
        std::holds_alternative<p::charter_returned>(happened))
        return {"charter_verdict"};
    if (std::holds_alternative<p::acceptance_requested>(happened)) return {"F3"};
    if (std::holds_alternative<p::acceptance_convened>(happened)) return {"panel"};
    if (std::holds_alternative<p::acceptance_signed>(happened)) return {"signatures", true};
    if (std::holds_alternative<p::accepted>(happened)) return {"F4"};
    if (std::holds_alternative<p::acceptance_failed>(happened)) return {"failed_acceptances", true};
    if (std::holds_alternative<p::summarised>(happened)) return {"F5"};
    if (std::holds_alternative<p::summary_acknowledged>(happened)) return {"acknowledgements", true};
    if (std::holds_alternative<p::record_filed>(happened)) return {"records", true};
    if (std::holds_alternative<p::archived>(happened) || std::holds_alternative<p::archive_submitted>(happened)) return {"F17"};
    if (std::holds_alternative<p::progress_reported>(happened)) return {"progress", true};
    if (std::holds_alternative<p::milestone_reached>(happened)) return {"milestones", true};
    if (std::holds_alternative<p::clarification_asked>(happened) || std::holds_alternative<p::clarified>(happened)) return {"clarifications", true};
    return {};
}

std::string project::text_of(const event& happened) {
    namespace p = events::project;
    if (std::holds_alternative<p::initiated>(happened) || std::holds_alternative<p::charter_drafted>(happened) || std::holds_alternative<p::charter_submitted>(happened))
        return "F2";
    if (std::holds_alternative<p::acceptance_requested>(happened)) return "F3";
    if (std::holds_alternative<p::accepted>(happened)) return "F4";
    return std::holds_alternative<p::summarised>(happened) ? "F5" : "";
}

sight_change project::changes_sight(const event& happened) {
    namespace p = events::project;
    return std::visit([]<class Event>(const Event&) {
        // Who is out of it; and who shares it, and through that what is looked at and planned for it.
        return sight_change{.own = is_one_of<Event, p::member_removed, p::handed_over>,
                            .others = is_one_of<Event, p::charter_approved, p::member_added, p::member_removed, p::lead_changed, p::acceptance_convened,
                                                p::summarised, p::handed_over>};
    }, happened);
}

// A project is the doing of all who are in its team.
void project::find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to) {
    using source = evidence_ledger::source;
    if (std::holds_alternative<events::project::progress_reported>(what) && at.actor)
        to.findings.push_back({at.actor, source::progress_reported, at.position, on});
    const bool reached = std::holds_alternative<events::project::milestone_reached>(what);
    if (!reached && !std::holds_alternative<events::project::accepted>(what)) return;
    const auto* p = after.find<project>(at.stream.number);
    if (!p) return;
    auto team = p->team;
    if (p->lead && !forms::contains(team, p->lead)) team.push_back(p->lead);
    for (const auto who : team) to.findings.push_back({who, reached ? source::milestones_reached : source::projects_accepted, at.position, on});
}

}  // namespace core
