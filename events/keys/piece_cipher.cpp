#include "events/keys/piece_cipher.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace events {
namespace {

constexpr std::size_t nonce_bytes = 12, tag_bytes = 16;
static_assert(nonce_bytes + tag_bytes == piece_cipher::seal_bytes);

void must_seal(bool done) {
    if (!done) throw std::runtime_error("OpenSSL refuses AES-256-GCM: its configuration switches it off");
}

/// Looked up once: a look-up by name costs more than a piece.
const EVP_CIPHER* gcm_of_pieces() {
    static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), &EVP_CIPHER_free);
    return cipher.get();
}

const unsigned char* raw(const char* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }
unsigned char* raw(char* bytes) { return reinterpret_cast<unsigned char*>(bytes); }

}  // namespace

/// A prepared key for each direction, made when it is first needed, and nonces in stock.
struct piece_cipher::contexts {
    struct free_context {
        void operator()(EVP_CIPHER_CTX* c) const { EVP_CIPHER_CTX_free(c); }
    };
    using context = std::unique_ptr<EVP_CIPHER_CTX, free_context>;
    explicit contexts(const secret_key& k) : key(k) {}
    ~contexts() { forget(key); }
    contexts(const contexts&) = delete;
    contexts& operator=(const contexts&) = delete;

    EVP_CIPHER_CTX* prepared(context& one, int encrypting) {
        if (one) return one.get();
        one.reset(EVP_CIPHER_CTX_new());
        must_seal(one && EVP_CipherInit_ex2(one.get(), gcm_of_pieces(), key.data(), nullptr, encrypting, nullptr) == 1);
        return one.get();
    }

    secret_key key;
    context sealing, opening;
    std::string nonces;
    std::size_t used = 0;
};

piece_cipher::piece_cipher(const secret_key& key) : in_(std::make_unique<contexts>(key)) { must_seal(gcm_of_pieces() != nullptr); }
piece_cipher::~piece_cipher() = default;

void piece_cipher::close(std::string_view text, std::uint64_t bound_to, char* out, char* seal) {
    constexpr std::size_t stock = 256 * nonce_bytes;
    if (in_->used == in_->nonces.size()) {
        in_->nonces = random_bytes(stock);
        in_->used = 0;
    }
    std::memcpy(seal, in_->nonces.data() + in_->used, nonce_bytes);
    in_->used += nonce_bytes;
    auto* c = in_->prepared(in_->sealing, 1);
    int n = 0;
    must_seal(EVP_EncryptInit_ex(c, nullptr, nullptr, nullptr, raw(seal)) == 1 &&
              EVP_EncryptUpdate(c, nullptr, &n, reinterpret_cast<const unsigned char*>(&bound_to), sizeof bound_to) == 1 &&
              EVP_EncryptUpdate(c, raw(out), &n, raw(text.data()), static_cast<int>(text.size())) == 1 &&
              EVP_EncryptFinal_ex(c, raw(out) + n, &n) == 1 && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, tag_bytes, seal + nonce_bytes) == 1);
}

bool piece_cipher::open(std::string_view sealed, std::uint64_t bound_to, const char* seal, char* out) {
    auto* c = in_->prepared(in_->opening, 0);
    int n = 0;
    std::array<char, tag_bytes> tag{};
    std::memcpy(tag.data(), seal + nonce_bytes, tag_bytes);
    return EVP_DecryptInit_ex(c, nullptr, nullptr, nullptr, raw(seal)) == 1 &&
           EVP_DecryptUpdate(c, nullptr, &n, reinterpret_cast<const unsigned char*>(&bound_to), sizeof bound_to) == 1 &&
           EVP_DecryptUpdate(c, raw(out), &n, raw(sealed.data()), static_cast<int>(sealed.size())) == 1 &&
           EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 && EVP_DecryptFinal_ex(c, raw(out) + n, &n) == 1;
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
        throw std::runtime_error("the system gives no random numbers to seal with");
    return bytes;
}

}  // namespace events
