#pragma once
// Lists of rows, the newest changed first. A change appends the row to each list that it is in then; its older entries
// are stale and passed over, and a list that is mostly stale is tidied. So a change costs a few appends whatever the
// number of rows, and a walk can begin anywhere at once.
//
// Changes are log positions: no two are the same, and each is above the last.

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

namespace core::views {

class recency {
public:
    struct entry {
        std::uint64_t changed;
        std::uint32_t row;
    };
    struct list {
        std::vector<entry> entries;  // the newest last
        std::uint32_t live = 0;
    };

    /// The row changes now. It has to leave the lists that it was in, and enter those that it is in.
    void change(std::uint32_t row, std::uint64_t position) {
        if (changed_.size() <= row) changed_.resize(row + 1);
        changed_[row] = position;
    }
    void leave(list& from) {
        --from.live;
        tidy(from);
    }
    void enter(list& to, std::uint32_t row) {
        to.entries.push_back({changed_[row], row});
        ++to.live;
        tidy(to);
    }

    /// Calls `visit(row) -> bool`, the newest first, until false.
    template <class Visit>
    void each(const list& of, Visit visit) const {
        for (auto at = of.entries.rbegin(); at != of.entries.rend(); ++at)
            if (is_live(*at) && !visit(at->row)) return;
    }

    /// Walks several lists as one, the newest changed first.
    class walk {
    public:
        explicit walk(const recency& all) : all_(&all) {}

        /// Only rows that changed before `before`. At most 8 lists.
        void add(const list& of, std::uint64_t before) {
            const auto end = std::lower_bound(of.entries.begin(), of.entries.end(), before,
                                              [](const entry& e, std::uint64_t b) { return e.changed < b; });
            heads_[size_] = {of.entries.data(), of.entries.data() + (end - of.entries.begin())};
            if (settle(heads_[size_])) ++size_;
        }
        /// The next row; 0 at the end.
        std::uint32_t next() {
            if (size_ == 0) return 0;
            std::size_t newest = 0;
            for (std::size_t i = 1; i < size_; ++i)
                if (heads_[i].end[-1].changed > heads_[newest].end[-1].changed) newest = i;
            auto& head = heads_[newest];
            const auto row = (--head.end)->row;
            if (!settle(head)) head = heads_[--size_];
            return row;
        }

    private:
        struct head {
            const entry* begin = nullptr;
            const entry* end = nullptr;
        };
        /// Drops stale entries at the end; says whether any is left.
        bool settle(head& h) const {
            while (h.begin != h.end && !all_->is_live(h.end[-1])) --h.end;
            return h.begin != h.end;
        }
        const recency* all_;
        std::array<head, 8> heads_;
        std::size_t size_ = 0;
    };

private:
    bool is_live(const entry& e) const { return changed_[e.row] == e.changed; }
    void tidy(list& l) {
        if (l.entries.size() > 2 * std::size_t{l.live} + 32)
            std::erase_if(l.entries, [&](const entry& e) { return !is_live(e); });
    }
    std::vector<std::uint64_t> changed_{0};  // by row; rows are numbered from 1
};

}  // namespace core::views
