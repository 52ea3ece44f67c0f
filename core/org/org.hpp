#pragma once
// How the company is organised: departments and roles as data (S1.2), and the settings for what the handbook leaves
// open (handbook, 4). There is one, number 1, from the beginning.
//
// As long as no department is defined any code will do: a small team needs no chart. The handbook's roles need no definition.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/org.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(org_status, (open, "现行", "In effect", good))

BOOST_DEFINE_ENUM_CLASS(org_rejection, inactive, not_admin, not_settler, bad_parent, parent_circle, no_such_department, department_in_use, no_such_role,
                        role_of_the_handbook, role_in_use, bad_settings, by_itself, not_back, judges_people)

struct org {
    static constexpr auto category = events::category::org;
    static constexpr events::kind_words says{{"组织", "Organisation"}, {"组织", "Organisation"}, "S1.2",
                                             {"部门、角色与制度参数。", "Departments, roles and settings."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array<events::section_words, 0> sections{};
    static constexpr std::array<org_status, 0> usual_path{};
    static constexpr bool singleton = true;
    using status = org_status;
    using rejection = org_rejection;
    using event = events::org::any;

    struct unit {
        events::department department;
        events::bilingual name;
        std::optional<events::department> parent;
        bool operator==(const unit&) const = default;
    };
    struct post {
        events::role role;
        events::bilingual name;
        bool operator==(const post&) const = default;
    };
    struct state {
        std::vector<unit> departments;  ///< by code
        std::vector<post> roles;        ///< by code
        events::org::settings settings;
        std::uint32_t settings_number = 1;

        bool has(const events::department& d) const;
        bool has(const events::role& r) const;
        bool operator==(const state&) const = default;
    };

    struct define_department {
        static constexpr std::string_view type = "org.define_department";
        static constexpr events::command_words says{.label = {"定义部门", "Define a department"}, .hint = {"代码已有的，改其名称与上级部门。", "Where there is one of that code, its name and parent change."}, .verb = "department"};
        events::department department;
        events::bilingual name;
        std::optional<events::department> parent;
    };
    struct retire_department {
        static constexpr std::string_view type = "org.retire_department";
        static constexpr events::command_words says{.label = {"取消部门", "Retire a department"}, .hint = {"此后不能再有人调入。仍有在职成员或下级部门的不能取消。", "Nobody can be moved into it after that. It must have neither active members nor departments below it."}};
        events::department department;
    };
    struct define_role {
        static constexpr std::string_view type = "org.define_role";
        static constexpr events::command_words says{.label = {"定义角色", "Define a role"}, .hint = {"代码已有的，改其名称。", "Where there is one of that code, its name changes."}, .verb = "role"};
        events::role role;
        events::bilingual name;
    };
    struct retire_role {
        static constexpr std::string_view type = "org.retire_role";
        static constexpr events::command_words says{.label = {"取消角色", "Retire a role"}, .hint = {"此后不能再授予。仍有在职成员担任的不能取消。", "Nobody can be given it after that. No active member may still hold it."}};
        events::role role;
    };
    /// Replaces all settings. What people are judged by (scores, grades, and the days of an appraisal) is not for human resources
    /// alone, who are judged by it themselves (D11).
    struct configure {
        static constexpr std::string_view type = "org.configure";
        static constexpr events::command_words says{.label = {"更改制度参数", "Change the settings"}, .hint = {"一次给出全部参数。进行中的考核仍按原参数评分。", "All settings at once. An appraisal that is final keeps those that it was scored by."}};
        events::org::settings settings;
        std::string reason;
    };
    /// By the system, where the clock is right again after what was dated by a wrong one.
    struct set_clock_back {
        static constexpr std::string_view type = "org.set_clock_back";
        static constexpr events::command_words says{.label = {"拨回时钟", "Set the clock back"}};
        events::instant from;  ///< the latest that anything is dated
        events::org::time_witness witness;
    };
    using command = std::variant<define_department, retire_department, define_role, retire_role, configure, set_clock_back>;

    static decision<org> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    static constexpr flow::relations admin = 1;      ///< AD
    static constexpr flow::relations personnel = 2;  ///< HR
    static constexpr flow::relations leader = 4;     ///< SL
    static constexpr flow::relations admin_alone = 8;     ///< AD, where there is no SL
    static constexpr std::array<std::string_view, 4> relation_names{"admin", "personnel", "leader", "admin_alone"};
    static constexpr std::array<events::wording, 4> relation_words{{{"系统管理员", "System administrator"}, {"人力资源", "Human resources"}, {"上级领导", "Superior leader"},
                                                                   {"系统管理员（没有上级领导时）", "System administrator, where there is no superior leader"}}};

    using row = flow::row<org_status, org_rejection>;
    static const std::array<row, 6> flow;

    static status status_of(const state&) { return org_status::open; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status) { return asked.not_now; }
};

OPSROOM_DESCRIBE(org::unit, (department, code("部门代码", "Department code")), (name, bilingual("部门名称", "Department name")), (parent, department("上级部门", "Parent department")))
OPSROOM_DESCRIBE(org::post, (role, code("角色代码", "Role code")), (name, bilingual("角色名称", "Role name")))
// clang-format off
OPSROOM_DESCRIBE(org::state,
    (departments, list("部门", "Departments")),
    (roles, list("角色", "Roles")),
    (settings, group("制度参数", "Settings")),
    (settings_number, number("参数版本", "Version of the settings")))
OPSROOM_DESCRIBE(org::define_department,
    (department, code("部门代码", "Department code").hint("一经使用不再改变", "It stays as it is once it is used").example("marketing", "marketing")),
    (name, bilingual("部门名称", "Department name").most(80).example("市场部", "Marketing")),
    (parent, department("上级部门", "Parent department").hint("不填则没有上级部门", "Left out: it belongs to none")))
// clang-format on
OPSROOM_DESCRIBE(org::retire_department, (department, department("部门", "Department").code("no_such_department").example("marketing", "marketing")))
OPSROOM_DESCRIBE(org::define_role, (role, code("角色代码", "Role code").hint("一经使用不再改变", "It stays as it is once it is used").example("QA", "QA")), (name, bilingual("角色名称", "Role name").most(80).example("质检专员", "Quality assurance")))
OPSROOM_DESCRIBE(org::retire_role, (role, role("角色", "Role").code("no_such_role").example("QA", "QA")))
OPSROOM_DESCRIBE(org::configure, (settings, group("制度参数", "Settings")), (reason, reason().example("作息时间调整", "New hours")))
OPSROOM_DESCRIBE(org::set_clock_back, (from, moment("拨回前的时间", "Time before")), (witness, choice("时间依据", "Time given by")))

/// Whether people can be put into the department: none is defined, or it is. Whether they can be given the role: it is of the
/// handbook, or defined.
bool is_known(const events::department& d, const context& by);
bool is_known(const events::role& r, const context& by);

/// Those that there are, for who named another: "operations（运营部 / Operations）、…".
std::string known_departments(const context& by);
std::string known_roles(const context& by);

// What every kind says of its entities (core/kernel/decider.hpp).
concerned concerned_by(const org::event& happened, const org::state& of, const events::envelope& about, const context& by);

}  // namespace core
