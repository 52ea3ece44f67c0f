#include "events/proof/note.hpp"

#include "events/bytes/base64.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <stdexcept>

namespace events::proof {
namespace {

constexpr char ed25519 = 1;
constexpr std::string_view dash = "\xE2\x80\x94 ";  // "— "
constexpr std::size_t signatures_max = 100;
constexpr std::string_view secret_prefix = "PRIVATE+KEY+";

struct free_key {
    void operator()(EVP_PKEY* k) const { EVP_PKEY_free(k); }
};
struct free_context {
    void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
};
using key_handle = std::unique_ptr<EVP_PKEY, free_key>;
using context_handle = std::unique_ptr<EVP_MD_CTX, free_context>;

void must(bool done) {
    if (!done) throw std::runtime_error("OpenSSL refuses Ed25519: its configuration switches it off");
}

key_id id_of(std::string_view name, const public_key& key) {
    std::string named(name);
    named += '\n';
    named += ed25519;
    named.append(key.begin(), key.end());
    std::array<std::uint8_t, 32> digest;
    must(EVP_Digest(named.data(), named.size(), digest.data(), nullptr, EVP_sha256(), nullptr));
    return {digest[0], digest[1], digest[2], digest[3]};
}

std::string hex(const key_id& id) {
    char text[9];
    std::snprintf(text, sizeof text, "%02x%02x%02x%02x", id[0], id[1], id[2], id[3]);
    return text;
}

public_key public_of(const secret_seed& seed) {
    const key_handle secret(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
    must(secret != nullptr);
    public_key key;
    auto size = key.size();
    must(EVP_PKEY_get_raw_public_key(secret.get(), key.data(), &size));
    return key;
}

bool holds(const public_key& key, std::string_view text, const std::uint8_t* signed_as) {
    const key_handle known(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    const context_handle context(EVP_MD_CTX_new());
    must(known && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, known.get()));
    return EVP_DigestVerify(context.get(), signed_as, sizeof(signature), reinterpret_cast<const std::uint8_t*>(text.data()),
                            text.size()) == 1;
}

/// "name+hexkeyid+base64(0x01 ‖ 32 bytes)": both forms of key end so.
struct key_text {
    std::string_view name, id;
    std::array<std::uint8_t, 32> bytes;
};

std::optional<key_text> split_key(std::string_view text) {
    const auto first = text.find('+');
    if (first == text.npos) return std::nullopt;
    const auto second = text.find('+', first + 1);
    if (second == text.npos) return std::nullopt;
    key_text parts{text.substr(0, first), text.substr(first + 1, second - first - 1), {}};
    const auto bytes = bytes::from_base64(text.substr(second + 1));
    if (!is_key_name(parts.name) || !bytes || bytes->size() != 1 + parts.bytes.size() || bytes->front() != ed25519) return std::nullopt;
    std::copy(bytes->begin() + 1, bytes->end(), parts.bytes.begin());
    return parts;
}

template <class Bytes>
std::string key_form(std::string_view name, const key_id& id, const Bytes& bytes) {
    std::string typed(1, ed25519);
    typed.append(bytes.begin(), bytes.end());
    return std::string(name) + '+' + hex(id) + '+' + bytes::to_base64(typed);
}

bool is_note_text(std::string_view text) {
    return !text.empty() && text.back() == '\n' &&
           std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 && c != '\n'; });
}

struct signed_note {
    std::string_view text;
    struct one {
        std::string_view signer;
        key_id by;
        std::string bytes;
    };
    std::vector<one> signatures;
};

/// Nothing where it is not of that form.
std::optional<signed_note> split_note(std::string_view note) {
    const auto blank = note.rfind("\n\n");
    if (blank == note.npos || note.back() != '\n') return std::nullopt;
    signed_note parts{note.substr(0, blank + 1), {}};
    auto lines = note.substr(blank + 2);
    if (!is_note_text(parts.text) || lines.empty()) return std::nullopt;
    while (!lines.empty()) {
        const auto line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(line.size() + 1);
        const auto space = line.rfind(' ');
        if (parts.signatures.size() == signatures_max || !line.starts_with(dash) || space < dash.size()) return std::nullopt;
        const auto signer = line.substr(dash.size(), space - dash.size());
        const auto bytes = bytes::from_base64(line.substr(space + 1));
        key_id by;
        if (!is_key_name(signer) || !bytes || bytes->size() <= by.size()) return std::nullopt;
        std::copy_n(bytes->begin(), by.size(), by.begin());
        parts.signatures.push_back({signer, by, bytes->substr(by.size())});
    }
    return parts;
}

class note_errors final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "signed note"; }
    std::string message(int value) const override {
        switch (static_cast<note_error>(value)) {
            case note_error::bad_key: return "this is not a key, or it was altered: its id does not match it";
            case note_error::malformed_note: return "this is not a signed note: a text, a blank line and signature lines";
            case note_error::not_signed: return "the note is not signed with this key";
            case note_error::bad_signature: return "the note's signature does not hold: the text or the signature was altered";
            case note_error::bad_checkpoint: return "the note's text is not a checkpoint of this log: origin, size and root, a line each";
        }
        return "unknown";
    }
};

}  // namespace

const boost::system::error_category& note_category() {
    static const note_errors category;
    return category;
}

bool is_key_name(std::string_view name) {
    return !name.empty() && std::none_of(name.begin(), name.end(), [](unsigned char c) { return c <= 0x20 || c == '+' || c == 0x7f; });
}

note_verifier::note_verifier(std::string name, const public_key& key) : name_(std::move(name)), key_(key), id_(id_of(name_, key)) {
    if (!is_key_name(name_)) throw std::invalid_argument("a signing key's name is not empty and has no space and no '+'");
}

boost::system::result<note_verifier> note_verifier::parse(std::string_view text) {
    const auto parts = split_key(text);
    if (!parts) return note_error::bad_key;
    note_verifier verifier(std::string(parts->name), parts->bytes);
    if (hex(verifier.id_) != parts->id) return note_error::bad_key;
    return verifier;
}

std::string note_verifier::text() const { return key_form(name_, id_, key_); }

std::string note_verifier::short_text() const { return name_ + '+' + hex(id_); }

boost::system::result<std::string> note_verifier::verify(std::string_view note) const {
    const auto parts = split_note(note);
    if (!parts) return note_error::malformed_note;
    for (const auto& s : parts->signatures) {
        if (s.signer != name_ || s.by != id_) continue;
        const auto* raw = reinterpret_cast<const std::uint8_t*>(s.bytes.data());
        if (s.bytes.size() != sizeof(signature) || !holds(key_, parts->text, raw)) return note_error::bad_signature;
        return std::string(parts->text);
    }
    return note_error::not_signed;
}

std::vector<std::string> signers_of(std::string_view note) {
    std::vector<std::string> all;
    if (const auto parts = split_note(note))
        for (const auto& s : parts->signatures) all.push_back(std::string(s.signer) + '+' + hex(s.by));
    return all;
}

note_signer::note_signer(std::string name, const secret_seed& seed) : seed_(seed), verifier_(std::move(name), public_of(seed)) {}

note_signer note_signer::make(std::string name) {
    secret_seed seed;
    if (RAND_priv_bytes(seed.data(), seed.size()) != 1) throw std::runtime_error("the system gives no random numbers for a signing key");
    return {std::move(name), seed};
}

boost::system::result<note_signer> note_signer::parse(std::string_view text) {
    if (!text.starts_with(secret_prefix)) return note_error::bad_key;
    const auto parts = split_key(text.substr(secret_prefix.size()));
    if (!parts) return note_error::bad_key;
    note_signer signer(std::string(parts->name), parts->bytes);
    if (hex(signer.verifier_.id_) != parts->id) return note_error::bad_key;
    return signer;
}

std::string note_signer::secret_text() const { return std::string(secret_prefix) + key_form(verifier_.name_, verifier_.id_, seed_); }

std::string note_signer::sign(std::string_view text) const {
    if (!is_note_text(text)) throw std::invalid_argument("a note's text is lines, each ended, without control characters");
    const key_handle secret(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed_.data(), seed_.size()));
    const context_handle context(EVP_MD_CTX_new());
    must(secret && context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, secret.get()));
    signature made;
    auto size = made.size();
    must(EVP_DigestSign(context.get(), made.data(), &size, reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
    std::string blob(verifier_.id_.begin(), verifier_.id_.end());
    blob.append(made.begin(), made.end());
    std::string note(text);
    note += '\n';
    note += dash;
    note += verifier_.name_;
    note += ' ';
    note += bytes::to_base64(blob);
    note += '\n';
    return note;
}

}  // namespace events::proof
