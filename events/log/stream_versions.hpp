#pragma once
// The version that every stream is at, in memory. Not locked: the owner does that.

#include "events/catalog/stream.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace events {

class stream_versions {
public:
    /// Ids are dense, so a kind's versions are a plain vector. A number so far past the highest one is no new
    /// entity but a mistake, which must not cost gigabytes.
    static constexpr std::uint64_t gap_max = 1u << 20;

    /// 0 where there is no such stream.
    version of(stream_id stream) const {
        const auto& of_kind = versions_[static_cast<std::size_t>(stream.kind)];
        return stream.number < of_kind.size() ? version{of_kind[stream.number]} : version{};
    }

    /// Throws std::invalid_argument for a stream that can't be: see gap_max.
    void check(stream_id stream) const;

    /// `stream` has passed check().
    void set(stream_id stream, version v) {
        auto& of_kind = versions_[static_cast<std::size_t>(stream.kind)];
        if (stream.number >= of_kind.size()) of_kind.resize(stream.number + 1);
        of_kind[stream.number] = v.value;
    }

    /// The highest number of a stream of this kind; 0 without any.
    std::uint64_t highest(category kind) const {
        const auto& of_kind = versions_[static_cast<std::size_t>(kind)];
        return of_kind.empty() ? 0 : of_kind.size() - 1;
    }

private:
    std::array<std::vector<std::uint64_t>, category_count> versions_;
};

}  // namespace events
