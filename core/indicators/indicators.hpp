#pragma once
// Indicators of a role (S6.1), as a template with versions. A role has one that is not retired.
//
//   absent -publish-> published -revise-> published, -retire-> retired

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/indicators.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(indicators_status, absent, published, retired)

BOOST_DEFINE_ENUM_CLASS(indicators_rejection, not_found, already_exists, inactive, not_setter, own_indicators, no_longer_used, role_taken,
                        bad_role, bad_name, bad_indicators, bad_weights, bad_evidence, bad_reason)

struct indicators {
    static constexpr auto category = events::category::indicators;
    static constexpr bool delegable = true;
    using status = indicators_status;
    using rejection = indicators_rejection;
    using event = events::indicators::any;
    using indicator = events::indicators::indicator;

    struct state {
        indicators_status is = indicators_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t version = 0;  ///< of the template
        events::role role;
        events::bilingual name;
        std::vector<indicator> items;
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct publish {
        static constexpr std::string_view type = "indicators.publish";
        static constexpr bool creates = true;
        events::role role;
        events::bilingual name;
        std::vector<indicator> indicators;
    };
    struct revise {
        static constexpr std::string_view type = "indicators.revise";
        events::bilingual name;
        std::vector<indicator> indicators;
        std::string reason;
    };
    struct retire {
        static constexpr std::string_view type = "indicators.retire";
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

BOOST_DESCRIBE_STRUCT(indicators::state, (), (is, flow, version, role, name, items))
BOOST_DESCRIBE_STRUCT(indicators::publish, (), (role, name, indicators))
BOOST_DESCRIBE_STRUCT(indicators::revise, (), (name, indicators, reason))
BOOST_DESCRIBE_STRUCT(indicators::retire, (), (reason))

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
