#include "server/openapi/asyncapi.hpp"

#include "server/openapi/components.hpp"
#include "server/openapi/described.hpp"
#include "server/wire/feed.hpp"

#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace server::openapi {
namespace {

constexpr std::string_view subprotocol = "opsroom.v1.json";

/// A line of the socket.
struct line {
    std::string_view name;
    std::string_view shape;
    std::string_view zh;
    std::string_view en;
};

constexpr line said[] = {
    {"command", "{ type: 'command', id: uuid, command: text, target?: text, expect?: count, data?: { [field]: any } }", "下达命令；data 同 OpenAPI 中该命令的 data", "Give a command; its data are those of the command in OpenAPI"},
    {"subscribe", "{ type: 'subscribe', feed: text, after?: count, history?: text }", "订阅；有 after 时续接：其后的每个事件，不发快照", "Follow a feed; with `after` it resumes: every event after that position, and no snapshot"},
    {"unsubscribe", "{ type: 'unsubscribe', feed: text }", "取消订阅", "End a subscription"},
    {"typing", "{ type: 'typing', channel: id }", "正在输入", "One is typing"},
    {"ping", "{ type: 'ping', n?: count }", "对方还在吗", "Whether the other side is there"},
};

constexpr line told[] = {
    {"hello", "{ type: 'hello', member: id, position: count, history: text, protocol: text, max_message_bytes: count, max_subscriptions: count }", "连接开始：您是谁，日志到哪里", "The beginning: who one is, and where the log stands"},
    {"ack", "Ack", "命令已执行并已落盘", "A command has happened, and is on disk"},
    {"reject", "{ type: 'reject', id: uuid, problem: Problem }", "命令被拒绝", "A command is refused"},
    {"snapshot", "{ type: 'snapshot', feed: text, position: count, data: { [name]: any } }", "订阅的起点", "What a feed begins with"},
    {"events", "{ type: 'events', feed: text, position: count, events: Event[], rows?: any[], gone?: count[] }", "新事件；rows 为其改动后的行，gone 为不再可见的编号", "What has happened; `rows` as they are by now, `gone` those that one may not see any more"},
    {"subscribed", "{ type: 'subscribed', feed: text, position: count }", "续接已跟上", "A resume has caught up"},
    {"ended", "{ type: 'ended', feed: text, problem: Problem }", "订阅已结束：不再可见", "A feed has ended: one may not see it any more"},
    {"presence", "{ type: 'presence', online: id[] }", "谁在线", "Who is here"},
    {"typing_of", "{ type: 'typing', channel: id, member: id }", "某人正在输入", "Somebody is typing"},
    {"pong", "{ type: 'pong', n: count }", "还在", "It is there"},
    {"error", "{ type: 'error', problem: Problem }", "所发的不能理解", "What was sent can't be understood"},
};

/// What a feed's snapshot holds, of those that are no kind's list or dossier.
struct held {
    std::string_view feed;
    std::string_view shape;
};
constexpr held snapshots[] = {
    {"directory", "Page & { items: Member[] }"}, {"board", "Page & { items: task.row[] }"}, {"channels", "Page & { items: Channel[] }"},
    {"channel", "{ channel: ChannelInFull, messages: Message[] }"}, {"task", "task.dossier"}, {"inbox", "Page & { tasks: count, items: InboxItem[] }"}, {"presence", "{ online: id[] }"},
    {"audit", "Page & { items: Event[] }"}, {"waiting", "Page & { items: Waiting[] }"}, {"org", "Org"}, {"calendar", "Calendar"}, {"flows", "Page & { items: FlowInShort[] }"},
    {"forms", "Page & { items: Form[] }"},
};

json snapshot_of(std::string_view feed, bool of_one) {
    for (const auto& s : snapshots)
        if (s.feed == feed) return shape(s.shape);
    for (const auto& kind : kinds()) {
        const auto name = kind.at("name").get<std::string>();
        if (of_one && name == feed) return reference(name + ".dossier");
        if (!of_one && has_list(kind) && kind.at("path").get<std::string>().ends_with("/" + std::string(feed))) return shape("Page & { items: " + name + ".row[] }");
    }
    throw std::logic_error("nothing is said of the feed " + std::string(feed));
}

json at(const std::string& place) { return {{"$ref", "#/" + place}}; }

class writer {
public:
    explicit writer(events::language reader) : reader_(reader) {}

    json document(std::string_view version) {
        json d;
        d["asyncapi"] = "3.0.0";
        d["info"] = {{"title", "opsroom"},
                     {"version", version},
                     {"description", say("实时连接：WebSocket /api/v1/live，子协议 opsroom.v1.json，每行一个 JSON 对象。没有 WebSocket 时，同样的订阅以 Server-Sent Events 提供（/api/v1/feeds/…）。",
                                         "The live connection: the WebSocket /api/v1/live, subprotocol opsroom.v1.json, one JSON object a line. Where there is no WebSocket, the same feeds are Server-Sent Events "
                                         "(/api/v1/feeds/…).")},
                     {"license", {{"name", "Apache-2.0"}, {"url", "https://www.apache.org/licenses/LICENSE-2.0"}}}};
        d["defaultContentType"] = "application/json";
        const auto security = json::array({at("components/securitySchemes/bearer"), at("components/securitySchemes/cookie")});
        d["servers"] = {{"live", {{"host", "localhost:8080"}, {"protocol", "ws"}, {"security", security}}}, {"feeds", {{"host", "localhost:8080"}, {"protocol", "http"}, {"security", security}}}};
        for (const auto& one : said) put_message("say_" + std::string(one.name), shape(one.shape), one);
        for (const auto& one : told) put_message(std::string(one.name), shape(one.shape), one);
        put_live();
        for (const auto name : wire::all_feeds().plain) put_feed(std::string(name), false);
        for (const auto name : wire::all_feeds().numbered) put_feed(std::string(name), true);
        put_events();
        d["channels"] = std::move(channels_);
        d["operations"] = std::move(operations_);
        d["components"] = {{"messages", std::move(messages_)}, {"schemas", schemas(reader_)},
                           {"securitySchemes",
                            {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}}, {"cookie", {{"type", "httpApiKey"}, {"in", "cookie"}, {"name", "opsroom_session"}}}}}};
        return d;
    }

private:
    std::string say(std::string_view zh, std::string_view en) const { return std::string(reader_ == events::language::zh ? zh : en); }

    void put_message(const std::string& name, json payload, const line& words) {
        messages_[name] = {{"name", words.name}, {"title", say(words.zh, words.en)}, {"payload", std::move(payload)}};
    }

    /// A channel with these messages, and what is done with them there.
    void put_channel(const std::string& name, json channel, std::span<const std::string> these) {
        for (const auto& one : these) channel["messages"][one] = at("components/messages/" + one);
        channels_[name] = std::move(channel);
    }
    void put_operation(const std::string& name, const char* action, const std::string& channel, const std::string& about, std::span<const std::string> these) {
        json one = {{"action", action}, {"channel", at("channels/" + channel)}, {"summary", about}, {"messages", json::array()}};
        for (const auto& m : these) one["messages"].push_back(at("channels/" + channel + "/messages/" + m));
        operations_[name] = std::move(one);
    }

    void put_live() {
        std::vector<std::string> from, to, both;
        for (const auto& one : said) from.push_back("say_" + std::string(one.name));
        for (const auto& one : told) to.emplace_back(one.name);
        both = from;
        both.insert(both.end(), to.begin(), to.end());
        json channel = {{"address", "/api/v1/live"},
                        {"title", say("实时连接", "The live connection")},
                        {"description", say("关闭代码：1000 正常 · 1002 协议 · 1003 非文字 · 1007 UTF-8 有误 · 1009 过大 · 1011 无法读取 · 1012 重启 · 4001 登录已结束 · 4008 接收过慢",
                                            "Close codes: 1000 normal · 1002 protocol · 1003 not text · 1007 bad UTF-8 · 1009 too large · 1011 what was asked for can't be read · 1012 the server is restarting · "
                                            "4001 the session has ended · 4008 too slow")},
                        {"servers", json::array({at("servers/live")})},
                        {"bindings", {{"ws", {{"method", "GET"}, {"headers", {{"type", "object"}, {"properties", {{"Sec-WebSocket-Protocol", {{"type", "string"}, {"const", subprotocol}}}}}}}, {"bindingVersion", "0.1.0"}}}}}};
        put_channel("live", std::move(channel), both);
        put_operation("say", "receive", "live", say("客户端所说", "What clients say"), from);
        put_operation("tell", "send", "live", say("服务器所告", "What clients are told"), to);
    }

    void put_feed(const std::string& name, bool of_one) {
        const auto snapshot = "snapshot_of_" + std::string(of_one ? "one_" : "") + name;
        auto payload = shape("{ type: 'snapshot', feed: text, position: count, data: any }");
        payload["properties"]["data"] = snapshot_of(name, of_one);
        put_message(snapshot, std::move(payload), {"snapshot", {}, "订阅的起点", "What the feed begins with"});
        const std::string these[] = {"hello", snapshot, "events", "subscribed", "ended", "error"};
        json channel = {{"address", "/api/v1/feeds/" + name + (of_one ? "/{id}" : "")}, {"title", name}, {"servers", json::array({at("servers/feeds")})}};
        if (of_one) channel["parameters"]["id"] = {{"description", say("编号", "Its number")}};
        const auto channel_name = "feed_" + std::string(of_one ? "one_" : "") + name;
        put_channel(channel_name, std::move(channel), these);
        put_operation("follow_" + std::string(of_one ? "one_" : "") + name, "send", channel_name, say("Server-Sent Events；在 WebSocket 上为 feed ", "Server-Sent Events; on the WebSocket the feed ") + name + (of_one ? "/{id}" : ""), these);
    }

    /// Each event is within `events`, and has a message of its own for those who take them one by one.
    void put_events() {
        for (const auto& kind : kinds())
            for (const auto& event : kind.at("events")) {
                const auto type = event.at("type").get<std::string>();
                messages_[type] = {{"name", type}, {"title", words(event, "label", reader_)}, {"payload", reference(type)}};
            }
    }

    events::language reader_;
    json channels_ = json::object(), operations_ = json::object(), messages_ = json::object();
};

}  // namespace

std::string asyncapi_document(std::string_view version, events::language reader) { return writer(reader).document(version).dump(); }

}  // namespace server::openapi
