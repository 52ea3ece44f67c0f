#include "clients/cli/proof.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

namespace cli {
namespace {

std::string_view bytes_of(const hash& h) { return {reinterpret_cast<const char*>(h.data()), h.size()}; }

hash node(const hash& left, const hash& right) {
    std::string both("\x01");
    both += bytes_of(left);
    both += bytes_of(right);
    return sha256(both);
}

}  // namespace

hash leaf_hash(std::string_view entry) {
    std::string with_mark(1, '\0');
    with_mark += entry;
    return sha256(with_mark);
}

std::optional<hash> root_by_inclusion(const hash& leaf, std::uint64_t index, std::uint64_t size, const std::vector<hash>& path) {
    if (index >= size) return std::nullopt;
    auto at = index;
    auto last = size - 1;
    auto out = leaf;
    for (const auto& sibling : path) {
        if (last == 0) return std::nullopt;
        if ((at & 1) != 0 || at == last) {
            out = node(sibling, out);
            // The last node of a level without a partner rises as it is.
            while ((at & 1) == 0 && at != 0) at >>= 1, last >>= 1;
        } else {
            out = node(out, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 ? std::optional(out) : std::nullopt;
}

bool is_extension(std::uint64_t old_size, const hash& old_root, std::uint64_t new_size, const hash& new_root,
                  const std::vector<hash>& path) {
    if (old_size > new_size) return false;
    if (old_size == new_size) return path.empty() && old_root == new_root;
    if (old_size == 0) return path.empty();
    auto nodes = path;
    // A whole old tree is itself the first node of its proof, and is not sent.
    if ((old_size & (old_size - 1)) == 0) nodes.insert(nodes.begin(), old_root);
    if (nodes.empty()) return false;
    auto at = old_size - 1;
    auto last = new_size - 1;
    while ((at & 1) != 0) at >>= 1, last >>= 1;
    auto before = nodes.front();
    auto after = nodes.front();
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        if (last == 0) return false;
        if ((at & 1) != 0 || at == last) {
            before = node(nodes[i], before);
            after = node(nodes[i], after);
            while ((at & 1) == 0 && at != 0) at >>= 1, last >>= 1;
        } else {
            after = node(after, nodes[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && before == old_root && after == new_root;
}

std::optional<hash> parse_base64_hash(std::string_view text) {
    // 32 bytes are 44 characters, the last one padding.
    if (text.size() != 44 || text.back() != '=') return std::nullopt;
    std::array<unsigned char, 33> out{};
    if (EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()), 44) != 33) return std::nullopt;
    hash h;
    std::copy_n(out.begin(), h.size(), h.begin());
    return h;
}

std::optional<hash> parse_hex_hash(std::string_view text) {
    hash h;
    if (text.size() != 2 * h.size()) return std::nullopt;
    for (std::size_t i = 0; i < h.size(); ++i) {
        const auto [end, error] = std::from_chars(text.data() + 2 * i, text.data() + 2 * i + 2, h[i], 16);
        if (error != std::errc() || end != text.data() + 2 * i + 2) return std::nullopt;
    }
    return h;
}

namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t id_bytes = 4;
constexpr std::size_t signature_bytes = 64;
constexpr char ed25519 = 1;  // the algorithm's number in a key and in its id

std::optional<std::string> from_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0 || text.size() > 1024) return std::nullopt;
    std::string out(text.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size())) < 0)
        return std::nullopt;
    while (text.ends_with('=')) {
        text.remove_suffix(1);
        out.pop_back();
    }
    return out;
}

struct verifier {
    std::string name;
    std::string id;   ///< of the key, 4 bytes
    std::string key;  ///< public, 32 bytes
};

/// The id in the text has to be the one that name and key come to.
std::optional<verifier> parse_verifier(std::string_view text) {
    const auto first = text.find('+');
    const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto key = from_base64(text.substr(second + 1));
    if (!key || key->size() != 1 + key_bytes || key->front() != ed25519) return std::nullopt;
    verifier out{std::string(text.substr(0, first)), {}, key->substr(1)};
    out.id = std::string(bytes_of(sha256(out.name + "\n" + *key)).substr(0, id_bytes));
    constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (const unsigned char c : out.id) hex += {digits[c >> 4], digits[c & 15]};
    return hex == text.substr(first + 1, second - first - 1) ? std::optional(out) : std::nullopt;
}

bool holds(const verifier& by, std::string_view text, std::string_view signature) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(by.key.data()), key_bytes),
        EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> check(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return key && check && EVP_DigestVerifyInit(check.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(check.get(), reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                            reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
}

}  // namespace

std::optional<bool> is_signed_by(std::string_view note, std::string_view key) {
    const auto by = parse_verifier(key);
    if (!by) return std::nullopt;
    const auto blank = note.rfind("\n\n");
    if (blank == std::string_view::npos) return false;
    const auto text = note.substr(0, blank + 1);
    auto lines = note.substr(blank + 2);
    const auto wanted = "— " + by->name + " ";
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        const auto line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (!line.starts_with(wanted)) continue;
        const auto bytes = from_base64(line.substr(wanted.size()));
        if (!bytes || bytes->size() != id_bytes + signature_bytes || !bytes->starts_with(by->id)) continue;
        if (holds(*by, text, std::string_view(*bytes).substr(id_bytes))) return true;
    }
    return false;
}

std::optional<checkpoint> parse_checkpoint(std::string_view note) {
    const auto take_line = [&]() -> std::string_view {
        const auto end = note.find('\n');
        if (end == std::string_view::npos) return {};
        const auto out = note.substr(0, end);
        note.remove_prefix(end + 1);
        return out;
    };
    checkpoint out;
    out.origin = take_line();
    const auto size = take_line();
    const auto root = parse_base64_hash(take_line());
    const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), out.size);
    if (out.origin.empty() || !root || error != std::errc() || end != size.data() + size.size()) return std::nullopt;
    out.root = *root;
    return out;
}

}  // namespace cli
