#include "events/proof/tree.hpp"

#include <algorithm>
#include <bit>
#include <mutex>
#include <stdexcept>
#include <string>

namespace events::proof {
namespace {

constexpr unsigned tile_height = 8;  // 2^8 = tile_width

/// The root over `nodes`, a power of two of them; overwrites them.
hash fold(std::span<hash> nodes) {
    for (auto left = nodes.size(); left > 1; left /= 2)
        for (std::size_t i = 0; i < left / 2; ++i) nodes[i] = node_hash(nodes[2 * i], nodes[2 * i + 1]);
    return nodes[0];
}

hash root_of(tile content) { return fold(content); }

}  // namespace

std::optional<tile> memory_tiles::read_tile(unsigned level, std::uint64_t index) const {
    const std::shared_lock lock(guard_);
    if (level >= levels_.size() || index >= levels_[level].size()) return std::nullopt;
    return levels_[level][index];
}

void memory_tiles::write_tile(unsigned level, std::uint64_t index, const tile& content) {
    const std::unique_lock lock(guard_);
    if (level >= levels_.size()) levels_.resize(level + 1);
    auto& tiles = levels_[level];
    if (index >= tiles.size()) tiles.resize(index + 1);
    tiles[index] = content;
}

/// One reading of the tree. Keeps the tile last seen on each level, as a proof's hashes lie close together.
class tree::reader {
public:
    explicit reader(const tree& of) : tree_(of) {}

    hash leaf(std::uint64_t index) { return copy(0, index, 1)[0]; }

    /// MTH of leaves [begin, end); begin is a multiple of the largest power of two not above end - begin.
    hash subtree(std::uint64_t begin, std::uint64_t end) {
        const auto count = end - begin;
        if (std::has_single_bit(count)) return whole(begin, count);
        const auto split = std::bit_floor(count);
        const auto left = whole(begin, split);
        return node_hash(left, subtree(begin + split, end));
    }

private:
    /// MTH of 2^k leaves: few hashes of the highest tile level that is not above 2^k.
    hash whole(std::uint64_t begin, std::uint64_t count) {
        const auto height = static_cast<unsigned>(std::countr_zero(count));
        const auto level = height / tile_height;
        auto nodes = copy(level, begin >> (level * tile_height), std::size_t{1} << (height % tile_height));
        return fold(nodes);
    }

    /// `count` hashes of one tile. What is not full yet is copied under the lock, the rest comes from the store.
    std::vector<hash> copy(unsigned level, std::uint64_t first, std::size_t count) {
        const auto index = first / tile_width;
        const auto offset = static_cast<std::ptrdiff_t>(first % tile_width);
        const auto n = static_cast<std::ptrdiff_t>(count);
        if (level < seen_.size() && seen_[level] && seen_[level]->first == index) return cut(seen_[level]->second, offset, n);
        {
            const std::shared_lock lock(tree_.guard_);
            if (index == (tree_.size_ >> (level * tile_height)) / tile_width) return cut(tree_.growing_[level], offset, n);
            for (const auto& full : tree_.unsettled_)
                if (full.level == level && full.index == index) return cut(full.content, offset, n);
        }
        const auto stored = tree_.store_.read_tile(level, index);
        if (!stored)
            throw std::runtime_error("the tile " + std::to_string(level) + "/" + std::to_string(index) +
                                     " of the log's Merkle tree is missing: rebuild the index");
        if (level >= seen_.size()) seen_.resize(level + 1);
        seen_[level].emplace(index, *stored);
        return cut(*stored, offset, n);
    }

    template <class Hashes>
    static std::vector<hash> cut(const Hashes& from, std::ptrdiff_t offset, std::ptrdiff_t count) {
        return {from.begin() + offset, from.begin() + offset + count};
    }

    const tree& tree_;
    std::vector<std::optional<std::pair<std::uint64_t, tile>>> seen_;
};

tree::tree(tile_store& store, std::uint64_t size) : store_(store), size_(size), growing_(1) {
    if (size != whole(size)) throw std::invalid_argument("a Merkle tree re-opens at a whole number of tiles only");
    // Each level's unfinished tile holds the roots of the full tiles beneath it.
    for (unsigned level = 1; (size >> (level * tile_height)) > 0; ++level) {
        const auto count = size >> (level * tile_height);
        auto& nodes = growing_.emplace_back();
        for (auto index = count - count % tile_width; index < count; ++index) {
            const auto below = store.read_tile(level - 1, index);
            if (!below)
                throw std::runtime_error("the tile " + std::to_string(level - 1) + "/" + std::to_string(index) +
                                         " of the log's Merkle tree is missing: rebuild the index");
            nodes.push_back(root_of(*below));
        }
    }
}

void tree::append(std::span<const hash> leaves) {
    const std::unique_lock lock(guard_);
    for (const auto& leaf : leaves) {
        push(0, leaf);
        ++size_;
    }
}

void tree::push(unsigned level, const hash& h) {
    if (level == growing_.size()) growing_.emplace_back();
    growing_[level].push_back(h);
    if (growing_[level].size() < tile_width) return;
    full_tile full{level, ((size_ + 1) >> ((level + 1) * tile_height)) - 1, {}};
    std::copy(growing_[level].begin(), growing_[level].end(), full.content.begin());
    growing_[level].clear();
    store_.write_tile(full.level, full.index, full.content);
    const auto root = root_of(full.content);
    unsettled_.push_back(full);
    push(level + 1, root);
}

void tree::settled() {
    const std::unique_lock lock(guard_);
    unsettled_.clear();
}

std::uint64_t tree::size() const {
    const std::shared_lock lock(guard_);
    return size_;
}

void tree::check(std::uint64_t size) const {
    const auto present = this->size();
    if (size > present)
        throw std::out_of_range("the log's Merkle tree has " + std::to_string(present) + " leaves, not " +
                                std::to_string(size));
}

hash tree::root(std::uint64_t size) const {
    check(size);
    if (size == 0) return empty_root();
    return reader(*this).subtree(0, size);
}

hash tree::leaf(std::uint64_t index) const {
    check(index + 1);
    return reader(*this).leaf(index);
}

std::vector<hash> tree::inclusion(std::uint64_t index, std::uint64_t size) const {
    check(size);
    if (index >= size) throw std::out_of_range("a leaf outside of the tree has no inclusion proof");
    reader read(*this);
    std::vector<hash> path;  // from the root down; turned round at the end
    for (std::uint64_t begin = 0, end = size; end - begin > 1;) {
        const auto split = begin + std::bit_floor(end - begin - 1);
        if (index < split) {
            path.push_back(read.subtree(split, end));
            end = split;
        } else {
            path.push_back(read.subtree(begin, split));
            begin = split;
        }
    }
    std::reverse(path.begin(), path.end());
    return path;
}

std::vector<hash> tree::consistency(std::uint64_t old_size, std::uint64_t new_size) const {
    check(new_size);
    if (old_size > new_size) throw std::out_of_range("a consistency proof leads from the smaller tree to the larger");
    if (old_size == 0 || old_size == new_size) return {};
    reader read(*this);
    std::vector<hash> path;
    // Down to the subtree that ends where the old tree ends; the verifier knows it where it is the old tree itself.
    std::uint64_t begin = 0, end = new_size;
    while (end != old_size) {
        const auto split = begin + std::bit_floor(end - begin - 1);
        if (old_size <= split) {
            path.push_back(read.subtree(split, end));
            end = split;
        } else {
            path.push_back(read.subtree(begin, split));
            begin = split;
        }
    }
    if (begin != 0) path.push_back(read.subtree(begin, end));
    std::reverse(path.begin(), path.end());
    return path;
}

}  // namespace events::proof
