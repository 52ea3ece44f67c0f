#pragma once
// An alert of early warning (S2.3.4): what a rule saw, from the first period that was out of the ordinary until all is well again.
//
//   absent -notice-> pending -fire-> firing -acknowledge-> acknowledged; -settle, close-> resolved -rate-> rated
//   pending -pass-> passed (it did not last)
//   resolved without anybody having been told -> rated: nobody is asked whether it was of use
//
// Each is told once, when it fires, and when it is over. What fires beneath the alert of a metric above it, or with very many others, is
// listed in that one instead. All but acknowledging, closing and rating comes by itself.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/alert.hpp"
#include "events/catalog/describe.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(alert_status, (absent, "尚未发现", "Not noticed"), (pending, "待观察", "Pending", caution), (firing, "报警", "Firing", bad), (acknowledged, "已确认", "Acknowledged", caution),
                    (resolved, "已解除，待评价", "Resolved, to be rated", active), (rated, "已结束", "Over", good), (passed, "未持续", "Did not last"))

BOOST_DEFINE_ENUM_CLASS(alert_rejection, not_found, already_exists, inactive, not_concerned, not_watched, known_already, not_pending, not_firing, not_open, not_over, bad_under, bad_until)

struct alert {
    static constexpr auto category = events::category::alert;
    static constexpr events::kind_words says{{"预警", "Alert"}, {"预警", "Alerts"}, "S2.3.4",
                                             {"指标出现的异常：何时、偏离多少、告知了谁、如何处理。", "What was out of the ordinary in a metric: when, by how much, who was told, and what became of it."}};
    static constexpr std::array tells_of{events::category::alert};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array sections{events::section_words{"seen", {"首次所见", "As first seen"}}, events::section_words{"fired", {"报警", "When it fired"}},
                                         events::section_words{"acknowledgements", {"确认", "Acknowledged"}, true}, events::section_words{"end", {"解除", "How it ended"}},
                                         events::section_words{"ratings", {"评价", "Of use or not"}, true}};
    static constexpr std::array usual_path{alert_status::pending, alert_status::firing, alert_status::acknowledged, alert_status::resolved, alert_status::rated};
    static constexpr bool delegable = true;
    using status = alert_status;
    using rejection = alert_rejection;
    using event = events::alert::any;
    using sighting = events::alert::sighting;
    using severity = events::alert_rule::severity;
    using told_with = events::alert::told_with;
    using ending = events::alert::ending;
    using worth = events::alert::worth;
    using period = events::metric::period;

    struct state {
        alert_status is = alert_status::absent;
        std::uint32_t flow = 1;
        alert_id id;
        alert_rule_id rule;
        std::string name;                      ///< of the rule
        metric_id metric;
        events::bilingual called;              ///< of the metric
        alert::period period = alert::period::day;
        std::string by;                        ///< the dimension; empty: none
        std::string member;                    ///< of it; empty: the total
        alert::severity severity = alert::severity::warning;
        events::department department;
        member_id owner;
        std::vector<member_id> concerned;
        date from{};                           ///< of the first period that was out of the ordinary
        date until{};                          ///< of the last that was looked at when it fired
        std::string value;                     ///< then
        std::optional<std::string> usual;
        std::optional<std::string> low;
        std::optional<std::string> high;
        events::bilingual why;
        date noticed_on{};
        std::optional<instant> fired_at;
        std::optional<alert::told_with> quietly;
        alert_id under;                        ///< in which it is listed; 0: none
        member_id acknowledged_by;             ///< 0: nobody yet
        std::optional<date> seen_to_by;
        std::optional<alert::ending> how;      ///< it ended
        std::optional<instant> over_at;
        std::optional<alert::worth> worth;     ///< by the newest word
        std::uint64_t said = 0;                ///< digest of the last step and its words: the same again has already taken effect
        bool operator==(const state&) const = default;
    };

    /// Creates. By the system.
    struct notice {
        static constexpr std::string_view type = "alert.notice";
        static constexpr events::command_words says{.label = {"记录异常", "Record what stands out"}};
        static constexpr bool creates = true;
        alert_rule_id rule;
        std::string member;
        alert::sighting first;
        bool fires;                             ///< it need not last any longer
        std::optional<alert::told_with> quietly;
        std::optional<alert_id> under;
    };
    /// By the system, when it has lasted as long as the rule says.
    struct fire {
        static constexpr std::string_view type = "alert.fire";
        static constexpr events::command_words says{.label = {"报警", "Fire"}};
        alert::sighting last;
        std::optional<alert::told_with> quietly;
        std::optional<alert_id> under;
    };
    /// By the system, when it goes on, and why nobody was told is over.
    struct tell {
        static constexpr std::string_view type = "alert.tell";
        static constexpr events::command_words says{.label = {"补告", "Tell"}};
        std::optional<alert::told_with> quietly;
        std::optional<alert_id> under;
    };
    /// By the system.
    struct pass {
        static constexpr std::string_view type = "alert.pass";
        static constexpr events::command_words says{.label = {"记为未持续", "Record that it did not last"}};
    };
    struct acknowledge {
        static constexpr std::string_view type = "alert.acknowledge";
        static constexpr events::command_words says{.label = {"确认并处理", "Acknowledge"}, .hint = {"写明如何处理；其他人可见已有人负责。", "Say what is being done; others see that somebody is at it."}};
        std::string note;
        std::optional<date> seen_to_by;
    };
    /// By the system, when it is over.
    struct settle {
        static constexpr std::string_view type = "alert.settle";
        static constexpr events::command_words says{.label = {"解除", "Resolve"}};
        alert::ending how;
    };
    struct close {
        static constexpr std::string_view type = "alert.close";
        static constexpr events::command_words says{.label = {"关闭", "Close"}, .hint = {"不等数值恢复即结束；写明原因。", "Ends it before the figures are well again. Say what it was."}, .ends = true};
        static constexpr bool decides = true;
        std::string note;
    };
    struct rate {
        static constexpr std::string_view type = "alert.rate";
        static constexpr events::command_words says{.label = {"评价", "Rate"}, .hint = {"有用还是误报：误报过多的规则会建议调整。", "Of use, or a false alarm: a rule with too many of those is to be changed."}};
        alert::worth worth;
        std::optional<std::string> note;
    };
    /// By the system, when the owner leaves.
    struct hand_over {
        static constexpr std::string_view type = "alert.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    using command = std::variant<notice, fire, tell, pass, acknowledge, settle, close, rate, hand_over>;

    static decision<alert> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations owner = 1;
    static constexpr flow::relations told = 2;        ///< named by the rule, or the owner of the metric
    static constexpr flow::relations analyst = 4;     ///< DA of its department
    static constexpr flow::relations manager = 8;     ///< OM of its department
    static constexpr flow::relations leader = 16;     ///< SL
    static constexpr flow::relations rater = 32;      ///< the owner, while nobody has said whether it was of use
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = owner | told | rater;
    static constexpr std::array<std::string_view, 6> relation_names{"owner", "told", "analyst", "manager", "leader", "rater"};
    static constexpr std::array<events::wording, 6> relation_words{
        {{"负责人", "Owner"}, {"告知的人", "Told of it"}, {"数据分析员", "Data analyst"}, {"运营经理", "Operations manager"}, {"上级领导", "Superior leader"},
         {"待评价的负责人", "Owner who has yet to rate it"}}};
    static constexpr std::array<std::pair<alert_status, std::uint16_t>, 2> limits{{{alert_status::firing, 1}, {alert_status::resolved, 5}}};

    static constexpr flow::statuses open = flow::from(alert_status::pending, alert_status::firing, alert_status::acknowledged);
    static constexpr flow::statuses raised = flow::from(alert_status::firing, alert_status::acknowledged);
    /// Whether the same trouble is no news: it is open, was closed by hand, or has had its end.
    static bool is_settled(const state& of) { return (open & flow::from(of.is)) || of.how == ending::closed || of.how == ending::well_again; }
    static constexpr flow::statuses over = flow::from(alert_status::resolved, alert_status::rated, alert_status::passed);
    using row = flow::row<alert_status, alert_rejection, state>;
    static const std::array<row, 9> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static bool waits_in_vain(const row& step, const state& now);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static std::string text_of(const event& happened);
    static void find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to);
};

// clang-format off
OPSROOM_DESCRIBE(alert::state,
    (is, hidden()), (flow, hidden()), (id, hidden()),
    (rule, reference("预警规则", "Alert rule")),
    (name, line("规则名称", "Rule")),
    (metric, reference("指标", "Metric")),
    (called, bilingual("指标名称", "Metric's name")),
    (period, choice("周期", "Period")),
    (by, code("维度", "Dimension")),
    (member, line("成员", "Member")),
    (severity, choice("级别", "Severity")),
    (department, department("部门", "Department")),
    (owner, person("负责人", "Owner")),
    (concerned, people("告知", "Told")),
    (from, day("异常自", "Out of the ordinary since")),
    (until, day("至", "Until")),
    (value, line("数值", "Value")),
    (usual, line("预期", "Expected")),
    (low, line("正常下限", "Usual from")),
    (high, line("正常上限", "Usual to")),
    (why, bilingual("原因", "Why")),
    (noticed_on, day("发现日期", "Noticed on")),
    (fired_at, moment("报警时间", "Fired at")),
    (quietly, choice("未单独告知", "Not told by itself")),
    (under, reference("并入的预警", "Listed in")),
    (acknowledged_by, person("确认人", "Acknowledged by")),
    (seen_to_by, day("处理期限", "Seen to by")),
    (how, choice("结果", "How it ended")),
    (over_at, moment("解除时间", "Over at")),
    (worth, choice("评价", "Of use")),
    (said, hidden()))
OPSROOM_DESCRIBE(alert::notice,
    (rule, reference("预警规则", "Alert rule")), (member, line("成员", "Member").may_be_empty()), (first, group("所见", "Seen")), (fires, yes_no("随即报警", "Fires at once")),
    (quietly, choice("未单独告知", "Not told by itself")), (under, reference("并入的预警", "Listed in").code("bad_under")))
OPSROOM_DESCRIBE(alert::fire,
    (last, group("所见", "Seen")), (quietly, choice("未单独告知", "Not told by itself")), (under, reference("并入的预警", "Listed in").code("bad_under")))
// clang-format on
OPSROOM_DESCRIBE(alert::tell, (quietly, choice("未单独告知", "Not told by itself")), (under, reference("并入的预警", "Listed in").code("bad_under")))
OPSROOM_DESCRIBE_EMPTY(alert::pass)
OPSROOM_DESCRIBE(alert::acknowledge, (note, remark("说明", "Note").example("支付渠道今早故障，已联系对方", "The payment channel failed this morning; they are at it")), (seen_to_by, day("处理期限", "Seen to by").code("bad_until")))
OPSROOM_DESCRIBE(alert::settle, (how, choice("结果", "How")))
OPSROOM_DESCRIBE(alert::close, (note, remark("说明", "Note").example("系统迁移所致，已知", "Due to the system's move, as is known")))
OPSROOM_DESCRIBE(alert::rate, (worth, choice("评价", "Worth").example("useful", "useful").begins_with("useful")), (note, remark("说明", "Note")))
OPSROOM_DESCRIBE(alert::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Everyone in the directory: who reads a figure may know that something is wrong with it.
bool may_see(const alert::state& of, const context& by);
std::string name_of(const alert::state& of);
bool is_work_of(const alert::state& of, member_id who);
concerned concerned_by(const alert::event& happened, const alert::state& of, const events::envelope& about, const context& by);
bool is_own(const alert::state& of, member_id who);
date due_of(const alert::state& of);

}  // namespace core
