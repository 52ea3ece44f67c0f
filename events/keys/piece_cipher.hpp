#pragma once
// Large things sealed piece by piece under one key, so that each can be read, and written anew, without the others:
// AES-256-GCM, a nonce at random for each time that a piece is sealed, and a number that it is bound to, as a rule its place.
//
// One thread at a time seals with it, and one opens; the two may be at it at once.

#include "events/keys/cipher.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace events {

class piece_cipher {
public:
    static constexpr std::size_t seal_bytes = 28;  ///< nonce ‖ tag, that each piece has beside it

    /// Throws std::runtime_error where OpenSSL refuses the cipher, as all of it does.
    explicit piece_cipher(const secret_key& key);
    ~piece_cipher();
    piece_cipher(const piece_cipher&) = delete;
    piece_cipher& operator=(const piece_cipher&) = delete;

    /// As many bytes as `text` has go to `out`, and seal_bytes to `seal`.
    void close(std::string_view text, std::uint64_t bound_to, char* out, char* seal);

    /// As many bytes as `sealed` has go to `out`: false where it is not what was sealed, with this key and bound to this number,
    /// and what is in `out` is nothing then.
    bool open(std::string_view sealed, std::uint64_t bound_to, const char* seal, char* out);

private:
    struct contexts;
    std::unique_ptr<contexts> in_;
};

/// From the system's random numbers; std::runtime_error where it gives none.
std::string random_bytes(std::size_t count);

}  // namespace events
