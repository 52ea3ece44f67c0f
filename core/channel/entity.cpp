#include "core/access/access.hpp"
#include "core/channel/channel.hpp"

namespace core {

bool may_see(const channel::state& of, const context& by) { return access::may_see_channel(of, *by.actor); }

}  // namespace core
