#pragma once
// A department that everybody has worked in for some weeks, and all that its lists show somebody.

#include "server/engine/past_views.hpp"
#include "server/wire/flows/kind_reading.hpp"
#include "server/wire/flows/ballots.hpp"
#include "server/wire/flows/definitions.hpp"
#include "tests/sim/crowd.hpp"

namespace sim {

/// A department that has been at it for a while, and is read now.
struct after_a_while {
    crowd c;
    engine::shared_views present;
    wire::documents read{present, c.log, c.keys, [this] { return c.now; }, 0min};

    explicit after_a_while(std::uint64_t seed, std::size_t commands = 4'000) : c(seed) {
        c.go_on(commands);
        present.change(c.log.head(), [&](core::views::views& v) { v = c.live; });
    }
    engine::past_options beside() const { return {.present = &present, .every_events = 100}; }
};

using texts = std::vector<std::pair<std::string, std::string>>;

/// All that lists show somebody.
inline texts lists_of(const wire::documents& from, events::member_id who) {
    texts all;
    const auto add = [&](std::string name, const wire::reading& what) {
        const auto* d = std::get_if<wire::document>(&what);
        all.emplace_back(std::move(name), d ? d->body : "refused");
    };
    for (unsigned i = 0; i < 12; ++i) {
        core::views::task_query q;
        q.by = static_cast<core::views::task_sort>(i % 6);
        q.descending = i >= 6;
        add("tasks " + std::to_string(i), from.sorted_tasks(who, q, {}, 7));
        q.open = false;
        add("closed " + std::to_string(i), from.sorted_tasks(who, q, {}, 1'000));
        q.open = true;
        add("open " + std::to_string(i), from.sorted_tasks(who, q, {}, 1'000));
    }
    core::views::task_query own;
    own.assignee = who;
    add("own tasks", from.sorted_tasks(who, own, {}, 1'000));
    for (const auto* sort : {"changed", "-due", "name", "-status", "since", "-id"}) {
        wire::flow_query q;
        q.sort = sort;
        q.limit = 5;
        const std::pair<const char*, wire::reading> each[] = {
            {"requests", wire::read_entities(from, events::category::request, who, q)},     {"projects", wire::read_entities(from, events::category::project, who, q)},     {"cycles", wire::read_entities(from, events::category::cycle, who, q)},
            {"appraisals", wire::read_entities(from, events::category::appraisal, who, q)}, {"incentives", wire::read_entities(from, events::category::incentive, who, q)}, {"elections", wire::read_entities(from, events::category::election, who, q)},
            {"analyses", wire::read_entities(from, events::category::analysis, who, q)},     {"strategies", wire::read_entities(from, events::category::strategy, who, q)}, {"proposals", wire::read_entities(from, events::category::proposal, who, q)}, {"sources", wire::read_entities(from, events::category::source, who, q)}, {"collections", wire::read_entities(from, events::category::collection, who, q)}, {"deliveries", wire::read_entities(from, events::category::delivery, who, q)}, {"metrics", wire::read_entities(from, events::category::metric, who, q)},
            {"queries", wire::read_entities(from, events::category::query, who, q)}, {"alert_rules", wire::read_entities(from, events::category::alert_rule, who, q)}, {"alerts", wire::read_entities(from, events::category::alert, who, q)}, {"reports", wire::read_entities(from, events::category::report, who, q)}, {"recommendations", wire::read_entities(from, events::category::recommendation, who, q)},
            {"indicators", wire::read_entities(from, events::category::indicators, who, q)}};
        for (const auto& [name, what] : each) add(std::string(name) + " by " + sort, what);
    }
    wire::flow_query all_of_it;
    all_of_it.limit = 1'000;
    add("waiting", wire::waiting_document(from, who, all_of_it));
    for (const auto* flow : {"task", "request", "project", "appraisal"}) add(std::string("times ") + flow, wire::times_document(from, who, flow));
    add("inbox", from.inbox(who, {200, 0}));
    add("members", from.members(who, {200, 0}));
    add("channels", from.channels(who, {200, 0}));
    add("messages", from.messages(who, {1}, {}));
    add("org", wire::org_document(from, who));
    add("flows", wire::flows_document(from, who));
    add("forms", wire::forms_document(from, who));
    add("changes", wire::changes_document(from, who));
    add("calendar", wire::calendar_document(from, who, 2026));
    return all;
}

inline std::vector<events::member_id> readers(const crowd& c) {
    std::vector<events::member_id> all;
    for (const auto& row : c.live.directory.rows())
        if (row.who.active) all.push_back(row.who.id);
    return all;
}

inline void same_lists(const after_a_while& all, events::position p, const engine::past_views::one& a, const engine::past_views::one& b) {
    CHECK(a->position() == p);
    for (const auto who : readers(all.c)) {
        const wire::moment when{p, noon};
        const auto x = lists_of(all.read.as_of(a, when), who), y = lists_of(all.read.as_of(b, when), who);
        REQUIRE(x.size() == y.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
            INFO(x[i].first << " of " << who.value << " as of " << p.value);
            CHECK(x[i].second == y[i].second);
        }
    }
}

}  // namespace sim
