#include "server/engine/fingerprints.hpp"

#include "events/codec/json_write.hpp"

#include <openssl/sha.h>

namespace server::engine {
namespace {

template <class Form>
std::string sha256_of(const Form& form) {
    std::string json;
    events::codec::write_json(json, form);
    unsigned char sum[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(json.data()), json.size(), sum);
    constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (const auto b : sum) {
        hex += digits[b >> 4];
        hex += digits[b & 15];
    }
    return hex;
}

}  // namespace

std::string sha256_fingerprints::of(const events::project::charter& c) const { return sha256_of(c); }
std::string sha256_fingerprints::of(const events::incentive::proposal& p) const { return sha256_of(p); }
std::string sha256_fingerprints::of(const events::strategy::form& f) const { return sha256_of(f); }
std::string sha256_fingerprints::of(const events::collection::form& f) const { return sha256_of(f); }
std::string sha256_fingerprints::of(const events::metric::form& f) const { return sha256_of(f); }
std::string sha256_fingerprints::of(const events::metric::amended& a) const { return sha256_of(a); }
std::string sha256_fingerprints::of(const events::definitions::amendment& a) const { return sha256_of(a); }
std::string sha256_fingerprints::of(const events::report::content& c) const { return sha256_of(c); }

}  // namespace server::engine
