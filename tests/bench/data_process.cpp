#include "tests/bench/data_process.hpp"

#include "server/data_worker/framing.hpp"
#include "tests/bench/figure.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <exception>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bench {
namespace {

namespace fs = std::filesystem;

double seconds_of(const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; }

struct both_ends {
    std::array<int, 2> of{-1, -1};
    both_ends() {
        if (::pipe2(of.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    }
};

/// Of children that it has waited for, as the one that copies a snapshot.
double cpu_of_children(int process) {
    std::ifstream in("/proc/" + std::to_string(process) + "/stat");
    std::string all, field;
    std::getline(in, all);
    std::istringstream fields(all.substr(std::min(all.rfind(')') + 2, all.size())));
    for (int i = 3; i < 16; ++i) fields >> field;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace

data_process::data_process(const fs::path& folder, bool only_reads) {
    const auto program = (fs::read_symlink("/proc/self/exe").parent_path() / "opsroom-data").string();
    std::vector<std::string> words{program, "serve", "--database", (folder / "data.duckdb").string(), "--snapshots", (folder / "published").string(),
                                   "--memory-mb", std::to_string(data_memory_mib), "--threads", std::to_string(data_threads)};
    if (only_reads) words.insert(words.end(), {"--only-reads", "1"});
    std::vector<char*> argv;
    for (auto& w : words) argv.push_back(w.data());
    argv.push_back(nullptr);
    const both_ends asks, answers;
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_adddup2(&files, asks.of[0], 0);
    ::posix_spawn_file_actions_adddup2(&files, answers.of[1], 1);
    const int failed = ::posix_spawn(&process_, program.c_str(), &files, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&files);
    ::close(asks.of[0]);
    ::close(answers.of[1]);
    to_ = asks.of[1];
    from_ = answers.of[0];
    if (failed != 0) throw std::runtime_error(program + " can't be started");
}

data_process::~data_process() {
    ::close(to_);  // which it takes as the end
    ::close(from_);
    int status = 0;
    if (process_ > 0) ::waitpid(process_, &status, 0);
}

nlohmann::json data_process::ask(const std::string& what, nlohmann::json more) {
    more["id"] = 1;
    more["do"] = what;
    if (!data_worker::write_frame(to_, more.dump())) throw std::runtime_error("opsroom-data is gone");
    const auto frame = data_worker::read_frame(from_);
    if (!frame) throw std::runtime_error("opsroom-data has ended");
    auto said = nlohmann::json::parse(*frame);
    if (!said.contains("ok")) throw std::runtime_error(what + ": " + said.dump());
    return std::move(said["ok"]);
}

nlohmann::json data_process::measured(const std::string& what, nlohmann::json more) {
    const auto start = clock_type::now();
    const auto before = cpu();
    auto said = ask(what, std::move(more));
    last_ = {cpu() - before, seconds_since(start), mib()};
    return said;
}

double data_process::cpu() const {
    clockid_t clock{};
    timespec used{};
    if (::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) throw std::runtime_error("opsroom-data has ended");
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9 + cpu_of_children(process_);
}

double data_process::mib() const {
    std::ifstream in("/proc/" + std::to_string(process_) + "/status");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

data_cost apart(const std::function<std::vector<double>()>& what, std::vector<double>* seen) {
    const both_ends answers;
    std::fflush(nullptr);
    const auto start = clock_type::now();
    const int process = ::fork();
    if (process < 0) throw std::runtime_error("no process");
    if (process == 0) {
        int status = 1;
        try {
            const auto numbers = what();
            const auto bytes = numbers.size() * sizeof(double);
            status = bytes == 0 || ::write(answers.of[1], numbers.data(), bytes) == static_cast<ssize_t>(bytes) ? 0 : 1;
        } catch (const std::exception& e) {
            std::fprintf(stderr, "%s\n", e.what());
        }
        ::_exit(status);
    }
    ::close(answers.of[1]);
    for (double one = 0; ::read(answers.of[0], &one, sizeof one) == static_cast<ssize_t>(sizeof one);)
        if (seen) seen->push_back(one);
    ::close(answers.of[0]);
    int status = 0;
    rusage used{};
    if (::wait4(process, &status, 0, &used) != process || status != 0) throw std::runtime_error("what stands beside it failed");
    return {seconds_of(used.ru_utime) + seconds_of(used.ru_stime), seconds_since(start), static_cast<double>(used.ru_maxrss) / 1024};
}

data_worker::database_options engine_options(const fs::path& file, const fs::path& folder, bool only_reads) {
    data_worker::database_options how;
    how.path = file.string();
    how.memory_mb = data_memory_mib;
    how.threads = data_threads;
    how.read_only = only_reads;
    how.folders = {folder.string()};
    how.spill = (folder / "engine.spill").string();
    return how;
}

double process_cpu() {
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

}  // namespace bench
