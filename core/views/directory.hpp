#pragma once
// Everyone, by id and by login: the read model of members, and the roster that rules look people up in.
//
// Member events have to come with their personal fields opened (events::open_personal): what comes sealed or erased
// is not known here. Not synchronised: one thread applies, and readers are kept off meanwhile.

#include "core/kernel/archive.hpp"
#include "core/kernel/context.hpp"
#include "core/member/member.hpp"
#include "events/catalog/any.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace core::views {

/// A change of a member that waits for a second person, and since when.
struct waiting_change {
    member::open_change what;
    instant since{};
    bool operator==(const waiting_change&) const = default;
};

/// Somebody reset a member's password.
struct told_reset {
    member_id by;  ///< 0: the system, at the machine itself
    instant at{};
    std::string reason;
    bool operator==(const told_reset&) const = default;
};

struct member_row {
    person who;
    std::optional<std::string> name;      ///< nothing: erased
    std::optional<std::string> login;     ///< nothing: has none, or erased
    std::optional<std::string> external;  ///< who they are where they were imported from
    events::language language = events::language::zh;
    member_status status = member_status::absent;
    events::version version;
    events::position placed;  ///< the event that last changed what they may see: their roles or their department
    std::vector<waiting_change> changes;  ///< the oldest first
    std::vector<told_reset> resets;       ///< that they have not taken note of, the newest last; a few

    bool operator==(const member_row&) const = default;
};

BOOST_DESCRIBE_STRUCT(waiting_change, (), (what, since))
BOOST_DESCRIBE_STRUCT(told_reset, (), (by, at, reason))

class directory final : public roster {
public:
    /// Events of other categories are passed over.
    void apply(const events::recorded& event);
    /// None of it was later than that: a wrong clock had dated it.
    void not_after(instant t);

    const person* find(member_id who) const override;
    member_id with_login(std::string_view login) const override;
    void each_active(const std::function<bool(const person&)>& visit) const override;
    void each_manager(const std::function<bool(const person&)>& visit) const override;

    bool has_had_leader() const override { return led_; }

    /// Calls `visit(row)` with everyone of whom a change waits for a second person, by id.
    void each_changing(const std::function<void(const member_row&)>& visit) const;

    /// Null for somebody who never joined.
    const member_row* row(member_id who) const;
    /// Everyone who ever joined, by id.
    const std::vector<member_row>& rows() const { return rows_; }
    /// At most `limit` rows after `after`, by id.
    std::vector<const member_row*> page(member_id after, std::size_t limit) const;

    /// An active operations manager of the department, other than `but`?
    bool has_manager(const events::department& department, member_id but) const {
        return has_manager(department, [but](member_id m) { return m != but; });
    }
    template <class Good>
        requires std::predicate<Good, member_id>
    bool has_manager(const events::department& department, Good good) const {
        const auto found = managers_.find(department);
        return found != managers_.end() && std::any_of(found->second.begin(), found->second.end(), good);
    }

    void save(archive::writer& to) const;
    /// False, and empty, where the bytes are no good.
    bool load(archive::reader& from);

    bool operator==(const directory& other) const { return rows_ == other.rows_ && led_ == other.led_; }

private:
    struct fold;
    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
    };
    void stand_in(member_id by, delegation given, bool beside);
    void stand_back(member_id by, member_id of, std::optional<date> from);
    void index(const member_row& row);
    void unindex(const member_row& row);

    std::vector<member_row> rows_;  // member n is at n - 1
    bool led_ = false;
    // What follows is made from the rows.
    boost::unordered_flat_map<std::string, member_id, hash, std::equal_to<>> logins_;
    std::map<events::department, std::vector<member_id>> managers_;  // active ones
    std::set<std::uint64_t> changing_;                               // of whom a change waits
};

}  // namespace core::views
