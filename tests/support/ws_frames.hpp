#pragma once
// WebSocket frames (RFC 6455 §5.2) as bytes, good ones and bad ones. No I/O.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace support {

enum class opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

struct ws_frame {
    opcode code = opcode::text;
    std::string payload;
    bool fin = true;
    std::uint8_t reserved = 0;  ///< the three bits RSV1–3, RSV1 as 4
    bool masked = true;         ///< a client has to; a server must not

    bool operator==(const ws_frame&) const = default;
};

/// Appends the frame's bytes. The mask is always the same: nothing between a test and its server has a cache.
void append_frame(std::string& out, const ws_frame& frame);
/// The usual case, without copying the payload first.
void append_text(std::string& out, std::string_view payload);

/// A close frame's payload.
std::string close_payload(std::uint16_t code, std::string_view reason = {});
/// 1005 where the payload is empty, as RFC 6455 §7.1.5 has it.
std::uint16_t close_code(std::string_view payload);

/// Cuts a stream of bytes into frames.
class frame_reader {
public:
    /// To be appended to.
    std::string& buffer() { return buffer_; }

    /// The next whole frame, if it is there.
    std::optional<ws_frame> next();

private:
    std::string buffer_;
    std::size_t used_ = 0;
};

}  // namespace support
