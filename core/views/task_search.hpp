#pragma once
// One page of tasks looked for among their keys. Internal to task_keys.

#include "core/views/task_keys.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace core::views {

/// For one call, while the keys stay as they are.
struct task_keys::search {
    search(const task_keys& in, const asked& q);
    found run();

private:
    /// A part of what the reader may see; no task is in two.
    struct scope {
        enum where_to_look { anywhere, at_home, elsewhere } where = anywhere;  ///< their own department, and the others
        std::optional<dimension> mine = {};  ///< `to` or `by`: that has to be they
        bool unless_by_me = false;
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
        return (!q.wanted.department || in == wanted_department) && (s.where == scope::anywhere || (in == own) == (s.where == scope::at_home));
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
    std::uint32_t me, own, wanted_department;
    std::int32_t overdue = 0;
    bool nothing = false;  ///< what is asked for has a number that none has
    std::vector<std::pair<dimension, std::uint32_t>> filters;  ///< what the query names
    std::vector<scope> scopes;
    std::vector<std::uint32_t> rows;  ///< that come after the cursor, so far
    std::size_t total = 0;
};

}  // namespace core::views
