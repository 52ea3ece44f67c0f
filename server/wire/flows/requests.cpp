#include "server/wire/flows/requests.hpp"

#include "server/wire/flows/entity_reading.hpp"

namespace server::wire {

using core::project;
using core::request;
using models = core::views::views;

template <>
struct shown_as<request> : shown_plainly {
    static section section_of(const request::event& e) {
        namespace q = events::request;
        if (std::holds_alternative<q::drafted>(e) || std::holds_alternative<q::revised>(e)) return {"F1"};
        if (std::holds_alternative<q::assessed>(e)) return {"F1a", true};
        if (std::holds_alternative<q::passed>(e) || std::holds_alternative<q::returned>(e) || std::holds_alternative<q::rejected>(e))
            return {"verdict"};
        if (std::holds_alternative<q::clarification_asked>(e) || std::holds_alternative<q::clarified>(e)) return {"clarifications", true};
        return {};
    }

    static void put_own(json_object& o, const request::state& s, const core::context&) {
        o.put("title", s.title).put("priority", s.priority).put("requester", s.requester).put("department", s.department);
        o.put("required_by", s.required_by).put("compliance_checked", s.compliance_checked);
        if (!s.assessors.empty()) o.put("assessors", s.assessors).put("assessed", s.assessed).put("until", s.until);
    }
    /// The project that it has become (S3.1.3).
    static void put_more(json_object& o, const request::state& s, std::uint64_t number, const core::context& by) {
        if (s.is != core::request_status::approved) return;
        for (auto n = by.others->highest(project::category); n >= 1; --n) {
            const auto* p = by.others->find<project>(n);
            if (!p || p->request.value != number) continue;
            if (core::access::may_see(*p, by)) o.put("project", events::project_id{n});
            return;
        }
    }

    static events::date due_of(const request::state& s) { return s.required_by; }
    static bool is_of(const request::state& s, events::member_id who) { return s.requester == who; }
};

template <>
struct shown_as<project> : shown_plainly {
    static section section_of(const project::event& e) {
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

    static void put_own(json_object& o, const project::state& s, const core::context&) {
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

    static events::date due_of(const project::state& s) { return s.ends; }
    static bool is_of(const project::state& s, events::member_id who) {
        return s.lead == who || std::find(s.team.begin(), s.team.end(), who) != s.team.end();
    }
};

void write_row(std::string& out, const core::views::entity_row<request>& row, const models& v, const core::context& by) {
    write_entity_row(out, row, v, by);
}
void write_row(std::string& out, const core::views::entity_row<project>& row, const models& v, const core::context& by) {
    write_entity_row(out, row, v, by);
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
