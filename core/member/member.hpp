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
                        no_such_delegation, successor_needed, bad_successor, own_place, last_administrator, nobody_confirms,
                        not_second_person, own_proposal, no_such_change, change_outdated, no_login, unknown_department, unknown_role, last_holder)

struct member {
    static constexpr auto category = events::category::member;
    static constexpr bool own_read_model = true;
    using status = member_status;
    using rejection = member_rejection;
    using event = events::member::any;

    struct standing_in {
        member_id by;
        date from{};
        std::optional<date> until;
        bool operator==(const standing_in&) const = default;
    };
    /// A change that waits for a second person.
    struct open_change {
        std::uint32_t number = 0;
        member_id by;  ///< who proposed it
        events::member::change change;
        bool operator==(const open_change&) const = default;
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
        std::vector<open_change> changes;    ///< that wait for a second person, the oldest first
        std::uint32_t last_change = 0;       ///< the highest number that was given out
        bool reset = false;                  ///< somebody reset their password, and they have not taken note
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
        std::optional<bool> although_last = {};  ///< nobody is left who is OM of the department, SL or HR: it is meant so
    };
    struct set_department {
        static constexpr std::string_view type = "member.set_department";
        events::department department;
        std::optional<bool> although_last = {};  ///< as under set_roles
    };
    struct choose_language {
        static constexpr std::string_view type = "member.choose_language";
        events::language language;
    };
    struct set_superior {
        static constexpr std::string_view type = "member.set_superior";
        member_id superior;  ///< 0: nobody
    };
    /// Another absence with the same deputy is beside the first; the same first day again changes that one.
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
        std::optional<date> from = {};  ///< the one that begins on that day; left out: all of theirs
    };
    struct leave {
        static constexpr std::string_view type = "member.leave";
        std::string reason;
        std::optional<member_id> successor;  ///< who takes over what waits on them; needed where something does
        std::optional<bool> although_last = {};  ///< as under set_roles
    };
    struct erase {
        static constexpr std::string_view type = "member.erase";
        std::string reason;
    };
    /// What was proposed of them, by its number: what that says is never changed, so who confirms has read it.
    struct confirm_change {
        static constexpr std::string_view type = "member.confirm_change";
        std::uint32_t number;
    };
    /// Also by who proposed it, and by whom it is about.
    struct decline_change {
        static constexpr std::string_view type = "member.decline_change";
        std::uint32_t number;
        std::string reason;
    };
    /// Ends their password, sessions and tokens; a one-time link is made beside it (server/identity).
    struct reset_password {
        static constexpr std::string_view type = "member.reset_password";
        std::string reason;
    };
    struct note_resets {
        static constexpr std::string_view type = "member.note_resets";
    };
    using command = std::variant<join, rename, set_roles, set_department, choose_language, leave, erase, set_superior, delegate, end_delegation,
                                 confirm_change, decline_change, reset_password, note_resets>;

    static decision<member> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations self = 1;
    static constexpr flow::relations admin = 2;      ///< AD
    static constexpr flow::relations personnel = 4;  ///< HR
    static constexpr flow::relations second = 8;     ///< may confirm something that is proposed of them
    static constexpr flow::relations proposer = 16;  ///< has proposed something of them
    static constexpr std::array<std::string_view, 5> relation_names{"self", "admin", "personnel", "second", "proposer"};

    using row = flow::row<member_status, member_rejection>;
    static const std::array<row, 14> flow;

    static status status_of(const state& now) { return now.is; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status at);
};

BOOST_DESCRIBE_STRUCT(member::standing_in, (), (by, from, until))
BOOST_DESCRIBE_STRUCT(member::open_change, (), (number, by, change))
BOOST_DESCRIBE_STRUCT(member::state, (), (is, language, id, department, roles, name, superior, delegates, changes, last_change, reset))
BOOST_DESCRIBE_STRUCT(member::join, (), (name, login, external, department, roles, language))
BOOST_DESCRIBE_STRUCT(member::rename, (), (name))
BOOST_DESCRIBE_STRUCT(member::set_roles, (), (roles, although_last))
BOOST_DESCRIBE_STRUCT(member::set_department, (), (department, although_last))
BOOST_DESCRIBE_STRUCT(member::choose_language, (), (language))
BOOST_DESCRIBE_STRUCT(member::leave, (), (reason, successor, although_last))
BOOST_DESCRIBE_STRUCT(member::set_superior, (), (superior))
BOOST_DESCRIBE_STRUCT(member::delegate, (), (to, from, until, reason))
BOOST_DESCRIBE_STRUCT(member::end_delegation, (), (to, from))
BOOST_DESCRIBE_STRUCT(member::erase, (), (reason))
BOOST_DESCRIBE_STRUCT(member::confirm_change, (), (number))
BOOST_DESCRIBE_STRUCT(member::decline_change, (), (number, reason))
BOOST_DESCRIBE_STRUCT(member::reset_password, (), (reason))
BOOST_DESCRIBE_STRUCT(member::note_resets, (), ())

// What every kind says of its entities (core/kernel/decider.hpp).
concerned concerned_by(const member::event& happened, const member::state& of, const events::envelope& about, const context& by);

}  // namespace core
