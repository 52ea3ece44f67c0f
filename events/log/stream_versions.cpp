#include "events/log/stream_versions.hpp"

#include <stdexcept>
#include <string>

namespace events {

void stream_versions::check(stream_id stream) const {
    const auto kind = static_cast<std::size_t>(stream.kind);
    if (!is_category(kind))
        throw std::invalid_argument("an event of a stream of unknown kind " + std::to_string(kind));
    if (stream.number == 0 || stream.number > highest(stream.kind) + gap_max)
        throw std::invalid_argument("ids are dense from 1: there can be no stream " + to_string(stream) + " after " +
                                    std::to_string(highest(stream.kind)));
}

}  // namespace events
