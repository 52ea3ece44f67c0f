#pragma once
// A command as it is given to a room, a transaction or an outbox.

#include "opsroom/json.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace opsroom {

struct command {
    std::string type;                           ///< "channel.post"
    std::string target = {};                    ///< "channel/5", "#0" in a transaction; empty: it creates, or there is one alone
    std::optional<std::uint64_t> expect = {};   ///< the version that was seen
    json data = json::object();
    std::string id = {};                        ///< UUID, by which it happens once; empty: a new one
};

/// What `POST /api/v1/commands/{type}` and the socket's `command` carry.
json body_of(const command& c);

}  // namespace opsroom
