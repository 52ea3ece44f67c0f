#include "server/warehouse/http_pull.hpp"

#include <boost/asio/ip/address.hpp>

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

namespace server::warehouse {
namespace {

constexpr int redirects_most = 5;
constexpr long ok = 200, redirects_from = 300, redirects_below = 400;

void begin_library() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

/// What the callbacks of one request see, and leave behind.
struct transfer {
    const http_pull_options& how;
    pulled_file& to;
    const std::stop_token& stop;
    bool refused_address = false;
    std::optional<pull_failed> failed;
    std::exception_ptr thrown;
};

std::optional<boost::asio::ip::address> address_of(const curl_sockaddr& of) {
    if (of.family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &of.addr, sizeof v4);
        return boost::asio::ip::address_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (of.family != AF_INET6 || of.addrlen < sizeof(sockaddr_in6)) return std::nullopt;
    boost::asio::ip::address_v6::bytes_type bytes{};
    // The library's own struct has room for either, beyond what it is declared with.
    std::memcpy(bytes.data(), reinterpret_cast<const char*>(&of.addr) + offsetof(sockaddr_in6, sin6_addr), bytes.size());
    return boost::asio::ip::address_v6(bytes);
}

curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* to) {
    auto& t = *static_cast<transfer*>(data);
    const auto address = address_of(*to);
    if (!address || (!t.how.private_hosts && is_private(*address))) {
        t.refused_address = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* data) {
    auto& t = *static_cast<transfer*>(data);
    try {
        t.to.write({bytes, size * count});
        return size * count;
    } catch (const pull_failed& no) {
        t.failed = no;
    } catch (...) {
        t.thrown = std::current_exception();
    }
    return 0;
}

int goes_on(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return static_cast<transfer*>(data)->stop.stop_requested() ? 1 : 0; }

struct easy {
    CURL* handle = curl_easy_init();
    curl_slist* headers = nullptr;
    easy() = default;
    easy(const easy&) = delete;
    easy& operator=(const easy&) = delete;
    ~easy() {
        curl_slist_free_all(headers);
        if (handle) curl_easy_cleanup(handle);
    }
    template <class T>
    void set(CURLoption option, T value) {
        if (curl_easy_setopt(handle, option, value) != CURLE_OK) throw pull_failed("HTTP 程序库缺少所需的功能", "the HTTP library lacks what is needed");
    }
};

[[noreturn]] void fail(CURLcode why, const transfer& t, const web_address& from) {
    if (t.thrown) std::rethrow_exception(t.thrown);
    if (t.failed) throw *t.failed;
    if (t.stop.stop_requested()) throw pull_failed("服务器正在停止", "the server is stopping");
    if (t.refused_address)
        throw pull_failed(from.host + " 的地址属于本机或内部网络，不予连接（data_private_hosts）", "the address of " + from.host + " is of this machine or an internal network, and is not connected to (data_private_hosts)");
    switch (why) {
        case CURLE_COULDNT_RESOLVE_HOST: throw pull_failed("找不到主机 " + from.host, "there is no host " + from.host);
        case CURLE_COULDNT_CONNECT: throw pull_failed("无法连接 " + from.host, from.host + " can't be connected to");
        case CURLE_OPERATION_TIMEDOUT: throw pull_failed(from.host + " 未在时限内答完", from.host + " did not answer in time");
        case CURLE_FILESIZE_EXCEEDED: throw pull_failed("内容超过附件的上限（" + std::to_string(t.to.bytes_max()) + " 字节）", "it is larger than a file may be (" + std::to_string(t.to.bytes_max()) + " bytes)");
        case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CONNECT_ERROR: case CURLE_SSL_CACERT_BADFILE:
            throw pull_failed(from.host + " 的 TLS 证书不可信", "the TLS certificate of " + from.host + " is not to be trusted");
        default: throw pull_failed("从 " + from.host + " 获取失败：" + curl_easy_strerror(why), "fetching from " + from.host + " failed: " + curl_easy_strerror(why));
    }
}

/// The address as it is in the list: which secrets go with it.
void add_headers(easy& request, const http_pull_options& how, const web_address& to) {
    const auto add = [&](const std::string& header) {
        auto* longer = curl_slist_append(request.headers, header.c_str());
        if (!longer) throw std::bad_alloc();
        request.headers = longer;
    };
    add("Accept: text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5");
    for (const auto& [host, header] : how.headers)
        if (is_allowed(to, {host})) add(header);
    request.set(CURLOPT_HTTPHEADER, request.headers);
}

/// Where it leads on to; nothing where the content has come.
std::optional<std::string> ask_once(const std::string& url, const web_address& at, const http_pull_options& how, pulled_file& to, const std::stop_token& stop) {
    easy request;
    if (!request.handle) throw std::bad_alloc();
    transfer t{how, to, stop};
    request.set(CURLOPT_URL, url.c_str());
    request.set(CURLOPT_PROTOCOLS_STR, "http,https");
    request.set(CURLOPT_FOLLOWLOCATION, 0L);
    request.set(CURLOPT_PROXY, "");
    request.set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    request.set(CURLOPT_NOSIGNAL, 1L);
    request.set(CURLOPT_SSL_VERIFYPEER, 1L);
    request.set(CURLOPT_SSL_VERIFYHOST, 2L);
    request.set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(how.connects_within.count()));
    request.set(CURLOPT_TIMEOUT, static_cast<long>(how.ends_within.count()));
    request.set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(to.bytes_max()));
    request.set(CURLOPT_USERAGENT, "opsroom");
    request.set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
    request.set(CURLOPT_OPENSOCKETDATA, &t);
    request.set(CURLOPT_WRITEFUNCTION, &take);
    request.set(CURLOPT_WRITEDATA, &t);
    request.set(CURLOPT_NOPROGRESS, 0L);
    request.set(CURLOPT_XFERINFOFUNCTION, &goes_on);
    request.set(CURLOPT_XFERINFODATA, &t);
    add_headers(request, how, at);
    if (const auto code = curl_easy_perform(request.handle); code != CURLE_OK) fail(code, t, at);
    long status = 0;
    char *next = nullptr, *type = nullptr;
    curl_easy_getinfo(request.handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(request.handle, CURLINFO_REDIRECT_URL, &next);
    curl_easy_getinfo(request.handle, CURLINFO_CONTENT_TYPE, &type);
    if (status >= redirects_from && status < redirects_below && next) return std::string(next);
    if (status != ok) throw pull_failed(at.host + " 答复 HTTP " + std::to_string(status), at.host + " answered HTTP " + std::to_string(status));
    if (type && std::string_view(type).starts_with("text/html")) throw pull_failed(at.host + " 答复的是网页，不是数据文件", at.host + " answered with a page, and not with a file of data");
    if (to.bytes() == 0) throw pull_failed(at.host + " 答复为空", "what " + at.host + " answered is empty");
    return std::nullopt;
}

}  // namespace

void pull_over_http(const std::string& url, const http_pull_options& how, pulled_file& to, const std::stop_token& stop) {
    begin_library();
    const auto first = read_web_address(url);
    if (!first) throw pull_failed("位置不是 http(s) 地址，或其中含有用户名或密码", "the place is no http(s) address, or has a name or a password in it");
    if (!is_allowed(*first, how.hosts)) throw pull_failed("配置 data_hosts 不含 " + first->host + "（及其端口）", "the setting data_hosts does not name " + first->host + " (with its port)");
    auto at = *first;
    auto next = url;
    for (int i = 0; i <= redirects_most; ++i) {
        const auto leads_to = ask_once(next, at, how, to, stop);
        if (!leads_to) return;
        const auto then = read_web_address(*leads_to);
        if (!then || then->host != first->host || (at.secure && !then->secure) || !is_allowed(*then, how.hosts))
            throw pull_failed(first->host + " 转向了其他地址，不予跟随", first->host + " leads to another address, which is not followed");
        to.empty();
        at = *then;
        next = *leads_to;
    }
    throw pull_failed(first->host + " 转向次数过多", first->host + " leads on and on");
}

}  // namespace server::warehouse
