// Frames, fragments, control frames, closing and UTF-8 (RFC 6455 §5–8) against the running server. What a
// client does wrong ends its own connection with the right code, and nothing else.

#include "tests/support/demo.hpp"
#include "tests/support/ws_client.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <vector>

using nlohmann::json;
using namespace support;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t message_max = 65536;

/// A connection that has been greeted.
ws_client greeted() {
    auto c = ws_client::connect(demo_room::get().port(), demo_room::get().token());
    REQUIRE(c.receive(5s).has_value());
    return c;
}

/// The next object of that type; others, such as presence, are passed over.
json await(ws_client& c, std::string_view type) {
    const auto until = std::chrono::steady_clock::now() + 5s;
    while (std::chrono::steady_clock::now() < until) {
        const auto m = c.receive(5s);
        if (!m || m->closed) break;
        for (std::size_t from = 0; from < m->text.size();) {
            const auto end = std::min(m->text.find('\n', from), m->text.size());
            if (end > from)
                if (auto object = json::parse(m->text.substr(from, end - from)); object.at("type") == type) return object;
            from = end + 1;
        }
    }
    FAIL("no " << type);
    return {};
}

std::string ping(int n) { return json{{"type", "ping"}, {"n", n}}.dump(); }

void answers(ws_client& c, int n) {
    c.send(ping(n));
    CHECK(await(c, "pong").at("n") == n);
}

/// With what code the server closes; 0 where it does not, 1006 where it hangs up without a word.
int closes(ws_client& c) {
    try {
        for (;;) {
            const auto m = c.receive(5s);
            if (!m) return 0;
            if (m->closed) return m->code;
        }
    } catch (const connection_lost&) {
        return 1006;
    }
}

int closes_on(const std::vector<ws_frame>& frames) {
    auto c = greeted();
    for (const auto& f : frames) c.send(f);
    return closes(c);
}

ws_frame text(std::string payload, bool fin = true) { return {opcode::text, std::move(payload), fin}; }
ws_frame more(std::string payload, bool fin) { return {opcode::continuation, std::move(payload), fin}; }
ws_frame control(opcode code, std::string payload = {}) { return {code, std::move(payload)}; }

}  // namespace

TEST_CASE("frames: a message in one, in pieces, and byte by byte", "[e2e][websocket]") {
    auto c = greeted();
    answers(c, 1);
    const auto whole = ping(2);
    c.send(text(whole.substr(0, 3), false));
    c.send(more(whole.substr(3, 5), false));
    c.send(more("", false));
    c.send(more(whole.substr(8), true));
    CHECK(await(c, "pong").at("n") == 2);

    std::string bytes;
    append_text(bytes, ping(3));
    for (const char byte : bytes) c.send_raw({&byte, 1});
    CHECK(await(c, "pong").at("n") == 3);

    bytes.clear();
    for (int n = 4; n < 8; ++n) append_text(bytes, ping(n));
    c.send_raw(bytes);
    for (int n = 4; n < 8; ++n) CHECK(await(c, "pong").at("n") == n);
    c.close();
}

TEST_CASE("frames: one message holds several lines", "[e2e][websocket]") {
    auto c = greeted();
    c.send(ping(1) + '\n' + ping(2) + '\n');
    // Answers may share a message, too.
    std::string said;
    while (said.find("\"n\":2") == said.npos) {
        const auto m = c.receive(5s);
        REQUIRE((m && !m->closed));
        said += m->text + '\n';
    }
    CHECK(said.find("\"n\":1") < said.find("\"n\":2"));
    c.close();
}

TEST_CASE("frames: who is not read from for a while stays connected, and has everything answered", "[e2e][websocket][shares]") {
    // How many objects of these types come back.
    const auto count = [](ws_client& c, std::size_t wanted, std::initializer_list<std::string_view> types) {
        std::size_t got = 0;
        for (auto until = std::chrono::steady_clock::now() + 20s; got < wanted && std::chrono::steady_clock::now() < until;) {
            const auto m = c.receive(5s);
            REQUIRE(m.has_value());
            REQUIRE_FALSE(m->closed);
            std::size_t from = 0;
            for (std::size_t end; from < m->text.size(); from = end + 1) {
                end = std::min(m->text.find('\n', from), m->text.size());
                const auto type = json::parse(m->text.substr(from, end - from)).at("type").get<std::string>();
                got += std::find(types.begin(), types.end(), type) != types.end();
            }
        }
        return got;
    };
    const auto lines = [](std::size_t n, const auto& one) {
        std::string all;
        for (std::size_t i = 0; i < n; ++i) all += one(static_cast<int>(i)) + '\n';
        return all;
    };
    auto c = greeted();
    // More than one turn of what is said at once,
    c.send(lines(1'000, ping));
    CHECK(count(c, 1'000, {"pong"}) == 1'000);
    c.send(lines(30, [](int) { return std::string(R"({"type":"subscribe","feed":"directory"})"); }));
    CHECK(count(c, 30, {"snapshot", "ended"}) == 30);
    // and more than one may say in a second.
    constexpr std::size_t messages = 12, each = 250;
    for (std::size_t m = 0; m < messages; ++m)
        c.send(lines(each, [&](int i) {
            char id[40];
            std::snprintf(id, sizeof id, "00000000-0000-7000-8000-%06zu%06d", m, i);
            return json{{"type", "command"}, {"id", id}, {"command", "channel.post"}, {"target", "channel/99999"}, {"data", {{"text", "x"}}}}.dump();
        }));
    CHECK(count(c, messages * each, {"reject"}) == messages * each);
    answers(c, 7);
}

TEST_CASE("frames: control frames between the pieces of a message", "[e2e][websocket]") {
    auto c = greeted();
    const auto whole = ping(9);
    c.send(text(whole.substr(0, 6), false));
    c.send(control(opcode::ping, "are you there"));
    c.send(control(opcode::pong, "unasked"));
    for (;;) {
        const auto f = c.receive_frame(5s);
        REQUIRE(f);
        if (f->code != opcode::pong) continue;
        CHECK(f->payload == "are you there");
        CHECK(f->fin);
        CHECK_FALSE(f->masked);
        break;
    }
    c.send(more(whole.substr(6), true));
    CHECK(await(c, "pong").at("n") == 9);
    c.close();
}

TEST_CASE("frames: pings are answered with what they carry", "[e2e][websocket]") {
    auto c = greeted();
    for (const std::string& payload : {std::string(), std::string("\x00\xff\xfe", 3), std::string(125, 'p')}) {
        c.send(control(opcode::ping, payload));
        std::optional<ws_frame> f;
        do f = c.receive_frame(5s);
        while (f && f->code != opcode::pong);
        REQUIRE(f);
        CHECK(f->payload == payload);
    }
    answers(c, 1);
    c.close();
}

TEST_CASE("frames: broken rules close with 1002", "[e2e][websocket]") {
    auto unmasked = text(ping(1));
    unmasked.masked = false;
    CHECK(closes_on({unmasked}) == 1002);
    for (const std::uint8_t reserved : {1, 2, 4, 7}) {
        auto f = text(ping(1));
        f.reserved = reserved;
        CHECK(closes_on({f}) == 1002);
    }
    for (const int code : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) CHECK(closes_on({{static_cast<opcode>(code), ""}}) == 1002);
    CHECK(closes_on({control(opcode::ping, std::string(126, 'x'))}) == 1002);
    CHECK(closes_on({{opcode::ping, "x", false}}) == 1002);
    CHECK(closes_on({{opcode::close, "", false}}) == 1002);
    CHECK(closes_on({more("x", true)}) == 1002);
    CHECK(closes_on({more("x", false)}) == 1002);
    CHECK(closes_on({text("{", false), text("}")}) == 1002);
}

TEST_CASE("frames: closing, with every kind of code", "[e2e][websocket]") {
    for (const std::uint16_t code : {1000, 1001, 1003, 1007, 1011, 3000, 3999, 4000, 4999}) {
        INFO(code);
        CHECK(closes_on({control(opcode::close, close_payload(code, "再见"))}) == code);
    }
    const auto empty = closes_on({control(opcode::close)});
    CHECK((empty == 1000 || empty == 1005));
    CHECK(closes_on({control(opcode::close, "x")}) == 1002);
    for (const std::uint16_t code : {0, 1, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999}) {
        INFO(code);
        CHECK(closes_on({control(opcode::close, close_payload(code))}) == 1002);
    }
    const auto bad_reason = closes_on({control(opcode::close, close_payload(1000, "\xff"))});
    CHECK((bad_reason == 1007 || bad_reason == 1002));
}

TEST_CASE("frames: after the close nothing is taken, and the server hangs up", "[e2e][websocket]") {
    auto c = greeted();
    c.send(control(opcode::close, close_payload(1000)));
    try {
        c.send(ping(1));
    } catch (const connection_lost&) {
        // hung up already
    }
    CHECK(closes(c) == 1000);
    try {
        while (const auto f = c.receive_frame(5s)) CHECK(f->code != opcode::text);
        std::string rest;
        CHECK(c.connection().read(rest, 0ms) == tcp::got::end);
    } catch (const connection_lost&) {
        // reset, as it had not read our last frame
    }
}

TEST_CASE("frames: text that is not UTF-8 closes with 1007", "[e2e][websocket]") {
    for (const char* bad : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe4\xbd", "\x80", "\xfe\xfe\xff\xff", "\xf8\x88\x80\x80\x80"}) {
        CHECK(closes_on({text(std::string("{\"type\":\"") + bad + "\"}")}) == 1007);
        CHECK(closes_on({text("{\"type\":\"", false), more(bad, false), more("\"}", true)}) == 1007);
    }
    CHECK(closes_on({text("\xe4\xbd")}) == 1007);
    CHECK(closes_on({text("\xe4\xbd", false), more("", true)}) == 1007);
}

TEST_CASE("frames: a character may be cut by fragments", "[e2e][websocket]") {
    auto c = greeted();
    const std::string whole = R"({"type":"ping","n":5,"note":"你好😀"})";
    for (std::size_t cut = 1; cut < whole.size(); ++cut) {
        c.send(text(whole.substr(0, cut), false));
        c.send(more(whole.substr(cut), true));
    }
    // Whether or not `note` is taken, each one is answered, and the connection stands.
    answers(c, 6);
    c.close();
}

TEST_CASE("frames: the largest message is taken, a larger one closes with 1009", "[e2e][websocket]") {
    auto c = greeted();
    auto largest = ping(1);
    largest.resize(message_max, ' ');
    c.send(largest);
    CHECK(await(c, "pong").at("n") == 1);
    c.close();
    CHECK(closes_on({text(std::string(message_max + 1, ' '))}) == 1009);
    CHECK(closes_on({text(std::string(message_max, ' '), false), more(" ", true)}) == 1009);

    // A length that nobody would send all of: refused on sight.
    auto announced = greeted();
    announced.send_raw(std::string("\x81\xff\x00\x00\x01\x00\x00\x00\x00\x00\x37\xfa\x21\x3d", 14));
    CHECK(closes(announced) == 1009);
    auto impossible = greeted();
    impossible.send_raw(std::string("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\x37\xfa\x21\x3d", 14));
    const auto code = closes(impossible);
    CHECK((code == 1002 || code == 1009));
}

TEST_CASE("frames: a binary message closes with 1003", "[e2e][websocket]") {
    CHECK(closes_on({{opcode::binary, ping(1)}}) == 1003);
    CHECK(closes_on({{opcode::binary, "x", false}, more("y", true)}) == 1003);
}

TEST_CASE("messages: what is not understood is answered, and the connection stands", "[e2e][websocket]") {
    auto c = greeted();
    int n = 1;
    for (const std::string& bad : {std::string("{"), std::string("7"), std::string("[]"), std::string("{}"), std::string("null"),
                                   std::string(R"({"type":7})"), std::string(R"({"type":"teleport"})"),
                                   std::string(R"({"type":"subscribe"})"), std::string(R"({"type":"subscribe","feed":"nowhere"})"),
                                   std::string(R"({"type":"subscribe","feed":"board","after":-1})"),
                                   std::string(40, '[') + std::string(40, ']'), std::string("\0", 1)}) {
        c.send(bad);
        const auto told = await(c, "error");
        INFO(bad << " was answered " << told.dump());
        CHECK(told.at("problem").at("status").get<int>() >= 400);
        for (const char* field : {"code", "title", "detail", "zh", "en"}) CHECK_FALSE(told.at("problem").at(field).get<std::string>().empty());
        answers(c, n++);
    }
    c.send("");
    c.send("\n\n");
    answers(c, n);
    c.close();
}

TEST_CASE("frames: who hangs up without a word does no harm", "[e2e][websocket]") {
    for (int i = 0; i < 20; ++i) {
        auto c = greeted();
        c.send(R"({"type":"subscribe","feed":"board"})");
        if (i % 2) c.send_raw(std::string("\x81\xfe\x10", 3));
        c.connection().close();
    }
    auto c = greeted();
    answers(c, 1);
    c.close();
}
