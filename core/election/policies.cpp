// What follows by itself in elections.

#include "core/election/election.hpp"
#include "core/kernel/lost_time.hpp"
#include "core/kernel/wrong_clock.hpp"

#include <array>

namespace core {

std::vector<election::command> made_up(const election::state& of, const lost_time& lost) {
    using window = lost_time::window;
    auto s = of.schedule;
    const window nominations{nullptr, &s.nominations_close, {}, true}, voting{&s.voting_opens, &s.voting_closes, {}, false},
        begun{nullptr, &s.voting_closes, s.voting_opens, true};
    bool moved = false;
    if (of.is == election_status::opened) moved = lost.lengthen(std::array{nominations, voting});
    if (of.is == election_status::nominated) moved = lost.lengthen(std::array{voting});
    if (of.is == election_status::voting) moved = lost.lengthen(std::array{begun});
    if (!moved) return {};
    return {election::reschedule{s, lost.reason()}};
}

std::vector<election::command> set_right(const election::state& of, const wrong_clock& wrong, const context&) {
    using is = election_status;
    if (of.is != is::opened && of.is != is::nominated && of.is != is::voting) return {};
    auto s = of.schedule;
    const std::array<date*, 3> steps{&s.nominations_close, &s.voting_opens, &s.voting_closes};
    const std::size_t taken = of.is == is::opened ? 0 : of.is == is::nominated ? 1 : 2;
    if (!wrong.bring_back(steps, taken)) return {};
    return {election::reschedule{s, wrong_clock::reason()}};
}

}  // namespace core
