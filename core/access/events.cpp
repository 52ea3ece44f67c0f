#include "core/access/events.hpp"

#include "core/access/access.hpp"
#include "core/views/views.hpp"

namespace core::access {

bool may_read_event(const events::envelope& about, const person& reader, const views::views& all) {
    if (about.stream.kind == events::category::channel) {
        const auto* row = all.channels.row({about.stream.number});
        return row && may_see_channel(*row, reader);
    }
    // Whom an appraisal, or what is made of it, is for reads it there (D5): no audit does.
    return about.stream.kind != events::category::appraisal && about.stream.kind != events::category::incentive;
}

}  // namespace core::access
