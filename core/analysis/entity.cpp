#include "core/analysis/analysis.hpp"
#include "core/evidence.hpp"
#include "core/kernel/audience.hpp"
#include "core/kernel/forms.hpp"
#include "core/project/project.hpp"

namespace core {

bool may_see(const analysis::state& of, const context& by) {
    const auto* in = of.project ? by.others->find<project>(of.project.value) : nullptr;
    return access::self_or_stood_in_for(by, [&](const person& p) {
        if (!p.active || of.is == analysis_status::absent) return false;
        const auto any_of_these = [&](auto... roles) { return (p.has(roles) || ...); };
        return access::is_of(of.department, p) || of.owner == p.id || forms::contains(of.concerned, p.id) || any_of_these("OM", "DA", "SL", "AU") ||
               (in && may_see_project(*in, p, *by.others));
    });
}

std::string name_of(const analysis::state& of) { return of.title; }

bool is_work_of(const analysis::state& of, member_id who) {
    return (analysis::open & flow::from(of.is)) != 0 && (of.owner == who || forms::contains(of.concerned, who));
}

std::optional<date> said_due(const analysis::state& of, std::string_view command, const context&) {
    return command == analysis::report::type ? std::optional(of.next_on) : std::nullopt;
}

concerned concerned_by(const analysis::event& happened, const analysis::state& of, const events::envelope&, const context&) {
    using namespace events::analysis;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, changed, handled, ended>) all.add(of.owner);
    }, happened);
    return all;
}

bool is_own(const analysis::state& of, member_id who) { return of.owner == who || forms::contains(of.concerned, who); }
date due_of(const analysis::state& of) { return of.next_on; }

section analysis::section_of(const event& happened) {
    namespace a = events::analysis;
    if (std::holds_alternative<a::planned>(happened) || std::holds_alternative<a::changed>(happened)) return {"plan"};
    if (std::holds_alternative<a::reported>(happened) || std::holds_alternative<a::corrected>(happened) || std::holds_alternative<a::found_steady>(happened))
        return {"looks", true};
    if (std::holds_alternative<a::acknowledged>(happened)) return {"acknowledgements", true};
    if (std::holds_alternative<a::handled>(happened)) return {"handled", true};
    return {};
}

std::string analysis::text_of(const event& happened) {
    namespace a = events::analysis;
    if (const auto* e = std::get_if<a::reported>(&happened)) return "finding " + std::to_string(e->look);
    if (const auto* e = std::get_if<a::corrected>(&happened)) return "finding " + std::to_string(e->look);
    return std::holds_alternative<a::planned>(happened) || std::holds_alternative<a::changed>(happened) ? "plan" : "";
}

// Out of those whom it concerns.
sight_change analysis::changes_sight(const event& happened) {
    namespace a = events::analysis;
    return {.own = std::holds_alternative<a::changed>(happened) || std::holds_alternative<a::handed_over>(happened)};
}

void analysis::find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to) {
    using source = evidence_ledger::source;
    const auto* a = after.find<analysis>(at.stream.number);
    if (a && std::holds_alternative<events::analysis::reported>(what)) to.findings.push_back({a->owner, source::findings_reported, at.position, on});
    if (std::holds_alternative<events::analysis::handled>(what) && at.actor)
        to.findings.push_back({at.actor, source::findings_handled, at.position, on});
}

}  // namespace core
