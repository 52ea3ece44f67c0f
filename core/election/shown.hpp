#pragma once
// How elections are shown (core/kernel/shown.hpp).

#include "core/election/election.hpp"
#include "core/kernel/shown.hpp"

#include <algorithm>

namespace core {

template <>
struct shown_as<election> : shown_plainly {
    static void put_own(auto& o, const election::state& s, const context& by) {
        o.put("title", s.title).put("organiser", s.organiser).put("seats", s.seats).put("electorate", s.electorate).put("schedule", s.schedule);
        o.put("nominees", s.nominees);
        // How many, and not who: nobody is watched while they vote.
        o.put("ballots", s.voters.size()).put("voted", std::binary_search(s.voters.begin(), s.voters.end(), by.who()));
        if (!s.totals.empty()) o.put("totals", s.totals);
        if (!s.winners.empty()) o.put("winners", s.winners);
    }
};

}  // namespace core
