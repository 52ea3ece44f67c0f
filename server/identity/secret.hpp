#pragma once
// Random secrets, and the fingerprints that are kept instead of them.

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace server::identity {

/// SHA-256 of a secret. A secret is 256 random bits, so neither salt nor slowness would add anything.
using fingerprint = std::array<std::uint8_t, 32>;

/// As good as random, since it is a hash already.
struct fingerprint_hash {
    std::size_t operator()(const fingerprint& f) const noexcept {
        std::size_t first;
        std::memcpy(&first, f.data(), sizeof first);
        return first;
    }
};

inline constexpr std::string_view token_prefix = "opsroom_pat_";
inline constexpr std::size_t secret_length = 43;

/// 256 random bits in base64url, 43 characters, after `prefix`.
std::string make_secret(std::string_view prefix = {});

fingerprint fingerprint_of(std::string_view secret);

/// 64 bits that nobody outside of this process can foresee: keys of tables that strangers fill.
std::uint64_t keyed_hash(std::string_view text);

/// Well-formed UTF-8 (RFC 3629) without control characters.
bool is_clean_utf8(std::string_view text);

/// NFKC: one form for what looks the same, however a keyboard composes it. `text` has to be clean UTF-8.
std::string normalised(std::string_view text);

/// To be called before anything else of libsodium is. Any number of times, from any thread.
void start_sodium();

}  // namespace server::identity
