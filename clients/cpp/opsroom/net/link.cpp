#include "opsroom/net/link.hpp"

#include "opsroom/system_words.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include <optional>

namespace opsroom::net {

std::string in_words(const error_code& error, language l) {
    const bool zh = l == language::zh;
    if (error == beast::error::timeout) return zh ? "超时" : "it took too long";
    if (error == asio::error::host_not_found || error == asio::error::host_not_found_try_again || error == asio::error::no_data)
        return zh ? "找不到这台主机" : "Host not found";
    if (error == asio::error::eof || error == beast::http::error::end_of_stream || error == asio::ssl::error::stream_truncated)
        return zh ? "连接被对方关闭" : "the other side closed the connection";
    if (error.category() == boost::system::system_category() || error.category() == boost::system::generic_category()) return opsroom::in_words(error.value(), l);
    // Of protocols' errors there are too many.
    return zh ? std::string(error.category().name()) + " 错误 " + std::to_string(error.value()) : error.message();
}

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
            throw problem("bad_certificate_file", "无法使用证书文件 " + whom.ca + "：" + in_words(error, language::zh),
                          "cannot use the certificate file " + whom.ca + ": " + in_words(error, language::en));
    }
    return out;
}

/// Why a certificate is not trusted; in Chinese what there are words for.
std::string not_trusted(long why) {
    switch (why) {
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: return "自签名";
        case X509_V_ERR_CERT_HAS_EXPIRED: return "已过期";
        case X509_V_ERR_CERT_NOT_YET_VALID: return "尚未生效";
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: return "签发者不受信任";
        case X509_V_ERR_CERT_REVOKED: return "已吊销";
        default: return "X.509 错误 " + std::to_string(why);
    }
}

problem untrusted(const address& server, long why) {
    // All that the host's name check leaves behind.
    if (why == X509_V_ERR_UNSPECIFIED)
        return {"untrusted", server.url() + " 出示的证书属于别的主机", "the certificate that " + server.url() + " shows is another host's"};
    return {"untrusted", "不信任 " + server.url() + " 的证书：" + not_trusted(why),
            "the certificate of " + server.url() + " is not trusted: " + ::X509_verify_cert_error_string(why)};
}

}  // namespace

problem unreachable(const address& server, const error_code& error) {
    return {"unreachable", "连不上服务器 " + server.url() + "：" + in_words(error, language::zh),
            "cannot reach the server " + server.url() + ": " + in_words(error, language::en)};
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

}  // namespace opsroom::net
