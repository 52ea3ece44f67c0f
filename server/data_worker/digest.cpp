#include "server/data_worker/digest.hpp"

#include "server/data_worker/reading/record.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace data_worker {
namespace {

std::string hex_of(const unsigned char* bytes, std::size_t size) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (std::size_t i = 0; i < size; ++i) {
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
    }
    return out;
}

}  // namespace

struct sha256::impl {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
};

sha256::sha256() : impl_(std::make_unique<impl>()) { EVP_DigestInit_ex(impl_->context, EVP_sha256(), nullptr); }
sha256::~sha256() { EVP_MD_CTX_free(impl_->context); }
void sha256::add(std::string_view bytes) { EVP_DigestUpdate(impl_->context, bytes.data(), bytes.size()); }
std::string sha256::hex() {
    unsigned char made[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(impl_->context, made, &size);
    return hex_of(made, size);
}

std::string sha256_of(std::string_view bytes) {
    sha256 all;
    all.add(bytes);
    return all.hex();
}

std::string sha256_of_file(const std::string& path) {
    const auto from = open_file(path);
    std::string block(1u << 18, '\0');
    sha256 all;
    while (const auto n = from->read(block.data(), block.size())) all.add(std::string_view(block).substr(0, n));
    return all.hex();
}

std::string keyed_sha256(std::string_view key, std::string_view text) {
    unsigned char made[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()), text.size(), made, &size);
    return hex_of(made, size);
}

}  // namespace data_worker
