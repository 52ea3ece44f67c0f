#include "server/data_worker/reading/record.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace data_worker {
namespace {

class file : public byte_source {
public:
    explicit file(const std::string& path) : handle_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {
        struct stat about {};
        if (handle_ < 0 || ::fstat(handle_, &about) != 0 || !S_ISREG(about.st_mode)) {
            if (handle_ >= 0) ::close(handle_);
            throw trouble("not_found", "找不到或无法打开这个文件", "the file is not there, or can't be opened");
        }
        if (static_cast<std::uint64_t>(about.st_size) > bounds::file_bytes_max) {
            ::close(handle_);
            throw trouble("too_large", fmt::format("文件超过 {} GiB：请分成几次交付", bounds::file_bytes_max >> 30), fmt::format("the file has more than {} GiB: deliver it in parts", bounds::file_bytes_max >> 30));
        }
    }
    ~file() override { ::close(handle_); }
    file(const file&) = delete;
    file& operator=(const file&) = delete;

    std::size_t read(char* to, std::size_t count) override {
        for (;;) {
            const auto n = ::read(handle_, to, count);
            if (n >= 0) return static_cast<std::size_t>(n);
            if (errno != EINTR) throw trouble("unreadable", "读取文件时出错", "reading the file failed");
        }
    }

private:
    int handle_;
};

}  // namespace

std::unique_ptr<byte_source> open_file(const std::string& path) { return std::make_unique<file>(path); }

}  // namespace data_worker
