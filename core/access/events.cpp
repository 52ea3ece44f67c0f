#include "core/access/events.hpp"

#include "core/access/access.hpp"
#include "core/views/views.hpp"

namespace core::access {

bool may_read_event(const events::envelope& about, const person& reader, const views::views& all) {
    if (about.stream.kind == events::category::channel) {
        const auto* row = all.channels.row({about.stream.number});
        return row && may_see_channel(*row, reader);
    }
    return true;
}

}  // namespace core::access
