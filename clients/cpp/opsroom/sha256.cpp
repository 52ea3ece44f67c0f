#include "opsroom/sha256.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace opsroom {

hash sha256(std::string_view bytes) {
    hash out;
    unsigned size = out.size();
    if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("SHA-256 is not available");
    return out;
}

std::string hex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) out += {digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]};
    return out;
}

struct sha256_sum::impl {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

sha256_sum::sha256_sum() : impl_(std::make_unique<impl>()) {
    if (EVP_DigestInit_ex(impl_->context.get(), EVP_sha256(), nullptr) != 1) throw std::runtime_error("SHA-256 is not available");
}

sha256_sum::~sha256_sum() = default;

void sha256_sum::add(std::string_view bytes) { EVP_DigestUpdate(impl_->context.get(), bytes.data(), bytes.size()); }

std::string sha256_sum::finish() {
    char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(impl_->context.get(), reinterpret_cast<unsigned char*>(bytes), &size);
    return hex({bytes, size});
}

}  // namespace opsroom
