#include "core/alert/alert.hpp"
#include "core/evidence.hpp"
#include "core/kernel/audience.hpp"
#include "core/kernel/departments.hpp"

#include <algorithm>

namespace core {

bool may_see(const alert::state& of, const context& by) { return access::may_see_directory(*by.actor) && of.is != alert_status::absent; }

std::string name_of(const alert::state& of) { return of.name + (of.member.empty() ? "" : " · " + of.member); }

bool is_work_of(const alert::state& of, member_id who) {
    const bool waits = ((alert::open | flow::from(alert_status::resolved)) & flow::from(of.is)) != 0;
    return waits && (of.owner == who || std::find(of.concerned.begin(), of.concerned.end(), who) != of.concerned.end());
}

// Once, when it fires, and when it is over. What is listed in another, or is muted, is not told by itself.
concerned concerned_by(const alert::event& happened, const alert::state& of, const events::envelope&, const context& by) {
    using namespace events::alert;
    concerned all;
    std::visit([&]<class Event>([[maybe_unused]] const Event& e) {
        if constexpr (is_one_of<Event, fired, told_later, resolved>) {
            if (of.quietly) return;
            all.add(of.owner);
            all.add(of.concerned);
            all.add_all(by, [&](const person& p) { return manages(p, of.department, by); });
        }
        if constexpr (is_one_of<Event, acknowledged>) all.add(of.owner);
    }, happened);
    return all;
}

bool is_own(const alert::state& of, member_id who) { return of.owner == who || std::find(of.concerned.begin(), of.concerned.end(), who) != of.concerned.end(); }
date due_of(const alert::state& of) { return of.from; }

section alert::section_of(const event& happened) {
    using namespace events::alert;
    return std::visit([]<class Event>(const Event&) -> section {
        if constexpr (is_one_of<Event, noticed>) return {"seen"};
        else if constexpr (is_one_of<Event, fired, told_later>) return {"fired"};
        else if constexpr (is_one_of<Event, acknowledged>) return {"acknowledgements", true};
        else if constexpr (is_one_of<Event, resolved>) return {"end"};
        else if constexpr (is_one_of<Event, rated>) return {"ratings", true};
        else return {};
    }, happened);
}

std::string alert::text_of(const event& happened) { return std::holds_alternative<events::alert::fired>(happened) ? "seen" : ""; }

void alert::find_evidence(const event& what, const events::envelope& at, const entities&, date on, evidence_ledger& to) {
    const auto* over = std::get_if<events::alert::resolved>(&what);
    const bool handled = std::holds_alternative<events::alert::acknowledged>(what) || (over && over->by);
    if (handled && at.actor) to.findings.push_back({at.actor, evidence_ledger::source::alerts_handled, at.position, on});
}

}  // namespace core
