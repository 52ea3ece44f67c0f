#include "server/wire/flows/cycles.hpp"

#include "core/appraisal/left_out.hpp"
#include "server/wire/flows/entity_reading.hpp"
#include "server/wire/list_json.hpp"

namespace server::wire {

using core::cycle;
using core::election;
using core::indicators;
using models = core::views::views;

template <>
struct shown_as<indicators> : shown_plainly {
    static section section_of(const indicators::event& e) {
        namespace i = events::indicators;
        return std::holds_alternative<i::retired>(e) ? section{} : section{"template"};
    }
    static void put_own(json_object& o, const indicators::state& s, const core::context&) {
        o.put("name", s.name).put("role", s.role).put("template_version", s.version).put("indicators", s.items);
    }
};

template <>
struct shown_as<cycle> : shown_plainly {
    static section section_of(const cycle::event& e) {
        namespace c = events::cycle;
        return std::holds_alternative<c::planned>(e) || std::holds_alternative<c::rescheduled>(e) ? section{"schedule"} : section{};
    }
    static void put_own(json_object& o, const cycle::state& s, const core::context&) {
        o.put("name", core::views::name_of(s)).put("kind", s.kind).put("year", s.year).put("quarter", s.quarter).put("schedule", s.schedule);
    }
    /// How far its appraisals are, of those that the reader may see: a count tells as much as a list (D5).
    static void put_more(json_object& o, const cycle::state& s, std::uint64_t, const core::context& by) {
        std::map<std::string_view, std::uint32_t> count;
        for (std::uint64_t n = 1; n <= by.others->highest(events::category::appraisal); ++n) {
            const auto* a = by.others->find<core::appraisal>(n);
            if (!a || a->kind != s.kind || a->year != s.year || a->quarter != s.quarter || !core::access::may_see(*a, by)) continue;
            ++count[boost::describe::enum_to_string(a->is, "?")];
        }
        put_left_out(o, s, by);
        json_object all(o.name("appraisals"));
        for (const auto& [status, many] : count) all.put(status, many);
    }
    /// Who is left out is told to who can do something about it, and to themselves.
    static void put_left_out(json_object& o, const cycle::state& s, const core::context& by) {
        auto left_out = core::left_out_of(s, by);
        const auto& reader = *by.actor;
        if (!reader.has("HR") && !reader.has("OM") && !reader.has("SL"))
            std::erase_if(left_out, [&](const core::left_out& one) { return one.member != reader.id; });
        o.put("left_out", left_out).put("excused", s.excused);
    }
    static events::date due_of(const cycle::state& s) { return s.schedule.closes; }
};

template <>
struct shown_as<election> : shown_plainly {
    static section section_of(const election::event& e) {
        namespace el = events::election;
        if (std::holds_alternative<el::opened>(e)) return {"opening"};
        if (std::holds_alternative<el::nominated>(e)) return {"nominations", true};
        if (std::holds_alternative<el::counted>(e)) return {"count"};
        if (std::holds_alternative<el::decided>(e)) return {"decision"};
        if (std::holds_alternative<el::announced>(e)) return {"announcement"};
        return {};
    }
    static void put_own(json_object& o, const election::state& s, const core::context& by) {
        o.put("title", s.title).put("organiser", s.organiser).put("seats", s.seats).put("electorate", s.electorate).put("schedule", s.schedule);
        o.put("nominees", s.nominees);
        // How many, and not who: nobody is watched while they vote.
        o.put("ballots", s.voters.size()).put("voted", std::binary_search(s.voters.begin(), s.voters.end(), by.who()));
        if (!s.totals.empty()) o.put("totals", s.totals);
        if (!s.winners.empty()) o.put("winners", s.winners);
    }
    static bool is_of(const election::state& s, events::member_id who) {
        return s.organiser == who || std::find(s.nominees.begin(), s.nominees.end(), who) != s.nominees.end();
    }
    static events::date due_of(const election::state& s) { return s.schedule.voting_closes; }
};

void write_row(std::string& out, const core::views::entity_row<indicators>& row, const models& v, const core::context& by) {
    write_entity_row(out, row, v, by);
}
void write_row(std::string& out, const core::views::entity_row<cycle>& row, const models& v, const core::context& by) {
    write_entity_row(out, row, v, by);
}
void write_row(std::string& out, const core::views::entity_row<election>& row, const models& v, const core::context& by) {
    write_entity_row(out, row, v, by);
}

reading read_templates(const documents& from, events::member_id who, const flow_query& q) {
    return read_list<indicators>(from, who, q, &models::templates);
}
reading read_cycles(const documents& from, events::member_id who, const flow_query& q) { return read_list<cycle>(from, who, q, &models::cycles); }
reading read_elections(const documents& from, events::member_id who, const flow_query& q) {
    return read_list<election>(from, who, q, &models::elections);
}
reading read_template(const documents& from, const reader& by, events::template_id which, const std::optional<moment>& as_of) {
    return read_one<indicators>(from, by, which.value, as_of, &models::templates);
}
reading read_cycle(const documents& from, const reader& by, events::cycle_id which, const std::optional<moment>& as_of) {
    return read_one<cycle>(from, by, which.value, as_of, &models::cycles);
}
reading read_election(const documents& from, const reader& by, events::election_id which, const std::optional<moment>& as_of) {
    return read_one<election>(from, by, which.value, as_of, &models::elections);
}

reading read_ballots(const documents& from, events::member_id who, events::election_id which) {
    election::state s;
    const auto found = from.with_reader(who, [&](const models& v, events::position at, const core::context& by) -> reading {
        const auto* row = v.elections.row(which.value);
        if (!row || !core::access::may_see(row->state, by) || !from.still_lets_see(stream_of(which), who)) return missing();
        s = row->state;
        return document{{}, at};
    });
    const auto* seen = std::get_if<document>(&found);
    if (!seen) return found;
    std::string key, proof;
    std::uint32_t invalid = 0;
    std::map<events::member_id, std::string> ballots;  // the last of each voter
    events::decoder decode;
    from.log().read_stream(stream_of(which), {1}, events::direction::forwards, [&](events::position p, std::string_view bytes) {
        if (p > seen->at) return false;
        const auto event = decode.decode(bytes);
        if (!event) return true;
        const auto& e = std::get<events::election::any>(event->event);
        if (const auto* opened = std::get_if<events::election::opened>(&e)) key = opened->key;
        if (const auto* cast = std::get_if<events::election::ballot_cast>(&e)) ballots[cast->voter] = cast->ballot;
        if (const auto* counted = std::get_if<events::election::counted>(&e)) {
            proof = counted->proof;
            invalid = counted->invalid;
        }
        return true;
    });
    document d{{}, seen->at};
    {
        json_object o(d.body);
        o.put("position", d.at).put("election", which).put("key", key).put("nominees", s.nominees).put("counted", !s.totals.empty());
        if (!s.totals.empty()) {
            o.put("totals", s.totals).put("invalid", invalid).put("proof", proof);
            auto& list = o.name("ballots");
            list += '[';
            for (const auto& [voter, ballot] : ballots) {
                comma(list);
                json_object(list).put("voter", voter).put("ballot", ballot);
            }
            list += ']';
        }
    }
    return d;
}

}  // namespace server::wire
