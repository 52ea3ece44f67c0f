#pragma once
// A source of data: S4.1.1, S2.3.1. It is registered with its owner, connected once data has been had from it, and retired when nothing is
// to be collected from it any more.
//
//   absent -register-> registered -connect-> connected -disconnect-> disconnected -connect-> connected
//   registered, connected, disconnected -retire-> retired

#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/describe.hpp"
#include "events/catalog/source.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(source_status, (absent, "尚未登记", "Not registered"), (registered, "待接通", "Not connected yet", active), (connected, "已接通", "Connected", good),
                    (disconnected, "已中断", "Disconnected", bad), (retired, "已停用", "Retired"))

BOOST_DEFINE_ENUM_CLASS(source_rejection, not_found, already_exists, inactive, not_registrar, not_keeper, not_manager, closed, connected_already, not_connected,
                        name_taken, bad_extras)

struct source {
    static constexpr auto category = events::category::source;
    static constexpr events::kind_words says{{"数据渠道", "Data source"}, {"数据渠道", "Data sources"}, "S4.1.1",
                                             {"内部系统、业务平台与第三方平台：有哪些数据、如何获取、由谁负责。", "Internal systems, business platforms and third-party platforms: what they hold, how it is accessed, who answers for it."}};
    static constexpr std::array forms{events::form_words{"source", {"数据渠道", "Data source"}}};
    static constexpr std::array sections{events::section_words{"source", {"登记内容", "As registered"}}, events::section_words{"connections", {"接通与中断", "Connections"}, true},
                                         events::section_words{"end", {"停用", "Retirement"}}};
    static constexpr std::array usual_path{source_status::registered, source_status::connected, source_status::retired};
    static constexpr bool delegable = true;
    using status = source_status;
    using rejection = source_rejection;
    using event = events::source::any;
    using form = events::source::form;
    using kind = events::source::kind;

    struct state {
        source_status is = source_status::absent;
        std::uint32_t flow = 1;
        std::uint32_t form_version = 0;  ///< of the form that it is filled in by
        source::kind kind = source::kind::internal;
        events::department department;
        std::string name;
        std::vector<events::source::content> holds;
        member_id owner;
        std::uint64_t said = 0;          ///< digest of the last step and its words: the same again has already taken effect
        flow::hands hands;
        bool operator==(const state&) const = default;
    };

    /// Creates. It is called like no other of its department that is in use.
    struct enter {
        static constexpr std::string_view type = "source.register";
        static constexpr events::command_words says{.label = {"登记数据渠道", "Register a data source"}, .hint = {"由数据分析员或运营经理登记（S4.1.1）。", "A data analyst or the operations manager registers it (S4.1.1)."}};
        static constexpr bool creates = true;
        source::form form;
    };
    struct change {
        static constexpr std::string_view type = "source.change";
        static constexpr events::command_words says{.label = {"更改登记", "Change"}};
        static constexpr bool decides = true;
        source::form form;
        std::string reason;
    };
    struct connect {
        static constexpr std::string_view type = "source.connect";
        static constexpr events::command_words says{.label = {"记录已接通", "Record as connected"}, .hint = {"写明试取了什么、结果如何。", "Say what was tried, and what came of it."}};
        std::string note;
    };
    struct disconnect {
        static constexpr std::string_view type = "source.disconnect";
        static constexpr events::command_words says{.label = {"记录中断", "Record as disconnected"}};
        std::string reason;
    };
    struct retire {
        static constexpr std::string_view type = "source.retire";
        static constexpr events::command_words says{.label = {"停用", "Retire"}, .grave = {"停用后不能恢复，不再从中收集数据；已收集的保留。", "A retired source stays retired, and nothing is collected from it any more. What was collected stays."}, .ends = true};
        std::string reason;
    };
    /// By the system, when the owner leaves.
    struct hand_over {
        static constexpr std::string_view type = "source.hand_over";
        static constexpr events::command_words says{.label = {"移交", "Hand over"}};
        member_id from;
        member_id to;
    };
    using command = std::variant<enter, change, connect, disconnect, retire, hand_over>;

    static decision<source> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp).
    static constexpr flow::relations owner = 1;
    static constexpr flow::relations analyst = 2;  ///< DA of its department
    static constexpr flow::relations manager = 4;  ///< OM of its department
    static constexpr flow::relations leader = 8;   ///< SL
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr flow::relations personal = owner;
    static constexpr std::array<std::string_view, 4> relation_names{"owner", "analyst", "manager", "leader"};
    static constexpr std::array<events::wording, 4> relation_words{{{"负责人", "Owner"}, {"数据分析员", "Data analyst"}, {"运营经理", "Operations manager"}, {"上级领导", "Superior leader"}}};
    static constexpr std::array<std::pair<source_status, std::uint16_t>, 2> limits{{{source_status::registered, 10}, {source_status::disconnected, 3}}};

    static constexpr flow::statuses in_use = flow::from(source_status::registered, source_status::connected, source_status::disconnected);
    using row = flow::row<source_status, source_rejection>;
    static const std::array<row, 6> flow;

    static status status_of(const state& now) { return now.is; }
    static std::uint32_t flow_version(const state& now) { return now.flow; }
    static flow::relations relations_of(const state& now, const context& by);
    static flow::holders holders(const state& now) { return {{now.owner, owner}}; }
    static flow::relations hand_in(const event&) { return 0; }
    static flow::relations settled_by(const event&) { return 0; }
    static rejection wrong_state(const row& asked, status at) { return at == status::retired ? rejection::closed : asked.not_now; }
    static section section_of(const event& happened);
    static std::string text_of(const event& happened);
};

// clang-format off
OPSROOM_DESCRIBE(source::state,
    (is, hidden()), (flow, hidden()), (form_version, hidden()),
    (kind, choice("类型", "Kind")),
    (department, department("部门", "Department")),
    (name, line("名称", "Name")),
    (holds, choices("数据类别", "Data")),
    (owner, person("负责人", "Owner")),
    (said, hidden()), (hands, hidden()))
// clang-format on
OPSROOM_DESCRIBE(source::enter, (form, group("渠道", "Source")))
OPSROOM_DESCRIBE(source::change, (form, group("渠道", "Source")), (reason, reason().example("系统更换了接口", "The system has a new interface")))
OPSROOM_DESCRIBE(source::connect, (note, remark("试取结果", "What was tried").example("取得昨日会员 1,204 条，与后台一致", "1,204 members of yesterday, as the back office has them")))
OPSROOM_DESCRIBE(source::disconnect, (reason, reason().example("账号到期", "The account has expired")))
OPSROOM_DESCRIBE(source::retire, (reason, reason().example("平台已下线", "The platform is gone")))
OPSROOM_DESCRIBE(source::hand_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To").code("bad_successor")))

// What every kind says of its entities (core/kernel/decider.hpp).
/// Everyone in the directory: who needs a number may know where it comes from (S4.1.3).
bool may_see(const source::state& of, const context& by);
std::string name_of(const source::state& of);
bool is_work_of(const source::state& of, member_id who);
concerned concerned_by(const source::event& happened, const source::state& of, const events::envelope& about, const context& by);
bool is_own(const source::state& of, member_id who);

}  // namespace core
