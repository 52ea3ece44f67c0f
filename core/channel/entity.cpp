#include "core/access/access.hpp"
#include "core/channel/channel.hpp"
#include "core/follow_up.hpp"
#include "events/catalog/any.hpp"
#include "events/catalog/member.hpp"

namespace core {

bool may_see(const channel::state& of, const context& by) { return access::may_see_channel(of, *by.actor); }

// An administrator appoints the keeper of a channel that they can't look into.
bool channel::is_hidden(const state& now, const command& asked, const context& by) {
    if (!by.actor || access::may_see_channel(now, *by.actor)) return false;
    return !(std::holds_alternative<appoint_keeper>(asked) && by.actor->active && by.actor->has("AD"));
}

// One for members only whose last member is gone can't be opened to anybody any more.
void channel::follow(const events::recorded& happened, const context& by, follow_ups& all) {
    const auto* m = happened.event.get_if<events::member::any>();
    if (!m || !std::holds_alternative<events::member::left>(*m)) return;
    for (std::uint64_t n = 1; n <= by.others->highest(category); ++n) {
        const auto* c = by.others->find<channel>(n);
        if (!c || c->is != channel_status::open || c->visibility != visibility::members_only || !c->people.contains({happened.envelope.stream.number})) continue;
        if (!keeper_of(*c, *by.people)) all.push_back({command(archive{}), stream_of(channel_id{n})});
    }
}

}  // namespace core
