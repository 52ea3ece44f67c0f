#pragma once
// How elections are shown (core/kernel/shown.hpp).

#include "core/election/election.hpp"
#include "core/kernel/shown.hpp"

#include <algorithm>

namespace core {

template <>
struct shown_as<election> : shown_plainly {
    struct also {
        std::uint32_t ballots;
        bool voted;
    };
    static void put_own(auto& o, const election::state& s, const context& by) {
        o.put("title", s.title).put("organiser", s.organiser).put("seats", s.seats).put("electorate", s.electorate).put("schedule", s.schedule);
        o.put("nominees", s.nominees);
        // How many, and not who: nobody is watched while they vote.
        o.put("ballots", s.voters.size()).put("voted", std::binary_search(s.voters.begin(), s.voters.end(), by.who()));
        if (!s.totals.empty()) o.put("totals", s.totals);
        if (!s.winners.empty()) o.put("winners", s.winners);
    }
};
OPSROOM_DESCRIBE(shown_as<election>::also, (ballots, number("已投票人数", "Ballots cast")), (voted, yes_no("本人已投票", "You have voted")))

}  // namespace core
