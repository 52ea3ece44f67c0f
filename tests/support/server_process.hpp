#pragma once
// The real opsroomd, started for a test on a port of its own, and ended with it however the test ends.

#include "tests/support/http_client.hpp"

#include <nlohmann/json.hpp>
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace support {

/// What a server is given to run with. Files that nobody may read it can't read either, whoever runs the test.
struct given {
    given(std::uint64_t disk = 0, std::uint64_t address_space = 0) : disk_bytes(disk), address_space_bytes(address_space) {}
    std::uint64_t disk_bytes;           ///< 0: the disk that there is
    std::uint64_t address_space_bytes;  ///< 0: as much as it wants
};

class server_process {
public:
    /// Starts it on `data`; its standard error goes to `data`.log. `more` are further flags. Returns at once.
    /// With `bounds.disk_bytes` the data folder is a disk of that size, which is gone with the process; where the system does not let
    /// a test have one, it ends with no_small_disk.
    server_process(std::filesystem::path data, std::uint16_t port, std::vector<std::string> more = {}, given bounds = {});
    static constexpr int no_small_disk = 126;
    ~server_process();
    server_process(const server_process&) = delete;
    server_process& operator=(const server_process&) = delete;

    /// Until /readyz says so. Throws std::runtime_error, with the end of its log, where that takes over `at_most` or
    /// the process has ended.
    void wait_ready(std::chrono::milliseconds at_most = std::chrono::seconds(60));

    /// SIGKILL, and gone when this returns.
    void kill();
    /// SIGTERM; the exit code. Throws std::runtime_error where it takes over 30 s.
    int stop();

    /// Its exit code, where it has ended by itself; 128 and the number of a signal that ended it.
    std::optional<int> ended();
    /// What it has said so far, of the last so many bytes.
    std::string end_of_log() const;

    std::uint16_t port() const { return port_; }
    /// The data folder as this test sees it.
    std::filesystem::path disk() const;
    /// For looking at it in /proc.
    pid_t process() const { return process_; }

    // Asking it things, as somebody with a personal access token; or as nobody, where it is empty.
    http_response get(const std::string& target, std::string_view token = {}) const;
    http_response post(const std::string& target, const nlohmann::json& body, std::string_view token = {}) const;

    /// A token for somebody with a login.
    std::string sign_in(std::string_view login, std::string_view password) const;

private:
    std::filesystem::path data_;
    std::uint16_t port_;
    pid_t process_ = -1;
};

}  // namespace support
