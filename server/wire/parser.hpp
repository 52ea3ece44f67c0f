#pragma once
// Bytes from outside to JSON, bounded: UTF-8 and nesting are checked by the parser itself.

#include "events/codec/json_read.hpp"
#include "server/wire/problem.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace server::wire {

inline constexpr std::size_t json_depth_max = 16;

/// Keeps its memory between calls: one per thread. What it returns is valid until the next call.
class parser {
public:
    explicit parser(std::size_t bytes_max);

    /// Nothing where it is not JSON.
    std::optional<simdjson::dom::element> parse(std::string_view text);

private:
    simdjson::dom::parser parser_;
    std::size_t bytes_max_;
};

/// Keys of an object as they come, of which each may be there once: of two that differ, one reader takes the first and another
/// the last.
class once {
public:
    bool again(std::string_view key) {
        for (std::size_t i = 0; i < count_; ++i)
            if (seen_[i] == key) return true;
        // No object that is read key by key has as many: what comes beyond is unknown anyway.
        if (count_ < seen_.size()) seen_[count_++] = key;
        return false;
    }

private:
    std::array<std::string_view, 16> seen_;
    std::size_t count_ = 0;
};

/// A fault in a field as a problem.
problem from_fault(const events::codec::fault& f);
field_fault describe(const events::codec::fault& f);

/// "0 – 100" of "/data/percent"; empty where the number is one of a thing, or counts.
std::string_view bounds_of(std::string_view pointer);

}  // namespace server::wire
