#pragma once
// What happened to members, out of their own streams: the one thing that a snapshot leaves out, as it is personal.

#include "events/log/log.hpp"

#include <map>
#include <string>
#include <string_view>

namespace server::engine {

/// Calls f(position, bytes) with every event of every member up to `up_to`, in the log's order: one of somebody may be about
/// another who joined later (their deputy, say). Holds all of them meanwhile.
template <class F>
void each_member_event(const events::log& log, events::position up_to, F f) {
    std::map<events::position, std::string> all;
    const auto highest = log.highest(events::category::member);
    bool on = true;
    for (std::uint64_t n = 1; n <= highest && on; ++n) {
        on = false;  // nobody after the first who was not there yet was
        log.read_stream({events::category::member, n}, {1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
            if (p > up_to) return false;
            on = true;
            all.emplace(p, bytes);
            return true;
        });
    }
    for (const auto& [position, bytes] : all) f(position, std::string_view(bytes));
}

}  // namespace server::engine
