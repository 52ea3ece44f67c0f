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
#include "events/catalog/describe.hpp"
#include "events/catalog/strategy.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(strategy_status, (absent, "尚未起草", "Not drafted"), (draft, "草稿", "Draft"), (submitted, "待发布", "Awaiting publication", active),
                    (published, "现行", "In force", good), (superseded, "已被取代", "Superseded"), (ended, "已终止", "Ended"), (discarded, "已作废", "Discarded"))

BOOST_DEFINE_ENUM_CLASS(strategy_rejection, not_found, already_exists, inactive, not_drafter, not_author, not_manager, not_concerned, not_checker,
                        own_strategy, closed, not_draft, not_submitted, not_unpublished, not_published, other_form, not_current, no_such_finding,
                        bad_effective, bad_acknowledge_by, bad_check_on, bad_concerned, bad_replaces, no_such_project, bad_extras, bad_members,
                        bad_measures, bad_next)

struct strategy {
    static constexpr auto category = events::category::strategy;
    static constexpr events::kind_words says{{"策略", "Strategy"}, {"策略", "Strategies"}, "S3.2.4",
                                             {"策略与计划的一个版本：有数据依据，传达到人，检查执行。", "A version of a strategy or plan: it rests on data, is conveyed to those concerned, and its execution is checked."}};
    static constexpr std::array seen_through{events::category::project};
    static constexpr std::array forms{events::form_words{"F19", {"策略与计划版本", "Strategy or plan version"}}, events::form_words{"F19a", {"执行检查", "Execution check"}}};
    static constexpr std::array sections{events::section_words{"F19", {"策略或计划内容", "Strategy or plan"}}, events::section_words{"verdict", {"审批", "Decision"}},
                                         events::section_words{"acknowledgements", {"传达与确认", "Acknowledgements"}, true},
                                         events::section_words{"checks", {"执行检查", "Execution checks"}, true}, events::section_words{"end", {"失效", "No longer in force"}}};
    static constexpr std::array usual_path{strategy_status::draft, strategy_status::submitted, strategy_status::published};
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
        static constexpr events::command_words says{.label = {"起草策略或计划", "Draft a strategy or plan"},
                                                     .hint = {"以数据和事实为依据（S3.2.4）。发布后由传达对象逐一确认，并定期检查执行情况。",
                                                              "It rests on data and facts (S3.2.4). Once it is published, each recipient acknowledges it, and its execution is checked."}};
        static constexpr bool creates = true;
        strategy::form form;
    };
    struct revise {
        static constexpr std::string_view type = "strategy.revise";
        static constexpr events::command_words says{.label = {"修改草稿", "Revise the draft"}};
        strategy::form form;
    };
    struct submit {
        static constexpr std::string_view type = "strategy.submit";
        static constexpr events::command_words says{.label = {"提交运营经理", "Submit to the operations manager"}};
    };
    struct send_back {
        static constexpr std::string_view type = "strategy.return";
        static constexpr events::command_words says{.label = {"退回", "Return"}, .verdict = events::verdict::send_back, .ends = true};
        std::string reason;
    };
    struct publish {
        static constexpr std::string_view type = "strategy.publish";
        static constexpr events::command_words says{.label = {"发布", "Publish"},
                                                     .hint = {"只发布您所见的这一份，随即传达给相关人员确认。", "Publishes exactly what you have read; the recipients are then asked to acknowledge it."},
                                                     .verdict = events::verdict::pass};
        std::string sha256;  ///< of the form that was read
    };
    struct acknowledge {
        static constexpr std::string_view type = "strategy.acknowledge";
        static constexpr events::command_words says{.label = {"确认已阅", "Acknowledge"}};
        static constexpr bool adds = true;
    };
    struct convey {
        static constexpr std::string_view type = "strategy.convey";
        static constexpr events::command_words says{.label = {"传达给更多人", "Convey to more people"}, .hint = {"新增人员同样须确认。", "They are asked to acknowledge it too."}};
        std::vector<member_id> members;
        date acknowledge_by;
    };
    struct check {
        static constexpr std::string_view type = "strategy.check";
        static constexpr events::command_words says{.label = {"检查执行情况", "Check its execution"}};
        strategy::check_form check;
    };
    /// By the system, when the next version is published.
    struct supersede {
        static constexpr std::string_view type = "strategy.supersede";
        static constexpr events::command_words says{.label = {"取代", "Supersede"}};
        strategy_id by;
    };
    struct end {
        static constexpr std::string_view type = "strategy.end";
        static constexpr events::command_words says{.label = {"终止", "End"}, .grave = {"终止后不再有效，也没有新版本接替。", "It no longer applies, and nothing replaces it."}, .ends = true};
        std::string reason;
    };
    struct discard {
        static constexpr std::string_view type = "strategy.discard";
        static constexpr events::command_words says{.label = {"作废", "Discard"}, .grave = {"作废后不能恢复。", "A discarded draft cannot be restored."}, .ends = true};
        std::string reason;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "strategy.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
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
    static constexpr std::array<events::wording, 8> relation_words{{{"所属部门的运营经理", "Operations manager"}, {"运营专员", "Operations specialist"},
                                                                   {"上级领导", "Superior leader"}, {"起草人", "Author"},
                                                                   {"起草人（非运营经理）", "Author who is not the operations manager"},
                                                                   {"发布人（运营经理）", "Operations manager who publishes it"}, {"传达对象", "Recipient"},
                                                                   {"尚未确认的传达对象", "Recipient who has not acknowledged it"}}};
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
    static void find_evidence(const event& what, const events::envelope& at, const entities& after, date on, evidence_ledger& to);
    static void follow(const events::recorded& happened, const context& by, follow_ups& all);
    static sight_change changes_sight(const event& happened);
    static std::string text_of(const event& happened);
};

OPSROOM_DESCRIBE_AS(strategy::form, events::strategy::form, title, kind, grounds, adjustment, content, expected, effective, acknowledge_by, check_on, concerned,
                    replaces, project, extras)
BOOST_DESCRIBE_STRUCT(strategy::citation, (), (analysis, look))
// clang-format off
OPSROOM_DESCRIBE(strategy::state,
    (is, hidden()), (flow, hidden()), (form_version, hidden()),
    (kind, choice("种类", "Kind")),
    (department, department("所属部门", "Department")),
    (title, line("标题", "Title")),
    (author, person("起草人", "Author")),
    (effective, day("生效日期", "Effective date")),
    (acknowledge_by, day("确认期限", "Acknowledge by")),
    (check_on, day("下次检查日期", "Next check")),
    (concerned, people("传达对象", "Recipients")),
    (acknowledged, people("已确认", "Acknowledged")),
    (cites, hidden()),
    (replaces, reference("取代的版本", "Replaces")),
    (superseded_by, reference("被取代于", "Superseded by")),
    (project, reference("所属项目", "Project")),
    (sha256, hash("内容哈希", "Content hash")),
    (number, number("版本", "Version")),
    (checks, number("已检查次数", "Checks made")),
    (standing, choice("执行状况", "Execution")),
    (said, hidden()))
// clang-format on
OPSROOM_DESCRIBE(strategy::draft, (form, group("策略或计划", "Strategy or plan")))
OPSROOM_DESCRIBE(strategy::revise, (form, group("策略或计划", "Strategy or plan")))
OPSROOM_DESCRIBE_EMPTY(strategy::submit)
OPSROOM_DESCRIBE(strategy::send_back, (reason, reason().example("请写明涉及哪些渠道", "Say which channels")))
OPSROOM_DESCRIBE(strategy::publish, (sha256, hash("已阅内容的哈希", "Hash of what you have read").hint("即现有草稿的 sha256", "The sha256 of the draft as it stands").code("other_form")))
OPSROOM_DESCRIBE_EMPTY(strategy::acknowledge)
OPSROOM_DESCRIBE(strategy::convey, (members, people("传达对象", "Recipients").least(1).most(256).example("@emma,@noah", "@emma,@noah")), (acknowledge_by, day("确认期限", "Acknowledge by").example("+3d", "+3d")))
OPSROOM_DESCRIBE(strategy::check, (check, group("执行检查", "Execution check")))
OPSROOM_DESCRIBE(strategy::supersede, (by, reference("新版本", "New version").code("bad_replaces")))
OPSROOM_DESCRIBE(strategy::end, (reason, reason().example("活动已结束", "The campaign is over")))
OPSROOM_DESCRIBE(strategy::discard, (reason, reason().example("重复起草", "Drafted twice")))
OPSROOM_DESCRIBE(strategy::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

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
