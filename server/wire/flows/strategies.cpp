#include "server/wire/flows/strategies.hpp"

#include "server/wire/flows/entity_reading.hpp"

namespace server::wire {

using core::analysis;
using core::proposal;
using core::strategy;
using models = core::views::views;

template <>
struct shown_as<analysis> : shown_plainly {
    static section section_of(const analysis::event& e) {
        namespace a = events::analysis;
        if (std::holds_alternative<a::planned>(e) || std::holds_alternative<a::changed>(e)) return {"plan"};
        if (std::holds_alternative<a::reported>(e) || std::holds_alternative<a::corrected>(e) || std::holds_alternative<a::found_steady>(e))
            return {"looks", true};
        if (std::holds_alternative<a::acknowledged>(e)) return {"acknowledgements", true};
        if (std::holds_alternative<a::handled>(e)) return {"handled", true};
        return {};
    }
    static void put_own(json_object& o, const analysis::state& s, const core::context&) {
        o.put("title", s.title).put("department", s.department).put("owner", s.owner).put("every", s.every).put("next_on", s.next_on);
        o.put("concerned", s.concerned).put_if(bool(s.project), "project", s.project).put("looks", s.looks);
        if (s.found) o.put("found", s.found).put("priority", s.priority).put("acknowledged", s.acknowledged);
    }
    static constexpr bool more_is_of_today = true;
    /// The strategies and plans that rest on it (S3.2.4).
    static void put_more(json_object& o, const analysis::state&, std::uint64_t number, const core::context& by) {
        auto& list = o.name("cited_by");
        list += '[';
        for (std::uint64_t n = 1; n <= by.others->highest(strategy::category); ++n) {
            const auto* v = by.others->find<strategy>(n);
            if (!v || !core::access::may_see(*v, by)) continue;
            for (const auto& c : v->cites) {
                if (c.analysis.value != number) continue;
                if (list.back() != '[') list += ',';
                json_object(list).put("strategy", n).put("look", c.look).put("title", v->title).put("status", v->is);
            }
        }
        list += ']';
    }
    static bool is_of(const analysis::state& s, events::member_id who) {
        return s.owner == who || std::find(s.concerned.begin(), s.concerned.end(), who) != s.concerned.end();
    }
    static events::date due_of(const analysis::state& s) { return s.next_on; }
};

template <>
struct shown_as<strategy> : shown_plainly {
    static section section_of(const strategy::event& e) {
        namespace v = events::strategy;
        if (std::holds_alternative<v::drafted>(e) || std::holds_alternative<v::revised>(e)) return {"F19"};
        if (std::holds_alternative<v::checked>(e)) return {"checks", true};
        if (std::holds_alternative<v::acknowledged>(e)) return {"acknowledgements", true};
        if (std::holds_alternative<v::published>(e) || std::holds_alternative<v::returned>(e)) return {"verdict"};
        if (std::holds_alternative<v::ended>(e) || std::holds_alternative<v::discarded>(e) || std::holds_alternative<v::superseded>(e))
            return {"end"};
        return {};
    }
    static void put_own(json_object& o, const strategy::state& s, const core::context&) {
        o.put("title", s.title).put("kind", s.kind).put("department", s.department).put("author", s.author).put("effective", s.effective);
        o.put("acknowledge_by", s.acknowledge_by).put("check_on", s.check_on).put("concerned", s.concerned).put("sha256", s.sha256);
        o.put_if(bool(s.replaces), "replaces", s.replaces).put_if(bool(s.superseded_by), "superseded_by", s.superseded_by);
        o.put_if(bool(s.project), "project", s.project);
        if (s.number) o.put("number", s.number).put("acknowledged", s.acknowledged).put("checks", s.checks);
        if (s.checks) o.put("standing", s.standing);
    }
    /// The versions before it, newest first: each as far as the reader may see it.
    static void put_more(json_object& o, const strategy::state& s, std::uint64_t, const core::context& by) {
        constexpr std::size_t most = 100;
        std::vector<events::strategy_id> line;
        for (auto at = s.replaces; at && line.size() < most;) {
            const auto* before = by.others->find<strategy>(at.value);
            if (!before) break;
            if (core::access::may_see(*before, by)) line.push_back(at);
            at = before->replaces;
        }
        if (!line.empty()) o.put("line", line);
    }
    static bool is_of(const strategy::state& s, events::member_id who) {
        return s.author == who || std::find(s.concerned.begin(), s.concerned.end(), who) != s.concerned.end();
    }
    static events::date due_of(const strategy::state& s) { return s.check_on; }
};

template <>
struct shown_as<proposal> : shown_plainly {
    static section section_of(const proposal::event& e) {
        namespace p = events::proposal;
        if (std::holds_alternative<p::filed>(e) || std::holds_alternative<p::revised>(e)) return {"proposal"};
        if (std::holds_alternative<p::adopted>(e) || std::holds_alternative<p::returned>(e) || std::holds_alternative<p::rejected>(e))
            return {"verdict"};
        if (std::holds_alternative<p::clarification_asked>(e) || std::holds_alternative<p::clarified>(e)) return {"clarifications", true};
        if (std::holds_alternative<p::carried_out>(e) || std::holds_alternative<p::dropped>(e)) return {"effect"};
        return {};
    }
    static void put_own(json_object& o, const proposal::state& s, const core::context&) {
        o.put("title", s.title).put("kind", s.kind).put("department", s.department).put("proposer", s.proposer).put("with", s.with);
        if (!s.credited.empty()) o.put("credited", s.credited);
    }
    static bool is_of(const proposal::state& s, events::member_id who) {
        const auto among = [&](const auto& all) { return std::find(all.begin(), all.end(), who) != all.end(); };
        return s.proposer == who || among(s.with) || among(s.credited);
    }
};

void write_row(std::string& out, const core::views::entity_row<analysis>& row, const models& v, const core::context& by) {
    write_entity_row(out, row, v, by);
}
void write_row(std::string& out, const core::views::entity_row<strategy>& row, const models& v, const core::context& by) {
    write_entity_row(out, row, v, by);
}
void write_row(std::string& out, const core::views::entity_row<proposal>& row, const models& v, const core::context& by) {
    write_entity_row(out, row, v, by);
}

reading read_analyses(const documents& from, events::member_id who, const flow_query& q) {
    return read_list<analysis>(from, who, q, &models::analyses);
}
reading read_strategies(const documents& from, events::member_id who, const flow_query& q) {
    return read_list<strategy>(from, who, q, &models::strategies);
}
reading read_proposals(const documents& from, events::member_id who, const flow_query& q) {
    return read_list<proposal>(from, who, q, &models::proposals);
}
reading read_analysis(const documents& from, const reader& by, events::analysis_id which, const std::optional<moment>& as_of) {
    return read_one<analysis>(from, by, which.value, as_of, &models::analyses);
}
reading read_strategy(const documents& from, const reader& by, events::strategy_id which, const std::optional<moment>& as_of) {
    return read_one<strategy>(from, by, which.value, as_of, &models::strategies);
}
reading read_proposal(const documents& from, const reader& by, events::proposal_id which, const std::optional<moment>& as_of) {
    return read_one<proposal>(from, by, which.value, as_of, &models::proposals);
}

}  // namespace server::wire
