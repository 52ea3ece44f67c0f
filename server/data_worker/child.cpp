#include "server/data_worker/child.hpp"

#include "server/data_worker/framing.hpp"
#include "server/data_worker/trouble.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace data_worker {
namespace {

struct channel {
    int ends[2] = {-1, -1};
    channel() {
        if (::pipe2(ends, O_CLOEXEC) != 0) throw trouble("engine", "无法启动查询进程", "the query's process can't be started");
    }
    ~channel() {
        close(0);
        close(1);
    }
    channel(const channel&) = delete;
    channel& operator=(const channel&) = delete;
    void close(int which) {
        if (ends[which] >= 0) ::close(ends[which]);
        ends[which] = -1;
    }
};

void limit(int what, rlim_t most) {
    const rlimit both{most, most};
    if (::setrlimit(what, &both) != 0) ::_exit(125);
}

/// Between fork and exec: only what may be called there.
[[noreturn]] void become(const char* program, char* const* arguments, const char* folder, int in, int out, const child_limits& limits) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::chdir(folder) != 0 || ::dup2(in, STDIN_FILENO) < 0 || ::dup2(out, STDOUT_FILENO) < 0) ::_exit(125);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 64);
    limit(RLIMIT_AS, limits.memory_bytes);
    limit(RLIMIT_CPU, limits.cpu_seconds);
    char* const nothing[] = {nullptr};
    ::execve(program, arguments, nothing);
    ::_exit(126);
}

/// In a child: only what may be called after fork.
[[noreturn]] void copy(const char* from, const char* to) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int in = ::open(from, O_RDONLY | O_CLOEXEC), out = ::open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (in < 0 || out < 0) ::_exit(errno);
    constexpr std::size_t part = 1u << 30;
    for (;;) {
        const auto n = ::copy_file_range(in, nullptr, out, nullptr, part, 0);
        if (n == 0) ::_exit(0);
        if (n < 0 && errno != EINTR) break;
    }
    // From one kind of file system to another: by hand.
    static char block[1 << 20];
    if (::lseek(in, 0, SEEK_SET) != 0 || ::lseek(out, 0, SEEK_SET) != 0) ::_exit(errno);
    for (;;) {
        const auto n = ::read(in, block, sizeof block);
        if (n == 0) ::_exit(0);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) ::_exit(errno);
        for (ssize_t at = 0; at < n;) {
            const auto written = ::write(out, block + at, static_cast<std::size_t>(n - at));
            if (written < 0 && errno != EINTR) ::_exit(errno);
            if (written > 0) at += written;
        }
    }
}

/// Until the other side ends, or time is over, or it is too much.
bool read_until(int from, std::string& into, std::chrono::steady_clock::time_point end, std::size_t most) {
    std::array<char, 1 << 16> block;
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
        if (left <= 0 || into.size() > most) return false;
        pollfd ready{from, POLLIN, 0};
        const int n = ::poll(&ready, 1, static_cast<int>(left));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        const auto got = ::read(from, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        into.append(block.data(), static_cast<std::size_t>(got));
    }
}

}  // namespace

std::string run_child(const std::string& program, const std::vector<std::string>& arguments, const std::string& folder, const std::string& question, const child_limits& limits) {
    channel to, from;
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (auto& w : words) pointers.push_back(w.data());
    pointers.push_back(nullptr);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(limits.wall_seconds);
    const auto child = ::fork();
    if (child < 0) throw trouble("engine", "无法启动查询进程", "the query's process can't be started");
    if (child == 0) become(program.c_str(), pointers.data(), folder.c_str(), to.ends[0], from.ends[1], limits);
    to.close(0);
    from.close(1);
    std::string answer;
    // A question is far smaller than what a pipe holds before somebody reads, or is read by who waits for it.
    const bool in_time = write_frame(to.ends[1], question) && read_until(from.ends[0], answer, end, limits.answer_bytes_max);
    to.close(1);
    if (!in_time) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    constexpr std::size_t head = 4;
    if (in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0 && answer.size() > head) return answer.substr(head);
    if (answer.size() > limits.answer_bytes_max) throw trouble("limit", "结果过大：请少要一些行或列", "the result is too large: ask for fewer rows or columns");
    if (!in_time || (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)))
        throw trouble("limit", fmt::format("查询超过了时限（{} 秒处理器时间）", limits.cpu_seconds), fmt::format("the query took longer than it may ({} seconds of processor time)", limits.cpu_seconds));
    throw trouble("limit", "查询所需的内存超过了限额", "the query needs more memory than it may take");
}

void copy_in_child(const std::string& from, const std::string& to) {
    const auto child = ::fork();
    if (child == 0) copy(from.c_str(), to.c_str());
    int status = 0;
    while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
    const std::string why = std::strerror(child < 0 ? errno : WIFEXITED(status) ? WEXITSTATUS(status) : EINTR);
    throw trouble("engine", "快照无法写入：" + why, "the snapshot can't be written: " + why);
}

}  // namespace data_worker
