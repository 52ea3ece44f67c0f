#pragma once
// A member is a person who works in, or with, the department.

#include "events/catalog/describe.hpp"

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
    static constexpr event_words says{{"新增了成员", "added the member"}, {"新增了成员 {name}", "added the member {name}"}};

    personal name;
    std::optional<personal> login;     ///< what they sign in with; imported people have none
    std::optional<personal> external;  ///< who they are at the source that they were imported from: "slack:U02AB"
    events::department department;
    std::vector<role> roles;
    events::language language;

    bool operator==(const joined&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(joined,
    (name, line("姓名", "Name")),
    (login, line("登录名", "Login")),
    (external, line("外部标识", "External identity")),
    (department, department("部门", "Department")),
    (roles, roles("角色", "Roles")),
    (language, choice("语言", "Language")))
// clang-format on

struct renamed {
    static constexpr std::string_view type = "member.renamed.v1";
    static constexpr std::string_view clause = "S1.3.1";
    static constexpr event_words says{{"更改了姓名", "changed the name"}, {"将姓名改为 {name}", "changed the name to {name}"}};
    personal name;
    bool operator==(const renamed&) const = default;
};
OPSROOM_DESCRIBE(renamed, (name, line("姓名", "Name")))

struct roles_changed {
    static constexpr std::string_view type = "member.roles_changed.v1";
    static constexpr std::string_view clause = "S1.2";
    static constexpr event_words says{{"更改了角色", "changed the roles"}, {"将角色改为 {roles}", "changed the roles to {roles}"}};
    std::vector<role> roles;
    bool operator==(const roles_changed&) const = default;
};
OPSROOM_DESCRIBE(roles_changed, (roles, roles("角色", "Roles")))

struct department_changed {
    static constexpr std::string_view type = "member.department_changed.v1";
    static constexpr std::string_view clause = "S1.2";
    static constexpr event_words says{{"调整了部门", "changed the department"}, {"调整到部门 {department}", "changed the department to {department}"}};
    events::department department;
    bool operator==(const department_changed&) const = default;
};
OPSROOM_DESCRIBE(department_changed, (department, department("部门", "Department")))

/// Whom they answer to; 0: nobody. What they may not decide themselves goes there (D1).
struct superior_set {
    static constexpr std::string_view type = "member.superior_set.v1";
    static constexpr std::string_view clause = "S1.2";
    static constexpr event_words says{{"设定了上级", "set the superior"}};
    member_id superior;
    bool operator==(const superior_set&) const = default;
};
OPSROOM_DESCRIBE(superior_set, (superior, person("上级", "Superior").may_be_empty()))

/// From `from` until `until`, both included, `to` may do what this member may. A deputy is one without an end.
struct delegated {
    static constexpr std::string_view type = "member.delegated.v1";
    static constexpr std::string_view clause = "S1.3.3";
    static constexpr event_words says{{"设定了代理人", "named a deputy"}, {"委托 {to} 代理，自 {from} 起", "named {to} as deputy from {from}"}};
    member_id to;
    date from;
    std::optional<date> until;
    std::string reason;
    std::optional<bool> beside = {};  ///< what was delegated to them before holds on; of old ones it ended
    bool operator==(const delegated&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(delegated,
    (to, person("代理人", "Deputy").may_have_left()),
    (from, day("第一天", "First day")),
    (until, day("最后一天", "Last day")),
    (reason, reason()),
    (beside, hidden()))
// clang-format on

struct delegation_ended {
    static constexpr std::string_view type = "member.delegation_ended.v1";
    static constexpr std::string_view clause = "S1.3.3";
    static constexpr event_words says{{"结束了代理", "ended a delegation"}, {"结束了 {to} 的代理", "ended the delegation to {to}"}};
    member_id to;
    std::optional<date> from = {};  ///< the one that begins on that day; left out: all of theirs
    bool operator==(const delegation_ended&) const = default;
};
OPSROOM_DESCRIBE(delegation_ended, (to, person("代理人", "Deputy").may_have_left()), (from, day("第一天", "First day")))

/// Who leaves names who takes over what waits on them.
struct handed_over {
    static constexpr std::string_view type = "member.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了工作", "handed over the work"}, {"将工作移交给 {to}", "handed over the work to {to}"}};
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (to, person("接手人", "Successor").may_have_left()))

struct language_chosen {
    static constexpr std::string_view type = "member.language_chosen.v1";
    static constexpr std::string_view clause = "D10";
    static constexpr event_words says{{"选择了语言", "chose a language"}, {"将语言设为 {language}", "chose {language} as the language"}};
    events::language language;
    bool operator==(const language_chosen&) const = default;
};
OPSROOM_DESCRIBE(language_chosen, (language, choice("语言", "Language")))

struct left {
    static constexpr std::string_view type = "member.left.v1";
    static constexpr std::string_view clause = "S1.3.1";
    static constexpr event_words says{{"登记了离职", "recorded the departure"}};
    std::string reason;
    bool operator==(const left&) const = default;
};
OPSROOM_DESCRIBE(left, (reason, reason()))

/// Their personal data is to be unreadable from here on: the key is destroyed once this is durable.
struct erased {
    static constexpr std::string_view type = "member.erased.v1";
    static constexpr std::string_view clause = "D9";
    static constexpr event_words says{{"抹除了个人数据", "erased the personal data"}};
    std::string reason;
    bool operator==(const erased&) const = default;
};
OPSROOM_DESCRIBE(erased, (reason, reason()))

OPSROOM_DEFINE_ENUM(change_kind, (roles, "角色", "Roles"), (department, "部门", "Department"), (superior, "上级", "Superior"), (deputy, "代理人", "Deputy"), (leave, "离职", "Departure"))

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
// clang-format off
OPSROOM_DESCRIBE(change,
    (kind, choice("类别", "Kind")),
    (roles, roles("角色", "Roles")),
    (department, department("部门", "Department")),
    (person, person("上级、代理人或接手人", "Superior, deputy or successor").may_be_empty()),
    (from, day("第一天", "First day")),
    (until, day("最后一天", "Last day")),
    (reason, reason().may_be_empty()))
// clang-format on

/// Waits for a second person. Replaces what was proposed of the same kind before; of a deputy, of the same person.
struct change_proposed {
    static constexpr std::string_view type = "member.change_proposed.v1";
    static constexpr std::string_view clause = "D11";
    static constexpr event_words says{{"提出了人员变动，待第二人确认", "proposed a change, to be confirmed by a second person"}};
    std::uint32_t number;  ///< from 1, of this member
    member_id by;
    member::change change;
    bool operator==(const change_proposed&) const = default;
};
OPSROOM_DESCRIBE(change_proposed, (number, number("变动编号", "Number of the change")), (by, person("提出人", "Proposed by").may_have_left()), (change, group("人员变动", "Change")))

/// It follows at once, in the same batch.
struct change_confirmed {
    static constexpr std::string_view type = "member.change_confirmed.v1";
    static constexpr std::string_view clause = "D11";
    static constexpr event_words says{{"确认了人员变动", "confirmed the change"}, {"确认了 {proposed_by} 提出的人员变动", "confirmed the change that {proposed_by} proposed"}};
    std::uint32_t number;
    member_id proposed_by;
    bool operator==(const change_confirmed&) const = default;
};
OPSROOM_DESCRIBE(change_confirmed, (number, number("变动编号", "Number of the change")), (proposed_by, person("提出人", "Proposed by").may_have_left()))

struct change_declined {
    static constexpr std::string_view type = "member.change_declined.v1";
    static constexpr std::string_view clause = "D11";
    static constexpr event_words says{{"拒绝了人员变动", "declined the change"}};
    std::uint32_t number;
    std::string reason;
    bool operator==(const change_declined&) const = default;
};
OPSROOM_DESCRIBE(change_declined, (number, number("变动编号", "Number of the change")), (reason, reason()))

/// What comes with it in the same batch was brought about by an administrator alone: no superior leader had joined yet.
struct decided_alone {
    static constexpr std::string_view type = "member.decided_alone.v1";
    static constexpr std::string_view clause = "D11";
    static constexpr event_words says{{"单独决定了变动（尚无上级领导）", "decided alone: there was no superior leader yet"}};
    change_kind kind;
    bool operator==(const decided_alone&) const = default;
};
OPSROOM_DESCRIBE(decided_alone, (kind, choice("类别", "Kind")))

/// Their password, sessions and tokens are good no more, and whoever did it was given a one-time link for them.
struct password_reset {
    static constexpr std::string_view type = "member.password_reset.v1";
    static constexpr std::string_view clause = "D11";
    static constexpr event_words says{{"重设了密码", "reset the password"}};
    std::string reason;
    bool operator==(const password_reset&) const = default;
};
OPSROOM_DESCRIBE(password_reset, (reason, reason()))

/// They know of every reset that there was.
struct resets_noted {
    static constexpr std::string_view type = "member.resets_noted.v1";
    static constexpr std::string_view clause = "D11";
    static constexpr event_words says{{"知悉了密码重设", "acknowledged the password reset"}};
    bool operator==(const resets_noted&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(resets_noted)

using any = std::variant<joined, renamed, roles_changed, department_changed, superior_set, delegated, delegation_ended, handed_over,
                         language_chosen, left, erased, change_proposed, change_confirmed, change_declined, decided_alone, password_reset,
                         resets_noted>;

}  // namespace events::member
