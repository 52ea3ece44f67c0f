#include "server/http/connection.hpp"
#include "server/http/listener.hpp"
#include "server/ops/logging.hpp"

#include <boost/asio/co_spawn.hpp>

namespace server::http {

void serve_plain(shard& on, asio::ip::tcp::socket&& socket) {
    boost::system::error_code gone;
    const auto peer = socket.remote_endpoint(gone);
    if (gone) return;
    ++on.connections;
    asio::co_spawn(on.io, serve(on, beast::tcp_stream(std::move(socket)), peer.address().to_string(), false),
                   [&on](std::exception_ptr failed) {
                       --on.connections;
                       if (failed) ops::log_error("a connection failed");
                   });
}

}  // namespace server::http
