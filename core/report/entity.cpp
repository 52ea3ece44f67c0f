#include "core/evidence.hpp"
#include "core/kernel/audience.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/report/report.hpp"

namespace core {

bool may_see(const report::state& of, const context& by) {
    return access::self_or_stood_in_for(by, [&](const person& p) {
        if (!p.active || of.is == report_status::absent) return false;
        if (of.is == report_status::published && (access::may_see_directory(p) || forms::contains(of.recipients, p.id))) return true;
        return of.author == p.id || p.has("SL") || p.has("AU") || manages(p, of.department, by) || (p.has("DA") && access::is_of(of.department, p));
    });
}

std::string name_of(const report::state& of) { return of.content.title; }

bool is_work_of(const report::state& of, member_id who) {
    if (!(report::live & flow::from(of.is))) return false;
    return (of.is == report_status::draft && of.author == who) || is_pending(of, who);
}

std::optional<date> said_due(const report::state& of, std::string_view command, const context&) {
    if (command == report::publish::type) return of.publish_by;
    return command == report::acknowledge::type ? std::optional(of.content.acknowledge_by) : std::nullopt;
}

// It waits with its author, and then with those who are to acknowledge it; that it says something else than is true now, all of them have
// to hear.
concerned concerned_by(const report::event& happened, const report::state& of, const events::envelope&, const context&) {
    using namespace events::report;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, published, discarded, restated>) all.add(of.author);
        if constexpr (is_one_of<Event, restated>) all.add(of.recipients);
    }, happened);
    return all;
}

bool is_own(const report::state& of, member_id who) { return of.author == who || forms::contains(of.recipients, who); }
date due_of(const report::state& of) { return of.publish_by; }

section report::section_of(const event& happened) {
    using namespace events::report;
    return std::visit([]<class Event>(const Event&) -> section {
        if constexpr (is_one_of<Event, opened, drafted, revised>) return {"F11"};
        else if constexpr (is_one_of<Event, filled>) return {"figures"};
        else if constexpr (is_one_of<Event, published>) return {"published"};
        else if constexpr (is_one_of<Event, restated>) return {"restated"};
        else if constexpr (is_one_of<Event, acknowledged>) return {"acknowledgements", true};
        else if constexpr (is_one_of<Event, discarded>) return {"end"};
        else return {};
    }, happened);
}

sight_change report::changes_sight(const event& happened) {
    namespace h = events::report;
    return {.own = std::holds_alternative<h::handed_over>(happened) || std::holds_alternative<h::revised>(happened)};
}

std::string report::text_of(const event& happened) {
    namespace h = events::report;
    return std::holds_alternative<h::opened>(happened) || std::holds_alternative<h::drafted>(happened) || std::holds_alternative<h::revised>(happened) ? "F11" : "";
}

void report::find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to) {
    using source = evidence_ledger::source;
    const auto* one = std::holds_alternative<events::report::published>(what) ? after.find<report>(at.stream.number) : nullptr;
    if (one) to.findings.push_back({one->author, on <= one->publish_by ? source::reports_published : source::reports_late, at.position, on});
}

}  // namespace core
