#include "core/evidence.hpp"
#include "core/follow_up.hpp"
#include "core/kernel/audience.hpp"
#include "core/kernel/departments.hpp"
#include "core/kernel/forms.hpp"
#include "core/project/project.hpp"
#include "core/strategy/strategy.hpp"
#include "events/catalog/any.hpp"

namespace core {

bool may_see(const strategy::state& of, const context& by) {
    const bool was_published = of.number != 0;
    const auto* in = was_published && of.project ? by.others->find<project>(of.project.value) : nullptr;
    return access::self_or_stood_in_for(by, [&](const person& p) {
        if (!p.active || of.is == strategy_status::absent) return false;
        if (of.author == p.id || manages(p, of.department, by) || p.has("SL") || p.has("AU")) return true;
        if (was_published && (access::is_of(of.department, p) || p.has("OM") || forms::contains(of.concerned, p.id))) return true;
        return in && may_see_project(*in, p, *by.others);
    });
}

std::string name_of(const strategy::state& of) { return of.title; }

bool is_work_of(const strategy::state& of, member_id who) {
    if (!(strategy::live & flow::from(of.is))) return false;
    return of.author == who || (forms::contains(of.concerned, who) && !forms::contains(of.acknowledged, who));
}

std::optional<date> said_due(const strategy::state& of, std::string_view command, const context&) {
    if (command == strategy::acknowledge::type) return of.acknowledge_by;
    return command == strategy::check::type ? std::optional(of.check_on) : std::nullopt;
}

// To those concerned it is conveyed; that it holds no more they have to hear, unless the next one is conveyed to them.
concerned concerned_by(const strategy::event& happened, const strategy::state& of, const events::envelope&, const context& by) {
    using namespace events::strategy;
    concerned all;
    std::visit([&]<class Event>(const Event& e) {
        if constexpr (is_one_of<Event, returned, published, checked, superseded, ended, discarded>) all.add(of.author);
        if constexpr (is_one_of<Event, ended>) all.add(of.concerned);
        if constexpr (is_one_of<Event, superseded>) {
            const auto* next = by.others->find<strategy>(e.by.value);
            for (const auto m : of.concerned)
                if (!next || !forms::contains(next->concerned, m)) all.add(m);
        }
    }, happened);
    return all;
}

bool is_own(const strategy::state& of, member_id who) { return of.author == who || forms::contains(of.concerned, who); }
date due_of(const strategy::state& of) { return of.check_on; }

section strategy::section_of(const event& happened) {
    namespace v = events::strategy;
    if (std::holds_alternative<v::drafted>(happened) || std::holds_alternative<v::revised>(happened)) return {"F19"};
    if (std::holds_alternative<v::checked>(happened)) return {"checks", true};
    if (std::holds_alternative<v::acknowledged>(happened)) return {"acknowledgements", true};
    if (std::holds_alternative<v::published>(happened) || std::holds_alternative<v::returned>(happened)) return {"verdict"};
    if (std::holds_alternative<v::ended>(happened) || std::holds_alternative<v::discarded>(happened) || std::holds_alternative<v::superseded>(happened))
        return {"end"};
    return {};
}

std::string strategy::text_of(const event& happened) {
    namespace v = events::strategy;
    return std::holds_alternative<v::drafted>(happened) || std::holds_alternative<v::revised>(happened) ? "F19" : "";
}

sight_change strategy::changes_sight(const event& happened) { return {.own = std::holds_alternative<events::strategy::handed_over>(happened)}; }

// One version of a line holds at a time.
void strategy::follow(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto* what = happened.event.get_if<event>();
    if (!what || !std::holds_alternative<events::strategy::published>(*what)) return;
    const strategy_id newest{happened.envelope.stream.number};
    const auto* v = by.others->find<strategy>(newest.value);
    if (v && v->replaces) all.push_back({command(supersede{newest}), stream_of(v->replaces)});
}

void strategy::find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to) {
    using source = evidence_ledger::source;
    const auto* v = after.find<strategy>(at.stream.number);
    if (v && std::holds_alternative<events::strategy::published>(what))
        to.findings.push_back({v->author, source::strategies_published, at.position, on});
    if (std::holds_alternative<events::strategy::checked>(what) && at.actor)
        to.findings.push_back({at.actor, source::strategies_checked, at.position, on});
}

}  // namespace core
