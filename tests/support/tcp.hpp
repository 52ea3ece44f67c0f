#pragma once
// A blocking TCP connection to this machine, with time limits. Move-only; one thread at a time.

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace support {

/// The connection is gone, or could not be made. What the text says is for whoever reads a failed test.
struct connection_lost : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class tcp {
public:
    /// Throws connection_lost.
    static tcp connect(std::uint16_t port);

    tcp(tcp&& other) noexcept : socket_(other.socket_) { other.socket_ = -1; }
    tcp& operator=(tcp&& other) noexcept;
    ~tcp() { close(); }

    /// Throws connection_lost, also when nothing could be written for 10 s.
    void write(std::string_view bytes);

    enum class got { bytes, nothing, end };

    /// Appends what there is to `to`: waits for it `at_most`. Throws connection_lost where the peer reset.
    got read(std::string& to, std::chrono::milliseconds at_most);

    /// Says that we write no more.
    void shut_down_writing();
    void close();
    int handle() const { return socket_; }

private:
    explicit tcp(int socket) : socket_(socket) {}
    int socket_;
};

/// A port that nobody listens on just now.
std::uint16_t free_port();

}  // namespace support
