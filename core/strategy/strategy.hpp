#pragma once
// A version of a strategy or plan (F19): S3.2.4, S2.2.2. It rests on data and facts, is conveyed to those concerned, each of whom
// acknowledges it, and its execution is checked until the next version takes its place.
//
//   absent -draft-> draft -submit-> submitted -publish-> published; -return-> draft
//   draft of OM's own -publish-> published; draft, submitted -discard-> discarded
//   published -acknowledge, convey, check-> stays; -supersede-> superseded (by the next one); -end-> ended
//
// To adjust it on data is OM's own part (S3.2.4), so OM publishes what OM drafted; it is not a verdict on a submission.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/strategy.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(strategy_status, absent, draft, submitted, published, superseded, ended, discarded)

BOOST_DEFINE_ENUM_CLASS(strategy_rejection, not_found, already_exists, inactive, not_drafter, not_author, not_manager, not_concerned, not_checker,
                        own_strategy, closed, not_draft, not_submitted, not_unpublished, not_published, other_form, not_current, bad_title, bad_grounds,
                        no_such_finding, bad_adjustment, bad_content, bad_expected, bad_effective, bad_acknowledge_by, bad_check_on, bad_concerned, bad_replaces,
                        no_such_project, bad_extras, bad_reason, bad_members, bad_found, bad_measures, bad_next, bad_successor)

struct strategy {
    static constexpr auto category = events::category::strategy;
    static constexpr std::array seen_through{events::category::project};
    static constexpr bool delegable = true;
    using status = strategy_status;
    using rejection = strategy_rejection;
    using event = events::strategy::any;
    using kind = events::strategy::kind;
    using standing = events::strategy::standing;
    using ground = events::strategy::ground;

    /// F19 as it is filled in.
    struct form {
        std::string title;
        strategy::kind kind;
        std::vector<strategy::ground> grounds;
        std::string adjustment;
        std::string content;
        std::string expected;
        date effective;
        date acknowledge_by;
        date check_on;
        std::vector<member_id> concerned;
        std::optional<strategy_id> replaces;
        std::optional<project_id> project;
        events::form_extras extras;
    };
    /// F19a.
    using check_form = events::strategy::check;
    /// A look of an analysis.
    struct citation {
        analysis_id analysis;
        std::uint32_t look = 0;
        bool operator==(const citation&) const = default;
    };
    struct state {
        strategy_status is = strategy_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t form_version = 0;       ///< of F19, that it is filled in by
        strategy::kind kind = strategy::kind::strategy;
        events::department department;
        std::string title;
        member_id author;
        date effective{};
        date acknowledge_by{};
        date check_on{};                      ///< when its execution is checked next
        std::vector<member_id> concerned;
        std::vector<member_id> acknowledged;
        std::vector<citation> cites;          ///< findings that it rests on
        strategy_id replaces;                 ///< 0: none
        strategy_id superseded_by;            ///< 0: none
        project_id project;                   ///< 0: none
        std::string sha256;                   ///< of the form as it stands
        std::uint32_t number = 0;             ///< of the version in its line; 0: not published
        std::uint32_t checks = 0;             ///< that were made
        strategy::standing standing = strategy::standing::on_track;  ///< by the last check
        std::uint64_t said = 0;               ///< digest of the last step and its words: the same again has already taken effect
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct draft {
        static constexpr std::string_view type = "strategy.draft";
        static constexpr bool creates = true;
        strategy::form form;
    };
    struct revise {
        static constexpr std::string_view type = "strategy.revise";
        strategy::form form;
    };
    struct submit {
        static constexpr std::string_view type = "strategy.submit";
    };
    struct send_back {
        static constexpr std::string_view type = "strategy.return";
        std::string reason;
    };
    struct publish {
        static constexpr std::string_view type = "strategy.publish";
        std::string sha256;  ///< of the form that was read
    };
    struct acknowledge {
        static constexpr std::string_view type = "strategy.acknowledge";
    };
    struct convey {
        static constexpr std::string_view type = "strategy.convey";
        std::vector<member_id> members;
        date acknowledge_by;
    };
    struct check {
        static constexpr std::string_view type = "strategy.check";
        strategy::check_form check;
    };
    /// By the system, when the next version is published.
    struct supersede {
        static constexpr std::string_view type = "strategy.supersede";
        strategy_id by;
    };
    struct end {
        static constexpr std::string_view type = "strategy.end";
        std::string reason;
    };
    struct discard {
        static constexpr std::string_view type = "strategy.discard";
        std::string reason;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "strategy.hand_over";
        member_id from;
        member_id to;
    };
    using command = std::variant<draft, revise, submit, send_back, publish, acknowledge, convey, check, supersede, end, discard, hand_over>;

    static decision<strategy> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations manager = 1;     ///< OM of its department
    static constexpr flow::relations specialist = 2;  ///< SP
    static constexpr flow::relations leader = 4;      ///< SL
    static constexpr flow::relations author = 8;
    static constexpr flow::relations writer = 16;     ///< the author, who is not OM: they submit it
    static constexpr flow::relations publisher = 32;  ///< OM, of what was submitted or is their own
    static constexpr flow::relations concerned = 64;
    static constexpr flow::relations pending = 128;   ///< concerned, and has not acknowledged it
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = author | writer | concerned | pending;
    static constexpr std::array<std::string_view, 8> relation_names{"manager", "specialist", "leader", "author", "writer", "publisher", "concerned",
                                                                    "pending"};
    static constexpr std::array<std::pair<strategy_status, std::uint16_t>, 1> limits{{{strategy_status::submitted, 5}}};

    static constexpr flow::statuses unpublished = flow::from(strategy_status::draft, strategy_status::submitted);
    static constexpr flow::statuses live = flow::from(strategy_status::draft, strategy_status::submitted, strategy_status::published);
    using row = flow::row<strategy_status, strategy_rejection, state>;
    static const std::array<row, 12> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static bool waits_in_vain(const row& step, const state& now);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static sight_change changes_sight(const event& happened);
    static std::string text_of(const event& happened);
};

BOOST_DESCRIBE_STRUCT(strategy::form, (), (title, kind, grounds, adjustment, content, expected, effective, acknowledge_by, check_on, concerned, replaces,
                                           project, extras))
BOOST_DESCRIBE_STRUCT(strategy::citation, (), (analysis, look))
BOOST_DESCRIBE_STRUCT(strategy::state, (), (is, flow, form_version, kind, department, title, author, effective, acknowledge_by, check_on, concerned, acknowledged, cites,
                                            replaces, superseded_by, project, sha256, number, checks, standing, said))
BOOST_DESCRIBE_STRUCT(strategy::draft, (), (form))
BOOST_DESCRIBE_STRUCT(strategy::revise, (), (form))
BOOST_DESCRIBE_STRUCT(strategy::submit, (), ())
BOOST_DESCRIBE_STRUCT(strategy::send_back, (), (reason))
BOOST_DESCRIBE_STRUCT(strategy::publish, (), (sha256))
BOOST_DESCRIBE_STRUCT(strategy::acknowledge, (), ())
BOOST_DESCRIBE_STRUCT(strategy::convey, (), (members, acknowledge_by))
BOOST_DESCRIBE_STRUCT(strategy::check, (), (check))
BOOST_DESCRIBE_STRUCT(strategy::supersede, (), (by))
BOOST_DESCRIBE_STRUCT(strategy::end, (), (reason))
BOOST_DESCRIBE_STRUCT(strategy::discard, (), (reason))
BOOST_DESCRIBE_STRUCT(strategy::hand_over, (), (from, to))

/// Whether the strategy or plan holds today, or will.
inline bool is_in_force(const strategy::state& of) { return of.is == strategy_status::published; }

// What every kind says of its entities (core/kernel/decider.hpp).
/// Before it is published: its author, OM, SL, AU. From then on its department, those concerned and who shares its project as well.
bool may_see(const strategy::state& of, const context& by);
std::string name_of(const strategy::state& of);
bool is_work_of(const strategy::state& of, member_id who);
std::optional<date> said_due(const strategy::state& of, std::string_view command, const context& by);
concerned concerned_by(const strategy::event& happened, const strategy::state& of, const events::envelope& about, const context& by);
bool is_own(const strategy::state& of, member_id who);
date due_of(const strategy::state& of);

}  // namespace core
