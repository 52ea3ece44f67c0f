#pragma once
// For http_client.cpp and live_client.cpp alone: the bytes beneath them, in the clear or over TLS, as one type. So what
// Beast makes of HTTP and WebSocket is compiled once, and sockets and TLS in link.cpp alone.
//
// Everything is asynchronous underneath, for that is what has time limits, and waited for on the spot.

#include "opsroom/address.hpp"
#include "opsroom/problem.hpp"
#include "opsroom/net/tls.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/role.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace opsroom::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

constexpr auto connect_limit = std::chrono::seconds(10);
constexpr auto answer_limit = std::chrono::seconds(60);

/// Starts what `start` starts, with a handler, and runs until the handler has been called.
template <class Start>
error_code wait(asio::io_context& io, Start&& start) {
    error_code out;
    bool done = false;
    start([&](error_code error, auto&&...) {
        out = error;
        done = true;
    });
    io.restart();
    while (!done && io.run_one() != 0) {
    }
    return out;
}

/// What went wrong with a connection, in this language alone.
std::string in_words(const error_code& error, language l);

problem unreachable(const address& server, const error_code& error);

/// An AsyncStream of Beast. The io_context has one thread, on which every handler runs.
class link {
public:
    using executor_type = asio::io_context::executor_type;
    using handler = std::function<void(error_code, std::size_t)>;

    /// Connects, and shakes hands where the address is https: the certificate has to be of the host that was asked for.
    /// Throws `problem`: unreachable, untrusted, bad_certificate_file.
    link(asio::io_context& io, const address& server, const trust& whom);
    ~link();

    executor_type get_executor();

    /// What is under way longer ends with beast::error::timeout.
    void expires_after(std::chrono::seconds limit);
    void expires_never();

    void close();

    /// Says goodbye below the WebSocket.
    void part(beast::role_type role, std::function<void(error_code)> done);

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& into, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto done, asio::mutable_buffer first) { read(first, shared(std::move(done))); }, token, first_of(into));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& from, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto done, const std::vector<asio::const_buffer>& all) { write(all, shared(std::move(done))); }, token,
            std::vector<asio::const_buffer>(asio::buffer_sequence_begin(from), asio::buffer_sequence_end(from)));
    }

private:
    struct impl;

    void read(asio::mutable_buffer into, handler done);
    void write(const std::vector<asio::const_buffer>& from, handler done);

    /// Beast's own handlers can be moved only.
    template <class Handler>
    static handler shared(Handler done) {
        return [kept = std::make_shared<Handler>(std::move(done))](error_code error, std::size_t n) { (*kept)(error, n); };
    }

    template <class Buffers>
    static asio::mutable_buffer first_of(const Buffers& all) {
        for (auto at = asio::buffer_sequence_begin(all); at != asio::buffer_sequence_end(all); ++at)
            if (asio::mutable_buffer one = *at; one.size() != 0) return one;
        return {};
    }

    std::unique_ptr<impl> impl_;
};

// What Beast's WebSocket looks for beside a stream.

void beast_close_socket(link& gone);

template <class Handler>
void async_teardown(beast::role_type role, link& gone, Handler&& done) {
    auto kept = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(done));
    gone.part(role, [kept](error_code error) { (*kept)(error); });
}

}  // namespace opsroom::net
