#include "events/log/open_error.hpp"

#include <array>
#include <string_view>

namespace events {
namespace {

struct words {
    std::string_view zh, en;
};

constexpr std::array<words, 7> texts{{
    {"", ""},
    {"数据目录正被另一个进程使用。请先停止该进程，或指定另一个数据目录",
     "the data folder is in use by another process: stop that one first, or choose another folder"},
    {"数据目录已损坏，未作任何改动。请从备份恢复（若就是要使用较旧的日志，请先移走 acknowledged 文件和 index 目录）；否则保留原样并求助",
     "the data folder is damaged; nothing in it was changed: restore it from a backup (an older log that is the one you want: move the file "
     "acknowledged and the folder index away first), or keep it as it is and ask for help"},
    {"数据目录由更新版本的 opsroom 写入。请运行该版本或更新的版本",
     "the data folder was written by a newer opsroom: run that version or a later one"},
    {"无法访问数据目录。请检查路径和权限", "the data folder can't be accessed: check its path and its permissions"},
    {"磁盘空间不足。请释放空间后重新启动", "the disk is full: make room on it, then start again"},
    {"这是从正在运行的服务器那里复制来的数据目录，可能只有一半内容。请用 opsroom backup create 做备份并恢复，或先停止服务器再复制；"
     "若复制时服务器已经崩溃、无人在写，请删除该副本中的 lock 文件后再启动",
     "this is a copy of a data folder that a running server was writing to, and may hold half of what happened: take a backup with "
     "opsroom backup create and restore that, or stop the server before copying; if the server had crashed and nobody was writing "
     "when it was copied, delete the file `lock` in the copy and start again"},
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

cannot_go_on open_failure::ended() const {
    constexpr std::array<ending, 7> codes{ending::failed,    ending::in_use,    ending::damaged, ending::newer_version,
                                          ending::no_access, ending::disk_full, ending::damaged};
    return {codes.at(static_cast<std::size_t>(code)), {message(language::zh), message(language::en)}};
}

}  // namespace events
