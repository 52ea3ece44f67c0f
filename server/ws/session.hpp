#pragma once
// A live connection on a WebSocket (RFC 6455). Callbacks rather than coroutines: an idle connection is to cost its
// buffers and nothing else.

#include "server/http/services.hpp"
#include "server/ws/live.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

#include <simdjson.h>

#include <memory>

namespace server::ws {

inline constexpr std::string_view subprotocol = "opsroom.v1.json";

template <class Stream>
class session : public http::flushed, public std::enable_shared_from_this<session<Stream>> {
    using error_code = boost::system::error_code;

public:
    session(http::shard& on, Stream&& stream, identity::principal who) : on_(on), socket_(std::move(stream)), who_(who) {
        on_.enter();
    }
    ~session() {
        if (live_) {
            on_.lives.erase(live_.get());
            live_->gone();
        }
        on_.leave();
    }
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    template <class Request>
    void start(Request request) {
        namespace websocket = boost::beast::websocket;
        const auto& config = on_.all.config;
        websocket::stream_base::timeout limits{};
        limits.handshake_timeout = std::chrono::seconds(config.handshake_seconds);
        limits.idle_timeout = std::chrono::seconds(config.idle_seconds);
        limits.keep_alive_pings = true;
        socket_.set_option(limits);
        socket_.set_option(websocket::stream_base::decorator([](websocket::response_type& r) {
            r.set(boost::beast::http::field::sec_websocket_protocol, subprotocol);
        }));
        socket_.read_message_max(config.message_bytes_max);
        socket_.auto_fragment(false);
        socket_.text(true);
        // The request has to outlive the handshake.
        auto kept = std::make_shared<Request>(std::move(request));
        socket_.async_accept(*kept, [self = this->shared_from_this(), kept](error_code failed) {
            if (!failed) self->opened();
        });
    }

    void flush() override {
        woken_ = false;
        write();
    }

private:
    static constexpr std::size_t write_bytes_max = 64UL * 1024;
    static constexpr std::size_t idle_buffer_bytes_max = 4UL * 1024;

    void opened() {
        std::weak_ptr<session> weak = this->shared_from_this();
        live_ = std::make_shared<live>(
            on_.around, who_,
            [weak] { if (auto self = weak.lock()) self->wake(); },
            [weak](close_code why) { if (auto self = weak.lock()) self->close_soon(why); });
        on_.lives.insert(live_.get());
        live_->start(true);
        // They were let in before the handshake, and could not be put out during it.
        if (!on_.all.accounts.stands(who_)) live_->finish(close_code::session_ended);
        read();
    }

    // Not as long as its answers are not taken, or it says too much. Nothing on the socket holds it meanwhile, so it does itself.
    void read() {
        if (reading_ || !live_) return;
        if (!live_->is_listening()) {
            paused_ = ended_ ? nullptr : this->shared_from_this();
            return;
        }
        const auto self_until_read = std::exchange(paused_, nullptr);
        reading_ = true;
        socket_.async_read(buffer_, [self = this->shared_from_this()](error_code failed, std::size_t) { self->has_read(failed); });
    }

    void has_read(error_code failed) {
        reading_ = false;
        if (failed) {
            // Beast has answered a protocol error with the close code that it deserves.
            ended();
            return;
        }
        if (!socket_.got_text()) {
            close_soon(close_code::not_text);
        } else {
            const std::string_view message(static_cast<const char*>(buffer_.data().data()), buffer_.size());
            // Beast misses a character that is cut off by the message's end, where the last fragment is empty.
            if (simdjson::validate_utf8(message.data(), message.size())) live_->received(message);
            else close_soon(close_code::bad_utf8);
        }
        buffer_.consume(buffer_.size());
        if (buffer_.capacity() > idle_buffer_bytes_max) buffer_.shrink_to_fit();
        read();
    }

    void wake() {
        if (writing_ || woken_) return;
        woken_ = true;
        on_.flush_soon(this->shared_from_this());
    }

    void write() {
        if (writing_ || !live_) return;
        if (!live_->has_output()) {
            live_->written();
            if (closing_) close();
            else read();
            return;
        }
        sending_ = live_->take(write_bytes_max);
        read();
        static constexpr char line_end[] = {'\n'};
        static thread_local std::vector<boost::asio::const_buffer> parts;
        parts.clear();
        parts.emplace_back();  // for the frame's head
        std::size_t bytes = 0;
        for (const auto& frame : sending_) {
            if (parts.size() > 1) parts.push_back(boost::asio::buffer(line_end));
            parts.push_back(boost::asio::buffer(*frame));
        }
        for (const auto& p : parts) bytes += p.size();
        char head[10];
        parts.front() = {head, frame_head(head, bytes)};
        bytes += parts.front().size();
        // Most of the time the socket takes it all: then nothing has to be waited for, and nobody told.
        const auto sent = closing_ || !socket_.is_open() ? 0 : socket_.next_layer().send_now(parts);
        if (sent == bytes) {
            sending_.clear();
            live_->written();
            if (live_->has_output() || closing_) wake();
            return;
        }
        writing_ = true;
        if (sent > 0) {
            rest_.clear();
            std::size_t before = 0;
            for (const auto& p : parts) {
                const auto skip = std::min(p.size(), sent - std::min(sent, before));
                rest_.append(static_cast<const char*>(p.data()) + skip, p.size() - skip);
                before += p.size();
            }
            socket_.next_layer().send_rest(boost::asio::buffer(rest_), [self = this->shared_from_this()](error_code failed) {
                std::string().swap(self->rest_);
                self->has_written(failed);
            });
            return;
        }
        parts.erase(parts.begin());
        socket_.async_write(parts, [self = this->shared_from_this()](error_code failed, std::size_t) { self->has_written(failed); });
    }

    void has_written(error_code failed) {
        writing_ = false;
        sending_.clear();
        if (failed) ended();
        else write();
    }

    /// Of a whole text message from a server (RFC 6455 §5.2): how many bytes it takes.
    static std::size_t frame_head(char (&to)[10], std::size_t payload) {
        to[0] = static_cast<char>(0x81);
        if (payload < 126) {
            to[1] = static_cast<char>(payload);
            return 2;
        }
        const std::size_t wide = payload <= 0xffff ? 2 : 8;
        to[1] = static_cast<char>(wide == 2 ? 126 : 127);
        for (std::size_t i = 0; i < wide; ++i) to[2 + i] = static_cast<char>(payload >> 8 * (wide - 1 - i));
        return 2 + wide;
    }

    void close_soon(close_code why) {
        if (std::exchange(closing_, true)) return;
        why_ = why;
        if (why == close_code::too_slow) {
            // It would not take the close frame either.
            boost::beast::get_lowest_layer(socket_).close();
            // Not from here: whoever finishes it may be looking at it.
            if (paused_) boost::asio::post(on_.io, [self = this->shared_from_this()] { self->ended(); });
            return;
        }
        wake();
    }

    void close() {
        if (std::exchange(closed_, true)) return;
        socket_.async_close({static_cast<std::uint16_t>(why_)}, [self = this->shared_from_this()](error_code) { self->ended(); });
    }

    void ended() {
        ended_ = true;
        const auto until_here = std::exchange(paused_, nullptr);
        if (live_) {
            on_.lives.erase(live_.get());
            live_->gone();
        }
    }

    http::shard& on_;
    boost::beast::websocket::stream<Stream> socket_;
    identity::principal who_;
    boost::beast::flat_buffer buffer_;
    std::shared_ptr<live> live_;
    std::vector<feeds::frame> sending_;
    std::string rest_;  // of what the socket did not take at once
    std::shared_ptr<session> paused_;  // itself, while it does not read
    bool ended_ = false;
    bool reading_ = false;
    bool writing_ = false;
    bool woken_ = false;
    bool closing_ = false;
    bool closed_ = false;
    close_code why_ = close_code::normal;
};

}  // namespace server::ws
