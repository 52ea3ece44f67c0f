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

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace core {

BOOST_DEFINE_ENUM_CLASS(channel_status, absent, open, archived)

BOOST_DEFINE_ENUM_CLASS(channel_rejection, not_found, already_exists, inactive, archived, needs_a_person, not_in_channel,
                        not_keeper, not_author, may_not_remove, may_not_move, not_importer, no_such_member, no_such_message,
                        message_deleted, bad_name, bad_description, bad_text, bad_topic, too_many_topics, bad_emoji,
                        bad_source, bad_messages, no_such_author, author_erased, bad_time, not_appointing, not_inside)

struct channel {
    static constexpr auto category = events::category::channel;
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
        static constexpr bool creates = true;
        std::string name;
        std::optional<std::string> description;
        channel::visibility visibility;
    };
    struct describe {
        static constexpr std::string_view type = "channel.describe";
        std::string description;
    };
    struct archive {
        static constexpr std::string_view type = "channel.archive";
    };
    struct join {
        static constexpr std::string_view type = "channel.join";
        std::optional<member_id> member;  ///< left out: oneself
    };
    struct leave {
        static constexpr std::string_view type = "channel.leave";
        std::optional<member_id> member;  ///< left out: oneself
    };
    struct post {
        static constexpr std::string_view type = "channel.post";
        std::string text;
        std::optional<std::string> topic;
    };
    struct edit {
        static constexpr std::string_view type = "channel.edit";
        message_no message;
        std::string text;
    };
    struct delete_message {
        static constexpr std::string_view type = "channel.delete";
        message_no message;
    };
    struct set_topic {
        static constexpr std::string_view type = "channel.set_topic";
        message_no message;
        std::string topic;  ///< empty: none
    };
    struct react {
        static constexpr std::string_view type = "channel.react";
        message_no message;
        std::string emoji;
    };
    struct unreact {
        static constexpr std::string_view type = "channel.unreact";
        message_no message;
        std::string emoji;
    };
    struct pin {
        static constexpr std::string_view type = "channel.pin";
        message_no message;
    };
    struct unpin {
        static constexpr std::string_view type = "channel.unpin";
        message_no message;
    };
    struct read {
        static constexpr std::string_view type = "channel.read";
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
        std::string source;
        std::vector<said> messages;  ///< 1 to 500
    };
    /// By the keeper, or by an administrator, who need not be able to look into it.
    struct appoint_keeper {
        static constexpr std::string_view type = "channel.appoint_keeper";
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

    using row = flow::row<channel_status, channel_rejection>;
    static const std::array<row, 16> flow;

    /// Who looks after it; 0: nobody of those in it is here any more.
    static member_id keeper_of(const state& now, const roster& people);

    static status status_of(const state& now) { return now.is; }
    static bool is_hidden(const state& now, const command& asked, const context& by);
    static flow::relations relations_of(const state& now, const context& by);
    static rejection wrong_state(const row& asked, status at);
};

BOOST_DESCRIBE_STRUCT(channel::state, (), (is, visibility, keeper, description, people, messages))
BOOST_DESCRIBE_STRUCT(channel::create, (), (name, description, visibility))
BOOST_DESCRIBE_STRUCT(channel::describe, (), (description))
BOOST_DESCRIBE_STRUCT(channel::archive, (), ())
BOOST_DESCRIBE_STRUCT(channel::join, (), (member))
BOOST_DESCRIBE_STRUCT(channel::leave, (), (member))
BOOST_DESCRIBE_STRUCT(channel::post, (), (text, topic))
BOOST_DESCRIBE_STRUCT(channel::edit, (), (message, text))
BOOST_DESCRIBE_STRUCT(channel::delete_message, (), (message))
BOOST_DESCRIBE_STRUCT(channel::set_topic, (), (message, topic))
BOOST_DESCRIBE_STRUCT(channel::react, (), (message, emoji))
BOOST_DESCRIBE_STRUCT(channel::unreact, (), (message, emoji))
BOOST_DESCRIBE_STRUCT(channel::pin, (), (message))
BOOST_DESCRIBE_STRUCT(channel::unpin, (), (message))
BOOST_DESCRIBE_STRUCT(channel::read, (), (message))
BOOST_DESCRIBE_STRUCT(channel::said, (), (at, author, text, topic, message))
BOOST_DESCRIBE_STRUCT(channel::import_messages, (), (source, messages))
BOOST_DESCRIBE_STRUCT(channel::appoint_keeper, (), (member))

// What every kind says of its entities (core/kernel/decider.hpp).
bool may_see(const channel::state& of, const context& by);

}  // namespace core
