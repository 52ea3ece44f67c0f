#pragma once
// A member is a person who works in, or with, the department.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::member {

struct joined {
    static constexpr std::string_view type = "member.joined.v1";
    static constexpr std::string_view clause = "S1.2";

    personal name;
    std::optional<personal> login;     ///< what they sign in with; imported people have none
    std::optional<personal> external;  ///< who they are at the source that they were imported from: "slack:U02AB"
    events::department department;
    std::vector<role> roles;
    events::language language;

    bool operator==(const joined&) const = default;
};
BOOST_DESCRIBE_STRUCT(joined, (), (name, login, external, department, roles, language))

struct renamed {
    static constexpr std::string_view type = "member.renamed.v1";
    static constexpr std::string_view clause = "S1.3.1";
    personal name;
    bool operator==(const renamed&) const = default;
};
BOOST_DESCRIBE_STRUCT(renamed, (), (name))

struct roles_changed {
    static constexpr std::string_view type = "member.roles_changed.v1";
    static constexpr std::string_view clause = "S1.2";
    std::vector<role> roles;
    bool operator==(const roles_changed&) const = default;
};
BOOST_DESCRIBE_STRUCT(roles_changed, (), (roles))

struct department_changed {
    static constexpr std::string_view type = "member.department_changed.v1";
    static constexpr std::string_view clause = "S1.2";
    events::department department;
    bool operator==(const department_changed&) const = default;
};
BOOST_DESCRIBE_STRUCT(department_changed, (), (department))

/// Whom they answer to; 0: nobody. What they may not decide themselves goes there (D1).
struct superior_set {
    static constexpr std::string_view type = "member.superior_set.v1";
    static constexpr std::string_view clause = "S1.2";
    member_id superior;
    bool operator==(const superior_set&) const = default;
};
BOOST_DESCRIBE_STRUCT(superior_set, (), (superior))

/// From `from` until `until`, both included, `to` may do what this member may. A deputy is one without an end.
struct delegated {
    static constexpr std::string_view type = "member.delegated.v1";
    static constexpr std::string_view clause = "S1.3.3";
    member_id to;
    date from;
    std::optional<date> until;
    std::string reason;
    bool operator==(const delegated&) const = default;
};
BOOST_DESCRIBE_STRUCT(delegated, (), (to, from, until, reason))

struct delegation_ended {
    static constexpr std::string_view type = "member.delegation_ended.v1";
    static constexpr std::string_view clause = "S1.3.3";
    member_id to;
    bool operator==(const delegation_ended&) const = default;
};
BOOST_DESCRIBE_STRUCT(delegation_ended, (), (to))

/// Who leaves names who takes over what waits on them.
struct handed_over {
    static constexpr std::string_view type = "member.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id to;
    bool operator==(const handed_over&) const = default;
};
BOOST_DESCRIBE_STRUCT(handed_over, (), (to))

struct language_chosen {
    static constexpr std::string_view type = "member.language_chosen.v1";
    static constexpr std::string_view clause = "D10";
    events::language language;
    bool operator==(const language_chosen&) const = default;
};
BOOST_DESCRIBE_STRUCT(language_chosen, (), (language))

struct left {
    static constexpr std::string_view type = "member.left.v1";
    static constexpr std::string_view clause = "S1.3.1";
    std::string reason;
    bool operator==(const left&) const = default;
};
BOOST_DESCRIBE_STRUCT(left, (), (reason))

/// Their personal data is to be unreadable from here on: the key is destroyed once this is durable.
struct erased {
    static constexpr std::string_view type = "member.erased.v1";
    static constexpr std::string_view clause = "D9";
    std::string reason;
    bool operator==(const erased&) const = default;
};
BOOST_DESCRIBE_STRUCT(erased, (), (reason))

using any = std::variant<joined, renamed, roles_changed, department_changed, superior_set, delegated, delegation_ended, handed_over,
                         language_chosen, left, erased>;

}  // namespace events::member
