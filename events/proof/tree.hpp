#pragma once
// The Merkle tree over the log (RFC 9162 §2.1): leaf n is the event at position n + 1.
//
// It is kept as C2SP tlog-tiles: a full tile holds the 256 hashes of one level (a multiple of 8 above the
// leaves), its parent is one hash in the tile a level up. Only full tiles are stored; what is not full
// yet is in memory, at most 255 hashes a level. A tile never changes once it is full.
//
// Threads: one appends (append, settled). Everything else may be called from any thread meanwhile.

#include "events/proof/hash.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace events::proof {

inline constexpr std::size_t tile_width = 256;

/// A full tile's hashes, side by side: C2SP tlog-tiles' own form.
using tile = std::array<hash, tile_width>;

/// SHA-256(0x00 ‖ bytes): what the tree knows of an event.
hash leaf_hash(std::string_view bytes);

/// SHA-256(0x01 ‖ left ‖ right).
hash node_hash(const hash& left, const hash& right);

/// The root of a tree without leaves: SHA-256 of nothing.
hash empty_root();

/// Where full tiles are kept. read_tile is called from any thread, also while write_tile is.
class tile_store {
public:
    virtual ~tile_store() = default;

    /// Level 0 holds leaf hashes. Nothing where there is no such tile.
    virtual std::optional<tile> read_tile(unsigned level, std::uint64_t index) const = 0;

    /// A tile may be written again, with the same content, after a restart. It need not be readable before
    /// the tree is told so by settled().
    virtual void write_tile(unsigned level, std::uint64_t index, const tile& content) = 0;
};

/// A store that lives as long as the process.
class memory_tiles final : public tile_store {
public:
    std::optional<tile> read_tile(unsigned level, std::uint64_t index) const override;
    void write_tile(unsigned level, std::uint64_t index, const tile& content) override;

private:
    mutable std::shared_mutex guard_;
    std::vector<std::vector<tile>> levels_;
};

class tree {
public:
    /// The size to re-open at, and to append from, where the first `size` leaves' full tiles are stored.
    static constexpr std::uint64_t whole(std::uint64_t size) { return size - size % tile_width; }

    /// A tree of `size` leaves, a multiple of tile_width, whose tiles are all in `store`; 0 makes an empty one.
    /// Reads at most 255 tiles a level. The caller then appends the leaves from `size` on.
    /// Throws std::runtime_error where a tile is missing: start over from 0.
    explicit tree(tile_store& store, std::uint64_t size = 0);

    /// Adds leaves; readers see them when it returns. Hands each tile that fills up to the store, and keeps
    /// a copy of it until settled().
    void append(std::span<const hash> leaves);

    /// Every tile handed out so far can now be read back from the store: the copies go.
    void settled();

    /// How many leaves there are.
    std::uint64_t size() const;

    // For any size up to size(), also long past. All throw std::out_of_range beyond it, and
    // std::runtime_error where the store has lost a tile.

    /// MTH of the first `size` leaves.
    hash root(std::uint64_t size) const;

    /// The hash of leaf `index`, from 0.
    hash leaf(std::uint64_t index) const;

    /// PATH(index, first `size` leaves); `index` from 0, below `size`.
    std::vector<hash> inclusion(std::uint64_t index, std::uint64_t size) const;

    /// PROOF(old_size, first `new_size` leaves). Empty where the old tree is empty or the same.
    std::vector<hash> consistency(std::uint64_t old_size, std::uint64_t new_size) const;

private:
    class reader;
    struct full_tile {
        unsigned level;
        std::uint64_t index;
        tile content;
    };

    void push(unsigned level, const hash& h);
    void check(std::uint64_t size) const;

    tile_store& store_;
    mutable std::shared_mutex guard_;  ///< over all below; held for copies, never while the store is read
    std::uint64_t size_ = 0;
    std::vector<std::vector<hash>> growing_;  ///< by level: the hashes of the tile that is not full yet
    std::vector<full_tile> unsettled_;
};

// Pure checks of proofs, for those who hold no tree.

/// RFC 9162 §2.1.3.2: `leaf` is number `index` (from 0) of the `size` leaves under `root`.
bool verify_inclusion(const hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const hash> path,
                      const hash& root);

/// RFC 9162 §2.1.4.2: the `new_size` leaves under `new_root` begin with the `old_size` leaves under `old_root`.
bool verify_consistency(std::uint64_t old_size, const hash& old_root, std::uint64_t new_size, const hash& new_root,
                        std::span<const hash> path);

}  // namespace events::proof
