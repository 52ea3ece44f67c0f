#include "server/data_worker/reading/archive.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <array>

namespace data_worker {
namespace {

constexpr zip_int64_t parts_max = 10'000;

class part : public byte_source {
public:
    part(zip* of, std::uint64_t index, std::string name) : file_(zip_fopen_index(of, index, 0)), name_(std::move(name)) {
        if (!file_) damaged();
    }
    ~part() override {
        if (file_) zip_fclose(file_);
    }
    part(const part&) = delete;
    part& operator=(const part&) = delete;

    std::size_t read(char* to, std::size_t count) override {
        const auto n = zip_fread(file_, to, count);
        if (n < 0) damaged();
        done_ += static_cast<std::uint64_t>(n);
        if (done_ > bounds::part_bytes_max)
            throw trouble("too_large", fmt::format("工作簿中的 {} 展开后超过 {} GiB：请分成几次交付", name_, bounds::part_bytes_max >> 30), fmt::format("{} of the workbook unpacks to more than {} GiB: deliver it in parts", name_, bounds::part_bytes_max >> 30));
        return static_cast<std::size_t>(n);
    }

private:
    [[noreturn]] void damaged() const { throw trouble("unreadable", fmt::format("工作簿中的 {} 已损坏：请重新导出", name_), fmt::format("{} of the workbook is damaged: export it again", name_)); }

    zip_file_t* file_;
    std::string name_;
    std::uint64_t done_ = 0;
};

}  // namespace

std::string part_name(std::string_view written) {
    std::vector<std::string> steps;
    std::string step;
    const auto take = [&] {
        if (step == ".." && !steps.empty()) steps.pop_back();
        else if (!step.empty() && step != "." && step != "..") steps.push_back(step);
        step.clear();
    };
    for (const char c : written) {
        if (c == '/' || c == '\\') take();
        else step += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    take();
    std::string out;
    for (const auto& s : steps) out += (out.empty() ? "" : "/") + s;
    return out;
}

archive::archive(const std::string& path) {
    int why = 0;
    zip_ = zip_open(path.c_str(), ZIP_RDONLY, &why);
    const auto count = zip_ ? zip_get_num_entries(zip_, 0) : 0;
    if (!zip_ || count > parts_max) {
        if (zip_) zip_discard(zip_);
        throw trouble("unreadable", "不是完整的 XLSX 文件，可能被截断：请重新导出", "this is no whole XLSX file, it may be cut off: export it again");
    }
    for (zip_int64_t i = 0; i < count; ++i)
        if (const char* name = zip_get_name(zip_, static_cast<zip_uint64_t>(i), 0)) parts_.emplace(part_name(name), static_cast<std::uint64_t>(i));
}

archive::~archive() {
    if (zip_) zip_discard(zip_);
}

std::unique_ptr<byte_source> archive::open(std::string_view name) const {
    const auto found = parts_.find(part_name(name));
    return found == parts_.end() ? nullptr : std::make_unique<part>(zip_, found->second, found->first);
}

std::optional<std::string> archive::read(std::string_view name, std::size_t bytes_max) const {
    const auto from = open(name);
    if (!from) return std::nullopt;
    std::string out;
    std::array<char, 1 << 16> block;
    while (const auto n = from->read(block.data(), block.size())) {
        if (out.size() + n > bytes_max) throw trouble("too_large", fmt::format("工作簿中的 {} 过大", name), fmt::format("{} of the workbook is too large", name));
        out.append(block.data(), n);
    }
    return out;
}

}  // namespace data_worker
