#pragma once
// Which neighbours in the log make up one command.

#include "events/log/log.hpp"

namespace events {

/// Takes the events in order and tells where one command ends and the next begins. What the system does in consequence
/// belongs to it, also where a transaction goes on after that. The same for a batch that is being appended and for a log
/// that is being read back.
class command_groups {
public:
    /// True if `about` begins another command than the event before it.
    bool begins(const envelope& about) {
        const bool somebody_else = about.actor != whose_.actor && about.actor != the_system;
        const bool first = !any_ || about.causation != whose_.id || somebody_else || about.digest != 0;
        if (first) whose_ = {about.actor, about.causation};
        any_ = true;
        return first;
    }

    /// Set-up has no command: its causation is the nil id.
    static bool is_command(const envelope& about) { return about.causation != uuid{}; }

private:
    command_key whose_{};
    bool any_ = false;
};

}  // namespace events

template <>
struct std::hash<events::command_key> {
    std::size_t operator()(const events::command_key& key) const noexcept {
        // An id of version 7 has its randomness in the second half, and a counter would be in the first.
        std::uint64_t high = 0, low = 0;
        for (int i = 0; i < 8; ++i) {
            high = high << 8 | key.id.bytes[i];
            low = low << 8 | key.id.bytes[8 + i];
        }
        auto h = (high ^ key.actor.value * 0x9E3779B97F4A7C15ull) * 0xC2B2AE3D27D4EB4Full;
        h ^= h >> 32;
        h = (h ^ low) * 0x9E3779B97F4A7C15ull;
        return h ^ h >> 32;
    }
};
