#include "server/warehouse/worker.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace server::warehouse {
namespace {

constexpr std::uint32_t frame_bytes_max = 64u << 20;

void shut(int& fd) {
    if (fd >= 0) ::close(std::exchange(fd, -1));
}

/// A pair of ends, neither of which a child inherits by itself.
struct pipe_ends {
    int read = -1, write = -1;
    pipe_ends() {
        std::array<int, 2> both{};
        if (::pipe2(both.data(), O_CLOEXEC) != 0) throw worker_gone(std::string("no pipe: ") + std::strerror(errno));
        read = both[0];
        write = both[1];
    }
    ~pipe_ends() {
        shut(read);
        shut(write);
    }
};

/// What a child is started with: its two ends and the log, and no other descriptor.
struct child_files {
    posix_spawn_file_actions_t actions;
    child_files(int in, int out) {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, in, 0);
        ::posix_spawn_file_actions_adddup2(&actions, out, 1);
        ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    }
    ~child_files() { ::posix_spawn_file_actions_destroy(&actions); }
};

}  // namespace

std::filesystem::path program_of(const std::string& set_up) {
    if (!set_up.empty()) return set_up;
    std::error_code unknown;
    return std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path() / "opsroom-data";
}

worker::~worker() { stop(); }

std::uint64_t worker::started() const {
    const std::lock_guard hold(mutex_);
    return started_;
}

void worker::start() {
    const std::lock_guard hold(process_mutex_);
    if (stopped_) throw worker_gone("the server is stopping");
    if (pid_ > 0) return;
    pipe_ends asks, answers;
    child_files files(asks.read, answers.write);
    const std::string program = how_.program, memory = std::to_string(how_.memory_mib), threads = std::to_string(how_.threads), database = how_.database, published = how_.published;
    std::vector<std::string> words{program, "serve", "--database", database, "--snapshots", published, "--memory-mb", memory, "--threads", threads};
    if (how_.only_reads) words.insert(words.end(), {"--only-reads", "1"});
    std::vector<char*> argv;
    for (auto& w : words) argv.push_back(w.data());
    argv.push_back(nullptr);
    int pid = -1;
    if (const int failed = ::posix_spawn(&pid, program.c_str(), &files.actions, nullptr, argv.data(), environ); failed != 0)
        throw worker_gone(program + " can't be started: " + std::strerror(failed));
    pid_ = pid;
    to_ = std::exchange(asks.write, -1);
    from_ = std::exchange(answers.read, -1);
    ++started_;
}

/// It is not asked again: whatever it was doing is of no use to anybody.
void worker::end(const char* why) {
    {
        const std::lock_guard hold(process_mutex_);
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        shut(to_);
        shut(from_);
        if (stopped_) return;
    }
    if (how_.ended) how_.ended(why);
}

void worker::stop() {
    {
        const std::lock_guard hold(process_mutex_);
        stopped_ = true;
        if (pid_ > 0) ::kill(pid_, SIGKILL);  // whoever waits for its answer sees the end of it
    }
    const std::lock_guard hold(mutex_);
    end("stopped");
}

void worker::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::write(to_, bytes.data(), bytes.size());  // SIGPIPE is ignored by the whole process
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) throw worker_gone(std::string("it takes nothing: ") + std::strerror(errno));
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

void worker::read(char* into, std::size_t bytes, std::chrono::steady_clock::time_point until) {
    while (bytes > 0) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
        pollfd one{from_, POLLIN, 0};
        const int ready = left > 0 ? ::poll(&one, 1, static_cast<int>(left)) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready == 0) throw worker_gone("no answer in time");
        const auto n = ::read(from_, into, bytes);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) throw worker_gone(n == 0 ? "it has ended" : std::strerror(errno));
        into += n;
        bytes -= static_cast<std::size_t>(n);
    }
}

nlohmann::json worker::ask(nlohmann::json what) {
    const std::lock_guard hold(mutex_);
    const auto id = ++asked_;
    what["id"] = id;
    const auto text = what.dump();
    if (text.size() > frame_bytes_max) throw worker_refused("too_large", "问题过大。", "What is asked is too large.");
    try {
        start();
        const auto until = std::chrono::steady_clock::now() + how_.answers_within;
        std::array<char, 4> length{};
        for (int i = 0; i < 4; ++i) length[static_cast<std::size_t>(i)] = static_cast<char>(text.size() >> 8 * i);
        write({length.data(), length.size()});
        write(text);
        read(length.data(), length.size(), until);
        std::uint32_t bytes = 0;
        for (int i = 3; i >= 0; --i) bytes = bytes << 8 | static_cast<unsigned char>(length[static_cast<std::size_t>(i)]);
        if (bytes > frame_bytes_max) throw worker_gone("an answer that is too large");
        std::string answer(bytes, '\0');
        read(answer.data(), answer.size(), until);
        auto said = nlohmann::json::parse(answer);
        if (said.at("id") != id) throw worker_gone("an answer to something else");
        if (const auto no = said.find("error"); no != said.end())
            throw worker_refused(no->at("code").get<std::string>(), no->at("zh").get<std::string>(), no->at("en").get<std::string>());
        return std::move(said.at("ok"));
    } catch (const worker_gone& why) {
        end(why.what());
        throw;
    } catch (const nlohmann::json::exception& why) {
        end(why.what());
        throw worker_gone(why.what());
    }
}

}  // namespace server::warehouse
