#include "server/engine/refusals.hpp"

#include "events/ending/ending.hpp"
#include "events/log/log.hpp"

namespace server::engine {

core::refusal refusal_of(const std::exception& failed) {
    if (events::is_no_space(failed)) return disk_full;
    if (events::is_shortage(failed)) return short_of_means;
    return dynamic_cast<const events::index_broken*>(&failed) ? being_mended : unreadable;
}

}  // namespace server::engine
