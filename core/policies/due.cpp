#include "core/policies/due.hpp"

#include "core/kernel/lost_time.hpp"
#include "core/kind.hpp"

namespace core::policies {

follow_ups due(const context& by) {
    follow_ups all;
    each_kind([&](const kind& one) { one.due(by, all); });
    return all;
}

follow_ups made_up(const context& by, instant since) {
    follow_ups all;
    const lost_time lost(since, by);
    if (!lost.is_nothing()) each_kind([&](const kind& one) { one.make_up(lost, by, all); });
    return all;
}

}  // namespace core::policies
