#pragma once
// A connection's bytes, in the clear or over TLS, as one type: what Beast makes of HTTP and WebSocket takes long to compile
// and is compiled once. In the clear it costs a branch; TLS is behind link.cpp. On its shard's thread.

#include "server/shares/places.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace server::http {

class link {
    using error_code = boost::system::error_code;
    using handler = std::function<void(error_code, std::size_t)>;

public:
    using executor_type = boost::beast::tcp_stream::executor_type;

    explicit link(boost::asio::ip::tcp::socket&& socket);
    link(boost::asio::ip::tcp::socket&& socket, boost::asio::ssl::context& tls);
    link(link&&) noexcept;
    ~link();

    executor_type get_executor() { return lowest().get_executor(); }
    bool secure() const { return tls_ != nullptr; }

    /// It goes when the connection does.
    void hold(shares::places::place one) { held_.push_back(std::move(one)); }

    /// The other side's address; empty where it is gone.
    std::string peer();

    void expires_after(std::chrono::seconds limit) { lowest().expires_after(limit); }
    void expires_never() { lowest().expires_never(); }
    void close() { lowest().close(); }

    /// Sends no more, and reads no more.
    void shut_down();

    /// TLS's handshake, where there is TLS. False where it failed.
    boost::asio::awaitable<bool> shake_hands();

    /// Says goodbye below the WebSocket.
    void part(boost::beast::role_type role, std::function<void(error_code)> done);

    /// Sends what the socket takes at once, without a word to anybody, in the clear and where nothing else is being sent: how
    /// many bytes. The rest is for send_rest(), before anything else.
    std::size_t send_now(std::span<const boost::asio::const_buffer> parts);
    /// Sends all of it; whoever else wants to send meanwhile waits. `rest` lives until `done`.
    void send_rest(boost::asio::const_buffer rest, std::function<void(error_code)> done);

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& into, Token&& token) {
        return boost::asio::async_initiate<Token, void(error_code, std::size_t)>(reading{this}, token, into);
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& from, Token&& token) {
        return boost::asio::async_initiate<Token, void(error_code, std::size_t)>(writing{this}, token, from);
    }

private:
    struct secured;

    struct reading {
        link* of;
        template <class Done, class Buffers>
        void operator()(Done&& done, const Buffers& into) const {
            if (of->tls_) of->read_secured(first_of(into), shared(std::forward<Done>(done)));
            else of->plain_.async_read_some(into, std::forward<Done>(done));
        }
    };
    struct writing {
        link* of;
        template <class Done, class Buffers>
        void operator()(Done&& done, const Buffers& from) const {
            using namespace boost::asio;
            if (of->tls_) return of->write_secured({buffer_sequence_begin(from), buffer_sequence_end(from)}, shared(std::forward<Done>(done)));
            ++of->writing_;
            const auto on = get_associated_executor(done, of->get_executor());
            auto counted = bind_executor(on, [of = of, done = std::forward<Done>(done)](error_code failed, std::size_t n) mutable {
                --of->writing_;
                std::move(done)(failed, n);
            });
            if (!of->sending_rest_) return of->plain_.async_write_some(from, std::move(counted));
            // In the middle of a frame.
            std::vector<const_buffer> parts(buffer_sequence_begin(from), buffer_sequence_end(from));
            of->waits_ = [of = of, parts = std::move(parts), kept = std::make_shared<decltype(counted)>(std::move(counted))] {
                of->plain_.async_write_some(parts, std::move(*kept));
            };
        }
    };

    boost::beast::tcp_stream& lowest();
    void read_secured(boost::asio::mutable_buffer into, handler done);
    void write_secured(const std::vector<boost::asio::const_buffer>& from, handler done);

    /// Beast's own handlers can be moved only.
    template <class Done>
    static handler shared(Done&& done) {
        return [kept = std::make_shared<std::decay_t<Done>>(std::forward<Done>(done))](error_code failed, std::size_t n) { (*kept)(failed, n); };
    }

    template <class Buffers>
    static boost::asio::mutable_buffer first_of(const Buffers& all) {
        for (auto at = boost::asio::buffer_sequence_begin(all); at != boost::asio::buffer_sequence_end(all); ++at)
            if (boost::asio::mutable_buffer one = *at; one.size() != 0) return one;
        return {};
    }

    boost::beast::tcp_stream plain_;  ///< empty where there is TLS: it is beneath that
    std::unique_ptr<secured> tls_;
    int writing_ = 0;               // asked for, and not done
    bool sending_rest_ = false;
    std::vector<shares::places::place> held_;
    std::function<void()> waits_;   // to be written after that: whoever writes does so once at a time
};

// What Beast's WebSocket looks for beside a stream.

void beast_close_socket(link& gone);

template <class Done>
void async_teardown(boost::beast::role_type role, link& gone, Done&& done) {
    auto kept = std::make_shared<std::decay_t<Done>>(std::forward<Done>(done));
    gone.part(role, [kept](boost::system::error_code failed) { (*kept)(failed); });
}

}  // namespace server::http
