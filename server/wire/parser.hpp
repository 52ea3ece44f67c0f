#pragma once
// Bytes from outside to JSON, bounded: UTF-8 and nesting are checked by the parser itself.

#include "events/codec/json_read.hpp"
#include "server/wire/problem.hpp"

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

/// A fault in a field as a problem.
problem from_fault(const events::codec::fault& f);
field_fault describe(const events::codec::fault& f);

}  // namespace server::wire
