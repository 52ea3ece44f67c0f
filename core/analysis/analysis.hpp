#pragma once
// A regular analysis: S3.2.3. A subject that an analyst looks at every so many working days; what has changed, or is wrong, goes
// to OM and the specialists concerned, each of whom takes note of it, and OM says what comes of it.
//
//   absent -plan-> running -report-> reported -handle-> running; running -end-> ended
//   find_steady, change, acknowledge and correct stay. A look while a finding is still open takes its place.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/analysis.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(analysis_status, absent, running, reported, ended)

BOOST_DEFINE_ENUM_CLASS(analysis_rejection, not_found, already_exists, inactive, not_planner, not_owner, not_keeper, not_concerned, not_manager,
                        own_finding, closed, not_reported, still_open, nothing_found, bad_title, bad_subject, bad_sources, bad_method, bad_owner,
                        bad_every, bad_next, bad_concerned, no_such_project, bad_period, bad_observed, bad_figures, bad_cause, bad_suggestion,
                        bad_extras, bad_note, bad_reason, bad_successor)

struct analysis {
    static constexpr auto category = events::category::analysis;
    static constexpr std::array seen_through{events::category::project};
    static constexpr std::array tells_of{events::category::strategy};  // which rest on its findings
    static constexpr bool delegable = true;
    using status = analysis_status;
    using rejection = analysis_rejection;
    using event = events::analysis::any;
    using finding = events::analysis::finding;
    using outcome = events::analysis::outcome;

    /// As it is planned, or planned anew.
    struct form {
        std::string title;
        std::string subject;
        std::string sources;
        std::string method;
        member_id owner;
        std::uint16_t every;  ///< working days
        date next_on;
        std::vector<member_id> concerned;
        std::optional<project_id> project;
    };
    struct state {
        analysis_status is = analysis_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t form_version = 0;       ///< of the newest finding's form
        events::department department;
        std::string title;
        member_id owner;
        std::uint16_t every = 0;
        date next_on{};
        std::vector<member_id> concerned;
        project_id project;                   ///< 0: none
        std::uint32_t looks = 0;              ///< that were taken
        std::uint32_t found = 0;              ///< the look that found something last; 0: none has
        events::priority priority = events::priority::normal;  ///< of that finding
        std::vector<member_id> acknowledged;  ///< that finding
        std::uint64_t said = 0;               ///< digest of the last step and its words: the same again has already taken effect
        flow::hands hands;
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct plan {
        static constexpr std::string_view type = "analysis.plan";
        static constexpr bool creates = true;
        analysis::form form;
    };
    struct change {
        static constexpr std::string_view type = "analysis.change";
        analysis::form form;
        std::string reason;
    };
    struct report {
        static constexpr std::string_view type = "analysis.report";
        analysis::finding finding;
    };
    struct find_steady {
        static constexpr std::string_view type = "analysis.find_steady";
        date from;
        date until;
        std::string note;
    };
    struct correct {
        static constexpr std::string_view type = "analysis.correct";
        analysis::finding finding;
        std::string reason;
    };
    struct acknowledge {
        static constexpr std::string_view type = "analysis.acknowledge";
    };
    struct handle {
        static constexpr std::string_view type = "analysis.handle";
        analysis::outcome outcome;
        std::string reason;
    };
    struct end {
        static constexpr std::string_view type = "analysis.end";
        std::string reason;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "analysis.hand_over";
        member_id from;
        member_id to;
    };
    using command = std::variant<plan, change, report, find_steady, correct, acknowledge, handle, end, hand_over>;

    static decision<analysis> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations manager = 1;    ///< OM of its department
    static constexpr flow::relations analyst = 2;    ///< DA
    static constexpr flow::relations owner = 4;      ///< looks at it
    static constexpr flow::relations concerned = 8;  ///< is told of what is found
    static constexpr flow::relations pending = 16;   ///< and has not taken note of the newest finding
    static constexpr flow::relations leader = 32;    ///< SL
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = owner | concerned | pending;
    static constexpr std::array<std::string_view, 6> relation_names{"manager", "analyst", "owner", "concerned", "pending", "leader"};
    static constexpr std::array<std::pair<analysis_status, std::uint16_t>, 1> limits{{{analysis_status::reported, 3}}};

    static constexpr flow::statuses open = flow::from(analysis_status::running, analysis_status::reported);
    using row = flow::row<analysis_status, analysis_rejection, state>;
    static const std::array<row, 9> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static flow::holders holders(const state& now);
    static flow::relations hand_in(const event& happened);
    static flow::relations settled_by(const event& happened);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static sight_change changes_sight(const event& happened);
    static std::string text_of(const event& happened);
};

BOOST_DESCRIBE_STRUCT(analysis::form, (), (title, subject, sources, method, owner, every, next_on, concerned, project))
BOOST_DESCRIBE_STRUCT(analysis::state, (), (is, flow, form_version, department, title, owner, every, next_on, concerned, project, looks, found, priority,
                                            acknowledged, said, hands))
BOOST_DESCRIBE_STRUCT(analysis::plan, (), (form))
BOOST_DESCRIBE_STRUCT(analysis::change, (), (form, reason))
BOOST_DESCRIBE_STRUCT(analysis::report, (), (finding))
BOOST_DESCRIBE_STRUCT(analysis::find_steady, (), (from, until, note))
BOOST_DESCRIBE_STRUCT(analysis::correct, (), (finding, reason))
BOOST_DESCRIBE_STRUCT(analysis::acknowledge, (), ())
BOOST_DESCRIBE_STRUCT(analysis::handle, (), (outcome, reason))
BOOST_DESCRIBE_STRUCT(analysis::end, (), (reason))
BOOST_DESCRIBE_STRUCT(analysis::hand_over, (), (from, to))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Its department, who looks, those concerned; OM and DA of any department, SL, AU; who shares its project (S1.3.4).
bool may_see(const analysis::state& of, const context& by);
std::string name_of(const analysis::state& of);
bool is_work_of(const analysis::state& of, member_id who);
std::optional<date> said_due(const analysis::state& of, std::string_view command, const context& by);
concerned concerned_by(const analysis::event& happened, const analysis::state& of, const events::envelope& about, const context& by);
bool is_own(const analysis::state& of, member_id who);
date due_of(const analysis::state& of);

}  // namespace core
