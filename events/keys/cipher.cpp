#include "events/keys/cipher.hpp"

#include "events/bytes/base64.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <algorithm>
#include <atomic>
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
struct free_mac {
    void operator()(EVP_MAC* m) const { EVP_MAC_free(m); }
    void operator()(EVP_MAC_CTX* c) const { EVP_MAC_CTX_free(c); }
};

/// A thread's prepared HMAC: most of what a short one costs is its key.
class prepared_mac {
public:
    EVP_MAC_CTX* with(const secret_key& key) {
        if (!context_) {
            const std::unique_ptr<EVP_MAC, free_mac> hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
            if (hmac) context_.reset(EVP_MAC_CTX_new(hmac.get()));
        }
        char name[] = "SHA256";
        const OSSL_PARAM how[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0), OSSL_PARAM_construct_end()};
        const bool ready = prepared_ && key_ == key;
        if (!context_ || !EVP_MAC_init(context_.get(), ready ? nullptr : key.data(), ready ? 0 : key.size(), ready ? nullptr : how))
            throw std::runtime_error("OpenSSL refuses HMAC-SHA-256: its configuration switches it off");
        key_ = key;
        prepared_ = true;
        return context_.get();
    }
    ~prepared_mac() { OPENSSL_cleanse(key_.data(), key_.size()); }

private:
    std::unique_ptr<EVP_MAC_CTX, free_mac> context_;
    secret_key key_{};
    bool prepared_ = false;
};

/// Looked up once: a look-up by name costs more than a seal.
EVP_CIPHER* gcm() {
    static const std::unique_ptr<EVP_CIPHER, free_cipher> cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    must(cipher != nullptr);
    return cipher.get();
}

/// Counts the keys that were destroyed: a thread that sees it grown drops what it has prepared.
std::atomic<std::uint64_t> forgotten{0};

/// A thread's prepared keys, for one direction. Preparing a key costs as much as sealing a text with it, and the
/// same people write again and again. Keys are random, so their first byte spreads them evenly.
class prepared_keys {
public:
    explicit prepared_keys(int encrypting) : encrypting_(encrypting) {}
    ~prepared_keys() { drop(); }

    EVP_CIPHER_CTX* with(const secret_key& key, const unsigned char* nonce) {
        if (const auto now = forgotten.load(std::memory_order_relaxed); now != seen_) {
            drop();
            seen_ = now;
        }
        auto& at = slots_[key[0]];
        if (!at.context) {
            at.context.reset(EVP_CIPHER_CTX_new());
            must(at.context && EVP_CipherInit_ex2(at.context.get(), gcm(), nullptr, nullptr, encrypting_, nullptr));
            at.prepared = false;
        }
        const bool ready = at.prepared && at.key == key;
        must(EVP_CipherInit_ex2(at.context.get(), nullptr, ready ? nullptr : key.data(), nonce, -1, nullptr));
        at.key = key;
        at.prepared = true;
        return at.context.get();
    }

private:
    struct slot {
        secret_key key;
        bool prepared = false;
        std::unique_ptr<EVP_CIPHER_CTX, free_context> context;
    };

    void drop() {
        for (auto& at : slots_) {
            at.context.reset();  // overwrites what was prepared
            forget(at.key);
            at.prepared = false;
        }
    }

    int encrypting_;
    std::uint64_t seen_ = 0;
    std::array<slot, 256> slots_;
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
    thread_local prepared_keys sealing(1);
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
    thread_local prepared_keys opening(0);
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

std::uint64_t mac_with(const secret_key& key, member_id actor, const uuid& command, std::uint64_t digest) {
    thread_local prepared_mac prepared;
    unsigned char said[8 + sizeof command.bytes + 8];
    for (int i = 0; i < 8; ++i) {
        said[i] = static_cast<unsigned char>(actor.value >> 8 * i);
        said[8 + sizeof command.bytes + i] = static_cast<unsigned char>(digest >> 8 * i);
    }
    std::copy(command.bytes.begin(), command.bytes.end(), said + 8);
    unsigned char sum[32];
    std::size_t size = 0;
    auto* c = prepared.with(key);
    if (!EVP_MAC_update(c, said, sizeof said) || !EVP_MAC_final(c, sum, &size, sizeof sum)) throw std::runtime_error("OpenSSL refuses HMAC-SHA-256");
    std::uint64_t word;
    std::memcpy(&word, sum, sizeof word);
    return word == 0 ? 1 : word;
}

std::uint64_t make_salt() {
    std::uint64_t salt = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&salt), sizeof salt) != 1) throw std::runtime_error("the system gives no random numbers");
    return salt == 0 ? 1 : salt;
}

void forget(secret_key& key) { OPENSSL_cleanse(key.data(), key.size()); }

void forget_prepared() { forgotten.fetch_add(1, std::memory_order_relaxed); }

}  // namespace events
