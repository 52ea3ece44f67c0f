#pragma once
// A member is a person who works in, or with, the department.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
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
    std::optional<bool> beside = {};  ///< what was delegated to them before holds on; of old ones it ended
    bool operator==(const delegated&) const = default;
};
BOOST_DESCRIBE_STRUCT(delegated, (), (to, from, until, reason, beside))

struct delegation_ended {
    static constexpr std::string_view type = "member.delegation_ended.v1";
    static constexpr std::string_view clause = "S1.3.3";
    member_id to;
    std::optional<date> from = {};  ///< the one that begins on that day; left out: all of theirs
    bool operator==(const delegation_ended&) const = default;
};
BOOST_DESCRIBE_STRUCT(delegation_ended, (), (to, from))

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

BOOST_DEFINE_ENUM_CLASS(change_kind, roles, department, superior, deputy, leave)

/// What one person alone may not bring about (D11).
struct change {
    change_kind kind;
    std::vector<role> roles;                      ///< all that they are to have
    std::optional<events::department> department;
    std::optional<member_id> person;              ///< the superior (0: nobody), the deputy, or who takes over
    std::optional<date> from;                     ///< of a deputy
    std::optional<date> until;
    std::string reason;
    bool operator==(const change&) const = default;
};
BOOST_DESCRIBE_STRUCT(change, (), (kind, roles, department, person, from, until, reason))

/// Waits for a second person. Replaces what was proposed of the same kind before; of a deputy, of the same person.
struct change_proposed {
    static constexpr std::string_view type = "member.change_proposed.v1";
    static constexpr std::string_view clause = "D11";
    std::uint32_t number;  ///< from 1, of this member
    member_id by;
    member::change change;
    bool operator==(const change_proposed&) const = default;
};
BOOST_DESCRIBE_STRUCT(change_proposed, (), (number, by, change))

/// It follows at once, in the same batch.
struct change_confirmed {
    static constexpr std::string_view type = "member.change_confirmed.v1";
    static constexpr std::string_view clause = "D11";
    std::uint32_t number;
    member_id proposed_by;
    bool operator==(const change_confirmed&) const = default;
};
BOOST_DESCRIBE_STRUCT(change_confirmed, (), (number, proposed_by))

struct change_declined {
    static constexpr std::string_view type = "member.change_declined.v1";
    static constexpr std::string_view clause = "D11";
    std::uint32_t number;
    std::string reason;
    bool operator==(const change_declined&) const = default;
};
BOOST_DESCRIBE_STRUCT(change_declined, (), (number, reason))

/// What comes with it in the same batch was brought about by an administrator alone: no superior leader had joined yet.
struct decided_alone {
    static constexpr std::string_view type = "member.decided_alone.v1";
    static constexpr std::string_view clause = "D11";
    change_kind kind;
    bool operator==(const decided_alone&) const = default;
};
BOOST_DESCRIBE_STRUCT(decided_alone, (), (kind))

/// Their password, sessions and tokens are good no more, and whoever did it was given a one-time link for them.
struct password_reset {
    static constexpr std::string_view type = "member.password_reset.v1";
    static constexpr std::string_view clause = "D11";
    std::string reason;
    bool operator==(const password_reset&) const = default;
};
BOOST_DESCRIBE_STRUCT(password_reset, (), (reason))

/// They know of every reset that there was.
struct resets_noted {
    static constexpr std::string_view type = "member.resets_noted.v1";
    static constexpr std::string_view clause = "D11";
    bool operator==(const resets_noted&) const = default;
};
BOOST_DESCRIBE_STRUCT(resets_noted, (), ())

using any = std::variant<joined, renamed, roles_changed, department_changed, superior_set, delegated, delegation_ended, handed_over,
                         language_chosen, left, erased, change_proposed, change_confirmed, change_declined, decided_alone, password_reset,
                         resets_noted>;

}  // namespace events::member
