#pragma once
// A channel is where people talk. Messages are numbered within it and may belong to a topic.

#include "events/catalog/describe.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace events::channel {

/// everyone: any member reads and joins. members_only: by invitation, and nobody else knows of it.
OPSROOM_DEFINE_ENUM(visibility, (everyone, "所有人都能看到和加入", "Everybody sees it and may join"), (members_only, "仅受邀成员，其他人看不到", "Those who are invited; nobody else sees it"))

struct created {
    static constexpr std::string_view type = "channel.created.v1";
    static constexpr std::string_view clause = "S5.1.3";
    static constexpr event_words says{{"新建了频道", "created the channel"}, {"新建了频道 {name}", "created the channel {name}"}};
    std::string name;
    std::string description;
    channel::visibility visibility;
    bool operator==(const created&) const = default;
};
OPSROOM_DESCRIBE(created, (name, line("频道名", "Name")), (description, remark("说明", "Description").may_be_empty()), (visibility, choice("可见范围", "Who sees it")))

struct described {
    static constexpr std::string_view type = "channel.described.v1";
    static constexpr std::string_view clause = "S5.1.3";
    static constexpr event_words says{{"更改了频道说明", "changed the channel's description"}};
    std::string description;
    bool operator==(const described&) const = default;
};
OPSROOM_DESCRIBE(described, (description, remark("说明", "Description").may_be_empty()))

struct archived {
    static constexpr std::string_view type = "channel.archived.v1";
    static constexpr std::string_view clause = "S5.1.3";
    static constexpr event_words says{{"归档了频道", "archived the channel"}};
    bool operator==(const archived&) const = default;
};
OPSROOM_DESCRIBE_EMPTY(archived)

struct joined {
    static constexpr std::string_view type = "channel.joined.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"加入了频道", "joined the channel"}, {"加入了频道：{member}", "joined the channel: {member}"}};
    member_id member;
    bool operator==(const joined&) const = default;
};
OPSROOM_DESCRIBE(joined, (member, person("成员", "Member").may_have_left()))

/// Left by themselves, or was removed by the envelope's actor.
struct left {
    static constexpr std::string_view type = "channel.left.v1";
    static constexpr std::string_view clause = "S1.3.4";
    static constexpr event_words says{{"离开了频道", "left the channel"}, {"离开了频道：{member}", "left the channel: {member}"}};
    member_id member;
    bool operator==(const left&) const = default;
};
OPSROOM_DESCRIBE(left, (member, person("成员", "Member").may_have_left()))

/// The author is `text.of`.
struct posted {
    static constexpr std::string_view type = "channel.posted.v1";
    static constexpr std::string_view clause = "S5.1.2";
    static constexpr event_words says{{"发了消息", "posted a message"}};
    message_no message;
    personal text;
    std::string topic;  ///< empty: the channel's general conversation
    bool operator==(const posted&) const = default;
};
OPSROOM_DESCRIBE(posted, (message, number("消息编号", "Number of the message")), (text, prose("正文", "Text")), (topic, line("话题", "Topic").most(60).may_be_empty()))

/// A message brought over from elsewhere by the envelope's actor, said at `at` by `author`, who is also `text.of`.
struct imported {
    static constexpr std::string_view type = "channel.imported.v1";
    static constexpr std::string_view clause = "S5.1.3";
    static constexpr event_words says{{"导入了消息", "imported a message"}, {"导入了 {author} 的消息", "imported a message of {author}"}};
    message_no message;
    member_id author;
    instant at;
    personal text;
    std::string topic;
    std::string source;
    bool operator==(const imported&) const = default;
};
// clang-format off
OPSROOM_DESCRIBE(imported,
    (message, number("消息编号", "Number of the message")),
    (author, person("作者", "Author").may_have_left()),
    (at, moment("时间", "Time")),
    (text, prose("正文", "Text")),
    (topic, line("话题", "Topic").most(60).may_be_empty()),
    (source, line("来源", "Source")))
// clang-format on

struct edited {
    static constexpr std::string_view type = "channel.edited.v1";
    static constexpr std::string_view clause = "S5.1.2";
    static constexpr event_words says{{"修改了消息", "edited a message"}};
    message_no message;
    personal text;
    bool operator==(const edited&) const = default;
};
OPSROOM_DESCRIBE(edited, (message, number("消息编号", "Number of the message")), (text, prose("正文", "Text")))

struct deleted {
    static constexpr std::string_view type = "channel.deleted.v1";
    static constexpr std::string_view clause = "S5.1.2";
    static constexpr event_words says{{"删除了消息", "deleted a message"}};
    message_no message;
    bool operator==(const deleted&) const = default;
};
OPSROOM_DESCRIBE(deleted, (message, number("消息编号", "Number of the message")))

/// The message now belongs to `topic`.
struct topic_set {
    static constexpr std::string_view type = "channel.topic_set.v1";
    static constexpr std::string_view clause = "S5.1.2";
    static constexpr event_words says{{"更改了消息的话题", "moved a message to another topic"}};
    message_no message;
    std::string topic;
    bool operator==(const topic_set&) const = default;
};
OPSROOM_DESCRIBE(topic_set, (message, number("消息编号", "Number of the message")), (topic, line("话题", "Topic").most(60).may_be_empty()))

struct reacted {
    static constexpr std::string_view type = "channel.reacted.v1";
    static constexpr std::string_view clause = "S5.1.2";
    static constexpr event_words says{{"回应了消息", "reacted to a message"}, {"以 {emoji} 回应了消息", "reacted to a message with {emoji}"}};
    message_no message;
    member_id member;
    std::string emoji;
    bool operator==(const reacted&) const = default;
};
OPSROOM_DESCRIBE(reacted, (message, number("消息编号", "Number of the message")), (member, person("成员", "Member").may_have_left()), (emoji, line("表情", "Emoji")))

struct reaction_removed {
    static constexpr std::string_view type = "channel.reaction_removed.v1";
    static constexpr std::string_view clause = "S5.1.2";
    static constexpr event_words says{{"收回了回应", "took back a reaction"}};
    message_no message;
    member_id member;
    std::string emoji;
    bool operator==(const reaction_removed&) const = default;
};
OPSROOM_DESCRIBE(reaction_removed, (message, number("消息编号", "Number of the message")), (member, person("成员", "Member").may_have_left()), (emoji, line("表情", "Emoji")))

struct pinned {
    static constexpr std::string_view type = "channel.pinned.v1";
    static constexpr std::string_view clause = "S5.1.2";
    static constexpr event_words says{{"置顶了消息", "pinned a message"}};
    message_no message;
    bool operator==(const pinned&) const = default;
};
OPSROOM_DESCRIBE(pinned, (message, number("消息编号", "Number of the message")))

struct unpinned {
    static constexpr std::string_view type = "channel.unpinned.v1";
    static constexpr std::string_view clause = "S5.1.2";
    static constexpr event_words says{{"取消了置顶", "unpinned a message"}};
    message_no message;
    bool operator==(const unpinned&) const = default;
};
OPSROOM_DESCRIBE(unpinned, (message, number("消息编号", "Number of the message")))

/// `member` has read every message up to and including `message`. Only they are shown it.
struct read {
    static constexpr std::string_view type = "channel.read.v1";
    static constexpr std::string_view clause = "S5.3.2";
    static constexpr event_words says{{"读到了消息", "read up to a message"}};
    message_no message;
    member_id member;
    bool operator==(const read&) const = default;
};
OPSROOM_DESCRIBE(read, (message, number("消息编号", "Number of the message")), (member, person("成员", "Member").may_have_left()))

/// Looks after the channel from here on.
struct keeper_appointed {
    static constexpr std::string_view type = "channel.keeper_appointed.v1";
    static constexpr std::string_view clause = "S5.1.3";
    static constexpr event_words says{{"指定了频道管理人", "appointed the channel's keeper"}, {"指定 {member} 为频道管理人", "appointed {member} to keep the channel"}};
    member_id member;
    bool operator==(const keeper_appointed&) const = default;
};
OPSROOM_DESCRIBE(keeper_appointed, (member, person("频道管理人", "Keeper").may_have_left()))

using any = std::variant<created, described, archived, joined, left, posted, imported, edited, deleted, topic_set,
                         reacted, reaction_removed, pinned, unpinned, read, keeper_appointed>;

}  // namespace events::channel
