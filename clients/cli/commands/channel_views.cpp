#include "clients/cli/client.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/feeds.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/when.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

std::string yes_or_no(const context& about, bool yes) { return yes ? about.say({"是", "yes"}) : about.say({"否", "no"}); }

std::vector<shown_column> channel_columns(const context& about) {
    const auto l = about.with.language;
    const auto number = [](const char* key) {
        return [key](const json& r) { return cell{raw(at_or_null(r, key))}; };
    };
    return {
        {{"编号", "ID"}, "id", number("id"), true, false},
        {{"名称", "NAME"}, "name", [](const json& r) { return cell{"#" + text_at(r, "name"), flag_at(r, "archived") ? paint::dim : paint::plain}; }},
        {{"未读", "UNREAD"}, "unread", [](const json& r) {
             const auto n = number_at(r, "unread").value_or(0);
             return cell{n == 0 ? "" : std::to_string(n), paint::yellow};
         }, true, false},
        {{"消息", "MESSAGES"}, "messages", number("messages"), true, false},
        {{"人数", "PEOPLE"}, "members", number("members"), true, false},
        {{"已加入", "JOINED"}, "joined", [&about](const json& r) { return cell{yes_or_no(about, flag_at(r, "joined"))}; }, false, false},
        {{"可见", "SEEN BY"}, "visibility", [l](const json& r) { return state_cell(l, text_at(r, "visibility")); }, false, false},
        {{"说明", "DESCRIPTION"}, "description", [](const json& r) { return cell{text_at(r, "description")}; }},
    };
}

std::string listed(context& about, bool all, const std::string& as_of) {
    json rows = json::array();
    for (const auto& each : about.server().list(at_moment("/api/v1/channels", as_of)))
        if (all || !flag_at(each, "archived")) rows.push_back(each);
    return shown_list(about, rows, channel_columns(about));
}

std::string shown(context& about, std::uint64_t id, const std::string& as_of) {
    const auto row = about.server().get(at_moment(fmt::format("/api/v1/channels/{}", id), as_of));
    std::string people;
    if (about.with.format == format::table)
        for (const auto& each : list_at(row, "people"))
            people += (people.empty() ? "" : ", ") + about.names().name_of(each.is_number_unsigned() ? each.get<std::uint64_t>() : 0);
    std::string topics;
    for (const auto& each : list_at(row, "topics"))
        topics += fmt::format("{}{} ({})", topics.empty() ? "" : "\n", text_at(each, "name"), number_at(each, "messages").value_or(0));
    return shown_thing(about, row,
                       {{{"编号", "id"}, {raw(at_or_null(row, "id"))}},
                        {{"名称", "name"}, {"#" + text_at(row, "name"), paint::bold}},
                        {{"说明", "description"}, {text_at(row, "description")}},
                        {{"可见", "seen by"}, state_cell(about.with.language, text_at(row, "visibility"))},
                        {{"已归档", "archived"}, {yes_or_no(about, flag_at(row, "archived"))}},
                        {{"消息", "messages"}, {raw(at_or_null(row, "messages"))}},
                        {{"未读", "unread"}, {raw(at_or_null(row, "unread"))}},
                        {{"成员", "people"}, {people}},
                        {{"话题", "topics"}, {topics}},
                        {{"置顶", "pinned"}, {raw(at_or_null(row, "pins"))}},
                        {{"版本", "version"}, {raw(at_or_null(row, "version"))}}});
}

struct message_options {
    std::string channel;
    std::string topic;
    std::optional<std::uint64_t> before;
    std::optional<std::uint64_t> after;
    std::uint64_t limit = 50;
    std::string as_of;
    bool watch = false;
};

/// Whole texts, indented under who wrote them: a conversation is read, not looked up.
std::string conversation(context& about, const json& messages) {
    std::string out;
    const auto color = about.with.color;
    for (const auto& m : messages) {
        const auto author = number_at(m, "author").value_or(0);
        std::string notes;
        if (const auto topic = text_at(m, "topic"); !topic.empty()) notes += " · " + topic;
        if (flag_at(m, "edited")) notes += about.say({" · 已修改", " · edited"});
        if (const auto& from = at_or_null(m, "imported"); from.is_object())
            notes += about.say({fmt::format(" · 由{}从 {} 导入", about.names().name_of(number_at(from, "by").value_or(0)), text_at(from, "source")),
                                fmt::format(" · imported from {} by {}", text_at(from, "source"), about.names().name_of(number_at(from, "by").value_or(0)))});
        if (flag_at(m, "pinned")) notes += about.say({" · 置顶", " · pinned"});
        out += painted(fmt::format("{:>6}", number_at(m, "message").value_or(0)), paint::dim, color) + "  " +
               painted(shown_time(text_at(m, "at")), paint::dim, color) + "  " +
               painted(on_one_line(about.names().name_of(author)), paint::bold, color) + painted(on_one_line(notes), paint::dim, color) + "\n";
        auto text = flag_at(m, "deleted") ? about.say({"（已删除）", "(deleted)"})
                    : flag_at(m, "erased") ? about.say({"（已抹除）", "(erased)"})
                    : flag_at(m, "unreadable") ? about.say({"（无法读取：密钥丢失）", "(unreadable: its key is lost)"})
                    : flag_at(m, "gone")   ? about.say({"（后来已修改）", "(edited since)"})
                                           : shown_safely(text_at(m, "text"));
        for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 9) text.replace(at, 1, "\n        ");
        out += "        " + text + "\n";
        std::string reactions;
        for (const auto& each : list_at(m, "reactions"))
            reactions += fmt::format("{}{} {}", reactions.empty() ? "" : "  ", text_at(each, "emoji"), list_at(each, "members").size());
        if (!reactions.empty()) out += "        " + on_one_line(reactions) + "\n";
    }
    return out.empty() && !about.with.quiet ? about.say({"（没有消息）\n", "(no messages)\n"}) : out;
}

/// More than one page where more is asked for: newest first while reading, oldest first in the answer.
json read_messages(context& about, std::uint64_t channel, const message_options& asked) {
    json out = json::array();
    auto before = asked.before;
    auto after = asked.after;
    while (out.size() < asked.limit) {
        const auto wanted = std::min<std::uint64_t>(200, asked.limit - out.size());
        auto path = fmt::format("/api/v1/channels/{}/messages?limit={}", channel, wanted);
        if (!asked.topic.empty()) path += "&topic=" + percent_encoded(asked.topic);
        if (before) path += fmt::format("&before={}", *before);
        if (after) path += fmt::format("&after={}", *after);
        const auto reply = about.server().get(at_moment(path, asked.as_of));
        const auto& page = list_at(reply, "items");
        if (page.empty()) break;
        if (after) out.insert(out.end(), page.begin(), page.end());
        else out.insert(out.begin(), page.begin(), page.end());
        if (after) after = number_at(page.back(), "message");
        else before = number_at(page.front(), "message");
        if (page.size() < wanted || (!after && before.value_or(1) <= 1)) break;
    }
    return out;
}

std::string said(context& about, std::uint64_t channel, const message_options& asked) {
    const auto messages = read_messages(about, channel, asked);
    if (about.with.format == format::table) return conversation(about, messages);
    const auto plain = [](const char* key) {
        return [key](const json& r) { return cell{raw(at_or_null(r, key))}; };
    };
    return shown_list(about, messages, {{{}, "message", plain("message")}, {{}, "at", plain("at")}, {{}, "author", plain("author")},
                                        {{}, "topic", plain("topic")}, {{}, "text", plain("text")}});
}

}  // namespace

void add_channel_views(tree& t, CLI::App* noun) {
    auto all = std::make_shared<bool>(false);
    auto list_then = std::make_shared<std::string>();
    auto watch_list = std::make_shared<bool>(false);
    auto* list = t.verb(noun, "list", {"频道列表", "the channels"}, "opsroom channel list\nopsroom channel list --all -o csv",
                        [=](context& about) { show(about, *watch_list, "channels", [&] { return listed(about, *all, *list_then); }); });
    t.flag(list, "-a,--all", *all, {"也包括已归档的", "also archived ones"});
    t.dated(list, *list_then);
    t.watchable(list, *watch_list);

    auto which = std::make_shared<std::string>();
    auto one_then = std::make_shared<std::string>();
    auto watch_one = std::make_shared<bool>(false);
    auto* one = t.verb(noun, "show", {"一个频道：成员、话题、置顶", "one channel: people, topics, pins"}, "opsroom channel show general",
                       [=](context& about) {
                           const auto id = about.names().channel(*which);
                           show(about, *watch_one, fmt::format("channel/{}", id), [&] { return shown(about, id, *one_then); });
                       });
    t.required(t.option(one, "CHANNEL", *which, "", {"频道的编号或名称", "the channel's id or name"}));
    t.dated(one, *one_then);
    t.watchable(one, *watch_one);

    auto asked = std::make_shared<message_options>();
    auto* messages = t.verb(noun, "messages", {"读消息", "read the messages"},
                            "opsroom channel messages general\nopsroom channel messages general --topic budget --watch\n"
                            "opsroom channel messages general --after 0 --limit 100000 -o ndjson > general.ndjson",
                            [asked](context& about) {
                                const auto id = about.names().channel(asked->channel);
                                show(about, asked->watch, fmt::format("channel/{}", id), [&] { return said(about, id, *asked); });
                            });
    t.required(t.option(messages, "CHANNEL", asked->channel, "", {"频道的编号或名称", "the channel's id or name"}));
    t.option(messages, "--topic", asked->topic, "TOPIC", {"只看这个话题", "of this topic"});
    auto* before = t.number(messages, "--before", asked->before, "N", any_number, {"只看编号在此之前的", "before this number"});
    auto* after = t.number(messages, "--after", asked->after, "N", any_or_none, {"只看编号在此之后的，从最早的开始", "after this number, the oldest first"});
    t.excludes(before, after);
    t.number(messages, "--limit", asked->limit, "N", how_many, {"最多几条（默认 50）", "at most so many (50)"});
    t.dated(messages, asked->as_of);
    t.watchable(messages, asked->watch);
}

}  // namespace cli
