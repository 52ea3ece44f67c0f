#include "server/http/listener.hpp"

#include "server/http/hosts.hpp"
#include "server/ops/logging.hpp"

#include <sys/socket.h>

namespace server::http {

namespace {
using reuse_port = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
}

listener::listener(shard& on, const boost::asio::ip::tcp::endpoint& at, boost::asio::ssl::context* tls, share with)
    : on_(on), acceptor_(on.io), tls_(tls), pause_(on.io) {
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

void listener::look_again() {
    if (acceptor_.is_open() && waiting_.use_count() == 1) accept();
}

void listener::accept() {
    acceptor_.async_accept([this, held = waiting_](boost::system::error_code failed, boost::asio::ip::tcp::socket socket) {
        if (!acceptor_.is_open()) return;
        if (failed) {
            // Out of file descriptors, most likely: give connections time to end.
            ops::log_warning("a connection could not be accepted", {{"why", failed.message()}});
            pause_.expires_after(std::chrono::milliseconds(100));
            pause_.async_wait([this, held](boost::system::error_code) { if (acceptor_.is_open()) accept(); });
            return;
        }
        accept();  // first: whatever comes of this one, there is a next
        let_in(std::move(socket));
    });
}

void listener::let_in(boost::asio::ip::tcp::socket&& socket) {
    boost::system::error_code gone;
    const auto address = socket.remote_endpoint(gone).address().to_string();
    if (gone) return;
    if (on_.all.connections.load(std::memory_order_relaxed) >= on_.all.connections_max) return turned_away("connections_max is reached", address);
    std::optional<shares::places::place> place;
    if (!is_trusted_proxy(on_.all.config, address)) {
        place = on_.all.address_connections.take(shares::share_of_address(address));
        if (!place) return turned_away("its address has half of all connections; where it is a proxy, name it in trusted_proxies", address);
    }
    boost::system::error_code ignored;
    socket.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    if (tls_) serve_tls(on_, std::move(socket), *tls_, std::move(place));
    else serve_plain(on_, std::move(socket), std::move(place));
}

// Each of them is counted; a line a minute says so.
void listener::turned_away(const std::string& why, const std::string& address) {
    on_.all.turned_away.fetch_add(1, std::memory_order_relaxed);
    const auto now = std::chrono::steady_clock::now();
    if (said_.time_since_epoch().count() != 0 && now - said_ < std::chrono::minutes(1)) return;
    said_ = now;
    ops::log_warning("a connection was turned away", {{"why", why}, {"address", address}});
}

}  // namespace server::http
