#pragma once
// RFC 9162 §2.1 word by word, over all leaves: slow, and easy to believe.

#include "events/proof/tree.hpp"

#include <bit>
#include <span>
#include <vector>

namespace testing {

using hashes = std::span<const events::proof::hash>;

inline std::size_t split_of(std::size_t n) { return std::bit_floor(n - 1); }

inline events::proof::hash naive_root(hashes d) {
    if (d.empty()) return events::proof::empty_root();
    if (d.size() == 1) return d[0];
    const auto k = split_of(d.size());
    return events::proof::node_hash(naive_root(d.first(k)), naive_root(d.subspan(k)));
}

inline std::vector<events::proof::hash> naive_path(std::size_t m, hashes d) {
    if (d.size() <= 1) return {};
    const auto k = split_of(d.size());
    auto path = m < k ? naive_path(m, d.first(k)) : naive_path(m - k, d.subspan(k));
    path.push_back(naive_root(m < k ? d.subspan(k) : d.first(k)));
    return path;
}

inline std::vector<events::proof::hash> naive_subproof(std::size_t m, hashes d, bool whole) {
    if (m == d.size()) return whole ? std::vector<events::proof::hash>{} : std::vector{naive_root(d)};
    const auto k = split_of(d.size());
    auto path = m <= k ? naive_subproof(m, d.first(k), whole) : naive_subproof(m - k, d.subspan(k), false);
    path.push_back(naive_root(m <= k ? d.subspan(k) : d.first(k)));
    return path;
}

}  // namespace testing
