#include "clients/cli/proof.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>

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
