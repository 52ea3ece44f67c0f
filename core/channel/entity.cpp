#include "core/access/access.hpp"
#include "core/channel/channel.hpp"

namespace core {

bool may_see(const channel::state& of, const context& by) { return access::may_see_channel(of, *by.actor); }

// An administrator appoints the keeper of a channel that they can't look into.
bool channel::is_hidden(const state& now, const command& asked, const context& by) {
    if (!by.actor || access::may_see_channel(now, *by.actor)) return false;
    return !(std::holds_alternative<appoint_keeper>(asked) && by.actor->active && by.actor->has("AD"));
}

}  // namespace core
