#include "server/identity/password.hpp"

#include "server/identity/secret.hpp"

#include <sodium.h>

#include <algorithm>
#include <cerrno>
#include <new>

namespace server::identity {

// A place among those that hash at the same time.
class hasher::turn {
public:
    explicit turn(hasher& of) : of_(of) {
        std::unique_lock lock(of_.mutex_);
        if (of_.running_ >= of_.at_once_) {
            if (of_.waiting_ >= of_.waiting_max_) return;
            ++of_.waiting_;
            of_.free_.wait(lock, [&] { return of_.running_ < of_.at_once_; });
            --of_.waiting_;
        }
        ++of_.running_;
        mine_ = true;
    }
    ~turn() {
        if (!mine_) return;
        {
            std::lock_guard lock(of_.mutex_);
            --of_.running_;
        }
        of_.free_.notify_one();
    }
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;

    explicit operator bool() const { return mine_; }

private:
    hasher& of_;
    bool mine_ = false;
};

hasher::hasher(std::uint64_t passes, std::size_t memory_kib, unsigned at_once, unsigned waiting_max)
    : passes_(std::max<std::uint64_t>(passes, crypto_pwhash_OPSLIMIT_MIN)),
      memory_bytes_(std::max<std::size_t>(memory_kib * 1024, crypto_pwhash_MEMLIMIT_MIN)),
      at_once_(std::max(at_once, 1u)),
      waiting_max_(waiting_max) {
    start_sodium();
    // What a login that does not exist is checked against: the form and the cost of a real hash, and a random
    // result that no password leads to. Made up rather than computed, so that a start doesn't wait for it.
    std::uint8_t random[16 + 32];
    randombytes_buf(random, sizeof random);
    char salt[64];
    char result[64];
    sodium_bin2base64(salt, sizeof salt, random, 16, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    sodium_bin2base64(result, sizeof result, random + 16, 32, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    nobodys_ = "$argon2id$v=19$m=" + std::to_string(memory_bytes_ / 1024) + ",t=" + std::to_string(passes_) + ",p=1$" + salt + "$" + result;
}

std::optional<std::string> hasher::hash(std::string_view password) {
    const turn mine(*this);
    if (!mine) return std::nullopt;
    char out[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(out, password.data(), password.size(), passes_, memory_bytes_, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        throw std::bad_alloc();  // its only way to fail
    }
    return std::string(out);
}

hasher::verdict hasher::check(const std::optional<std::string>& stored, std::string_view password) {
    const turn mine(*this);
    if (!mine) return verdict::busy;
    const std::string& against = stored ? *stored : nobodys_;
    // It fails for want of memory as for a password that is wrong, but for errno, which names only the latter.
    errno = 0;
    const bool fits = crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
    if (!fits && errno != EINVAL && errno != EFBIG) return verdict::busy;
    return fits && stored ? verdict::right : verdict::wrong;
}

bool hasher::outdated(const std::string& stored) const {
    return crypto_pwhash_str_needs_rehash(stored.c_str(), passes_, memory_bytes_) != 0;
}

}  // namespace server::identity
