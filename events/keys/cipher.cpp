#include "events/keys/cipher.hpp"

#include "events/bytes/base64.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstring>
#include <memory>
#include <stdexcept>

namespace events {
namespace {

constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;

void must(bool done) {
    if (!done) throw std::runtime_error("OpenSSL refuses AES-256-GCM: its configuration switches it off");
}

struct free_cipher {
    void operator()(EVP_CIPHER* c) const { EVP_CIPHER_free(c); }
};
struct free_context {
    void operator()(EVP_CIPHER_CTX* c) const { EVP_CIPHER_CTX_free(c); }
};

/// Looked up once: a look-up by name costs more than a seal.
EVP_CIPHER* gcm() {
    static const std::unique_ptr<EVP_CIPHER, free_cipher> cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    must(cipher != nullptr);
    return cipher.get();
}

/// A context made once a thread and direction, and given a key and nonce for each text.
class context {
public:
    explicit context(int encrypting) : handle_(EVP_CIPHER_CTX_new()) {
        must(handle_ && EVP_CipherInit_ex2(handle_.get(), gcm(), nullptr, nullptr, encrypting, nullptr));
    }
    EVP_CIPHER_CTX* with(const secret_key& key, const unsigned char* nonce) {
        must(EVP_CipherInit_ex2(handle_.get(), nullptr, key.data(), nonce, -1, nullptr));
        return handle_.get();
    }

private:
    std::unique_ptr<EVP_CIPHER_CTX, free_context> handle_;
};

/// Nonces are public, so random numbers for many of them are asked for at once.
void fill_nonce(unsigned char* nonce) {
    constexpr std::size_t stock_size = 256 * nonce_size;
    thread_local unsigned char stock[stock_size];
    thread_local std::size_t used = stock_size;
    if (used == stock_size) {
        if (RAND_bytes(stock, stock_size) != 1) throw std::runtime_error("the system gives no random numbers to seal with");
        used = 0;
    }
    std::memcpy(nonce, stock + used, nonce_size);
    used += nonce_size;
}

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

bool update(EVP_CIPHER_CTX* c, unsigned char* out, std::string_view in) {
    int written = 0;
    return in.empty() || EVP_CipherUpdate(c, out, &written, raw(in), static_cast<int>(in.size())) == 1;
}

}  // namespace

secret_key make_secret_key() {
    secret_key key;
    if (RAND_priv_bytes(key.data(), key.size()) != 1) throw std::runtime_error("the system gives no random numbers for a key");
    return key;
}

std::string seal_with(const secret_key& key, std::string_view text, std::string_view bound_to) {
    thread_local context sealing(1);
    thread_local std::string blob;
    blob.resize(nonce_size + text.size() + tag_size);
    auto* nonce = reinterpret_cast<unsigned char*>(blob.data());
    auto* sealed = nonce + nonce_size;
    fill_nonce(nonce);
    auto* c = sealing.with(key, nonce);
    int none = 0;
    must(update(c, nullptr, bound_to) && update(c, sealed, text) && EVP_CipherFinal_ex(c, sealed + text.size(), &none) &&
         EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, tag_size, sealed + text.size()));
    return bytes::to_base64(blob);
}

std::optional<std::string> open_with(const secret_key& key, std::string_view sealed, std::string_view bound_to) {
    thread_local context opening(0);
    auto blob = bytes::from_base64(sealed);
    if (!blob || blob->size() < nonce_size + tag_size) return std::nullopt;
    const auto size = blob->size() - nonce_size - tag_size;
    auto* c = opening.with(key, raw(*blob));
    std::string text(size, '\0');
    auto* out = reinterpret_cast<unsigned char*>(text.data());
    int none = 0;
    const bool whole = update(c, nullptr, bound_to) && update(c, out, std::string_view(*blob).substr(nonce_size, size)) &&
                       EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, tag_size, blob->data() + nonce_size + size) &&
                       EVP_CipherFinal_ex(c, out + size, &none) == 1;
    if (!whole) return std::nullopt;
    return text;
}

void forget(secret_key& key) { OPENSSL_cleanse(key.data(), key.size()); }

}  // namespace events
