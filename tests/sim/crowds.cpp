// What must hold after anything at all that a department might do, in every flow at once: the handbook's invariants event
// by event, and that the log alone gives what is there, at its end as at any moment before.

#include "core/appraisal/score.hpp"
#include "core/appraisal/visibility.hpp"
#include "core/kernel/forms.hpp"
#include "server/engine/fingerprints.hpp"
#include "server/engine/past_views.hpp"
#include "tests/sim/crowd.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <set>

using namespace sim;

namespace {

namespace facts = events;

template <class F>
void each_event(const events::log& log, const events::keyring& keys, F f) {
    events::decoder decode;
    log.read_all({1}, events::direction::forwards, [&](events::position, std::string_view bytes) {
        auto e = decode.decode(bytes);
        if (!e) throw std::runtime_error("an event can't be read");
        events::open_personal(*e, keys);
        return f(*e);
    });
}

/// Looks at every event with what its entity was before it, in a fold of its own.
class watch {
public:
    explicit watch(crowd& of) : of_(of) {
        each_event(of.log, of.keys, [&](const events::recorded& e) {
            look(e);
            return true;
        });
        of.seen = [this](const events::recorded& e) { look(e); };
    }

    const engine::aggregates& folded() const { return before_; }
    std::size_t decisions = 0, scores = 0, charters = 0, counts = 0, seals = 0, amended = 0, published = 0, superseded = 0;
    std::set<std::string> statuses;  ///< "project accepted"

private:
    void look(const events::recorded& e) {
        INFO(e.envelope.position.value << " " << events::type_of(e.event));
        actor_ = e.envelope.actor;
        std::visit([&](const auto& group) {
            using A = engine::aggregate_of_event<std::decay_t<decltype(group)>>;
            const auto number = e.envelope.stream.number;
            auto& slot = before_.of<A>().grow_to(number);
            const auto was = slot.state;
            CHECK(e.envelope.version.value == slot.version.value + 1);
            std::visit([&](const auto& what) { check(what, was); }, group);
            before_.apply(e);
            check_way<A>(was, slot.state);
            check_version<A>(was, slot.state);
            after(slot.state);
            statuses.insert(std::string(events::name_of(A::category)) + " " + boost::describe::enum_to_string(A::status_of(slot.state), "?"));
        }, e.event);
    }

    // ---- nobody decides on what they submitted (S2.2, D1) --------------------------------------------------------------

    void not_by(core::member_id whose) {
        ++decisions;
        CHECK((actor_ == events::the_system || actor_ != whose));
    }

    void check(const facts::request::assessed&, const core::request::state& r) { not_by(r.requester); }
    void check(const facts::request::passed&, const core::request::state& r) { not_by(r.requester); }
    void check(const facts::request::returned&, const core::request::state& r) { not_by(r.requester); }
    void check(const facts::request::rejected&, const core::request::state& r) { not_by(r.requester); }
    void check(const facts::request::clarification_asked&, const core::request::state& r) { not_by(r.requester); }
    void check(const facts::project::charter_returned&, const core::project::state& p) { not_by(p.submitter); }
    void check(const facts::project::charter_rejected&, const core::project::state& p) { not_by(p.submitter); }
    void check(const facts::project::clarification_asked&, const core::project::state& p) { not_by(p.submitter); }
    void check(const facts::project::accepted&, const core::project::state& p) {
        not_by(p.submitter);
        for (const auto who : p.signed_by) CHECK(core::forms::contains(p.panel, who));
        CHECK((p.signed_by.size() == p.panel.size() || of_.context().today > p.panel_on));
    }
    void check(const facts::project::acceptance_failed&, const core::project::state& p) { not_by(p.submitter); }
    void check(const facts::project::archive_returned&, const core::project::state& p) { not_by(p.submitter); }
    void check(const facts::task::accepted&, const core::task::state& t) { not_by(t.to); }
    void check(const facts::task::returned&, const core::task::state& t) { not_by(t.to); }
    void check(const facts::incentive::returned&, const core::incentive::state& i) { not_by(i.proposer), not_by(i.member); }
    void check(const facts::incentive::rejected&, const core::incentive::state& i) { not_by(i.proposer), not_by(i.member); }
    void check(const facts::incentive::clarification_asked&, const core::incentive::state& i) { not_by(i.proposer), not_by(i.member); }
    void check(const facts::analysis::handled& e, const core::analysis::state& a) {
        not_by(a.owner);
        CHECK(e.look == a.found);
    }
    void not_by_inventor(const core::proposal::state& p) {
        not_by(p.proposer);
        for (const auto who : p.with) not_by(who);
    }
    void check(const facts::proposal::adopted& e, const core::proposal::state& p) {
        not_by_inventor(p);
        CHECK(core::forms::contains(e.credited, p.proposer));
        for (const auto who : p.with) CHECK(core::forms::contains(e.credited, who));
    }
    void check(const facts::proposal::returned&, const core::proposal::state& p) { not_by_inventor(p); }
    void check(const facts::proposal::rejected&, const core::proposal::state& p) { not_by_inventor(p); }
    void check(const facts::proposal::clarification_asked&, const core::proposal::state& p) { not_by_inventor(p); }
    void check(const facts::proposal::carried_out&, const core::proposal::state& p) { not_by_inventor(p); }
    void check(const facts::appraisal::evaluated&, const core::appraisal::state& a) { not_by(a.employee); }
    void check(const facts::appraisal::calibrated&, const core::appraisal::state& a) { not_by(a.employee); }
    void check(const facts::appraisal::appeal_upheld&, const core::appraisal::state& a) { not_by(a.employee), not_by(a.evaluator); }
    void check(const facts::appraisal::appeal_rejected&, const core::appraisal::state& a) { not_by(a.employee), not_by(a.evaluator); }
    void check(const facts::election::nominated& e, const core::election::state&) { CHECK(e.by != e.nominee); }

    // ---- what is released is what was submitted (S3.1.3) ---------------------------------------------------------------

    void check(const facts::project::charter_submitted& e, const core::project::state&) {
        ++charters;
        CHECK(e.sha256 == engine::sha256_fingerprints{}.of(e.charter));
    }
    void check(const facts::project::charter_approved& e, const core::project::state& p) {
        not_by(p.submitter);
        CHECK(e.sha256 == p.charter);
    }
    void check(const facts::incentive::approved& e, const core::incentive::state& i) {
        not_by(i.proposer), not_by(i.member);
        CHECK(e.sha256 == i.sha256);
    }
    void check(const facts::strategy::drafted& e, const core::strategy::state&) { CHECK(e.sha256 == engine::sha256_fingerprints{}.of(e.form)); }
    void check(const facts::strategy::revised& e, const core::strategy::state&) { CHECK(e.sha256 == engine::sha256_fingerprints{}.of(e.form)); }
    /// One version of a line holds at a time.
    void check(const facts::strategy::published& e, const core::strategy::state& v) {
        CHECK(e.sha256 == v.sha256);
        CHECK(!v.concerned.empty());
        ++published;
        const auto* before = of_.decides.entities().of<core::strategy>().find(v.replaces.value);
        CHECK(e.number == (before ? before->state.number + 1 : 1));
    }
    void check(const facts::strategy::superseded& e, const core::strategy::state&) {
        const auto* next = of_.decides.entities().of<core::strategy>().find(e.by.value);
        REQUIRE(next);
        CHECK(next->state.is == core::strategy_status::published);
        ++superseded;
    }
    /// Sealed with all that S3.3.3 names.
    void check(const facts::project::archived&, const core::project::state& p) {
        not_by(p.submitter);
        ++seals;
        CHECK(p.reports + p.records > 0);
        CHECK_FALSE(p.recipients.empty());
    }

    // ---- sums ---------------------------------------------------------------------------------------------------------

    static void check_weights(const std::vector<facts::indicators::indicator>& all) {
        unsigned sum = 0;
        for (const auto& i : all) sum += i.weight;
        CHECK(sum == 100);
    }
    void check(const facts::indicators::published& e, const core::indicators::state&) { check_weights(e.indicators); }
    void check(const facts::indicators::revised& e, const core::indicators::state&) { check_weights(e.indicators); }
    void check(const facts::appraisal::opened& e, const core::appraisal::state&) { check_weights(e.indicators); }

    /// With a pencil: the weights of what is there, and half up.
    static void check_mean(const facts::appraisal::mean& m) {
        std::uint64_t weights = 0, sum = 0, used = 0;
        for (const auto& p : m.parts) {
            used += p.used;
            if (!p.score) {
                CHECK(p.used == 0);
                continue;
            }
            weights += p.weight;
            sum += std::uint64_t{p.weight} * *p.score;
        }
        REQUIRE(m.score.has_value() == (weights > 0));
        if (!m.score) return;
        CHECK(*m.score == (2 * sum + weights) / (2 * weights));
        CHECK(used == 10'000);
    }
    void check(const facts::appraisal::finalised& e, const core::appraisal::state& a) {
        not_by(a.employee);
        ++scores;
        check_mean(e.result.self);
        check_mean(e.result.superior);
        check_mean(e.result.evaluation);
        CHECK(e.result.score == (e.result.year ? e.result.year->score : e.result.evaluation.score));
        CHECK(e.result.score.has_value() == e.result.grade.has_value());
    }
    void check(const facts::election::counted& e, const core::election::state& s) {
        ++counts;
        std::uint64_t votes = e.invalid;
        for (const auto& t : e.totals) votes += t.votes;
        CHECK(votes == s.voters.size());
    }
    void check(const auto&, const auto&) {}

    // ---- the rows are the only ways, and seals hold --------------------------------------------------------------------

    /// Where a status became another, a row led there. `answer` and `resume` go back to where it was, and the second
    /// confirmation of a talk is what holds it.
    template <class A>
    void check_way(const typename A::state& was, const typename A::state& is) {
        const auto from = A::status_of(was), to = A::status_of(is);
        if (from == to) return;
        INFO(events::name_of(A::category) << ": " << boost::describe::enum_to_string(from, "?") << " -> " << boost::describe::enum_to_string(to, "?"));
        const core::amended_book book(definitions());
        const bool led = std::any_of(A::flow.begin(), A::flow.end(), [&](const auto& row) {
            const auto* amended = book.row(events::name_of(A::category), core::flow::version_of<A>(was), row.command);
            if (!((amended ? amended->in : row.in) & core::flow::from(from))) return false;
            if (row.next) return *row.next == to;
            if constexpr (requires { was.before; }) return to == was.before;
            if constexpr (std::is_same_v<A, core::appraisal>) return row.command == core::appraisal::confirm_talk::type && to == core::appraisal_status::talk_held;
            return false;
        });
        CHECK(led);
    }

    const core::definitions_of_flows::state& definitions() const {
        static const core::definitions_of_flows::state as_written;
        const auto* amended = before_.of<core::definitions_of_flows>().find(1);
        return amended ? amended->state : as_written;
    }

    /// It goes by what it began with, whatever was amended since (S2.1.3).
    template <class A>
    void check_version(const typename A::state& was, const typename A::state& is) {
        if constexpr (requires { A::flow_version(is); }) {
            if (A::status_of(was) != typename A::status{}) {
                CHECK(core::flow::version_of<A>(is) == core::flow::version_of<A>(was));
                return;
            }
            const core::amended_book book(definitions());
            CHECK(core::flow::version_of<A>(is) == book.newest(events::name_of(A::category)));
            amended += core::flow::version_of<A>(is) > 1;
        }
    }

    void after(const core::appraisal::state& a) {
        using s = core::appraisal_status;
        const bool sealed = a.is == s::opened || a.is == s::self_draft || a.is == s::self_submitted;
        if (!sealed) return;
        const auto by = of_.context();
        for (const auto& row : of_.decides.people().rows()) {
            if (row.who.id != a.employee) CHECK_FALSE(core::may_read_self_form(a, row.who, by));
            if (row.who.id != a.evaluator) CHECK_FALSE(core::may_read_evaluation(a, row.who, by));
        }
    }
    void after(const auto&) {}

    crowd& of_;
    engine::aggregates before_;
    core::member_id actor_;
};

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
    std::size_t passed = 0, refused = 0, decisions = 0, scores = 0, charters = 0, counts = 0, seals = 0, amended = 0, published = 0, superseded = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        crowd c(seed);
        watch w(c);
        c.go_on(5'000);
        passed += c.passed;
        refused += c.refused;
        decisions += w.decisions;
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
                core::proposal>([&](const std::string& one) {
        INFO(one);
        CHECK(reached.count(one) == 1);
    });
    CHECK(passed > 30'000);
    CHECK(refused > 30'000);
    CHECK(decisions > 5'000);
    CHECK(scores > 200);
    CHECK(charters > 500);
    CHECK(counts > 10);
    CHECK(seals > 10);
    CHECK(amended > 1'000);
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
