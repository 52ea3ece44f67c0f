#include "server/wire/messages.hpp"

#include "events/codec/json_write.hpp"

namespace server::wire {
namespace {

using events::codec::fault;
using events::codec::fault_kind;
using events::codec::write_number;

struct fields {
    std::string_view type;
    std::optional<std::string_view> id, command, feed, history;
    std::optional<std::uint64_t> after, channel, n;
    raw_command raw;
};

fault read_fields(simdjson::dom::object object, fields& f) {
    once keys;
    for (const auto [key, value] : object) {
        fault wrong;
        const auto text = [&, &given = value](auto& out) {
            std::string_view t;
            if (given.get(t) != simdjson::SUCCESS) wrong = {fault_kind::wrong_type, "", "string"};
            else out = t;
        };
        if (keys.again(key)) wrong = {fault_kind::doubled, "", ""};
        else if (key == "type") text(f.type);
        else if (key == "id") text(f.id);
        else if (key == "command") text(f.command);
        else if (key == "feed") text(f.feed);
        else if (key == "history") text(f.history);
        else if (key == "after") wrong = events::codec::read_json(value, f.after);
        else if (key == "channel") wrong = events::codec::read_json(value, f.channel);
        else if (key == "n") wrong = events::codec::read_json(value, f.n);
        else if (key == "target") wrong = events::codec::read_json(value, f.raw.target);
        else if (key == "expect") wrong = events::codec::read_json(value, f.raw.expect);
        else if (key == "data") f.raw.data = value;
        else wrong = {fault_kind::unknown, "", ""};
        if (wrong) return std::move(wrong).in(key);
    }
    return {};
}

bad_line missing(std::string_view field) { return {{}, from_fault(fault{fault_kind::missing, "", ""}.in(field))}; }

}  // namespace

std::optional<events::uuid> parse_command_id(std::string_view text) {
    const auto id = events::parse_uuid(text);
    return id && *id != events::uuid{} ? id : std::nullopt;
}

namespace {

client_line read_command_line(fields& f, events::member_id actor, elections held) {
    if (!f.id) return missing("id");
    const auto id = parse_command_id(*f.id);
    if (!id) return bad_line{{}, make(422, problems::bad_command_id)};
    if (!f.command) return missing("command");
    f.raw.type = *f.command;
    auto read = read_command(f.raw, *id, actor, held);
    if (auto* wrong = std::get_if<problem>(&read)) return bad_line{*id, std::move(*wrong)};
    return std::get<engine::client_command>(std::move(read));
}

std::string begin(std::string_view type) {
    std::string out = R"({"type":")";
    out += type;
    out += '"';
    return out;
}

void put(std::string& out, std::string_view key, std::uint64_t n) {
    out += ",\"";
    out += key;
    out += "\":";
    write_number(out, n);
}

void put_feed(std::string& out, const feed& f) {
    out += R"(,"feed":")";
    out += to_string(f);
    out += '"';
}

std::string with_problem(std::string out, const problem& why, events::language reader) {
    out += R"(,"problem":)";
    write_problem(out, why, reader);
    out += '}';
    return out;
}

void put_id(std::string& out, const events::uuid& id) {
    out += R"(,"id":)";
    events::codec::write_uuid(out, id);
}

}  // namespace

client_line read_line(parser& with, std::string_view line, events::member_id actor, elections held) {
    const auto root = with.parse(line);
    simdjson::dom::object object;
    if (!root) return bad_line{{}, make(400, problems::malformed_json)};
    if (root->get(object) != simdjson::SUCCESS) return bad_line{{}, from_fault({fault_kind::wrong_type, "", "object"})};
    fields f;
    if (auto wrong = read_fields(object, f)) {
        // Wherever in the line it is: whoever sent a command is told about that command.
        std::string_view id;
        if (object["id"].get(id) != simdjson::SUCCESS) return bad_line{{}, from_fault(wrong)};
        return bad_line{events::parse_uuid(id), from_fault(wrong)};
    }
    if (f.type == "command") return read_command_line(f, actor, held);
    if (f.type == "subscribe" || f.type == "unsubscribe") {
        if (!f.feed) return missing("feed");
        const auto feed = parse_feed(*f.feed);
        if (!feed) return bad_line{{}, make(404, problems::bad_feed)};
        if (f.type == "unsubscribe") return unsubscribe{*feed};
        return subscribe{*feed, f.after ? std::optional(events::position{*f.after}) : std::nullopt, std::string(f.history.value_or(""))};
    }
    if (f.type == "typing") return f.channel ? client_line(typing{{*f.channel}}) : client_line(missing("channel"));
    if (f.type == "ping") return ping{f.n.value_or(0)};
    return bad_line{{}, make(400, problems::unknown_type)};
}

std::string hello_line(events::member_id who, events::position at, std::string_view history, std::size_t message_bytes_max,
                       std::size_t subscriptions_max) {
    auto out = begin("hello");
    put(out, "member", who.value);
    put(out, "position", at.value);
    out += R"(,"history":)";
    events::codec::write_string(out, history);
    out += R"(,"protocol":"opsroom.v1.json")";
    put(out, "max_message_bytes", message_bytes_max);
    put(out, "max_subscriptions", subscriptions_max);
    out += '}';
    return out;
}

std::string answer_line(const events::uuid& command, const engine::answer& what, events::language reader) {
    if (const auto* no = std::get_if<engine::refused>(&what)) return reject_line(command, from_refused(*no), reader);
    const auto& yes = std::get<engine::done>(what);
    std::string out;
    out.reserve(160);
    out += R"({"type":"ack")";
    put_id(out, command);
    put(out, "position", yes.position.value);
    out += R"(,"stream":)";
    events::codec::write_stream(out, yes.stream);
    put(out, "version", yes.version.value);
    put(out, "events", yes.count);
    out += '}';
    return out;
}

std::string reject_line(const events::uuid& command, const problem& why, events::language reader) {
    auto out = begin("reject");
    put_id(out, command);
    return with_problem(std::move(out), why, reader);
}

std::string error_line(const problem& why, events::language reader) { return with_problem(begin("error"), why, reader); }

std::string ended_line(const feed& f, const problem& why, events::language reader) {
    auto out = begin("ended");
    put_feed(out, f);
    return with_problem(std::move(out), why, reader);
}

std::string subscribed_line(const feed& f, events::position at) {
    auto out = begin("subscribed");
    put_feed(out, f);
    put(out, "position", at.value);
    out += '}';
    return out;
}

std::string pong_line(std::uint64_t n) {
    auto out = begin("pong");
    put(out, "n", n);
    out += '}';
    return out;
}

std::string presence_line(const std::vector<events::member_id>& online) {
    auto out = begin("presence");
    out += R"(,"online":)";
    events::codec::write_json(out, online);
    out += '}';
    return out;
}

std::string typing_line(events::channel_id where, events::member_id who) {
    auto out = begin("typing");
    put(out, "channel", where.value);
    put(out, "member", who.value);
    out += '}';
    return out;
}

}  // namespace server::wire
