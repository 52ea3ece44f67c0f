#include "tests/support/tcp.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace support {
namespace {

[[noreturn]] void lost(const char* doing) { throw connection_lost(std::string(doing) + ": " + std::strerror(errno)); }

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

}  // namespace

tcp tcp::connect(std::uint16_t port) {
    tcp made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (made.socket_ < 0) lost("socket");
    const int on = 1;
    ::setsockopt(made.socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval limit{10, 0};
    ::setsockopt(made.socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    const auto address = loopback(port);
    if (::connect(made.socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) lost("connect");
    return made;
}

tcp& tcp::operator=(tcp&& other) noexcept {
    std::swap(socket_, other.socket_);
    return *this;
}

void tcp::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) lost("send");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

tcp::got tcp::read(std::string& to, std::chrono::milliseconds at_most) {
    pollfd waiting{socket_, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(at_most.count()));
    if (ready < 0 && errno != EINTR) lost("poll");
    if (ready <= 0) return got::nothing;
    char buffer[65536];
    const auto count = ::recv(socket_, buffer, sizeof buffer, 0);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return got::nothing;
    if (count < 0) lost("receive");
    if (count == 0) return got::end;
    to.append(buffer, static_cast<std::size_t>(count));
    return got::bytes;
}

void tcp::shut_down_writing() { ::shutdown(socket_, SHUT_WR); }

void tcp::close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

std::uint16_t free_port() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    const bool found = listener >= 0 && ::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    if (listener >= 0) ::close(listener);
    if (!found) lost("looking for a free port");
    return ntohs(address.sin_port);
}

}  // namespace support
