#include "core/evidence.hpp"
#include "core/kernel/forms.hpp"
#include "core/proposal/proposal.hpp"

namespace core {

bool may_see(const proposal::state& of, const context& by) { return by.actor->active && of.is != proposal_status::absent; }

std::string name_of(const proposal::state& of) { return of.title; }

bool is_work_of(const proposal::state& of, member_id who) { return of.proposer == who && (proposal::undecided & flow::from(of.is)) != 0; }

concerned concerned_by(const proposal::event& happened, const proposal::state& of, const events::envelope&, const context&) {
    using namespace events::proposal;
    concerned all;
    std::visit([&]<class Event>(const Event&) {
        if constexpr (is_one_of<Event, adopted, returned, rejected, withdrawn, carried_out, dropped>) {
            all.add(of.proposer);
            all.add(of.with);
        }
    }, happened);
    return all;
}

bool is_own(const proposal::state& of, member_id who) {
    return of.proposer == who || forms::contains(of.with, who) || forms::contains(of.credited, who);
}

section proposal::section_of(const event& happened) {
    namespace p = events::proposal;
    if (std::holds_alternative<p::filed>(happened) || std::holds_alternative<p::revised>(happened)) return {"proposal"};
    if (std::holds_alternative<p::adopted>(happened) || std::holds_alternative<p::returned>(happened) || std::holds_alternative<p::rejected>(happened))
        return {"verdict"};
    if (std::holds_alternative<p::clarification_asked>(happened) || std::holds_alternative<p::clarified>(happened)) return {"clarifications", true};
    if (std::holds_alternative<p::carried_out>(happened) || std::holds_alternative<p::dropped>(happened)) return {"effect"};
    return {};
}

std::string proposal::text_of(const event& happened) {
    namespace p = events::proposal;
    return std::holds_alternative<p::filed>(happened) || std::holds_alternative<p::revised>(happened) ? "proposal" : "";
}

void proposal::find_evidence(const event& what, const events::envelope& at, const entities&, date on, evidence_ledger& to) {
    using source = evidence_ledger::source;
    if (const auto* adopted = std::get_if<events::proposal::adopted>(&what))
        for (const auto who : adopted->credited) to.findings.push_back({who, source::proposals_adopted, at.position, on});
}

}  // namespace core
