#pragma once
// Who there is in the demo department, as far as tests need to know.

#include "tests/support/server_process.hpp"
#include "tests/support/temp_folder.hpp"

#include <string>
#include <string_view>

namespace support {

struct login {
    std::string_view name;
    std::string_view password;
};

/// Sets people up, and sees none of their work.
inline constexpr login administrator{"admin", "opsroom-demo"};
/// May read the log and have it verified.
inline constexpr login auditor{"audit", "opsroom-demo"};
/// An operations specialist.
inline constexpr login specialist{"chen.wei", "opsroom-demo"};

/// Cheap password hashes, as tests sign in often; and no room set aside on the disk, as they copy folders.
inline const std::vector<std::string> quick{"--demo", "--disk-reserve-mib", "0", "--password-hash-passes", "1", "--password-hash-memory-kib", "8192"};

/// A server with the demo department in it, for all tests of a program.
class demo_room {
public:
    static demo_room& get() {
        static demo_room room;
        return room;
    }

    server_process& server() { return server_; }
    std::uint16_t port() const { return server_.port(); }
    const std::string& token() const { return token_; }

private:
    demo_room() : server_(folder_ / "data", free_port(), flags()) {
        server_.wait_ready();
        token_ = server_.sign_in(specialist.name, specialist.password);
    }
    /// Limits short enough that a test can wait for them.
    static std::vector<std::string> flags() {
        auto f = quick;
        f.insert(f.end(), {"--handshake-seconds", "1"});
        return f;
    }

    temp_folder folder_;
    server_process server_;
    std::string token_;
};

}  // namespace support
