#pragma once
// A periodic report (F11): S4.3.1, S2.3.3, S4.3.3.
//
//   absent -open (by the day), draft-> draft -publish-> published; draft -discard-> discarded
//   draft -fill (its figures), revise-> stays
//   published -acknowledge, restate (figures that are others now)-> stays
//
// It begins by itself on the day that it is due, with its figures, and its analyst says what they mean. Who publishes it publishes what
// they have read, figures and words alike; that is no verdict on anybody, so whoever wrote it may. From then on neither changes.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "core/kernel/forms.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/report.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(report_status, (absent, "尚未开始", "Not begun"), (draft, "草稿", "Draft", active), (published, "已发布", "Published", good), (discarded, "已作废", "Discarded"))

BOOST_DEFINE_ENUM_CLASS(report_rejection, not_found, already_exists, inactive, not_drafter, not_author, not_concerned, not_keeper, closed, not_draft, not_published,
                        bad_period, not_over, already_there, bad_author, bad_snapshot, other_form, not_filled, no_summary, no_conclusion, uncited, no_such_figure,
                        unsettled, bad_recipients, bad_acknowledge_by, bad_differences, bad_extras)

struct report {
    static constexpr auto category = events::category::report;
    static constexpr events::kind_words says{{"报告", "Report"}, {"报告", "Reports"}, "S4.3.1",
                                             {"周报、月报、季报、年报：按期自动备好数值，由数据分析员写明结论与建议。", "Weekly to annual: each draws its own figures when it is due, and a data analyst says what they mean and what is recommended."}};
    static constexpr std::array tells_of{events::category::recommendation};
    static constexpr std::array forms{events::form_words{"F11", {"数据报告", "Data report"}}};
    static constexpr std::array sections{events::section_words{"figures", {"本期数值", "Figures of the period"}}, events::section_words{"F11", {"报告内容", "Report"}},
                                         events::section_words{"published", {"发布", "Publication"}}, events::section_words{"restated", {"变动的数值", "Figures that have changed"}},
                                         events::section_words{"acknowledgements", {"确认情况", "Acknowledgements"}, true}, events::section_words{"end", {"作废", "Discarded"}}};
    static constexpr std::array usual_path{report_status::draft, report_status::published};
    static constexpr bool delegable = true;
    using status = report_status;
    using rejection = report_rejection;
    using event = events::report::any;
    using kind = events::report::kind;
    using form = events::report::form;
    using snapshot = events::report::snapshot;
    using difference = events::report::difference;

    struct state {
        report_id id;
        report_status is = report_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t form_version = 0;                ///< of F11, that it is filled in by
        report::kind kind = report::kind::week;
        date from{};                                   ///< the days that it is about, both included
        date until{};
        std::string period;                            ///< what they are called: "2026-W31"
        events::department department;
        member_id author;
        date publish_by{};
        report::form content{};                        ///< as it stands
        std::optional<report::snapshot> figures;       ///< nothing: they were not taken yet
        std::string sha256;                            ///< of both
        bool written = false;                          ///< somebody has worked on it
        bool counts = true;                            ///< where it was discarded: the period has had its report
        std::vector<member_id> recipients;             ///< as it says, or who took over from them
        std::vector<member_id> acknowledged;
        std::vector<report::difference> differences;   ///< of its figures from what they are now
        std::uint64_t said = 0;                        ///< digest of the last step and its words: the same again has already taken effect
        bool operator==(const state&) const = default;
    };

    /// Creates. By the system, on the day that it is due.
    struct open {
        static constexpr std::string_view type = "report.open";
        static constexpr events::command_words says{.label = {"按期开始", "Begin as it is due"}};
        static constexpr bool creates = true;
        report::kind kind;
        date from;
        events::department department;
        member_id author;
    };
    /// Creates.
    struct draft {
        static constexpr std::string_view type = "report.draft";
        static constexpr events::command_words says{.label = {"起草报告", "Draft a report"},
                                                     .hint = {"报告按期自动开始（S4.3.1）；没有的期间用此起草，数值随后自动填入。", "Reports begin by themselves when they are due (S4.3.1). This is for a period that has none; its figures come by themselves."}};
        static constexpr bool creates = true;
        report::kind kind;
        date on;  ///< any day of the period
    };
    /// By the system, when its figures were calculated.
    struct fill {
        static constexpr std::string_view type = "report.fill";
        static constexpr events::command_words says{.label = {"填入数值", "Fill in the figures"}};
        report::snapshot snapshot;
    };
    struct revise {
        static constexpr std::string_view type = "report.revise";
        static constexpr events::command_words says{.label = {"撰写报告", "Write the report"}, .hint = {"可分次撰写；发布前须有趋势和至少一条引用数值的结论。", "It may be written bit by bit. Before it is published it has to have trends, and a conclusion that cites a figure."}};
        report::form form;
    };
    struct publish {
        static constexpr std::string_view type = "report.publish";
        static constexpr events::command_words says{.label = {"发布", "Publish"},
                                                     .hint = {"只发布您所见的这一份，数值与文字从此不变；随即请接收人确认，建议交运营经理决定。",
                                                              "Publishes exactly what you have read, and neither figures nor words change from then on. Recipients are asked to acknowledge it, and the operations manager decides on the recommendations."}};
        static constexpr bool decides = true;
        std::string sha256;  ///< of what was read
    };
    struct acknowledge {
        static constexpr std::string_view type = "report.acknowledge";
        static constexpr events::command_words says{.label = {"确认已阅", "Acknowledge"}};
        static constexpr bool adds = true;
    };
    /// By the system, when figures have changed.
    struct restate {
        static constexpr std::string_view type = "report.restate";
        static constexpr events::command_words says{.label = {"标明变动的数值", "Mark figures that have changed"}};
        std::vector<report::difference> differences;
    };
    struct discard {
        static constexpr std::string_view type = "report.discard";
        static constexpr events::command_words says{.label = {"作废", "Discard"}, .grave = {"作废后不能恢复；本期需要时可另行起草。", "A discarded draft cannot be restored. Where the period is to have a report after all, another one is drafted."}, .ends = true};
        std::string reason;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "report.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    using command = std::variant<open, draft, fill, revise, publish, acknowledge, restate, discard, hand_over>;

    static decision<report> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations analyst = 1;    ///< DA of its department
    static constexpr flow::relations manager = 2;    ///< OM of its department
    static constexpr flow::relations leader = 4;     ///< SL
    static constexpr flow::relations author = 8;
    static constexpr flow::relations concerned = 16;
    static constexpr flow::relations pending = 32;   ///< concerned, and has not acknowledged it
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = author | concerned | pending;
    static constexpr std::array<std::string_view, 6> relation_names{"analyst", "manager", "leader", "author", "concerned", "pending"};
    static constexpr std::array<events::wording, 6> relation_words{{{"数据分析员", "Data analyst"}, {"运营经理", "Operations manager"}, {"上级领导", "Superior leader"},
                                                                   {"撰写人", "Author"}, {"接收人", "Recipient"}, {"尚未确认的接收人", "Recipient who has not acknowledged it"}}};

    static constexpr flow::statuses live = flow::from(report_status::draft, report_status::published);
    using row = flow::row<report_status, report_rejection, state>;
    static const std::array<row, 9> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static void find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to);
    static void open_due(const context& by, follow_ups& all);
    static sight_change changes_sight(const event& happened);
    static std::string text_of(const event& happened);
};

// clang-format off
OPSROOM_DESCRIBE(report::state,
    (id, hidden()), (is, hidden()), (flow, hidden()), (form_version, hidden()),
    (kind, choice("种类", "Kind")),
    (from, day("自", "From")),
    (until, day("至", "Until")),
    (period, line("期间", "Period")),
    (department, department("部门", "Department")),
    (author, person("撰写人", "Author")),
    (publish_by, day("发布期限", "Publish by")),
    (content, hidden()), (figures, hidden()),
    (sha256, hash("内容哈希", "Content hash")),
    (written, yes_no("已撰写", "Written on")),
    (counts, hidden()),
    (recipients, people("接收人", "Recipients")),
    (acknowledged, people("已确认", "Acknowledged")),
    (differences, list("变动的数值", "Figures that have changed")),
    (said, hidden()))
// clang-format on
OPSROOM_DESCRIBE(report::open, (kind, choice("种类", "Kind")), (from, day("自", "From")), (department, department("部门", "Department")), (author, person("撰写人", "Author").code("bad_author")))
OPSROOM_DESCRIBE(report::draft, (kind, choice("种类", "Kind").example("week", "week").begins_with("week")), (on, day("期间内任一天", "A day of the period").hint("该期须已结束", "The period has to be over").code("bad_period").example("2026-11-16", "2026-11-16")))
OPSROOM_DESCRIBE(report::fill, (snapshot, group("本期数值", "Figures of the period")))
OPSROOM_DESCRIBE(report::revise, (form, group("报告", "Report")))
OPSROOM_DESCRIBE(report::publish, (sha256, hash("已阅内容的哈希", "Hash of what you have read").hint("即草稿现在的 sha256，包括数值与文字", "The sha256 of the draft as it stands, figures and words").code("other_form")))
OPSROOM_DESCRIBE_EMPTY(report::acknowledge)
OPSROOM_DESCRIBE(report::restate, (differences, list("变动的数值", "Figures that have changed").most(500)))
OPSROOM_DESCRIBE(report::discard, (reason, reason().example("本周停业，无数据", "Closed all week, there is no data")))
OPSROOM_DESCRIBE(report::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

/// Whether they have yet to acknowledge it.
inline bool is_pending(const report::state& of, member_id who) { return forms::contains(of.recipients, who) && !forms::contains(of.acknowledged, who); }

// What every kind says of its entities (core/kernel/decider.hpp).
/// A draft: its author, analysts and OM of its department, SL, AU. From when it is published on everyone in the directory.
bool may_see(const report::state& of, const context& by);
std::string name_of(const report::state& of);
bool is_work_of(const report::state& of, member_id who);
std::optional<date> said_due(const report::state& of, std::string_view command, const context& by);
concerned concerned_by(const report::event& happened, const report::state& of, const events::envelope& about, const context& by);
std::vector<report::command> due_commands(const report::state& now, const context& by);
std::vector<report::command> set_right(const report::state& of, const wrong_clock& wrong, const context& by);
bool is_own(const report::state& of, member_id who);
date due_of(const report::state& of);

}  // namespace core
