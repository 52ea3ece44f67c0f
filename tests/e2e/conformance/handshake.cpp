// The opening handshake (RFC 6455 §4) against the running server: who is let in, and what everyone else is told.

#include "tests/support/demo.hpp"
#include "tests/support/ws_client.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using nlohmann::json;
using namespace support;
using namespace std::chrono_literals;

namespace {

demo_room& room() { return demo_room::get(); }

handshake ours() {
    handshake h;
    h.headers.push_back("Authorization: Bearer " + room().token());
    return h;
}

/// What somebody who is not let in is told: always a problem (RFC 9457).
struct refusal {
    int status = 0;
    std::string code;
    http_response answer;
};

refusal refused(const handshake& how) {
    try {
        ws_client::connect(room().port(), how);
    } catch (const handshake_refused& e) {
        INFO(e.what());
        CHECK_THAT(e.answer.headers.at("content-type"), Catch::StartsWith("application/problem+json"));
        const auto problem = json::parse(e.answer.body);
        CHECK(problem.at("status") == e.answer.status);
        for (const char* field : {"type", "title", "code", "detail", "zh", "en"}) CHECK_FALSE(problem.at(field).get<std::string>().empty());
        return {e.answer.status, problem.at("code"), e.answer};
    }
    return {};
}

void still_answers() {
    auto c = ws_client::connect(room().port(), room().token());
    REQUIRE(c.receive(5s).has_value());
    c.close();
}

}  // namespace

TEST_CASE("handshake: the server keeps to RFC 6455 and says hello first", "[e2e][websocket]") {
    auto c = ws_client::connect(room().port(), ours());
    CHECK(c.upgrade().headers.at("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    CHECK(c.upgrade().headers.at("sec-websocket-protocol") == "opsroom.v1.json");
    CHECK(c.upgrade().headers.count("sec-websocket-extensions") == 0);
    const auto first = c.receive(5s);
    REQUIRE(first);
    const auto hello = json::parse(first->text.substr(0, first->text.find('\n')));
    CHECK(hello.at("type") == "hello");
    CHECK(hello.at("protocol") == "opsroom.v1.json");
    CHECK(hello.at("member").get<int>() > 0);
    CHECK(hello.at("position").get<int>() > 0);
    CHECK(hello.at("max_message_bytes") == 65536);
    CHECK(hello.at("max_subscriptions") == 64);
    c.close();
}

TEST_CASE("handshake: words are taken in any case, and lists in any order", "[e2e][websocket]") {
    auto h = ours();
    h.upgrade = "WebSocket";
    h.connection = "keep-alive, upgrade";
    h.protocol = "something.else, opsroom.v1.json";
    auto c = ws_client::connect(room().port(), h);
    CHECK(c.upgrade().headers.at("sec-websocket-protocol") == "opsroom.v1.json");
    c.close();
}

TEST_CASE("handshake: nobody comes in without a token that holds", "[e2e][websocket]") {
    handshake nobody;
    CHECK(refused(nobody).status == 401);
    for (const char* header : {"Authorization: Bearer opsroom_pat_0000000000000000000000000000000000000000000", "Authorization: Bearer ",
                               "Authorization: Basic YWRtaW46YWRtaW4=", "Authorization: nonsense", "Cookie: opsroom_session=0000"}) {
        handshake h;
        h.headers.push_back(header);
        INFO(header);
        CHECK(refused(h).status == 401);
    }
    handshake in_url;
    in_url.target += "?token=" + room().token() + "&access_token=" + room().token();
    CHECK(refused(in_url).status == 401);
}

TEST_CASE("handshake: a foreign origin is turned away, the own one is not", "[e2e][websocket]") {
    for (const char* origin : {"https://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1:1", "null", "file://"}) {
        auto h = ours();
        h.headers.push_back(std::string("Origin: ") + origin);
        INFO(origin);
        const auto r = refused(h);
        CHECK(r.status == 403);
        CHECK(r.code == "foreign_origin");
    }
    auto h = ours();
    h.headers.push_back("Origin: http://127.0.0.1:" + std::to_string(room().port()));
    ws_client::connect(room().port(), h).close();
}

TEST_CASE("handshake: what is not a handshake gets a clear answer", "[e2e][websocket]") {
    SECTION("no upgrade") {
        auto h = ours();
        h.upgrade.clear();
        h.connection = "keep-alive";
        CHECK(refused(h).status == 426);
    }
    SECTION("an unknown version is told the known one") {
        auto h = ours();
        h.socket_version = "8";
        const auto r = refused(h);
        CHECK(r.status == 426);
        CHECK(r.answer.headers.at("sec-websocket-version") == "13");
    }
    SECTION("no key") {
        auto h = ours();
        h.key.clear();
        CHECK(refused(h).status == 400);
    }
    SECTION("a key that is not 16 bytes of base64") {
        auto h = ours();
        h.key = "short";
        CHECK(refused(h).status == 400);
    }
    SECTION("a protocol that is not spoken here") {
        auto h = ours();
        for (const char* protocol : {"mqtt", ""}) {
            h.protocol = protocol;
            CHECK(refused(h).status == 400);
        }
    }
    SECTION("another method") {
        auto h = ours();
        h.method = "POST";
        h.headers.push_back("Content-Length: 0");
        CHECK(refused(h).status == 405);
    }
    SECTION("another place") {
        auto h = ours();
        h.target = "/api/v1/lives";
        CHECK(refused(h).status == 404);
    }
    still_answers();
}

TEST_CASE("handshake: who does not finish it is hung up on", "[e2e][websocket]") {
    auto slow = tcp::connect(room().port());
    slow.write("GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    std::string said;
    auto got = tcp::got::bytes;
    const auto until = std::chrono::steady_clock::now() + 6s;
    while (got != tcp::got::end && std::chrono::steady_clock::now() < until) got = slow.read(said, 6s);
    CHECK(got == tcp::got::end);
    still_answers();
}

TEST_CASE("handshake: garbage and oversized heads do no harm", "[e2e][websocket]") {
    for (const std::string& bytes : {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), std::string("\r\n\r\n\r\n"),
                                     "GET / HTTP/9.9\r\n\r\n" + std::string(), "GET /" + std::string(200'000, 'a') + " HTTP/1.1\r\n\r\n",
                                     "GET / HTTP/1.1\r\nX: " + std::string(200'000, 'b') + "\r\n\r\n"}) {
        auto c = tcp::connect(room().port());
        std::string said;
        auto got = tcp::got::bytes;
        try {
            c.write(bytes);
            c.shut_down_writing();
            while (got == tcp::got::bytes) got = c.read(said, 6s);
        } catch (const connection_lost&) {
            got = tcp::got::end;  // hung up in the middle of what we had to say
        }
        CHECK(got == tcp::got::end);
    }
    still_answers();
}
