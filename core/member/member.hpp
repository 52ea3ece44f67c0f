#pragma once
// A member: who works in, or with, the department. They join once, and may leave; who has left acts no more, and
// may then be erased: what is personal of theirs is forgotten (D9), what they did stays.
//
//   absent -join-> active -leave-> left -erase-> erased

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/member.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(member_status, absent, active, left, erased)

BOOST_DEFINE_ENUM_CLASS(member_rejection, not_found, already_exists, inactive, not_admin, not_self, own_erasure, has_left,
                        still_active, bad_name, bad_login, login_taken, bad_external, bad_department, bad_roles, bad_reason,
                        not_organiser, bad_superior, superior_circle, bad_delegate, bad_delegation_days, delegation_circle,
                        no_such_delegation, successor_needed, bad_successor)

struct member {
    static constexpr auto category = events::category::member;
    using status = member_status;
    using rejection = member_rejection;
    using event = events::member::any;

    struct standing_in {
        member_id by;
        date from{};
        std::optional<date> until;
        bool operator==(const standing_in&) const = default;
    };
    struct state {
        member_status is = member_status::absent;
        events::language language = events::language::zh;
        member_id id;
        events::department department;
        std::vector<role> roles;
        std::uint64_t name = 0;  ///< digest of it; 0 where the name came sealed or is erased
        member_id superior;
        std::vector<standing_in> delegates;  ///< who act for them, and when
        bool operator==(const state&) const = default;
    };

    /// Creates. Imported people have no login.
    struct join {
        static constexpr std::string_view type = "member.join";
        static constexpr bool creates = true;
        std::string name;
        std::optional<std::string> login;
        std::optional<std::string> external;
        events::department department;
        std::vector<role> roles;
        events::language language;
    };
    struct rename {
        static constexpr std::string_view type = "member.rename";
        std::string name;
    };
    struct set_roles {
        static constexpr std::string_view type = "member.set_roles";
        std::vector<role> roles;
    };
    struct set_department {
        static constexpr std::string_view type = "member.set_department";
        events::department department;
    };
    struct choose_language {
        static constexpr std::string_view type = "member.choose_language";
        events::language language;
    };
    struct set_superior {
        static constexpr std::string_view type = "member.set_superior";
        member_id superior;  ///< 0: nobody
    };
    /// Another one for the same person replaces the first.
    struct delegate {
        static constexpr std::string_view type = "member.delegate";
        member_id to;
        date from;
        std::optional<date> until;
        std::string reason;
    };
    struct end_delegation {
        static constexpr std::string_view type = "member.end_delegation";
        member_id to;
    };
    struct leave {
        static constexpr std::string_view type = "member.leave";
        std::string reason;
        std::optional<member_id> successor;  ///< who takes over what waits on them; needed where something does
    };
    struct erase {
        static constexpr std::string_view type = "member.erase";
        std::string reason;
    };
    using command = std::variant<join, rename, set_roles, set_department, choose_language, leave, erase, set_superior, delegate, end_delegation>;

    static decision<member> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations self = 1;
    static constexpr flow::relations admin = 2;      ///< AD
    static constexpr flow::relations personnel = 4;  ///< HR
    static constexpr std::array<std::string_view, 3> relation_names{"self", "admin", "personnel"};

    using row = flow::row<member_status, member_rejection>;
    static const std::array<row, 10> flow;

    static status status_of(const state& now) { return now.is; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status at);
};

BOOST_DESCRIBE_STRUCT(member::standing_in, (), (by, from, until))
BOOST_DESCRIBE_STRUCT(member::state, (), (is, language, id, department, roles, name, superior, delegates))
BOOST_DESCRIBE_STRUCT(member::join, (), (name, login, external, department, roles, language))
BOOST_DESCRIBE_STRUCT(member::rename, (), (name))
BOOST_DESCRIBE_STRUCT(member::set_roles, (), (roles))
BOOST_DESCRIBE_STRUCT(member::set_department, (), (department))
BOOST_DESCRIBE_STRUCT(member::choose_language, (), (language))
BOOST_DESCRIBE_STRUCT(member::leave, (), (reason, successor))
BOOST_DESCRIBE_STRUCT(member::set_superior, (), (superior))
BOOST_DESCRIBE_STRUCT(member::delegate, (), (to, from, until, reason))
BOOST_DESCRIBE_STRUCT(member::end_delegation, (), (to))
BOOST_DESCRIBE_STRUCT(member::erase, (), (reason))

}  // namespace core
