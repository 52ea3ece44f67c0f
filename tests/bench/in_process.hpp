#pragma once
// The engine with its log and keys on a folder, and nothing around it: what a command costs without the wire.

#include <filesystem>

namespace bench {

/// Durable commands a second, chat posts and task moves half and half, `outstanding` on the way, over `seconds`.
double commands_without_sockets(const std::filesystem::path& folder, std::size_t outstanding, double seconds);

}  // namespace bench
