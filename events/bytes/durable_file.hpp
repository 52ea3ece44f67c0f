#pragma once
// Small files that have to be there after a power cut, or not at all. Keys are kept so.
//
// All throw boost::system::system_error, whose text names the file. Any thread, but one writer a file.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace events::bytes {

/// Makes `folder` and what is missing above it, for the owner only (0700). Durable when it returns.
void make_folder(const std::filesystem::path& folder);

/// Writes `file` whole, readable by the owner only (0600), in place of one that is there. Durable when it
/// returns: written beside, synced, renamed, the folder synced.
void write_file(const std::filesystem::path& file, std::string_view bytes);

/// As write_file, and the bytes that were there before are overwritten, as shred_file does it.
void replace_file(const std::filesystem::path& file, std::string_view bytes);

/// Makes what `file` is called durable.
void sync_folder_of(const std::filesystem::path& file);

/// Nothing where there is no such file. Files over `most` bytes are an error (file_too_large).
std::optional<std::string> read_file(const std::filesystem::path& file, std::size_t most);

/// Overwrites the bytes, then removes the file, durably both. False where there was none. What a
/// copy-on-write or flash device keeps underneath is out of its reach.
bool shred_file(const std::filesystem::path& file);

/// The same of a file by its descriptor, which is open for writing: overwrites all of its bytes, durably, whatever it is called now.
/// `name` is for the error alone.
void overwrite(int descriptor, const std::filesystem::path& name);

}  // namespace events::bytes
