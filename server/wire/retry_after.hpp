#pragma once
// When to ask again. Whatever is refused for load, a rate or want of room says so, over HTTP and over the socket: who makes the refusal
// need not know it.

#include "server/wire/problem.hpp"

#include <optional>

namespace server::wire {

/// In seconds, at least 1; what the problem itself says, else by its status. Nothing where asking again does not help.
std::optional<int> retry_after(const problem& p);

}  // namespace server::wire
