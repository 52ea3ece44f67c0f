#include "server/http/connection.hpp"
#include "server/http/listener.hpp"
#include "server/ops/logging.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket/ssl.hpp>

namespace server::http {
namespace {

using tls_stream = beast::ssl_stream<beast::tcp_stream>;

asio::awaitable<void> shake_hands_and_serve(shard& on, tls_stream stream, std::string peer) {
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(on.all.config.handshake_seconds));
    auto [failed] = co_await stream.async_handshake(asio::ssl::stream_base::server, as_result);
    if (failed) co_return;
    co_await serve(on, std::move(stream), std::move(peer), true);
}

}  // namespace

void serve_tls(shard& on, asio::ip::tcp::socket&& socket, asio::ssl::context& tls) {
    boost::system::error_code gone;
    const auto peer = socket.remote_endpoint(gone);
    if (gone) return;
    ++on.connections;
    asio::co_spawn(on.io, shake_hands_and_serve(on, tls_stream(beast::tcp_stream(std::move(socket)), tls), peer.address().to_string()),
                   [&on](std::exception_ptr failed) {
                       --on.connections;
                       if (failed) ops::log_error("a connection failed");
                   });
}

}  // namespace server::http
