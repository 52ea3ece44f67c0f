#include "clients/cli/bulk/archive.hpp"

#include "clients/cli/failure.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <array>

namespace cli::bulk {
namespace {

constexpr zip_int64_t parts_max = 100'000;

struct close_part {
    void operator()(zip_file_t* f) const { zip_fclose(f); }
};

[[noreturn]] void damaged(const std::string& name) {
    throw failure(exit_code::invalid, fmt::format("压缩包中的 {} 已损坏：请重新导出文件", name),
                  fmt::format("{} in the archive is damaged: export the file again", name));
}

}  // namespace

archive::archive(const std::string& bytes) {
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &why);
    if (source) zip_ = zip_open_from_source(source, ZIP_RDONLY, &why);
    if (source && !zip_) zip_source_free(source);
    zip_error_fini(&why);
    if (zip_ && zip_get_num_entries(zip_, 0) <= parts_max) return;
    if (zip_) zip_discard(zip_);
    throw failure(exit_code::invalid, "不是完整的 ZIP 文件：请重新导出", "this is no whole ZIP file: export it again");
}

archive::~archive() { zip_discard(zip_); }

std::optional<std::string> archive::read(const std::string& name, std::size_t bytes_max) const {
    const auto index = zip_name_locate(zip_, name.c_str(), 0);
    if (index < 0) return std::nullopt;
    const std::unique_ptr<zip_file_t, close_part> part(zip_fopen_index(zip_, static_cast<zip_uint64_t>(index), 0));
    if (!part) damaged(name);
    std::string out;
    std::array<char, 65536> some;
    for (;;) {
        const auto n = zip_fread(part.get(), some.data(), some.size());
        if (n < 0) damaged(name);
        if (n == 0) break;
        if (out.size() + static_cast<std::size_t>(n) > bytes_max)
            throw failure(exit_code::invalid, fmt::format("压缩包中的 {} 展开后超过 {} MiB：请分成几个文件", name, bytes_max >> 20),
                          fmt::format("{} in the archive unpacks to more than {} MiB: split the file", name, bytes_max >> 20));
        out.append(some.data(), static_cast<std::size_t>(n));
    }
    return out;
}

std::vector<std::string> archive::names() const {
    std::vector<std::string> all;
    const auto count = zip_get_num_entries(zip_, 0);
    for (zip_int64_t i = 0; i < count; ++i)
        if (const char* name = zip_get_name(zip_, static_cast<zip_uint64_t>(i), 0)) all.emplace_back(name);
    return all;
}

}  // namespace cli::bulk
