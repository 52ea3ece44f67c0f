#pragma once
// How the company is organised: departments and roles as data (S1.2), and the settings for what the handbook leaves
// open (handbook, 4). There is one, number 1, from the beginning.
//
// As long as no department is defined any code will do: a small team needs no chart. The handbook's roles need no definition.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/org.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(org_status, open)

BOOST_DEFINE_ENUM_CLASS(org_rejection, inactive, not_admin, not_settler, bad_department, bad_role, bad_name, bad_parent, parent_circle,
                        no_such_department, department_in_use, no_such_role, role_of_the_handbook, role_in_use, bad_settings, bad_reason, by_itself,
                        not_back, judges_people)

struct org {
    static constexpr auto category = events::category::org;
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
        events::department department;
        events::bilingual name;
        std::optional<events::department> parent;
    };
    struct retire_department {
        static constexpr std::string_view type = "org.retire_department";
        events::department department;
    };
    struct define_role {
        static constexpr std::string_view type = "org.define_role";
        events::role role;
        events::bilingual name;
    };
    struct retire_role {
        static constexpr std::string_view type = "org.retire_role";
        events::role role;
    };
    /// Replaces all settings. What people are judged by (scores, grades, and the days of an appraisal) is not for human resources
    /// alone, who are judged by it themselves (D11).
    struct configure {
        static constexpr std::string_view type = "org.configure";
        events::org::settings settings;
        std::string reason;
    };
    /// By the system, where the clock is right again after what was dated by a wrong one.
    struct set_clock_back {
        static constexpr std::string_view type = "org.set_clock_back";
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

    using row = flow::row<org_status, org_rejection>;
    static const std::array<row, 6> flow;

    static status status_of(const state&) { return org_status::open; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status) { return asked.not_now; }
};

BOOST_DESCRIBE_STRUCT(org::unit, (), (department, name, parent))
BOOST_DESCRIBE_STRUCT(org::post, (), (role, name))
BOOST_DESCRIBE_STRUCT(org::state, (), (departments, roles, settings, settings_number))
BOOST_DESCRIBE_STRUCT(org::define_department, (), (department, name, parent))
BOOST_DESCRIBE_STRUCT(org::retire_department, (), (department))
BOOST_DESCRIBE_STRUCT(org::define_role, (), (role, name))
BOOST_DESCRIBE_STRUCT(org::retire_role, (), (role))
BOOST_DESCRIBE_STRUCT(org::configure, (), (settings, reason))
BOOST_DESCRIBE_STRUCT(org::set_clock_back, (), (from, witness))

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
