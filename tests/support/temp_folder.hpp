#pragma once
// A folder of one's own for the length of a test; removed with everything in it.

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace support {

class temp_folder {
public:
    temp_folder() {
        auto form = (std::filesystem::temp_directory_path() / "opsroom-test-XXXXXX").string();
        if (!::mkdtemp(form.data())) throw std::system_error(errno, std::generic_category(), "cannot make " + form);
        path_ = form;
    }
    ~temp_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temp_folder(const temp_folder&) = delete;
    temp_folder& operator=(const temp_folder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

}  // namespace support
