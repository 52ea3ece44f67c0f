#include "server/wire/flows/appraisals.hpp"

#include "core/access/events.hpp"
#include "core/appraisal/score.hpp"
#include "core/appraisal/visibility.hpp"
#include "server/wire/flows/entity_reading.hpp"
#include "server/wire/list_json.hpp"
#include "server/wire/shown_event.hpp"

namespace server::wire {

using core::appraisal;
using core::incentive;
using models = core::views::views;

namespace {

/// The scores by indicator, in their order; null where one is missing.
void put_scores(json_object& o, std::string_view key, const std::vector<appraisal::score>& scores) {
    auto& list = o.name(key);
    list += '[';
    for (const auto& one : scores) {
        comma(list);
        if (one) events::codec::write_number(list, *one);
        else list += "null";
    }
    list += ']';
}

/// What each side has pointed at is sealed as its form is (D4).
bool may_see_piece(const appraisal::piece& p, const appraisal::state& s, events::member_id reader) {
    return !p.by || p.by == reader || core::is_unsealed(s);
}

void put_evidence(json_object& o, const appraisal::state& s, const core::context& by) {
    auto& list = o.name("evidence");
    list += '[';
    for (const auto& p : s.evidence) {
        if (!may_see_piece(p, s, by.who())) continue;
        comma(list);
        json_object(list).put("indicator", s.indicators[p.indicator].code).put("at", p.at).put("by", p.by).put("removed", p.removed);
    }
    list += ']';
}

}  // namespace

template <>
struct shown_as<appraisal> : shown_plainly {
    /// What is sealed now is sealed in the past: of the other side's form, not even a number (D4).
    static void seal_as_now(appraisal::state& then, const appraisal::state& now, events::member_id reader) {
        if (core::is_unsealed(now) || !core::is_unsealed(then)) return;
        if (reader != now.employee) std::fill(then.self.begin(), then.self.end(), std::nullopt);
        if (reader != now.evaluator) {
            std::fill(then.superior.begin(), then.superior.end(), std::nullopt);
            std::fill(then.calibrated.begin(), then.calibrated.end(), std::nullopt);
        }
        std::erase_if(then.evidence, [&](const appraisal::piece& p) { return !may_see_piece(p, now, reader); });
        then.result.reset();
        then.grade.reset();
        then.breakdown.reset();
    }

    static section section_of(const appraisal::event& e) {
        namespace a = events::appraisal;
        if (std::holds_alternative<a::opened>(e)) return {"opening"};
        if (std::holds_alternative<a::self_drafted>(e)) return {"F6_draft"};
        if (std::holds_alternative<a::self_submitted>(e)) return {"F6"};
        if (std::holds_alternative<a::evaluation_drafted>(e)) return {"F7_draft"};
        if (std::holds_alternative<a::evaluated>(e)) return {"F7"};
        if (std::holds_alternative<a::talk_recorded>(e) || std::holds_alternative<a::talk_revised>(e)) return {"F8"};
        if (std::holds_alternative<a::calibrated>(e)) return {"calibrations", true};
        if (std::holds_alternative<a::finalised>(e)) return {"result"};
        if (std::holds_alternative<a::appealed>(e)) return {"appeal"};
        if (std::holds_alternative<a::appeal_upheld>(e) || std::holds_alternative<a::appeal_rejected>(e)) return {"appeal_verdict"};
        return {};
    }

    static void put_own(json_object& o, const appraisal::state& s, const core::context& by) {
        o.put("name", core::views::name_of(s)).put("cycle", s.cycle).put("kind", s.kind).put("year", s.year).put("quarter", s.quarter);
        o.put("employee", s.employee).put("evaluator", s.evaluator).put("role", s.role).put("department", s.department);
        const bool final = (appraisal::final & core::flow::from(s.is)) != 0;
        if (final && core::may_see_appraisal(s, *by.actor, by)) {
            if (s.result) o.put("result", *s.result);
            if (s.grade) o.put("grade", *s.grade);
            if (s.appeal_until) o.put("appeal_until", *s.appeal_until);
            o.put("appealed", s.appealed);
        } else if (core::is_unsealed(s) && core::may_see_scores(s, *by.actor, by)) {
            const auto so_far = core::scores::result_of(s, core::scores::quarters_of(s.employee, s.year, by), by.how->scoring);
            if (so_far.score) o.put("score_so_far", *so_far.score);
            if (so_far.grade) o.put("grade_so_far", *so_far.grade);
            if (core::may_read_self_form(s, *by.actor, by)) put_scores(o, "self", s.self);
            put_scores(o, "superior", s.superior);
            put_scores(o, "calibrated", s.calibrated);
        }
        if (s.extended_until) o.put("extended_until", *s.extended_until);
    }

    static void put_more(json_object& o, const appraisal::state& s, std::uint64_t, const core::context& by) {
        o.put("indicators", s.indicators).put("unsealed", core::is_unsealed(s));
        const bool self = core::may_read_self_form(s, *by.actor, by), superior = core::may_read_evaluation(s, *by.actor, by);
        const bool final = (appraisal::final & core::flow::from(s.is)) != 0;
        if (final && self) put_scores(o, "self", s.self);
        if (final && superior) {
            put_scores(o, "superior", s.superior);
            put_scores(o, "calibrated", s.calibrated);
        }
        // How the number comes about: of a result that stands as it was counted, whatever the formula is by now.
        if (final && self && superior && s.breakdown) o.put("breakdown", *s.breakdown);
        else if (self && superior && core::is_unsealed(s))
            o.put("breakdown", core::scores::result_of(s, core::scores::quarters_of(s.employee, s.year, by), by.how->scoring));
        put_evidence(o, s, by);
        if (core::is_unsealed(s)) {
            o.put("actions_agreed", s.actions.size()).put("employee_confirmed", s.employee_confirmed).put("evaluator_confirmed", s.evaluator_confirmed);
        }
    }

    static bool is_of(const appraisal::state& s, events::member_id who) { return s.employee == who || s.evaluator == who; }
    static events::date due_of(const appraisal::state& s) { return core::period_of(s.kind, s.year, s.quarter).last; }
};

template <>
struct shown_as<incentive> : shown_plainly {
    static section section_of(const incentive::event& e) {
        namespace i = events::incentive;
        if (std::holds_alternative<i::proposed>(e) || std::holds_alternative<i::revised>(e)) return {"F16"};
        if (std::holds_alternative<i::approved>(e) || std::holds_alternative<i::returned>(e) || std::holds_alternative<i::rejected>(e))
            return {"verdict"};
        if (std::holds_alternative<i::clarification_asked>(e) || std::holds_alternative<i::clarified>(e)) return {"clarifications", true};
        return {};
    }
    static void put_own(json_object& o, const incentive::state& s, const core::context&) {
        o.put("name", core::views::name_of(s)).put("kind", s.kind).put("member", s.member).put("effective", s.effective).put("proposer", s.proposer);
        o.put_if(bool(s.appraisal), "appraisal", s.appraisal).put_if(bool(s.election), "election", s.election).put("sha256", s.sha256);
    }
    static bool is_of(const incentive::state& s, events::member_id who) { return s.member == who || s.proposer == who; }
    static events::date due_of(const incentive::state& s) { return s.effective; }
};

void write_row(std::string& out, const core::views::entity_row<appraisal>& row, const models& v, const core::context& by) {
    write_entity_row(out, row, v, by);
}
void write_row(std::string& out, const core::views::entity_row<incentive>& row, const models& v, const core::context& by) {
    write_entity_row(out, row, v, by);
}

reading read_appraisals(const documents& from, events::member_id who, const flow_query& q) {
    return read_list<appraisal>(from, who, q, &models::appraisals);
}
reading read_incentives(const documents& from, events::member_id who, const flow_query& q) {
    return read_list<incentive>(from, who, q, &models::incentives);
}
reading read_appraisal(const documents& from, const reader& by, events::appraisal_id which, const std::optional<moment>& as_of) {
    return read_one<appraisal>(from, by, which.value, as_of, &models::appraisals);
}
reading read_incentive(const documents& from, const reader& by, events::incentive_id which, const std::optional<moment>& as_of) {
    return read_one<incentive>(from, by, which.value, as_of, &models::incentives);
}

reading read_evidence(const documents& from, events::member_id who, events::appraisal_id which) {
    struct pointed {
        std::string indicator;
        appraisal::piece piece;
        std::string event;  // empty: not for this reader
    };
    std::vector<pointed> all;
    auto found = from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> reading {
        const auto* row = v.appraisals.row(which.value);
        if (!row || !core::access::may_see(row->state, by) || !from.still_lets_see(stream_of(which), who)) return missing();
        for (const auto& p : row->state.evidence)
            if (may_see_piece(p, row->state, who)) all.push_back({row->state.indicators[p.indicator].code, p, {}});
        return document{{}, at};
    });
    auto* d = std::get_if<document>(&found);
    if (!d) return found;
    events::decoder decode;
    for (auto& one : all) {
        std::optional<events::recorded> event;
        std::string stored;
        from.log().read_one(one.piece.at, [&](events::position, std::string_view bytes) {
            if (auto e = decode.decode(bytes)) event = std::move(*e);
            stored = bytes;
            return false;
        });
        if (!event) continue;
        const auto how = from.seen_by(who, *event);
        if (how != core::access::sight::nothing) one.event = shown_event(stored, from.keys(), how);
    }
    d->body = open_list(d->at);
    for (const auto& one : all) {
        comma(d->body);
        json_object o(d->body);
        o.put("indicator", one.indicator).put("at", one.piece.at).put("by", one.piece.by).put("removed", one.piece.removed);
        if (!one.event.empty()) o.name("event") += one.event;
    }
    close_list(d->body, 0);
    return found;
}

}  // namespace server::wire
