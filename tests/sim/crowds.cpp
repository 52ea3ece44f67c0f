// What must hold after anything at all that a department might do, in every flow at once: the handbook's invariants event
// by event, and that the log alone gives what is there, at its end as at any moment before.

#include "server/engine/past_views.hpp"
#include "tests/sim/invariants.hpp"

namespace sim::crowds_tests {

namespace {

core::views::views until(const crowd& c, events::position last) {
    core::views::views all;
    each_event(c.log, c.keys, [&](const events::recorded& e) {
        if (e.envelope.position > last) return false;
        all.apply(e);
        return true;
    });
    return all;
}

std::string saved(const core::views::views& v) {
    std::string bytes;
    v.save(bytes);
    return bytes;
}

bool same_entities(const engine::aggregates& a, const engine::aggregates& b) {
    bool same = true;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::aggregate_list>>([&](auto kind) {
        using A = typename decltype(kind)::type;
        const auto &x = a.of<A>().all(), &y = b.of<A>().all();
        const bool these = std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const auto& s, const auto& t) {
            return s.state == t.state && s.version == t.version && s.position == t.position && s.entered == t.entered && s.since == t.since;
        });
        INFO(events::name_of(A::category));
        CHECK(these);
        same = same && these;
    });
    return same;
}

/// f("task done"), of every status but the one before there is anything.
template <class... A, class F>
void each_status(F f) {
    const auto of = [&](auto a) {
        using one = typename decltype(a)::type;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<typename one::status>>([&](auto d) {
            if (d.value != typename one::status{}) f(std::string(events::name_of(one::category)) + " " + d.name);
        });
    };
    (of(boost::mp11::mp_identity<A>{}), ...);
}

}  // namespace

TEST_CASE("crowds: the handbook's invariants hold, whatever anybody does", "[sim][engine][property][S2.2][S3.1.3][S3.3.3][S6.1.1][S6.3.2][S6.4.3]") {
    std::set<std::string> reached;
    std::size_t stood_in = 0, had_a_hand = 0;
    std::size_t passed = 0, refused = 0, decisions = 0, scores = 0, charters = 0, counts = 0, seals = 0, amended = 0, published = 0, superseded = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        crowd c(seed);
        watch w(c);
        c.go_on(5'000);
        passed += c.passed;
        refused += c.refused;
        decisions += w.decisions;
        stood_in += w.stood_in;
        had_a_hand += w.had_a_hand;
        scores += w.scores;
        charters += w.charters;
        counts += w.counts;
        seals += w.seals;
        amended += w.amended;
        published += w.published;
        superseded += w.superseded;
        reached.insert(w.statuses.begin(), w.statuses.end());
    }
    // It did try what it says.
    each_status<core::task, core::request, core::project, core::cycle, core::appraisal, core::incentive, core::election, core::analysis, core::strategy,
                core::proposal, core::source, core::metric>([&](const std::string& one) {
        INFO(one);
        CHECK(reached.count(one) == 1);
    });
    CHECK(passed > 30'000);
    CHECK(refused > 30'000);
    CHECK(decisions > 5'000);
    CHECK(stood_in > 500);
    CHECK(had_a_hand > 5'000);
    CHECK(scores > 200);
    CHECK(charters > 500);
    CHECK(counts > 10);
    CHECK(seals > 10);
    CHECK(amended > 50);  // what an amendment may change is narrower than it was (D12), and one that changes nothing is none
    CHECK(published > 200);
    CHECK(superseded > 10);
}

TEST_CASE("crowds: the log alone gives what is there, at its end as at any moment", "[sim][engine][property][S2.1.3]") {
    for (std::uint64_t seed = 101; seed <= 104; ++seed) {
        INFO("seed " << seed);
        crowd c(seed);
        c.go_on(6'000);
        REQUIRE(c.log.head().value > 1'500);

        // What the rules see.
        engine::decider again(c.log, c.keys, 0min);
        each_event(c.log, c.keys, [&](const events::recorded& e) {
            again.replay(e);
            return true;
        });
        CHECK(same_entities(again.entities(), c.decides.entities()));
        CHECK(again.people() == c.decides.people());
        CHECK(again.evidence() == c.decides.evidence());

        // What readers see, and what a snapshot keeps of it.
        const auto rebuilt = until(c, c.log.head());
        CHECK(rebuilt == c.live);
        CHECK(saved(rebuilt) == saved(c.live));

        // As of a moment: a replay cut short, in whatever order moments are asked for.
        engine::past_views past(c.log, c.keys);
        guesses any(seed);
        for (int i = 0; i < 12; ++i) {
            const events::position moment{1 + any.below(c.log.head().value)};
            INFO("moment " << moment.value);
            const auto then = past.at(moment);
            CHECK(then->position() == moment);
            CHECK(*then == until(c, moment));
        }
    }
}

TEST_CASE("crowds: an inbox read in pages is the whole inbox, by due date", "[sim][property][S1.3.3]") {
    std::size_t longest = 0;
    for (std::uint64_t seed = 201; seed <= 206; ++seed) {
        crowd c(seed);
        c.go_on(3'000);
        for (const auto& row : c.live.directory.rows()) {
            if (!row.who.active) continue;
            c.live.with_context(&row.who, c.now, 0min, [&](const core::context& by) {
                const auto key = [](const core::views::flow_wait& w) { return std::tuple(w.what, w.command, w.in_place_of); };
                const auto whole = c.live.flow_inbox(by, 0, 10'000);
                longest = std::max(longest, whole.total);
                REQUIRE(whole.items.size() == whole.total);
                const auto by_due = [](const auto& a, const auto& b) { return a.due && (!b.due || *a.due < *b.due); };
                CHECK(std::is_sorted(whole.items.begin(), whole.items.end(), by_due));
                std::vector<core::views::flow_wait> joined;
                for (std::size_t from = 0; from <= whole.total; from += 3) {
                    const auto page = c.live.flow_inbox(by, from, 3);
                    REQUIRE(page.total == whole.total);
                    joined.insert(joined.end(), page.items.begin(), page.items.end());
                }
                CHECK(std::equal(joined.begin(), joined.end(), whole.items.begin(), whole.items.end(),
                                 [&](const auto& a, const auto& b) { return key(a) == key(b) && a.commands == b.commands && a.due == b.due; }));
                // Whatever it offers may be done, and the step that it waits for is among it.
                for (const auto& w : whole.items)
                    if (w.in_place_of == by.who()) CHECK(std::find(w.commands.begin(), w.commands.end(), w.command) != w.commands.end());
            });
        }
    }
    CHECK(longest > 10);
}

}  // namespace sim::crowds_tests
