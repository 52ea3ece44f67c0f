#include "events/proof/tree.hpp"

#include <bit>

namespace events::proof {

bool verify_inclusion(const hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const hash> path,
                      const hash& root) {
    if (index >= size) return false;
    auto node = index;
    auto last = size - 1;
    auto computed = leaf;
    for (const auto& sibling : path) {
        if (last == 0) return false;
        if (node % 2 == 1 || node == last) {
            computed = node_hash(sibling, computed);
            // A node without a right sibling moves up until it has one.
            if (node % 2 == 0) {
                const auto up = std::countr_zero(node);  // node is not 0: it equals last, which is not
                node >>= up;
                last >>= up;
            }
        } else {
            computed = node_hash(computed, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && computed == root;
}

bool verify_consistency(std::uint64_t old_size, const hash& old_root, std::uint64_t new_size, const hash& new_root,
                        std::span<const hash> path) {
    if (old_size > new_size) return false;
    if (old_size == new_size) return path.empty() && old_root == new_root;
    if (old_size == 0) return path.empty() && old_root == empty_root();

    // A whole old tree is a node of the new one, so the proof leaves it out.
    hash first = old_root;
    if (!std::has_single_bit(old_size)) {
        if (path.empty()) return false;
        first = path.front();
        path = path.subspan(1);
    }
    auto node = old_size - 1;
    auto last = new_size - 1;
    const auto up = std::countr_one(node);
    node >>= up;
    last >>= up;
    auto computed_old = first;
    auto computed_new = first;
    for (const auto& sibling : path) {
        if (last == 0) return false;
        if (node % 2 == 1 || node == last) {
            computed_old = node_hash(sibling, computed_old);
            computed_new = node_hash(sibling, computed_new);
            while (node % 2 == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            computed_new = node_hash(computed_new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && computed_old == old_root && computed_new == new_root;
}

}  // namespace events::proof
