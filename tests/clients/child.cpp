#include "tests/clients/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace clients_test {

child::child(const std::vector<std::string>& command, const std::vector<std::string>& environment) {
    int to[2], from[2];
    if (::pipe2(to, O_CLOEXEC) != 0 || ::pipe2(from, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
    std::vector<char*> argv, envp;
    for (const auto& each : command) argv.push_back(const_cast<char*>(each.c_str()));
    for (const auto& each : environment) envp.push_back(const_cast<char*>(each.c_str()));
    for (char** each = environ; *each != nullptr; ++each) envp.push_back(*each);
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    const int failed = ::posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), envp.data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(to[0]);
    ::close(from[1]);
    in_ = to[1];
    out_ = from[0];
    if (failed == 0) return;
    ::close(in_);
    ::close(out_);
    throw std::runtime_error("cannot start " + command[0]);
}

child::~child() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    if (in_ >= 0) ::close(in_);
    ::close(out_);
}

void child::say(const std::string& line) {
    const auto whole = line + "\n";
    if (::write(in_, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) throw std::runtime_error("it does not listen any more");
}

std::optional<std::string> child::hear(std::chrono::milliseconds at_most) {
    const auto until = std::chrono::steady_clock::now() + at_most;
    for (;;) {
        if (const auto end = heard_.find('\n'); end != std::string::npos) {
            auto line = heard_.substr(0, end);
            heard_.erase(0, end + 1);
            return line;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd ready{out_, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) == 0) throw std::runtime_error("nothing is heard of it");
        char bytes[4096];
        const auto n = ::read(out_, bytes, sizeof bytes);
        if (n <= 0) return std::nullopt;
        heard_.append(bytes, static_cast<std::size_t>(n));
    }
}

void child::finish() {
    ::close(in_);
    in_ = -1;
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

}  // namespace clients_test
