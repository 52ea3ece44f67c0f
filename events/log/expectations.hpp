#pragma once
// Checks what an append expects of the log against what is there. For the appending thread alone.

#include "events/log/log.hpp"
#include "events/log/stream_versions.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <optional>
#include <span>

namespace events {

class expectations {
public:
    /// Throws std::invalid_argument for a stream that can't be.
    std::optional<append_refusal> check(std::span<const entry> batch, position head, const stream_versions& present);

    /// After a check that refused nothing: the streams of the batch and the versions that they get to.
    const boost::unordered_flat_map<stream_id, version, std::hash<stream_id>>& moved() const { return moved_; }

private:
    boost::unordered_flat_map<stream_id, version, std::hash<stream_id>> moved_;
};

}  // namespace events
