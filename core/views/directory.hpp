#pragma once
// Everyone, by id and by login: the read model of members, and the roster that rules look people up in.
//
// Member events have to come with their personal fields opened (events::open_personal): what comes sealed or erased
// is not known here. Not synchronised: one thread applies, and readers are kept off meanwhile.

#include "core/kernel/archive.hpp"
#include "core/kernel/context.hpp"
#include "core/member/member.hpp"
#include "events/catalog/catalog.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::views {

struct member_row {
    person who;
    std::optional<std::string> name;      ///< nothing: erased
    std::optional<std::string> login;     ///< nothing: has none, or erased
    std::optional<std::string> external;  ///< who they are where they were imported from
    events::language language = events::language::zh;
    member_status status = member_status::absent;
    events::version version;
    events::position placed;  ///< the event that last changed what they may see: their roles or their department

    bool operator==(const member_row&) const = default;
};

class directory final : public roster {
public:
    /// Events of other categories are passed over.
    void apply(const events::recorded& event);

    const person* find(member_id who) const override;
    member_id with_login(std::string_view login) const override;
    void each_active(const std::function<bool(const person&)>& visit) const override;

    /// Null for somebody who never joined.
    const member_row* row(member_id who) const;
    /// Everyone who ever joined, by id.
    const std::vector<member_row>& rows() const { return rows_; }
    /// At most `limit` rows after `after`, by id.
    std::vector<const member_row*> page(member_id after, std::size_t limit) const;

    /// An active operations manager of the department, other than `but`?
    bool has_manager(const events::department& department, member_id but) const;

    void save(archive::writer& to) const;
    /// False, and empty, where the bytes are no good.
    bool load(archive::reader& from);

    bool operator==(const directory& other) const { return rows_ == other.rows_; }

private:
    struct fold;
    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
    };
    void stand_in(member_id by, delegation given);
    void stand_back(member_id by, member_id of);
    void index(const member_row& row);
    void unindex(const member_row& row);

    std::vector<member_row> rows_;  // member n is at n - 1
    // What follows is made from the rows.
    boost::unordered_flat_map<std::string, member_id, hash, std::equal_to<>> logins_;
    std::map<events::department, std::vector<member_id>> managers_;  // active ones
};

}  // namespace core::views
