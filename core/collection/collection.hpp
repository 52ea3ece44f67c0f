#pragma once
// A version of a collection plan (F14): S4.1.2, S2.3.1. An analyst drafts it, the operations manager activates it, and from then on its
// deliveries are expected, until it is retired or the next version of its line takes its place.
//
//   absent -draft-> draft -submit-> submitted -activate-> active; -return-> draft
//   draft, submitted -discard-> discarded
//   active -pause-> paused -resume-> active; active, paused -retire-> retired, -supersede-> superseded (by the next one)
//
// One plan fills a set of rows at a time, so that every row has one rule by which it came to be.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/collection.hpp"
#include "events/catalog/describe.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(collection_status, (absent, "尚未起草", "Not drafted"), (draft, "草稿", "Draft"), (submitted, "待启用", "Awaiting activation", active),
                    (active, "收集中", "Active", good), (paused, "已暂停", "Paused", caution), (retired, "已停用", "Retired"), (superseded, "已被取代", "Superseded"),
                    (discarded, "已作废", "Discarded"))

BOOST_DEFINE_ENUM_CLASS(collection_rejection, not_found, already_exists, inactive, not_drafter, not_author, not_manager, not_keeper, own_plan, closed, not_draft,
                        not_submitted, not_unactivated, not_active, not_paused, not_in_force, other_form, not_current, source_not_connected, set_in_use,
                        no_such_source, bad_holds, bad_set, set_taken, bad_place, bad_query, bad_reading, bad_sheet, bad_column_code, column_twice, no_day_column, bad_places,
                        kept_personal, unread_key, bad_values, bad_limits, limits_out_of_order, check_twice, bad_against, bad_weekday, bad_day_of_month,
                        bad_replaces, bad_extras)

struct collection {
    static constexpr auto category = events::category::collection;
    static constexpr events::kind_words says{{"收集计划", "Collection plan"}, {"收集计划", "Collection plans"}, "S4.1.2",
                                             {"收集什么、从哪里、多久一次、如何检查、由谁负责；迟到和缺失的数据随即可见。", "What is collected, from where, how often, how it is checked, and who answers for it; what is late or missing is seen."}};
    static constexpr std::array forms{events::form_words{"F14", {"数据收集计划", "Collection plan"}}};
    static constexpr std::array sections{events::section_words{"F14", {"计划内容", "Collection plan"}}, events::section_words{"verdict", {"审批", "Decision"}},
                                         events::section_words{"pauses", {"暂停与恢复", "Pauses"}, true}, events::section_words{"end", {"失效", "No longer in force"}}};
    static constexpr std::array usual_path{collection_status::draft, collection_status::submitted, collection_status::active};
    static constexpr bool delegable = true;
    using status = collection_status;
    using rejection = collection_rejection;
    using event = events::collection::any;
    using form = events::collection::form;
    using rhythm = events::collection::rhythm;
    using content = events::source::content;

    struct state {
        collection_id id;
        collection_status is = collection_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t form_version = 0;  ///< of F14, that it is filled in by
        std::string name;
        source_id source;
        collection::content holds = collection::content::user;
        std::string set;
        collection::rhythm rhythm = collection::rhythm::daily;
        events::department department;
        member_id owner;
        member_id author;
        std::optional<date> from;        ///< the first day on which a delivery is due, since it is active
        collection_id replaces;          ///< 0: none
        collection_id superseded_by;     ///< 0: none
        std::string sha256;              ///< of the form as it stands
        std::uint32_t number = 0;        ///< of the version in its line; 0: not activated
        collection::form plan{};         ///< by which files are read and checked
        std::uint64_t said = 0;          ///< digest of the last step and its words: the same again has already taken effect
        flow::hands hands;
        bool operator==(const state&) const = default;
    };

    /// Creates.
    struct draft {
        static constexpr std::string_view type = "collection.draft";
        static constexpr events::command_words says{.label = {"起草收集计划", "Draft a collection plan"},
                                                     .hint = {"由数据分析员起草，运营经理启用（S4.1.2）。启用后按期等待交付。", "An analyst drafts it and the operations manager activates it (S4.1.2). From then on its deliveries are expected."}};
        static constexpr bool creates = true;
        collection::form form;
    };
    struct revise {
        static constexpr std::string_view type = "collection.revise";
        static constexpr events::command_words says{.label = {"修改草稿", "Revise the draft"}};
        collection::form form;
    };
    struct submit {
        static constexpr std::string_view type = "collection.submit";
        static constexpr events::command_words says{.label = {"提交运营经理", "Submit to the operations manager"}};
    };
    struct send_back {
        static constexpr std::string_view type = "collection.return";
        static constexpr events::command_words says{.label = {"退回", "Return"}, .verdict = events::verdict::send_back, .ends = true};
        std::string reason;
    };
    struct activate {
        static constexpr std::string_view type = "collection.activate";
        static constexpr events::command_words says{.label = {"启用", "Activate"},
                                                     .hint = {"只启用您所见的这一份；从次日起按期等待交付，取代旧版的自当日起。", "Activates exactly what you have read. Deliveries are expected from the next day on; from today, where it replaces a version."},
                                                     .verdict = events::verdict::pass};
        std::string sha256;  ///< of the form that was read
        std::optional<std::string> note;
    };
    struct pause {
        static constexpr std::string_view type = "collection.pause";
        static constexpr events::command_words says{.label = {"暂停", "Pause"}, .hint = {"暂停期间不等待新的交付。", "No new deliveries are expected until it is resumed."}};
        static constexpr bool decides = true;
        std::string reason;
    };
    struct resume {
        static constexpr std::string_view type = "collection.resume";
        static constexpr events::command_words says{.label = {"恢复", "Resume"}, .hint = {"从次日起按期等待交付，暂停期间的不补。", "Deliveries are expected from the next day on; those of the pause are not."}};
        static constexpr bool decides = true;
        std::string note;
    };
    /// By the system, when the next version is activated.
    struct supersede {
        static constexpr std::string_view type = "collection.supersede";
        static constexpr events::command_words says{.label = {"取代", "Supersede"}};
        collection_id by;
    };
    struct retire {
        static constexpr std::string_view type = "collection.retire";
        static constexpr events::command_words says{.label = {"停用", "Retire"}, .grave = {"停用后不能恢复，尚未收到的交付不再等待；已收集的数据保留。", "A retired plan stays retired, and what it still waits for is waived. What was collected stays."}, .ends = true};
        std::string reason;
    };
    struct discard {
        static constexpr std::string_view type = "collection.discard";
        static constexpr events::command_words says{.label = {"作废", "Discard"}, .grave = {"作废后不能恢复。", "A discarded draft cannot be restored."}, .ends = true};
        std::string reason;
    };
    /// By the system, when the owner or the author leaves.
    struct hand_over {
        static constexpr std::string_view type = "collection.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    using command = std::variant<draft, revise, submit, send_back, activate, pause, resume, supersede, retire, discard, hand_over>;

    static decision<collection> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations owner = 1;
    static constexpr flow::relations analyst = 2;  ///< DA of its department
    static constexpr flow::relations manager = 4;  ///< OM of its department
    static constexpr flow::relations leader = 8;   ///< SL
    static constexpr flow::relations author = 16;
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = owner | author;
    static constexpr std::array<std::string_view, 5> relation_names{"owner", "analyst", "manager", "leader", "author"};
    static constexpr std::array<events::wording, 5> relation_words{{{"负责人", "Owner"}, {"数据分析员", "Data analyst"}, {"运营经理", "Operations manager"}, {"上级领导", "Superior leader"}, {"起草人", "Author"}}};
    static constexpr std::array<std::pair<collection_status, std::uint16_t>, 1> limits{{{collection_status::submitted, 5}}};

    static constexpr flow::statuses unactivated = flow::from(collection_status::draft, collection_status::submitted);
    static constexpr flow::statuses in_force = flow::from(collection_status::active, collection_status::paused);
    static constexpr flow::statuses live = unactivated | in_force;
    using row = flow::row<collection_status, collection_rejection, state>;
    static const std::array<row, 11> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static flow::holders holders(const state& now) { return {{now.author, author}}; }
    static flow::relations hand_in(const event& happened);
    static flow::relations settled_by(const event&) { return 0; }
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static void follow(const events::recorded& happened, const context& by, follow_ups& all);
    static std::string text_of(const event& happened);
};

// clang-format off
OPSROOM_DESCRIBE(collection::state,
    (id, hidden()), (is, hidden()), (flow, hidden()), (form_version, hidden()),
    (name, line("名称", "Name")),
    (source, reference("数据渠道", "Data source")),
    (holds, choice("数据类别", "Data")),
    (set, code("数据集代码", "Code of the set")),
    (rhythm, choice("频率", "How often")),
    (department, department("所属部门", "Department")),
    (owner, person("负责人", "Owner")),
    (author, person("起草人", "Author")),
    (from, day("起始日期", "From")),
    (replaces, reference("取代的版本", "Replaces")),
    (superseded_by, reference("被取代于", "Superseded by")),
    (sha256, hash("内容哈希", "Content hash")),
    (number, number("版本", "Version")),
    (plan, hidden()), (said, hidden()), (hands, hidden()))
// clang-format on
OPSROOM_DESCRIBE(collection::draft, (form, group("收集计划", "Collection plan")))
OPSROOM_DESCRIBE(collection::revise, (form, group("收集计划", "Collection plan")))
OPSROOM_DESCRIBE_EMPTY(collection::submit)
OPSROOM_DESCRIBE(collection::send_back, (reason, reason().example("请写明订单号是否唯一", "Say whether order numbers are unique")))
OPSROOM_DESCRIBE(collection::activate, (sha256, hash("已阅内容的哈希", "Hash of what you have read").hint("即现有计划的 sha256", "The sha256 of the plan as it stands").code("other_form")), (note, remark("说明", "Note")))
OPSROOM_DESCRIBE(collection::pause, (reason, reason().example("渠道迁移，两周内没有数据", "The source is being moved, and has no data for two weeks")))
OPSROOM_DESCRIBE(collection::resume, (note, remark("说明", "Note").example("渠道已恢复，试取正常", "The source is back, and was tried")))
OPSROOM_DESCRIBE(collection::supersede, (by, reference("新版本", "New version").code("bad_replaces")))
OPSROOM_DESCRIBE(collection::retire, (reason, reason().example("改由会员系统提供", "The member system provides it now")))
OPSROOM_DESCRIBE(collection::discard, (reason, reason().example("重复起草", "Drafted twice")))
OPSROOM_DESCRIBE(collection::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Everyone in the directory: who needs a number may know what it was collected by (S4.1.3).
bool may_see(const collection::state& of, const context& by);
std::string name_of(const collection::state& of);
bool is_work_of(const collection::state& of, member_id who);
concerned concerned_by(const collection::event& happened, const collection::state& of, const events::envelope& about, const context& by);
bool is_own(const collection::state& of, member_id who);

/// The first version of its line: what stays when one version takes another's place.
collection_id line_of(collection_id of, const context& by);

}  // namespace core
