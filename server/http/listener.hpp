#pragma once
// Accepts connections on one shard. Every shard has its own acceptor on the same address (SO_REUSEPORT), so the kernel
// spreads connections and no lock is shared. The first one takes the address for this process alone.

#include "server/http/services.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>

namespace server::http {

class listener {
public:
    /// Whether others of this process listen on the address already.
    enum class share { not_yet, with_sisters };

    /// Binds; throws boost::system::system_error where the address can't be had, as when another process listens on it.
    /// Without `tls`, plain HTTP.
    listener(shard& on, const boost::asio::ip::tcp::endpoint& at, boost::asio::ssl::context* tls, share with);

    boost::asio::ip::tcp::endpoint address() const { return acceptor_.local_endpoint(); }

    void start();

    /// Waits for connections again where it has come to wait for none: memory was short when one came. On the shard's thread,
    /// now and then.
    void look_again();

    /// Accepts no more. On the shard's thread.
    void stop();

private:
    void accept();
    void let_in(boost::asio::ip::tcp::socket&& socket);
    void turned_away(const std::string& why, const std::string& address);

    shard& on_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ssl::context* tls_;
    boost::asio::steady_timer pause_;
    std::shared_ptr<char> waiting_ = std::make_shared<char>();  ///< held by whatever will accept next, for as long as it will
    std::chrono::steady_clock::time_point said_{};  ///< that somebody was turned away
};

// In connection.cpp. They count against connections_max until they end.
/// `place`: of its address; nothing: that is not counted.
void serve_plain(shard& on, boost::asio::ip::tcp::socket&& socket, std::optional<shares::places::place> place);
void serve_tls(shard& on, boost::asio::ip::tcp::socket&& socket, boost::asio::ssl::context& tls, std::optional<shares::places::place> place);

}  // namespace server::http
