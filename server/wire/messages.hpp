#pragma once
// The lines of the live socket, in and out (README.md beside this file).

#include "server/engine/request.hpp"
#include "server/wire/feed.hpp"
#include "server/wire/commands.hpp"

#include <string>
#include <variant>
#include <vector>

namespace server::wire {

struct subscribe {
    wire::feed feed;
    std::optional<events::position> after;
    std::string history;  ///< in which `after` was told; empty: not said
};
struct unsubscribe {
    wire::feed feed;
};
struct typing {
    events::channel_id channel;
};
struct ping {
    std::uint64_t n = 0;
};

/// A command's id. Nothing for what is no UUID, and for the nil UUID: it names nothing, so no two commands could be told apart.
std::optional<events::uuid> parse_command_id(std::string_view text);

/// A line that can't be followed. With an id it answers a command, and is a reject.
struct bad_line {
    std::optional<events::uuid> id;
    wire::problem problem;
};

using client_line = std::variant<engine::client_command, subscribe, unsubscribe, typing, ping, bad_line>;

client_line read_line(parser& with, std::string_view line, events::member_id actor, elections held = elections::here);

std::string hello_line(events::member_id who, events::position at, std::string_view history, std::size_t message_bytes_max,
                       std::size_t subscriptions_max);
std::string answer_line(const events::uuid& command, const engine::answer& what, events::language reader);
std::string reject_line(const events::uuid& command, const problem& why, events::language reader);
std::string error_line(const problem& why, events::language reader);
std::string ended_line(const feed& f, const problem& why, events::language reader);
std::string subscribed_line(const feed& f, events::position at);
std::string pong_line(std::uint64_t n);
std::string presence_line(const std::vector<events::member_id>& online);
std::string typing_line(events::channel_id where, events::member_id who);

}  // namespace server::wire
