#pragma once
// A metric of the metric system (S2.3.2), with its versions. A figure that was shown keeps the version that it was calculated with.
//
//   absent -draft-> draft -submit-> submitted -publish-> published (version 1); -return-> draft
//   draft of OM's own -publish-> published; draft, submitted -discard-> discarded
//   published -amend-> amended (the version before holds on) -publish-> published (the next version); -decline, withdraw-> published
//   published -set_targets-> stays; -retire-> retired, once nothing rests on it
//
// Metrics form a tree by `parent`, and rest on one another by their formulas; neither goes round in circles (core/metric/faults.hpp).
// What a formula may name is core/metric/catalogue.hpp.

#include "core/formula/catalogue.hpp"
#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/metric.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

struct named_metric;

OPSROOM_DEFINE_ENUM(metric_status, (absent, "尚未起草", "Not drafted"), (draft, "草稿", "Draft"), (submitted, "待发布", "Awaiting publication", active),
                    (published, "现行", "In force", good), (amended, "修订待发布", "Amendment awaiting publication", active), (retired, "已停用", "Retired"),
                    (discarded, "已作废", "Discarded"))

BOOST_DEFINE_ENUM_CLASS(metric_rejection, not_found, already_exists, inactive, not_drafter, not_author, not_keeper, not_manager, own_metric, closed, not_draft,
                        not_submitted, not_unpublished, not_published, not_amended, amendment_waits, is_needed, other_form, bad_code, code_fixed, code_taken,
                        name_taken, bad_unit, bad_parent, parent_circle, tree_too_deep, bad_formula, breaks_another, bad_targets, bad_extras)

struct metric {
    static constexpr auto category = events::category::metric;
    static constexpr events::kind_words says{{"指标", "Metric"}, {"指标", "Metrics"}, "S2.3.2",
                                             {"指标体系：口径、公式、单位、负责人、目标与方向。", "The metric system: what each means, its formula, unit, owner, targets and direction."}};
    static constexpr std::array tells_of{events::category::metric, events::category::collection};
    static constexpr std::array forms{events::form_words{"metric", {"指标", "Metric"}}};
    static constexpr std::array sections{events::section_words{"metric", {"起草内容", "As drafted"}}, events::section_words{"amendments", {"修订", "Amendments"}, true},
                                         events::section_words{"verdicts", {"发布与退回", "Decisions"}, true}, events::section_words{"targets", {"目标调整", "Targets set"}, true},
                                         events::section_words{"end", {"停用", "Retirement"}}};
    static constexpr std::array usual_path{metric_status::draft, metric_status::submitted, metric_status::published, metric_status::retired};
    static constexpr bool delegable = true;
    using status = metric_status;
    using rejection = metric_rejection;
    using event = events::metric::any;
    using form = events::metric::form;
    using direction = events::metric::direction;
    using target = events::metric::target;

    /// One that was published.
    struct version {
        std::uint32_t number = 0;         ///< from 1
        std::optional<date> from;         ///< nothing: from the beginning
        std::string formula;              ///< by codes
        std::string unit;
        std::uint32_t digits = 0;
        bool missing_is_zero = false;
        std::vector<metric_id> rests_on;  ///< metrics that the formula names
        std::string sha256;               ///< of what was approved
        bool operator==(const version&) const = default;
    };
    /// The next one, as it was proposed.
    struct amendment {
        member_id by;
        metric::form form;
        std::string reason;
        std::optional<date> from;
        bool operator==(const amendment&) const = default;
    };
    struct state {
        metric_status is = metric_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t form_version = 0;     ///< of the form that it is filled in by
        metric_id id;
        events::department department;
        member_id author;                   ///< of the draft
        std::string code;
        events::bilingual name;
        std::string unit;
        std::uint32_t digits = 0;
        metric::direction direction = metric::direction::up;
        member_id owner;
        metric_id parent;                   ///< 0: it is at the top
        std::string formula;                ///< of the draft as it was typed; once published, by codes
        bool missing_is_zero = false;
        std::vector<metric::target> targets;
        std::vector<metric::version> versions;      ///< in their order
        std::optional<metric::amendment> proposed;  ///< while it is amended
        std::string sha256;                 ///< of the draft, or the amendment, as it stands
        std::uint64_t said = 0;             ///< digest of the last step and its words: the same again has already taken effect
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct draft {
        static constexpr std::string_view type = "metric.draft";
        static constexpr events::command_words says{.label = {"起草指标", "Draft a metric"}, .hint = {"由数据分析员起草，运营经理发布（S2.3.2）。", "A data analyst drafts it, the operations manager publishes it (S2.3.2)."}};
        static constexpr bool creates = true;
        metric::form form;
    };
    struct revise {
        static constexpr std::string_view type = "metric.revise";
        static constexpr events::command_words says{.label = {"修改草稿", "Revise the draft"}};
        metric::form form;
    };
    struct submit {
        static constexpr std::string_view type = "metric.submit";
        static constexpr events::command_words says{.label = {"提交运营经理", "Submit to the operations manager"}};
    };
    struct send_back {
        static constexpr std::string_view type = "metric.return";
        static constexpr events::command_words says{.label = {"退回", "Return"}, .verdict = events::verdict::send_back, .ends = true};
        std::string reason;
    };
    struct publish {
        static constexpr std::string_view type = "metric.publish";
        static constexpr events::command_words says{.label = {"发布", "Publish"}, .hint = {"只发布您所见的这一份；此后的数值按它计算。", "Publishes exactly what you have read; figures are calculated by it from then on."},
                                                     .verdict = events::verdict::pass};
        std::string sha256;  ///< of what was read
    };
    struct amend {
        static constexpr std::string_view type = "metric.amend";
        static constexpr events::command_words says{.label = {"提出修订", "Propose an amendment"}, .hint = {"由运营经理发布为下一版；发布前仍按现行版本计算。", "The operations manager publishes it as the next version; until then the present one holds."}};
        metric::form form;
        std::string reason;
        std::optional<date> from;
    };
    struct decline {
        static constexpr std::string_view type = "metric.decline";
        static constexpr events::command_words says{.label = {"退回修订", "Return the amendment"}, .verdict = events::verdict::send_back, .ends = true};
        std::string reason;
    };
    struct withdraw {
        static constexpr std::string_view type = "metric.withdraw";
        static constexpr events::command_words says{.label = {"撤回修订", "Withdraw the amendment"}, .ends = true};
        std::string reason;
    };
    struct set_targets {
        static constexpr std::string_view type = "metric.set_targets";
        static constexpr events::command_words says{.label = {"设定目标", "Set the targets"}, .hint = {"以此全部取代原有目标；口径与公式不变。", "These replace all that there were; definition and formula stay."}};
        std::vector<metric::target> targets;
        std::string reason;
    };
    struct retire {
        static constexpr std::string_view type = "metric.retire";
        static constexpr events::command_words says{.label = {"停用", "Retire"}, .grave = {"停用后不能恢复，不再计算；已展示的数值保留。", "A retired metric stays retired and is calculated no more. Figures that were shown stay."}, .ends = true};
        std::string reason;
    };
    struct discard {
        static constexpr std::string_view type = "metric.discard";
        static constexpr events::command_words says{.label = {"作废", "Discard"}, .grave = {"作废后不能恢复。", "A discarded draft cannot be restored."}, .ends = true};
        std::string reason;
    };
    /// By the system, when somebody leaves.
    struct hand_over {
        static constexpr std::string_view type = "metric.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    using command = std::variant<draft, revise, submit, send_back, publish, amend, decline, withdraw, set_targets, retire, discard, hand_over>;

    static decision<metric> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);
    static particulars particulars_of(rejection no, const state& now, const command* asked, const context& by);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations owner = 1;
    static constexpr flow::relations analyst = 2;     ///< DA of its department
    static constexpr flow::relations manager = 4;     ///< OM of its department
    static constexpr flow::relations leader = 8;      ///< SL
    static constexpr flow::relations author = 16;     ///< of the draft or amendment that waits
    static constexpr flow::relations writer = 32;     ///< the same, who is not OM
    static constexpr flow::relations publisher = 64;  ///< OM, of what was submitted or is their own
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = owner | author | writer;
    static constexpr std::array<std::string_view, 7> relation_names{"owner", "analyst", "manager", "leader", "author", "writer", "publisher"};
    static constexpr std::array<events::wording, 7> relation_words{{{"负责人", "Owner"}, {"数据分析员", "Data analyst"}, {"运营经理", "Operations manager"}, {"上级领导", "Superior leader"},
                                                                   {"起草人", "Author"}, {"起草人（非运营经理）", "Author who is not the operations manager"}, {"发布人（运营经理）", "Operations manager who publishes it"}}};
    static constexpr std::array<std::pair<metric_status, std::uint16_t>, 2> limits{{{metric_status::submitted, 5}, {metric_status::amended, 5}}};

    static constexpr flow::statuses unpublished = flow::from(metric_status::draft, metric_status::submitted);
    static constexpr flow::statuses in_use = flow::from(metric_status::published, metric_status::amended);
    static constexpr flow::statuses live = unpublished | in_use;
    using row = flow::row<metric_status, metric_rejection, state>;
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

BOOST_DESCRIBE_STRUCT(metric::amendment, (), (by, form, reason, from))
// clang-format off
OPSROOM_DESCRIBE(metric::version,
    (number, number("版本", "Version")), (from, day("自", "From")), (formula, prose("公式", "Formula")), (unit, line("单位", "Unit")), (digits, number("小数位数", "Decimals")),
    (missing_is_zero, yes_no("无记录即为零", "Nothing recorded is zero")), (rests_on, references("引用的指标", "Metrics it rests on")), (sha256, hash("内容哈希", "Content hash")))
OPSROOM_DESCRIBE(metric::state,
    (is, hidden()), (flow, hidden()), (form_version, hidden()), (id, hidden()),
    (department, department("部门", "Department")),
    (author, person("起草人", "Author")),
    (code, code("代码", "Code")),
    (name, bilingual("名称", "Name")),
    (unit, line("单位", "Unit")),
    (digits, number("小数位数", "Decimals")),
    (direction, choice("方向", "Direction")),
    (owner, person("负责人", "Owner")),
    (parent, reference("上级指标", "Parent")),
    (formula, prose("公式", "Formula")),
    (missing_is_zero, yes_no("无记录即为零", "Nothing recorded is zero")),
    (targets, list("目标", "Targets")),
    (versions, list("版本", "Versions")),
    (proposed, hidden()),
    (sha256, hash("内容哈希", "Content hash")),
    (said, hidden()))
// clang-format on
OPSROOM_DESCRIBE(metric::draft, (form, group("指标", "Metric")))
OPSROOM_DESCRIBE(metric::revise, (form, group("指标", "Metric")))
OPSROOM_DESCRIBE_EMPTY(metric::submit)
OPSROOM_DESCRIBE(metric::send_back, (reason, reason().example("请写明是否含退款", "Say whether refunds are in it")))
OPSROOM_DESCRIBE(metric::publish, (sha256, hash("已阅内容的哈希", "Hash of what you have read").hint("即草稿或修订的 sha256", "The sha256 of the draft or amendment as it stands").code("other_form")))
// clang-format off
OPSROOM_DESCRIBE(metric::amend, (form, group("指标", "Metric")), (reason, reason().example("自本季起不含赠品订单", "From this quarter on without gifts")),
                 (from, day("自", "From").hint("不填表示以往也按此计算", "Where it is left out, all of the past is calculated by it too")))
// clang-format on
OPSROOM_DESCRIBE(metric::decline, (reason, reason().example("口径与财务不一致", "Finance counts it in another way")))
OPSROOM_DESCRIBE(metric::withdraw, (reason, reason().example("另行提出", "Another one follows")))
OPSROOM_DESCRIBE(metric::set_targets, (targets, list("目标", "Targets").most(100)), (reason, reason().example("年度计划已批准", "The annual plan was approved")))
OPSROOM_DESCRIBE(metric::retire, (reason, reason().example("业务已停止", "The business has ended")))
OPSROOM_DESCRIBE(metric::discard, (reason, reason().example("重复起草", "Drafted twice")))
OPSROOM_DESCRIBE(metric::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

/// The version that values of this day are calculated by; null where there is none.
const metric::version* version_on(const metric::state& of, date day);

/// As formulas know it: published as it holds, else as it is drafted.
formula::metric as_named(const metric::state& of);

// What every kind says of its entities (core/kernel/decider.hpp).
/// Before it is published: who has to do with it, SL, AU. From then on everyone in the directory: who reads a figure may know what it means.
bool may_see(const metric::state& of, const context& by);
std::string name_of(const metric::state& of);
bool is_work_of(const metric::state& of, member_id who);
concerned concerned_by(const metric::event& happened, const metric::state& of, const events::envelope& about, const context& by);
bool is_own(const metric::state& of, member_id who);

}  // namespace core
