#pragma once
// A text file that somebody attaches.

#include "events/catalog/value.hpp"

#include <openssl/evp.h>

#include <string>
#include <string_view>

namespace sim {

inline std::string sha256_of(std::string_view content) {
    unsigned char sum[32];
    EVP_Digest(content.data(), content.size(), sum, nullptr, EVP_sha256(), nullptr);
    std::string hex;
    for (const auto b : sum) hex += {"0123456789abcdef"[b >> 4], "0123456789abcdef"[b & 15]};
    return hex;
}

inline events::attachment text_file(std::string_view content) { return {sha256_of(content), "notes.txt", "text/plain", content.size()}; }

}  // namespace sim
