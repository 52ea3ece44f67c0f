#pragma once
// A folder of its own for a test, gone with it.

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>

namespace testing {

class folder {
public:
    folder() {
        static std::atomic<unsigned> number{0};
        path_ = std::filesystem::temp_directory_path() /
                ("opsroom-test-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
        std::filesystem::remove_all(path_);
    }
    ~folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace testing
