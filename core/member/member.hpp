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
                        still_active, bad_name, bad_login, login_taken, bad_external, bad_department, bad_roles, bad_reason)

struct member {
    static constexpr auto category = events::category::member;
    using status = member_status;
    using rejection = member_rejection;
    using event = events::member::any;

    struct state {
        member_status is = member_status::absent;
        events::language language = events::language::zh;
        member_id id;
        events::department department;
        std::vector<role> roles;
        std::uint64_t name = 0;  ///< digest of it; 0 where the name came sealed or is erased
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
    struct leave {
        static constexpr std::string_view type = "member.leave";
        std::string reason;
    };
    struct erase {
        static constexpr std::string_view type = "member.erase";
        std::string reason;
    };
    using command = std::variant<join, rename, set_roles, set_department, choose_language, leave, erase>;

    static decision<member> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations self = 1;
    static constexpr flow::relations admin = 2;  ///< AD

    using row = flow::row<member_status, member_rejection>;
    static const std::array<row, 7> flow;

    static status status_of(const state& now) { return now.is; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status at);
};

BOOST_DESCRIBE_STRUCT(member::state, (), (is, language, id, department, roles, name))
BOOST_DESCRIBE_STRUCT(member::join, (), (name, login, external, department, roles, language))
BOOST_DESCRIBE_STRUCT(member::rename, (), (name))
BOOST_DESCRIBE_STRUCT(member::set_roles, (), (roles))
BOOST_DESCRIBE_STRUCT(member::set_department, (), (department))
BOOST_DESCRIBE_STRUCT(member::choose_language, (), (language))
BOOST_DESCRIBE_STRUCT(member::leave, (), (reason))
BOOST_DESCRIBE_STRUCT(member::erase, (), (reason))

static_assert(decider<member>);

}  // namespace core
