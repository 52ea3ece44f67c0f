// Who is told of what is decided: every event type there is tells somebody, or it says here why not.

#include "tests/support/tests_folder.hpp"
#include "clients/cli/labels.hpp"
#include "core/entity.hpp"
#include "core/policies/outcomes.hpp"
#include "tests/support/appraised.hpp"
#include "tests/support/each_kind.hpp"
#include "tests/support/random_event.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace core_outcomes_tests {

using namespace opsroom_test;
namespace policies = core::policies;

namespace {

/// "task.accepted" of "task.accepted.v1".
std::string bare(std::string_view type) { return std::string(type.substr(0, type.rfind(".v"))); }

/// Nobody is told of these. A new type is told of, or comes in here.
const std::map<std::string, std::vector<std::string>> silent{
    {"a step on the way: it waits with whoever has the next one",
     {"analysis.planned", "analysis.reported", "analysis.corrected", "appraisal.opened", "appraisal.self_submitted", "appraisal.evaluated", "appraisal.talk_recorded",
      "appraisal.talk_revised", "appraisal.appealed", "incentive.proposed", "incentive.revised", "incentive.clarification_asked", "incentive.clarified",
      "project.initiated", "project.charter_submitted", "project.clarification_asked", "project.clarified", "project.acceptance_requested",
      "project.acceptance_convened", "project.summarised", "project.archive_submitted", "proposal.filed", "proposal.revised", "proposal.clarification_asked",
      "proposal.clarified", "request.submitted", "request.convened", "request.clarification_asked", "request.clarified", "strategy.submitted", "strategy.conveyed",
      "metric.submitted", "recommendation.proposed", "recommendation.executed", "collection.submitted", "task.assigned", "task.blocked", "task.unblocked", "task.submitted", "member.change_proposed", "election.voting_opened"}},
    {"what somebody says or does for themselves, and decides on nobody else",
     {"analysis.found_steady", "analysis.acknowledged", "appraisal.self_drafted", "appraisal.evaluation_drafted", "appraisal.evidence_added",
      "appraisal.evidence_removed", "appraisal.talk_confirmed", "election.nominated", "election.ballot_cast", "project.charter_drafted",
      "project.progress_reported", "project.milestone_reached", "project.acceptance_signed", "project.summary_acknowledged", "project.record_filed",
      "request.drafted", "request.revised", "request.assessed", "strategy.drafted", "strategy.revised", "strategy.acknowledged", "task.started",
      "task.progress_reported", "source.connected", "collection.drafted", "collection.revised", "delivery.received", "delivery.entered", "metric.drafted", "metric.revised", "metric.withdrawn", "alert_rule.drafted", "alert_rule.revised", "alert.rated", "report.drafted", "report.revised", "report.acknowledged", "member.language_chosen", "desk.acknowledged"}},
    {"it comes by itself on its day, and what it opens or closes is each one's own step",
     {"appraisal.evidence_suggested", "cycle.opened", "cycle.self_closed", "cycle.evaluation_closed", "cycle.calibration_begun", "cycle.closed",
      "election.nominations_closed", "election.voting_closed", "election.counted", "delivery.expected", "report.opened", "report.filled"}},
    {"a record of what somebody ran, who has its answer", {"query.asked", "query.answered", "query.failed"}},
    {"early warning tells of what fires, once: not of what may pass, nor of data that are missing, which their deliveries tell of",
     {"alert.noticed", "alert.passed", "alert_rule.data_missing", "alert_rule.recovered"}},
    {"what corrects it was delivered by somebody, and is shown with it", {"delivery.superseded"}},
    {"not before it is final, or announced: that is told",
     {"appraisal.calibrated", "election.decided", "cycle.planned", "cycle.excused", "election.opened"}},
    {"what is taken over waits with who takes over, who was told when somebody left",
     {"analysis.handed_over", "appraisal.handed_over", "election.handed_over", "incentive.handed_over", "project.handed_over", "proposal.handed_over",
      "request.handed_over", "collection.handed_over", "delivery.handed_over", "source.handed_over", "metric.handed_over", "alert_rule.handed_over", "alert.handed_over", "report.handed_over", "strategy.handed_over"}},
    {"it comes with an event of its batch that is told",
     {"definitions.flow_confirmed", "member.decided_alone", "member.left", "project.channel_linked", "recommendation.started"}},
    {"said to everybody in the channel, where they read it",
     {"channel.created", "channel.described", "channel.archived", "channel.joined", "channel.left", "channel.posted", "channel.imported", "channel.edited",
      "channel.deleted", "channel.topic_set", "channel.reacted", "channel.reaction_removed", "channel.pinned", "channel.unpinned", "channel.read",
      "channel.keeper_appointed"}},
    {"it shows wherever people, departments, roles and days are shown; schedules that it moves are told of",
     {"member.joined", "member.renamed", "member.erased", "org.department_defined", "org.department_retired", "org.role_defined", "org.role_retired",
      "org.clock_set_back", "calendar.year_published"}},
    {"whoever logs in is told until they take note", {"member.password_reset", "member.resets_noted"}},
    {"it is the telling", {"desk.opened", "desk.reminded", "desk.told"}},
};

template <class A>
typename A::state imagined(support::random_values& some) {
    auto state = some.make<typename A::state>();
    if constexpr (std::is_same_v<A, core::project>) state.request = {1};
    if constexpr (std::is_same_v<A, core::indicators>) state.role = {"SP"};
    return state;
}

/// One of each kind, whatever is in it.
world anything(support::random_values& some) {
    world w;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, core::aggregate_list>>([&](auto a) {
        using A = typename decltype(a)::type;
        if constexpr (!std::is_same_v<A, core::channel> && !std::is_same_v<A, core::desk>) w.put<A>(1, imagined<A>(some));
    });
    return w;
}

struct notice_to {
    core::member_id who;
    core::desk::notice what;
};
std::vector<notice_to> told_of(const events::recorded& e, const world& w) {
    core::follow_ups all;
    policies::tell_of(e, office_system(w), all);
    std::vector<notice_to> found;
    for (const auto& one : all) {
        REQUIRE(one.target);
        found.push_back({{one.target->number}, std::get<core::desk::tell>(one.what.get<core::desk::command>()).notice});
    }
    return found;
}

events::recorded recorded(events::stream_id in, events::any what, core::member_id by) { return {{{77}, in, {1}, now, by, {}, {}}, std::move(what)}; }

/// The types that tell somebody, found by trying each with many states.
const std::set<std::string>& telling() {
    static const auto found = [] {
        std::set<std::string> types;
        support::random_values some(7, 12);
        constexpr int worlds = 150;
        for (int n = 0; n < worlds; ++n) {
            const auto w = anything(some);
            each_aggregate([&]<class A>(boost::mp11::mp_identity<A>) {
                using group = typename A::event;
                boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, group>>([&](auto e) {
                    using event = typename decltype(e)::type;
                    const auto by = some.up_to(2) ? some.make<core::member_id>() : events::the_system;
                    const auto what = recorded({A::category, 1}, events::any(group(some.make<event>())), by);
                    for (const auto& one : told_of(what, w)) {
                        INFO(event::type);
                        types.insert(std::string(event::type));
                        const auto* p = office.find(one.who);
                        REQUIRE(p);
                        CHECK(p->active);
                        CHECK(one.who != by);
                        CHECK(core::may_see(what.envelope.stream, in_office(*p, w)));
                        CHECK(one.what.command == event::type);
                    }
                });
            });
        }
        return types;
    }();
    return found;
}

std::set<core::member_id> who_hears(events::stream_id in, events::any what, const core::person& by, const world& w) {
    std::set<core::member_id> all;
    for (const auto& one : told_of(recorded(in, std::move(what), by.id), w)) all.insert(one.who);
    return all;
}
using people = std::set<core::member_id>;

std::string texts_of_the_page(const std::string& language) {
    std::string all;
    for (const auto& file : std::filesystem::directory_iterator(support::tests_folder() / "../clients/web/src/i18n"))
        if (file.path().filename().string().starts_with(language + ".")) {
            std::ifstream in(file.path());
            all.append(std::istreambuf_iterator<char>(in), {});
        }
    return all;
}

const events::task::assigned assigned_to_wei{"t", "", "s", tomorrow, wei.id, {"operations"}, events::priority::normal, {}, {}, 0, {}, 0, 1, {}};

}  // namespace

TEST_CASE("outcomes: of every event type somebody is told, or it is said why not", "[core][policies][S1.3.3][table]") {
    std::map<std::string, std::string> why;
    for (const auto& [reason, types] : silent)
        for (const auto& type : types) {
            INFO(type);
            CHECK(why.emplace(type, reason).second);
        }
    std::set<std::string> known;
    support::for_each_event_type([&](auto e) {
        const std::string type(decltype(e)::type::type);
        INFO(type);
        known.insert(bare(type));
        CHECK(telling().contains(type) != why.contains(bare(type)));
    });
    for (const auto& [type, reason] : why) {
        INFO(type);
        CHECK(known.contains(type));
    }
}

TEST_CASE("outcomes: what somebody can be told of has words, in both languages, on the page and in the terminal", "[core][cli][D10][S1.3.3]") {
    const std::map<std::string, std::string> page{{"zh", texts_of_the_page("zh")}, {"en", texts_of_the_page("en")}};
    // What the schema describes is said there, and nowhere else.
    std::set<std::string> described;
    each_aggregate([&]<class A>(boost::mp11::mp_identity<A>) {
        if constexpr (requires { A::says; }) described.insert(std::string(events::name_of(A::category)));
    });
    for (const auto& type : telling()) {
        if (described.contains(type.substr(0, type.find('.')))) continue;
        INFO(type);
        for (const auto l : {cli::language::zh, cli::language::en}) CHECK(cli::deed(l, type) != type);
        for (const auto& [language, texts] : page) {
            INFO(language);
            CHECK(texts.find("'" + bare(type) + "': '") != texts.npos);
        }
    }
}

TEST_CASE("outcomes: a task is told of to whose it is, and was", "[core][policies][task][S3.2.1]") {
    using namespace events::task;
    const events::stream_id in{events::category::task, 1};
    world w;
    const auto hear = [&](const auto& happened, const core::person& by, auto... before) {
        w.put<core::task>(1, given<core::task>(assigned_to_wei, before..., happened).state());
        return who_hears(in, events::any(events::task::any(happened)), by, w);
    };
    CHECK(hear(reassigned{na.id, "x"}, lin) == people{wei.id, na.id});
    CHECK(hear(reassigned{mei.id, "x"}, lin, reassigned{na.id, "x"}) == people{na.id, mei.id});
    CHECK(hear(reassigned{lin.id, "x"}, lin) == people{wei.id});
    CHECK(hear(returned{"x"}, lin, started{}, submitted{"r"}) == people{wei.id});
    CHECK(hear(events::task::accepted{"x"}, zhou, started{}, submitted{"r"}) == people{wei.id});
    CHECK(hear(started{}, wei).empty());
    w.put<core::task>(1, given<core::task>(assigned_to_wei, rescheduled{core::date{2026y / 12 / 9}, "x"}).state());
    const auto moved = told_of(recorded(in, events::any(events::task::any(rescheduled{core::date{2026y / 12 / 9}, "x"})), lin.id), w);
    REQUIRE(moved.size() == 1);
    CHECK(moved[0].what.due == core::date{2026y / 12 / 9});
}

TEST_CASE("outcomes: who asked for a project hears what becomes of it", "[core][policies][project][S3.1.2]") {
    world w;
    core::request::state q;
    q.is = core::request_status::approved;
    q.requester = requester.id;
    q.department = {"marketing"};
    w.put<core::request>(4, q);
    core::project::state p;
    p.is = core::project_status::cancelled;
    p.request = {4};
    p.department = {"operations"};
    p.submitter = lin.id;
    p.lead = wei.id;
    p.team = {wei.id, na.id};
    w.put<core::project>(1, p);
    const events::stream_id in{events::category::project, 1};
    using namespace events::project;
    CHECK(who_hears(in, events::any(events::project::any(cancelled{})), lin, w) == people{wei.id, na.id, requester.id});
    CHECK(who_hears(in, events::any(events::project::any(charter_rejected{})), zhou, w) == people{lin.id, wei.id, requester.id});
}

TEST_CASE("outcomes: people hear what is changed about them, and who proposed it that it was confirmed, or declined", "[core][policies][member][D11]") {
    using namespace events::member;
    world w;
    core::member::state m;
    m.is = core::member_status::active;
    m.id = wei.id;
    w.put<core::member>(wei.id.value, m);
    const auto hear = [&](events::member::any happened, const core::person& by) { return who_hears({events::category::member, wei.id.value}, events::any(happened), by, w); };
    CHECK(hear(roles_changed{{{"OM"}}}, zhou) == people{wei.id});
    CHECK(hear(change_confirmed{1, ada.id}, zhou) == people{ada.id});
    CHECK(hear(change_declined{1, "x"}, zhou) == people{wei.id, ada.id, hui.id});
    CHECK(hear(superior_set{mei.id}, hui) == people{wei.id, mei.id});
    CHECK(hear(delegated{na.id, today, {}, "x", true}, wei) == people{na.id});
    CHECK(hear(delegation_ended{na.id, {}}, ada) == people{wei.id, na.id});
    CHECK(hear(handed_over{na.id}, wei) == people{na.id});
}

TEST_CASE("outcomes: another evaluator: whom it is about and who evaluates now, and nobody who may not see it", "[core][policies][appraisal][D5]") {
    auto state = appraisal_story().self().at().state();
    state.evaluator = mei.id;
    world w;
    w.put<core::appraisal>(1, state);
    const events::appraisal::evaluator_changed happened{lin.id, mei.id, {wei.id, "x"}};
    CHECK_FALSE(core::may_see({events::category::appraisal, 1}, in_office(lin, w)));
    CHECK(who_hears({events::category::appraisal, 1}, events::any(events::appraisal::any(happened)), zhou, w) == people{wei.id, mei.id});
}

TEST_CASE("outcomes: who proposed to change a flow hears that it was declined, or holds", "[core][policies][definitions][D12]") {
    world w;
    w.put<core::definitions>(1, {});
    const auto hear = [&](events::definitions::any happened) { return who_hears({events::category::definitions, 1}, events::any(happened), zhou, w); };
    CHECK(hear(events::definitions::flow_declined{1, "x"}) == people{lin.id, mei.id, tech_manager.id});
    CHECK(hear(events::definitions::flow_amended{"appraisal", 2, {}, {}, "r", "e"}) == people{lin.id, mei.id, tech_manager.id});
}

}  // namespace core_outcomes_tests
