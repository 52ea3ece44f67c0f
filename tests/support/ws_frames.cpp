#include "tests/support/ws_frames.hpp"

#include <cstring>

namespace support {
namespace {

constexpr unsigned char mask[8] = {0x37, 0xfa, 0x21, 0x3d, 0x37, 0xfa, 0x21, 0x3d};

void append_header(std::string& out, unsigned first, std::size_t size, bool masked) {
    const unsigned mask_bit = masked ? 0x80 : 0;
    out += static_cast<char>(first);
    if (size < 126) {
        out += static_cast<char>(mask_bit | size);
    } else if (size < 65536) {
        out += static_cast<char>(mask_bit | 126);
        for (int shift = 8; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift);
    } else {
        out += static_cast<char>(mask_bit | 127);
        for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(static_cast<std::uint64_t>(size) >> shift);
    }
    if (masked) out.append(reinterpret_cast<const char*>(mask), 4);
}

void apply_mask(char* at, std::size_t size) {
    std::uint64_t wide;
    std::memcpy(&wide, mask, 8);
    std::size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        std::uint64_t word;
        std::memcpy(&word, at + i, 8);
        word ^= wide;
        std::memcpy(at + i, &word, 8);
    }
    for (; i < size; ++i) at[i] = static_cast<char>(at[i] ^ mask[i % 4]);
}

void append_payload(std::string& out, std::string_view payload, bool masked) {
    const auto start = out.size();
    out.append(payload);
    if (masked) apply_mask(out.data() + start, payload.size());
}

}  // namespace

void append_frame(std::string& out, const ws_frame& f) {
    const auto first = (f.fin ? 0x80u : 0u) | (f.reserved & 7u) << 4 | static_cast<unsigned>(f.code);
    append_header(out, first, f.payload.size(), f.masked);
    append_payload(out, f.payload, f.masked);
}

void append_text(std::string& out, std::string_view payload) {
    append_header(out, 0x81, payload.size(), true);
    append_payload(out, payload, true);
}

std::string close_payload(std::uint16_t code, std::string_view reason) {
    std::string payload{static_cast<char>(code >> 8), static_cast<char>(code)};
    payload += reason;
    return payload;
}

std::uint16_t close_code(std::string_view payload) {
    if (payload.size() < 2) return 1005;
    return static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]));
}

std::optional<ws_frame> frame_reader::next() {
    const auto* at = reinterpret_cast<const unsigned char*>(buffer_.data()) + used_;
    const auto have = buffer_.size() - used_;
    if (have < 2) return std::nullopt;
    std::uint64_t size = at[1] & 0x7f;
    std::size_t header = 2;
    if (const auto bytes = size == 126 ? 2u : size == 127 ? 8u : 0u; bytes > 0) {
        if (have < header + bytes) return std::nullopt;
        size = 0;
        for (unsigned i = 0; i < bytes; ++i) size = size << 8 | at[header + i];
        header += bytes;
    }
    const bool masked = at[1] & 0x80;
    if (have < header + (masked ? 4 : 0) + size) return std::nullopt;
    ws_frame f;
    f.fin = at[0] & 0x80;
    f.reserved = at[0] >> 4 & 7;
    f.code = static_cast<opcode>(at[0] & 15);
    f.masked = masked;
    const auto* key = at + header;
    header += masked ? 4 : 0;
    f.payload.assign(reinterpret_cast<const char*>(at) + header, size);
    if (masked)
        for (std::size_t i = 0; i < f.payload.size(); ++i) f.payload[i] = static_cast<char>(f.payload[i] ^ key[i % 4]);
    used_ += header + size;
    if (used_ == buffer_.size() || used_ > 1 << 20) {
        buffer_.erase(0, used_);
        used_ = 0;
    }
    return f;
}

}  // namespace support
