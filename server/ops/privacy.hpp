#pragma once
// The data folder is its owner's alone: folders 0700, files 0600. What is made from here on is made so (umask); what an older
// version left readable for others is mended at the start.

#include <cstddef>
#include <filesystem>
#include <string>

namespace server::ops {

/// Where the halves of the elections' keys lie that are not with the data, as it is set up.
std::filesystem::path election_keys_of(const std::string& data, const std::string& set_up);

/// From here on nothing that this process makes is for anybody else.
void make_files_private();

/// Mends `folder` and all that is in it, and follows no links. How many were open to others. Throws std::runtime_error, saying
/// what to do, where the permissions can't be changed. Nothing where there is no such folder yet.
std::size_t make_private(const std::filesystem::path& folder);

}  // namespace server::ops
