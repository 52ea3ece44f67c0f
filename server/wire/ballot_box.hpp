#pragma once
// Where a choice is sealed on its way in, so that it is nowhere in the clear: not in the log, not even as a digest.

#include "events/catalog/id.hpp"
#include "events/catalog/uuid.hpp"

#include <cstdint>
#include <string>

namespace server::wire {

class ballot_box {
public:
    virtual ~ballot_box() = default;

    /// A new election's public key, base64. The other half is kept, durably, before this returns. Throws
    /// std::runtime_error where it can't be.
    virtual std::string open_poll() = 0;

    struct sealed {
        std::string ballot;        ///< base64; empty where there is no such election or nominee, for the rules to refuse
        std::uint64_t digest = 0;  ///< of the choice, by a key that goes with the election's: a retry is known, a guess is not proven
    };
    virtual sealed seal(events::election_id election, events::member_id voter, events::member_id nominee) = 0;
};

}  // namespace server::wire
