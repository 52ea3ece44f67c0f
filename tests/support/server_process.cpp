#include "tests/support/server_process.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace support {
namespace {

/// Beside the test program, where the build puts both; or where OPSROOM_BIN says.
std::string program() {
    if (const char* folder = std::getenv("OPSROOM_BIN")) return std::string(folder) + "/opsroomd";
    return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "opsroomd").string();
}

std::vector<std::string> as(std::string_view token) {
    if (token.empty()) return {};
    return {"Authorization: Bearer " + std::string(token)};
}

/// In the child: a disk in memory that nobody else sees, as root or in a user namespace.
bool mount_disk(const std::filesystem::path& at, std::uint64_t bytes) {
    const auto user = ::getuid();
    if (::unshare(CLONE_NEWNS) != 0) {
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
        std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
    }
    const auto size = "mode=0700,size=" + std::to_string(bytes);
    return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 && ::mount("tmpfs", at.c_str(), "tmpfs", 0, size.c_str()) == 0;
}

/// In the child: as whoever is not root, it has no right to files but what their permissions say.
void give_up_rights() {
    for (const int right : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH}) ::prctl(PR_CAPBSET_DROP, right, 0, 0, 0);
}

}  // namespace

server_process::server_process(std::filesystem::path data, std::uint16_t port, std::vector<std::string> more, given bounds)
    : data_(std::move(data)), port_(port) {
    std::vector<std::string> words{program(), "--data", data_.string(), "--listen-port", std::to_string(port_)};
    words.insert(words.end(), more.begin(), more.end());
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const auto log = data_.string() + ".log";
    if (!std::filesystem::exists(words[0])) throw std::runtime_error("there is no " + words[0] + ": build opsroomd first");

    if (bounds.disk_bytes > 0) std::filesystem::create_directories(data_);
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("cannot start a process");
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // never outlive the test program
        if (bounds.disk_bytes > 0 && !mount_disk(data_, bounds.disk_bytes)) ::_exit(no_small_disk);
        give_up_rights();
        if (const rlim_t most = bounds.address_space_bytes; most > 0) {
            const rlimit limit{most, most};
            ::setrlimit(RLIMIT_AS, &limit);
        }
        const int to = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(to, STDOUT_FILENO);
        ::dup2(to, STDERR_FILENO);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
}

std::filesystem::path server_process::disk() const {
    // Its mounts are its own.
    return std::filesystem::path("/proc/" + std::to_string(process_)) / "root" / data_.relative_path();
}

server_process::~server_process() { kill(); }

void server_process::wait_ready(std::chrono::milliseconds at_most) {
    const auto until = std::chrono::steady_clock::now() + at_most;
    while (std::chrono::steady_clock::now() < until) {
        int status = 0;
        if (::waitpid(process_, &status, WNOHANG) == process_) {
            process_ = -1;
            throw std::runtime_error("opsroomd ended while starting. Its log:\n" + end_of_log());
        }
        try {
            if (get("/readyz").status == 200) return;
        } catch (const connection_lost&) {
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    throw std::runtime_error("opsroomd is not ready in time. Its log:\n" + end_of_log());
}

void server_process::kill() {
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

std::optional<int> server_process::ended() {
    int status = 0;
    if (process_ < 0 || ::waitpid(process_, &status, WNOHANG) != process_) return std::nullopt;
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int server_process::stop() {
    ::kill(process_, SIGTERM);
    for (int i = 0; i < 3000; ++i) {
        int status = 0;
        if (::waitpid(process_, &status, WNOHANG) == process_) {
            process_ = -1;
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error("opsroomd does not end when told to. Its log:\n" + end_of_log());
}

http_response server_process::get(const std::string& target, std::string_view token) const {
    return ask(port_, {"GET", target, as(token), ""});
}

http_response server_process::post(const std::string& target, const nlohmann::json& body, std::string_view token) const {
    auto headers = as(token);
    headers.push_back("Content-Type: application/json");
    return ask(port_, {"POST", target, headers, body.dump()});
}

std::string server_process::sign_in(std::string_view login, std::string_view password) const {
    const auto answer = post("/api/v1/session/token", {{"login", login}, {"password", password}, {"label", "test"}, {"days", 1}});
    if (answer.status != 200 && answer.status != 201) throw std::runtime_error("cannot sign in: " + answer.body);
    return nlohmann::json::parse(answer.body).at("token");
}

std::string server_process::end_of_log() const {
    std::ifstream in(data_.string() + ".log");
    std::string all((std::istreambuf_iterator<char>(in)), {});
    return all.size() > 3000 ? all.substr(all.size() - 3000) : all;
}

}  // namespace support
