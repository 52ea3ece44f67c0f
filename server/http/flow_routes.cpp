// The entities of every flow but that of tasks, the flows themselves, the organisation and the calendar.

#include "server/http/router.hpp"

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
    co_return co_await respond_as_of(c, read);
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
    std::vector<route> all{
        dated("/api/v1/appraisals/{}/evidence", evidence),
        dated("/api/v1/elections/{}/ballots", ballots),
        dated("/api/v1/flows", flows),
        dated("/api/v1/flows/{}", flow),
        dated("/api/v1/flows/{}/times", times),
        {method::get, "/api/v1/actions", creating},
        dated("/api/v1/forms", forms),
        dated("/api/v1/schema", schema),
        dated("/api/v1/waiting", waiting),
        dated("/api/v1/org", organisation),
        dated("/api/v1/changes", changes),
        dated("/api/v1/calendar", calendar),
    };
    events::each_category([&](events::category of) {
        if (!wire::reading_of(of)) return;
        const auto path = "/api/v1/" + std::string(events::plural_of(of));
        all.push_back(dated(path, [of](call c) { return list(of, std::move(c)); }));
        all.push_back(dated(path + "/{}", [of](call c) { return one(of, std::move(c)); }));
    });
    return all;
}

}  // namespace server::http
