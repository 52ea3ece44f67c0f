#include "opsroom/ids.hpp"

#include "opsroom/sha256.hpp"

#include <openssl/rand.h>

#include <chrono>
#include <stdexcept>

namespace opsroom {
namespace {

std::string written(std::array<std::uint8_t, 16> bytes, unsigned version) {
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | (version << 4));
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
    }
    return out;
}

}  // namespace

void fill_random(void* bytes, std::size_t size) {
    if (RAND_bytes(static_cast<unsigned char*>(bytes), static_cast<int>(size)) != 1)
        throw std::runtime_error("the system gives no random bytes");
}

std::string make_uuid_v7(std::uint64_t unix_ms, const std::array<std::uint8_t, 10>& random) {
    std::array<std::uint8_t, 16> bytes{};
    for (int i = 0; i < 6; ++i) bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * i));
    for (std::size_t i = 0; i < random.size(); ++i) bytes[6 + i] = random[i];
    return written(bytes, 7);
}

std::string new_uuid() {
    std::array<std::uint8_t, 10> random;
    fill_random(random.data(), random.size());
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return make_uuid_v7(static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()), random);
}

std::string uuid_of(std::string_view kind, std::string_view content) {
    // The zero byte keeps ("ab", "c") and ("a", "bc") apart.
    std::string whole(kind);
    whole += '\0';
    whole += content;
    const auto digest = sha256(whole);
    std::array<std::uint8_t, 16> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = digest[i];
    return written(bytes, 8);
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

}  // namespace opsroom
