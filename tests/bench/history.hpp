#pragma once
// A long history of a department, the same every time: members, what they say in channels, and tasks from assignment to
// acceptance. A folder that opsroomd can be started on. It is kept for the next run; one that is not whole is made anew.

#include <cstdint>
#include <filesystem>

namespace bench {

inline constexpr std::uint64_t history_events = 2'000'000;

/// The folder, under `in`. Takes a minute where it has to be made; throws std::runtime_error where it can't be.
std::filesystem::path history(const std::filesystem::path& in);

/// The same so many events long, with requests and projects among them.
std::filesystem::path history_with_projects(const std::filesystem::path& in, std::uint64_t events);

}  // namespace bench
