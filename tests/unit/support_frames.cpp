// The tests' own WebSocket client, against the examples of RFC 6455: what checks the server is checked, too.

#include "tests/support/ws_client.hpp"

#include <catch2/catch.hpp>

using namespace support;

namespace {

std::string bytes_of(const ws_frame& f) {
    std::string out;
    append_frame(out, f);
    return out;
}

}  // namespace

TEST_CASE("frames: the examples of RFC 6455 §5.7", "[support]") {
    CHECK(bytes_of({opcode::text, "Hello"}) == "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
    CHECK(bytes_of({opcode::text, "Hello", true, 0, false}) == "\x81\x05Hello");
    CHECK(bytes_of({opcode::text, "Hel", false, 0, false}) == "\x01\x03Hel");
    CHECK(bytes_of({opcode::continuation, "lo", true, 0, false}) == std::string("\x80\x02lo"));
    CHECK(bytes_of({opcode::binary, std::string(256, 'x'), true, 0, false}).substr(0, 4) == std::string("\x82\x7e\x01\x00", 4));
    CHECK(bytes_of({opcode::binary, std::string(65536, 'x'), true, 0, false}).substr(0, 10) == std::string("\x82\x7f\0\0\0\0\0\1\0\0", 10));
    CHECK(accept_for("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("frames: what was written is read back, however it is cut", "[support]") {
    std::vector<ws_frame> frames;
    for (const std::size_t size : {0u, 1u, 7u, 8u, 9u, 125u, 126u, 65535u, 65536u, 70000u})
        for (const bool masked : {false, true}) frames.push_back({opcode::text, std::string(size, 'a'), size % 2 == 0, static_cast<std::uint8_t>(size % 8), masked});
    std::string stream;
    for (const auto& f : frames) append_frame(stream, f);
    for (const std::size_t step : {std::size_t{1}, std::size_t{1000}, stream.size()}) {
        frame_reader reader;
        std::vector<ws_frame> back;
        for (std::size_t i = 0; i < stream.size(); i += step) {
            reader.buffer().append(stream, i, step);
            while (auto f = reader.next()) back.push_back(std::move(*f));
        }
        CHECK((back == frames));
    }
    CHECK(close_code(close_payload(4008, "too slow")) == 4008);
    CHECK(close_code("") == 1005);
}
