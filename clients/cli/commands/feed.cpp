#include "clients/cli/client.hpp"
#include "clients/cli/commands/commands.hpp"
#include "clients/cli/feeds.hpp"
#include "clients/cli/labels.hpp"
#include "clients/cli/output.hpp"
#include "clients/cli/schema/schema.hpp"
#include "clients/cli/when.hpp"
#include "clients/cli/width.hpp"

#include <fmt/format.h>

namespace cli {
namespace {

using namespace std::chrono_literals;

/// "general" stands for its channel's feed where there is no feed of that name.
std::string feed_of(context& about, const std::string& typed) {
    if (typed.starts_with('#')) return fmt::format("channel/{}", about.names().channel(typed));
    return typed;
}

std::string people_of(context& about, const json& ids) {
    std::string out;
    for (const auto& each : ids)
        out += (out.empty() ? "" : ", ") + about.names().name_of(each.is_number_unsigned() ? each.get<std::uint64_t>() : 0);
    return out;
}

/// Where the rest of a list is read of which the feed's snapshot holds the first page; nothing where it holds all.
std::string rest_of(const json& frame) {
    const auto feed = text_at(frame, "feed");
    const auto path = feed == "board" ? "/api/v1/tasks" : feed == "channels" ? "/api/v1/channels" : feed == "directory" ? "/api/v1/members" : "";
    const auto next = text_at(at_or_null(frame, "data"), "next");
    return *path == '\0' || next.empty() ? std::string() : fmt::format("{}?limit=200&cursor={}", path, percent_encoded(next));
}

std::string frame_line(context& about, const json& frame) {
    const auto type = text_at(frame, "type");
    const auto position = number_at(frame, "position").value_or(0);
    if (type == "snapshot" && !rest_of(frame).empty())
        return fmt::format("{:>8}  {}\n", position, fmt::format(fmt::runtime(about.say({"— 现状的前 {} 行已取得，还有更多；以下为其后的变化 —", "— as it stands, the first {} rows of more; what changes from here on —"})),
                                                                list_at(at_or_null(frame, "data"), "items").size()));
    if (type == "snapshot") return fmt::format("{:>8}  {}\n", position, about.say({"— 现状已取得，以下为其后的变化 —", "— as it stands; what changes from here on —"}));
    if (type == "subscribed") return fmt::format("{:>8}  {}\n", position, about.say({"— 已追上 —", "— caught up —"}));
    if (type == "presence") return about.say({"在线：", "online: "}) + on_one_line(people_of(about, list_at(frame, "online"))) + "\n";
    if (type == "typing") return on_one_line(about.names().name_of(number_at(frame, "member").value_or(0))) + about.say({" 正在输入\n", " is typing\n"});
    return {};
}

/// What a row of a list's feed is: of "projects", a "project".
std::string noun_of_rows(std::string feed) {
    if (feed == "board") return "task";
    if (feed == "directory") return "member";
    for (const auto& kind : schema::built_in().kinds())
        if (kind.list_feed() == feed) return kind.name;
    if (feed.ends_with('s')) feed.pop_back();
    return feed;
}

/// What a frame says of rows beside its events: those that are gone; and, of a list that shows the latest, those that changed.
std::string row_lines(context& about, const json& frame) {
    const auto noun = noun_of_rows(text_at(frame, "feed"));
    const auto line = [&](const std::string& id, const std::string& what) {
        return fmt::format("{:>8}  {}/{}  {}\n", number_at(frame, "position").value_or(0), noun, id, what);
    };
    std::string out;
    if (list_at(frame, "events").empty())
        for (const auto& row : list_at(frame, "rows"))
            out += line(raw(at_or_null(row, "id")), on_one_line(text_at(row, "name", text_at(row, "title"))));
    for (const auto& id : list_at(frame, "gone")) out += line(raw(id), about.say({"— 不再可见 —", "— not yours to see any more —"}));
    return out;
}

/// ndjson: the events themselves, a line each; other frames as they came, and what is gone without the events. A table has no end here, so json is ndjson.
void tell(context& about, const json& frame) {
    const bool plain = about.with.format == format::table;
    if (about.with.format == format::csv) {
        for (const auto& e : list_at(frame, "events"))
            about.out << csv_line({raw(at_or_null(e, "position")), text_at(e, "time"), text_at(e, "stream"), raw(at_or_null(e, "version")),
                                   text_at(e, "type"), raw(at_or_null(e, "actor")), text_at(e, "clause"), as_text(at_or_null(e, "data"))});
    } else if (text_at(frame, "type") == "events") {
        for (const auto& e : list_at(frame, "events")) about.out << (plain ? event_line(about, e) : as_text(e) + "\n");
        if (plain) {
            about.out << row_lines(about, frame);
        } else if (list_at(frame, "events").empty()) {
            about.out << as_text(frame) << "\n";
        } else if (!list_at(frame, "gone").empty()) {
            auto rest = frame;
            rest.erase("events");
            rest.erase("rows");
            about.out << as_text(rest) << "\n";
        }
    } else {
        about.out << (plain ? frame_line(about, frame) : as_text(frame) + "\n");
        // Programs get a list whole: the pages that a snapshot had no room for follow it.
        for (json page = frame; !plain && text_at(frame, "type") == "snapshot" && !rest_of(page).empty();) {
            page = json{{"type", "page"}, {"feed", text_at(frame, "feed")}, {"data", about.server().get(rest_of(page))}};
            about.out << as_text(page) << "\n";
        }
    }
    about.out << std::flush;
}

[[noreturn]] void follow(context& about, const std::string& feed, std::optional<std::uint64_t> after) {
    feed_reader reader(about, feed, after);
    if (about.with.format == format::csv)
        about.out << about.mark() + csv_line({"position", "time", "stream", "version", "type", "actor", "clause", "data"});
    for (;;)
        if (const auto frame = reader.next(1h)) {
            // Somebody new may be named in it.
            for (const auto& e : list_at(*frame, "events"))
                if (text_at(e, "type").starts_with("member.")) about.names().forget();
            tell(about, *frame);
        }
}

struct tail_options {
    std::string feed;
    std::optional<std::uint64_t> after;
};

/// The newest few first, so that there is something to see, then what comes.
void tail_log(context& about, std::optional<std::uint64_t> after) {
    if (!after) {
        const auto reply = about.server().get("/api/v1/log?way=backwards&limit=10");
        auto newest = list_at(reply, "items");
        std::reverse(newest.begin(), newest.end());
        after = newest.empty() ? number_at(reply, "position").value_or(0) : number_at(newest.back(), "position").value_or(0);
        tell(about, json{{"type", "events"}, {"events", newest}});
    }
    follow(about, "audit", after);
}

struct list_options {
    std::optional<std::uint64_t> after;
    bool backwards = false;
    std::uint64_t limit = 50;
};

void list_log(context& about, const list_options& asked) {
    json events = json::array();
    auto after = asked.after;
    // Pages are asked for by position: that is the log's own cursor.
    while (events.size() < asked.limit) {
        const auto wanted = std::min<std::uint64_t>(200, asked.limit - events.size());
        auto path = fmt::format("/api/v1/log?limit={}", wanted);
        if (after) path += fmt::format("&after={}", *after);
        if (asked.backwards) path += "&way=backwards";
        const auto reply = about.server().get(path);
        const auto& page = list_at(reply, "items");
        events.insert(events.end(), page.begin(), page.end());
        if (page.size() < wanted) break;
        after = number_at(page.back(), "position");
    }
    if (about.with.format == format::table) {
        for (const auto& e : events) about.out << event_line(about, e);
        if (events.empty() && !about.with.quiet) about.out << about.say({"（没有）\n", "(none)\n"});
        return;
    }
    const auto none = [](const json&) { return cell{}; };
    about.out << shown_list(about, events, {{{}, "position", none}, {{}, "time", none}, {{}, "stream", none}, {{}, "version", none},
                                            {{}, "type", none}, {{}, "actor", none}, {{}, "clause", none}, {{}, "data", none}});
}

void show_event(context& about, std::uint64_t position) {
    const auto reply = about.server().get(fmt::format("/api/v1/log/{}", position));
    const auto& e = at_or_null(reply, "event");
    std::string data;
    if (about.with.format == format::table) data = as_text(at_or_null(e, "data"), 2);
    about.out << shown_thing(about, reply,
                             {{{"位置", "position"}, {raw(at_or_null(e, "position"))}},
                              {{"时间", "time"}, {text_at(e, "time")}},
                              {{"对象", "stream"}, {text_at(e, "stream") + " · " + raw(at_or_null(e, "version"))}},
                              {{"事件", "event"}, {text_at(e, "type") + " · " + deed(about.with.language, text_at(e, "type")), paint::bold}},
                              {{"何人", "who"}, {doer_of(about, e)}},
                              {{"条款", "clause"}, {text_at(e, "clause")}},
                              {{"命令", "command"}, {text_at(e, "causation")}},
                              {{"内容", "data"}, {data}},
                              {{"存储", "stored"},
                               {reply.contains("stored") ? text_at(reply, "stored") : about.say({"（不显示）", "(not shown)"}), paint::dim}},
                              {{"叶", "leaf"}, {text_at(reply, "leaf"), paint::dim}}});
}

}  // namespace

void add_feed_commands(tree& t) {
    auto* noun = t.noun("feed", {"实时数据流", "live feeds"}, "opsroom feed tail board\nopsroom feed tail channel/5 --after 812 -o ndjson");
    auto asked = std::make_shared<tail_options>();
    auto* tail = t.verb(noun, "tail", {"跟随一个数据流；断线自动续上", "follow a feed; resumes by itself after a lost connection"},
                        "opsroom feed tail board\nopsroom feed tail '#general'\nopsroom feed tail channel/5 --after 812 -o ndjson",
                        [asked](context& about) { follow(about, feed_of(about, asked->feed), asked->after); });
    t.required(t.option(
        tail, "FEED", asked->feed, "",
        {"directory、board、channels、inbox、waiting、presence、audit、org、calendar、flows、forms，一类对象的列表如 requests、projects，"
         "#频道名，或 task/编号、project/编号 等",
         "directory, board, channels, inbox, waiting, presence, audit, org, calendar, flows, forms, the list of a kind such as requests or "
         "projects, #NAME, or task/ID, project/ID and so on"}));
    t.number(tail, "--after", asked->after, "POSITION", any_or_none, {"从这个位置之后开始，不要现状", "from after this position on, without a snapshot"});
}

void add_log_commands(tree& t) {
    auto* noun = t.noun("log", {"日志：查看与验证（审计、管理员）", "the log: read it and verify it (AU, AD)"},
                        "opsroom log verify\nopsroom log tail\nopsroom log show 812\nopsroom log checkpoint > today.txt\nopsroom log proof --since today.txt");
    auto after = std::make_shared<std::optional<std::uint64_t>>();
    auto* tail = t.verb(noun, "tail", {"跟随日志", "follow the log"}, "opsroom log tail\nopsroom log tail --after 0 -o ndjson > whole-log.ndjson",
                        [after](context& about) { tail_log(about, *after); });
    t.number(tail, "--after", *after, "POSITION", any_or_none, {"从这个位置之后开始；不给则先显示最近 10 条", "from after this position on; without it the newest 10 come first"});

    auto asked = std::make_shared<list_options>();
    auto* list = t.verb(noun, "list", {"日志中的事件", "events of the log"}, "opsroom log list --after 800 --limit 20\nopsroom log list --backwards -o csv",
                        [asked](context& about) { list_log(about, *asked); });
    t.number(list, "--after", asked->after, "POSITION", any_or_none, {"从这个位置之后开始", "from after this position on"});
    t.flag(list, "--backwards", asked->backwards, {"从最新的开始", "the newest first"});
    t.number(list, "--limit", asked->limit, "N", how_many, {"最多几条（默认 50）", "at most so many (50)"});

    auto position = std::make_shared<std::uint64_t>(0);
    auto* one = t.verb(noun, "show", {"一个事件，及其存储的原样", "one event, and the bytes that are kept of it"}, "opsroom log show 812",
                       [position](context& about) { show_event(about, *position); });
    t.required(t.number(one, "POSITION", *position, "", any_number, {"在日志中的位置", "its place in the log"}));
    add_proof_commands(t, noun);
}

}  // namespace cli
