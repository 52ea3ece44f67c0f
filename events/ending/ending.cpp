#include "events/ending/ending.hpp"

#include <unistd.h>

#include <cerrno>
#include <exception>
#include <memory>
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
    {ending::out_of_memory, "内存不足（或线程数、描述符受限）", "too little memory, or too few threads or descriptors"},
    {ending::not_durable, "日志写入失败，最后一批是否落盘未知；已确认的内容是安全的", "the log could not be written: what was acknowledged is safe, what was not is settled by the next start"},
    {ending::unforeseen, "未预见的错误结束了一个线程", "an unforeseen error ended a thread"},
};

language spoken = language::en;
/// Given back for the last line, which takes some memory to write.
std::unique_ptr<char[]> set_aside;
constexpr std::size_t set_aside_bytes = 256u << 10;

constexpr struct {
    std::string_view zh, en;
} no_memory{"内存不足：请增加内存（容器或 ulimit -v 的上限）后重新启动；已确认的内容是安全的",
                                    "out of memory: give it more (the container's limit, ulimit -v), then start again; what was acknowledged is safe"};

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

/// Takes none.
void write_no_memory() noexcept {
    for (const std::string_view part : {std::string_view("opsroomd: "), spoken == language::zh ? no_memory.zh : no_memory.en, std::string_view("\n")})
        [[maybe_unused]] const auto n = ::write(STDERR_FILENO, part.data(), part.size());
}

/// What left a thread that was not started by us (RocksDB's, SQLite's), or left what must not throw.
[[noreturn]] void at_terminate() noexcept {
    set_aside.reset();
    try {
        try {
            if (const auto thrown = std::current_exception()) std::rethrow_exception(thrown);
        } catch (const std::exception& thrown) {
            end_process(what_ended(thrown, {}));
        } catch (...) {  // as good as none
        }
        // On its way, and it met threads that nobody had joined: the next one of several could not be had.
        if (std::uncaught_exceptions() > 0) end_process(ending::out_of_memory, {std::string(no_memory.zh), std::string(no_memory.en)});
        end_process(ending::unforeseen, {"未预见的错误：请重新启动；若再次出现，请保留数据目录并求助",
                                         "an unforeseen error: start again; if it comes back, keep the data folder as it is and ask for help"});
    } catch (...) {  // there is no memory for the words
        write_no_memory();
        ::_exit(static_cast<int>(ending::out_of_memory));
    }
}

}  // namespace

std::span<const ending_words> endings() { return all; }

bool is_no_space(const std::exception& thrown) {
    const int error = error_of(thrown);
    return error == ENOSPC || error == EDQUOT;
}

bool is_shortage(const std::exception& thrown) {
    const int error = error_of(thrown);
    return dynamic_cast<const std::bad_alloc*>(&thrown) || error == ENOMEM || error == EAGAIN || error == EMFILE || error == ENFILE;
}

cannot_go_on what_ended(const std::exception& thrown, std::string_view doing) {
    if (const auto* known = dynamic_cast<const cannot_go_on*>(&thrown)) return *known;
    if (is_shortage(thrown)) {
        const bool memory = error_of(thrown) == 0;
        return {ending::out_of_memory, line_of(doing, memory ? "out of memory" : thrown.what(), "请增加内存、线程数或描述符的上限（容器、ulimit）后重新启动；已确认的内容是安全的",
                                               "Give it more memory, threads or descriptors (the container's limits, ulimit), then start again; what was acknowledged is safe")};
    }
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
    set_aside = std::make_unique<char[]>(set_aside_bytes);
    std::set_terminate(at_terminate);
}

void say_last_line(ending code, const bilingual& line) noexcept {
    set_aside.reset();
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
        write_no_memory();
    }
}

void end_process(ending code, const bilingual& line) noexcept {
    say_last_line(code, line);
    ::_exit(static_cast<int>(code));
}

}  // namespace events
