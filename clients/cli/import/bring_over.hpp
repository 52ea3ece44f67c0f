#pragma once
// An archive to the server: people, channels, then messages.

#include "clients/cli/context.hpp"
#include "clients/cli/import/archive.hpp"

#include <cstdint>

namespace cli {

struct brought_over {
    std::uint64_t people = 0;       ///< who spoke
    std::uint64_t new_people = 0;
    std::uint64_t channels = 0;
    std::uint64_t new_channels = 0;
    std::uint64_t messages = 0;     ///< sent now
    std::uint64_t there = 0;        ///< were there from an earlier run
    std::uint64_t reworded = 0;     ///< were there, and say something else now
    std::uint64_t erased = 0;       ///< by people who have been erased since
};

/// Can be run again after any interruption, and on an archive that has grown. Throws `failure`.
brought_over bring_over(context& about, const chat_archive& archive);

}  // namespace cli
