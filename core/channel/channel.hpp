#pragma once
// A channel: where people talk, in numbered messages that may belong to a topic (S5.1.2, S5.1.3).
//
//   absent -create-> open -archive-> archived; nothing more can be said in an archived one.
//
// A channel for members_only is not found by anyone who is not in it. Its keeper is the first person in it (who created
// it, or, where the system did, who came first), or whoever was appointed since; where they are not here any more, who of
// those that are has been in it longest. With the last of them it is archived, so that none is left that nobody can reach.

#include "core/channel/messages.hpp"
#include "core/kernel/decider.hpp"
#include "core/kernel/flow.hpp"
#include "events/catalog/channel.hpp"
#include "events/catalog/describe.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace core {

OPSROOM_DEFINE_ENUM(channel_status, (absent, "尚未建立", "Not created"), (open, "使用中", "Open", good), (archived, "已归档", "Archived"))

BOOST_DEFINE_ENUM_CLASS(channel_rejection, not_found, already_exists, inactive, archived, needs_a_person, not_in_channel,
                        not_keeper, not_author, may_not_remove, may_not_move, not_importer, no_such_message, message_deleted, bad_name,
                        too_many_topics, bad_emoji, no_such_author, author_erased, bad_time, not_appointing, not_inside)

struct channel {
    static constexpr auto category = events::category::channel;
    static constexpr events::kind_words says{{"频道", "Channel"}, {"频道", "Channels"}, "S5.1.2",
                                             {"讨论工作的地方：公开或受邀，可按话题分列。", "Where work is talked about: open to everyone or by invitation, ordered by topics."}};
    static constexpr std::array<events::form_words, 0> forms{};
    static constexpr std::array<events::section_words, 0> sections{};
    static constexpr std::array usual_path{channel_status::open};
    static constexpr bool own_read_model = true;
    static constexpr bool told_by_events = true;
    using status = channel_status;
    using rejection = channel_rejection;
    using event = events::channel::any;
    using visibility = events::channel::visibility;

    struct state {
        channel_status is = channel_status::absent;
        channel::visibility visibility = channel::visibility::everyone;
        member_id keeper;
        std::uint64_t description = 0;  ///< digest of it
        seats people;
        message_list messages;
        bool operator==(const state&) const = default;
    };

    /// Creates. Whoever does is in it.
    struct create {
        static constexpr std::string_view type = "channel.create";
        static constexpr events::command_words says{.label = {"新建频道", "New channel"}};
        static constexpr bool creates = true;
        std::string name;
        std::optional<std::string> description;
        channel::visibility visibility;
    };
    struct describe {
        static constexpr std::string_view type = "channel.describe";
        static constexpr events::command_words says{.label = {"更改说明", "Change the description"}};
        std::string description;
    };
    struct archive {
        static constexpr std::string_view type = "channel.archive";
        static constexpr events::command_words says{.label = {"归档频道", "Archive the channel"}, .grave = {"归档后只能阅读，不能恢复。", "An archived channel can only be read, for good."}, .ends = true};
    };
    struct join {
        static constexpr std::string_view type = "channel.join";
        static constexpr events::command_words says{.label = {"加入频道", "Join"}, .hint = {"频道里的人也可以让他人加入。", "Whoever is in it may bring in others."}};
        std::optional<member_id> member;  ///< left out: oneself
    };
    struct leave {
        static constexpr std::string_view type = "channel.leave";
        static constexpr events::command_words says{.label = {"离开频道", "Leave"}, .hint = {"频道管理人也可以移出他人。", "Its keeper may remove others."}};
        std::optional<member_id> member;  ///< left out: oneself
    };
    struct post {
        static constexpr std::string_view type = "channel.post";
        static constexpr events::command_words says{.label = {"发消息", "Post"}};
        std::string text;
        std::optional<std::string> topic;
    };
    struct edit {
        static constexpr std::string_view type = "channel.edit";
        static constexpr events::command_words says{.label = {"修改消息", "Edit"}};
        message_no message;
        std::string text;
    };
    struct delete_message {
        static constexpr std::string_view type = "channel.delete";
        static constexpr events::command_words says{.label = {"删除消息", "Delete"}, .grave = {"删除后不能恢复。", "A deleted message cannot be restored."}};
        message_no message;
    };
    struct set_topic {
        static constexpr std::string_view type = "channel.set_topic";
        static constexpr events::command_words says{.label = {"更改话题", "Move to a topic"}, .verb = "topic"};
        message_no message;
        std::string topic;  ///< empty: none
    };
    struct react {
        static constexpr std::string_view type = "channel.react";
        static constexpr events::command_words says{.label = {"回应", "React"}};
        message_no message;
        std::string emoji;
    };
    struct unreact {
        static constexpr std::string_view type = "channel.unreact";
        static constexpr events::command_words says{.label = {"收回回应", "Take back the reaction"}};
        message_no message;
        std::string emoji;
    };
    struct pin {
        static constexpr std::string_view type = "channel.pin";
        static constexpr events::command_words says{.label = {"置顶", "Pin"}};
        message_no message;
    };
    struct unpin {
        static constexpr std::string_view type = "channel.unpin";
        static constexpr events::command_words says{.label = {"取消置顶", "Unpin"}};
        message_no message;
    };
    struct read {
        static constexpr std::string_view type = "channel.read";
        static constexpr events::command_words says{.label = {"标为已读", "Mark as read"}};
        message_no message;
    };
    /// A message that was said elsewhere.
    struct said {
        instant at;
        member_id author;
        std::string text;
        std::optional<std::string> topic;
        std::optional<message_no> message;  ///< one that was imported earlier: since then its words have changed there
    };
    struct import_messages {
        static constexpr std::string_view type = "channel.import";
        static constexpr events::command_words says{.label = {"导入消息", "Import messages"}};
        std::string source;
        std::vector<said> messages;  ///< 1 to 500
    };
    /// By the keeper, or by an administrator, who need not be able to look into it.
    struct appoint_keeper {
        static constexpr std::string_view type = "channel.appoint_keeper";
        static constexpr events::command_words says{.label = {"指定频道管理人", "Appoint the keeper"}, .verb = "keeper"};
        member_id member;
    };
    using command = std::variant<create, describe, archive, join, leave, post, edit, delete_message, set_topic, react, unreact,
                                 pin, unpin, read, import_messages, appoint_keeper>;

    static decision<channel> decide(const state& now, const command& asked, const context& by);
    static void evolve(state& now, const event& happened);
    static refusal explain(rejection no);

    // For the flow (core/kernel/flow.hpp). Who wrote a message is looked at beside the rows, as it differs by message.
    static constexpr flow::relations anyone = 1;
    static constexpr flow::relations inside = 2;   ///< in the channel
    static constexpr flow::relations keeper = 4;
    static constexpr flow::relations manager = 8;  ///< OM
    static constexpr flow::relations admin = 16;   ///< AD
    static constexpr flow::relations leader = 32;  ///< SL
    static constexpr flow::relations overseen = manager;
    static constexpr flow::relations overseer = leader;
    static constexpr std::array<std::string_view, 6> relation_names{"anyone", "inside", "keeper", "manager", "admin", "leader"};
    static constexpr std::array<events::wording, 6> relation_words{{{"任何人", "Anyone"}, {"频道里的人", "Who is in the channel"}, {"频道管理人", "Keeper of the channel"},
                                                                   {"管理人所在部门的运营经理", "Operations manager of the keeper's department"}, {"系统管理员", "System administrator"},
                                                                   {"上级领导", "Superior leader"}}};

    using row = flow::row<channel_status, channel_rejection>;
    static const std::array<row, 16> flow;

    /// Who looks after it; 0: nobody of those in it is here any more.
    static member_id keeper_of(const state& now, const roster& people);

    static status status_of(const state& now) { return now.is; }
    static bool is_hidden(const state& now, const command& asked, const context& by);
    static void follow(const events::recorded& happened, const context& by, follow_ups& all);
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status at);
};

// clang-format off
OPSROOM_DESCRIBE(channel::state,
    (is, hidden()),
    (visibility, choice("可见范围", "Who sees it")),
    (keeper, person("频道管理人", "Keeper")),
    (description, hidden()),
    (people, hidden()),
    (messages, hidden()))
OPSROOM_DESCRIBE(channel::create,
    (name, line("频道名", "Name").most(80).example("综合", "general")),
    (description, remark("说明", "Description").hint("频道的用途", "What it is for").example("日常事务", "Everything")),
    (visibility, choice("可见范围", "Who sees it").begins_with("everyone")))
// clang-format on
OPSROOM_DESCRIBE(channel::describe, (description, remark("说明", "Description").may_be_empty().example("日常工作", "Daily work")))
OPSROOM_DESCRIBE_EMPTY(channel::archive)
OPSROOM_DESCRIBE(channel::join, (member, person("成员", "Member").code("no_such_member").hint("不填则为自己", "Left out: yourself").example("@li.na", "@li.na")))
OPSROOM_DESCRIBE(channel::leave, (member, person("成员", "Member").may_have_left().hint("不填则为自己", "Left out: yourself")))
OPSROOM_DESCRIBE(channel::post, (text, prose("正文", "Text").example("早上好", "Good morning")), (topic, line("话题", "Topic").most(60)))
OPSROOM_DESCRIBE(channel::edit, (message, number("消息编号", "Number of the message").example("12", "12")), (text, prose("正文", "Text").example("下午好", "Good afternoon")))
OPSROOM_DESCRIBE(channel::delete_message, (message, number("消息编号", "Number of the message").example("12", "12")))
OPSROOM_DESCRIBE(channel::set_topic, (message, number("消息编号", "Number of the message").example("12", "12")), (topic, line("话题", "Topic").most(60).may_be_empty().hint("留空则不属于任何话题", "Empty: it belongs to none").example("预算", "budget")))
OPSROOM_DESCRIBE(channel::react, (message, number("消息编号", "Number of the message").example("12", "12")), (emoji, line("表情", "Emoji").example("👍", "👍")))
OPSROOM_DESCRIBE(channel::unreact, (message, number("消息编号", "Number of the message").example("12", "12")), (emoji, line("表情", "Emoji").example("👍", "👍")))
OPSROOM_DESCRIBE(channel::pin, (message, number("消息编号", "Number of the message").example("12", "12")))
OPSROOM_DESCRIBE(channel::unpin, (message, number("消息编号", "Number of the message").example("12", "12")))
OPSROOM_DESCRIBE(channel::read, (message, number("消息编号", "Number of the message").example("12", "12")))
// clang-format off
OPSROOM_DESCRIBE(channel::said,
    (at, moment("时间", "Time")),
    (author, person("作者", "Author").may_have_left()),
    (text, prose("正文", "Text")),
    (topic, line("话题", "Topic").most(60)),
    (message, number("消息编号", "Number of the message").hint("此前导入、在来源处已修改的那一条", "One that was imported before, and has been edited where it is from")))
// clang-format on
OPSROOM_DESCRIBE(channel::import_messages, (source, line("来源", "Source").most(128)), (messages, list("消息", "Messages").least(1).most(500)))
OPSROOM_DESCRIBE(channel::appoint_keeper, (member, person("频道管理人", "Keeper").code("not_inside").hint("频道里的人", "Somebody who is in it").example("@li.na", "@li.na")))

// What every kind says of its entities (core/kernel/decider.hpp).
bool may_see(const channel::state& of, const context& by);

}  // namespace core
