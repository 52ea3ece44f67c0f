#pragma once
// One page of tasks looked for among their keys. Internal to task_keys.

#include "core/views/task_keys.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace core::views {

/// For one call, while the keys stay as they are.
struct task_keys::search {
    search(const task_keys& in, const asked& q);
    found run();

private:
    /// A part of what the reader may see, with their own eyes or with those of whom they stand in for; no task is in two.
    struct scope {
        enum where_to_look { anywhere, at_home, elsewhere } where = anywhere;  ///< their own departments, and the others
        std::optional<dimension> mine = {};  ///< `to` or `by`: that has to be `whose`
        std::uint32_t whose = 0;
        bool unless_by_us = false;
        bool doubted = false;                ///< each is asked still_sees() about
    };
    struct part {
        dimension of = department;
        std::optional<std::uint32_t> value;  ///< nothing: all departments
        std::size_t size = 0;
    };
    using statuses_mask = unsigned;

    bool is_wanted(const key& k) const;
    bool is_visible(std::uint32_t at) const;
    bool comes_after(std::uint32_t at) const;
    bool comes_before(std::uint32_t a, std::uint32_t b) const;
    bool admits(const scope& s, std::uint32_t in) const {
        return (!q.wanted.department || in == wanted_department) && (s.where == scope::anywhere || contains(homes, in) == (s.where == scope::at_home));
    }
    template <class Visit>
    void each_group(const scope& s, dimension of, std::optional<std::uint32_t> value, Visit visit) const;
    /// What the query names, and the scope; nothing where they contradict each other.
    std::optional<std::vector<std::pair<dimension, std::uint32_t>>> named_in(const scope& s) const;
    part smallest(const scope& s, statuses_mask of) const;
    std::optional<std::size_t> count(const scope& s, statuses_mask of) const;
    template <class Visit>
    void each(const scope& s, statuses_mask of, Visit visit) const;
    void look_in(bool open, statuses_mask of);
    bool walk(bool open, statuses_mask of, std::size_t steps);
    template <class Visit>
    void along(bool open, statuses_mask of, Visit visit) const;

    const task_keys& in;
    const asked& q;
    bool every;
    static bool contains(const std::vector<std::uint32_t>& all, std::uint32_t one) { return std::find(all.begin(), all.end(), one) != all.end(); }
    std::vector<std::uint32_t> us, homes;  ///< the reader first, and then whom they stand in for; where they work
    std::uint32_t wanted_department;
    std::int32_t overdue = 0;
    bool uncounted = false;
    bool nothing = false;  ///< what is asked for has a number that none has
    std::vector<std::pair<dimension, std::uint32_t>> filters;  ///< what the query names
    std::vector<scope> scopes;
    std::vector<std::uint32_t> rows;  ///< that come after the cursor, so far
    std::size_t total = 0;
};

}  // namespace core::views
