#pragma once
// An appraisal cycle (S6.2): each quarter end and each year end.
//
//   absent -plan-> planned -open-> open -close_self-> self_closed -close_evaluation-> evaluation_closed
//   -begin_calibration-> calibration -close-> closed; planned -cancel-> cancelled
//
// Each step is taken by the system on its day, or by HR or OM, with a reason where it is another day.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/cycle.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(cycle_status, absent, planned, open, self_closed, evaluation_closed, calibration, closed, cancelled)

BOOST_DEFINE_ENUM_CLASS(cycle_rejection, not_found, already_exists, inactive, not_organiser, over, not_planned, not_open, not_self_closed,
                        not_evaluation_closed, not_calibrating, not_due, already_planned, bad_period, bad_schedule, bad_reason, not_left_out)

struct cycle {
    static constexpr auto category = events::category::cycle;
    static constexpr bool delegable = true;
    using status = cycle_status;
    using rejection = cycle_rejection;
    using event = events::cycle::any;
    using kind = events::cycle::kind;
    using schedule = events::cycle::schedule;

    struct state {
        cycle_status is = cycle_status::absent;
        std::uint32_t flow = 1;
        cycle::kind kind = cycle::kind::quarter;
        std::uint16_t year = 0;
        std::uint8_t quarter = 0;  ///< 0: the year
        cycle::schedule schedule{};
        std::vector<member_id> excused;  ///< who have no appraisal in it, with a reason
        bool operator==(const state&) const = default;
    };

    /// Creates. Without a schedule the days follow from the calendar and the settings.
    struct plan {
        static constexpr std::string_view type = "cycle.plan";
        static constexpr bool creates = true;
        cycle::kind kind;
        std::uint16_t year;
        std::optional<std::uint8_t> quarter;  ///< 1 to 4, of a quarterly one
        std::optional<cycle::schedule> schedule;
    };
    struct reschedule {
        static constexpr std::string_view type = "cycle.reschedule";
        cycle::schedule schedule;
        std::string reason;
    };
    struct open {
        static constexpr std::string_view type = "cycle.open";
        std::optional<std::string> reason = {};
    };
    struct close_self {
        static constexpr std::string_view type = "cycle.close_self";
        std::optional<std::string> reason = {};
    };
    struct close_evaluation {
        static constexpr std::string_view type = "cycle.close_evaluation";
        std::optional<std::string> reason = {};
    };
    struct begin_calibration {
        static constexpr std::string_view type = "cycle.begin_calibration";
        std::optional<std::string> reason = {};
    };
    struct close {
        static constexpr std::string_view type = "cycle.close";
        std::optional<std::string> reason = {};
    };
    struct cancel {
        static constexpr std::string_view type = "cycle.cancel";
        std::string reason;
    };
    /// Somebody who is left out of it stays out.
    struct excuse {
        static constexpr std::string_view type = "cycle.excuse";
        member_id member;
        std::string reason;
    };
    using command = std::variant<plan, reschedule, open, close_self, close_evaluation, begin_calibration, close, cancel, excuse>;

    static decision<cycle> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations manager = 1;    ///< OM, where no other department has one (D16)
    static constexpr flow::relations personnel = 2;  ///< HR
    static constexpr flow::relations leader = 4;     ///< SL
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr std::array<std::string_view, 3> relation_names{"manager", "personnel", "leader"};

    static constexpr flow::statuses under_way =
        flow::from(cycle_status::planned, cycle_status::open, cycle_status::self_closed, cycle_status::evaluation_closed, cycle_status::calibration);
    using row = flow::row<cycle_status, cycle_rejection, state>;
    static const std::array<row, 9> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static sight_change changes_sight(const event& happened);
};

BOOST_DESCRIBE_STRUCT(cycle::state, (), (is, flow, kind, year, quarter, schedule, excused))
BOOST_DESCRIBE_STRUCT(cycle::plan, (), (kind, year, quarter, schedule))
BOOST_DESCRIBE_STRUCT(cycle::reschedule, (), (schedule, reason))
BOOST_DESCRIBE_STRUCT(cycle::open, (), (reason))
BOOST_DESCRIBE_STRUCT(cycle::close_self, (), (reason))
BOOST_DESCRIBE_STRUCT(cycle::close_evaluation, (), (reason))
BOOST_DESCRIBE_STRUCT(cycle::begin_calibration, (), (reason))
BOOST_DESCRIBE_STRUCT(cycle::close, (), (reason))
BOOST_DESCRIBE_STRUCT(cycle::cancel, (), (reason))
BOOST_DESCRIBE_STRUCT(cycle::excuse, (), (member, reason))

/// The first and the last day that a cycle is about.
struct period {
    date first;
    date last;
};
period period_of(events::cycle::kind kind, std::uint16_t year, std::uint8_t quarter);

/// Opens on the first working day after the period, or from today if that is past; then so many working days as are
/// settled for F6, for F7, and for calibration, which begins when evaluation has closed.
cycle::schedule default_schedule(const period& of, const context& by);

/// Where its days to come go, now that the calendar is that of `by` and no more `before`: one that follows from the settings is made
/// again, of any other the days that are off now go on to the next working day. Nothing: they stay.
std::optional<cycle::schedule> moved_schedule(const cycle::state& of, const working_calendar& before, const context& by);

/// The steps whose day has come, in their order: what a tick gives in the system's name.
std::vector<cycle::command> due_commands(const cycle::state& now, const context& by);

// What every kind says of its entities (core/kernel/decider.hpp).
/// "2026 Q3"; "2026" of a year.
std::string period_name(std::uint16_t year, std::uint8_t quarter);
/// Everyone here who is no guest.
bool may_see(const cycle::state& of, const context& by);
std::string name_of(const cycle::state& of);
concerned concerned_by(const cycle::event& happened, const cycle::state& of, const events::envelope& about, const context& by);
date due_of(const cycle::state& of);

}  // namespace core
