#include "events/ending/ending.hpp"

#include <unistd.h>

#include <cerrno>
#include <new>
#include <system_error>

#include <boost/system/system_error.hpp>

namespace events {
namespace {

constexpr ending_words all[] = {
    {ending::told_to, "按要求停止", "stopped as it was told to"},
    {ending::failed, "未能启动或完成（见最后一行）", "could not start or finish; the last line says why"},
    {ending::bad_usage, "命令行或配置有误", "the command line or the configuration is wrong"},
    {ending::in_use, "数据目录正被另一个进程使用", "the data folder is in use by another process"},
    {ending::damaged, "数据目录中有文件损坏，且无法由其他文件重建", "something in the data folder is damaged and can't be made again from the rest"},
    {ending::newer_version, "数据由更新版本的 opsroom 写入", "the data were written by a newer opsroom"},
    {ending::no_access, "无法读写数据目录（路径、权限或设备）", "the data folder can't be read or written: path, permissions or device"},
    {ending::disk_full, "磁盘空间不足，无法启动", "too little space on the disk to start"},
    {ending::no_address, "无法监听所设地址和端口", "the address and port can't be listened on"},
    {ending::not_durable, "日志写入失败，最后一批是否落盘未知；已确认的内容是安全的", "the log could not be written: what was acknowledged is safe, what was not is settled by the next start"},
    {ending::unforeseen, "未预见的错误结束了一个线程", "an unforeseen error ended a thread"},
};

language spoken = language::en;
std::function<void(ending, std::string_view)>& told() {
    static auto* one = new std::function<void(ending, std::string_view)>;  // never destroyed: threads may outlive main's end
    return *one;
}

int error_of(const std::exception& thrown) {
    if (const auto* e = dynamic_cast<const boost::system::system_error*>(&thrown))
        return e->code().category() == boost::system::system_category() || e->code().category() == boost::system::generic_category() ? e->code().value() : 0;
    if (const auto* e = dynamic_cast<const std::system_error*>(&thrown))
        return e->code().category() == std::system_category() || e->code().category() == std::generic_category() ? e->code().value() : 0;
    return 0;
}

bilingual line_of(std::string_view doing, const std::string& what, std::string_view zh, std::string_view en) {
    const std::string before = doing.empty() ? std::string() : std::string(doing) + ": ";
    return {before + what + "。" + std::string(zh), before + what + ". " + std::string(en)};
}

}  // namespace

std::span<const ending_words> endings() { return all; }

bool is_no_space(const std::exception& thrown) {
    const int error = error_of(thrown);
    return error == ENOSPC || error == EDQUOT;
}

cannot_go_on what_ended(const std::exception& thrown, std::string_view doing) {
    if (const auto* known = dynamic_cast<const cannot_go_on*>(&thrown)) return *known;
    if (dynamic_cast<const std::bad_alloc*>(&thrown))
        return {ending::unforeseen, line_of(doing, "out of memory", "请增加内存后重新启动；已确认的内容是安全的",
                                            "Give it more memory and start again; what was acknowledged is safe")};
    if (is_no_space(thrown))
        return {ending::disk_full, line_of(doing, thrown.what(), "请释放磁盘空间后重新启动", "Make room on the disk, then start again")};
    if (error_of(thrown) != 0)
        return {ending::no_access, line_of(doing, thrown.what(), "请检查路径、权限和磁盘后重新启动", "Check the path, its permissions and the disk, then start again")};
    return {ending::unforeseen, line_of(doing, thrown.what(), "请重新启动；若再次出现，请保留数据目录并求助",
                                        "Start again; if it comes back, keep the data folder as it is and ask for help")};
}

void speak_at_the_end(language in, std::function<void(ending, std::string_view)> also) {
    spoken = in;
    told() = std::move(also);
}

void say_last_line(ending code, const bilingual& line) noexcept {
    try {
        if (told()) told()(code, line.en);
        // One write: lines of other threads don't come between.
        std::string whole = "opsroomd: " + (spoken == language::zh ? line.zh : line.en);
        for (char& c : whole)
            if (c == '\n') c = ' ';
        whole += '\n';
        for (std::string_view rest = whole; !rest.empty();) {
            const auto n = ::write(STDERR_FILENO, rest.data(), rest.size());
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) break;
            rest.remove_prefix(static_cast<std::size_t>(n));
        }
    } catch (...) {
        constexpr std::string_view least = "opsroomd: out of memory\n";
        [[maybe_unused]] const auto n = ::write(STDERR_FILENO, least.data(), least.size());
    }
}

void end_process(ending code, const bilingual& line) noexcept {
    say_last_line(code, line);
    ::_exit(static_cast<int>(code));
}

}  // namespace events
