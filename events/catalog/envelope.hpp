#pragma once
// What is known of every event, whatever happened.

#include "events/catalog/stream.hpp"
#include "events/catalog/uuid.hpp"
#include "events/catalog/value.hpp"

#include <string>

namespace events {

struct envelope {
    events::position position;
    stream_id stream;
    events::version version;
    instant time;        ///< when it was recorded, UTC
    member_id actor;     ///< who did it; `the_system` for policies and set-up
    uuid causation;      ///< the command that it follows from
    uuid correlation;    ///< the request that began it all; equal to `causation` unless a policy acted
    std::uint64_t digest = 0;  ///< of the command's content, on its first event: tells a retry from a re-used id
    member_id in_place_of{};   ///< whom the actor stood in for (D13); 0: nobody
    bool keyed = false;        ///< the digest is, with the installation's secret: it confirms no guess. Older ones are not
    std::uint64_t salt = 0;    ///< random, so that the hash of what is hidden from somebody confirms no guess; 0: none is needed

    bool operator==(const envelope&) const = default;
};

}  // namespace events
