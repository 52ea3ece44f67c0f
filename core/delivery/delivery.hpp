#pragma once
// A delivery of data by a collection plan: S4.1.2, S4.1.3, S2.3.5.
//
//   absent -expect-> expected -miss-> overdue -escalate-> stays; expected, overdue -fill-> received, -waive-> waived
//   absent -receive-> received -check-> accepted, warned, quarantined or refused
//   quarantined -release-> warned (its good rows are loaded), -reject-> refused
//   accepted, warned, quarantined, refused -supersede-> superseded (a correction was loaded)
//
// Nothing in it is changed: a correction is a delivery of its own that names the one it replaces. What is late is seen by itself, and
// taken all the same.

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/delivery.hpp"
#include "events/catalog/describe.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(delivery_status, (absent, "尚未开始", "Not begun"), (expected, "待交付", "Expected", active), (overdue, "逾期未到", "Overdue", bad),
                    (received, "待检查", "Received", active), (accepted, "合格", "Accepted", good), (warned, "合格，有提醒", "Accepted with warnings", caution),
                    (quarantined, "已隔离", "Quarantined", bad), (refused, "已拒收", "Refused", bad), (superseded, "已更正", "Superseded"), (waived, "不再等待", "Waived"))

BOOST_DEFINE_ENUM_CLASS(delivery_rejection, not_found, already_exists, inactive, not_receiver, not_owner, not_keeper, own_delivery, closed, not_awaited, not_yet,
                        not_received, not_quarantined, not_loaded, no_such_plan, bad_period, already_expected, is_awaited, covered, bad_files, bad_replaces, bad_check,
                        personal_value)

struct delivery {
    static constexpr auto category = events::category::delivery;
    static constexpr events::kind_words says{{"数据交付", "Delivery"}, {"数据交付", "Deliveries"}, "S4.1.2",
                                             {"按收集计划到期、收到并检查的数据；迟到、缺失和有误的随即可见。", "Data as it is due, received and checked by the collection plans; what is late, missing or bad is seen."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array sections{events::section_words{"received", {"收到的文件", "As received"}}, events::section_words{"checks", {"检查结果", "Checks"}},
                                         events::section_words{"verdict", {"隔离的处理", "Decision on the quarantine"}}, events::section_words{"explanations", {"情况说明", "Explanations"}, true},
                                         events::section_words{"end", {"更正或终止", "Correction or end"}}};
    static constexpr std::array usual_path{delivery_status::expected, delivery_status::received, delivery_status::accepted};
    static constexpr bool delegable = true;
    using status = delivery_status;
    using rejection = delivery_rejection;
    using event = events::delivery::any;
    using verdict = events::delivery::verdict;
    using check_kind = events::collection::check_kind;

    struct state {
        delivery_id id;
        delivery_status is = delivery_status::absent;
        std::uint32_t flow = 1;
        collection_id collection;
        std::string name;                     ///< of the plan
        events::department department;
        member_id owner;
        date from{};                          ///< the days that it covers, both included
        date until{};
        std::optional<instant> due;           ///< where it was promised
        std::optional<instant> late_from;
        std::optional<instant> received_at;
        member_id by;                         ///< who delivered it; 0: it came by itself
        std::vector<events::attachment> files;
        delivery_id replaces;                 ///< that it corrects; 0: none
        delivery_id superseded_by;            ///< 0: none
        std::optional<delivery::verdict> verdict;
        std::uint64_t rows = 0;
        std::uint64_t taken = 0;
        std::uint64_t rejected = 0;
        std::uint64_t faulty = 0;             ///< rejected, or failing a check of their values
        std::uint64_t restated = 0;           ///< that say something else than what it corrects
        std::uint64_t corrected = 0;          ///< of which a correction says something else
        std::vector<delivery::check_kind> failed;
        std::string schema_sha256;
        std::string rows_sha256;
        bool explained = false;
        bool escalated = false;
        bool counts = true;                   ///< what is waived, as missing
        std::uint64_t said = 0;               ///< digest of the last step and its words: the same again has already taken effect
        flow::hands hands;
        bool operator==(const state&) const = default;
    };

    /// Creates. By the system, on the day that it is due.
    struct expect {
        static constexpr std::string_view type = "delivery.expect";
        static constexpr events::command_words says{.label = {"等待交付", "Expect"}};
        static constexpr bool creates = true;
        collection_id collection;
        date from;
        date until;
    };
    /// Creates. What is expected is delivered there (fill).
    struct enter {
        static constexpr std::string_view type = "delivery.receive";
        static constexpr events::command_words says{.label = {"交付数据", "Deliver data"},
                                                     .hint = {"提前交付或更正用此；已在等待的，请在该交付上提交文件。", "For what is early, or corrects another. What is expected is delivered there."}};
        static constexpr bool creates = true;
        collection_id collection;
        date from;
        date until;
        std::vector<events::attachment> files;
        std::optional<delivery_id> replaces;
        std::optional<std::string> note;
    };
    struct fill {
        static constexpr std::string_view type = "delivery.fill";
        static constexpr events::command_words says{.label = {"提交文件", "Deliver the file"}, .hint = {"收到后自动按计划检查。", "It is checked by the plan as soon as it is there."}};
        static constexpr bool decides = true;
        std::vector<events::attachment> files;
        std::optional<std::string> note;
    };
    /// By the system, when its grace is over.
    struct miss {
        static constexpr std::string_view type = "delivery.miss";
        static constexpr events::command_words says{.label = {"记为逾期", "Record as overdue"}};
    };
    /// By the system, a working day later.
    struct escalate {
        static constexpr std::string_view type = "delivery.escalate";
        static constexpr events::command_words says{.label = {"告知运营经理", "Tell the operations manager"}};
    };
    /// By the system, when its file has been read.
    struct check {
        static constexpr std::string_view type = "delivery.check";
        static constexpr events::command_words says{.label = {"记录检查结果", "Record the checks"}};
        events::delivery::checked report;
    };
    struct release {
        static constexpr std::string_view type = "delivery.release";
        static constexpr events::command_words says{.label = {"解除隔离", "Release"}, .hint = {"载入可用的行，其余的不收。", "Its good rows are loaded, the others are not."}, .verdict = events::verdict::pass};
        std::string reason;
    };
    struct reject {
        static constexpr std::string_view type = "delivery.reject";
        static constexpr events::command_words says{.label = {"拒收", "Refuse"}, .hint = {"全部不载入；更正后另行交付。", "None of it is loaded. A correction is delivered anew."}, .verdict = events::verdict::reject};
        std::string reason;
    };
    /// By the system, when a correction of it is loaded.
    struct supersede {
        static constexpr std::string_view type = "delivery.supersede";
        static constexpr events::command_words says{.label = {"取代", "Supersede"}};
        delivery_id by;
    };
    struct explain_late {
        static constexpr std::string_view type = "delivery.explain";
        static constexpr events::command_words says{.label = {"说明原因", "Explain"}, .hint = {"写明为何迟到或缺失、何时能到。", "Say why it is late or missing, and when it comes."}};
        static constexpr bool adds = true;
        std::string reason;
    };
    struct waive {
        static constexpr std::string_view type = "delivery.waive";
        static constexpr std::array<std::string_view, 1> system_fields{"uncounted"};
        static constexpr events::command_words says{.label = {"不再等待", "Stop waiting"}, .grave = {"这一期不再等待，计为缺失；之后找到的数据仍可另行交付。", "This one is not waited for any more, and counts as missing. Data that turns up later can still be delivered."}, .ends = true};
        std::string reason;
        std::optional<bool> uncounted = {};  ///< it was not to be expected
    };
    /// By the system, when the owner leaves.
    struct hand_over {
        static constexpr std::string_view type = "delivery.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    using command = std::variant<expect, enter, fill, miss, escalate, check, release, reject, supersede, explain_late, waive, hand_over>;

    static decision<delivery> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations owner = 1;
    static constexpr flow::relations analyst = 2;   ///< DA of its department
    static constexpr flow::relations manager = 4;   ///< OM of its department
    static constexpr flow::relations leader = 8;    ///< SL
    static constexpr flow::relations receiver = 16; ///< who delivered it
    static constexpr flow::relations late_owner = 32;
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = owner | receiver | late_owner;
    static constexpr std::array<std::string_view, 6> relation_names{"owner", "analyst", "manager", "leader", "receiver", "late_owner"};
    static constexpr std::array<events::wording, 6> relation_words{{{"负责人", "Owner"}, {"数据分析员", "Data analyst"}, {"运营经理", "Operations manager"}, {"上级领导", "Superior leader"},
                                                                   {"交付人", "Who delivered it"}, {"逾期交付的负责人", "Owner of what is overdue"}}};
    static constexpr std::array<std::pair<delivery_status, std::uint16_t>, 1> limits{{{delivery_status::quarantined, 2}}};

    static constexpr flow::statuses awaited = flow::from(delivery_status::expected, delivery_status::overdue);
    static constexpr flow::statuses loaded = flow::from(delivery_status::accepted, delivery_status::warned);
    static constexpr flow::statuses settled = loaded | flow::from(delivery_status::quarantined, delivery_status::refused);
    static constexpr flow::statuses there = loaded | flow::from(delivery_status::received, delivery_status::quarantined);
    static constexpr flow::statuses open = awaited | flow::from(delivery_status::received, delivery_status::quarantined);
    using row = flow::row<delivery_status, delivery_rejection, state>;
    static const std::array<row, 12> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static std::vector<state> about_to_be(const context& by, project_id within);
    static state as_if(const state& now, const command& asked, const context& by);
    static flow::holders holders(const state& now) { return {{now.by, receiver}}; }
    static flow::relations hand_in(const event& happened);
    static flow::relations settled_by(const event&) { return 0; }
    static bool waits_in_vain(const row& step, const state& now);
    static rejection wrong_state(const row& asked, status at);
    static section section_of(const event& happened);
    static void follow(const events::recorded& happened, const context& by, follow_ups& all);
    static void open_due(const context& by, follow_ups& all);
};

// clang-format off
OPSROOM_DESCRIBE(delivery::state,
    (id, hidden()), (is, hidden()), (flow, hidden()),
    (collection, reference("收集计划", "Collection plan")),
    (name, line("计划名称", "Plan")),
    (department, department("部门", "Department")),
    (owner, person("负责人", "Owner")),
    (from, day("数据自", "Data from")),
    (until, day("数据至", "Data until")),
    (due, moment("到期", "Due")),
    (late_from, moment("宽限至", "Grace until")),
    (received_at, moment("收到时间", "Received at")),
    (by, person("交付人", "Delivered by")),
    (files, hidden()),
    (replaces, reference("更正的交付", "Corrects")),
    (superseded_by, reference("被更正于", "Corrected by")),
    (verdict, choice("检查结论", "Verdict")),
    (rows, number("行数", "Rows")),
    (taken, number("可用行数", "Good rows")),
    (rejected, number("不可用行数", "Rejected rows")),
    (faulty, number("有误行数", "Faulty rows")),
    (restated, number("改动行数", "Restated rows")),
    (corrected, number("被更正行数", "Corrected rows")),
    (failed, choices("未通过的检查", "Checks that failed")),
    (schema_sha256, hash("列结构哈希", "Hash of the columns")),
    (rows_sha256, hash("数据行哈希", "Hash of the rows")),
    (explained, yes_no("已说明原因", "Explained")),
    (escalated, yes_no("已告知运营经理", "Escalated")),
    (counts, yes_no("计为缺失", "Counts as missing")),
    (said, hidden()), (hands, hidden()))
OPSROOM_DESCRIBE(delivery::enter,
    (collection, reference("收集计划", "Collection plan").code("no_such_plan")),
    (from, day("数据自", "Data from")),
    (until, day("数据至", "Data until")),
    (files, files("文件", "File").least(1).most(1)),
    (replaces, reference("更正的交付", "Corrects").hint("同一期、同一计划的交付", "A delivery of the same days by the same plan")),
    (note, remark("说明", "Note").example("渠道补发", "Sent again by the source")))
// clang-format on
OPSROOM_DESCRIBE(delivery::expect, (collection, reference("收集计划", "Collection plan").code("no_such_plan")), (from, day("数据自", "Data from")), (until, day("数据至", "Data until")))
OPSROOM_DESCRIBE(delivery::fill, (files, files("文件", "File").least(1).most(1)), (note, remark("说明", "Note").example("手工导出", "Exported by hand")))
OPSROOM_DESCRIBE_EMPTY(delivery::miss)
OPSROOM_DESCRIBE_EMPTY(delivery::escalate)
OPSROOM_DESCRIBE(delivery::check, (report, group("检查结果", "Checks")))
OPSROOM_DESCRIBE(delivery::release, (reason, reason().example("已与渠道核对，差异来自退货", "Compared with the source: the difference is returns")))
OPSROOM_DESCRIBE(delivery::reject, (reason, reason().example("导出了另一个月的数据", "It is another month's data")))
OPSROOM_DESCRIBE(delivery::supersede, (by, reference("更正", "Correction").code("bad_replaces")))
OPSROOM_DESCRIBE(delivery::explain_late, (reason, reason().example("渠道维护，今日 16:00 前补发", "The source is down for maintenance; it comes by 16:00")))
OPSROOM_DESCRIBE(delivery::waive, (reason, reason().example("渠道当日停机，没有数据", "The source was down that day, and has no data")), (uncounted, yes_no("不计为缺失", "Does not count as missing")))
OPSROOM_DESCRIBE(delivery::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Everyone in the directory: who needs a number may know which data it is of, and how good that is (S4.1.3).
bool may_see(const delivery::state& of, const context& by);
/// The plan's, with its days.
std::string name_of(const delivery::state& of);
bool is_work_of(const delivery::state& of, member_id who);
std::optional<date> said_due(const delivery::state& of, std::string_view command, const context& by);
concerned concerned_by(const delivery::event& happened, const delivery::state& of, const events::envelope& about, const context& by);
std::vector<delivery::command> due_commands(const delivery::state& now, const context& by);
std::vector<delivery::command> set_right(const delivery::state& of, const wrong_clock& wrong, const context& by);
bool is_own(const delivery::state& of, member_id who);
date due_of(const delivery::state& of);

}  // namespace core
