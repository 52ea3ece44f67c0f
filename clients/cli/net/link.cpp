#include "clients/cli/net/link.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include <fmt/format.h>

#include <optional>

namespace cli::net {
namespace {

using tcp = asio::ip::tcp;
using plain_stream = beast::basic_stream<tcp, asio::io_context::executor_type>;
using secure_stream = beast::ssl_stream<plain_stream>;

asio::ssl::context make_context(const trust& whom) {
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

failure untrusted(const address& server, long why) {
    const std::string reason = ::X509_verify_cert_error_string(why);
    // All that the host's name check leaves behind.
    if (why == X509_V_ERR_UNSPECIFIED)
        return {exit_code::unavailable, fmt::format("{} 出示的证书属于别的主机", server.url()),
                fmt::format("the certificate that {} shows is another host's", server.url())};
    return {exit_code::unavailable, fmt::format("不信任 {} 的证书：{}（用 --ca 文件 信任它，或用 --insecure 不作检查）", server.url(), reason),
            fmt::format("the certificate of {} is not trusted: {} (trust it with --ca FILE, or check nothing with --insecure)",
                        server.url(), reason)};
}

}  // namespace

failure unreachable(const address& server, const error_code& error) {
    const bool late = error == beast::error::timeout;
    return {exit_code::unavailable, fmt::format("连不上服务器 {}：{}", server.url(), late ? "超时" : error.message()),
            fmt::format("cannot reach the server {}: {}", server.url(), late ? "it took too long" : error.message())};
}

struct link::impl {
    explicit impl(asio::io_context& io) : plain(io) {}

    /// Names are looked up first.
    void connect(asio::io_context& io, const address& server) {
        error_code error;
        tcp::resolver resolver(io);
        const auto found = resolver.resolve(server.host, server.port, error);
        if (error) throw unreachable(server, error);
        plain.expires_after(connect_limit);
        error = wait(io, [&](auto handler) {
            plain.async_connect(found, [handler](error_code e, const tcp::endpoint&) mutable { handler(e); });
        });
        if (error) throw unreachable(server, error);
        plain.socket().set_option(tcp::no_delay(true), error);
    }

    void shake_hands(asio::io_context& io, const address& server, const trust& whom) {
        context.emplace(make_context(whom));
        secure.emplace(std::move(plain), *context);
        ::SSL_set_tlsext_host_name(secure->native_handle(), server.host.c_str());
        if (!whom.insecure) secure->set_verify_callback(asio::ssl::host_name_verification(server.host));
        lowest().expires_after(connect_limit);
        const auto error = wait(io, [&](auto handler) { secure->async_handshake(asio::ssl::stream_base::client, handler); });
        if (!error) return;
        if (const long why = ::SSL_get_verify_result(secure->native_handle()); why != X509_V_OK && !whom.insecure)
            throw untrusted(server, why);
        throw unreachable(server, error);
    }

    plain_stream& lowest() { return secure ? secure->next_layer() : plain; }

    plain_stream plain;
    std::optional<asio::ssl::context> context;
    std::optional<secure_stream> secure;
};

link::link(asio::io_context& io, const address& server, const trust& whom) : impl_(std::make_unique<impl>(io)) {
    impl_->connect(io, server);
    if (server.tls) impl_->shake_hands(io, server, whom);
}

link::~link() = default;

link::executor_type link::get_executor() { return impl_->lowest().get_executor(); }

void link::expires_after(std::chrono::seconds limit) { impl_->lowest().expires_after(limit); }

void link::expires_never() { impl_->lowest().expires_never(); }

void link::close() {
    error_code ignored;
    impl_->lowest().socket().close(ignored);
}

void link::read(asio::mutable_buffer into, handler done) {
    if (impl_->secure) impl_->secure->async_read_some(into, std::move(done));
    else impl_->plain.async_read_some(into, std::move(done));
}

void link::write(const std::vector<asio::const_buffer>& from, handler done) {
    if (impl_->secure) impl_->secure->async_write_some(from, std::move(done));
    else impl_->plain.async_write_some(from, std::move(done));
}

void link::part(beast::role_type role, std::function<void(error_code)> done) {
    if (impl_->secure) async_teardown(role, *impl_->secure, std::move(done));
    else async_teardown(role, impl_->plain, std::move(done));
}

void beast_close_socket(link& gone) { gone.close(); }

}  // namespace cli::net
