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

using any = std::variant<joined, renamed, roles_changed, department_changed, language_chosen, left, erased>;

}  // namespace events::member
