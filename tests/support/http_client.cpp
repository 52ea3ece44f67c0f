#include "tests/support/http_client.hpp"

#include <algorithm>
#include <charconv>

namespace support {
namespace {

constexpr std::chrono::seconds patience{60};

/// Reads on; throws where that is the end.
void more(tcp& from, std::string& buffer) {
    switch (from.read(buffer, patience)) {
        case tcp::got::bytes: return;
        case tcp::got::nothing: throw connection_lost("no answer within a minute");
        case tcp::got::end: throw connection_lost("the server closed in the middle of an answer");
    }
}

std::size_t number(std::string_view text, int base) {
    std::size_t n = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), n, base).ec != std::errc{})
        throw connection_lost("the answer has a bad length: " + std::string(text));
    return n;
}

std::string read_chunks(tcp& from, std::string& buffer) {
    std::string body;
    for (;;) {
        std::size_t end;
        while ((end = buffer.find("\r\n")) == buffer.npos) more(from, buffer);
        const auto size = number(buffer, 16);
        while (buffer.size() < end + 2 + size + 2) more(from, buffer);
        body.append(buffer, end + 2, size);
        buffer.erase(0, end + 2 + size + 2);
        if (size == 0) return body;
    }
}

}  // namespace

http_response read_head(tcp& from, std::string& rest) {
    std::size_t end;
    while ((end = rest.find("\r\n\r\n")) == rest.npos) more(from, rest);
    http_response answer;
    std::string_view head(rest.data(), end + 2);
    if (!head.starts_with("HTTP/1.1 ")) throw connection_lost("not an HTTP answer: " + std::string(head.substr(0, 60)));
    answer.status = static_cast<int>(number(head.substr(9, 3), 10));
    head.remove_prefix(head.find("\r\n") + 2);
    while (!head.empty()) {
        const auto line = head.substr(0, head.find("\r\n"));
        const auto colon = line.find(':');
        if (colon != line.npos) {
            std::string name(line.substr(0, colon));
            std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
            const auto value = line.find_first_not_of(' ', colon + 1);
            answer.headers[name] = value == line.npos ? "" : std::string(line.substr(value));
        }
        head.remove_prefix(line.size() + 2);
    }
    rest.erase(0, end + 4);
    return answer;
}

http_response ask(std::uint16_t port, const http_request& request) {
    auto connection = tcp::connect(port);
    std::string bytes = request.method + ' ' + request.target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n";
    for (const auto& header : request.headers) bytes += header + "\r\n";
    if (!request.body.empty() || request.method != "GET") bytes += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    bytes += "Connection: close\r\n\r\n" + request.body;
    connection.write(bytes);

    std::string buffer;
    auto answer = read_head(connection, buffer);
    if (answer.headers["transfer-encoding"] == "chunked") {
        answer.body = read_chunks(connection, buffer);
    } else if (const auto length = answer.headers.find("content-length"); length != answer.headers.end()) {
        const auto size = number(length->second, 10);
        while (buffer.size() < size) more(connection, buffer);
        answer.body = buffer.substr(0, size);
    } else if (answer.status != 204 && answer.status != 304) {
        while (connection.read(buffer, patience) == tcp::got::bytes) {}
        answer.body = std::move(buffer);
    }
    return answer;
}

}  // namespace support
