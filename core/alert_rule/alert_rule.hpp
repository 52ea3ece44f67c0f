#pragma once
// A rule of early warning (S2.3.4): a metric, what of its figures is out of the ordinary, and whom that concerns.
//
//   absent -draft-> draft -try (by itself, on the past)-> tried -enable-> watching; draft, tried -discard-> discarded
//   draft, tried, paused -revise-> draft (it is tried anew)
//   watching <-> no_data (a settled period has no value), error (the metric can't be calculated): by themselves
//   watching, no_data, error -pause-> paused -enable-> watching; -mute, unmute-> stays
//   watching, no_data, error, paused -retire-> retired
//
// Nothing is switched on that was not tried on the past. What is seen is judged by judging.hpp and watching.hpp, and becomes alerts (core/alert).

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/alert_rule.hpp"
#include "events/catalog/describe.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(alert_rule_status, (absent, "尚未起草", "Not drafted"), (draft, "待回测", "To be tried", active), (tried, "已回测，待启用", "Tried, to be switched on", active),
                    (watching, "监测中", "Watching", good), (no_data, "没有数据", "No data", caution), (error, "无法判断", "Can't be judged", bad), (paused, "已暂停", "Paused"),
                    (retired, "已停用", "Retired"), (discarded, "已作废", "Discarded"))

BOOST_DEFINE_ENUM_CLASS(alert_rule_rejection, not_found, already_exists, inactive, not_drafter, not_keeper, closed, is_on, not_draft, not_tried, not_on, not_muted, no_past, too_noisy,
                        name_taken, bad_metric, bad_period, bad_dimension, bad_condition, bad_until, bad_extras)

struct alert_rule {
    static constexpr auto category = events::category::alert_rule;
    static constexpr events::kind_words says{{"预警规则", "Alert rule"}, {"预警规则", "Alert rules"}, "S2.3.4",
                                             {"监测哪个指标、什么算异常、告知谁；先在历史数据上回测，再启用。", "Which metric is watched, what is out of the ordinary, and who is told; it is tried on the past before it is switched on."}};
    static constexpr std::array tells_of{events::category::alert};
    static constexpr std::array forms{events::form_words{"alert_rule", {"预警规则", "Alert rule"}}};
    static constexpr std::array sections{events::section_words{"rule", {"规则内容", "The rule"}}, events::section_words{"backtest", {"回测", "Tried on the past"}},
                                         events::section_words{"mutes", {"暂停与静音", "Pauses and mutes"}, true}, events::section_words{"doubts", {"误报情况", "False alarms"}, true},
                                         events::section_words{"end", {"停用", "Retirement"}}};
    static constexpr std::array usual_path{alert_rule_status::draft, alert_rule_status::tried, alert_rule_status::watching};
    static constexpr bool delegable = true;
    using status = alert_rule_status;
    using rejection = alert_rule_rejection;
    using event = events::alert_rule::any;
    using form = events::alert_rule::form;
    using condition = events::alert_rule::condition;
    using method = events::alert_rule::method;
    using against = events::alert_rule::against;
    using severity = events::alert_rule::severity;
    using backtest = events::alert_rule::backtest;
    using would_be = events::alert_rule::would_be;
    using period = events::metric::period;

    struct state {
        alert_rule_status is = alert_rule_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t form_version = 0;       ///< of the form that it is filled in by
        alert_rule_id id;
        std::string name;
        metric_id metric;
        alert_rule::period period = alert_rule::period::day;
        std::string by;                       ///< the dimension; empty: none
        alert_rule::condition condition{};
        std::uint32_t lasts = 1;
        std::uint32_t over_after = 2;
        alert_rule::severity severity = alert_rule::severity::warning;
        events::department department;
        member_id owner;
        std::vector<member_id> concerned;
        std::string runbook;
        member_id author;
        std::optional<alert_rule::backtest> backtest;  ///< of the rule as it stands
        std::optional<date> from;             ///< periods that end on it or later are watched
        std::optional<date> muted_until;
        std::uint32_t doubts = 0;             ///< how often it was said to give too many false alarms, as it stands
        std::uint64_t said = 0;               ///< digest of the last step and its words: the same again has already taken effect
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct draft {
        static constexpr std::string_view type = "alert_rule.draft";
        static constexpr events::command_words says{.label = {"起草预警规则", "Draft an alert rule"}, .hint = {"随后自动在历史数据上回测，再由您启用（S2.3.4）。", "It is tried on the past by itself; then you switch it on (S2.3.4)."}};
        static constexpr bool creates = true;
        alert_rule::form form;
    };
    struct revise {
        static constexpr std::string_view type = "alert_rule.revise";
        static constexpr events::command_words says{.label = {"修改规则", "Revise the rule"}, .hint = {"修改后重新回测。", "It is tried on the past anew."}};
        alert_rule::form form;
    };
    /// By the system, when it has figures to try it on.
    struct try_out {
        static constexpr std::string_view type = "alert_rule.try";
        static constexpr events::command_words says{.label = {"回测", "Try on the past"}};
        alert_rule::backtest result;
    };
    struct enable {
        static constexpr std::string_view type = "alert_rule.enable";
        static constexpr events::command_words says{.label = {"启用", "Switch on"}, .hint = {"此后的各期都会判断；平均每周超过两次的，须确认。", "Periods are judged from now on. What would have given more than two alerts a week has to be confirmed."}};
        static constexpr bool decides = true;
        std::optional<bool> often;  ///< that it gives many is known
        std::optional<std::string> note;
    };
    struct pause {
        static constexpr std::string_view type = "alert_rule.pause";
        static constexpr events::command_words says{.label = {"暂停", "Pause"}, .hint = {"不再判断，未解除的预警随之解除。", "Nothing is judged, and its open alerts end."}};
        static constexpr bool decides = true;
        std::string reason;
    };
    struct mute {
        static constexpr std::string_view type = "alert_rule.mute";
        static constexpr events::command_words says{.label = {"静音", "Mute"}, .hint = {"继续判断和记录，到期前不告知任何人。", "It goes on being judged and recorded; nobody is told until then."}};
        static constexpr bool decides = true;
        date until;
        std::string reason;
    };
    struct unmute {
        static constexpr std::string_view type = "alert_rule.unmute";
        static constexpr events::command_words says{.label = {"取消静音", "Unmute"}};
        static constexpr bool decides = true;
    };
    /// By the system, when a settled period has no value.
    struct miss_data {
        static constexpr std::string_view type = "alert_rule.miss_data";
        static constexpr events::command_words says{.label = {"记为没有数据", "Record that there are no data"}};
        date period;
    };
    /// By the system, when its metric can't be calculated.
    struct fail {
        static constexpr std::string_view type = "alert_rule.fail";
        static constexpr events::command_words says{.label = {"记为无法判断", "Record that it can't be judged"}};
        events::bilingual why;
    };
    /// By the system, when it can be judged again.
    struct recover {
        static constexpr std::string_view type = "alert_rule.recover";
        static constexpr events::command_words says{.label = {"恢复监测", "Watch again"}};
    };
    /// By the system, when people call most of its alerts noise.
    struct doubt {
        static constexpr std::string_view type = "alert_rule.doubt";
        static constexpr events::command_words says{.label = {"记为误报过多", "Record too many false alarms"}};
        std::uint32_t noise;
        std::uint32_t of;
    };
    struct retire {
        static constexpr std::string_view type = "alert_rule.retire";
        static constexpr events::command_words says{.label = {"停用", "Retire"}, .grave = {"停用后不能恢复；已有的预警保留。", "A retired rule stays retired. The alerts that there were stay."}, .ends = true};
        std::string reason;
    };
    struct discard {
        static constexpr std::string_view type = "alert_rule.discard";
        static constexpr events::command_words says{.label = {"作废", "Discard"}, .grave = {"作废后不能恢复。", "A discarded rule cannot be restored."}, .ends = true};
        std::string reason;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "alert_rule.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    using command = std::variant<draft, revise, try_out, enable, pause, mute, unmute, miss_data, fail, recover, doubt, retire, discard, hand_over>;

    static decision<alert_rule> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);
    static particulars particulars_of(rejection no, const state& now, const command* asked, const context& by);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations owner = 1;
    static constexpr flow::relations analyst = 2;     ///< DA of its department
    static constexpr flow::relations specialist = 4;  ///< SP of its department
    static constexpr flow::relations manager = 8;     ///< OM of its department
    static constexpr flow::relations leader = 16;     ///< SL
    static constexpr flow::relations author = 32;
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = owner | author;
    static constexpr std::array<std::string_view, 6> relation_names{"owner", "analyst", "specialist", "manager", "leader", "author"};
    static constexpr std::array<events::wording, 6> relation_words{
        {{"负责人", "Owner"}, {"数据分析员", "Data analyst"}, {"业务专员", "Specialist"}, {"运营经理", "Operations manager"}, {"上级领导", "Superior leader"}, {"起草人", "Author"}}};
    static constexpr std::array<std::pair<alert_rule_status, std::uint16_t>, 1> limits{{{alert_rule_status::tried, 5}}};

    static constexpr std::uint32_t often = 200;  ///< alerts a week, in hundredths: more of them have to be confirmed
    static constexpr flow::statuses unenabled = flow::from(alert_rule_status::draft, alert_rule_status::tried);
    static constexpr flow::statuses on = flow::from(alert_rule_status::watching, alert_rule_status::no_data, alert_rule_status::error);
    static constexpr flow::statuses live = unenabled | on | flow::from(alert_rule_status::paused);
    using row = flow::row<alert_rule_status, alert_rule_rejection, state>;
    static const std::array<row, 14> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static sight_change changes_sight(const event& happened);
    static std::string text_of(const event& happened);
    static void follow(const events::recorded& happened, const context& by, follow_ups& all);
};

// clang-format off
OPSROOM_DESCRIBE(alert_rule::state,
    (is, hidden()), (flow, hidden()), (form_version, hidden()), (id, hidden()),
    (name, line("名称", "Name")),
    (metric, reference("指标", "Metric")),
    (period, choice("周期", "Period")),
    (by, code("分列维度", "Split by")),
    (condition, group("条件", "Condition")),
    (lasts, number("连续期数", "Periods in a row")),
    (over_after, number("恢复期数", "Over after")),
    (severity, choice("级别", "Severity")),
    (department, department("部门", "Department")),
    (owner, person("负责人", "Owner")),
    (concerned, people("告知", "Told")),
    (runbook, prose("处理办法", "What to do")),
    (author, person("起草人", "Author")),
    (backtest, group("回测", "Tried on the past")),
    (from, day("监测自", "Watched from")),
    (muted_until, day("静音至", "Muted until")),
    (doubts, number("误报过多次数", "Times it was doubted")),
    (said, hidden()))
// clang-format on
OPSROOM_DESCRIBE(alert_rule::draft, (form, group("预警规则", "Alert rule")))
OPSROOM_DESCRIBE(alert_rule::revise, (form, group("预警规则", "Alert rule")))
OPSROOM_DESCRIBE(alert_rule::try_out, (result, group("回测", "Trial")))
// clang-format off
OPSROOM_DESCRIBE(alert_rule::enable,
    (often, yes_no("确认会经常报警", "Many alerts are wanted").hint("平均每周超过两次时须确认", "Needed where there would have been more than two a week")),
    (note, remark("说明", "Note")))
// clang-format on
OPSROOM_DESCRIBE(alert_rule::pause, (reason, reason().example("渠道迁移期间不监测", "Not watched while the source is moved")))
OPSROOM_DESCRIBE(alert_rule::mute, (until, day("静音至", "Muted until").code("bad_until")), (reason, reason().example("促销期间数值偏高，已知", "Figures are high during the campaign, as is known")))
OPSROOM_DESCRIBE_EMPTY(alert_rule::unmute)
OPSROOM_DESCRIBE(alert_rule::miss_data, (period, day("周期", "Period")))
OPSROOM_DESCRIBE(alert_rule::fail, (why, bilingual("原因", "Why")))
OPSROOM_DESCRIBE_EMPTY(alert_rule::recover)
OPSROOM_DESCRIBE(alert_rule::doubt, (noise, number("误报", "False alarms")), (of, number("最近预警", "Last alerts")))
OPSROOM_DESCRIBE(alert_rule::retire, (reason, reason().example("指标已改口径，另立规则", "The metric means something else now; another rule follows")))
OPSROOM_DESCRIBE(alert_rule::discard, (reason, reason().example("重复起草", "Drafted twice")))
OPSROOM_DESCRIBE(alert_rule::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Everyone in the directory, once it was switched on; before, who has to do with it.
bool may_see(const alert_rule::state& of, const context& by);
std::string name_of(const alert_rule::state& of);
bool is_work_of(const alert_rule::state& of, member_id who);
concerned concerned_by(const alert_rule::event& happened, const alert_rule::state& of, const events::envelope& about, const context& by);
bool is_own(const alert_rule::state& of, member_id who);

}  // namespace core
