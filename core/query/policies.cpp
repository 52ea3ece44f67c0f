// What follows by itself in queries: one that can't be running any more is recorded as lost.

#include "core/follow_up.hpp"
#include "core/query/query.hpp"

#include <algorithm>

namespace core {
namespace {

// Longer than any of them may take, with all that its answer is made of.
constexpr std::chrono::minutes runs_at_most{5};
// Few run at once: those that a server left behind are among the last of its time, and those whose end could not be recorded of this hour.
constexpr std::uint64_t last_ones = 64;
constexpr std::chrono::hours lately{1};

}  // namespace

void query::open_due(const context& by, follow_ups& all) {
    const auto highest = by.others->highest(category);
    const auto first = all.size();
    for (auto n = highest; n > 0; --n) {
        const auto* one = by.others->find<query>(n);
        if (!one || (one->at < by.now - lately && highest - n >= last_ones)) break;
        if (one->is != query_status::running || by.now < one->at + runs_at_most) continue;
        all.push_back({command(fail{{"lost", {"服务器在其执行中停止，结果未知。如仍需要，请再次查询。", "the server stopped while it ran, and what came of it is not known: ask again where it is still needed"}, 0}}),
                       events::stream_id{category, n}});
    }
    std::reverse(all.begin() + static_cast<std::ptrdiff_t>(first), all.end());
}

}  // namespace core
