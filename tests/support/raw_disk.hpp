#pragma once
// What lies on a disk, byte by byte, whoever it is for.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace support {

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void put_bytes(const std::filesystem::path& file, std::string_view bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// Whether any file beneath `folder` has these bytes, or a name with them.
inline bool lies_in(const std::filesystem::path& folder, std::string_view bytes) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().filename().string().find(bytes) != std::string::npos) return true;
        if (entry.is_regular_file() && bytes_of(entry.path()).find(bytes) != std::string::npos) return true;
    }
    return false;
}

}  // namespace support
