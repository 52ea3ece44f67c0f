#include "core/policies/handover.hpp"

#include "core/member/member.hpp"
#include "core/open_work.hpp"

namespace core::policies {

void hand_over(member_id from, member_id to, const context& by, follow_ups& all) {
    each_work_of(from, by, [&](events::stream_id which, const entity& one) {
        all.push_back({one.handed_over(from, to, by), which});
        return true;
    });
    const auto* leaving = by.people->find(from);
    each_below(from, by, [&](member_id below) {
        // Who takes over can't answer to themselves: they answer to whom the one who left did.
        const auto above = below == to ? (leaving ? leaving->superior : member_id{}) : to;
        all.push_back({member::command(member::set_superior{above}), stream_of(below)});
        return true;
    });
}

}  // namespace core::policies
