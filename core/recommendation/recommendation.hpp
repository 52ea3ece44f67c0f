#pragma once
// A recommendation of a report and what becomes of it: S4.3.3, S4.3.1.
//
//   absent -propose (with its report, or by somebody who cites one)-> proposed -adopt-> adopted -start (its task is there)-> in_execution
//   in_execution -execute (the task was accepted)-> executed -verify-> verified; -close (the task was cancelled)-> closed
//   proposed -decline-> declined
//
// Nobody decides on what they recommended, nor says whether what they did has helped (D1).

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/recommendation.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(recommendation_status, (absent, "尚未提出", "Not made"), (proposed, "待决定", "Awaiting a decision", active), (adopted, "已采纳", "Adopted", good),
                    (in_execution, "执行中", "In execution", active), (executed, "待验证效果", "Effect to be verified", active), (verified, "已验证", "Verified", good),
                    (declined, "未采纳", "Declined"), (closed, "已终止", "Ended"))

BOOST_DEFINE_ENUM_CLASS(recommendation_rejection, not_found, already_exists, inactive, not_proposer, not_manager, own_recommendation, not_analyst, own_work, not_keeper,
                        closed, decided_already, not_adopted, not_executing, not_executed, no_such_report, no_such_figure, bad_due, bad_task, uncited, no_such_metric)

struct recommendation {
    static constexpr auto category = events::category::recommendation;
    static constexpr events::kind_words says{{"报告建议", "Recommendation"}, {"报告建议", "Recommendations"}, "S4.3.3",
                                             {"数据报告提出的建议：由运营经理决定是否采纳，采纳后成为任务，完成后由数据分析员验证效果。",
                                              "What reports recommend: the operations manager adopts or declines it, an adopted one becomes a task, and a data analyst verifies its effect."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array sections{events::section_words{"proposed", {"建议内容", "Recommendation"}}, events::section_words{"verdict", {"决定", "Decision"}},
                                         events::section_words{"execution", {"执行", "Execution"}, true}, events::section_words{"effect", {"效果验证", "Verification"}}};
    static constexpr std::array usual_path{recommendation_status::proposed, recommendation_status::adopted, recommendation_status::in_execution, recommendation_status::executed,
                                           recommendation_status::verified};
    static constexpr bool delegable = true;
    using status = recommendation_status;
    using rejection = recommendation_rejection;
    using event = events::recommendation::any;
    using finding = events::recommendation::finding;
    using effect = events::recommendation::effect;

    struct state {
        recommendation_id id;
        recommendation_status is = recommendation_status::absent;
        std::uint32_t flow = 1;
        report_id report;
        std::uint32_t number = 0;             ///< its place in the report, from 1; 0: it is not in there
        events::department department;
        member_id proposer;
        events::report::advice advice{};
        member_id adopter;                    ///< 0: nobody has
        member_id assignee;                   ///< as it was adopted
        date due{};
        std::string standard;
        std::optional<std::string> baseline;
        std::optional<std::string> target;    ///< as it was adopted
        task_id task;                         ///< 0: none
        std::optional<recommendation::effect> effect;
        std::uint64_t said = 0;               ///< digest of the last step and its words: the same again has already taken effect
        flow::hands hands;
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct propose {
        static constexpr std::string_view type = "recommendation.propose";
        static constexpr std::array<std::string_view, 2> system_fields{"number", "by"};
        static constexpr events::command_words says{.label = {"提出建议", "Make a recommendation"},
                                                     .hint = {"报告中的建议随发布自动提出；此处用于事后依据某份报告提出。", "Those of a report are made as it is published. This is for one that is made later, from what a report says."}};
        static constexpr bool creates = true;
        report_id report;
        events::report::advice advice;
        std::optional<std::uint32_t> number = {};  ///< by the system: its place in the report
        std::optional<member_id> by = {};          ///< by the system: the report's author
    };
    struct adopt {
        static constexpr std::string_view type = "recommendation.adopt";
        static constexpr events::command_words says{.label = {"采纳", "Adopt"}, .hint = {"同时成为一项任务。写明衡量它的数值，日后据此验证效果。", "It becomes a task at once. Name what it is measured by: its effect is verified against that."},
                                                     .verdict = events::verdict::pass};
        member_id assignee;
        date due;
        std::string standard;
        std::optional<std::string> baseline;
        std::optional<std::string> target;
    };
    struct decline {
        static constexpr std::string_view type = "recommendation.decline";
        static constexpr events::command_words says{.label = {"不采纳", "Decline"}, .grave = {"之后不能恢复；情况有变时可另行提出。", "A declined recommendation stays so. Where things change another one is made."}, .verdict = events::verdict::reject, .ends = true};
        std::string reason;
    };
    /// By the system, in the batch in which it is adopted.
    struct start {
        static constexpr std::string_view type = "recommendation.start";
        static constexpr events::command_words says{.label = {"交付执行", "Put into execution"}};
        task_id task;
    };
    /// By the system, when the task is accepted.
    struct execute {
        static constexpr std::string_view type = "recommendation.execute";
        static constexpr events::command_words says{.label = {"记录已完成", "Record as carried out"}};
    };
    struct verify {
        static constexpr std::string_view type = "recommendation.verify";
        static constexpr events::command_words says{.label = {"验证效果", "Verify the effect"}, .hint = {"以数值说明是否达到预期（S4.3.3）。未见效果也照实写明。", "Say by the figures whether it has had the effect that was expected (S4.3.3), also where it had none."}};
        static constexpr bool decides = true;
        recommendation::finding finding;
    };
    /// By the system, when the task is cancelled.
    struct close {
        static constexpr std::string_view type = "recommendation.close";
        static constexpr events::command_words says{.label = {"终止", "End"}};
        std::string reason;
    };
    using command = std::variant<propose, adopt, decline, start, execute, verify, close>;

    static decision<recommendation> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations analyst = 1;     ///< DA of its department
    static constexpr flow::relations specialist = 2;  ///< SP
    static constexpr flow::relations manager = 4;     ///< OM of its department
    static constexpr flow::relations leader = 8;      ///< SL
    static constexpr flow::relations proposer = 16;
    static constexpr flow::relations doer = 32;       ///< has, or had, the task
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = proposer | doer;
    static constexpr std::array<std::string_view, 6> relation_names{"analyst", "specialist", "manager", "leader", "proposer", "doer"};
    static constexpr std::array<events::wording, 6> relation_words{{{"数据分析员", "Data analyst"}, {"运营专员", "Operations specialist"}, {"运营经理", "Operations manager"},
                                                                   {"上级领导", "Superior leader"}, {"提出人", "Who recommended it"}, {"执行人", "Who carries it out"}}};
    static constexpr std::array<std::pair<recommendation_status, std::uint16_t>, 2> limits{{{recommendation_status::proposed, 5}, {recommendation_status::executed, 20}}};

    using row = flow::row<recommendation_status, recommendation_rejection, state>;
    static const std::array<row, 7> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static flow::holders holders(const state& now) { return {{now.proposer, proposer}}; }
    static flow::relations hand_in(const event& happened);
    static flow::relations settled_by(const event&) { return 0; }
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static void follow(const events::recorded& happened, const context& by, follow_ups& all);
    static std::string text_of(const event& happened);
};

// clang-format off
OPSROOM_DESCRIBE(recommendation::state,
    (id, hidden()), (is, hidden()), (flow, hidden()),
    (report, reference("报告", "Report")),
    (number, number("报告中的序号", "Place in the report")),
    (department, department("部门", "Department")),
    (proposer, person("提出人", "Proposed by")),
    (advice, group("建议", "Recommendation")),
    (adopter, person("采纳人", "Adopted by")),
    (assignee, person("执行人", "Assignee")),
    (due, day("完成时限", "Due date")),
    (standard, prose("工作标准", "Standard")),
    (baseline, line("采纳时的数值", "Baseline")),
    (target, line("目标值", "Target")),
    (task, reference("任务", "Task")),
    (effect, choice("效果", "Effect")),
    (said, hidden()), (hands, hidden()))
OPSROOM_DESCRIBE(recommendation::propose,
    (report, reference("依据的报告", "Report").hint("须为已发布的报告", "One that is published").code("no_such_report")),
    (advice, group("建议", "Recommendation")),
    (number, hidden()), (by, hidden()))
OPSROOM_DESCRIBE(recommendation::adopt,
    (assignee, person("执行人", "Assignee").code("assignee_not_active").example("@chen.wei", "@chen.wei")),
    (due, day("完成时限", "Due date").example("+2w", "+2w")),
    (standard, prose("工作标准", "Standard").hint("成果将按此标准验收", "The result is accepted against it").example("首单券按新门槛上线", "The coupon is live with the new threshold")),
    (baseline, line("现在的数值", "Baseline").most(64).hint("效果将与此比较", "The effect is compared with it").example("56.1", "56.1")),
    (target, line("目标值", "Target").most(64).hint("不填则为建议中的目标", "Left out: that of the recommendation").example("60", "60")))
// clang-format on
OPSROOM_DESCRIBE(recommendation::decline, (reason, reason().example("本季预算已用完", "This quarter's budget is spent")))
OPSROOM_DESCRIBE(recommendation::start, (task, reference("任务", "Task").code("bad_task")))
OPSROOM_DESCRIBE_EMPTY(recommendation::execute)
OPSROOM_DESCRIBE(recommendation::verify, (finding, group("效果验证", "Verification")))
OPSROOM_DESCRIBE(recommendation::close, (reason, reason()))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Everyone in the directory, as the report that it is of.
bool may_see(const recommendation::state& of, const context& by);
/// The first line of what is recommended, cut where it is long.
std::string name_of(const recommendation::state& of);
concerned concerned_by(const recommendation::event& happened, const recommendation::state& of, const events::envelope& about, const context& by);
bool is_own(const recommendation::state& of, member_id who);
date due_of(const recommendation::state& of);

}  // namespace core
