#include "clients/cli/upload.hpp"

#include "opsroom/files.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace cli {

json upload(context& about, const std::string& path) {
    // Said before anything is sent.
    if (std::filesystem::is_regular_file(path) && media_type_of(path).empty())
        throw failure(exit_code::invalid, fmt::format("不接受此类文件：{}", path), fmt::format("files of this type are not taken: {}", path));
    return about.server().send_file(path);
}

}  // namespace cli
