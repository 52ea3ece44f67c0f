#pragma once
// For http_client.cpp and live_client.cpp alone: they are the only files that see Asio and Beast.
//
// Everything is asynchronous underneath, for that is what has time limits, and waited for on the spot.

#include "clients/cli/address.hpp"
#include "clients/cli/failure.hpp"
#include "clients/cli/net/tls.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>

#include <fmt/format.h>

#include <chrono>
#include <memory>

namespace cli::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using plain_stream = beast::tcp_stream;
using secure_stream = beast::ssl_stream<beast::tcp_stream>;

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

inline failure unreachable(const address& server, const error_code& error) {
    const bool late = error == beast::error::timeout;
    return {exit_code::unavailable,
            fmt::format("连不上服务器 {}：{}", server.url(), late ? "超时" : error.message()),
            fmt::format("cannot reach the server {}: {}", server.url(), late ? "it took too long" : error.message())};
}

inline asio::ssl::context make_context(const trust& whom) {
    asio::ssl::context out(asio::ssl::context::tls_client);
    ::SSL_CTX_set_min_proto_version(out.native_handle(), TLS1_2_VERSION);
    if (whom.insecure) {
        out.set_verify_mode(asio::ssl::verify_none);
        return out;
    }
    error_code error;
    out.set_default_verify_paths(error);
    out.set_verify_mode(asio::ssl::verify_peer);
    if (!whom.ca.empty()) {
        out.load_verify_file(whom.ca, error);
        if (error)
            throw failure(exit_code::usage, fmt::format("无法使用证书文件 {}：{}", whom.ca, error.message()),
                          fmt::format("cannot use the certificate file {}: {}", whom.ca, error.message()));
    }
    return out;
}

/// The lowest layer connects; names are looked up first.
inline void connect(asio::io_context& io, plain_stream& stream, const address& server) {
    error_code error;
    asio::ip::tcp::resolver resolver(io);
    const auto found = resolver.resolve(server.host, server.port, error);
    if (error) throw unreachable(server, error);
    stream.expires_after(connect_limit);
    error = wait(io, [&](auto handler) {
        stream.async_connect(found, [handler](error_code e, const asio::ip::tcp::endpoint&) mutable { handler(e); });
    });
    if (error) throw unreachable(server, error);
    stream.socket().set_option(asio::ip::tcp::no_delay(true), error);
}

/// The TLS handshake over a connected stream: the certificate has to be of the host that was asked for.
inline void shake_hands(asio::io_context& io, secure_stream& stream, const address& server, const trust& whom) {
    ::SSL_set_tlsext_host_name(stream.native_handle(), server.host.c_str());
    if (!whom.insecure) stream.set_verify_callback(asio::ssl::host_name_verification(server.host));
    beast::get_lowest_layer(stream).expires_after(connect_limit);
    const auto error = wait(io, [&](auto handler) { stream.async_handshake(asio::ssl::stream_base::client, handler); });
    if (!error) return;
    if (const long why = ::SSL_get_verify_result(stream.native_handle()); why != X509_V_OK && !whom.insecure) {
        const std::string reason = ::X509_verify_cert_error_string(why);
        // All that the host's name check leaves behind.
        if (why == X509_V_ERR_UNSPECIFIED)
            throw failure(exit_code::unavailable, fmt::format("{} 出示的证书属于别的主机", server.url()),
                          fmt::format("the certificate that {} shows is another host's", server.url()));
        throw failure(exit_code::unavailable,
                      fmt::format("不信任 {} 的证书：{}（用 --ca 文件 信任它，或用 --insecure 不作检查）", server.url(), reason),
                      fmt::format("the certificate of {} is not trusted: {} (trust it with --ca FILE, or check nothing with "
                                  "--insecure)", server.url(), reason));
    }
    throw unreachable(server, error);
}

}  // namespace cli::net
