#include "server/http/listener.hpp"

#include "server/ops/logging.hpp"

#include <boost/asio/steady_timer.hpp>

#include <sys/socket.h>

namespace server::http {

namespace {
using reuse_port = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
}

listener::listener(shard& on, const boost::asio::ip::tcp::endpoint& at, boost::asio::ssl::context* tls, share with)
    : on_(on), acceptor_(on.io), tls_(tls) {
    acceptor_.open(at.protocol());
    acceptor_.set_option(boost::asio::socket_base::reuse_address(true));
    // The first one has the address to itself when it begins to listen, and lets its sisters in only then: a second server
    // that shared it from the start would take every other connection, and nobody would be told.
    if (with == share::with_sisters) acceptor_.set_option(reuse_port(true));
    acceptor_.bind(at);
    acceptor_.listen(boost::asio::socket_base::max_listen_connections);
    if (with == share::not_yet) acceptor_.set_option(reuse_port(true));
}

void listener::start() { accept(); }

void listener::stop() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
}

void listener::accept() {
    acceptor_.async_accept([this](boost::system::error_code failed, boost::asio::ip::tcp::socket socket) {
        if (!acceptor_.is_open()) return;
        if (failed) {
            // Out of file descriptors, most likely: give connections time to end.
            ops::log_warning("a connection could not be accepted", {{"why", failed.message()}});
            auto pause = std::make_shared<boost::asio::steady_timer>(on_.io, std::chrono::milliseconds(100));
            pause->async_wait([this, pause](boost::system::error_code) { if (acceptor_.is_open()) accept(); });
            return;
        }
        if (on_.all.connections.load(std::memory_order_relaxed) < on_.all.connections_max) {
            boost::system::error_code ignored;
            socket.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
            if (tls_) serve_tls(on_, std::move(socket), *tls_);
            else serve_plain(on_, std::move(socket));
        }
        accept();
    });
}

}  // namespace server::http
