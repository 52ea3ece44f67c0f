#include "opsroom/net/http_client.hpp"

#include "opsroom/net/link.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/http.hpp>

#include <atomic>

namespace opsroom {

using namespace net;
namespace http = boost::beast::http;

struct http_client::impl {
    address server;
    trust whom;
    asio::io_context io{1};
    std::atomic<bool> cancelled = false;
    std::unique_ptr<link> kept;  ///< null: not connected
    beast::flat_buffer buffer;

    void close() {
        kept.reset();
        buffer.clear();
    }

    template <class Start>
    error_code limited(Start&& start) {
        if (cancelled) return asio::error::operation_aborted;
        kept->expires_after(answer_limit);
        return wait(io, [&](auto handler) { start(*kept, handler); });
    }

    http::request<http::string_body> made_of(const http_request& asked, const asker& by) const {
        http::request<http::string_body> out(http::string_to_verb(asked.method), asked.path, 11);
        out.set(http::field::host, server.authority());
        out.set(http::field::user_agent, by.agent);
        out.set(http::field::accept_language, by.language);
        if (!by.token.empty()) out.set(http::field::authorization, "Bearer " + by.token);
        if (!asked.range.empty()) out.set(http::field::range, asked.range);
        if (!asked.idempotency_key.empty()) out.set("Idempotency-Key", asked.idempotency_key);
        if (!asked.body.empty()) out.set(http::field::content_type, asked.content_type);
        out.body() = asked.body;
        if (asked.method != "GET") out.prepare_payload();
        return out;
    }

    /// `answered` is set once the first byte of an answer is there: from then on asking again could do a thing twice.
    error_code exchange(const http_request& asked, const asker& by, const on_bytes* taken, http_reply& reply, bool& answered) {
        const auto request = made_of(asked, by);
        auto error = limited([&](link& stream, auto handler) { http::async_write(stream, request, handler); });
        if (error) return error;

        http::response_parser<http::string_body> parser;
        parser.body_limit(std::uint64_t{256} << 20);
        error = limited([&](link& stream, auto handler) { http::async_read_header(stream, buffer, parser, handler); });
        if (error) return error;
        answered = true;
        reply.status = parser.get().result_int();
        reply.content_type = std::string(parser.get()[http::field::content_type]);
        reply.verifier_key = std::string(parser.get()["Opsroom-Verifier-Key"]);
        const bool hand_over = taken != nullptr && reply.status < 400;
        while (!parser.is_done()) {
            error = limited([&](link& stream, auto handler) { http::async_read_some(stream, buffer, parser, handler); });
            if (error) return error;
            auto& body = parser.get().body();
            if (hand_over && !body.empty()) {
                (*taken)(reply, body);
                body.clear();
            }
        }
        reply.body = std::move(parser.get().body());
        if (!parser.keep_alive()) close();
        return {};
    }

    http_reply send(const http_request& asked, const asker& by, const on_bytes* taken) {
        const bool repeatable = asked.method != "POST" || !asked.idempotency_key.empty();
        for (;;) {
            if (cancelled) throw unreachable(server, asio::error::operation_aborted);
            const bool again = kept != nullptr;
            if (!again) kept = std::make_unique<link>(io, server, whom);
            http_reply reply;
            bool answered = false;
            const auto error = exchange(asked, by, taken, reply, answered);
            if (!error) return reply;
            close();
            // A connection that lay idle may have been closed by the server just now: that says nothing about it.
            if (again && !answered && repeatable && error != beast::error::timeout) continue;
            throw unreachable(server, error);
        }
    }
};

http_client::http_client(address server, trust whom) : impl_(std::make_unique<impl>()) {
    impl_->server = std::move(server);
    impl_->whom = std::move(whom);
}

http_client::~http_client() = default;

http_reply http_client::send(const http_request& request, const asker& by) { return impl_->send(request, by, nullptr); }

http_reply http_client::stream(const http_request& request, const asker& by, const on_bytes& taken) {
    return impl_->send(request, by, &taken);
}

void http_client::cancel() {
    impl_->cancelled = true;
    asio::post(impl_->io, [me = impl_.get()] {
        if (me->kept) me->kept->close();
    });
}

}  // namespace opsroom
