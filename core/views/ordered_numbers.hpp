#pragma once
// Numbers kept in an order, however many there are: in blocks of a few hundred, so that one comes in or goes for a short move of
// memory, and a walk begins anywhere for a few comparisons. What they are ordered by lies elsewhere: whoever calls says which of
// two comes first, always in the same way, and takes a number out before that changes. No two are equal.

#include "core/kernel/verify.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace core::views {

class ordered_numbers {
public:
    std::size_t size() const { return size_; }

    template <class Before>
    void insert(std::uint32_t n, Before before) {
        ++size_;
        if (blocks_.empty()) return void(blocks_.push_back({n}));
        auto block = block_of(n, before);
        if (block == blocks_.end()) --block;
        block->insert(std::lower_bound(block->begin(), block->end(), n, before), n);
        if (block->size() < block_max) return;
        std::vector<std::uint32_t> upper(block->begin() + block_max / 2, block->end());
        block->resize(block_max / 2);
        blocks_.insert(block + 1, std::move(upper));
    }

    /// It has to be in.
    template <class Before>
    void erase(std::uint32_t n, Before before) {
        const auto block = block_of(n, before);
        verify(block != blocks_.end(), "what is taken out of an order is in it");
        const auto at = std::lower_bound(block->begin(), block->end(), n, before);
        verify(*at == n, "what is taken out of an order is in it");
        block->erase(at);
        --size_;
        const auto next = block + 1;
        if (block->empty()) {
            blocks_.erase(block);
        } else if (next != blocks_.end() && block->size() + next->size() < block_max / 2) {
            block->insert(block->end(), next->begin(), next->end());
            blocks_.erase(next);
        }
    }

    /// Many at once; sorts `fresh`.
    template <class Before>
    void insert_all(std::vector<std::uint32_t>& fresh, Before before) {
        std::sort(fresh.begin(), fresh.end(), before);
        constexpr std::size_t few = 16;  // an insertion costs about as many comparisons as a merge does for so many
        if (fresh.size() < size_ / few) {
            for (const auto n : fresh) insert(n, before);
            return;
        }
        std::vector<std::uint32_t> all;
        all.reserve(size_ + fresh.size());
        for (const auto& block : blocks_) all.insert(all.end(), block.begin(), block.end());
        const auto middle = static_cast<std::ptrdiff_t>(all.size());
        all.insert(all.end(), fresh.begin(), fresh.end());
        std::inplace_merge(all.begin(), all.begin() + middle, all.end(), before);
        blocks_.clear();
        for (std::size_t i = 0; i < all.size(); i += block_max / 2)
            blocks_.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(i), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), i + block_max / 2)));
        size_ = all.size();
    }

    /// Calls `visit(n) -> bool`, the first first, until false, with those of which `is_below` does not hold. It holds of the first
    /// ones, or of none.
    template <class Below, class Visit>
    void upwards(Below is_below, Visit visit) const {
        auto block = std::partition_point(blocks_.begin(), blocks_.end(), [&](const auto& b) { return is_below(b.back()); });
        if (block == blocks_.end()) return;
        for (auto at = std::partition_point(block->begin(), block->end(), is_below);;) {
            for (; at != block->end(); ++at)
                if (!visit(*at)) return;
            if (++block == blocks_.end()) return;
            at = block->begin();
        }
    }
    /// The same from the other end: the last first, of which `is_below` holds.
    template <class Below, class Visit>
    void downwards(Below is_below, Visit visit) const {
        auto block = std::partition_point(blocks_.begin(), blocks_.end(), [&](const auto& b) { return is_below(b.front()); });
        while (block != blocks_.begin()) {
            --block;
            for (auto at = std::partition_point(block->begin(), block->end(), is_below); at != block->begin();)
                if (!visit(*--at)) return;
        }
    }

private:
    static constexpr std::size_t block_max = 512;

    /// The one that `n` is in, or belongs to; the end where it comes after all.
    template <class Before>
    auto block_of(std::uint32_t n, Before before) {
        return std::partition_point(blocks_.begin(), blocks_.end(), [&](const auto& b) { return before(b.back(), n); });
    }

    std::vector<std::vector<std::uint32_t>> blocks_;  // none is empty
    std::size_t size_ = 0;
};

}  // namespace core::views
