#include "events/log/open_error.hpp"

#include <array>
#include <string_view>

namespace events {
namespace {

struct words {
    std::string_view zh, en;
};

constexpr std::array<words, 5> texts{{
    {"", ""},
    {"数据目录正被另一个进程使用。请先停止该进程，或指定另一个数据目录",
     "the data folder is in use by another process: stop that one first, or choose another folder"},
    {"数据目录已损坏，未作任何改动。请从备份恢复，或保留原样并求助",
     "the data folder is damaged; nothing in it was changed: restore it from a backup, or keep it as it is and ask for help"},
    {"数据目录由更新版本的 opsroom 写入。请运行该版本或更新的版本",
     "the data folder was written by a newer opsroom: run that version or a later one"},
    {"无法访问数据目录。请检查路径、权限和磁盘空间",
     "the data folder can't be accessed: check its path, its permissions and the space on the disk"},
}};

class category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "opsroom.open"; }
    std::string message(int value) const override {
        const auto& text = texts.at(static_cast<std::size_t>(value));
        return std::string(text.en) + " / " + std::string(text.zh);
    }
};

}  // namespace

const boost::system::error_category& open_category() {
    static const category instance;
    return instance;
}

std::string open_failure::message(language in) const {
    const auto& text = texts.at(static_cast<std::size_t>(code));
    std::string line(in == language::zh ? text.zh : text.en);
    line += in == language::zh ? "（" : " (";
    line += folder;
    if (!detail.empty()) line += ": " + detail;
    line += in == language::zh ? "）" : ")";
    return line;
}

}  // namespace events
