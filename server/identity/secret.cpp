#include "server/identity/secret.hpp"

#include <sodium.h>
#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace server::identity {

void start_sodium() {
    // 1: was ready already.
    if (sodium_init() < 0) throw std::runtime_error("libsodium can't start: no source of randomness");
}

std::string make_secret(std::string_view prefix) {
    std::array<std::uint8_t, 32> random;
    randombytes_buf(random.data(), random.size());
    char text[secret_length + 1];
    sodium_bin2base64(text, sizeof text, random.data(), random.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    std::string secret(prefix);
    secret += text;
    sodium_memzero(random.data(), random.size());
    sodium_memzero(text, sizeof text);
    return secret;
}

fingerprint fingerprint_of(std::string_view secret) {
    static_assert(crypto_hash_sha256_BYTES == sizeof(fingerprint));
    fingerprint f;
    crypto_hash_sha256(f.data(), reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
    return f;
}

std::uint64_t keyed_hash(std::string_view text) {
    static const auto key = [] {
        std::array<unsigned char, crypto_shorthash_KEYBYTES> k;
        crypto_shorthash_keygen(k.data());
        return k;
    }();
    static_assert(crypto_shorthash_BYTES == sizeof(std::uint64_t));
    unsigned char bytes[crypto_shorthash_BYTES];
    crypto_shorthash(bytes, reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.data());
    std::uint64_t value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

std::string normalised(std::string_view text) {
    utf8proc_uint8_t* made = nullptr;
    const auto how = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
    const auto bytes = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &made, how);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(made, &std::free);
    if (bytes < 0) return std::string(text);
    return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(bytes)};
}

bool is_clean_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x20 || lead == 0x7f) return false;
        const int more = lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1;
        if (more < 0 || i + static_cast<std::size_t>(more) >= text.size()) return false;
        for (int k = 1; k <= more; ++k) {
            if ((static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]) & 0xc0) != 0x80) return false;
        }
        if (more > 0) {
            // Neither longer than needed, nor half of a surrogate pair, nor past U+10FFFF; U+0080 to U+009F are controls.
            const auto second = static_cast<unsigned char>(text[i + 1]);
            if ((lead == 0xc2 && second < 0xa0) || (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ||
                (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) {
                return false;
            }
        }
        i += static_cast<std::size_t>(more) + 1;
    }
    return true;
}

}  // namespace server::identity
