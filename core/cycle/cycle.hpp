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
#include "events/catalog/describe.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(cycle_status, (absent, "尚未计划", "Not planned"), (planned, "计划中", "Planned"), (open, "自评中", "Self-appraisal", active),
                    (self_closed, "评价中", "Evaluation", active), (evaluation_closed, "评价已截止", "Evaluation closed", active),
                    (calibration, "校准中", "Calibration", active), (closed, "已结束", "Closed", good), (cancelled, "已取消", "Cancelled"))

BOOST_DEFINE_ENUM_CLASS(cycle_rejection, not_found, already_exists, inactive, not_organiser, over, not_planned, not_open, not_self_closed,
                        not_evaluation_closed, not_calibrating, not_due, already_planned, bad_period, bad_schedule, bad_reason, not_left_out)

struct cycle {
    static constexpr auto category = events::category::cycle;
    static constexpr events::kind_words says{{"考核周期", "Appraisal cycle"}, {"考核周期", "Appraisal cycles"}, "S6.2.1",
                                             {"每季度末和每年末的考核。", "The appraisals at the end of each quarter and year."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array sections{events::section_words{"schedule", {"日程", "Schedule"}}};
    static constexpr std::array usual_path{cycle_status::planned, cycle_status::open, cycle_status::self_closed, cycle_status::evaluation_closed,
                                           cycle_status::calibration, cycle_status::closed};
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
        static constexpr events::command_words says{.label = {"计划考核周期", "Plan a cycle"}, .hint = {"每个季度和每个年度各一个（S6.2）。", "There is one for each quarter and each year (S6.2)."}};
        static constexpr bool creates = true;
        cycle::kind kind;
        std::uint16_t year;
        std::optional<std::uint8_t> quarter;  ///< 1 to 4, of a quarterly one
        std::optional<cycle::schedule> schedule;
    };
    struct reschedule {
        static constexpr std::string_view type = "cycle.reschedule";
        static constexpr events::command_words says{.label = {"更改日程", "Reschedule"}};
        cycle::schedule schedule;
        std::string reason;
    };
    struct open {
        static constexpr std::string_view type = "cycle.open";
        static constexpr events::command_words says{.label = {"开启周期", "Open the cycle"}, .hint = {"为每位有考核指标的成员建立考核；到计划日期由系统自动进行。", "Everyone who has indicators gets an appraisal; on its planned day this happens by itself."}};
        static constexpr bool decides = true;
        std::optional<std::string> reason = {};
    };
    struct close_self {
        static constexpr std::string_view type = "cycle.close_self";
        static constexpr events::command_words says{.label = {"截止自评", "Close self-appraisal"}, .hint = {"到计划日期由系统自动进行。", "On its planned day this happens by itself."}};
        static constexpr bool decides = true;
        std::optional<std::string> reason = {};
    };
    struct close_evaluation {
        static constexpr std::string_view type = "cycle.close_evaluation";
        static constexpr events::command_words says{.label = {"截止评价", "Close evaluation"}, .hint = {"到计划日期由系统自动进行。", "On its planned day this happens by itself."}};
        static constexpr bool decides = true;
        std::optional<std::string> reason = {};
    };
    struct begin_calibration {
        static constexpr std::string_view type = "cycle.begin_calibration";
        static constexpr events::command_words says{.label = {"开始校准", "Begin calibration"}, .hint = {"到计划日期由系统自动进行。", "On its planned day this happens by itself."}, .verb = "calibrate"};
        static constexpr bool decides = true;
        std::optional<std::string> reason = {};
    };
    struct close {
        static constexpr std::string_view type = "cycle.close";
        static constexpr events::command_words says{.label = {"结束周期", "Close the cycle"}, .hint = {"到计划日期由系统自动进行。", "On its planned day this happens by itself."}};
        static constexpr bool decides = true;
        std::optional<std::string> reason = {};
    };
    struct cancel {
        static constexpr std::string_view type = "cycle.cancel";
        static constexpr events::command_words says{.label = {"取消周期", "Cancel the cycle"}, .grave = {"取消后不能恢复。", "A cancelled cycle stays cancelled."}, .ends = true};
        std::string reason;
    };
    /// Somebody who is left out of it stays out.
    struct excuse {
        static constexpr std::string_view type = "cycle.excuse";
        static constexpr events::command_words says{.label = {"豁免考核", "Excuse from the cycle"}, .hint = {"未纳入本期考核的人，写明原因后不再列为遗漏（S1.2）。", "Whoever has no appraisal in it counts as left out until the reason is given (S1.2)."}};
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
    static constexpr std::array<events::wording, 3> relation_words{{{"运营经理", "Operations manager"}, {"人力资源", "Human resources"}, {"上级领导", "Superior leader"}}};

    static constexpr flow::statuses under_way =
        flow::from(cycle_status::planned, cycle_status::open, cycle_status::self_closed, cycle_status::evaluation_closed, cycle_status::calibration);
    using row = flow::row<cycle_status, cycle_rejection, state>;
    static const std::array<row, 9> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static void follow(const events::recorded& happened, const context& by, follow_ups& all);
    static sight_change changes_sight(const event& happened);
};

// clang-format off
OPSROOM_DESCRIBE(cycle::state,
    (is, hidden()), (flow, hidden()),
    (kind, choice("种类", "Kind")),
    (year, number("年份", "Year")),
    (quarter, number("季度", "Quarter").hint("年度考核为 0", "0 of an annual one")),
    (schedule, group("日程", "Schedule")),
    (excused, people("豁免人员", "Excused")))
OPSROOM_DESCRIBE(cycle::plan,
    (kind, choice("种类", "Kind").begins_with("quarter").example("quarter", "quarter")),
    (year, number("年份", "Year").least(2000).most(9998).code("bad_period").begins_with("today").example("2026", "2026")),
    (quarter, number("季度", "Quarter").least(1).most(4).code("bad_period").hint("年度考核不填", "Not for an annual one").example("4", "4")),
    (schedule, group("日程", "Schedule").hint("不填则按工作日历和设置推算", "Left out, it follows from the working calendar and the settings")))
// clang-format on
OPSROOM_DESCRIBE(cycle::reschedule, (schedule, group("日程", "Schedule")), (reason, reason().example("公司活动", "Company event")))
OPSROOM_DESCRIBE(cycle::open, (reason, reason().hint("不在计划当天进行时须写明", "Needed on another day than planned").example("放假，提前一天", "A day early: holidays")))
OPSROOM_DESCRIBE(cycle::close_self, (reason, reason().hint("不在计划当天进行时须写明", "Needed on another day than planned").example("放假，提前一天", "A day early: holidays")))
OPSROOM_DESCRIBE(cycle::close_evaluation, (reason, reason().hint("不在计划当天进行时须写明", "Needed on another day than planned").example("放假，提前一天", "A day early: holidays")))
OPSROOM_DESCRIBE(cycle::begin_calibration, (reason, reason().hint("不在计划当天进行时须写明", "Needed on another day than planned").example("放假，提前一天", "A day early: holidays")))
OPSROOM_DESCRIBE(cycle::close, (reason, reason().hint("不在计划当天进行时须写明", "Needed on another day than planned").example("放假，提前一天", "A day early: holidays")))
OPSROOM_DESCRIBE(cycle::cancel, (reason, reason().example("重复计划", "Planned twice")))
OPSROOM_DESCRIBE(cycle::excuse, (member, person("豁免人员", "Who is excused").code("not_left_out").hint("未纳入本期考核的成员", "Somebody who is left out of it").example("@emma", "@emma")), (reason, reason().example("试用期内", "Still on probation")))

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
std::vector<cycle::command> made_up(const cycle::state& of, const lost_time& lost);
std::vector<cycle::command> set_right(const cycle::state& of, const wrong_clock& wrong, const context& by);

// What every kind says of its entities (core/kernel/decider.hpp).
/// "2026 Q3"; "2026" of a year.
std::string period_name(std::uint16_t year, std::uint8_t quarter);
/// Everyone here who is no guest.
bool may_see(const cycle::state& of, const context& by);
std::string name_of(const cycle::state& of);
concerned concerned_by(const cycle::event& happened, const cycle::state& of, const events::envelope& about, const context& by);
date due_of(const cycle::state& of);

}  // namespace core
