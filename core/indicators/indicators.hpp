#pragma once
// Indicators of a role (S6.1), as a template with versions. A role has one that is not retired.
//
//   absent -publish-> published -revise-> published, -retire-> retired

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/indicators.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(indicators_status, (absent, "尚未发布", "Not published"), (published, "在用", "In use", active), (retired, "已停用", "Retired"))

BOOST_DEFINE_ENUM_CLASS(indicators_rejection, not_found, already_exists, inactive, not_setter, own_indicators, no_longer_used, role_taken,
                        bad_role, bad_indicators, bad_weights, bad_evidence)

struct indicators {
    static constexpr auto category = events::category::indicators;
    static constexpr events::kind_words says{{"考核指标", "Indicators"}, {"考核指标", "Indicators"}, "S6.1.1",
                                             {"一个角色的考核指标及其权重，按版本管理。", "What a role is appraised by, with weights, in versions."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array sections{events::section_words{"template", {"考核指标", "Indicators"}}};
    static constexpr std::array usual_path{indicators_status::published};
    static constexpr bool delegable = true;
    using status = indicators_status;
    using rejection = indicators_rejection;
    using event = events::indicators::any;
    using indicator = events::indicators::indicator;

    struct state {
        indicators_status is = indicators_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t template_version = 0;
        events::role role;
        events::bilingual name;
        std::vector<indicator> indicators;
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct publish {
        static constexpr std::string_view type = "indicators.publish";
        static constexpr events::command_words says{.label = {"发布考核指标", "Publish indicators"}, .hint = {"每个岗位一份（S6.1），考核按其进行。", "Each role has one set (S6.1), and is appraised by it."}};
        static constexpr bool creates = true;
        events::role role;
        events::bilingual name;
        std::vector<indicator> indicators;
    };
    struct revise {
        static constexpr std::string_view type = "indicators.revise";
        static constexpr events::command_words says{.label = {"修订", "Revise"}, .hint = {"成为新的版本；已开始的考核沿用原版本。", "This makes a new version; appraisals that have begun keep theirs."}};
        events::bilingual name;
        std::vector<indicator> indicators;
        std::string reason;
    };
    struct retire {
        static constexpr std::string_view type = "indicators.retire";
        static constexpr events::command_words says{.label = {"停用", "Retire"}, .grave = {"停用后不能恢复，不再据此开始考核。", "Retired indicators stay retired, and no appraisal opens with them any more."}, .ends = true};
        std::string reason;
    };
    using command = std::variant<publish, revise, retire>;

    static decision<indicators> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations manager = 1;    ///< OM, of the posts below (SP, DA and those that the department adds), where no other department has one (D16)
    static constexpr flow::relations leader = 2;     ///< SL, of any post
    static constexpr flow::relations personnel = 4;  ///< HR, of any post
    static constexpr flow::relations holder = 8;     ///< is appraised by them
    static constexpr std::array<std::string_view, 4> relation_names{"manager", "leader", "personnel", "holder"};
    static constexpr std::array<events::wording, 4> relation_words{{{"运营经理", "Operations manager"}, {"上级领导", "Superior leader"}, {"人力资源", "Human resources"},
                                                                   {"该岗位的任职者", "Holder of the role"}}};

    using row = flow::row<indicators_status, indicators_rejection, state>;
    static const std::array<row, 3> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static std::vector<state> about_to_be(const context& by, project_id within);
    static state as_if(const state& now, const command& asked, const context& by);
    static std::string_view clause_at(const row&, const state& now) { return events::indicators::clause_for(now.role); }
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
};

// clang-format off
OPSROOM_DESCRIBE(indicators::state,
    (is, hidden()), (flow, hidden()),
    (template_version, number("版本", "Version")),
    (role, role("岗位", "Role")),
    (name, bilingual("名称", "Name")),
    (indicators, list("指标", "Indicators")))
OPSROOM_DESCRIBE(indicators::publish,
    (role, role("岗位", "Role").example("SP", "SP")),
    (name, bilingual("名称", "Name").most(80)),
    (indicators, list("指标", "Indicators").least(1).most(32).hint("权重合计 100", "Weights add up to 100")))
OPSROOM_DESCRIBE(indicators::revise,
    (name, bilingual("名称", "Name").most(80)),
    (indicators, list("指标", "Indicators").least(1).most(32).hint("权重合计 100", "Weights add up to 100")),
    (reason, reason().example("更看重质量", "Quality counts for more")))
// clang-format on
OPSROOM_DESCRIBE(indicators::retire, (reason, reason().example("岗位已撤销", "The role is gone")))

/// The indicators that the handbook gives OM (S6.1.1), SP (S6.1.2) and DA (S6.1.3), with weights for a start; nothing
/// for another role. A set-up publishes them.
std::optional<indicators::publish> handbook_indicators(const events::role& of);

/// The number of the template that somebody with these roles is appraised by: of the first of their roles that has one
/// in use; 0: none.
template_id template_for(const std::vector<events::role>& roles, const context& by);

// What every kind says of its entities (core/kernel/decider.hpp).
/// Duties and what they are measured by are for everyone here who is no guest (S1.1).
bool may_see(const indicators::state& of, const context& by);
std::string name_of(const indicators::state& of);
concerned concerned_by(const indicators::event& happened, const indicators::state& of, const events::envelope& about, const context& by);

}  // namespace core
