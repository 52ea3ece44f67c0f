#pragma once
// A source of data (S4.1.1): an internal system, a business platform or a third party's platform that data is collected from. The handbook
// calls it a channel of data; a channel is the chat's here.

#include "events/catalog/describe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace events::source {

/// S4.1.1.
OPSROOM_DEFINE_ENUM(kind, (internal, "内部系统", "Internal system"), (platform, "业务平台", "Business platform"), (third_party, "第三方平台", "Third-party platform"))

/// S2.3.1.
OPSROOM_DEFINE_ENUM(content, (user, "用户数据", "User data"), (business, "业务数据", "Business data"), (market, "市场数据", "Market data"))

struct form {
    std::string name;
    source::kind kind;
    std::vector<source::content> holds;
    std::string description;             ///< which data, in words
    std::string access;                  ///< how one gets at it
    std::optional<std::string> terms;    ///< under which contract or licence, and until when
    std::optional<std::string> contact;  ///< on the other side
    member_id owner;
    form_extras extras;
    bool operator==(const form&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(form,
    (name, line("名称", "Name").example("会员数据库", "Member database")),
    (kind, choice("类型", "Kind").example("internal", "internal")),
    (holds, choices("数据类别", "Data").least(1).hint("至少一类", "At least one").example("user", "user")),
    (description, prose("数据内容", "What it holds").example("会员、等级与积分流水", "Members, tiers and points")),
    (access, prose("获取方式", "How it is accessed").example("只读账号，每日 02:00 后可查", "A read-only account, complete after 02:00 each day")),
    (terms, prose("使用条款", "Terms").hint("合同或许可，及其期限", "The contract or licence, and until when")),
    (contact, line("对方联系人", "Contact").hint("出现问题时联系谁", "Who is asked when something is wrong with it")),
    (owner, person("负责人", "Owner").code("bad_owner").hint("数据缺失或有误时由其处理", "Who deals with what is missing or wrong")),
    (extras, extras("source")))
// clang-format on

struct registered {
    static constexpr std::string_view type = "source.registered.v1";
    static constexpr std::string_view clause = "S4.1.1";
    static constexpr event_words says{{"登记了数据渠道", "registered the data source"}};
    events::department department;  ///< of who registered it
    source::form form;
    std::uint32_t flow;
    bool operator==(const registered&) const = default;
};
OPSROOM_DESCRIBE(registered, (department, department("部门", "Department")), (form, group("渠道", "Source")), (flow, hidden()))

struct changed {
    static constexpr std::string_view type = "source.changed.v1";
    static constexpr std::string_view clause = "S4.1.1";
    static constexpr event_words says{{"更改了数据渠道的登记", "changed what is registered of the data source"}};
    source::form form;
    std::string reason;
    bool operator==(const changed&) const = default;
};
OPSROOM_DESCRIBE(changed, (form, group("渠道", "Source")), (reason, reason()))

/// Data has been had from it.
struct connected {
    static constexpr std::string_view type = "source.connected.v1";
    static constexpr std::string_view clause = "S4.1.1";
    static constexpr event_words says{{"接通了数据渠道", "connected the data source"}};
    std::string note;
    bool operator==(const connected&) const = default;
};
OPSROOM_DESCRIBE(connected, (note, remark("试取结果", "What was tried")))

/// It can't be reached, until it is connected again.
struct disconnected {
    static constexpr std::string_view type = "source.disconnected.v1";
    static constexpr std::string_view clause = "S4.1.1";
    static constexpr event_words says{{"记录了渠道中断", "recorded that the data source is disconnected"}};
    std::string reason;
    bool operator==(const disconnected&) const = default;
};
OPSROOM_DESCRIBE(disconnected, (reason, reason()))

/// Nothing is collected from it any more. What was collected stays.
struct retired {
    static constexpr std::string_view type = "source.retired.v1";
    static constexpr std::string_view clause = "S4.1.1";
    static constexpr event_words says{{"停用了数据渠道", "retired the data source"}};
    std::string reason;
    bool operator==(const retired&) const = default;
};
OPSROOM_DESCRIBE(retired, (reason, reason()))

struct handed_over {
    static constexpr std::string_view type = "source.handed_over.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"移交了数据渠道", "handed the data source over"}, {"把数据渠道从 {from} 移交给 {to}", "handed the data source over from {from} to {to}"}};
    member_id from;
    member_id to;
    bool operator==(const handed_over&) const = default;
};
OPSROOM_DESCRIBE(handed_over, (from, person("移交人", "From").may_have_left()), (to, person("接手人", "To")))

using any = std::variant<registered, changed, connected, disconnected, retired, handed_over>;

}  // namespace events::source
