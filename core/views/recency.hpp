#pragma once
// Lists of rows, the newest changed first. A row is in one list of each of Kinds kinds, and a change moves it to the
// front of them: no searching and no memory traffic, whatever the number of rows.
//
// Rows are numbered from 1 without gaps. Changes are log positions, so no two are the same and each is above the last.

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

namespace core::views {

template <std::size_t Kinds>
class recency {
public:
    /// One list. It knows its length, so that the shortest of several can be walked.
    struct list {
        std::uint32_t newest = 0;
        std::uint32_t size = 0;
    };

    /// When the row was last changed.
    std::uint64_t changed(std::uint32_t row) const { return rows_[row].changed; }
    std::uint32_t older(std::uint32_t row, std::size_t kind) const { return rows_[row].links[kind].older; }

    void unlink(std::uint32_t row, std::size_t kind, list& from) {
        auto& l = rows_[row].links[kind];
        if (l.newer) rows_[l.newer].links[kind].older = l.older;
        else from.newest = l.older;
        if (l.older) rows_[l.older].links[kind].newer = l.newer;
        l = {};
        --from.size;
    }
    void push(std::uint32_t row, std::size_t kind, list& to) {
        auto& l = rows_[row].links[kind];
        l = {0, to.newest};
        if (to.newest) rows_[to.newest].links[kind].newer = row;
        to.newest = row;
        ++to.size;
    }
    void set_changed(std::uint32_t row, std::uint64_t position) {
        if (rows_.size() <= row) rows_.resize(row + 1);
        rows_[row].changed = position;
    }

    /// Walks several lists as one, the newest changed first.
    class walk {
    public:
        explicit walk(const recency& all) : all_(&all) {}
        /// Only rows that changed before `before`.
        void add(const list& l, std::size_t kind, std::uint64_t before = std::numeric_limits<std::uint64_t>::max()) {
            std::uint32_t row = l.newest;
            while (row && all_->changed(row) >= before) row = all_->older(row, kind);
            if (row) heads_[size_++] = {row, kind};
        }
        /// The next row; 0 at the end.
        std::uint32_t next() {
            if (size_ == 0) return 0;
            std::size_t newest = 0;
            for (std::size_t i = 1; i < size_; ++i)
                if (all_->changed(heads_[i].row) > all_->changed(heads_[newest].row)) newest = i;
            const auto row = heads_[newest].row;
            heads_[newest].row = all_->older(row, heads_[newest].kind);
            if (heads_[newest].row == 0) heads_[newest] = heads_[--size_];
            return row;
        }

    private:
        struct head {
            std::uint32_t row = 0;
            std::size_t kind = 0;
        };
        const recency* all_;
        std::array<head, 8> heads_;  // as many lists as there are statuses at most
        std::size_t size_ = 0;
    };

private:
    struct link {
        std::uint32_t newer = 0;
        std::uint32_t older = 0;
    };
    struct node {
        std::uint64_t changed = 0;
        std::array<link, Kinds> links;
    };
    std::vector<node> rows_{1};
};

}  // namespace core::views
