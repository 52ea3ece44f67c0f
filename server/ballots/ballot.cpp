#include "server/ballots/ballot.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace server::ballots {
namespace {

constexpr std::size_t element = 32;
constexpr std::size_t entry_bytes = 6 * element;
constexpr std::size_t sum_bytes = 2 * element;
constexpr std::size_t opening_bytes = 3 * element;

static_assert(element == crypto_core_ristretto255_BYTES && element == crypto_core_ristretto255_SCALARBYTES);

// ---- the group, so that it reads like the formulas ------------------------------------------------------------------

scalar operator+(const scalar& a, const scalar& b) {
    scalar out;
    crypto_core_ristretto255_scalar_add(out.data(), a.data(), b.data());
    return out;
}
scalar operator-(const scalar& a, const scalar& b) {
    scalar out;
    crypto_core_ristretto255_scalar_sub(out.data(), a.data(), b.data());
    return out;
}
scalar times(const scalar& a, const scalar& b) {
    scalar out;
    crypto_core_ristretto255_scalar_mul(out.data(), a.data(), b.data());
    return out;
}
point sum(const point& a, const point& b) {
    point out;
    if (crypto_core_ristretto255_add(out.data(), a.data(), b.data()) != 0) throw std::runtime_error("not a group element");
    return out;
}
point less(const point& a, const point& b) {
    point out;
    if (crypto_core_ristretto255_sub(out.data(), a.data(), b.data()) != 0) throw std::runtime_error("not a group element");
    return out;
}
constexpr point identity{};

// libsodium refuses the identity as a result; here it is as good as any.
point times(const scalar& s, const point& p) {
    point out;
    if (crypto_scalarmult_ristretto255(out.data(), s.data(), p.data()) != 0) return identity;
    return out;
}
point times_base(const scalar& s) {
    point out;
    if (crypto_scalarmult_ristretto255_base(out.data(), s.data()) != 0) return identity;
    return out;
}
scalar small(std::uint64_t n) {
    scalar out{};
    for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<unsigned char>(n >> 8 * i);
    return out;
}
const point& base() {
    static const point g = times_base(small(1));
    return g;
}

bool is_element(const unsigned char* bytes) { return crypto_core_ristretto255_is_valid_point(bytes) == 1; }
/// Reduced, so that there is one form of each.
bool is_reduced(const scalar& s) {
    unsigned char wide[64]{};
    std::memcpy(wide, s.data(), s.size());
    scalar out;
    crypto_core_ristretto255_scalar_reduce(out.data(), wide);
    return out == s;
}

scalar random_scalar(const randomness& random) {
    unsigned char wide[64];
    random(wide);
    scalar out;
    crypto_core_ristretto255_scalar_reduce(out.data(), wide);
    sodium_memzero(wide, sizeof wide);
    return out;
}

/// The challenge: what the proof is about, and what its maker committed to.
class transcript {
public:
    explicit transcript(std::string_view about) {
        crypto_hash_sha512_init(&state_);
        add(about);
    }
    transcript& add(std::string_view text) {
        add(text.size());
        crypto_hash_sha512_update(&state_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
        return *this;
    }
    transcript& add(const point& p) {
        crypto_hash_sha512_update(&state_, p.data(), p.size());
        return *this;
    }
    transcript& add(std::uint64_t n) {
        unsigned char bytes[8];
        for (int i = 0; i < 8; ++i) bytes[i] = static_cast<unsigned char>(n >> 8 * i);
        crypto_hash_sha512_update(&state_, bytes, sizeof bytes);
        return *this;
    }
    scalar challenge() {
        unsigned char wide[64];
        crypto_hash_sha512_final(&state_, wide);
        scalar out;
        crypto_core_ristretto255_scalar_reduce(out.data(), wide);
        return out;
    }

private:
    crypto_hash_sha512_state state_;
};

// ---- bytes ----------------------------------------------------------------------------------------------------------

void put(std::string& out, const std::array<unsigned char, element>& one) { out.append(reinterpret_cast<const char*>(one.data()), one.size()); }

/// The element of that number.
template <class T>
T take(std::string_view bytes, std::size_t number) {
    T out;
    std::memcpy(out.data(), bytes.data() + number * element, element);
    return out;
}

struct entry {
    point a, b;
    scalar c0, c1, z0, z1;
};

entry read_entry(std::string_view bytes) { return {take<point>(bytes, 0),  take<point>(bytes, 1),  take<scalar>(bytes, 2),
                                                        take<scalar>(bytes, 3), take<scalar>(bytes, 4), take<scalar>(bytes, 5)}; }

// ---- proofs ---------------------------------------------------------------------------------------------------------

scalar challenge_of_entry(const point& key, std::uint64_t voter, std::size_t number, const entry& e, const point (&t)[4]) {
    transcript about("opsroom ballot entry v1");
    about.add(key).add(voter).add(number).add(e.a).add(e.b);
    for (const auto& one : t) about.add(one);
    return about.challenge();
}

/// That (a, b) hides 0 or 1. The branch that is not true is made up from a challenge chosen beforehand.
void prove_entry(entry& e, const point& key, std::uint64_t voter, std::size_t number, bool chosen, const scalar& r, const randomness& random) {
    const scalar w = random_scalar(random), made_up_c = random_scalar(random), made_up_z = random_scalar(random);
    const point b_less[2] = {e.b, less(e.b, base())};
    const auto commit_made_up = [&](const point& b) {
        return std::pair(less(times_base(made_up_z), times(made_up_c, e.a)), less(times(made_up_z, key), times(made_up_c, b)));
    };
    const auto [ma, mb] = commit_made_up(b_less[chosen ? 0 : 1]);
    const point ta = times_base(w), tb = times(w, key);
    const point t[4] = {chosen ? ma : ta, chosen ? mb : tb, chosen ? ta : ma, chosen ? tb : mb};
    const scalar c = challenge_of_entry(key, voter, number, e, t);
    const scalar own_c = c - made_up_c;
    const scalar own_z = w + times(own_c, r);
    e.c0 = chosen ? made_up_c : own_c;
    e.z0 = chosen ? made_up_z : own_z;
    e.c1 = chosen ? own_c : made_up_c;
    e.z1 = chosen ? own_z : made_up_z;
}

bool entry_holds(const entry& e, const point& key, std::uint64_t voter, std::size_t number) {
    if (!is_element(e.a.data()) || !is_element(e.b.data())) return false;
    for (const auto* s : {&e.c0, &e.c1, &e.z0, &e.z1})
        if (!is_reduced(*s)) return false;
    const point b1 = less(e.b, base());
    const point t[4] = {less(times_base(e.z0), times(e.c0, e.a)), less(times(e.z0, key), times(e.c0, e.b)),
                        less(times_base(e.z1), times(e.c1, e.a)), less(times(e.z1, key), times(e.c1, b1))};
    return challenge_of_entry(key, voter, number, e, t) == e.c0 + e.c1;
}

scalar challenge_of_sum(const point& key, std::uint64_t voter, const point& a, const point& b, const point& ta, const point& tb) {
    return transcript("opsroom ballot sum v1").add(key).add(voter).add(a).add(b).add(ta).add(tb).challenge();
}

scalar challenge_of_opening(const point& key, std::size_t number, const point& a, const point& d, const point& tg, const point& ta) {
    return transcript("opsroom tally v1").add(key).add(number).add(a).add(d).add(tg).add(ta).challenge();
}

}  // namespace

randomness system_randomness() {
    return [](std::span<unsigned char> out) { randombytes_buf(out.data(), out.size()); };
}

key_pair make_keys(const randomness& random) {
    key_pair keys{random_scalar(random), {}};
    keys.open = times_base(keys.secret);
    return keys;
}

std::optional<point> read_key(std::string_view bytes) {
    if (bytes.size() != element) return std::nullopt;
    const auto key = take<point>(bytes, 0);
    return is_element(key.data()) && key != identity ? std::optional(key) : std::nullopt;
}

std::string seal(const point& key, std::uint64_t voter, std::size_t choice, std::size_t nominees, const randomness& random) {
    if (choice >= nominees || nominees > nominees_max) throw std::runtime_error("a ballot is for one of the nominees");
    std::string out;
    scalar all{};
    point a = identity, b = identity;
    for (std::size_t i = 0; i < nominees; ++i) {
        const scalar r = random_scalar(random);
        const bool chosen = i == choice;
        entry e{};
        e.a = times_base(r);
        e.b = times(r, key);
        if (chosen) e.b = sum(e.b, base());
        prove_entry(e, key, voter, i, chosen, r, random);
        for (const auto* part : {&e.a, &e.b}) put(out, *part);
        for (const auto* part : {&e.c0, &e.c1, &e.z0, &e.z1}) put(out, *part);
        all = all + r;
        a = sum(a, e.a);
        b = sum(b, e.b);
    }
    const scalar w = random_scalar(random);
    const scalar c = challenge_of_sum(key, voter, a, b, times_base(w), times(w, key));
    put(out, c);
    put(out, w + times(c, all));
    return out;
}

bool is_ballot(std::string_view ballot, const point& key, std::uint64_t voter, std::size_t nominees) {
    if (nominees == 0 || nominees > nominees_max || ballot.size() != nominees * entry_bytes + sum_bytes) return false;
    point a = identity, b = identity;
    for (std::size_t i = 0; i < nominees; ++i) {
        const entry e = read_entry(ballot.substr(i * entry_bytes));
        if (!entry_holds(e, key, voter, i)) return false;
        a = sum(a, e.a);
        b = sum(b, e.b);
    }
    const auto last = ballot.substr(nominees * entry_bytes);
    const auto c = take<scalar>(last, 0), z = take<scalar>(last, 1);
    if (!is_reduced(c) || !is_reduced(z)) return false;
    const point ta = less(times_base(z), times(c, a)), tb = less(times(z, key), times(c, less(b, base())));
    return challenge_of_sum(key, voter, a, b, ta, tb) == c;
}

std::optional<tally> count(const key_pair& keys, std::span<const sealed_ballot> ballots, std::size_t nominees, const randomness& random) {
    if (times_base(keys.secret) != keys.open) return std::nullopt;
    tally found;
    std::vector<point> a(nominees, identity), b(nominees, identity);
    std::uint32_t valid = 0;
    for (const auto& one : ballots) {
        if (!is_ballot(one.bytes, keys.open, one.voter, nominees)) {
            ++found.invalid;
            continue;
        }
        ++valid;
        for (std::size_t i = 0; i < nominees; ++i) {
            const entry e = read_entry(std::string_view(one.bytes).substr(i * entry_bytes));
            a[i] = sum(a[i], e.a);
            b[i] = sum(b[i], e.b);
        }
    }
    for (std::size_t i = 0; i < nominees; ++i) {
        const point d = times(keys.secret, a[i]);
        const point votes = less(b[i], d);
        std::uint32_t n = 0;
        for (point at = identity; at != votes; at = sum(at, base()))
            if (n++ == valid) return std::nullopt;  // sums of what was proven to be 0 or 1 are no more than that
        found.votes.push_back(n);
        const scalar w = random_scalar(random);
        const scalar c = challenge_of_opening(keys.open, i, a[i], d, times_base(w), times(w, a[i]));
        put(found.proof, d);
        put(found.proof, c);
        put(found.proof, w + times(c, keys.secret));
    }
    static_assert(opening_bytes == 3 * element);
    return found;
}

}  // namespace server::ballots
