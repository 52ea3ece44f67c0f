#include "server/blobs/content_keys.hpp"

#include "events/keys/piece_cipher.hpp"
#include "server/blobs/files.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace server::blobs {
namespace {

constexpr std::string_view first_line = "opsroom file keys 1\n";

/// What a person's part is bound to: no other content's can be put in its place.
std::string bound_to(const content_keys& k, const std::string& sha256) {
    return "file " + sha256 + ' ' + to_hex({k.id.data(), k.id.size()}) + ' ' + std::to_string(k.bytes);
}

std::string text_of(const events::secret_key& key) { return {key.begin(), key.end()}; }

std::optional<events::secret_key> key_in(const std::optional<std::string>& text) {
    events::secret_key key;
    if (!text || text->size() != key.size()) return std::nullopt;
    std::copy(text->begin(), text->end(), key.begin());
    return key;
}

std::optional<events::secret_key> opened(const content_keys& k, const std::string& sha256, events::member_id who, const std::string& sealed,
                                         const events::keyring& people) {
    auto text = people.open(who, sealed, bound_to(k, sha256));
    const auto key = key_in(text);
    if (text) OPENSSL_cleanse(text->data(), text->size());
    return key;
}

template <class T>
bool read_number(const std::string& digits, T& number) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size();
}

bool take_line(std::istream& words, const std::string& what, content_keys& into) {
    std::string value;
    if (!(words >> value)) return false;
    if (what == "id") {
        const auto id = from_hex(value);
        if (!id || id->size() != into.id.size()) return false;
        std::copy(id->begin(), id->end(), into.id.begin());
        return true;
    }
    if (what == "bytes") return read_number(value, into.bytes);
    if (what == "open") return (into.open = key_in(from_hex(value))).has_value();
    events::member_id who;
    std::string sealed;
    return what == "of" && read_number(value, who.value) && who && words >> sealed && into.people.emplace(who, std::move(sealed)).second;
}

}  // namespace

content_keys make_keys(std::uint64_t bytes) {
    content_keys k;
    const auto id = events::random_bytes(k.id.size());
    std::copy(id.begin(), id.end(), k.id.begin());
    k.bytes = bytes;
    k.open = events::make_secret_key();
    return k;
}

std::string to_text(const content_keys& k) {
    std::string text(first_line);
    text += "id " + to_hex({k.id.data(), k.id.size()}) + '\n';
    text += "bytes " + std::to_string(k.bytes) + '\n';
    if (k.open) text += "open " + to_hex(text_of(*k.open)) + '\n';
    for (const auto& [who, sealed] : k.people) text += "of " + std::to_string(who.value) + ' ' + sealed + '\n';
    return with_check(std::move(text));
}

std::optional<content_keys> parse_keys(std::string_view text) {
    const auto whole = checked(text);
    if (!whole || !whole->starts_with(first_line)) return std::nullopt;
    content_keys k;
    std::istringstream lines(std::string(whole->substr(first_line.size())));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string what;
        if (!(words >> what) || !take_line(words, what, k)) return std::nullopt;
    }
    if (k.bytes == 0 || (!k.open && k.people.empty())) return std::nullopt;
    return k;
}

std::filesystem::path keys_file(const std::filesystem::path& folder, const std::string& sha256) {
    return folder / sha256.substr(0, 2) / (sha256.substr(2) + ".key");
}

std::optional<events::secret_key> key_of(const content_keys& k, const std::string& sha256, const events::keyring& people) {
    if (k.open) return k.open;
    for (const auto& [who, sealed] : k.people)
        if (const auto key = opened(k, sha256, who, sealed, people)) return key;
    return std::nullopt;
}

bool opens_for(const content_keys& k, const std::string& sha256, events::member_id who, const events::keyring& people) {
    const auto found = k.people.find(who);
    return found != k.people.end() && opened(k, sha256, who, found->second, people);
}

bool seal_for(content_keys& k, const std::string& sha256, events::member_id who, const events::secret_key& key, const events::keyring& people) {
    auto text = text_of(key);
    auto sealed = people.seal(who, text, bound_to(k, sha256));
    OPENSSL_cleanse(text.data(), text.size());
    if (!sealed) return false;
    k.people[who] = std::move(*sealed);
    return true;
}

bool is_erased(const content_keys& k, const events::keyring& people) {
    return !k.open && std::all_of(k.people.begin(), k.people.end(), [&](const auto& one) { return !people.has(one.first) && !people.lost(one.first); });
}

}  // namespace server::blobs
