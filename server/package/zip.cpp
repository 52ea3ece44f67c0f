#include "server/package/zip.hpp"

#include "core/kernel/verify.hpp"

namespace server::package {
namespace {

constexpr std::uint16_t version = 20;
constexpr std::uint16_t flags = 0x0808;  // sizes follow the content; names are UTF-8
constexpr std::uint16_t stored = 0;
constexpr std::uint16_t midnight = 0;
constexpr std::uint16_t first_day = 0x0021;  // 1980-01-01

void put16(std::string& out, std::uint32_t n) {
    out += static_cast<char>(n & 0xff);
    out += static_cast<char>(n >> 8 & 0xff);
}
void put32(std::string& out, std::uint32_t n) {
    put16(out, n & 0xffff);
    put16(out, n >> 16);
}
void put_common(std::string& out) {
    put16(out, version);
    put16(out, flags);
    put16(out, stored);
    put16(out, midnight);
    put16(out, first_day);
}

}  // namespace

void zip::begin(std::string& out, std::string_view path) {
    const auto from = out.size();
    parts_.push_back({std::string(path), static_cast<std::uint32_t>(at_), 0, 0});
    sum_.reset();
    put32(out, 0x04034b50);
    put_common(out);
    put32(out, 0);
    put32(out, 0);
    put32(out, 0);
    put16(out, static_cast<std::uint32_t>(path.size()));
    put16(out, 0);
    out += path;
    at_ += out.size() - from;
}

void zip::write(std::string& out, std::string_view bytes) {
    auto& p = parts_.back();
    sum_.process_bytes(bytes.data(), bytes.size());
    p.bytes += static_cast<std::uint32_t>(bytes.size());
    out += bytes;
    at_ += bytes.size();
    core::verify(at_ <= bytes_max, "a package's size is looked at before it is begun");
}

void zip::end(std::string& out) {
    auto& p = parts_.back();
    p.crc = sum_.checksum();
    put32(out, 0x08074b50);
    put32(out, p.crc);
    put32(out, p.bytes);
    put32(out, p.bytes);
    at_ += 16;
}

void zip::finish(std::string& out) {
    const auto from = out.size();
    for (const auto& p : parts_) {
        put32(out, 0x02014b50);
        put16(out, version);
        put_common(out);
        put32(out, p.crc);
        put32(out, p.bytes);
        put32(out, p.bytes);
        put16(out, static_cast<std::uint32_t>(p.path.size()));
        for (int i = 0; i < 4; ++i) put16(out, 0);
        put32(out, 0);
        put32(out, p.begins);
        out += p.path;
    }
    const auto size = out.size() - from;
    put32(out, 0x06054b50);
    put32(out, 0);
    put16(out, static_cast<std::uint32_t>(parts_.size()));
    put16(out, static_cast<std::uint32_t>(parts_.size()));
    put32(out, static_cast<std::uint32_t>(size));
    put32(out, static_cast<std::uint32_t>(at_));
    put16(out, 0);
}

}  // namespace server::package
