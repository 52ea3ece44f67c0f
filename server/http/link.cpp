#include "server/http/link.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/write.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include <sys/socket.h>
#include <sys/uio.h>

namespace server::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

struct link::secured {
    secured(asio::ip::tcp::socket&& socket, asio::ssl::context& tls) : stream(beast::tcp_stream(std::move(socket)), tls) {}
    beast::ssl_stream<beast::tcp_stream> stream;
};

link::link(asio::ip::tcp::socket&& socket) : plain_(std::move(socket)) {}

link::link(asio::ip::tcp::socket&& socket, asio::ssl::context& tls)
    : plain_(socket.get_executor()), tls_(std::make_unique<secured>(std::move(socket), tls)) {}

link::link(link&&) noexcept = default;
link::~link() = default;

beast::tcp_stream& link::lowest() { return tls_ ? tls_->stream.next_layer() : plain_; }

std::string link::peer() {
    error_code gone;
    const auto at = lowest().socket().remote_endpoint(gone);
    return gone ? std::string() : at.address().to_string();
}

void link::shut_down() {
    error_code ignored;
    lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
}

asio::awaitable<bool> link::shake_hands() {
    if (!tls_) co_return true;
    auto [failed] = co_await tls_->stream.async_handshake(asio::ssl::stream_base::server, asio::as_tuple(asio::use_awaitable));
    co_return !failed;
}

std::size_t link::send_now(std::span<const asio::const_buffer> parts) {
    constexpr std::size_t parts_max = 160;
    if (tls_ || writing_ > 0 || sending_rest_ || parts.size() > parts_max) return 0;
    iovec all[parts_max];
    for (std::size_t i = 0; i < parts.size(); ++i) all[i] = {const_cast<void*>(parts[i].data()), parts[i].size()};
    msghdr message{};
    message.msg_iov = all;
    message.msg_iovlen = parts.size();
    const auto sent = ::sendmsg(plain_.socket().native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    // Why it takes nothing comes out when it is asked to wait.
    return sent < 0 ? 0 : static_cast<std::size_t>(sent);
}

void link::send_rest(asio::const_buffer rest, std::function<void(error_code)> done) {
    sending_rest_ = true;
    asio::async_write(plain_.socket(), asio::buffer(rest), [this, done = std::move(done)](error_code failed, std::size_t) {
        sending_rest_ = false;
        if (auto next = std::exchange(waits_, nullptr)) next();
        done(failed);
    });
}

void link::read_secured(asio::mutable_buffer into, handler done) { tls_->stream.async_read_some(into, std::move(done)); }

void link::write_secured(const std::vector<asio::const_buffer>& from, handler done) { tls_->stream.async_write_some(from, std::move(done)); }

void link::part(beast::role_type role, std::function<void(error_code)> done) {
    using beast::websocket::async_teardown;
    if (tls_) async_teardown(role, tls_->stream, std::move(done));
    else async_teardown(role, plain_.socket(), std::move(done));
}

void beast_close_socket(link& gone) { gone.close(); }

}  // namespace server::http
