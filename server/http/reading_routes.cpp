// Everything that is read from the views.

#include "server/http/router.hpp"

#include "core/access/access.hpp"
#include "events/codec/json_write.hpp"

#include <algorithm>
#include <utility>

namespace server::http {
namespace {

using boost::asio::awaitable;

constexpr std::size_t page_items_default = 50;
constexpr std::size_t page_items_max = 200;

/// `read_cursor(text, page) -> bool` takes what the list's own `next` says.
template <class ReadCursor>
std::optional<wire::problem> read_page(const call& c, wire::page& p, ReadCursor read_cursor) {
    const auto limit = number(c.request, "limit", page_items_default, 1, page_items_max);
    if (!limit) return bad_query("limit", "1 – 200");
    p.limit = *limit;
    const auto cursor = c.request.query.find("cursor");
    if (cursor != c.request.query.end() && !read_cursor(cursor->second, p)) return bad_query("cursor", "next");
    return std::nullopt;
}

std::optional<wire::problem> read_page(const call& c, wire::page& p) {
    return read_page(c, p, [](const std::string& text, wire::page& into) {
        const auto n = number(text);
        if (n) into.cursor = *n;
        return n.has_value();
    });
}

awaitable<response> members(call c) {
    wire::page p;
    if (const auto no = read_page(c, p)) co_return refuse(*no, c.language());
    const reads read = [who = c.member(), p](const wire::documents& from) { return from.members(who, p); };
    co_return co_await respond_as_of(c, read);
}

awaitable<response> member(call c) {
    catch_views_up(c);
    const auto which = c.parts[0].starts_with('@') ? c.all().read.with_login(c.parts[0].substr(1))
                                                   : events::member_id{number(c.parts[0]).value_or(0)};
    const reads read = [who = c.member(), which](const wire::documents& from) { return from.member(who, which); };
    co_return co_await respond_as_of(c, read);
}

constexpr std::pair<std::string_view, core::views::task_sort> task_sorts[] = {
    {"changed", core::views::task_sort::changed}, {"due", core::views::task_sort::due},     {"priority", core::views::task_sort::priority},
    {"status", core::views::task_sort::status},   {"title", core::views::task_sort::title}, {"id", core::views::task_sort::id}};

std::optional<wire::problem> read_task_query(const call& c, const core::views::task_filter& wanted, core::views::task_query& asked) {
    const auto& query = c.request.query;
    const auto text = [&](const char* name) {
        const auto found = query.find(name);
        return found == query.end() ? std::string_view() : std::string_view(found->second);
    };
    if (wanted.status) asked.status = static_cast<std::uint8_t>(*wanted.status);
    asked.assignee = wanted.assignee;
    asked.department = wanted.department;
    auto sort = query.contains("sort") ? text("sort") : "-changed";
    asked.descending = sort.starts_with('-');
    if (asked.descending) sort.remove_prefix(1);
    const auto by = std::find_if(std::begin(task_sorts), std::end(task_sorts), [&](const auto& s) { return s.first == sort; });
    if (by == std::end(task_sorts)) return bad_query("sort", "changed, due, priority, status, title, id; -due");
    asked.by = by->second;
    if (query.contains("project")) {
        const auto n = number(text("project"));
        if (!n) return bad_query("project", "a project's number / 项目编号");
        asked.project = events::project_id{*n};
    }
    if (query.contains("strategy")) {
        const auto n = number(text("strategy"));
        if (!n) return bad_query("strategy", "a strategy's number / 策略编号");
        asked.strategy = events::strategy_id{*n};
    }
    if (query.contains("assigned_by")) {
        const auto n = text("assigned_by") == "me" ? std::optional(c.member().value) : number(text("assigned_by"));
        if (!n) return bad_query("assigned_by", "a member's number, me / 成员编号");
        asked.assigned_by = events::member_id{*n};
    }
    if (query.contains("priority")) {
        events::priority p{};
        if (!boost::describe::enum_from_string(std::string(text("priority")).c_str(), p)) return bad_query("priority", "low, normal, high, urgent");
        asked.priority = static_cast<std::uint8_t>(p);
    }
    for (const auto* name : {"open", "overdue"})
        if (query.contains(name) && text(name) != "true" && text(name) != "false") return bad_query(name, "true, false");
    if (query.contains("open")) asked.open = text("open") == "true";
    if (text("overdue") == "true") asked.overdue_on = c.all().read.today();
    return std::nullopt;
}

awaitable<response> tasks(call c) {
    wire::page p;
    const auto& query = c.request.query;
    constexpr const char* otherwise[] = {"sort", "project", "strategy", "assigned_by", "priority", "open", "as_of"};
    const bool sorted = std::any_of(std::begin(otherwise), std::end(otherwise), [&](const char* one) { return query.contains(one); });
    std::optional<core::views::task_cursor> after;
    const auto no_page = sorted ? read_page(c, p, [&](const std::string& text, wire::page&) { return wire::read_sorted_cursor(text, after); })
                                : read_page(c, p, wire::read_task_cursor);
    if (no_page) co_return refuse(*no_page, c.language());
    core::views::task_filter wanted;
    if (const auto found = query.find("status"); found != query.end()) {
        core::task_status status{};
        if (!boost::describe::enum_from_string(found->second.c_str(), status) || status == core::task_status::absent)
            co_return refuse(bad_query("status", "assigned, in_progress, blocked, submitted, returned, done, cancelled"), c.language());
        wanted.status = status;
    }
    if (query.contains("assignee")) {
        const auto who = number(c.request, "assignee", 0, 1, INT64_MAX);
        if (!who) co_return refuse(bad_query("assignee", "a member's number / 成员编号"), c.language());
        wanted.assignee = events::member_id{*who};
    }
    if (const auto found = query.find("department"); found != query.end()) wanted.department = events::department{found->second};
    if (sorted) {
        core::views::task_query asked;
        if (const auto no = read_task_query(c, wanted, asked)) co_return refuse(*no, c.language());
        const reads read = [who = c.member(), asked, after, limit = p.limit](const wire::documents& from) {
            return from.sorted_tasks(who, asked, after, limit);
        };
        co_return co_await respond_as_of(c, read);
    }
    const auto late = query.find("overdue");
    if (late != query.end() && late->second != "true" && late->second != "false")
        co_return refuse(bad_query("overdue", "true, false"), c.language());
    catch_views_up(c);
    co_return respond(c, c.all().read.tasks(c.member(), wanted, late != query.end() && late->second == "true", p));
}

awaitable<response> task(call c) {
    std::optional<wire::moment> as_of;
    if (const auto no = read_moment(c, as_of)) co_return refuse(*no, c.language());
    catch_views_up(c);
    const auto read = [&] { return c.all().read.task({c.member(), c.language()}, {number(c.parts[0]).value_or(0)}, as_of); };
    if (!as_of) co_return respond(c, read());
    wire::reading found = wire::document{};
    const std::function<void()> slow = [&] { found = read(); };
    co_await on_lane(c, shares::lane::past, slow);
    co_return respond(c, std::move(found));
}

awaitable<response> channels(call c) {
    wire::page p;
    if (const auto no = read_page(c, p)) co_return refuse(*no, c.language());
    const reads read = [who = c.member(), p](const wire::documents& from) { return from.channels(who, p); };
    co_return co_await respond_as_of(c, read);
}

awaitable<response> channel(call c) {
    const reads read = [who = c.member(), which = events::channel_id{number(c.parts[0]).value_or(0)}](const wire::documents& from) {
        return from.channel(who, which);
    };
    co_return co_await respond_as_of(c, read);
}

awaitable<response> messages(call c) {
    core::views::message_range range;
    const auto limit = number(c.request, "limit", page_items_default, 1, page_items_max);
    if (!limit) co_return refuse(bad_query("limit", "1 – 200"), c.language());
    range.limit = *limit;
    for (const auto* name : {"before", "after"}) {
        if (!c.request.query.contains(name)) continue;
        const auto n = number(c.request, name, 0, 0, UINT32_MAX);
        if (!n) co_return refuse(bad_query(name, "a message's number / 消息编号"), c.language());
        (name == std::string_view("before") ? range.before : range.after) = events::message_no{*n};
    }
    if (const auto found = c.request.query.find("topic"); found != c.request.query.end()) range.topic = found->second;
    const reads read = [who = c.member(), which = events::channel_id{number(c.parts[0]).value_or(0)}, range](const wire::documents& from) {
        return from.messages(who, which, range);
    };
    co_return co_await respond_as_of(c, read);
}

awaitable<response> inbox(call c) {
    wire::page p;
    if (const auto no = read_page(c, p)) co_return refuse(*no, c.language());
    const reads read = [who = c.member(), p](const wire::documents& from) { return from.inbox(who, p); };
    co_return co_await respond_as_of(c, read);
}

awaitable<response> presence(call c) {
    const auto who = c.all().read.person(c.member());
    if (!who || !core::access::may_see_directory(*who)) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    std::string out = R"({"online":)";
    events::codec::write_json(out, c.all().presence.online());
    out += '}';
    co_return json(std::move(out));
}

}  // namespace

std::vector<route> reading_routes() {
    using openapi::operation;
    const auto paged = [](operation is, std::string_view items, const std::string& more = {}) {
        return std::move(is).answers("Page & { items: " + std::string(items) + "[] }" + more).asks("limit", "1..200", "每页条数，默认 50", "How many a page has; 50 where it is left out").asks("cursor", "text", "上一页的 next", "The `next` of the page before");
    };
    return {
        dated("/api/v1/members", members, paged(operation("成员", "Members"), "Member")),
        dated("/api/v1/members/{id}", member, operation("一位成员", "A member").answers("Member").part("id", "text", "成员编号，或 @登录名", "The member's number, or @login")),
        dated("/api/v1/tasks", tasks,
              paged(operation("任务", "Tasks").asks("status", "'assigned' | 'in_progress' | 'blocked' | 'submitted' | 'returned' | 'done' | 'cancelled'", "状态", "Their status")
                        .asks("assignee", "id", "负责人的编号", "The assignee's number").asks("assigned_by", "text", "指派人的编号，或 me", "The number of who assigned it, or `me`")
                        .asks("department", "text", "部门代码", "A department's code").asks("priority", "'low' | 'normal' | 'high' | 'urgent'", "优先级", "Their priority")
                        .asks("open", "yes_no", "是否未结束", "Whether they are open").asks("overdue", "yes_no", "是否已逾期", "Whether they are overdue")
                        .asks("project", "count", "项目编号", "A project's number").asks("strategy", "count", "所执行的策略或计划的编号", "The number of a strategy or plan that they carry out")
                        .asks("sort", "text", "按 changed、due、priority、status、title 或 id 排序，前加 - 为倒序", "By changed, due, priority, status, title or id; with - before it the other way round"), "task.row")),
        dated("/api/v1/tasks/{id}", task, operation("一项任务及其记录", "A task with its history").answers("task.dossier")),
        dated("/api/v1/channels", channels, paged(operation("频道", "Channels"), "Channel")),
        dated("/api/v1/channels/{id}", channel, operation("一个频道", "A channel").answers("ChannelInFull")),
        dated("/api/v1/channels/{id}/messages", messages,
              operation("频道中的消息，默认最新的", "Messages of a channel, the newest where nothing else is asked").answers("Page & { items: Message[] }")
                  .asks("limit", "1..200", "每页条数，默认 50", "How many a page has; 50 where it is left out").asks("before", "0..4294967295", "此编号之前", "Those before this one")
                  .asks("after", "0..4294967295", "此编号之后", "Those after this one").asks("topic", "text", "话题", "Of this topic")),
        dated("/api/v1/inbox", inbox, paged(operation("我的待办、未读与通知", "What waits for one, is unread, or that one is told"), "InboxItem", " & { tasks: count }").more("tasks 为等待我的任务数。", "`tasks` is how many tasks wait for one.")),
        {method::get, "/api/v1/presence", presence, operation("谁在线", "Who is here").answers("{ online: id[] }").refuses(404, wire::problems::not_found)},
    };
}

}  // namespace server::http
