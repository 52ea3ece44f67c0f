#pragma once
// Lists of rows, the newest changed first. A change appends the row to each list that it is in then; its older entries
// are stale and passed over, and a list that is mostly stale is tidied. So a change costs a few appends whatever the
// number of rows, and a walk can begin anywhere at once.
//
// Changes are log positions: no two are the same, and each is above the last.

#include <algorithm>
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

    /// Calls `visit(row) -> bool` with those that changed before `before`, the newest first, until false.
    template <class Visit>
    void newest(const list& of, std::uint64_t before, Visit visit) const {
        for (auto at = first_not_before(of, before); at != of.entries.begin();)
            if (const auto& e = *--at; is_live(e) && !visit(e.row)) return;
    }
    template <class Visit>
    void newest(const list& of, Visit visit) const {
        newest(of, std::numeric_limits<std::uint64_t>::max(), visit);
    }
    /// Those that changed after `after`, the oldest first.
    template <class Visit>
    void oldest(const list& of, std::uint64_t after, Visit visit) const {
        for (auto at = first_not_before(of, after + 1); at != of.entries.end(); ++at)
            if (is_live(*at) && !visit(at->row)) return;
    }

private:
    bool is_live(const entry& e) const { return changed_[e.row] == e.changed; }
    static std::vector<entry>::const_iterator first_not_before(const list& of, std::uint64_t position) {
        return std::lower_bound(of.entries.begin(), of.entries.end(), position, [](const entry& e, std::uint64_t p) { return e.changed < p; });
    }
    void tidy(list& l) {
        if (l.entries.size() > 2 * std::size_t{l.live} + 32)
            std::erase_if(l.entries, [&](const entry& e) { return !is_live(e); });
    }
    std::vector<std::uint64_t> changed_{0};  // by row; rows are numbered from 1
};

}  // namespace core::views
