#include "clients/cli/tally.hpp"

#include <sodium.h>

#include <array>
#include <cstring>
#include <optional>
#include <set>

namespace cli {
namespace {

constexpr std::size_t size = 32;
using element = std::array<unsigned char, size>;  // a point or a scalar
constexpr element zero{};

element at(std::string_view bytes, std::size_t number) {
    element out;
    std::memcpy(out.data(), bytes.data() + number * size, size);
    return out;
}

element times(const element& scalar, const element& point) {
    element out;
    return crypto_scalarmult_ristretto255(out.data(), scalar.data(), point.data()) == 0 ? out : zero;
}
element times_base(const element& scalar) {
    element out;
    return crypto_scalarmult_ristretto255_base(out.data(), scalar.data()) == 0 ? out : zero;
}
element plus(const element& a, const element& b) {
    element out;
    return crypto_core_ristretto255_add(out.data(), a.data(), b.data()) == 0 ? out : zero;
}
element minus(const element& a, const element& b) {
    element out;
    return crypto_core_ristretto255_sub(out.data(), a.data(), b.data()) == 0 ? out : zero;
}
bool is_point(const element& p) { return crypto_core_ristretto255_is_valid_point(p.data()) == 1; }
bool is_scalar(const element& s) {
    unsigned char wide[64]{};
    std::memcpy(wide, s.data(), size);
    element out;
    crypto_core_ristretto255_scalar_reduce(out.data(), wide);
    return out == s;
}
element base() {
    element one{1};
    return times_base(one);
}

/// What a proof's challenge is the hash of.
struct hashed {
    crypto_hash_sha512_state state;

    explicit hashed(std::string_view label) {
        crypto_hash_sha512_init(&state);
        number(label.size());
        crypto_hash_sha512_update(&state, reinterpret_cast<const unsigned char*>(label.data()), label.size());
    }
    hashed& number(std::uint64_t n) {
        unsigned char bytes[8];
        for (int i = 0; i < 8; ++i) bytes[i] = static_cast<unsigned char>(n >> 8 * i);
        crypto_hash_sha512_update(&state, bytes, sizeof bytes);
        return *this;
    }
    hashed& of(const element& p) {
        crypto_hash_sha512_update(&state, p.data(), p.size());
        return *this;
    }
    element challenge() {
        unsigned char wide[64];
        crypto_hash_sha512_final(&state, wide);
        element out;
        crypto_core_ristretto255_scalar_reduce(out.data(), wide);
        return out;
    }
};

constexpr std::size_t entry_elements = 6;    // A B c0 c1 z0 z1
constexpr std::size_t opening_elements = 3;  // D c z

struct sums {
    element a = zero, b = zero;
};

bool is_zero_or_one(std::string_view entry, const element& key, std::uint64_t voter, std::size_t nominee) {
    const element a = at(entry, 0), b = at(entry, 1), c0 = at(entry, 2), c1 = at(entry, 3), z0 = at(entry, 4), z1 = at(entry, 5);
    if (!is_point(a) || !is_point(b) || !is_scalar(c0) || !is_scalar(c1) || !is_scalar(z0) || !is_scalar(z1)) return false;
    const auto c = hashed("opsroom ballot entry v1").of(key).number(voter).number(nominee).of(a).of(b)
                       .of(minus(times_base(z0), times(c0, a))).of(minus(times(z0, key), times(c0, b)))
                       .of(minus(times_base(z1), times(c1, a))).of(minus(times(z1, key), times(c1, minus(b, base()))))
                       .challenge();
    element both;
    crypto_core_ristretto255_scalar_add(both.data(), c0.data(), c1.data());
    return c == both;
}

/// The ballot's encryptions, by nominee; nothing where it is no ballot for exactly one.
std::optional<std::vector<sums>> read_ballot(std::string_view bytes, const element& key, std::uint64_t voter, std::size_t nominees) {
    if (bytes.size() != (nominees * entry_elements + 2) * size) return std::nullopt;
    std::vector<sums> all;
    sums whole;
    for (std::size_t i = 0; i < nominees; ++i) {
        const auto entry = bytes.substr(i * entry_elements * size);
        if (!is_zero_or_one(entry, key, voter, i)) return std::nullopt;
        all.push_back({at(entry, 0), at(entry, 1)});
        whole = {plus(whole.a, all.back().a), plus(whole.b, all.back().b)};
    }
    const auto last = bytes.substr(nominees * entry_elements * size);
    const element c = at(last, 0), z = at(last, 1);
    if (!is_scalar(c) || !is_scalar(z)) return std::nullopt;
    const auto expected = hashed("opsroom ballot sum v1").of(key).number(voter).of(whole.a).of(whole.b)
                              .of(minus(times_base(z), times(c, whole.a))).of(minus(times(z, key), times(c, minus(whole.b, base()))))
                              .challenge();
    return expected == c ? std::optional(all) : std::nullopt;
}

bool is_opened_rightly(const element& key, std::size_t nominee, const element& a, const element& d, const element& c, const element& z) {
    if (!is_scalar(c) || !is_scalar(z) || !(d == zero || is_point(d))) return false;
    return hashed("opsroom tally v1").of(key).number(nominee).of(a).of(d)
               .of(minus(times_base(z), times(c, key))).of(minus(times(z, a), times(c, d)))
               .challenge() == c;
}

element votes_as_point(std::uint32_t votes) {
    element out{};
    for (std::size_t i = 0; i < 4; ++i) out[i] = static_cast<unsigned char>(votes >> 8 * i);
    return times_base(out);
}

}  // namespace

checked_count check_count(const counted_election& of) {
    checked_count found;
    const auto no = [&](count_verdict why, std::size_t nominee = 0) {
        found.verdict = why;
        found.nominee = nominee;
        return found;
    };
    if (sodium_init() < 0 || of.key.size() != size || !is_point(at(of.key, 0)) || at(of.key, 0) == zero) return no(count_verdict::bad_key);
    const element key = at(of.key, 0);
    const auto nominees = of.totals.size();
    std::vector<sums> all(nominees);
    std::set<std::uint64_t> voters;
    for (const auto& [voter, bytes] : of.ballots) {
        if (!voters.insert(voter).second) return no(count_verdict::voted_twice);
        const auto ballot = read_ballot(bytes, key, voter, nominees);
        if (!ballot) found.invalid.push_back(voter);
        for (std::size_t i = 0; ballot && i < nominees; ++i) all[i] = {plus(all[i].a, (*ballot)[i].a), plus(all[i].b, (*ballot)[i].b)};
    }
    if (found.invalid.size() != of.invalid) return no(count_verdict::wrong_invalid);
    if (of.proof.size() != nominees * opening_elements * size) return no(count_verdict::bad_opening);
    for (std::size_t i = 0; i < nominees; ++i) {
        const auto part = std::string_view(of.proof).substr(i * opening_elements * size);
        const element d = at(part, 0);
        if (!is_opened_rightly(key, i, all[i].a, d, at(part, 1), at(part, 2))) return no(count_verdict::bad_opening, i);
        if (minus(all[i].b, d) != votes_as_point(of.totals[i])) return no(count_verdict::wrong_total, i);
    }
    return found;
}

}  // namespace cli
