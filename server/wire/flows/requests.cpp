#include "server/wire/flows/requests.hpp"

#include "core/access/access.hpp"
#include "server/wire/flows/dossier.hpp"
#include "server/wire/flows/rows.hpp"
#include "server/wire/json_object.hpp"

namespace server::wire {
namespace {

using core::project;
using core::request;
using models = core::views::views;

section section_of(const request::event& e) {
    namespace q = events::request;
    if (std::holds_alternative<q::drafted>(e) || std::holds_alternative<q::revised>(e)) return {"F1"};
    if (std::holds_alternative<q::assessed>(e)) return {"F1a", true};
    if (std::holds_alternative<q::passed>(e) || std::holds_alternative<q::returned>(e) || std::holds_alternative<q::rejected>(e))
        return {"verdict"};
    if (std::holds_alternative<q::clarification_asked>(e) || std::holds_alternative<q::clarified>(e)) return {"clarifications", true};
    return {};
}

section section_of(const project::event& e) {
    namespace p = events::project;
    if (std::holds_alternative<p::charter_drafted>(e) || std::holds_alternative<p::charter_submitted>(e)) return {"F2"};
    if (std::holds_alternative<p::charter_approved>(e) || std::holds_alternative<p::charter_rejected>(e) ||
        std::holds_alternative<p::charter_returned>(e))
        return {"charter_verdict"};
    if (std::holds_alternative<p::acceptance_requested>(e)) return {"F3"};
    if (std::holds_alternative<p::acceptance_convened>(e)) return {"panel"};
    if (std::holds_alternative<p::acceptance_signed>(e)) return {"signatures", true};
    if (std::holds_alternative<p::accepted>(e)) return {"F4"};
    if (std::holds_alternative<p::acceptance_failed>(e)) return {"failed_acceptances", true};
    if (std::holds_alternative<p::summarised>(e)) return {"F5"};
    if (std::holds_alternative<p::summary_acknowledged>(e)) return {"acknowledgements", true};
    if (std::holds_alternative<p::record_filed>(e)) return {"records", true};
    if (std::holds_alternative<p::archived>(e) || std::holds_alternative<p::archive_submitted>(e)) return {"F17"};
    if (std::holds_alternative<p::progress_reported>(e)) return {"progress", true};
    if (std::holds_alternative<p::milestone_reached>(e)) return {"milestones", true};
    if (std::holds_alternative<p::clarification_asked>(e) || std::holds_alternative<p::clarified>(e)) return {"clarifications", true};
    return {};
}

bool may_see(const request::state& s, const core::context& by) { return core::access::may_see_request(s, *by.actor); }
bool may_see(const project::state& s, const core::context& by) { return core::access::may_see_project(s, *by.actor, *by.others); }

// The fields that a row has beyond those of every row.
void put_own(json_object& o, const request::state& s) {
    o.put("title", s.title).put("priority", s.priority).put("requester", s.requester).put("department", s.department);
    o.put("required_by", s.required_by).put("compliance_checked", s.compliance_checked);
    if (!s.assessors.empty()) o.put("assessors", s.assessors).put("assessed", s.assessed).put("until", s.until);
}

void put_own(json_object& o, const project::state& s) {
    o.put("name", s.name).put("department", s.department).put("request", s.request).put("health", s.health).put("percent", s.percent);
    o.put_if(bool(s.channel), "channel", s.channel);
    if (s.was_chartered()) {
        o.put("lead", s.lead).put("team", s.team).put("starts", s.starts).put("ends", s.ends).put("charter", s.charter);
        auto& list = o.name("milestones");
        list += '[';
        for (const auto& m : s.milestones) {
            if (list.back() != '[') list += ',';
            json_object(list).put("due", m.due).put("reached", m.reached);
        }
        list += ']';
    }
    if (!s.panel.empty()) o.put("panel", s.panel).put("signed", s.signed_by).put("panel_on", s.panel_on);
    if (!s.recipients.empty()) o.put("recipients", s.recipients).put("acknowledged", s.acknowledged);
    o.put("missing_records", core::missing_records(s));
}

std::string_view name_of(const request::state& s) { return s.title; }
std::string_view name_of(const project::state& s) { return s.name; }
events::date due_of(const request::state& s) { return s.required_by; }
events::date due_of(const project::state& s) { return s.ends; }
bool is_of(const request::state& s, events::member_id who) { return s.requester == who; }
bool is_of(const project::state& s, events::member_id who) {
    return s.lead == who || std::find(s.team.begin(), s.team.end(), who) != s.team.end();
}

template <class A>
bool is_wanted(const core::views::entity_row<A>& row, const flow_query& q, const models& v, const core::context& by) {
    const auto& s = row.state;
    if (q.status && *q.status != boost::describe::enum_to_string(row.status(), "?")) return false;
    if (q.department && s.department != *q.department) return false;
    if (q.person && !is_of(s, *q.person)) return false;
    if (!mentions(name_of(s), q.text) || !may_see(s, by)) return false;
    if (q.waits_on) {
        const auto* steps = v.waiting().of({A::category, row.number});
        const auto waits = [&](const auto& one) { return std::find(one.on.begin(), one.on.end(), *q.waits_on) != one.on.end(); };
        if (!steps || std::none_of(steps->begin(), steps->end(), waits)) return false;
    }
    return !q.late || *q.late == is_late(row, by);
}

template <class A>
bool comes_before(std::string_view field, const core::views::entity_row<A>& a, const core::views::entity_row<A>& b) {
    if (field == "id") return a.number < b.number;
    if (field == "due") return std::tuple(due_of(a.state), a.number) < std::tuple(due_of(b.state), b.number);
    if (field == "name") return std::tuple(name_of(a.state), a.number) < std::tuple(name_of(b.state), b.number);
    if (field == "status") return std::tuple(a.status(), a.number) < std::tuple(b.status(), b.number);
    if (field == "since") return std::tuple(a.steps.last().since, a.number) < std::tuple(b.steps.last().since, b.number);
    return a.changed < b.changed;
}

template <class A>
reading read_list(const documents& from, events::member_id who, const flow_query& q, const core::views::entity_list<A> models::*list) {
    return from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> reading {
        std::vector<const core::views::entity_row<A>*> found;
        for (const auto& row : (v.*list).rows())
            if (is_wanted(row, q, v, by)) found.push_back(&row);
        const auto total = found.size();
        const bool down = q.sort.starts_with('-');
        const std::string_view field = std::string_view(q.sort).substr(down);
        const auto page = sorted_page(found, q, [&](const auto* a, const auto* b) {
            return down ? comes_before<A>(field, *b, *a) : comes_before<A>(field, *a, *b);
        });
        document d{{}, at};
        {
            json_object o(d.body);
            o.put("position", at).put("total", total);
            auto& items = o.name("items");
            items += '[';
            for (const auto* row : page) {
                if (items.back() != '[') items += ',';
                write_row(items, *row, v, by);
            }
            items += ']';
            const auto next = q.offset + page.size();
            if (next < total) o.put("next", std::to_string(next));
            else o.name("next") += "null";
        }
        return d;
    });
}

template <class A>
reading read_one(const documents& from, const reader& by, std::uint64_t number, const std::optional<moment>& as_of,
                 const core::views::entity_list<A> models::*list) {
    // Who may not see it as it is may not see it as it was.
    std::optional<events::position> at;
    from.views().read([&](const models& v, events::position now) {
        const auto* row = (v.*list).row(number);
        const auto* who = v.directory.find(by.who);
        if (!row || !who || !who->active) return;
        v.with_context(who, from.now(), from.utc_offset(), [&](const core::context& c) {
            if (may_see(row->state, c)) at = now;
        });
    });
    if (!at) return make(404, problems::not_found);
    const auto folded = fold_stream<A>(from, number, as_of ? std::min(as_of->position, *at) : *at, [](const auto& e) { return section_of(e); });
    if (folded.version.value == 0) return make(404, problems::not_found);  // not yet, then
    return from.with_reader(by.who, [&](const models&, events::position, const core::context& now) -> reading {
        auto then = now;
        if (as_of) {
            then.now = as_of->time;
            then.today = core::date_in(as_of->time, now.zone_offset);
        }
        if (!may_see(folded.state, then)) return make(404, problems::not_found);
        document d{{}, *at};
        {
            json_object o(d.body);
            o.put("position", as_of ? as_of->position : *at);
            write_dossier(o, number, folded, by.language, as_of, then);
            put_own(o, folded.state);
        }
        return d;
    });
}

template <class A>
void write_any_row(std::string& out, const core::views::entity_row<A>& row, const models& v, const core::context& by) {
    json_object o(out);
    put_common(o, row, v, by);
    put_own(o, row.state);
}

}  // namespace

void write_row(std::string& out, const core::views::entity_row<request>& row, const models& v, const core::context& by) {
    write_any_row(out, row, v, by);
}
void write_row(std::string& out, const core::views::entity_row<project>& row, const models& v, const core::context& by) {
    write_any_row(out, row, v, by);
}

reading read_requests(const documents& from, events::member_id who, const flow_query& q) {
    return read_list<request>(from, who, q, &models::requests);
}
reading read_projects(const documents& from, events::member_id who, const flow_query& q) {
    return read_list<project>(from, who, q, &models::projects);
}
reading read_request(const documents& from, const reader& by, events::request_id which, const std::optional<moment>& as_of) {
    return read_one<request>(from, by, which.value, as_of, &models::requests);
}
reading read_project(const documents& from, const reader& by, events::project_id which, const std::optional<moment>& as_of) {
    return read_one<project>(from, by, which.value, as_of, &models::projects);
}

}  // namespace server::wire
