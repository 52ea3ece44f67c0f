#pragma once
// The root of a tree that is not kept: for whoever reads all leaves once, in their order.

#include "events/proof/tree.hpp"

namespace events::proof {

/// The root over all leaves so far, from the roots of the perfect subtrees that they make up (RFC 9162 §2.1.2).
class running_root {
public:
    void add(const hash& leaf) {
        auto h = leaf;
        for (auto n = size_++; n & 1; n >>= 1) {
            h = node_hash(peaks_.back(), h);
            peaks_.pop_back();
        }
        peaks_.push_back(h);
    }

    hash root() const {
        if (peaks_.empty()) return empty_root();
        auto h = peaks_.back();
        for (auto left = peaks_.rbegin() + 1; left != peaks_.rend(); ++left) h = node_hash(*left, h);
        return h;
    }

private:
    std::uint64_t size_ = 0;
    std::vector<hash> peaks_;
};

}  // namespace events::proof
