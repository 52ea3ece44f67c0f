// What follows by itself in collection plans.

#include "core/collection/collection.hpp"
#include "core/follow_up.hpp"
#include "events/catalog/any.hpp"

namespace core {

// One version of a line holds at a time.
void collection::follow(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto* what = happened.event.get_if<event>();
    if (!what || !std::holds_alternative<events::collection::activated>(*what)) return;
    const collection_id newest{happened.envelope.stream.number};
    const auto* plan = by.others->find<collection>(newest.value);
    if (plan && plan->replaces) all.push_back({command(supersede{newest}), stream_of(plan->replaces)});
}

}  // namespace core
