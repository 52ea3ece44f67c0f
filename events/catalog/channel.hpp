#pragma once
// A channel is where people talk. Messages are numbered within it and may belong to a topic.

#include "events/catalog/value.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace events::channel {

/// everyone: any member reads and joins. members_only: by invitation, and nobody else knows of it.
BOOST_DEFINE_ENUM_CLASS(visibility, everyone, members_only)

struct created {
    static constexpr std::string_view type = "channel.created.v1";
    static constexpr std::string_view clause = "S5.1.3";
    std::string name;
    std::string description;
    channel::visibility visibility;
    bool operator==(const created&) const = default;
};
BOOST_DESCRIBE_STRUCT(created, (), (name, description, visibility))

struct described {
    static constexpr std::string_view type = "channel.described.v1";
    static constexpr std::string_view clause = "S5.1.3";
    std::string description;
    bool operator==(const described&) const = default;
};
BOOST_DESCRIBE_STRUCT(described, (), (description))

struct archived {
    static constexpr std::string_view type = "channel.archived.v1";
    static constexpr std::string_view clause = "S5.1.3";
    bool operator==(const archived&) const = default;
};
BOOST_DESCRIBE_STRUCT(archived, (), ())

struct joined {
    static constexpr std::string_view type = "channel.joined.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id member;
    bool operator==(const joined&) const = default;
};
BOOST_DESCRIBE_STRUCT(joined, (), (member))

/// Left by themselves, or was removed by the envelope's actor.
struct left {
    static constexpr std::string_view type = "channel.left.v1";
    static constexpr std::string_view clause = "S1.3.4";
    member_id member;
    bool operator==(const left&) const = default;
};
BOOST_DESCRIBE_STRUCT(left, (), (member))

/// The author is `text.of`.
struct posted {
    static constexpr std::string_view type = "channel.posted.v1";
    static constexpr std::string_view clause = "S5.1.2";
    message_no message;
    personal text;
    std::string topic;  ///< empty: the channel's general conversation
    bool operator==(const posted&) const = default;
};
BOOST_DESCRIBE_STRUCT(posted, (), (message, text, topic))

/// A message brought over from elsewhere by the envelope's actor, said at `at` by `author`, who is also `text.of`.
struct imported {
    static constexpr std::string_view type = "channel.imported.v1";
    static constexpr std::string_view clause = "S5.1.3";
    message_no message;
    member_id author;
    instant at;
    personal text;
    std::string topic;
    std::string source;
    bool operator==(const imported&) const = default;
};
BOOST_DESCRIBE_STRUCT(imported, (), (message, author, at, text, topic, source))

struct edited {
    static constexpr std::string_view type = "channel.edited.v1";
    static constexpr std::string_view clause = "S5.1.2";
    message_no message;
    personal text;
    bool operator==(const edited&) const = default;
};
BOOST_DESCRIBE_STRUCT(edited, (), (message, text))

struct deleted {
    static constexpr std::string_view type = "channel.deleted.v1";
    static constexpr std::string_view clause = "S5.1.2";
    message_no message;
    bool operator==(const deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(deleted, (), (message))

/// The message now belongs to `topic`.
struct topic_set {
    static constexpr std::string_view type = "channel.topic_set.v1";
    static constexpr std::string_view clause = "S5.1.2";
    message_no message;
    std::string topic;
    bool operator==(const topic_set&) const = default;
};
BOOST_DESCRIBE_STRUCT(topic_set, (), (message, topic))

struct reacted {
    static constexpr std::string_view type = "channel.reacted.v1";
    static constexpr std::string_view clause = "S5.1.2";
    message_no message;
    member_id member;
    std::string emoji;
    bool operator==(const reacted&) const = default;
};
BOOST_DESCRIBE_STRUCT(reacted, (), (message, member, emoji))

struct reaction_removed {
    static constexpr std::string_view type = "channel.reaction_removed.v1";
    static constexpr std::string_view clause = "S5.1.2";
    message_no message;
    member_id member;
    std::string emoji;
    bool operator==(const reaction_removed&) const = default;
};
BOOST_DESCRIBE_STRUCT(reaction_removed, (), (message, member, emoji))

struct pinned {
    static constexpr std::string_view type = "channel.pinned.v1";
    static constexpr std::string_view clause = "S5.1.2";
    message_no message;
    bool operator==(const pinned&) const = default;
};
BOOST_DESCRIBE_STRUCT(pinned, (), (message))

struct unpinned {
    static constexpr std::string_view type = "channel.unpinned.v1";
    static constexpr std::string_view clause = "S5.1.2";
    message_no message;
    bool operator==(const unpinned&) const = default;
};
BOOST_DESCRIBE_STRUCT(unpinned, (), (message))

/// `member` has read every message up to and including `message`. Only they are shown it.
struct read {
    static constexpr std::string_view type = "channel.read.v1";
    static constexpr std::string_view clause = "S5.3.2";
    message_no message;
    member_id member;
    bool operator==(const read&) const = default;
};
BOOST_DESCRIBE_STRUCT(read, (), (message, member))

/// Looks after the channel from here on.
struct keeper_appointed {
    static constexpr std::string_view type = "channel.keeper_appointed.v1";
    static constexpr std::string_view clause = "S5.1.3";
    member_id member;
    bool operator==(const keeper_appointed&) const = default;
};
BOOST_DESCRIBE_STRUCT(keeper_appointed, (), (member))

using any = std::variant<created, described, archived, joined, left, posted, imported, edited, deleted, topic_set,
                         reacted, reaction_removed, pinned, unpinned, read, keeper_appointed>;

}  // namespace events::channel
