#include "core/policies/policies.hpp"

#include "core/kernel/wrong_clock.hpp"
#include "core/kind.hpp"
#include "core/policies/handover.hpp"
#include "core/policies/outcomes.hpp"
#include "events/catalog/member.hpp"
#include "events/catalog/org.hpp"

namespace core::policies {

follow_ups follow(const events::recorded& happened, const context& by) {
    follow_ups all;
    if (const auto* member = happened.event.get_if<events::member::any>())
        if (const auto* over = std::get_if<events::member::handed_over>(member)) hand_over({happened.envelope.stream.number}, over->to, by, all);
    each_kind([&](const kind& one) { one.follow(happened, by, all); });
    if (const auto* org = happened.event.get_if<events::org::any>())
        if (const auto* back = std::get_if<events::org::clock_set_back>(org)) {
            const wrong_clock wrong(back->from, back->to, by);
            each_kind([&](const kind& one) { one.set_right(wrong, by, all); });
        }
    tell_of(happened, by, all);
    // What was said before there were rules for text goes on as what would be taken today.
    for (auto& one : all) kind_of(one.what.category())->mend(one.what);
    return all;
}

}  // namespace core::policies
