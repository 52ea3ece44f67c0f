// What follows by itself in incentives.

#include "core/election/election.hpp"
#include "core/follow_up.hpp"
#include "core/incentive/incentive.hpp"
#include "core/kernel/calendar.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/election.hpp"
#include "events/catalog/member.hpp"

namespace core {
namespace {

/// An award for each of those elected, from the next working day on. SL approves it like any other (D8).
void propose_awards(election_id from, const context& by, follow_ups& all) {
    const auto* e = by.others->find<election>(from.value);
    if (!e) return;
    for (const auto m : e->winners) {
        incentive::form f{incentive::kind::award, m, {}, from, {}, by.calendar->after(by.today, 1), "表彰：" + e->title + " / commendation: " + e->title,
                          "当选 / elected: " + e->title, {}};
        if (by.flows) f.extras.form = by.flows->newest_form("F16");
        all.push_back({incentive::command(incentive::propose{std::move(f)}), std::nullopt});
    }
}

void withdraw_all_for(member_id left, const context& by, follow_ups& all) {
    for (std::uint64_t n = 1; n <= by.others->highest(incentive::category); ++n) {
        const auto* i = by.others->find<incentive>(n);
        if (i && i->member == left && (incentive::undecided & flow::from(i->is)))
            all.push_back({incentive::command(incentive::withdraw{"本人已离职 / has left"}), stream_of(incentive_id{n})});
    }
}

}  // namespace

void incentive::follow(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto number = happened.envelope.stream.number;
    if (const auto* e = happened.event.get_if<events::election::any>(); e && std::holds_alternative<events::election::announced>(*e)) propose_awards({number}, by, all);
    if (const auto* m = happened.event.get_if<events::member::any>(); m && std::holds_alternative<events::member::left>(*m)) withdraw_all_for({number}, by, all);
}

}  // namespace core
