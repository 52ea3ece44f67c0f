#pragma once
// A member: who works in, or with, the department. They join once, and may leave; who has left acts no more, and
// may then be erased: what is personal of theirs is forgotten (D9), what they did stays.
//
//   absent -join-> active -leave-> left -erase-> erased

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/member.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(member_status, (absent, "尚未加入", "Not a member yet"), (active, "在职", "Active", good), (left, "已离职", "Left"), (erased, "已抹除个人数据", "Erased"))

BOOST_DEFINE_ENUM_CLASS(member_rejection, not_found, already_exists, inactive, not_admin, not_self, own_erasure, has_left,
                        still_active, bad_name, bad_login, login_taken, bad_external, not_organiser, superior_circle, bad_delegate,
                        bad_delegation_days, delegation_circle, no_such_delegation, successor_needed, bad_successor, own_place,
                        last_administrator, nobody_confirms, not_second_person, own_proposal, no_such_change, change_outdated, no_login,
                        unknown_department, unknown_role, last_holder)

struct member {
    static constexpr auto category = events::category::member;
    static constexpr events::kind_words says{{"成员", "Member"}, {"成员", "Members"}, "S1.2.1",
                                             {"在部门工作或与部门合作的人。离开后不再能操作，所做之事保留。", "Somebody who works in the department or with it. Who has left acts no more; what they did stays."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array<events::section_words, 0> sections{};
    static constexpr std::array usual_path{member_status::active};
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
        static constexpr events::command_words says{.label = {"新增成员", "Add a member"}, .hint = {"涉及权力的变动须由第二人确认后才生效（D11）。", "What gives power takes effect once a second person has confirmed it (D11)."}};
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
        static constexpr events::command_words says{.label = {"更改姓名", "Change the name"}};
        std::string name;
    };
    struct set_roles {
        static constexpr std::string_view type = "member.set_roles";
        static constexpr events::command_words says{.label = {"更改角色", "Change roles"}, .hint = {"涉及权力的变动须由第二人确认后才生效（D11）。", "What gives power takes effect once a second person has confirmed it (D11)."}, .verb = "roles"};
        std::vector<role> roles;
        std::optional<bool> although_last = {};  ///< nobody is left who is OM of the department, SL or HR: it is meant so
    };
    struct set_department {
        static constexpr std::string_view type = "member.set_department";
        static constexpr events::command_words says{.label = {"调整部门", "Change department"}, .hint = {"涉及权力的变动须由第二人确认后才生效（D11）。", "What gives power takes effect once a second person has confirmed it (D11)."}, .verb = "department"};
        events::department department;
        std::optional<bool> although_last = {};  ///< as under set_roles
    };
    struct choose_language {
        static constexpr std::string_view type = "member.choose_language";
        static constexpr events::command_words says{.label = {"选择语言", "Choose a language"}, .verb = "language"};
        events::language language;
    };
    struct set_superior {
        static constexpr std::string_view type = "member.set_superior";
        static constexpr events::command_words says{.label = {"设定上级", "Set the superior"}, .hint = {"涉及权力的变动须由第二人确认后才生效（D11）。", "What gives power takes effect once a second person has confirmed it (D11)."}};
        member_id superior;  ///< 0: nobody
    };
    /// Another absence with the same deputy is beside the first; the same first day again changes that one.
    struct delegate {
        static constexpr std::string_view type = "member.delegate";
        static constexpr events::command_words says{.label = {"委托代理", "Delegate"}, .hint = {"其间代理人可代为办理；不给最后一天则为常设代理。", "In those days the deputy may act for them; without a last day, until it is ended."}};
        member_id to;
        date from;
        std::optional<date> until;
        std::string reason;
    };
    struct end_delegation {
        static constexpr std::string_view type = "member.end_delegation";
        static constexpr events::command_words says{.label = {"结束代理", "End the delegation"}};
        member_id to;
        std::optional<date> from = {};  ///< the one that begins on that day; left out: all of theirs
    };
    struct leave {
        static constexpr std::string_view type = "member.leave";
        static constexpr events::command_words says{.label = {"登记离职", "Record the departure"},
                                                     .grave = {"此人不能再登录，未完成的工作转给接手人。", "They can sign in no more, and what waits on them goes to their successor."}};
        std::string reason;
        std::optional<member_id> successor;  ///< who takes over what waits on them; needed where something does
        std::optional<bool> although_last = {};  ///< as under set_roles
    };
    struct erase {
        static constexpr std::string_view type = "member.erase";
        static constexpr events::command_words says{.label = {"抹除个人数据", "Erase personal data"}, .grave = {"姓名与所写文字的密钥一经销毁，无人能够恢复。", "The key to their name and words is destroyed: nobody can bring them back."}};
        std::string reason;
    };
    /// What was proposed of them, by its number: what that says is never changed, so who confirms has read it.
    struct confirm_change {
        static constexpr std::string_view type = "member.confirm_change";
        static constexpr events::command_words says{.label = {"确认人员变动", "Confirm the change"}, .verdict = events::verdict::pass, .verb = "confirm"};
        std::uint32_t number;
    };
    /// Also by who proposed it, and by whom it is about.
    struct decline_change {
        static constexpr std::string_view type = "member.decline_change";
        static constexpr events::command_words says{.label = {"拒绝人员变动", "Decline the change"}, .hint = {"提出人与当事人也可以。", "Who proposed it, and whom it is about, may too."}, .verdict = events::verdict::reject, .ends = true, .verb = "decline"};
        std::uint32_t number;
        std::string reason;
    };
    /// Ends their password, sessions and tokens; a one-time link is made beside it (server/identity).
    struct reset_password {
        static constexpr std::string_view type = "member.reset_password";
        static constexpr events::command_words says{.label = {"重设密码", "Reset the password"}, .hint = {"原密码、会话与令牌随即失效，另生成一次性链接交给本人。", "Their password, sessions and tokens end at once, and a one-time link is made for them."}};
        std::string reason;
    };
    struct note_resets {
        static constexpr std::string_view type = "member.note_resets";
        static constexpr events::command_words says{.label = {"知悉密码重设", "Acknowledge the reset"}, .verb = "noted"};
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
    static constexpr std::array<events::wording, 5> relation_words{{{"本人", "The member"}, {"系统管理员", "System administrator"}, {"人力资源", "Human resources"},
                                                                   {"确认变动的第二人", "Second person, who confirms changes"}, {"提出变动的人", "Who proposed a change"}}};

    using row = flow::row<member_status, member_rejection>;
    static const std::array<row, 14> flow;

    static status status_of(const state& now) { return now.is; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status at);
};

BOOST_DESCRIBE_STRUCT(member::standing_in, (), (by, from, until))
BOOST_DESCRIBE_STRUCT(member::open_change, (), (number, by, change))
// clang-format off
OPSROOM_DESCRIBE(member::state,
    (is, hidden()),
    (language, choice("语言", "Language")),
    (id, hidden()),
    (department, department("部门", "Department")),
    (roles, roles("角色", "Roles")),
    (name, hidden()),
    (superior, person("上级", "Superior").may_be_empty()),
    (delegates, hidden()),
    (changes, hidden()),
    (last_change, hidden()),
    (reset, hidden()))
OPSROOM_DESCRIBE(member::join,
    (name, line("姓名", "Name").most(80).example("李娜", "Li Na")),
    (login, line("登录名", "Login").most(64).hint("小写字母、数字、点、下划线和连字符；不填则不能登录", "Small letters, digits, dot, underscore and hyphen; left out: they cannot sign in").example("li.na", "li.na")),
    (external, line("外部标识", "External identity").most(128).hint("导入的成员在来源系统中的身份，如 slack:U02AB", "Who somebody is where they were imported from, such as slack:U02AB")),
    (department, department("部门", "Department").example("operations", "operations")),
    (roles, roles("角色", "Roles").most(16).example("SP,DA", "SP,DA")),
    (language, choice("语言", "Language").example("zh", "en").begins_with("zh")))
// clang-format on
OPSROOM_DESCRIBE(member::rename, (name, line("姓名", "Name").most(80).example("李娜", "Li Na")))
// clang-format off
OPSROOM_DESCRIBE(member::set_roles,
    (roles, roles("角色", "Roles").most(16).hint("替换原有的全部角色", "In place of all that there were").example("SP,DA", "SP,DA")),
    (although_last, yes_no("确认无人接任", "Although it stays vacant").hint("此后该部门的运营经理、上级领导或人力资源将无人担任", "Nobody is left who is operations manager of the department, superior leader or human resources")))
OPSROOM_DESCRIBE(member::set_department,
    (department, department("部门", "Department").example("operations", "operations")),
    (although_last, yes_no("确认无人接任", "Although it stays vacant").hint("此后该部门的运营经理、上级领导或人力资源将无人担任", "Nobody is left who is operations manager of the department, superior leader or human resources")))
// clang-format on
OPSROOM_DESCRIBE(member::choose_language, (language, choice("语言", "Language").example("zh", "en")))
// clang-format off
OPSROOM_DESCRIBE(member::leave,
    (reason, reason().example("调往深圳分公司", "Moved to the Shenzhen branch")),
    (successor, person("接手人", "Successor").hint("有未完成的工作时须指定", "Needed where work waits on them").example("@wang.fang", "@wang.fang")),
    (although_last, yes_no("确认无人接任", "Although it stays vacant").hint("此后该部门的运营经理、上级领导或人力资源将无人担任", "Nobody is left who is operations manager of the department, superior leader or human resources")))
// clang-format on
OPSROOM_DESCRIBE(member::set_superior, (superior, person("上级", "Superior").may_be_empty().example("@li.na", "@li.na")))
// clang-format off
OPSROOM_DESCRIBE(member::delegate,
    (to, person("代理人", "Deputy").code("bad_delegate").example("@wang.fang", "@wang.fang")),
    (from, day("第一天", "First day").begins_with("today").code("bad_delegation_days").example("2026-12-01", "2026-12-01")),
    (until, day("最后一天", "Last day").code("bad_delegation_days").hint("不填则为常设代理", "Left out: until it is ended").example("2026-12-05", "2026-12-05")),
    (reason, reason().example("年假", "Annual leave")))
OPSROOM_DESCRIBE(member::end_delegation,
    (to, person("代理人", "Deputy").may_have_left().example("@wang.fang", "@wang.fang")),
    (from, day("第一天", "First day").code("no_such_delegation").hint("只结束从这天起的一段；不填则结束全部", "Ends the one that begins on that day; left out: all of theirs")))
// clang-format on
OPSROOM_DESCRIBE(member::erase, (reason, reason().example("保存期限已满", "Retention is over")))
OPSROOM_DESCRIBE(member::confirm_change, (number, number("变动编号", "Number of the change").example("2", "2")))
OPSROOM_DESCRIBE(member::decline_change, (number, number("变动编号", "Number of the change").example("2", "2")), (reason, reason().example("年后再议", "Not before the new year")))
OPSROOM_DESCRIBE(member::reset_password, (reason, reason().example("忘记密码", "Lost it")))
OPSROOM_DESCRIBE_EMPTY(member::note_resets)

// What every kind says of its entities (core/kernel/decider.hpp).
concerned concerned_by(const member::event& happened, const member::state& of, const events::envelope& about, const context& by);

}  // namespace core
