// The entities of every flow but that of tasks, the flows themselves, the organisation and the calendar.

#include "server/http/router.hpp"

#include "server/openapi/kind_words.hpp"
#include "server/wire/flows/ballots.hpp"
#include "server/wire/flows/definitions.hpp"
#include "server/wire/schema/schema.hpp"
#include "server/wire/flows/evidence.hpp"
#include "server/wire/flows/kind_reading.hpp"

namespace server::http {
namespace {

using boost::asio::awaitable;

constexpr std::size_t page_items_default = 50;
constexpr std::size_t page_items_max = 200;

std::optional<wire::problem> read_query(const call& c, wire::flow_query& q) {
    const auto& query = c.request.query;
    const auto limit = number(c.request, "limit", page_items_default, 1, page_items_max);
    if (!limit) return bad_query("limit", "1 – 200");
    q.limit = *limit;
    if (const auto cursor = query.find("cursor"); cursor != query.end()) {
        if (!wire::read_cursor(cursor->second)) return bad_query("cursor", "next");
        q.cursor = cursor->second;
    }
    const auto text = [&](const char* name) -> const std::string* {
        const auto found = query.find(name);
        return found == query.end() ? nullptr : &found->second;
    };
    if (const auto* s = text("status")) q.status = *s;
    if (const auto* d = text("department")) q.department = events::department{*d};
    if (const auto* t = text("q")) q.text = *t;
    if (const auto* s = text("sort")) q.sort = *s;
    else q.sort = "-changed";
    const auto person = [&](const char* name, std::optional<events::member_id>& into) {
        const auto* t = text(name);
        if (!t) return true;
        const auto n = *t == "me" ? std::optional(c.member().value) : number(*t);
        if (!n) return false;
        into = events::member_id{*n};
        return true;
    };
    if (!person("person", q.person)) return bad_query("person", "a member's number, me / 成员编号");
    if (!person("waits_on", q.waits_on)) return bad_query("waits_on", "a member's number, me / 成员编号");
    if (const auto* cycle = text("cycle")) {
        const auto n = number(*cycle);
        if (!n) return bad_query("cycle", "a cycle's number / 周期编号");
        q.cycle = events::cycle_id{*n};
    }
    if (const auto* late = text("late")) {
        if (*late != "true" && *late != "false") return bad_query("late", "true, false");
        q.late = *late == "true";
    }
    return std::nullopt;
}

wire::reader by(const call& c) { return {c.member(), c.language()}; }

awaitable<response> list(events::category of, call c) {
    wire::flow_query q;
    if (const auto no = read_query(c, q)) co_return refuse(*no, c.language());
    const reads read = [of, who = c.member(), q](const wire::documents& from) { return wire::read_entities(from, of, who, q); };
    co_return co_await respond_as_of(c, read);
}

awaitable<response> one(events::category of, call c) {
    std::optional<wire::moment> as_of;
    if (const auto no = read_moment(c, as_of)) co_return refuse(*no, c.language());
    catch_views_up(c);
    const auto read = [&] { return wire::read_entity(c.all().read, {of, number(c.parts[0]).value_or(0)}, by(c), as_of); };
    if (!as_of) co_return respond(c, read());
    wire::reading found = wire::document{};
    const std::function<void()> slow = [&] { found = read(); };
    co_await on_lane(c, shares::lane::past, slow);
    co_return respond(c, std::move(found));
}

awaitable<response> evidence(call c) {
    const reads read = [who = c.member(), of = events::appraisal_id{number(c.parts[0]).value_or(0)}](const wire::documents& from) {
        return wire::read_evidence(from, who, of);
    };
    co_return co_await respond_as_of(c, read);
}
awaitable<response> ballots(call c) {
    const reads read = [who = c.member(), of = events::election_id{number(c.parts[0]).value_or(0)}](const wire::documents& from) {
        return wire::read_ballots(from, who, of);
    };
    co_return co_await respond_as_of(c, read);
}

awaitable<response> flows(call c) {
    const reads read = [who = c.member()](const wire::documents& from) { return wire::flows_document(from, who); };
    co_return co_await respond_as_of(c, read);
}

awaitable<response> flow(call c) {
    const auto format = c.request.query.find("as");
    if (format == c.request.query.end() || format->second != "mermaid") {
        const reads read = [who = c.member(), name = std::string(c.parts[0])](const wire::documents& from) { return wire::flow_document(from, who, name); };
        co_return co_await respond_as_of(c, read);
    }
    auto drawn = wire::flow_diagram(c.parts[0]);
    if (!drawn) co_return refuse(wire::make(404, wire::problems::not_found), c.language());
    auto r = json(std::move(*drawn));
    r.content_type = "text/plain; charset=utf-8";
    co_return r;
}

awaitable<response> creating(call c) {
    const auto project = number(c.request, "project", 0, 1, INT64_MAX);
    if (!project) co_return refuse(bad_query("project", "a project's number / 项目编号"), c.language());
    catch_views_up(c);
    co_return respond(c, wire::creating_document(c.all().read, by(c), events::project_id{*project}));
}

awaitable<response> forms(call c) {
    const reads read = [who = c.member()](const wire::documents& from) { return wire::forms_document(from, who); };
    co_return co_await respond_as_of(c, read);
}
awaitable<response> schema(call c) {
    const reads read = [who = c.member()](const wire::documents& from) { return wire::schema_document(from, who); };
    auto r = co_await respond_as_of(c, read);
    r.packs_well = true;
    co_return r;
}
awaitable<response> times(call c) {
    const reads read = [who = c.member(), name = std::string(c.parts[0])](const wire::documents& from) { return wire::times_document(from, who, name); };
    co_return co_await respond_as_of(c, read);
}
awaitable<response> waiting(call c) {
    wire::flow_query q;
    if (const auto no = read_query(c, q)) co_return refuse(*no, c.language());
    const reads read = [who = c.member(), q](const wire::documents& from) { return wire::waiting_document(from, who, q); };
    co_return co_await respond_as_of(c, read);
}
awaitable<response> organisation(call c) {
    const reads read = [who = c.member()](const wire::documents& from) { return wire::org_document(from, who); };
    co_return co_await respond_as_of(c, read);
}
awaitable<response> changes(call c) {
    const reads read = [who = c.member()](const wire::documents& from) { return wire::changes_document(from, who); };
    co_return co_await respond_as_of(c, read);
}
awaitable<response> calendar(call c) {
    const auto year = number(c.request, "year", 0, 1970, 9999);
    if (!year) co_return refuse(bad_query("year", "1970 – 9999"), c.language());
    const reads read = [who = c.member(), y = static_cast<int>(*year)](const wire::documents& from) { return wire::calendar_document(from, who, y); };
    co_return co_await respond_as_of(c, read);
}

}  // namespace

std::vector<route> flow_routes() {
    using openapi::operation;
    const auto paged = [](operation is, std::string_view items) {
        return std::move(is).answers("Page & { items: " + std::string(items) + "[] }").asks("limit", "1..200", "每页条数，默认 50", "How many a page has; 50 where it is left out").asks("cursor", "text", "上一页的 next", "The `next` of the page before")
            .asks("department", "text", "部门代码", "A department's code").asks("waits_on", "text", "等待谁：编号，或 me", "On whom they wait: a number, or `me`").asks("late", "yes_no", "是否已超过时限", "Whether they are late");
    };
    const auto whole = [](operation is, std::string_view item) { return std::move(is).answers("{ position: count, as_of?: Past, items: " + std::string(item) + "[], next: null }"); };
    const auto named = [](operation is) { return std::move(is).part("name", "text", "流程名称", "The flow's name"); };
    std::vector<route> all{
        dated("/api/v1/appraisals/{id}/evidence", evidence, whole(operation("考评依据", "Evidence, with its events"), "Evidence")),
        dated("/api/v1/elections/{id}/ballots", ballots, operation("选票与计票证明", "Ballots, and the proof of their count").answers("Ballots")),
        dated("/api/v1/flows", flows, whole(operation("全部流程", "All flows"), "FlowInShort")),
        dated("/api/v1/flows/{name}", flow,
              named(operation("一个流程", "A flow")).answers("Flow").answers_as("text/plain; charset=utf-8", "text").asks("as", "text", "mermaid：状态图", "`mermaid`: its state diagram")),
        dated("/api/v1/flows/{name}/times", times, named(operation("各步用时", "How long its steps take")).answers("{ position: count, as_of?: Past, flow: text, items: StepTimes[] }")),
        {method::get, "/api/v1/actions", creating, operation("我可以新建什么", "What one may begin").answers("{ position: count, items: Action[] }").asks("project", "id", "任务所属的项目", "The project that a task is of").tagged()},
        dated("/api/v1/forms", forms, whole(operation("表单及其附加字段", "Forms, and the fields that were added to them"), "Form")),
        dated("/api/v1/schema", schema, operation("各类文档的说明，含现行流程与表单", "What kinds of documents are, with their flows and forms as they are amended").answers("Schema")),
        dated("/api/v1/waiting", waiting, paged(operation("正在等待的一切", "Everything that waits"), "Waiting")),
        dated("/api/v1/org", organisation, operation("组织与设置", "The organisation, and its settings").answers("Org")),
        dated("/api/v1/changes", changes, whole(operation("待第二人确认的变动", "Changes that wait for a second person"), "Change")),
        dated("/api/v1/calendar", calendar, operation("一年的日历", "A year's calendar").answers("Calendar").asks("year", "1970..9999", "年份，默认今年", "The year; this one where it is left out")),
    };
    events::each_category([&](events::category of) {
        if (!wire::reading_of(of)) return;
        const auto path = "/api/v1/" + std::string(events::plural_of(of));
        const auto name = std::string(events::name_of(of));
        const auto& says = openapi::words_of(of).says;
        all.push_back(dated(path, [of](call c) { return list(of, std::move(c)); },
                            paged(operation(says.plural.zh, says.plural.en), name + ".row").asks("status", "text", "状态", "Their status").asks("person", "text", "与谁有关：编号，或 me", "Whose they are: a number, or `me`")
                                .asks("cycle", "count", "周期编号", "A cycle's number").asks("q", "text", "名称中的文字", "Words of their name")
                                .asks("sort", "text", "按 id、name、changed、since、status 或 due 排序，前加 - 为倒序", "By id, name, changed, since, status or due; with - before it the other way round")));
        all.push_back(dated(path + "/{id}", [of](call c) { return one(of, std::move(c)); },
                            operation(says.label.zh, says.label.en).more("全部内容：表单、步骤、所等待的、可执行的操作与记录。", "All of it: forms, steps, on whom it waits, what one may do, and its history.").answers(name + ".dossier")));
    });
    return all;
}

}  // namespace server::http
