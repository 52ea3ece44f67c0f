#pragma once
// What must hold of every event that a department makes, whatever anybody does: the handbook's invariants, each event looked at
// with what its entity was before it.

#include "core/appraisal/score.hpp"
#include "core/appraisal/visibility.hpp"
#include "core/kernel/forms.hpp"
#include "server/engine/fingerprints.hpp"
#include "tests/sim/crowd.hpp"
#include "tests/support/each_kind.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <map>
#include <set>

namespace sim {

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
    std::size_t stood_in = 0, had_a_hand = 0;
    std::size_t decisions = 0, scores = 0, charters = 0, counts = 0, seals = 0, amended = 0, published = 0, superseded = 0;
    std::set<std::string> statuses;  ///< "project accepted"

private:
    void look(const events::recorded& e) {
        INFO(e.envelope.position.value << " " << events::type_of(e.event));
        actor_ = e.envelope.actor;
        in_place_of_ = e.envelope.in_place_of;
        stream_ = e.envelope.stream;
        if (in_place_of_) ++stood_in;
        opsroom_test::with_group(e.event, [&]<class A>(boost::mp11::mp_identity<A>, const auto& group) {
            const auto number = e.envelope.stream.number;
            auto& slot = before_.of<A>().grow_to(number);
            const auto was = slot.state;
            CHECK(e.envelope.version.value == slot.version.value + 1);
            std::visit([&](const auto& what) {
                check(what, was);
                note(what, was);
            }, group);
            before_.apply(e);
            check_way<A>(was, slot.state);
            check_version<A>(was, slot.state);
            after(slot.state);
            statuses.insert(std::string(events::name_of(A::category)) + " " + boost::describe::enum_to_string(A::status_of(slot.state), "?"));
        });
    }

    // ---- nobody decides on what they submitted (S2.2, D1) --------------------------------------------------------------

    void not_by(core::member_id whose) {
        ++decisions;
        CHECK((actor_ == events::the_system || actor_ != whose));
        CHECK((!in_place_of_ || in_place_of_ != whose));
        not_by_any_of(hands_[stream_]);
    }
    void not_by_any_of(const std::set<std::uint64_t>& these) {
        had_a_hand += !these.empty();
        CHECK((actor_ == events::the_system || !these.contains(actor_.value)));
        CHECK((!in_place_of_ || !these.contains(in_place_of_.value)));
    }

    // Who submitted, wrote or did what is decided on, for themselves or for another, in an account of its own (D13).

    void hand() {
        for (const auto who : {actor_, in_place_of_})
            if (who) hands_[stream_].insert(who.value);
    }
    void note(const facts::request::drafted&, const auto&) { hand(); }
    void note(const facts::request::revised&, const auto&) { hand(); }
    void note(const facts::request::submitted&, const auto&) { hand(); }
    void note(const facts::request::clarified&, const auto&) { hand(); }
    void note(const facts::task::started&, const auto&) { hand(); }
    void note(const facts::task::blocked&, const auto&) { hand(); }
    void note(const facts::task::unblocked&, const auto&) { hand(); }
    void note(const facts::task::progress_reported&, const auto&) { hand(); }
    void note(const facts::task::submitted&, const auto&) { hand(); }
    void note(const facts::proposal::filed&, const auto&) { hand(); }
    void note(const facts::proposal::revised&, const auto&) { hand(); }
    void note(const facts::proposal::clarified&, const auto&) { hand(); }
    void note(const facts::incentive::proposed&, const auto&) { hand(); }
    void note(const facts::incentive::revised&, const auto&) { hand(); }
    void note(const facts::incentive::clarified&, const auto&) { hand(); }
    void note(const facts::analysis::reported&, const auto&) { hand(); }
    void note(const facts::analysis::corrected&, const auto&) { hand(); }
    void note(const facts::analysis::found_steady&, const auto&) { hand(); }
    void note(const facts::analysis::handled&, const auto&) { hands_[stream_].clear(); }  // the next finding is another
    void note(const facts::project::charter_drafted&, const auto&) { hand(); }
    void note(const facts::project::charter_submitted&, const auto&) { hand(); }
    void note(const facts::project::clarified&, const auto&) { hand(); }
    void note(const facts::project::acceptance_requested&, const auto&) { hand(); }
    void note(const facts::project::archive_submitted&, const auto&) { hand(); }
    void note(const facts::project::charter_approved&, const core::project::state& p) { hands_[stream_].clear(), led(p.lead); }
    void note(const facts::project::accepted&, const auto&) { hands_[stream_].clear(); }
    void note(const facts::project::lead_changed& e, const auto&) { led(e.lead); }
    void note(const facts::project::handed_over& e, const core::project::state& p) {
        if (p.lead == e.from && p.was_chartered() && led_.contains(stream_)) led(e.to);
    }
    void note(const auto&, const auto&) {}
    void led(core::member_id who) {
        if (who) led_[stream_].insert(who.value);
    }

    void check(const facts::project::acceptance_convened&, const core::project::state& p) { not_by(p.submitter), not_by_any_of(led_[stream_]); }

    void check(const facts::request::assessed&, const core::request::state& r) { not_by(r.requester); }
    void check(const facts::request::passed&, const core::request::state& r) { not_by(r.requester); }
    void check(const facts::request::returned&, const core::request::state& r) { not_by(r.requester); }
    void check(const facts::request::rejected&, const core::request::state& r) { not_by(r.requester); }
    void check(const facts::request::clarification_asked&, const core::request::state& r) { not_by(r.requester); }
    void check(const facts::project::charter_returned&, const core::project::state& p) { not_by(p.submitter); }
    void check(const facts::project::charter_rejected&, const core::project::state& p) { not_by(p.submitter); }
    void check(const facts::project::clarification_asked&, const core::project::state& p) { not_by(p.submitter); }
    void check(const facts::project::accepted&, const core::project::state& p) {
        not_by(p.submitter), not_by_any_of(led_[stream_]);
        for (const auto who : p.signed_by) CHECK(core::forms::contains(p.panel, who));
        CHECK((p.signed_by.size() == p.panel.size() || of_.context().today > p.panel_on));
    }
    void check(const facts::project::acceptance_failed&, const core::project::state& p) { not_by(p.submitter), not_by_any_of(led_[stream_]); }
    void check(const facts::project::archive_returned&, const core::project::state& p) { not_by(p.submitter), not_by_any_of(led_[stream_]); }
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
    void check(const facts::metric::drafted& e, const core::metric::state&) { CHECK(e.sha256 == engine::sha256_fingerprints{}.of(e.form)); }
    void check(const facts::metric::revised& e, const core::metric::state&) { CHECK(e.sha256 == engine::sha256_fingerprints{}.of(e.form)); }
    /// What was approved is what holds, and whatever the order metrics never rest on themselves.
    void check(const facts::metric::published& e, const core::metric::state& m) {
        CHECK(e.sha256 == m.sha256);
        CHECK(e.number == m.versions.size() + 1);
        const auto& all = of_.decides.entities().of<core::metric>();
        std::vector<events::metric_id> below(e.rests_on);
        for (std::size_t i = 0; i < below.size(); ++i) {
            CHECK(below[i].value != stream_.number);
            const auto* one = all.find(below[i].value);
            REQUIRE(one);
            REQUIRE(!one->state.versions.empty());
            for (const auto next : one->state.versions.back().rests_on)
                if (std::find(below.begin(), below.end(), next) == below.end()) below.push_back(next);
        }
        unsigned levels = 1;
        for (auto at = m.proposed ? m.proposed->form.parent.value_or(events::metric_id{}) : m.parent; at; at = all.find(at.value)->state.parent) REQUIRE(++levels <= 8);
    }
    /// Sealed with all that S3.3.3 names.
    void check(const facts::project::archived&, const core::project::state& p) {
        not_by(p.submitter), not_by_any_of(led_[stream_]);
        CHECK_FALSE(of_.decides.entities().has_open_tasks({stream_.number}));
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

    /// With a pencil: the weights of what is there, exact until the end, and half up there (D17). `of` are its parts' exact
    /// scores, where they are means themselves.
    static void check_mean(const facts::appraisal::mean& m, std::vector<std::optional<core::scores::exact>> of = {}) {
        std::uint64_t weights = 0, used = 0;
        core::scores::exact sum = 0;
        for (std::size_t i = 0; i < m.parts.size(); ++i) {
            const auto& p = m.parts[i];
            used += p.used;
            if (!p.score) {
                CHECK(p.used == 0);
                continue;
            }
            weights += p.weight;
            const auto score = of.empty() ? core::scores::exact(*p.score) : of[i].value();
            CHECK(2 * *p.score <= 2 * score + 1);
            CHECK(2 * *p.score > 2 * score - 1);
            sum += p.weight * score;
        }
        REQUIRE(m.score.has_value() == (weights > 0));
        if (!m.score) return;
        const auto mean = core::scores::exact_of(m).value();
        CHECK(mean == sum / weights);
        CHECK(2 * *m.score <= 2 * mean + 1);
        CHECK(2 * *m.score > 2 * mean - 1);
        CHECK(used == 10'000);
    }
    void check(const facts::appraisal::finalised& e, const core::appraisal::state& a) {
        not_by(a.employee);
        ++scores;
        check_mean(e.result.self);
        check_mean(e.result.superior);
        check_mean(e.result.evaluation, {core::scores::exact_of(e.result.self), core::scores::exact_of(e.result.superior)});
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
        const core::amended_flows book(in_force());
        const bool led = std::any_of(A::flow.begin(), A::flow.end(), [&](const auto& row) {
            const auto* amended = book.row(events::name_of(A::category), core::flow::version_of<A>(was), row.command);
            if (!((amended ? amended->in : row.in) & core::flow::from(from))) return false;
            if (row.next) return *row.next == to;
            if constexpr (requires { was.suspended_from; }) return to == (row.command == core::project::resume::type ? was.suspended_from : was.before);
            // The verdict says where to.
            if constexpr (std::is_same_v<A, core::delivery>) return row.command == core::delivery::check::type && (A::settled & core::flow::from(to)) != 0;
            if constexpr (std::is_same_v<A, core::appraisal>) return row.command == core::appraisal::confirm_talk::type && to == core::appraisal_status::talk_held;
            return false;
        });
        CHECK(led);
    }

    const core::definitions::state& in_force() const {
        static const core::definitions::state as_written;
        const auto* amended = before_.of<core::definitions>().find(1);
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
            const core::amended_flows book(in_force());
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
    core::member_id actor_, in_place_of_;
    events::stream_id stream_;
    std::map<events::stream_id, std::set<std::uint64_t>> hands_, led_;
};

}  // namespace sim
