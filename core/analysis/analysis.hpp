#pragma once
// A regular analysis: S3.2.3. A subject that an analyst looks at every so many working days; what has changed, or is wrong, goes
// to OM and the specialists concerned, each of whom takes note of it, and OM says what comes of it.
//
//   absent -plan-> running -report-> reported -handle-> running; running -end-> ended
//   find_steady, change, acknowledge and correct stay. A look while a finding is still open takes its place.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/analysis.hpp"
#include "events/catalog/describe.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(analysis_status, (absent, "尚未计划", "Not planned"), (running, "进行中", "In progress", active), (reported, "有待处理的发现", "Finding to be handled", caution),
                    (ended, "已结束", "Ended"))

BOOST_DEFINE_ENUM_CLASS(analysis_rejection, not_found, already_exists, inactive, not_planner, not_owner, not_keeper, not_concerned, not_manager,
                        own_finding, closed, not_reported, still_open, nothing_found, bad_owner, bad_next, bad_concerned, no_such_project, bad_period,
                        bad_figures, bad_extras)

struct analysis {
    static constexpr auto category = events::category::analysis;
    static constexpr events::kind_words says{{"数据分析", "Analysis"}, {"数据分析", "Analyses"}, "S3.2.3",
                                             {"由分析人定期进行；有变化或问题时报告发现，由运营经理处理。", "Made at regular intervals by an analyst; what has changed or is wrong is reported as a finding, which OM handles."}};
    static constexpr std::array seen_through{events::category::project};
    static constexpr std::array tells_of{events::category::strategy};  // which rest on its findings
    static constexpr std::array forms{events::form_words{"finding", {"数据分析发现", "Finding of an analysis"}}};
    static constexpr std::array sections{events::section_words{"plan", {"分析计划", "Plan"}}, events::section_words{"looks", {"历次分析", "Runs"}, true},
                                         events::section_words{"handled", {"处理结果", "Outcomes"}, true},
                                         events::section_words{"acknowledgements", {"确认情况", "Acknowledgements"}, true}};
    static constexpr std::array usual_path{analysis_status::running, analysis_status::reported, analysis_status::ended};
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
        static constexpr events::command_words says{.label = {"计划数据分析", "Plan an analysis"},
                                                     .hint = {"定期分析数据（S3.2.3）：发现的变化和问题通知运营经理和相关专员，由其逐一确认，并写明如何处理。",
                                                              "Data are analysed regularly (S3.2.3): the operations manager and the specialists concerned are notified of changes and problems, acknowledge them, and the outcome is recorded."}};
        static constexpr bool creates = true;
        analysis::form form;
    };
    struct change {
        static constexpr std::string_view type = "analysis.change";
        static constexpr events::command_words says{.label = {"修改分析计划", "Change the plan"}};
        analysis::form form;
        std::string reason;
    };
    struct report {
        static constexpr std::string_view type = "analysis.report";
        static constexpr events::command_words says{.label = {"报告发现", "Report a finding"}};
        analysis::finding finding;
    };
    struct find_steady {
        static constexpr std::string_view type = "analysis.find_steady";
        static constexpr events::command_words says{.label = {"报告无异常", "Report nothing unusual"}, .verb = "steady"};
        date from;
        date until;
        std::string note;
    };
    struct correct {
        static constexpr std::string_view type = "analysis.correct";
        static constexpr events::command_words says{.label = {"更正发现", "Correct the finding"}, .hint = {"更正后各人须重新确认。", "Everybody then acknowledges it anew."}};
        analysis::finding finding;
        std::string reason;
    };
    struct acknowledge {
        static constexpr std::string_view type = "analysis.acknowledge";
        static constexpr events::command_words says{.label = {"确认已阅", "Acknowledge"}};
    };
    struct handle {
        static constexpr std::string_view type = "analysis.handle";
        static constexpr events::command_words says{.label = {"处理发现", "Handle the finding"}};
        static constexpr bool decides = true;
        analysis::outcome outcome;
        std::string reason;
    };
    struct end {
        static constexpr std::string_view type = "analysis.end";
        static constexpr events::command_words says{.label = {"结束分析", "End the analysis"}, .grave = {"结束后不再分析；如需继续，须另行计划。", "There are no more runs; to go on, another analysis has to be planned."}, .ends = true};
        std::string reason;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "analysis.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
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
    static constexpr std::array<events::wording, 6> relation_words{{{"所属部门的运营经理", "Operations manager"}, {"数据分析员", "Data analyst"}, {"负责人", "Owner"},
                                                                   {"通知对象", "Person notified"}, {"尚未确认的通知对象", "Person notified who has not acknowledged it"},
                                                                   {"上级领导", "Superior leader"}}};
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
    static void find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to);
    static sight_change changes_sight(const event& happened);
    static std::string text_of(const event& happened);
};

OPSROOM_DESCRIBE_AS(analysis::form, events::analysis::plan, title, subject, sources, method, owner, every, next_on, concerned, project)
// clang-format off
OPSROOM_DESCRIBE(analysis::state,
    (is, hidden()), (flow, hidden()), (form_version, hidden()),
    (department, department("所属部门", "Department")),
    (title, line("标题", "Title")),
    (owner, person("负责人", "Owner")),
    (every, number("分析间隔", "Interval").unit("个工作日", "working days")),
    (next_on, day("下次分析日期", "Next run")),
    (concerned, people("通知对象", "Notified")),
    (project, reference("所属项目", "Project")),
    (looks, number("已分析期数", "Runs made")),
    (found, number("最近有发现的一期", "Run of the newest finding")),
    (priority, choice("优先级", "Priority")),
    (acknowledged, people("已确认", "Acknowledged")),
    (said, hidden()), (hands, hidden()))
// clang-format on
OPSROOM_DESCRIBE(analysis::plan, (form, group("分析计划", "Plan")))
OPSROOM_DESCRIBE(analysis::change, (form, group("分析计划", "Plan")), (reason, reason().example("今后每两个工作日一次", "Every second working day from now on")))
OPSROOM_DESCRIBE(analysis::report, (finding, group("发现", "Finding")))
OPSROOM_DESCRIBE(analysis::find_steady, (from, day("数据起始日期", "Data from").code("bad_period").example("2026-11-16", "2026-11-16")), (until, day("数据截止日期", "Data until").code("bad_period").example("2026-11-22", "2026-11-22").begins_with("today")), (note, remark("分析范围", "Scope").hint("分析了什么", "What was analysed").example("五个渠道均在一个点以内", "All five channels within a point")))
OPSROOM_DESCRIBE(analysis::correct, (finding, group("发现", "Finding")), (reason, reason().example("一个渠道计了两次", "One channel was counted twice")))
OPSROOM_DESCRIBE_EMPTY(analysis::acknowledge)
OPSROOM_DESCRIBE(analysis::handle, (outcome, choice("处理结果", "Outcome").example("adjust", "adjust").begins_with("adjust")), (reason, reason().example("入口移回第一级", "The entry goes back to the first level")))
OPSROOM_DESCRIBE(analysis::end, (reason, reason().example("活动已结束", "The campaign is over")))
OPSROOM_DESCRIBE(analysis::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

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
